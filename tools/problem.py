"""Failures that are told to the user in one sentence."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

FULL = (errno.ENOSPC, errno.EDQUOT)


class Problem(Exception):  # noqa: N818 - the word that the user reads
    """What is wrong with what, and what to do: build.py prints it and exits with 1."""


@contextmanager
def writing(what: str) -> Iterator[None]:
    """Turn an OSError while `what` is read or written into a Problem that names it.

    Raises:
        Problem: in place of any OSError.
    """
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise Problem(
                f"The disk is full, so {what} could not be written; free some space and run again."
            ) from error
        raise Problem(f"{what} could not be read or written: {error}.") from error
