"""A second visit starts from the device, and a new version is offered, never forced."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import ConsoleMessage, Page, Playwright, expect

from tests.harness.eventually import eventually
from tests.harness.plain_host import NAME, PlainHost, plain_host
from tests.harness.site import Site
from tests.harness.studio import Studio, wait_live
from tests.harness.studio import studio as start_studio

NOTE = r"^console\.warning: Cyclorama is not kept on this device, and works from the network: "

WAITING = "navigator.serviceWorker.getRegistration().then(({ waiting }) => waiting !== null)"

KEPT = """async () => {
  const urls = [];
  for (const name of await caches.keys()) {
    for (const { url } of await (await caches.open(name)).keys()) urls.push(url);
  }
  return urls;
}"""


@pytest.fixture
def host(tmp_path: Path) -> Iterator[PlainHost]:
    with plain_host(tmp_path) as running:
        yield running


@pytest.fixture
def visitor(playwright: Playwright, host: PlainHost, portrait: Path) -> Iterator[Studio]:
    """A browser that keeps what it is given, and a host that is not on its own computer."""
    flags = host.flags()
    with start_studio(
        playwright, host.site(NAME), portrait, flags, service_workers=True
    ) as running:
        yield running
        running.guard.check()


def visit(visitor: Studio) -> Page:
    """A first visit, until the page is kept."""
    page = visitor.live()
    page.evaluate("navigator.serviceWorker.ready.then(() => {})")
    return page


def kept(page: Page) -> list[str]:
    """URLs of all that is kept."""
    urls: list[str] = page.evaluate(KEPT)
    return urls


def versions(page: Page) -> set[str]:
    """Those of which the page is kept."""
    found = (name.partition(" page ") for name in page.evaluate("caches.keys()"))
    return {version for _, _, version in found if version}


def forget(page: Page) -> None:
    """Empty the browser's own cache, which is not to be relied on."""
    page.context.new_cdp_session(page).send("Network.clearBrowserCache")


def noted(visitor: Studio) -> list[str]:
    """A list that fills with what the console says of not keeping the page."""
    notes: list[str] = []

    def note(said: ConsoleMessage) -> None:
        if re.search(NOTE, f"console.{said.type}: {said.text}"):
            notes.append(said.text)

    visitor.context.on("console", note)
    return notes


def newer(host: PlainHost) -> None:
    """Publish a build with another title."""
    index = (host.folder / "index.html").read_bytes()
    host.publish({"index.html": index.replace(b"<h1>Cyclorama</h1>", b"<h1>Cyclorama 2</h1>")})


