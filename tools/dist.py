"""Builds dist/: plain static files that work from any host and at any sub-path."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tools import npm, offline, policy, stamp, vendor
from tools.artifacts import Artifacts
from tools.bundle.make import Bundle, make
from tools.bundle.ship import ship
from tools.manifest import SOURCE, folder, manifest, start
from tools.models import Model, collect, open_mirror
from tools.paths import ARTIFACTS_LOCK, CACHE, DIST, PACKAGE_LOCK, ROOT
from tools.problem import writing
from tools.segmenters import DEFAULT

PAGE_SUFFIXES = {".html", ".css", ".js", ".svg", ".png", ".webp", ".ico"}
STAMP = CACHE / "dist.stamp"


@dataclass(frozen=True)
class Order:
    """What the user asked the build for."""

    segmenters: tuple[str, ...] = ()
    models: str | None = None


def build(order: Order) -> None:
    """Build dist/ anew. A failure leaves the old one, or none, as it was.

    Raises:
        Problem: an artifact cannot be had, or the disk is full.
    """
    inputs = _inputs(order)
    mirror = open_mirror(order.models)
    npm.install()
    artifacts = Artifacts(ARTIFACTS_LOCK, CACHE / "artifacts")
    models = collect(order.segmenters, mirror, artifacts)
    wheels = vendor.wheels(artifacts)
    replace(DIST, contents(models, wheels, make(wheels)))
    stamp.set_done(STAMP, inputs)
    size = sum(path.stat().st_size for path in DIST.rglob("*") if path.is_file())
    print(f"Built {DIST} ({size / 1e6:.1f} MB)", flush=True)


def ensure(order: Order) -> None:
    """Build dist/ unless it is there and nothing that goes into it has changed.

    Raises:
        Problem: as `build`.
    """
    if not (DIST / "manifest.json").is_file() or not stamp.is_done(STAMP, _inputs(order)):
        build(order)
    elif f'"{DEFAULT.id}"' not in (DIST / "manifest.json").read_text(encoding="utf-8"):
        if order.models:
            build(order)
        else:
            print(f"{DEFAULT.label} could not be had when this was built; `build` tries it again.")


def contents(
    models: Sequence[Model], wheel_files: Mapping[str, bytes], bundle: Bundle
) -> dict[str, bytes]:
    """Return every file of dist/ by its path."""
    shipped = ship(bundle)
    parts = dict(wheel_files) | dict(shipped.files)
    for package in vendor.PACKAGES:
        parts |= package.read()
    for model in models:
        parts |= {f"{folder(model)}/{name}": data for name, data in model.files.items()}
    parts[SOURCE] = bundle.source

    segmenters = [model.segmenter for model in models]
    files = parts | _page() | vendor.licenses(wheel_files, segmenters)
    sizes = {path: len(data) for path, data in parts.items()}
    version = stamp.of_contents(files)
    row = manifest(models, wheel_files, shipped, sizes, version)
    files["manifest.json"] = (json.dumps(row, indent=1, ensure_ascii=False) + "\n").encode()
    script = files.pop(offline.PATH)
    fetched = start(models[0], shipped)
    files[offline.PATH] = offline.service_worker(script, files, fetched, version)
    files["_headers"] = policy.headers_file(files).encode()
    return files


def replace(target: Path, files: Mapping[str, bytes]) -> None:
    """Make `target` a folder of exactly these files: all of them, or it stays as it was.

    Raises:
        Problem: a file could not be written; the message names it.
    """
    with writing(str(CACHE)):
        CACHE.mkdir(exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix="dist-", dir=CACHE))
    try:
        new, old = work / "new", work / "old"
        for path, data in files.items():
            with writing(f"{target.name}/{path}"):
                (new / path).parent.mkdir(parents=True, exist_ok=True)
                (new / path).write_bytes(data)
        with writing(str(target)):
            if target.exists():
                target.rename(old)
            try:
                new.rename(target)
            except OSError:
                if old.exists():
                    old.rename(target)
                raise
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _page() -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    roots = ((ROOT / "web", ""), (ROOT / "worker", "worker/"), (ROOT / "offline", ""))
    for root, prefix in roots:
        for path in sorted(root.rglob("*")):
            if path.suffix in PAGE_SUFFIXES:
                files[prefix + path.relative_to(root).as_posix()] = _content(path)
    files["cyclorama.d.ts"] = (ROOT / "web" / "api.d.ts").read_bytes()
    return files


def _content(path: Path) -> bytes:
    if path.suffix != ".html":
        return path.read_bytes()
    return policy.with_policy(path.read_text(encoding="utf-8")).encode()


def _inputs(order: Order) -> str:
    files = [PACKAGE_LOCK, ARTIFACTS_LOCK]
    for name in ("web", "worker", "offline", "py", "tools"):
        files += (
            path
            for path in (ROOT / name).rglob("*")
            if path.is_file() and "__pycache__" not in path.parts
        )
    return stamp.of_files(ROOT, files, *order.segmenters)
