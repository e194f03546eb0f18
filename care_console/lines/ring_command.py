"""The command ``care-console ring``, which tells the running console of a call."""

# Softphones start this for every call: what is imported here is waited for.
import os
import sys

from care_console.lines.push import N_, default_home, push

USAGE = N_(
    "Use: care-console ring NUMBER [--name NAME] [--line LINE] [--withheld]"
    " [--event ringing|answered|ended] [--call-id ID] [--home DIR]"
)
ODD = N_("{option} is not an option of this command.")
BARE = N_("After {option} something has to follow.")
OPTIONS = {
    "--name": "name",
    "--line": "line",
    "--event": "event",
    "--call-id": "call_id",
    "--home": "home",
}
HELP = frozenset({"-h", "--help"})
LONGEST = 120  # characters of a name or a line: more would not be shown, and the call is lost


class Misused(Exception):
    """The command line is not understood: the sentence that says so, and what stands in it."""


def is_ring(argv: list[str]) -> bool:
    """Tell whether ``argv``, without the program's name, is for ``ring_command``."""
    words = iter(argv)
    for word in words:
        if word == "--home":
            next(words, None)
        elif not word.startswith("--home="):
            return word == "ring"
    return False


def ring_command(argv: list[str]) -> int:
    """Do what ``argv`` (the whole command line without the program's name) asks for.

    Returns the exit status: 0 when the console took it, and nothing is printed; 2 after a
    hindrance, with one sentence on standard error.
    """
    try:
        home, message = parse(argv)
    except Misused as trouble:
        if trouble.args == (USAGE,) and not HELP.isdisjoint(argv):
            sys.stdout.write(_worded(USAGE) + "\n")
            return 0
        sys.stderr.write(_worded(*trouble.args) + "\n")
        return 2
    if why := push(home, message):
        sys.stderr.write(_worded(why) + "\n")
        return 2
    return 0


def parse(argv: list[str]) -> tuple[str, dict[str, object]]:
    """Return the home and the message that ``argv`` means. Raises Misused.

    Several words for the number are one number: not every softphone quotes its blanks. A number
    may be missing beside other options: a placeholder that was filled with nothing.
    """
    numbers, message = _sorted_out(argv)
    if "ring" in numbers:
        numbers.remove("ring")
    home = str(message.pop("home", "")) or default_home()
    if not numbers and not message:
        raise Misused(USAGE)
    for field in ("name", "line"):
        message[field] = str(message.get(field, ""))[:LONGEST]
    return home, message | {"number": " ".join(numbers)}


def _sorted_out(argv: list[str]) -> tuple[list[str], dict[str, object]]:
    """Return the words of ``argv`` and its options. Raises Misused."""
    message: dict[str, object] = {}
    others: list[str] = []
    words = iter(argv)
    for word in words:
        option, equals, value = word.partition("=")
        if option in OPTIONS:
            message[OPTIONS[option]] = _given(value if equals else next(words, None), option)
        elif word == "--withheld":
            message["withheld"] = True
        elif word in HELP:
            raise Misused(USAGE)
        elif word.startswith("--"):
            raise Misused(ODD, option)
        else:
            others.append(_text(word))
    return others, message


def _given(word: str | None, option: str) -> str:
    if word is None:
        raise Misused(BARE, option)
    return _text(word)


def _text(word: str) -> str:
    """Return a word of the command line; one that is no UTF-8 is taken for Latin-1."""
    as_sent = os.fsencode(word)
    try:
        return as_sent.decode()
    except UnicodeDecodeError:
        return as_sent.decode("latin-1")


def _worded(words: str, option: str = "") -> str:
    """Return the sentence to print; the catalogue comes only now, when nobody is waiting."""
    from care_console.base.words import _

    return _(words).format(option=option) if option else _(words)