def expect_title(page: Page, title: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def test_a_second_visit_needs_no_network(host: PlainHost, visitor: Studio) -> None:
    page = visit(visitor)
    forget(page)
    page.close()
    host.stop()
    page = visitor.open("?call=some-call")
    page.locator("#start").click()
    wait_live(page)


def test_a_first_visit_downloads_nothing_twice(host: PlainHost, visitor: Studio) -> None:
    visit(visitor)
    sent = Counter(path for path, status in host.answers() if status == 200)
    assert {path: times for path, times in sent.items() if times > 1} == {}
    assert any(path.endswith("pyodide.asm.wasm") for path in sent)


def test_only_what_a_start_needs_is_kept(host: PlainHost, visitor: Studio) -> None:
    (host.folder / "session.json").write_text("{}")
    page = visit(visitor)
    page.evaluate("fetch('session.json').then((response) => response.json())")
    urls = [url.removeprefix(visitor.site.url) for url in kept(page)]
    fetched = {url.removeprefix(visitor.site.url) for url in visitor.guard.requests}
    versioned = [url for url in urls if url.startswith(("vendor/", "models/"))]
    # The other stride's model is kept for whoever chooses it: it is small, on the same weights.
    assert {url for url in versioned if "stride8" not in url} <= fetched
    assert "session.json" not in urls


def test_a_new_version_is_offered_and_taken(host: PlainHost, visitor: Studio) -> None:
    visit(visitor).close()
    newer(host)
    page = visitor.open()
    expect_title(page, "Cyclorama")
    expect(page.get_by_text("A new version is ready.")).to_be_visible()
    expect_title(page, "Cyclorama")
    page.locator("#update-reload").click()
    expect_title(page, "Cyclorama 2")
    expect(page.locator("#update")).to_be_hidden()
    page.locator("#start").click()
    wait_live(page)
    assert len(versions(page)) == 1


def test_a_version_that_does_not_run_is_offered_the_next(host: PlainHost, visitor: Studio) -> None:
    visit(visitor).close()
    segmenter = (host.folder / "worker/segmenter.js").read_bytes()
    host.publish({"worker/segmenter.js": b"throw new Error('simulated');"})
    page = visitor.open()
    visitor.guard.allow("simulated", "segmenter-failed")
    with page.expect_navigation():
        page.locator("#update-reload").click()
    expect(page.locator('[data-error="segmenter-failed"]')).to_be_visible()
    host.publish({"worker/segmenter.js": segmenter})
    page.reload()
    with page.expect_navigation():
        page.locator("#update-reload").click()
    page.locator("#start").click()
    wait_live(page)


def test_during_a_call_no_version_is_offered(host: PlainHost, visitor: Studio) -> None:
    page = visit(visitor)
    page.get_by_role("button", name="Join demo call").click()
    expect(page.get_by_text("You are in the call.")).to_be_visible()
    newer(host)
    page.evaluate("navigator.serviceWorker.getRegistration().then((each) => each.update())")
    eventually(page, lambda: page.evaluate(WAITING), "the new version is there")
    page.wait_for_timeout(1000)
    expect(page.locator("#update")).to_be_hidden()
    page.get_by_role("button", name="Leave").click()
    expect(page.get_by_text("A new version is ready.")).to_be_visible()
    expect_title(page, "Cyclorama")
    expect(page.locator("html")).to_have_attribute("data-state", "live")


def test_another_tab_is_left_its_version(host: PlainHost, visitor: Studio) -> None:
    visit(visitor)
    newer(host)
    page = visitor.open()
    page.locator("#update-reload").click()
    expect(page.get_by_text("Close the other tabs that show Cyclorama first.")).to_be_visible()
    assert page.evaluate(WAITING)


def test_on_localhost_the_newest_files_are_shown(
    playwright: Playwright, host: PlainHost, portrait: Path
) -> None:
    with start_studio(playwright, host.site(), portrait, service_workers=True) as visitor:
        page = visit(visitor)
        newer(host)
        page.reload()
        expect_title(page, "Cyclorama 2")
        version = json.loads((host.folder / "manifest.json").read_text())["version"]
        eventually(page, lambda: versions(page) == {version}, "only the new version is kept")
        expect(page.locator("#update")).to_be_hidden()
        host.stop()
        page.reload()
        expect_title(page, "Cyclorama 2")
        page.locator("#start").click()
        wait_live(page)
        # Of each file that the server was asked for in vain.
        visitor.guard.allow("ERR_CONNECTION_REFUSED")
        visitor.guard.check()


def test_a_page_that_embeds_it_gets_the_servers_files(host: PlainHost, visitor: Studio) -> None:
    forget(visit(visitor))
    before = len(host.answers())
    page = visitor.embed()
    page.evaluate(
        """async () => {
          globalThis.cyclorama = await createCyclorama();
          await cyclorama.process(await openCamera());
          await cyclorama.ready;
        }"""
    )
    asked = {path for path, _ in host.answers()[before:]}
    assert {"cyclorama.js", "worker/compositor.js", "worker/bundle.js", "worker/clock.js"} <= asked


def test_a_page_that_embeds_it_registers_nothing(host: PlainHost, visitor: Studio) -> None:
    page = visitor.embed()
    page.evaluate("createCyclorama().then((cyclorama) => cyclorama.stop())")
    assert (
        page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
    )


def test_a_device_that_is_full_keeps_nothing(visitor: Studio) -> None:
    visitor.guard.allow(rf"{NOTE}QuotaExceededError")
    notes = noted(visitor)
    page = visitor.open()
    quota = {"origin": visitor.site.origin, "quotaSize": 5_000_000}
    page.context.new_cdp_session(page).send("Storage.overrideQuotaForOrigin", quota)
    with visitor.context.expect_console_message(lambda said: "not kept" in said.text):
        page.locator("#start").click()
        wait_live(page)
    expect(page.locator(".notice")).to_have_count(0)
    assert len(notes) == 1


def test_a_worker_that_cannot_be_had_is_told_once(
    playwright: Playwright, site: Site, portrait: Path
) -> None:
    site.overlay["sw.js"] = b"throw new Error('no worker today');"
    with start_studio(playwright, site, portrait, service_workers=True) as visitor:
        notes = noted(visitor)
        page = visitor.open()
        with visitor.context.expect_console_message(lambda said: "not kept" in said.text):
            page.locator("#start").click()
            wait_live(page)
        expect(page.locator("html")).to_have_attribute("data-state", "live")
        assert len(notes) == 1
        # The browser tells of the script itself.
        visitor.guard.allow(NOTE, "no worker today")
        visitor.guard.check()
