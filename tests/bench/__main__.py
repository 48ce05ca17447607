"""Figures: `python3 build.py bench`. With --matte, the matte against true mattes."""

from __future__ import annotations

import sys

from tools.paths import ROOT

# The package under test is run from its source, natively.
sys.path.insert(0, str(ROOT / "py"))


def main(arguments: list[str]) -> int:
    """Hand over to the evaluation that was asked for."""
    if "--matte" in arguments:
        import tests.bench.matte.cli as matte

        return matte.main([argument for argument in arguments if argument != "--matte"])
    import tests.bench.cli as record

    return record.main(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
