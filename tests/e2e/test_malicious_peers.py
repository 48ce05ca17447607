"""A demo call in which somebody means harm: any page of this origin can speak on its channel."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.harness import peers
from tests.harness.demo_call import join, open_guest
from tests.harness.eventually import eventually
from tests.harness.studio import Studio

MOST_PEERS = 16

LIAR = """async ([base, call, name]) => {
  const { createLoopbackCall } = await import(`${base}call/loopback.js`);
  const canvas = document.createElement('canvas');
  canvas.getContext('2d');
  const [camera] = canvas.captureStream().getVideoTracks();
  globalThis.liar = createLoopbackCall(call, { container: document.createElement('div') });
  await liar.join({ camera, microphone: null, muted: true, cameraOff: false, name });
}"""

# Nothing of this is a message, or comes from a tab that is there.
NOISE = """async (call) => {
  const channel = new BroadcastChannel(`cyclorama-call-${call}`);
  const loop = {};
  loop.loop = loop;
  const long = 'x'.repeat(5_000_000);
  const polluting = JSON.parse('{ "__proto__": { "harmed": 1 }, "type": "hello" }');
  const wrong = [
    null, undefined, 0, '', 'hello', [], {}, loop, polluting, new Map(), new Blob([long]), 1n,
    { type: 'hello' }, { type: 'hello', from: loop }, { type: 'hello', from: long },
    { type: 'toString', from: 'a' }, { type: 'signal', from: 'a', to: 'b', signal: loop },
    { type: 'bye', from: null }, { get: 1, type: 'bye', from: ['a'] },
  ];
  for (const message of wrong) channel.postMessage(message);
  for (let count = 0; count < 3000; count += 1) {
    channel.postMessage({ type: 'hello', from: crypto.randomUUID() });
  }
  for (let count = 0; count < 20; count += 1) {
    channel.postMessage({ type: 'signal', from: 'a', to: 'b', signal: { candidate: long } });
  }
}"""

# Tabs that are there, as far as anybody can tell.
CROWD = """async ([call, count]) => {
  const channel = new BroadcastChannel(`cyclorama-call-${call}`);
  for (let made = 0; made < count; made += 1) {
    const from = crypto.randomUUID();
    await new Promise((resolve) => void navigator.locks.request(
      `cyclorama-call-${from}`, () => (resolve(), new Promise(() => {}))));
    channel.postMessage({ type: 'hello', from });
  }
}"""


@pytest.fixture
def call(studio: Studio) -> Iterator[tuple[Page, str]]:
    """The page in a demo call, and the call's id."""
    peers.watch(studio.context)
    page = studio.live()
    yield page, join(page)
    assert page.evaluate("({}).harmed") is None


def _people(page: Page) -> Locator:
    return page.get_by_role("list", name="In this call").get_by_role("listitem")


def test_a_name_is_text_and_no_longer_than_ours_may_be(
    studio: Studio, call: tuple[Page, str]
) -> None:
    page, id_ = call
    name = "<img src=x onerror=alert(1)><b>Ada</b>" + "x" * 1_000_000
    liar = studio.embed()
    liar.evaluate(LIAR, [studio.site.url, id_, name])
    expect(_people(page)).to_have_text(["Guest (you)muted", f"{name[:60]}muted"])
    expect(page.locator("#participants figcaption")).to_have_text(name[:60])
    assert page.locator("#people :is(img, b), #participants :is(img, b)").count() == 0


def test_noise_and_a_flood_reach_nobody(studio: Studio, call: tuple[Page, str]) -> None:
    page, id_ = call
    noisy = studio.open("privacy.html")
    noisy.evaluate(NOISE, id_)
    open_guest(studio, id_)
    page.bring_to_front()
    # They are in the order in which they came: the guest was heard after all of it.
    expect(_people(page)).to_have_text(["Guest (you)muted", "Guestmuted"])
    assert peers.connections_made(page) == 1


def test_a_crowd_is_not_let_in_and_goes_as_it_came(studio: Studio, call: tuple[Page, str]) -> None:
    page, id_ = call
    crowd = studio.open("privacy.html")
    crowd.evaluate(CROWD, [id_, MOST_PEERS + 10])
    eventually(page, lambda: peers.connections_made(page) >= MOST_PEERS, "many are let in")
    page.wait_for_timeout(1000)
    assert peers.connections_made(page) == MOST_PEERS
    crowd.close()
    open_guest(studio, id_)
    page.bring_to_front()
    expect(_people(page)).to_have_text(["Guest (you)muted", "Guestmuted"])
