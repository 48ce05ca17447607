from __future__ import annotations

import itertools
import json
import subprocess

from tools.paths import NODE_MODULES
from tools.segmenters import DEFAULT, FOLDERS, KNOWN, OFFICIAL, BodyPix, bodypix_path

BODYPIX_URLS = """
const {mobileNetSavedModel, resNet50SavedModel} = require(process.argv[1]);
const urls = {};
for (const stride of [8, 16, 32]) for (const bytes of [1, 2, 4]) {
  urls[`ResNet50 ${stride} 1 ${bytes}`] = resNet50SavedModel(stride, bytes);
  for (const multiplier of [0.5, 0.75, 1]) {
    urls[`MobileNetV1 ${stride} ${multiplier} ${bytes}`] =
      mobileNetSavedModel(stride, multiplier, bytes);
  }
}
console.log(JSON.stringify(urls));
"""


def test_every_url_is_the_one_that_bodypix_itself_would_load() -> None:
    script = NODE_MODULES / "@tensorflow-models" / "body-pix" / "dist" / "saved_models.js"
    answer = subprocess.run(
        ["node", "-e", BODYPIX_URLS, str(script)], capture_output=True, text=True, check=True
    )
    theirs = json.loads(answer.stdout)

    ours = {}
    for stride, quant_bytes in itertools.product((8, 16, 32), (1, 2, 4)):
        path = bodypix_path("ResNet50", stride, 1.0, quant_bytes)
        ours[f"ResNet50 {stride} 1 {quant_bytes}"] = OFFICIAL + path
        for multiplier in FOLDERS:
            path = bodypix_path("MobileNetV1", stride, multiplier, quant_bytes)
            ours[f"MobileNetV1 {stride} {multiplier:g} {quant_bytes}"] = OFFICIAL + path

    assert ours == theirs


def test_every_variant_of_bodypix_can_be_named() -> None:
    variants = [each for each in KNOWN.values() if isinstance(each, BodyPix)]

    assert len(variants) == 12
    assert len({each.label for each in variants}) == 12
    assert DEFAULT.id == "bodypix-mobilenet-050-quant2"
    assert DEFAULT.label == "BodyPix MobileNet ×0.50"
    assert DEFAULT.strides == (16, 8)
