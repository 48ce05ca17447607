"""Instances begin and end beside each other, and leave the host page's camera alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.harness import looks
from tests.harness.refusal import REFUSAL
from tests.harness.studio import Studio

GREEN = (40, 200, 40)
BLUE = (40, 40, 200)


@pytest.fixture(scope="module")
def opened(lasting_studio: Studio) -> Page:
    page = lasting_studio.embed()
    page.evaluate("async () => { globalThis.camera = await openCamera(); }")
    return page


@pytest.fixture
def embed(opened: Page, shared_studio: Studio) -> Page:
    return opened


def test_two_instances_live_on_one_page(embed: Page, shared_studio: Studio) -> None:
    embed.evaluate(
        """async () => {
          const begin = async (color) => {
            const instance = await createCyclorama({ background: { type: 'color', color } });
            return [instance, await instance.process(camera)];
          };
          [globalThis.first, globalThis.firstTrack] = await begin('#28c828');
          [globalThis.second, globalThis.secondTrack] = await begin('#2828c8');
          await Promise.all([first.ready, second.ready]);
        }"""
    )
    site = shared_studio.site
    for track, color in {"firstTrack": GREEN, "secondTrack": BLUE}.items():
        looks.wait_for(embed, site, track, looks.before(color))
    embed.evaluate("second.stop()")
    states = embed.evaluate("[secondTrack, firstTrack, camera].map((each) => each.readyState)")
    assert states == ["ended", "live", "live"]
    looks.wait_for(embed, site, "firstTrack", looks.before(GREEN))
    embed.evaluate("first.stop()")


def test_stop_ends_our_track_and_never_the_callers(embed: Page) -> None:
    result = embed.evaluate(
        f"""async () => {{
          const refusal = {REFUSAL};
          const states = [];
          const instance = await createCyclorama();
          instance.addEventListener('state', ({{ detail }}) => states.push(detail));
          const own = await instance.process(camera);
          const never = refusal(() => instance.ready);
          await Promise.all([instance.stop(), instance.stop()]);
          await instance.stop();
          instance.pause();
          instance.resume();
          return {{
            states,
            tracks: [own.readyState, camera.readyState],
            ready: (await never).id,
            process: (await refusal(() => instance.process(camera))).id,
            configure: (await refusal(() => instance.configure({{}}))).id,
          }};
        }}"""
    )
    assert result == {
        "states": ["stopped"],
        "tracks": ["ended", "live"],
        "ready": "AbortError",
        "process": "InvalidStateError",
        "configure": "InvalidStateError",
    }


def test_an_abort_signal_stops(embed: Page) -> None:
    result = embed.evaluate(
        f"""async () => {{
          const refusal = {REFUSAL};
          const controller = new AbortController();
          const {{ signal }} = controller;
          const instance = await createCyclorama({{ signal }});
          const own = await instance.process(camera);
          controller.abort();
          return {{
            state: instance.state,
            tracks: [own.readyState, camera.readyState],
            late: (await refusal(() => createCyclorama({{ signal }}))).id,
          }};
        }}"""
    )
    assert result == {"state": "stopped", "tracks": ["ended", "live"], "late": "AbortError"}
