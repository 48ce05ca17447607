"""The microphone and the speaker: open only when wanted, muted, unplugged, and their tests.

The devices are simulated, see `tests.harness.devices`; their sound is that of Chromium's fake
microphone, a beep each second.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Playwright, expect

from tests.harness import devices, peers
from tests.harness.devices import DESK, HEADPHONES, Device
from tests.harness.eventually import eventually
from tests.harness.site import site as serve_site
from tests.harness.studio import Studio
from tests.harness.studio import studio as start_studio

HEADSET = Device("audioinput", "headset", "Headset", "8")

# The device of each microphone that is sent to somebody, and whether it is heard.
PUBLISHED = """() => microphonesSent().map((track) => [
  simulated.opened.find((one) => one.track === track).deviceId,
  track.enabled,
])"""

# Notes which speaker is asked for, and how loud what is played through it gets.
NOTE_SOUND = """() => {
  globalThis.sound = { speakers: [], loudest: 0, disabled: [] };
  const button = document.getElementById('test-sound');
  new MutationObserver(() => sound.disabled.push(button.disabled)).observe(button, {
    attributeFilter: ['disabled'],
  });
  const choose = HTMLMediaElement.prototype.setSinkId;
  HTMLMediaElement.prototype.setSinkId = async function (deviceId) {
    sound.speakers.push(deviceId);
  };
  const play = HTMLMediaElement.prototype.play;
  HTMLMediaElement.prototype.play = async function () {
    await play.call(this);
    if (!(this instanceof HTMLAudioElement)) return;
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    context.createMediaStreamSource(this.srcObject).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    setInterval(() => {
      analyser.getFloatTimeDomainData(samples);
      sound.loudest = Math.max(sound.loudest, ...samples);
    }, 20);
  };
}"""


@pytest.fixture(scope="module")
def lasting_studio(playwright: Playwright, portrait: Path) -> Iterator[Studio]:
    """Simulated devices before the camera and the microphone."""
    with serve_site() as site, start_studio(playwright, site, portrait, tuning=False) as running:
        devices.simulate(running.context)
        peers.watch(running.context)
        # The page logs what it says; nothing else may be on the console.
        running.guard.allow(r"^console\.warning: (microphone|speaker)-[a-z]+: ")
        yield running


@pytest.fixture
def page(shared_studio: Studio) -> Iterator[Page]:
    """The page with the panel open."""
    page = shared_studio.open()
    _panel(page).locator("summary").click()
    yield page
    page.evaluate("localStorage.clear()")
    page.close()


def _panel(page: Page) -> Locator:
    return page.locator("#devices-panel")


def _test_button(page: Page) -> Locator:
    return _panel(page).get_by_role("button", name="Test microphone")


def _meter(page: Page) -> Locator:
    return page.get_by_label("Microphone level")


def _choice(page: Page, name: str) -> Locator:
    return page.get_by_role("combobox", name=name, exact=True)


def _level(page: Page) -> float:
    return float(_meter(page).evaluate("(meter) => meter.value"))


def _alert(page: Page) -> Locator:
    return page.get_by_role("alert")


def _leave(page: Page) -> None:
    page.get_by_role("button", name="Leave").click()
    eventually(
        page,
        lambda: devices.opened(page, "audio") == [("desk", "ended")],
        "leaving gives the microphone back",
    )


def _join(page: Page, studio: Studio, *, microphone: bool = True) -> None:
    """Join a demo call, and let somebody else join it."""
    form = page.get_by_role("tabpanel", name="Demo call")
    form.get_by_label("Join with microphone").set_checked(microphone)
    page.get_by_role("button", name="Join demo call").click()
    link = page.get_by_label("Link for the second tab")
    expect(page.get_by_text("You are in the call.")).to_be_visible()
    guest = studio.embed()
    guest.evaluate(
        """async ([base, call]) => {
          const { join } = await import(`${base}__test__/guest.js`);
          await join(call);
        }""",
        [studio.site.url, link.input_value().split("?call=")[1]],
    )
    expect(peers.tile(guest)).to_have_count(1)
    page.bring_to_front()


def _expect_published(page: Page, *tracks: tuple[str, bool]) -> None:
    wanted = [list(track) for track in tracks]
    eventually(page, lambda: page.evaluate(PUBLISHED) == wanted, f"{wanted} is published")


def test_the_meter_opens_the_microphone_only_when_asked_to(page: Page) -> None:
    expect(_meter(page)).to_be_hidden()
    assert devices.opened(page, "audio") == []
    _test_button(page).click()
    expect(_test_button(page)).to_have_attribute("aria-pressed", "true")
    eventually(page, lambda: _level(page) > 0.3, "the beep is shown")
    eventually(page, lambda: _level(page) < 0.1, "the silence after it is shown")

    _test_button(page).click()
    expect(_meter(page)).to_be_hidden()
    _test_button(page).click()
    expect(_meter(page)).to_be_visible()
    _panel(page).locator("summary").click()
    eventually(
        page,
        lambda: devices.opened(page, "audio") == [("desk", "ended"), ("desk", "ended")],
        "the panel that was closed gave the microphone back",
    )


def test_a_busy_microphone_is_said_so(page: Page) -> None:
    devices.occupy(page, DESK, taken=True)
    _test_button(page).click()
    expect(_alert(page)).to_contain_text(
        "The microphone could not be started; another program may be using it. "
        "Close the other program, then try again."
    )
    expect(_test_button(page)).to_have_attribute("aria-pressed", "false")
    devices.occupy(page, DESK, taken=False)
    _test_button(page).click()
    expect(_alert(page)).to_be_hidden()


def test_mute_works_before_a_call_and_in_it(page: Page, shared_studio: Studio) -> None:
    page.locator("#start").click()
    mute = page.get_by_role("button", name="Mute")
    mute.click()
    expect(mute).to_have_attribute("aria-pressed", "true")
    assert devices.opened(page, "audio") == []

    _join(page, shared_studio)
    _expect_published(page, ("desk", False))
    mute.click()
    expect(mute).to_have_attribute("aria-pressed", "false")
    _expect_published(page, ("desk", True))
    page.keyboard.press("Alt+Shift+U")
    expect(mute).to_have_attribute("aria-pressed", "true")
    _expect_published(page, ("desk", False))

    _leave(page)


def test_a_call_without_a_microphone_opens_none_until_it_is_wanted(
    page: Page, shared_studio: Studio
) -> None:
    _join(page, shared_studio, microphone=False)
    mute = page.get_by_role("button", name="Mute")
    expect(mute).to_have_attribute("aria-pressed", "true")
    assert devices.opened(page, "audio") == []

    devices.occupy(page, DESK, taken=True)
    mute.click()
    expect(_alert(page)).to_contain_text("The microphone could not be started")
    expect(mute).to_have_attribute("aria-pressed", "true")
    devices.occupy(page, DESK, taken=False)
    mute.click()
    expect(mute).to_have_attribute("aria-pressed", "false")
    expect(_alert(page)).to_be_hidden()
    _expect_published(page, ("desk", True))
    mute.click()
    _expect_published(page, ("desk", False))

    _leave(page)


def test_a_microphone_unplugged_in_a_call_comes_back_by_itself(
    page: Page, shared_studio: Studio
) -> None:
    devices.plug(page, HEADSET)
    _join(page, shared_studio)
    _expect_published(page, ("desk", True))
    devices.unplug(page, DESK)
    expect(_alert(page)).to_contain_text(
        "The microphone was unplugged, so the others cannot hear you. "
        "Plug it in again and it comes back by itself, or choose another."
    )
    _expect_published(page)
    devices.plug(page, DESK)
    expect(_alert(page)).to_be_hidden()
    _expect_published(page, ("desk", True))


def test_another_microphone_can_be_chosen_in_a_call(page: Page, shared_studio: Studio) -> None:
    _join(page, shared_studio)
    devices.plug(page, HEADSET)
    options = _choice(page, "Microphone").locator("option")
    expect(options).to_have_text(["Default microphone", "Desk microphone", "Headset"])
    # The system's own choice is shown as the device that it is.
    expect(_choice(page, "Microphone")).to_have_value("desk")
    page.get_by_role("button", name="Mute").click()
    _choice(page, "Microphone").select_option("headset")
    _expect_published(page, ("headset", False))
    assert devices.opened(page, "audio") == [("desk", "ended"), ("headset", "live")]


def test_the_test_sound_is_heard_on_the_chosen_speaker(page: Page) -> None:
    page.evaluate(NOTE_SOUND)
    speakers = _choice(page, "Speaker")
    devices.plug(page, replace(HEADPHONES, deviceId="desk-speaker", label="Desk speaker"))
    expect(speakers.locator("option")).to_have_text(
        ["Default speaker", "Headphones", "Desk speaker"]
    )
    speakers.select_option("desk-speaker")
    page.get_by_role("button", name="Play a sound").click()
    eventually(
        page,
        lambda: bool(page.evaluate("sound.disabled") == [True, False]),
        "the button waits for the end of the sound",
    )
    assert page.evaluate("sound.speakers") == ["desk-speaker"]
    assert page.evaluate("sound.loudest") > 0.1


def test_a_speaker_that_is_gone_is_said_so(page: Page) -> None:
    # The browser has no such speaker: the simulated ones are mere names.
    _choice(page, "Speaker").select_option("headphones")
    page.get_by_role("button", name="Play a sound").click()
    expect(_alert(page)).to_contain_text("The chosen speaker could not be used.")


def test_where_the_system_chooses_the_speaker_that_is_said(shared_studio: Studio) -> None:
    page = shared_studio.context.new_page()
    page.add_init_script("delete HTMLMediaElement.prototype.setSinkId")
    page.goto(shared_studio.site.url)
    _panel(page).locator("summary").click()
    expect(page.get_by_text("This browser plays sound where the system says")).to_be_visible()
    expect(_choice(page, "Speaker")).to_be_hidden()
    page.close()


@pytest.mark.parametrize(
    ("amplitude", "level"),
    [(1, 1), (0.1, 2 / 3), (0.01, 1 / 3), (0.001, 0), (0.0001, 0), (0, 0)],
)
def test_twenty_decibels_are_a_third_of_the_meter(
    page: Page, shared_studio: Studio, amplitude: float, level: float
) -> None:
    found = page.evaluate(
        """async ([base, amplitude]) => {
          const { loudness } = await import(`${base}level.js`);
          return loudness(Float32Array.from([amplitude, -amplitude, amplitude, -amplitude]));
        }""",
        [shared_studio.site.url, amplitude],
    )
    assert found == pytest.approx(level, abs=1e-3)
