"""How a file is to be read, where somebody knows better than a guess."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from care_console.base.words import N_

ENCODINGS = {  # Python's names, and what one calls them
    "utf-8": "Unicode (UTF-8)",
    "utf-8-sig": "Unicode (UTF-8)",
    "utf-16": "Unicode (UTF-16)",
    "utf-16-le": "Unicode (UTF-16)",
    "utf-16-be": "Unicode (UTF-16)",
    "utf-32": "Unicode (UTF-32)",
    "cp1252": "Windows 1252",
    "latin-1": "ISO 8859-1",
    "iso8859-15": "ISO 8859-15",
    "cp850": "MS-DOS 850",
    "mac-roman": "Macintosh",
}
SEPARATORS = {
    ",": N_("Comma"),
    ";": N_("Semicolon"),
    "\t": N_("Tab"),
    "|": N_("Bar"),
}
NOTHING = ""  # the choice for a column that nothing is taken from


@dataclass(frozen=True, slots=True)
class Reading:
    """What was said of one file; what is empty is guessed.

    ``columns`` has a choice (``mapping.CHOICES``) for places of a row; the others are guessed.
    ``mended`` has cells in place of those of a row, by the number that the row has.
    """

    encoding: str = ""
    separator: str = ""
    columns: Mapping[int, str] = field(default_factory=dict)
    mended: Mapping[int, Sequence[str]] = field(default_factory=dict)
