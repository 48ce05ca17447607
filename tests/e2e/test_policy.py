"""What a script that got in would be refused: in the page, in each worker, and on a plain host."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Playwright, Worker, expect

from tests.harness import attempts
from tests.harness.attempts import Elsewhere
from tests.harness.choices import choose_color, choose_file
from tests.harness.demo_call import join, open_guest
from tests.harness.eventually import eventually
from tests.harness.pictures import picture_file
from tests.harness.plain_host import plain_host
from tests.harness.site import site as serve_site
from tests.harness.studio import Studio
from tests.harness.studio import studio as start_studio

PAGES = ["", "prove.html", "privacy.html"]


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Elsewhere]:
    with attempts.elsewhere(tmp_path) as running:
        yield running


@pytest.fixture(scope="module")
def lasting_studio(playwright: Playwright, portrait: Path) -> Iterator[Studio]:
    """With service workers, which have a policy of their own."""
    with (
        serve_site() as site,
        start_studio(playwright, site, portrait, service_workers=True) as running,
    ):
        yield running


@pytest.fixture(scope="module")
def unheaded(
    playwright: Playwright, tmp_path_factory: pytest.TempPathFactory, portrait: Path
) -> Iterator[Studio]:
    """A host that sends no headers of ours."""
    with (
        plain_host(tmp_path_factory.mktemp("host")) as host,
        start_studio(playwright, host.site(), portrait) as running,
    ):
        yield running


def test_the_attempts_succeed_where_there_is_no_policy(
    shared_studio: Studio, elsewhere: Elsewhere
) -> None:
    """The control."""
    shared_studio.guard.allow(".*")
    page = shared_studio.context.new_page()
    tried = page.evaluate(attempts.IN_PAGE, elsewhere.url)
    page.close()

    assert set(tried["ran"]) == attempts.RUNNING_IN_PAGE
    assert elsewhere.called == attempts.CALLING_IN_PAGE
    assert tried["violated"] == []


def _expect_all_refused(page: Page, elsewhere: Elsewhere) -> None:
    tried = page.evaluate(attempts.IN_PAGE, elsewhere.url)

    assert tried["ran"] == []
    assert elsewhere.called == set()
    refused = {each.split()[0] for each in tried["violated"]}
    assert {"script-src", "script-src-elem", "connect-src", "img-src", "form-action"} <= refused


@pytest.mark.parametrize("path", PAGES)
def test_every_page_refuses_them(shared_studio: Studio, elsewhere: Elsewhere, path: str) -> None:
    shared_studio.guard.allow(".*")
    page = shared_studio.open(path)
    _expect_all_refused(page, elsewhere)
    page.close()


@pytest.mark.parametrize("path", PAGES)
def test_every_page_refuses_them_without_our_headers(
    unheaded: Studio, elsewhere: Elsewhere, path: str
) -> None:
    page = unheaded.open(path)
    _expect_all_refused(page, elsewhere)
    page.close()


def _name(worker: Worker) -> str:
    return urlsplit(worker.url).path.removeprefix("/")


def test_every_worker_refuses_them_and_vonage_too(
    shared_studio: Studio, elsewhere: Elsewhere
) -> None:
    shared_studio.guard.allow(".*")
    page = shared_studio.live()
    page.evaluate("navigator.serviceWorker.ready.then(() => {})")
    workers = [*page.workers, *shared_studio.context.service_workers]
    assert {"worker/compositor.js", "worker/segmenter.js", "worker/stage.js", "sw.js"} <= {
        _name(worker) for worker in workers
    }
    for worker in workers:
        tried = worker.evaluate(attempts.IN_WORKER, elsewhere.url)
        assert tried["ran"] == [], _name(worker)
        assert elsewhere.called == set(), _name(worker)
        assert {each.split()[0] for each in tried["violated"]} >= {"connect-src", "script-src"}
        vonage = worker.evaluate(attempts.IN_WORKER, "https://anvil.opentok.com/")
        assert "connect-src https://anvil.opentok.com/fetch" in vonage["violated"], _name(worker)
    page.close()


def test_no_other_site_can_frame_the_page(shared_studio: Studio, unheaded: Studio) -> None:
    """The page of a host without our headers is the control, and what such a host loses."""
    shared_studio.guard.allow(".*")
    addresses = [shared_studio.site.url, unheaded.site.url]
    page = shared_studio.context.new_page()
    page.set_content("".join(f'<iframe src="{address}"></iframe>' for address in addresses))

    def framed() -> list[str]:
        return [frame.url for frame in page.frames if frame.url.startswith("http")]

    eventually(page, lambda: bool(framed()), "one of them is there")
    page.wait_for_timeout(1000)
    assert framed() == [unheaded.site.url]
    page.close()


def test_who_opened_the_page_has_no_hold_on_it(shared_studio: Studio, unheaded: Studio) -> None:
    shared_studio.guard.allow(".*")
    for site, held in ((shared_studio.site, False), (unheaded.site, True)):
        page = shared_studio.context.new_page()
        with page.expect_popup() as opened:
            page.evaluate("address => { globalThis.opened = open(address); }", site.url)
        expect(opened.value.get_by_role("heading", level=1)).to_be_visible()
        # A window that is out of reach is as one that is closed.
        assert page.evaluate("opened.closed") is not held
        opened.value.close()
        page.close()


def test_a_form_cannot_be_sent_before_its_script_runs(shared_studio: Studio) -> None:
    shared_studio.guard.allow(".*")
    page = shared_studio.open()
    page.evaluate(
        """() => {
          const form = document.querySelector('#form-vonage');
          form.elements.token.value = 'T1==secret';
          // Past the listeners, as if there were none.
          HTMLFormElement.prototype.submit.call(form);
        }"""
    )
    page.wait_for_timeout(500)
    assert page.url == shared_studio.site.url
    assert not [url for url in shared_studio.guard.requests if "secret" in url]
    page.close()


def test_a_whole_visit_asks_nobody_else(playwright: Playwright, portrait: Path) -> None:
    with (
        serve_site() as site,
        start_studio(playwright, site, portrait, service_workers=True) as visit,
    ):
        page = visit.live()
        choose_color(page, (20, 140, 140))
        choose_file(page, picture_file((230, 120, 20), (20, 140, 140)))
        page.locator("[data-scene]").first.click()
        page.get_by_role("tab", name="Vonage").click()
        eventually(page, lambda: bool(page.evaluate("'OT' in globalThis")), "the SDK is loaded")
        page.get_by_role("tab", name="Demo call").click()
        guest = open_guest(visit, join(page))
        page.bring_to_front()
        expect(page.locator("#participants video")).to_have_count(1)
        guest.close()
        page.get_by_role("button", name="Leave").click()
        page.evaluate("navigator.serviceWorker.ready.then(() => {})")

        visit.guard.check()
        assert visit.context.cookies() == []
        elsewhere = [url for url in visit.guard.requests if not url.startswith(site.url)]
        assert {urlsplit(url).scheme for url in elsewhere} <= {"blob", "data"}
