"""Python starts from the bundle, and in the plain way where that fails."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

from cyclorama import scenes
from tests.harness import looks
from tests.harness.eventually import eventually
from tests.harness.refusal import refusal
from tests.harness.site import dist
from tests.harness.studio import Studio, publish, ready, stats
from tools import vendor
from tools.archive import unzipped
from tools.artifacts import Artifacts
from tools.bundle import split
from tools.bundle.make import SITE_PACKAGES
from tools.paths import ARTIFACTS_LOCK, CACHE

SLOWLY = r"Python is started the slow way, because the fast one failed: .+"
UNUSED = r"\S+: function \d+ was called, which was thought to be unused; .+"

BEGIN = """async () => {
  globalThis.progress = [];
  globalThis.camera = await openCamera({ width: 640, height: 480, frameRate: 30 });
  globalThis.cyclorama = await createCyclorama();
  cyclorama.addEventListener('progress', ({ detail }) => {
    if (detail.stage === 'python') progress.push(detail);
  });
  globalThis.track = await cyclorama.process(camera);
}"""

PYTHON = json.loads((dist() / "manifest.json").read_text())["python"]
BUNDLE = PYTHON["bundle"]
LIBRARIES = [each["url"] for each in BUNDLE["libraries"]]
SNAPSHOT = BUNDLE["snapshot"]["url"]
WHOLE = [part for each in BUNDLE["libraries"] for part in each["whole"]]


def begin(studio: Studio) -> Page:
    """A page with a composite; `progress` holds what it was told of Python's loading."""
    page = studio.embed()
    page.evaluate(BEGIN)
    ready(page)
    return page


def fetched(studio: Studio) -> set[str]:
    """Paths of all that was asked for."""
    return {request.removeprefix(studio.site.url) for request in studio.guard.requests}


@pytest.fixture(scope="module")
def page(lasting_studio: Studio) -> Iterator[Page]:
    page = begin(lasting_studio)
    yield page
    page.close()


def test_only_the_bundle_is_fetched(page: Page, shared_studio: Studio) -> None:
    found = fetched(shared_studio)
    assert {PYTHON["core"], PYTHON["source"], SNAPSHOT, *LIBRARIES} <= found
    plain = {*PYTHON["wheels"], PYTHON["pyodide"] + "python_stdlib.zip", *WHOLE}
    assert found.isdisjoint(plain)


def test_a_failure_of_python_names_file_line_and_source(page: Page, shared_studio: Studio) -> None:
    call = "await cyclorama.setBackground({ type: 'scene', name: 'the moon' });"
    cause = refusal(page, call)["cause"]
    assert re.search(r'File "/cyclorama/cyclorama/bridge.py", line \d+, in plate_scene\n', cause)
    assert "raise ValueError(" in cause


def test_nobody_waits_for_the_samples_of_scenes(studio: Studio) -> None:
    script = (dist() / "worker/samples.js").read_text()
    slow = script.replace("PAUSE_MS = 20;", "PAUSE_MS = 1500;")
    assert slow != script
    studio.site.overlay["worker/samples.js"] = slow.encode()
    page = begin(studio)
    assert page.evaluate("[cyclorama.state, cyclorama.scenes.length]") == ["live", 0]
    names = page.evaluate(
        """async () => {
          if (cyclorama.scenes.length === 0) {
            await new Promise((resolve) => cyclorama.addEventListener('scenes', resolve));
          }
          return cyclorama.scenes.map(({ name }) => name);
        }"""
    )
    assert names == list(scenes.SCENES)


def test_garbage_is_looked_for_once_python_has_started(studio: Studio) -> None:
    studio.site.patch(pipeline="garbage.py")
    page = studio.embed()
    publish(page)
    ready(page)
    looks.wait_for(page, studio.site, "track", looks.before((0, 255, 0)))


def test_what_was_thought_to_be_unused_is_fetched_when_it_is_called(studio: Studio) -> None:
    studio.guard.allow(UNUSED)
    said: list[str] = []
    studio.context.on("console", lambda message: said.append(message.text))
    installed = {
        path: data
        for wheel in vendor.wheels(Artifacts(ARTIFACTS_LOCK, CACHE / "artifacts")).values()
        for path, data in unzipped(wheel).items()
    }
    halved = [row for row in BUNDLE["libraries"] if row["whole"]]
    for row in halved:
        # Nothing but stubs.
        library = installed[row["path"].removeprefix(f"/{SITE_PACKAGES}")]
        cold = split.cold(library, frozenset())
        first, *others = row["whole"]
        studio.site.overlay[row["url"]] = split.begun(split.hot(library, frozenset()))
        studio.site.overlay |= {first: cold, **dict.fromkeys(others, b"")}

    page = begin(studio)

    told = [line for line in said if re.fullmatch(UNUSED, line)]
    # Of numpy.linalg the product calls nothing.
    assert ["cv2.so" in line for line in told] == [True]
    assert not [line for line in said if re.fullmatch(SLOWLY, line)]
    eventually(page, lambda: stats(page)["frames"] > 0, "it goes on to composite")


@pytest.mark.parametrize(
    "broken",
    [SNAPSHOT, LIBRARIES[0], LIBRARIES[-1], "worker/libraries.js"],
    ids=lambda path: path.rpartition("/")[2],
)
def test_where_the_bundle_is_broken_python_starts_slowly(studio: Studio, broken: str) -> None:
    # Python's own words, where it finds no standard library, are errors on the console.
    studio.guard.allow(SLOWLY, "^console.error: ")
    said: list[str] = []
    studio.context.on("console", lambda message: said.append(message.text))
    data = (dist() / broken).read_bytes()
    studio.site.overlay[broken] = data[: len(data) // 2]

    page = begin(studio)

    assert [line for line in said if re.fullmatch(SLOWLY, line)]
    assert set(PYTHON["wheels"]) <= fetched(studio)
    events: list[dict[str, Any]] = page.evaluate("progress")
    loaded = [event["loaded"] for event in events]
    assert loaded == sorted(loaded)
    assert loaded[-1] == events[-1]["total"]
