from __future__ import annotations

from tools.archive import unzipped, zipped

FILES = {"b/two.txt": b"2" * 600, "a.txt": b"", "b/one.txt": b"1"}


def test_archives_hold_the_files() -> None:
    assert unzipped(zipped(FILES)) == FILES


def test_neither_the_order_nor_the_time_is_in_them() -> None:
    assert zipped(FILES) == zipped(dict(sorted(FILES.items())))
