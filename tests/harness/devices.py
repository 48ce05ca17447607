"""Simulated cameras, microphones and speakers, which a test plugs in and out.

A fake-camera Chromium has one camera that nobody can unplug. These stand in front of it.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

from playwright.sync_api import BrowserContext, Page

from tests.harness.site import HARNESS_JS


@dataclass(frozen=True)
class Device:
    """One that a test plugs in."""

    kind: str
    deviceId: str  # noqa: N815 - as the browser spells it
    label: str
    groupId: str = ""  # noqa: N815


FRONT = Device("videoinput", "front", "Front camera", "1")
DESK = Device("audioinput", "desk", "Desk microphone", "2")
HEADPHONES = Device("audiooutput", "headphones", "Headphones", "3")
"""These three are there from the start."""


def simulate(context: BrowserContext) -> None:
    """Put simulated devices before those of the browser, in all pages to come."""
    context.add_init_script(path=HARNESS_JS / "simulated_devices.js")


def plug(page: Page, device: Device) -> None:
    """Plug a device in."""
    page.evaluate("device => simulated.plug(device)", asdict(device))


def unplug(page: Page, device: Device) -> None:
    """Unplug a device: its tracks end."""
    page.evaluate("deviceId => simulated.unplug(deviceId)", device.deviceId)


def occupy(page: Page, device: Device, *, taken: bool) -> None:
    """Let another program take a device, or give it back."""
    page.evaluate("args => simulated.occupy(...args)", [device.deviceId, taken])


def hold(page: Page, device: Device, event: str) -> None:
    """Let the system `mute` or `unmute` a device."""
    page.evaluate("args => simulated.hold(...args)", [device.deviceId, event])


def opened(page: Page, kind: str) -> list[tuple[str, str]]:
    """Id and `readyState` of every track of a kind, `video` or `audio`, that was opened so far."""
    tracks: list[list[str]] = page.evaluate(
        """kind => simulated.opened.filter(({ track }) => track.kind === kind)
          .map(({ deviceId, track }) => [deviceId, track.readyState])""",
        kind,
    )
    return [(device, state) for device, state in tracks]
