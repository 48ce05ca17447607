"""Where things are in the repository."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "dist"
CACHE = ROOT / ".cache"
NODE_MODULES = ROOT / "node_modules"
PACKAGE_LOCK = ROOT / "package-lock.json"
ARTIFACTS_LOCK = ROOT / "artifacts.lock"
REQUIREMENTS = ROOT / "requirements.txt"
VENV = ROOT / ".venv"
