"""Runs a module that needs no browser under Node."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import Any

from tools.paths import ROOT

LIMIT_S = 60


def evaluate(path: str, body: str, given: object = None) -> Any:
    """What a function's body gives.

    Args:
        path: of the module, in the repository.
        body: of an asynchronous function that knows `module`, which is that module, and `given`.
        given: as JSON has it, of any length; so is what comes back.
    """
    node = shutil.which("node")
    assert node is not None, "these tests need Node.js"
    script = (
        "import { readFileSync } from 'node:fs';\n"
        f"const module = await import({json.dumps((ROOT / path).as_uri())});\n"
        f"const run = async (given) => {{ {body} }};\n"
        "const given = JSON.parse(readFileSync(0, 'utf8'));\n"
        "console.log(JSON.stringify(await run(given)));"
    )
    done = subprocess.run(
        [node, "--input-type=module", "--eval", script],
        input=json.dumps(given),
        capture_output=True,
        encoding="utf-8",
        timeout=LIMIT_S,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
