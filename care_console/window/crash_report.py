"""What a clerk can hand on when something broke: nothing in it is about anybody."""

import platform
import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from care_console.base.words import _

PACKAGE = "care-console"


@dataclass(frozen=True, slots=True)
class Report:
    """What broke, and what the program did before."""

    broke: str  # as ``faults.told`` tells it, or what the system left
    lines: str  # of the log
    before: bool = False  # it was the last start that broke off

    @property
    def text(self) -> str:
        """The whole report, in plain text."""
        parts = (
            _("CARE Console {version}").format(version=_version(PACKAGE)),
            f"Python {platform.python_version()} · Qt {_version('PySide6-Essentials')} · "
            f"{sys.platform} {platform.machine()}",
            "",
            _("What broke:"),
            self.broke,
            "",
            _("The last lines of the log:"),
            self.lines or "–",
        )
        return "\n".join(parts) + "\n"


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "–"
