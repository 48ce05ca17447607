"""Brings Python into the state that is shipped; runs inside Pyodide, see snapshot.mjs."""

from __future__ import annotations

import gc
import sys
import zipimport
from collections.abc import Sequence
from importlib import import_module


def freeze(modules: Sequence[str], package: str) -> None:
    """Import these, and forget what holds for this machine alone.

    Args:
        modules: names, in order.
        package: where the product's are imported from.
    """
    # Nothing that is imported is garbage, and looking for some takes a tenth of a start: it is
    # looked for once the product is there (worker/runtime.js).
    gc.disable()
    sys.path.insert(0, package)
    for name in modules:
        import_module(name)
    import_module("left_out").tell()
    # Neither folders nor archives will be there, but for the product's.
    sys.path_importer_cache.clear()
    vars(zipimport)["_zip_directory_cache"].clear()
    del sys.modules[__name__]
    gc.collect()
