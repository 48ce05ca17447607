# The product's package was imported before Python's snapshot was taken: have it imported anew.
import sys

for name in [name for name in sys.modules if name.partition(".")[0] == "cyclorama"]:
    del sys.modules[name]
