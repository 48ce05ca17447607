"""GPUs of software, for tests of what runs on a GPU."""

from __future__ import annotations

from tests.harness.site import OVERLAYS, Site, dist

WEBGPU = ("--enable-unsafe-webgpu", "--use-webgpu-adapter=swiftshader")
"""Flags of Chromium for an adapter of WebGPU; WebGL on SwiftShader needs none."""

LOSE = "new BroadcastChannel('lose-gpu').postMessage(null)"
"""Takes the GPU from the segmenter; see `make_losable`."""


def make_losable(site: Site) -> None:
    """Serve a segmenter whose GPU can be taken away while it runs."""
    segmenter = (dist() / "worker" / "segmenter.js").read_bytes()
    site.overlay["worker/segmenter.js"] = (OVERLAYS / "losable_gpu.js").read_bytes() + segmenter
