import numpy as np
import pytest

from cyclorama import blend, ops
from cyclorama.types import Bytes, Size


def picture(size: Size, seed: int) -> Bytes:
    result = np.random.default_rng(seed).integers(0, 256, (*size, 4), dtype=np.uint8)
    result[..., 3] = 255
    return result


def composite(size: Size, alpha: Bytes) -> tuple[Bytes, Bytes, Bytes]:
    frame, plate = picture(size, 1), picture(size, 2)
    output = np.zeros((*size, 4), np.uint8)
    blend.Blend(size, (alpha.shape[0], alpha.shape[1])).composite(frame, plate, alpha, output)
    return frame, plate, output


def test_mix_is_the_equation_rounded_for_every_alpha() -> None:
    alpha = np.arange(256, dtype=np.uint8)[:, None, None]
    foreground = np.array([0, 1, 77, 128, 254, 255], np.uint8)[None, :, None]
    plate = foreground[:, ::-1]
    exact = (foreground * (alpha / 255) + plate * (1 - alpha / 255)).round()
    mixed = blend.mix(foreground, plate, alpha)
    # Halves may go either way: floating point does not hit them exactly.
    assert np.abs(mixed - exact).max() <= 1
    sums = foreground.astype(int) * alpha + plate.astype(int) * (255 - alpha)
    assert np.array_equal(mixed, (2 * sums + 255) // 510)


def test_nobody_leaves_the_plate() -> None:
    _, plate, output = composite((24, 32), np.zeros((6, 8), np.uint8))
    assert np.array_equal(output, plate)


def test_somebody_everywhere_leaves_the_frame() -> None:
    frame, _, output = composite((24, 32), np.full((6, 8), 255, np.uint8))
    assert np.array_equal(output, frame)


@pytest.mark.parametrize("size", [(24, 32), (25, 37), (8, 8), (9, 64), (47, 8), (64, 91)])
def test_tiles_give_what_blending_every_pixel_gives(size: Size) -> None:
    small = (max(size[0] // 4, 1), max(size[1] // 4, 1))
    alpha = np.random.default_rng(3).choice([0, 0, 0, 100, 255, 255], small).astype(np.uint8)
    frame, plate, output = composite(size, alpha)
    full = blend.Blend(size, small).enlarge(alpha)
    assert np.array_equal(output, blend.mix(frame, plate, full[..., None]))


def test_alpha_is_enlarged_linearly_with_contrast() -> None:
    alpha = np.tile(np.arange(0, 256, 17, dtype=np.uint8), (4, 1))
    full = blend.Blend((16, 64), (4, 16)).enlarge(alpha)
    assert np.array_equal(full, blend.ramp(blend.CONTRAST)[ops.stretch(alpha, (16, 64))])


def test_the_result_is_opaque() -> None:
    alpha = np.random.default_rng(4).integers(0, 256, (6, 8), dtype=np.uint8)
    assert (composite((24, 32), alpha)[2][..., 3] == 255).all()


def test_only_tiles_on_the_edge_are_blended(monkeypatch: pytest.MonkeyPatch) -> None:
    blended: list[int] = []
    mix = blend.mix

    def counting(foreground: Bytes, plate: Bytes, alpha: Bytes) -> Bytes:
        blended.append(len(alpha))
        return mix(foreground, plate, alpha)

    monkeypatch.setattr(blend, "mix", counting)
    for side in (256, 512):
        # The same edge of 64 pixels in a picture of four times the area.
        alpha = np.zeros((side // 4, side // 4), np.uint8)
        alpha[:16, :8] = 255
        composite((side, side), alpha)
    assert blended[0] == blended[1]
    assert blended[0] < 60


def test_contrast_keeps_the_edge_in_its_place() -> None:
    table = blend.ramp(2.5)
    assert table[0] == 0
    assert table[255] == 255
    assert table[127] < 128 <= table[128]
    assert (np.diff(table.astype(int)) >= 0).all()


def test_a_frame_smaller_than_a_tile_is_refused() -> None:
    with pytest.raises(ValueError, match="8x8"):
        blend.Blend((7, 100), (1, 25))
