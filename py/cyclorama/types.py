"""The array types of the package, so that signatures say what they hold."""

from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Bytes: TypeAlias = npt.NDArray[np.uint8]
"""Pictures and byte mattes, uint8."""

Floats: TypeAlias = npt.NDArray[np.floating[Any]]
"""Logits, coefficients, maps; float32 throughout, which numpy's types cannot follow."""

Indices: TypeAlias = npt.NDArray[np.intp]
"""Positions in an array."""

Size: TypeAlias = tuple[int, int]
"""(height, width), in the order of an array's shape."""
