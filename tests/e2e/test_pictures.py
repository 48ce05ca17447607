"""The user's own pictures: kept on the device, in the gallery on every visit, and removable."""

from __future__ import annotations

import base64
from collections.abc import Iterator

import pytest
from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.harness import looks
from tests.harness.choices import choose_file
from tests.harness.eventually import eventually
from tests.harness.kept import kept
from tests.harness.pictures import picture_file
from tests.harness.recording import SELF_VIEW
from tests.harness.studio import Studio, wait_live

ORANGE = (230, 120, 20)
TEAL = (20, 140, 140)
MOST = 24

PASTE = """content => {
  const transfer = new DataTransfer();
  const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
  transfer.items.add(new File([bytes], 'pasted.png', { type: 'image/png' }));
  document.activeElement.dispatchEvent(
    new ClipboardEvent('paste', { clipboardData: transfer, bubbles: true, cancelable: true }),
  );
}"""

# Simulated: this Chromium cannot be told to deny a page its storage.
DENY = """() => {
  indexedDB.open = () => {
    throw new DOMException('storage is denied', 'SecurityError');
  };
}"""


# Simulated too: a quota set through the debugger does not hold for so small a picture.
FULL = """() => {
  IDBObjectStore.prototype.put = () => {
    throw new DOMException('no space left', 'QuotaExceededError');
  };
}"""


@pytest.fixture
def page(shared_studio: Studio) -> Iterator[Page]:
    """The page without a camera, and without a picture."""
    page = shared_studio.open()
    yield page
    page.evaluate("indexedDB.deleteDatabase('cyclorama'); localStorage.clear()")
    page.close()


def pictures(page: Page) -> Locator:
    return page.locator("[data-picture]")


def picture(page: Page, name: str) -> Locator:
    return page.get_by_role("radio", name=name, exact=True)


def file(name: str) -> FilePayload:
    return {
        "name": f"{name}.png",
        "mimeType": "image/png",
        "buffer": picture_file(ORANGE, TEAL),
    }


def add(page: Page, *names: str) -> None:
    for name in names:
        choose_file(page, picture_file(ORANGE, TEAL), f"{name}.png")
        expect(picture(page, name)).to_be_checked()


def expect_kept(page: Page, count: int) -> None:
    """So many pictures are in the gallery of the next visit, however soon that begins."""
    eventually(page, lambda: len(kept(page)["records"]) == count, f"{count} are stored")
    page.reload()
    expect(page.locator("[data-scene]").first).to_be_visible(timeout=60_000)
    expect(pictures(page)).to_have_count(count)


def test_pictures_and_the_choice_among_them_outlive_the_visit(
    page: Page, shared_studio: Studio
) -> None:
    add(page, "first", "second")
    picture(page, "first").click()
    expect_kept(page, 2)
    expect(picture(page, "first")).to_be_checked()
    page.locator("#start").click()
    wait_live(page)
    looks.wait_for(page, shared_studio.site, SELF_VIEW, looks.before(ORANGE, TEAL))


def test_each_has_a_thumbnail(page: Page) -> None:
    add(page, "first")
    size = "image => image.decode().then(() => [image.naturalWidth, image.naturalHeight])"
    assert pictures(page).locator("img").evaluate(size) == [192, 108]


def test_several_are_added_at_once(page: Page) -> None:
    page.locator("#picture-file").set_input_files(
        [file(name) for name in ("first", "second", "third")]
    )
    expect(pictures(page)).to_have_text(["first", "second", "third"])
    expect(picture(page, "third")).to_be_checked()


def test_a_picture_is_pasted(page: Page) -> None:
    page.evaluate(PASTE, base64.b64encode(picture_file(ORANGE, TEAL)).decode())
    expect(picture(page, "pasted")).to_be_checked()
    expect(page.locator("#gallery-said")).to_have_text("pasted was added.")


def test_a_large_picture_is_kept_no_larger_than_a_frame_shows_it(page: Page) -> None:
    content = page.evaluate(
        """async () => {
          const canvas = new OffscreenCanvas(4000, 1000);
          canvas.getContext('2d').fillRect(0, 0, 1, 1);
          const blob = await canvas.convertToBlob();
          return Array.from(new Uint8Array(await blob.arrayBuffer()));
        }"""
    )
    choose_file(page, bytes(content), "large.png")
    expect(picture(page, "large")).to_be_checked()
    expect_kept(page, 1)
    size = page.evaluate(
        """() => new Promise((resolve) => {
          indexedDB.open('cyclorama').onsuccess = ({ target: { result } }) => {
            const all = result.transaction('pictures').objectStore('pictures').getAll();
            all.onsuccess = () => {
              result.close();
              resolve(createImageBitmap(all.result[0].picture));
            };
          };
        }).then(({ width, height }) => [width, height])"""
    )
    assert size == [1920, 480]


def test_one_is_removed_by_its_button(page: Page) -> None:
    add(page, "first", "second")
    page.get_by_role("button", name="Remove first").click()
    expect(pictures(page)).to_have_text(["second"])
    expect(picture(page, "second")).to_be_checked()
    expect(picture(page, "second")).to_be_focused()
    expect(page.locator("#gallery-said")).to_have_text("first was removed.")
    expect_kept(page, 1)


def test_the_delete_key_removes_and_goes_on_to_the_neighbour(page: Page) -> None:
    add(page, "first", "second", "third")
    picture(page, "second").focus()
    page.keyboard.press("Delete")
    expect(picture(page, "third")).to_be_focused()
    page.keyboard.press("Delete")
    expect(picture(page, "first")).to_be_focused()
    page.keyboard.press("Delete")
    expect(pictures(page)).to_have_count(0)
    # What was in use is gone too.
    expect(page.locator("#blur")).to_be_checked()
    assert page.evaluate("document.activeElement.getAttribute('role')") == "radio"
    expect(page.locator("#gallery-said")).to_have_text("first was removed.")
    expect_kept(page, 0)


def test_a_full_device_is_told(page: Page, shared_studio: Studio) -> None:
    shared_studio.guard.allow("pictures-full")
    page.evaluate(FULL)
    add(page, "first")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("this device has no space left to keep it.")
    expect_kept(page, 0)


def test_denied_storage_is_told_and_the_picture_used(page: Page, shared_studio: Studio) -> None:
    shared_studio.guard.allow("pictures-denied")
    page.evaluate(DENY)
    add(page, "first")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("this browser does not let the page keep it.")
    picture(page, "first").press("Delete")
    expect(pictures(page)).to_have_count(0)


def test_there_is_a_limit(page: Page, shared_studio: Studio) -> None:
    shared_studio.guard.allow("pictures-many")
    page.locator("#picture-file").set_input_files([file(str(number)) for number in range(MOST + 1)])
    expect(page.get_by_role("alert")).to_contain_text("No more pictures can be added.")
    expect(pictures(page)).to_have_count(MOST)
