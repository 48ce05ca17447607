"""What Python runs before anything else, by its own rule for this name; shipped in the bundle.

Nothing that is imported while Python starts is garbage, and looking for some takes a tenth of that
time: it is looked for once the product is there (worker/runtime.js).
"""

import gc

gc.disable()
