"""Finds the browsers that the tests drive, or installs Debian's."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass

from tools.problem import Problem


@dataclass(frozen=True)
class Browser:
    """A kind of browser.

    Attributes:
        name: as people know it.
        variable: of the environment, that may name its program.
        programs: under which it is sought, in order.
        package: Debian's, that brings the first of them.
    """

    name: str
    variable: str
    programs: tuple[str, ...]
    package: str

    def ensure(self) -> str:
        """Return the program's path.

        Raises:
            Problem: there is none and none can be installed.
        """
        named = os.environ.get(self.variable)
        if named:
            found = shutil.which(named)
            if found is None:
                raise Problem(f"{self.variable} names {named}, which is not a program; correct it.")
            return found
        return self._find() or self._install()

    @property
    def _advice(self) -> str:
        return f"install {self.name}, or name the program of one in {self.variable}"

    def _find(self) -> str | None:
        return next((path for path in map(shutil.which, self.programs) if path), None)

    def _install(self) -> str:
        apt = shutil.which("apt-get")
        if apt is None or os.name == "nt" or os.geteuid() != 0:
            raise Problem(f"The browser tests need {self.name}, and there is none; {self._advice}.")
        print(f"Installing Debian's {self.name}", flush=True)
        for arguments in (["update"], ["install", "-y", "--no-install-recommends", self.package]):
            done = subprocess.run(
                [apt, "-qq", *arguments],
                capture_output=True,
                text=True,
                check=False,
                env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
            )
            if done.returncode != 0:
                last = (done.stderr.strip() or done.stdout.strip() or "no message").splitlines()[-1]
                raise Problem(
                    f"{self.name} could not be installed with apt-get ({last}); {self._advice}."
                )
        found = self._find()
        if found is None:
            raise Problem(
                f"Debian's package {self.package} brought no program of that name; {self._advice}."
            )
        return found


CHROMIUM = Browser(
    "Chromium",
    "CYCLORAMA_CHROMIUM",
    ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"),
    "chromium",
)
FIREFOX = Browser("Firefox", "CYCLORAMA_FIREFOX", ("firefox-esr", "firefox"), "firefox-esr")
