"""A file of vCards, cut into cards; a bad line or card never costs the next."""

import re
from collections.abc import Iterable, Iterator

from care_console.exchange.rules.read import LONGEST
from care_console.exchange.rules.vocabulary import word_set

MARKS = BEGIN, END = "BEGIN:VCARD", "END:VCARD"
TOO_LONG = "\0"  # in the place of a card's lines; no NUL comes from a file
START = re.compile(r"(?:[\w-]++\.)?([\w-]++)[ \t]*+[;:]")
MARK = re.compile(r"[\s\ufeff]*(BEGIN|END)\s*:\s*VCARD\s*", re.IGNORECASE)
BLANKS = (" ", "\t")
QUOTED = "QUOTED-PRINTABLE"
LONGEST_KEPT, MOST_KEPT = 20_000, 60_000  # characters of a line, and of a card, nobody here reads
READ = word_set(  # what a card is made from
    "BEGIN END AGENT VERSION N FN ORG TITLE ROLE TEL EMAIL ADR LABEL NOTE NICKNAME LANG LANGUAGE"
    " UID GENDER PRONOUNS X-PRONOUN X-PRONOUNS KIND CATEGORIES X-PHONETIC-FIRST-NAME"
    " X-PHONETIC-LAST-NAME X-ABLABEL X-ABSHOWAS X-ABUID X-ADDRESSBOOKSERVER-KIND"
    " X-EVOLUTION-LIST X-NICKNAME X-ANDROID-CUSTOM RELATED"
)
OURS = "X-CARE-"  # what only this program writes, and reads
DROPPED = word_set("PRODID REV")  # of the file and of the program, not of the person


def is_vcard(head: str) -> bool:
    """Tell whether a file that begins with ``head`` holds vCards, whatever its name is."""
    return any(mark_of(line) == BEGIN for line in head.split("\n"))


def sheets(lines: Iterable[str]) -> Iterator[list[str]]:
    """Yield each card as its whole lines, without BEGIN and END.

    A card that lost its BEGIN or its END is one all the same. The assistant's card inside another
    (AGENT, vCard 2.1) is left out. A card of more than LONGEST characters is ``[TOO_LONG]``.
    """
    sheet: _Sheet | None = None
    depth = 0
    for line in whole_lines(lines):
        mark = line if line in MARKS else ""
        if mark == BEGIN and (depth or (sheet and sheet.awaits_agent())):
            depth += 1
        elif mark == END and depth:
            depth -= 1
        elif mark:
            if sheet is not None:
                yield sheet.lines
            sheet = _Sheet() if mark == BEGIN else None
        elif not depth:
            sheet = sheet or _Sheet()
            sheet.add(line)
    if sheet is not None:
        yield sheet.lines


def whole_lines(lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines that are READ, each unfolded to one.

    RFC 6350, section 3.2; vCard 2.1, section 2.1.3, where the blank stays; and soft line breaks in
    quoted-printable. Text that a careless program has broken without folding is mended.
    """
    held = _Held()
    for line in lines:
        if held.passes_over(line):
            continue
        match = START.match(line)
        name = match[1].upper() if match else "BEGIN"
        if match is None or held.soft or name in ("BEGIN", "END"):
            line = mark_of(line) or line
            if line not in MARKS and (match is None or held.soft):
                held.add(line)
                continue
        if held.pieces:
            yield held.whole()
        held.start(line, name)
    if held.pieces:
        yield held.whole()


class _Sheet:
    """The lines of one card, as long as they are not too many."""

    __slots__ = ("lines", "size")

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.size = 0

    def add(self, line: str) -> None:
        self.size += len(line)
        if self.size > LONGEST:
            self.lines = [TOO_LONG]
        else:
            self.lines.append(line)

    def awaits_agent(self) -> bool:
        """Tell whether the last line announces a card inside this one, and take it away."""
        last = self.lines[-1] if self.lines else ""
        if last[:5].upper() != "AGENT" or not last.rstrip().endswith(":"):
            return False
        del self.lines[-1]
        return True


class _Held:
    """A line, as far as it is read; what is folded to it is to come."""

    __slots__ = ("limit", "old", "pieces", "room", "size", "soft")

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.size = 0
        self.limit, self.room = LONGEST, MOST_KEPT
        self.soft = self.old = False

    def start(self, line: str, name: str) -> None:
        """Begin with a line's first part, if it is read, or can be kept unread for the export."""
        if name == "BEGIN":
            self.room = MOST_KEPT
        read = name in READ or name.startswith(OURS)
        self.limit = LONGEST if read else min(LONGEST_KEPT, self.room)
        wanted = read or (name not in DROPPED and len(line) <= self.limit)
        self.pieces = [line] if wanted else []
        self.size = len(line)
        self.soft = line[-1] == "=" and QUOTED in line.partition(":")[0].upper()
        if name == "VERSION":
            self.old = line.rstrip().endswith(":2.1")

    def whole(self) -> str:
        """Return what was held; what was cut is longer than LONGEST, though marks are left out."""
        if self.limit != LONGEST:
            self.room -= self.size
        if len(self.pieces) == 1:
            return self.pieces[0]
        line = "".join(self.pieces)
        return line if self.size <= LONGEST else line.ljust(LONGEST + 1)

    def passes_over(self, line: str) -> bool:
        """Tell soon that ``line`` is one of the many of a photograph."""
        return not self.pieces and line[:1] == " " and len(line) > 40 and not self.soft

    def add(self, line: str) -> None:
        """Take what follows, unless nobody reads it or it would be too long."""
        if not self.pieces or self.size > LONGEST:
            self.soft = self.soft and line.endswith("=")
        elif self.soft:
            self.soft = line.endswith("=")
            self.pieces[-1] = self.pieces[-1][:-1]
            self._append(line)
        elif line.startswith(BLANKS):
            self._append(line if self.old else line[1:])
        elif line:
            self._append("\n" + line)

    def _append(self, line: str) -> None:
        self.pieces.append(line)
        self.size += len(line)
        if self.size > self.limit and self.limit != LONGEST:
            self.pieces = []  # a photograph, as a rule


def mark_of(line: str) -> str:
    """Return BEGIN or END if the line says so in any spelling, else nothing."""
    if len(line) > 40 or (match := MARK.fullmatch(line)) is None:
        return ""
    return f"{match[1].upper()}:VCARD"
