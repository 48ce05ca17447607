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


def equation(foreground: Bytes, plate: Bytes, alpha: Bytes) -> Bytes:
    """Rounded to nearest, of pictures (H, W, 4) and (H, W)."""
    weight = alpha[..., None].astype(int)
    sums = foreground.astype(int) * weight + plate.astype(int) * (255 - weight)
    return np.asarray((2 * sums + 255) // 510, np.uint8)


def test_mix_is_the_equation_rounded_for_every_alpha_and_value() -> None:
    alpha = np.arange(256, dtype=np.uint8).repeat(256).reshape(256, 256)
    values = np.arange(256, dtype=np.uint8)
    foreground = np.stack([values, values[::-1], values ^ 85, values], axis=-1)[None].repeat(256, 0)
    plate = foreground[:, ::-1].copy()
    mixed = blend.mix(
        foreground.view(np.uint32)[..., 0], plate.view(np.uint32)[..., 0], alpha
    ).view(np.uint8)
    assert np.array_equal(mixed.reshape(foreground.shape), equation(foreground, plate, alpha))


def test_nobody_leaves_the_plate() -> None:
    _, plate, output = composite((24, 32), np.zeros((6, 8), np.uint8))
    assert np.array_equal(output, plate)


def test_somebody_everywhere_leaves_the_frame() -> None:
    frame, _, output = composite((24, 32), np.full((6, 8), 255, np.uint8))
    assert np.array_equal(output, frame)


@pytest.mark.parametrize("shrink", [4, 5, 6, 9])
@pytest.mark.parametrize("size", [(24, 32), (8, 8), (16, 64), (48, 8), (64, 96), (120, 72)])
def test_tiles_give_what_blending_every_pixel_gives(size: Size, shrink: int) -> None:
    small = (max(size[0] // shrink, 1), max(size[1] // shrink, 1))
    alpha = np.random.default_rng(3).choice([0, 0, 0, 100, 255, 255], small).astype(np.uint8)
    frame, plate, output = composite(size, alpha)
    # OpenCV stretches in finer steps than the 1/32 of a pixel in which places are kept.
    full = blend.ramp(blend.CONTRAST)[ops.stretch(alpha, size)]
    steps = 2 / 32 * 255 * blend.CONTRAST
    assert np.abs(output.astype(int) - equation(frame, plate, full)).max() <= steps
    # Where alpha is solid nothing is blended at all.
    nobody = ops.stretch(ops.highest(alpha, 1, 1), size) == 0
    somebody = ops.stretch(ops.lowest(alpha, 1, 1), size) == 255
    assert np.array_equal(output[nobody], plate[nobody])
    assert np.array_equal(output[somebody], frame[somebody])


def test_alpha_is_enlarged_linearly_with_contrast() -> None:
    alpha = np.tile(np.arange(0, 256, 17, dtype=np.uint8), (4, 1))
    white = np.full((16, 64, 4), 255, np.uint8)
    output = np.empty_like(white)
    blend.Blend((16, 64), (4, 16)).composite(white, np.zeros_like(white), alpha, output)
    full = blend.ramp(blend.CONTRAST)[ops.stretch(alpha, (16, 64))]
    assert np.abs(output[..., 0].astype(int) - full).max() <= np.ceil(blend.CONTRAST)


def test_the_result_is_opaque() -> None:
    alpha = np.random.default_rng(4).integers(0, 256, (6, 8), dtype=np.uint8)
    assert (composite((24, 32), alpha)[2][..., 3] == 255).all()


def test_only_tiles_on_the_edge_are_blended(monkeypatch: pytest.MonkeyPatch) -> None:
    blended: list[int] = []
    mix = blend.mix

    def counting(foreground: blend.Pixels, plate: blend.Pixels, alpha: Bytes) -> blend.Pixels:
        blended.append(alpha.size // blend.TILE**2)
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


def test_a_picture_of_broken_tiles_is_refused() -> None:
    assert blend.padded((7, 96)) == (8, 96)
    with pytest.raises(ValueError, match="whole tiles of 8"):
        blend.Blend((7, 96), (1, 24))
