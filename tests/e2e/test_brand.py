"""A wall with a name and a logo: by the API, by the form, and what is refused."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from playwright.sync_api import Page, expect

from cyclorama import brand, sign
from tests.harness import looks
from tests.harness.eventually import eventually
from tests.harness.kept import kept
from tests.harness.recording import SELF_VIEW, Picture
from tests.harness.refusal import refusal
from tests.harness.studio import Studio, publish, ready

SIZE = (480, 640)
TEAL = (43, 111, 99)
PLUM = (120, 40, 90)
ORANGE = (230, 120, 20)
SIGN = (slice(30, 180), slice(30, 200))
"""Rows and columns in which a sign hangs, beside the portrait."""

BADGE = """await createImageBitmap(new ImageData(
  new Uint8ClampedArray(64 * 64 * 4).map((_, at) => [230, 120, 20, 255][at % 4]), 64, 64))"""

LETTERS = """async (name) => {
  const { drawLetters } = await import('/letters.js');
  const bitmap = drawLetters(name);
  return bitmap && [bitmap.width, bitmap.height];
}"""

FOREIGN = (
    "<foreignObject width='2' height='2'><p xmlns='http://www.w3.org/1999/xhtml'/></foreignObject>"
)

# Chromium takes such a drawing with a blob's URL for another origin's, so nobody may read what it
# was drawn on.
TAINTED = f"""await (async () => {{
  const drawing = `<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>{FOREIGN}</svg>`;
  const image = new Image();
  image.src = URL.createObjectURL(new Blob([drawing], {{ type: 'image/svg+xml' }}));
  await image.decode();
  const canvas = new OffscreenCanvas(9, 9);
  canvas.getContext('2d').drawImage(image, 0, 0);
  return canvas.transferToImageBitmap();
}})()"""

ODD = [
    "{ name: 'x'.repeat(100000) }",
    "{ name: 'a b '.repeat(5000) }",
    "{ name: '  \\n\\u200b ' }",
    "{ name: 'שלום 你好 👩‍💻' }",
    "{ name: '', logo: await createImageBitmap(new ImageData(1, 1)) }",
    "{ name: 'A', logo: await createImageBitmap(new ImageData(4000, 3)) }",
    "{ name: 'B', logo: await createImageBitmap(new ImageData(3, 4000)) }",
    "{ name: 'C', logo: null }",
]


@pytest.fixture(scope="module")
def published(lasting_studio: Studio) -> Page:
    page = lasting_studio.embed()
    publish(page)
    ready(page)
    return page


@pytest.fixture
def embed(published: Page, shared_studio: Studio) -> Page:
    return published


@pytest.fixture(scope="module")
def started(lasting_studio: Studio) -> Page:
    return lasting_studio.live()


@pytest.fixture
def page(started: Page, shared_studio: Studio) -> Page:
    return started


def hang(page: Page, sign: str, color: str = "#2b6f63") -> None:
    page.evaluate(
        f"async () => cyclorama.setBackground({{ type: 'brand', color: '{color}', ...{sign} }})"
    )


def png(rgb: tuple[int, int, int]) -> bytes:
    return cv2.imencode(".png", np.full((40, 40, 3), rgb[::-1], np.uint8))[1].tobytes()


def choose_logo(page: Page, content: bytes) -> None:
    with page.expect_file_chooser() as chooser:
        page.locator("#brand-logo").click()
    chooser.value.set_files({"name": "logo.png", "mimeType": "image/png", "buffer": content})


def wall(rgb: tuple[int, int, int]) -> Picture:
    """The wall with nothing on it."""
    return brand.paint(SIZE, rgb, None, None)


def differs(picture: Picture, rgb: tuple[int, int, int]) -> float:
    """Share of the sign's place that is not the wall."""
    away = np.abs(picture[SIGN].astype(int) - wall(rgb)[SIGN]).max(axis=2)
    return float(np.mean(away > 24))


