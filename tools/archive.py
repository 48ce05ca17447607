"""Archives whose bytes depend on nothing but their files. Hosts compress, these do not."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO

# The earliest date that a zip file can hold.
DATE = (1980, 1, 1, 0, 0, 0)


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return a zip file of these contents by path."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for path, data in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(path, DATE), data)
    return buffer.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    """Return the contents of a zip file by path, without folders."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {row.filename: archive.read(row) for row in archive.infolist() if not row.is_dir()}
