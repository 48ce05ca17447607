"""Cameras that come and go. They are simulated: see `tests.harness.devices`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Playwright, expect

from tests.harness import devices, looks
from tests.harness.choices import choose_color
from tests.harness.devices import FRONT, Device
from tests.harness.eventually import eventually
from tests.harness.recording import SELF_VIEW
from tests.harness.site import site as serve_site
from tests.harness.studio import Studio, wait_live
from tests.harness.studio import studio as start_studio
from tests.harness.unseen import one_output_and_no_room

PLATE = (20, 140, 140)

SIDE = Device("videoinput", "side", "Side camera", "9")
UNPLUGGED = (
    "The camera was unplugged, so the neutral card is shown. "
    "Plug it in again and it comes back by itself, or choose another."
)


@pytest.fixture(scope="module")
def lasting_studio(playwright: Playwright, portrait: Path) -> Iterator[Studio]:
    """Simulated devices before the camera."""
    with serve_site() as site, start_studio(playwright, site, portrait, tuning=False) as running:
        devices.simulate(running.context)
        # The page logs what it says; nothing else may be on the console.
        running.guard.allow(r"^console\.warning: camera-[a-z]+: ")
        yield running


@pytest.fixture
def live(shared_studio: Studio) -> Iterator[Page]:
    """A page that shows the person before one colour, with the panel open."""
    page = shared_studio.live()
    _open_panel(page)
    choose_color(page, PLATE)
    looks.wait_for(page, shared_studio.site, SELF_VIEW, looks.before(PLATE))
    yield page
    page.evaluate("localStorage.clear()")
    page.close()


@pytest.fixture(scope="module")
def plain(lasting_studio: Studio) -> Page:
    """A page that only imports modules of the product."""
    return lasting_studio.embed()


def _open_panel(page: Page) -> None:
    page.locator("#devices-panel > summary").click()


def _choice(page: Page) -> Locator:
    return page.get_by_role("combobox", name="Camera", exact=True)


def _alert(page: Page) -> Locator:
    return page.get_by_role("alert")


def _wait_for(page: Page, studio: Studio, rgb: looks.Rgb) -> None:
    looks.wait_for(page, studio.site, SELF_VIEW, looks.before(rgb))


def _wait_for_camera(page: Page, camera: str) -> None:
    eventually(
        page,
        lambda: devices.opened(page, "video")[-1] == (camera, "live"),
        f"the {camera} camera is open",
    )


def test_a_camera_plugged_in_appears_and_is_not_taken(live: Page) -> None:
    expect(_choice(live)).to_have_value("front")
    devices.plug(live, SIDE)
    options = _choice(live).locator("option")
    expect(options).to_have_text(["Default camera", "Front camera", "Side camera"])
    expect(_choice(live)).to_have_value("front")
    assert devices.opened(live, "video") == [("front", "live")]
    devices.unplug(live, SIDE)
    expect(options).to_have_text(["Default camera", "Front camera"])
    expect(_alert(live)).to_be_hidden()


@pytest.mark.parametrize("new_id", ["front", "another"], ids=["same id", "new id"])
def test_an_unplugged_camera_shows_the_card_and_comes_back_by_itself(
    live: Page, shared_studio: Studio, new_id: str
) -> None:
    devices.plug(live, SIDE)
    with one_output_and_no_room(live, shared_studio.site):
        devices.unplug(live, FRONT)
        expect(_alert(live)).to_contain_text(UNPLUGGED)
        _wait_for(live, shared_studio, looks.CARD_RGB)
        # There is another camera, which then comes anew: it is not taken.
        devices.unplug(live, SIDE)
        devices.plug(live, SIDE)
        expect(_choice(live).locator("option", has_text="Side camera")).to_have_count(1)
        assert devices.opened(live, "video") == [("front", "ended")]

        devices.plug(live, replace(FRONT, deviceId=new_id))
        _wait_for(live, shared_studio, PLATE)
        expect(_alert(live)).to_be_hidden()
    assert devices.opened(live, "video") == [("front", "ended"), (new_id, "live")]
    expect(_choice(live)).to_have_value(new_id)


def test_another_camera_can_be_chosen_for_an_unplugged_one(
    live: Page, shared_studio: Studio
) -> None:
    devices.plug(live, SIDE)
    with one_output_and_no_room(live, shared_studio.site):
        devices.unplug(live, FRONT)
        expect(_alert(live)).to_contain_text(UNPLUGGED)
        _choice(live).select_option("side")
        _wait_for(live, shared_studio, PLATE)
        expect(_alert(live)).to_be_hidden()
        devices.plug(live, FRONT)
        expect(_choice(live).locator("option", has_text="Front camera")).to_have_count(1)
    assert devices.opened(live, "video") == [("front", "ended"), ("side", "live")]


def test_cameras_are_switched_behind_the_same_output(live: Page, shared_studio: Studio) -> None:
    devices.plug(live, SIDE)
    with one_output_and_no_room(live, shared_studio.site) as seen:
        for camera in ("side", "front", "side"):
            _choice(live).select_option(camera)
            _wait_for_camera(live, camera)
            _wait_for(live, shared_studio, PLATE)
            live.wait_for_timeout(700)
    states = [state for _, state in devices.opened(live, "video")]
    assert states == ["ended", "ended", "ended", "live"]
    assert len(seen.frames) > 30


def test_a_camera_in_use_elsewhere_is_said_so(shared_studio: Studio) -> None:
    page = shared_studio.open()
    devices.occupy(page, FRONT, taken=True)
    page.locator("#start").click()
    expect(_alert(page)).to_contain_text(
        "The camera could not be started; another program may be using it. "
        "Close the other program, then start again."
    )
    devices.occupy(page, FRONT, taken=False)
    page.locator("#start").click()
    wait_live(page)
    expect(_alert(page)).to_be_hidden()
    page.close()


def test_a_camera_in_use_elsewhere_leaves_the_one_before(live: Page, shared_studio: Studio) -> None:
    devices.plug(live, SIDE)
    devices.occupy(live, SIDE, taken=True)
    with one_output_and_no_room(live, shared_studio.site):
        _choice(live).select_option("side")
        expect(_alert(live)).to_contain_text("another program may be using it")
        _wait_for(live, shared_studio, PLATE)
    expect(_choice(live)).to_have_value("front")
    assert devices.opened(live, "video")[-1] == ("front", "live")


def test_a_camera_that_the_system_holds_back_is_said_so(live: Page, shared_studio: Studio) -> None:
    with one_output_and_no_room(live, shared_studio.site):
        devices.hold(live, FRONT, "mute")
        expect(_alert(live)).to_contain_text(
            "The camera gives no picture: the system or a switch on it holds it back."
        )
        devices.hold(live, FRONT, "unmute")
        expect(_alert(live)).to_be_hidden()
        _wait_for(live, shared_studio, PLATE)


def test_the_chosen_camera_is_remembered_and_missed(live: Page) -> None:
    devices.plug(live, SIDE)
    _choice(live).select_option("side")
    expect(_choice(live)).to_have_value("side")
    live.reload()
    _open_panel(live)
    expect(_choice(live).locator("option:checked")).to_have_text("Side camera (not connected)")
    live.locator("#start").click()
    expect(_alert(live)).to_contain_text("The chosen camera is not connected.")
    assert devices.opened(live, "video") == []
    devices.plug(live, SIDE)
    live.locator("#start").click()
    wait_live(live)
    assert devices.opened(live, "video") == [("side", "live")]


def test_a_camera_turned_off_gives_back_its_device_and_shows_the_card(
    live: Page, shared_studio: Studio
) -> None:
    button = live.get_by_role("button", name="Camera off")
    expect(button).to_have_attribute("aria-pressed", "false")
    with one_output_and_no_room(live, shared_studio.site):
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")
        assert devices.opened(live, "video") == [("front", "ended")]
        _wait_for(live, shared_studio, looks.CARD_RGB)
        # One that is off does not come on by being plugged in.
        devices.unplug(live, FRONT)
        devices.plug(live, FRONT)
        expect(_choice(live).locator("option", has_text="Front camera")).to_have_count(1)
        assert devices.opened(live, "video") == [("front", "ended")]

        live.keyboard.press("Alt+Shift+V")
        _wait_for(live, shared_studio, PLATE)
        expect(button).to_have_attribute("aria-pressed", "false")
    assert devices.opened(live, "video") == [("front", "ended"), ("front", "live")]


@pytest.mark.parametrize(
    ("arrived", "seen", "expected"),
    [
        pytest.param(["a:Cam"], ["a"], "a", id="the same id"),
        pytest.param(["a:Other"], ["a"], "a", id="the same id under another name"),
        pytest.param(["b:Cam"], ["a"], "b", id="the same name under a new id"),
        pytest.param(["b:Cam"], ["a", "b"], None, id="a twin that was here before"),
        pytest.param(["b:Cam", "a:Cam"], ["a"], "a", id="the same id before the same name"),
        pytest.param(["b:Other"], ["a"], None, id="another one"),
        pytest.param([], ["a"], None, id="none"),
    ],
)
def test_a_device_is_recognised(
    plain: Page, arrived: list[str], seen: list[str], expected: str | None
) -> None:
    recognised = plain.evaluate(
        """async ([base, arrived, seen]) => {
          const { recognise } = await import(`${base}devices.js`);
          const named = (text) => {
            const [deviceId, label] = text.split(':');
            return { kind: 'videoinput', deviceId, label };
          };
          return recognise(named('a:Cam'), arrived.map(named), new Set(seen))?.deviceId ?? null;
        }""",
        [plain.url.partition("__test__")[0], arrived, seen],
    )
    assert recognised == expected


def test_a_microphone_is_no_camera(plain: Page) -> None:
    recognised = plain.evaluate(
        """async (base) => {
          const { recognise } = await import(`${base}devices.js`);
          const microphone = { kind: 'audioinput', deviceId: 'a', label: 'Cam' };
          return recognise({ ...microphone, kind: 'videoinput' }, [microphone], new Set());
        }""",
        plain.url.partition("__test__")[0],
    )
    assert recognised is None
