from __future__ import annotations

import tarfile
from io import BytesIO

import pytest

from tools.archive import tarred, unzipped, zipped

FILES = {"b/two.txt": b"2" * 600, "a.txt": b"", "b/one.txt": b"1"}


def test_archives_hold_the_files() -> None:
    assert unzipped(zipped(FILES)) == FILES
    with tarfile.open(fileobj=BytesIO(tarred(FILES))) as archive:
        found = {row.name: archive.extractfile(row) for row in archive}
        assert {name: file.read() for name, file in found.items() if file} == FILES


@pytest.mark.parametrize("archive", [zipped, tarred])
def test_neither_the_order_nor_the_time_is_in_them(archive: object) -> None:
    assert callable(archive)
    assert archive(FILES) == archive(dict(sorted(FILES.items())))


def test_a_name_that_needs_more_than_a_simple_header_is_refused() -> None:
    with pytest.raises(ValueError, match="too long a name"):
        tarred({"a" * 101: b""})
