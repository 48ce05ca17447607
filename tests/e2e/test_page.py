"""The page: start and stop, the self-view, settings."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from playwright.sync_api import Page, expect

from tests.harness import clips, looks
from tests.harness.choices import choose_color
from tests.harness.holding import holding
from tests.harness.recording import SELF_VIEW
from tests.harness.site import dist
from tests.harness.studio import Studio, wait_live

TEAL = (20, 140, 140)
MEGABYTES = re.compile(r"\d+\.\d of \d+\.\d MB")

# Keeps every camera track, to see later whether its light is still on.
KEEP_CAMERAS = """() => {
  globalThis.cameras = [];
  const devices = navigator.mediaDevices;
  const open = devices.getUserMedia.bind(devices);
  devices.getUserMedia = async (constraints) => {
    const stream = await open(constraints);
    cameras.push(...stream.getTracks());
    return stream;
  };
}"""

# Notes what the loading panel says, for as long as it says anything.
NOTE_LOADING = """() => {
  globalThis.loading = [];
  const panel = document.querySelector('#loading');
  new MutationObserver(() => {
    if (panel.hidden) return;
    loading.push([...panel.querySelectorAll('li')].map((row) => ({
      text: row.textContent,
      bytes: row.querySelector('progress')?.value ?? 0,
    })));
  }).observe(panel, { subtree: true, childList: true, attributes: true });
}"""


@dataclass(frozen=True)
class Started:
    """The page with its camera on, and what the loading panel said before."""

    page: Page
    loading: list[list[dict[str, Any]]]


@pytest.fixture(scope="module")
def started(lasting_studio: Studio) -> Started:
    with holding(lasting_studio.context, "**/snapshot.wasm"):
        page = lasting_studio.open()
        page.evaluate(KEEP_CAMERAS)
        page.evaluate(NOTE_LOADING)
        page.locator("#start").click()
        expect(page.locator("#stages")).to_contain_text(MEGABYTES)
    wait_live(page)
    return Started(page, page.evaluate("loading"))


@pytest.fixture
def live(started: Started, shared_studio: Studio) -> Page:
    return started.page


def test_loading_is_shown_stage_by_stage_with_its_bytes(started: Started) -> None:
    camera, python, segmenter = zip(*started.loading, strict=True)
    assert any("asking" in row["text"] for row in camera)
    assert any(MEGABYTES.search(row["text"]) for row in python)
    for stage in (python, segmenter):
        loaded = [row["bytes"] for row in stage]
        assert loaded == sorted(loaded)
        assert loaded[-1] > 100_000
    expect(started.page.locator("#loading")).to_be_hidden()


def test_only_the_self_view_is_mirrored(live: Page, shared_studio: Studio) -> None:
    style = live.locator("#self").evaluate("video => getComputedStyle(video).transform")
    assert style == "matrix(-1, 0, 0, 1, 0, 0)"
    # The person's face and chest, far from the edge; the clip never moves by more than 12 px.
    room = np.mean(clips.portrait_room(seconds=1), axis=0)[..., ::-1]
    person = (slice(200, 440), slice(240, 400))

    def likeness(a: NDArray[Any], b: NDArray[Any]) -> float:
        return float(np.corrcoef(a[person].ravel(), b[person].ravel())[0, 1])

    looks.wait_for(
        live,
        shared_studio.site,
        SELF_VIEW,
        lambda track: likeness(track, room) > max(0.8, likeness(track, room[:, ::-1]) + 0.2),
    )


def test_the_segmenters_of_the_build_are_offered(live: Page) -> None:
    manifest = json.loads((dist() / "manifest.json").read_text())
    offered = live.locator("#segmenter option").evaluate_all(
        "options => options.map(({ value, label }) => [value, label])"
    )
    assert offered == [[each["id"], each["label"]] for each in manifest["segmenters"]]


def test_the_segmenter_that_runs_is_named(live: Page) -> None:
    label = json.loads((dist() / "manifest.json").read_text())["segmenters"][0]["label"]
    expect(live.locator("#segmenter-running")).to_contain_text(f"{label} runs on the wasm")
    live.locator("#readout summary").click()
    expect(live.locator("#figures")).to_contain_text(f"Segmenter{label}")
    expect(live.locator("#figures")).to_contain_text(re.compile(r"Output\d+\.\d fps, 640 × 480"))


def test_the_camera_size_is_that_of_the_track(live: Page, shared_studio: Studio) -> None:
    live.locator("details:has(#camera-size) > summary").click()
    for name, height in {"360p": 360, "480p": 480}.items():
        live.locator("#camera-size").select_option(name)
        looks.wait_for(live, shared_studio.site, SELF_VIEW, looks.of_height(height))
    live.locator("details:has(#camera-size) > summary").click()
    states = live.evaluate("cameras.map(({ readyState }) => readyState)")
    assert states == ["ended"] * (len(states) - 1) + ["live"]


def test_stop_releases_the_camera_and_start_begins_again(live: Page, shared_studio: Studio) -> None:
    choose_color(live, TEAL)
    looks.wait_for(live, shared_studio.site, SELF_VIEW, looks.before(TEAL))
    output = live.evaluate_handle(SELF_VIEW)
    live.locator("#stop").click()
    expect(live.locator("#status")).to_have_text("Camera off")
    assert set(live.evaluate("cameras.map(({ readyState }) => readyState)")) == {"ended"}
    assert output.evaluate("track => track.readyState") == "ended"
    expect(live.locator("#self")).to_be_hidden()

    live.locator("#start").click()
    wait_live(live)
    looks.wait_for(live, shared_studio.site, SELF_VIEW, looks.before(TEAL))
    assert live.evaluate("cameras.at(-1).readyState") == "live"
