"""Gets the files of segmenters: from a mirror, the official host or npm."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tools.artifacts import Artifacts, Local, Unobtainable, Url
from tools.download import Unavailable
from tools.problem import Problem
from tools.segmenters import DEFAULT, KNOWN, OFFICIAL, SELFIE, BodyPix, Selfie
from tools.stamp import sha256


@dataclass(frozen=True)
class Model:
    """A segmenter with the bytes of its files by name."""

    segmenter: BodyPix | Selfie
    files: dict[str, bytes]


@dataclass(frozen=True)
class Mirror:
    """A folder or URL with the layout of the official BodyPix host."""

    base: str

    @property
    def is_url(self) -> bool:
        """Whether it is on a web server."""
        return self.base.startswith(("http://", "https://"))

    def source(self, path: str) -> Url | Local:
        """Return where the mirror has the file at `path`."""
        if self.is_url:
            return Url(f"{self.base.rstrip('/')}/{path}")
        return Local(Path(self.base) / path)


def open_mirror(base: str | None) -> Mirror | None:
    """Return the mirror that the user named, if any.

    Raises:
        Problem: it is neither a URL nor a folder.
    """
    if not base:
        return None
    mirror = Mirror(base)
    if not mirror.is_url and not Path(base).is_dir():
        raise Problem(f"The models mirror {base} is neither a folder nor a URL; correct it.")
    return mirror


def collect(names: Iterable[str], mirror: Mirror | None, artifacts: Artifacts) -> list[Model]:
    """Get the default segmenter and those named, the default first.

    Where the default can be had from nowhere, says so and takes the selfie segmenter in its
    place, so that the page still does its whole job.

    Raises:
        Problem: a named segmenter is unknown or cannot be had, or a file has a wrong hash.
    """
    wanted = {name: _known(name) for name in names if name != DEFAULT.id}
    try:
        models = [_get(DEFAULT, mirror, artifacts)]
    except Unobtainable as error:
        print(f"{error}\nThe selfie segmenter is shipped in place of {DEFAULT.label}.", flush=True)
        wanted.pop(SELFIE.id, None)
        models = [_get(SELFIE, mirror, artifacts)]
    return models + [_get(each, mirror, artifacts) for each in wanted.values()]


def _known(name: str) -> BodyPix | Selfie:
    try:
        return KNOWN[name]
    except KeyError:
        raise Problem(f"There is no segmenter {name}; choose from {', '.join(KNOWN)}.") from None


def _get(segmenter: BodyPix | Selfie, mirror: Mirror | None, artifacts: Artifacts) -> Model:
    if isinstance(segmenter, Selfie):
        files = {name: artifacts.get(f"selfie/{name}") for name in segmenter.files}
        return Model(segmenter, files)
    files = {}
    for stride in segmenter.strides:
        path = segmenter.path(stride)
        folder, _, name = path.rpartition("/")
        files[name] = _file(path, mirror, artifacts)
        for shard in _shards(files[name], path):
            if shard not in files:
                files[shard] = _file(f"{folder}/{shard}", mirror, artifacts)
    return Model(segmenter, files)


def _shards(graph: bytes, path: str) -> list[str]:
    manifest = json.loads(graph)["weightsManifest"]
    names: list[str] = [name for group in manifest for name in group["paths"]]
    if any("/" in name or "\\" in name for name in names):
        raise Problem(f"bodypix/{path} names files outside its folder; do not use it.")
    return names


def _file(path: str, mirror: Mirror | None, artifacts: Artifacts) -> bytes:
    name = f"bodypix/{path}"
    if name not in artifacts:
        artifacts.pin(name, _first_use(path, mirror), OFFICIAL + path)
        print(f"Pinned {name} in artifacts.lock as first seen; commit that file.", flush=True)
    return artifacts.get(name, first=[mirror.source(path)] if mirror else [])


def _first_use(path: str, mirror: Mirror | None) -> bytes:
    """Get a file that has no pin yet.

    Nobody has published the hashes of every variant of BodyPix. One that somebody asks for by
    name is trusted at first use, as a package lock does, from the official host over HTTPS or
    from a mirror whose SHA256SUMS names it, and pinned from then on.
    """
    absent: list[str] = []
    if mirror:
        try:
            data = mirror.source(path).read()
            sums = mirror.source("SHA256SUMS").read().decode()
        except Unavailable as error:
            absent.append(str(error))
        else:
            if f"{sha256(data)}  {path}" in sums.splitlines():
                return data
            raise Problem(f"bodypix/{path} of the mirror is not what its SHA256SUMS says.")
    try:
        return Url(OFFICIAL + path).read()
    except Unavailable as error:
        absent.append(str(error))
    raise Unobtainable(f"bodypix/{path} could not be had; check the network: {'; '.join(absent)}.")
