"""The parts of build.py. Standard library only; nothing here is shipped."""