def is_wall(picture: Picture, rgb: tuple[int, int, int]) -> bool:
    """Whether the upper right corner, where nothing hangs, is this wall."""
    corner = (slice(0, 100), slice(-100, None))
    return bool(np.abs(picture[corner].astype(int) - wall(rgb)[corner]).mean() < 4)


def shows(picture: Picture, rgb: tuple[int, int, int]) -> float:
    """Share of the sign's place that has about this colour."""
    return float(np.mean(np.abs(picture[SIGN].astype(int) - rgb).max(axis=2) < 40))


def test_a_name_hangs_on_the_wall_for_the_others_to_read(
    embed: Page, shared_studio: Studio
) -> None:
    hang(embed, "{ name: 'Northwind' }")
    seen = looks.wait_for(
        embed, shared_studio.site, "track", lambda picture: is_wall(picture, TEAL)
    )
    assert 0.02 < differs(seen, TEAL) < 0.5
    assert shows(seen, (250, 249, 246)) > 0.01


def test_a_logo_hangs_above_the_name_and_stays_the_callers(
    embed: Page, shared_studio: Studio
) -> None:
    embed.evaluate(f"async () => {{ globalThis.badge = {BADGE}; }}")
    hang(embed, "{ name: 'Northwind', logo: badge }")
    seen = looks.wait_for(
        embed, shared_studio.site, "track", lambda picture: shows(picture, ORANGE) > 0.1
    )
    assert is_wall(seen, TEAL)
    assert embed.evaluate("badge.width") == 64


@pytest.mark.parametrize("more", ["", FOREIGN], ids=["plain", "as drawing programs write it"])
def test_a_logo_may_be_a_drawing(embed: Page, shared_studio: Studio, more: str) -> None:
    drawing = (
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'>"
        f"<circle cx='4.5' cy='4.5' r='4' fill='rgb(230,120,20)'/>{more}</svg>"
    )
    hang(embed, f"{{ name: '', logo: new Blob([`{drawing}`], {{ type: 'image/svg+xml' }}) }}")
    looks.wait_for(
        embed,
        shared_studio.site,
        "track",
        lambda picture: is_wall(picture, TEAL) and 0.05 < shows(picture, ORANGE) < 0.6,
    )


@pytest.mark.parametrize("sign", ODD)
def test_an_odd_sign_is_hung_as_well_as_it_goes(
    embed: Page, shared_studio: Studio, sign: str
) -> None:
    hang(embed, sign, "#78285a")
    assert embed.evaluate("cyclorama.background.type") == "brand"
    rgb = (0x78, 0x28, 0x5A)
    looks.wait_for(embed, shared_studio.site, "track", lambda picture: is_wall(picture, rgb))


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [("Jo", 0.5, 1.2), ("Northwind Studio", 1.6, 2.8), ("Donaudampfschifffahrt", 0.5, 1.2)],
)
def test_a_long_name_is_set_in_two_lines(
    embed: Page, shared_studio: Studio, name: str, low: float, high: float
) -> None:
    """Heights in sizes of the font."""
    width, height = embed.evaluate(f"({LETTERS})", name)
    assert low < height / sign.EM < high
    assert 0 < width < len(name) * sign.EM


@pytest.mark.parametrize("name", ["", "  \n", "\u200b"])
def test_a_name_with_nothing_to_see_is_none(embed: Page, shared_studio: Studio, name: str) -> None:
    assert embed.evaluate(f"({LETTERS})", name) is None


