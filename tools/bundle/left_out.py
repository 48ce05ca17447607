"""Says of a missing module that the bundle may have left it out; shipped in the bundle."""

from __future__ import annotations

import sys

PARTLY = sys.stdlib_module_names | {"cv2", "numpy"}
"""What the bundle has a part of: top-level names."""


class Finder:
    """The last on `sys.meta_path`: whatever reaches it was found by nobody."""

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        """Raise ModuleNotFoundError for a module that plain Pyodide might have."""
        if name.partition(".")[0] in PARTLY:
            raise ModuleNotFoundError(
                f"No module named {name!r} in the bundle that Python was started from, which holds "
                "what tools/bundle/exercise.py makes the product import",
                name=name,
            )


def tell() -> None:
    """Say so from now on."""
    sys.meta_path.append(Finder())
