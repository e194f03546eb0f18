"""The telephone lines of a desk as they stand in ``desk.toml``, understood or not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from care_console.base.errors import CareError
from care_console.base.names import clean
from care_console.base.words import N_, _
from care_console.lines.ours import OURS
from care_console.lines.setup import BadSetup, Field, Kind, LineKind, Setup

LONGEST_NAME, LONGEST_OPTION, MOST = 40, 500, 20  # characters; lines
NAME, KIND, SECRET = "name", "kind", "secret"
RESERVED = frozenset({NAME, KIND, SECRET})
TAKEN = frozenset(OURS)

NOT_A_TABLE = N_("What stands here is no line: each begins with [[line]], then name and kind.")
NO_NAME = N_("This line has no name. Give it one that no other line has.")
TWICE = N_("Another line has this name already.")
NO_KIND = N_("It is not said of which kind this line is.")
NOT_TEXT = N_("What stands behind “{key}” is neither text nor a whole number.")


class NoLine(CareError):
    """No line of this name is set up."""


@dataclass(frozen=True, slots=True)
class SetUp:
    """One line as it stands in the file; ``trouble`` says why it is not understood.

    ``secret_id`` is the name under which its secret is kept elsewhere, "" if it has none.
    """

    name: str
    kind: str
    options: Mapping[str, str] = field(default_factory=dict)
    secret_id: str = ""
    trouble: str = ""

    def with_secret(self, secret: str) -> Setup:
        """Return what a kind of line is told."""
        return Setup(self.name, self.kind, self.options, secret)


def read_lines(tables: Sequence[object]) -> list[SetUp]:
    """Return a line for each table, in their order, each with a name of its own."""
    lines: list[SetUp] = []
    for number, table in enumerate(tables, start=1):
        line = _read(table, number)
        if any(_same(line.name, other.name) for other in lines):
            name = f"{line.name} ({number})"
            line = SetUp(name, line.kind, line.options, line.secret_id, _(TWICE))
        lines.append(line)
    return lines


def place(lines: Sequence[SetUp], name: str) -> int:
    """Return where the line of this name stands. Raises NoLine."""
    for at, line in enumerate(lines):
        if _same(line.name, name):
            return at
    raise NoLine(N_("No line is called “{name}” here."), name=clean(name, LONGEST_NAME))


def as_table(setup: Setup, secret_id: str) -> dict[str, str]:
    """Return what is written into the file: never the secret itself."""
    said = {NAME: setup.name, KIND: setup.kind, **setup.options}
    return said | ({SECRET: secret_id} if secret_id else {})


def checked_name(name: str, others: Sequence[SetUp]) -> str:
    """Return a name without blanks around it. Raises BadSetup if it will not do."""
    name = clean(name, LONGEST_NAME + 1)
    if not name:
        raise BadSetup(NO_NAME, NAME)
    if len(name) > LONGEST_NAME:
        raise BadSetup(N_("A name has {most} letters at the most."), NAME, most=LONGEST_NAME)
    if name.casefold() in TAKEN:
        raise BadSetup(N_("“{name}” is the console's own. Choose another."), NAME, name=name)
    if any(_same(name, other.name) for other in others):
        raise BadSetup(TWICE, NAME)
    return name


def checked_options(kind: LineKind, setup: Setup) -> dict[str, str]:
    """Return the options that say something, as their fields want them. Raises BadSetup.

    What a field would take as its default is left out, so that a better default is had later.
    """
    known = {each.key: each for each in kind.fields if each.kind is not Kind.SECRET}
    for key in setup.options:
        if key not in known:
            there = ", ".join(known)
            raise BadSetup(
                N_("A line of this kind has no option “{option}”; there are: {known}."),
                key,
                option=key[:LONGEST_NAME],
                known=there,
            )
    said = {key: setup.options.get(key, "").strip() for key in known}
    for each in kind.fields:
        _check(each, setup.secret if each.kind is Kind.SECRET else said[each.key])
    return {key: value for key, value in said.items() if value and value != known[key].default}


def filled(kind: LineKind, setup: Setup) -> Setup:
    """Return what the kind itself is told: with its defaults where nothing was chosen."""
    defaults = {
        each.key: each.default
        for each in kind.fields
        if each.default and each.kind is not Kind.SECRET
    }
    return Setup(setup.name, setup.kind, {**defaults, **setup.options}, setup.secret)


def _check(declared: Field, value: str) -> None:
    """Look whether ``value`` can stand in a field. Raises BadSetup."""
    title = _(declared.title)
    if not value:
        if declared.needed and not declared.default:
            raise BadSetup(N_("{title} is needed."), declared.key, title=title)
        return
    if len(value) > LONGEST_OPTION or not value.isprintable():
        odd = N_("{title} is too long, or has odd signs in it.")
        raise BadSetup(odd, declared.key, title=title)
    if declared.kind is Kind.NUMBER and not (value.isascii() and value.isdecimal()):
        raise BadSetup(N_("{title} is a whole number."), declared.key, title=title)
    choices = [kept for kept, _title in declared.choices]
    if declared.kind is Kind.CHOICE and value not in choices:
        raise BadSetup(
            N_("{title} is one of these: {choices}."),
            declared.key,
            title=title,
            choices=", ".join(choices),
        )


def _read(table: object, number: int) -> SetUp:
    unnamed = _("Line {number}").format(number=number)
    if not isinstance(table, dict):
        return SetUp(unnamed, "", trouble=_(NOT_A_TABLE))
    said, trouble = _texts(table)
    name = clean(said.get(NAME, ""), LONGEST_NAME)
    if not said.get(KIND):
        trouble = trouble or _(NO_KIND)
    if not name or name.casefold() in TAKEN:
        trouble = trouble or _(NO_NAME)
    options = {key: value for key, value in said.items() if key not in RESERVED}
    return SetUp(name or unnamed, said.get(KIND, ""), options, said.get(SECRET, ""), trouble)


def _texts(table: Mapping[str, Any]) -> tuple[dict[str, str], str]:
    """Return what is text or a whole number, as text, and a sentence on what is neither."""
    said, trouble = {}, ""
    for key, value in table.items():
        if isinstance(value, str) or type(value) is int:
            said[key] = str(value)
        else:
            trouble = trouble or _(NOT_TEXT).format(key=key[:LONGEST_NAME])
    return said, trouble


def _same(name: str, other: str) -> bool:
    return name.strip().casefold() == other.strip().casefold()