@pytest.mark.parametrize(
    ("sign", "id_"),
    [
        ("{ color: '#fff' }", "background-invalid"),
        ("{ name: 7, color: '#fff' }", "background-invalid"),
        ("{ name: 'A' }", "background-invalid"),
        ("{ name: 'A', color: 'white' }", "background-invalid"),
        ("{ name: 'A', color: '#fff', logo: new Blob(['no picture']) }", "image-unreadable"),
        (
            "{ name: 'A', color: '#fff', logo: new Blob(['<svg'], { type: 'image/svg+xml' }) }",
            "image-unreadable",
        ),
        ("{ name: 'A', color: '#fff', logo: 'missing.png' }", "image-unreadable"),
        ("{ name: 'A', color: '#fff', logo: 5 }", "image-unreadable"),
        (f"{{ name: 'A', color: '#fff', logo: {TAINTED} }}", "image-unreadable"),
    ],
)
def test_a_bad_sign_is_refused_and_the_old_background_stays(
    embed: Page, shared_studio: Studio, sign: str, id_: str
) -> None:
    shared_studio.guard.allow("404")  # of missing.png
    before = embed.evaluate("JSON.stringify(cyclorama.background)")
    call = f"await cyclorama.setBackground({{ type: 'brand', ...{sign} }})"
    assert refusal(embed, call)["id"] == id_
    assert embed.evaluate("JSON.stringify(cyclorama.background)") == before


def test_the_form_hangs_a_sign_and_changes_it_as_one_types(
    page: Page, shared_studio: Studio
) -> None:
    site = shared_studio.site
    page.get_by_role("radio", name="Your wall").click()
    expect(page.get_by_role("radio", name="Your wall")).to_be_checked()
    page.get_by_label("Name on the wall").fill("Northwind")
    page.locator("#brand-color").fill("#2b6f63")
    looks.wait_for(
        page,
        site,
        SELF_VIEW,
        lambda picture: is_wall(picture, TEAL) and differs(picture, TEAL) > 0.02,
    )

    choose_logo(page, png(ORANGE))
    looks.wait_for(page, site, SELF_VIEW, lambda picture: shows(picture, ORANGE) > 0.1)
    expect(page.locator("#brand-logo-sample")).to_be_visible()

    page.locator("#brand-logo-remove").click()
    looks.wait_for(page, site, SELF_VIEW, lambda picture: shows(picture, ORANGE) == 0)
    expect(page.locator("#brand-logo")).to_be_focused()

    page.locator("#brand-color").fill("#" + bytes(PLUM).hex())
    looks.wait_for(page, site, SELF_VIEW, lambda picture: is_wall(picture, PLUM))

    page.get_by_label("Name on the wall").fill("")
    looks.wait_for(page, site, SELF_VIEW, lambda picture: differs(picture, PLUM) == 0)


def test_a_file_that_is_no_picture_is_said_and_not_kept(page: Page, shared_studio: Studio) -> None:
    shared_studio.guard.allow("image-unreadable")
    page.get_by_role("radio", name="Your wall").click()
    choose_logo(page, b"no picture at all")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("could not be read as a picture")
    expect(alert).to_contain_text("Choose a JPEG, PNG, WebP or AVIF picture.")
    expect(page.locator("#brand-logo-remove")).to_be_hidden()
    page.get_by_label("Name on the wall").fill("Still here")
    looks.wait_for(
        page, shared_studio.site, SELF_VIEW, lambda picture: differs(picture, PLUM) > 0.02
    )


def logos(page: Page) -> list[object]:
    return [record for record in kept(page)["records"] if record["id"] == "logo"]


def test_the_next_visit_stands_before_the_same_wall(page: Page, shared_studio: Studio) -> None:
    page.get_by_role("radio", name="Your wall").click()
    page.get_by_label("Name on the wall").fill("Northwind")
    choose_logo(page, png(ORANGE))
    expect(page.locator("#brand-logo-remove")).to_be_visible()
    looks.wait_for(
        page, shared_studio.site, SELF_VIEW, lambda picture: shows(picture, ORANGE) > 0.1
    )
    again = shared_studio.live()
    expect(again.get_by_label("Name on the wall")).to_have_value("Northwind")
    looks.wait_for(
        again, shared_studio.site, SELF_VIEW, lambda picture: shows(picture, ORANGE) > 0.1
    )
    again.locator("#brand-logo-remove").click()
    eventually(again, lambda: not logos(again), "the logo is forgotten")
    again.reload()
    expect(again.get_by_label("Name on the wall")).to_have_value("Northwind")
    expect(again.locator("#brand-logo-remove")).to_be_hidden()
    again.close()
