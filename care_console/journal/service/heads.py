"""The ends of the chains, kept outside the database: whoever cuts there cannot reach them here."""

import json
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from hmac import compare_digest
from secrets import token_bytes
from typing import Any, Protocol

from care_console.journal.rules import Fault, Head, Trouble, canonical, sealed

LATER_S = 1.0  # a mark is written so long after its entry: many entries make one writing
KEY_BYTES = 32


class Place(Protocol):
    """Where a few hundred characters are kept outside the records."""

    def read(self) -> str | None:
        """Return what is kept, or None if nothing is. Raises OSError."""

    def write(self, text: str) -> None:
        """Keep ``text`` instead, whole or not at all. Raises OSError."""


class Heads:
    """The end of each chain that was seen here, and what was doubted about it.

    It is written beside the units, a moment later: what a crash takes are marks, never entries.
    An end that was seen is never replaced by an earlier one, and a doubt stays until somebody who
    has looked at it accepts what is there.
    """

    def __init__(self, key: bytes, place: Place | None = None) -> None:
        self._key, self._place = key, place
        self._lock = threading.Lock()  # over what is known, never while the disk is waited for
        self._writing = threading.Lock()
        self._seen: dict[str, Head] = {}
        self._doubts: set[Fault] = set()
        self._later: threading.Timer | None = None
        self._found = self._take_in()

    def of(self, origin: str) -> Head | None:
        """Return the end of a chain as it was last seen, or None."""
        return self._seen.get(origin)

    def seen(self) -> dict[str, Head]:
        """Return the ends as last seen by any program of this desk. May wait for the disk."""
        with self._writing:
            self._found = self._take_in() or self._found
        with self._lock:
            return dict(self._seen)

    @property
    def doubts(self) -> set[Fault]:
        """What did not fit when it was seen."""
        return set(self._doubts)

    @property
    def lost(self) -> bool:
        """Whether there is nothing where the marks are kept."""
        if not self._found:
            self._found = self._take_in()
        return self._place is not None and not self._found

    def note(self, origin: str, head: Head) -> None:
        """Take a new end of a chain, and write it soon."""
        with self._lock:
            self._seen[origin] = head
            if self._place is not None and self._later is None:
                self._later = threading.Timer(LATER_S, self.keep)
                self._later.daemon = True
                self._later.start()

    def doubt(self, fault: Fault) -> None:
        """Remember that an end did not fit."""
        self._doubts.add(fault)

    def accept(self, heads: Mapping[str, Head]) -> None:
        """Take these ends as they are, and forget what was doubted. May wait for the disk."""
        with self._writing:
            with self._lock:
                self._seen, self._doubts = dict(heads), set()
            self._write()

    def keep(self) -> None:
        """Write what was noted, now. May wait for the disk or the keyring."""
        with self._writing:
            with self._lock:
                later, self._later = self._later, None
            if later is not None:
                later.cancel()
                self._take_in()  # another program of this desk may have seen more
                self._write()

    def _write(self) -> None:
        if self._place is None:
            return
        with self._lock:
            seen = {origin: list(head) for origin, head in self._seen.items()}
            doubts = sorted(map(list, self._doubts))
        said = canonical({"seen": seen, "doubts": doubts}).decode()
        with suppress(OSError):  # the next entry tries again
            self._place.write(f"{sealed(self._key, said.encode())} {said}\n")
            self._found = True

    def _take_in(self) -> bool:
        """Add what is kept to what is known here, and return False if there is nothing."""
        try:
            text = None if self._place is None else self._place.read()
        except ValueError:
            text = ""
        except OSError:  # a locked keyring is no doubt
            return True
        if text is None:
            return False
        seal, _, said = text.strip().partition(" ")
        with self._lock:
            if compare_digest(seal.encode(), sealed(self._key, said.encode()).encode()):
                self._add(json.loads(said))
            else:
                self._doubts.add(Fault("", 0, Trouble.HEAD))
        return True

    def _add(self, kept: dict[str, Any]) -> None:
        for origin, (number, link) in kept["seen"].items():
            there = self._seen.get(origin)
            if there is None or there.number < number:
                self._seen[origin] = Head(number, link)
        for origin, number, trouble in kept["doubts"]:
            self._doubts.add(Fault(origin, number, Trouble(trouble)))


@dataclass(frozen=True, slots=True)
class Seal:
    """What makes a journal tamper-evident: a key, and the ends of its chains, both outside it.

    Each origin has a key of its own, derived from the secret of its home, which is in the keyring
    of that workstation or in its HOME/secrets. Several workstations on one server do not know one
    another's keys: each computes its own chain anew, and holds the ends of the others' to what it
    saw of them. Without arguments it seals records that go with this program.
    """

    key: bytes = field(default_factory=lambda: token_bytes(KEY_BYTES), repr=False)
    heads: Heads = field(default_factory=lambda: Heads(b""), repr=False)

    @classmethod
    def kept(cls, key: bytes, place: Place) -> "Seal":
        """Return the seal of a home, whose ends are kept at ``place``."""
        return cls(key, Heads(key, place))
