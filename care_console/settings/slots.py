"""The slots: every way to the one key of the records, in a file beside them."""

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from care_console.base.errors import CareError
from care_console.base.files import write_private
from care_console.base.words import N_
from care_console.settings.wrapping import Wrapped

VERSION = 1


class SlotKind(StrEnum):
    """Where a slot keeps the key, or under what."""

    KEYRING = "keyring"
    FILE = "file"
    PASSPHRASE = "passphrase"
    RECOVERY = "recovery"


TYPED = (SlotKind.PASSPHRASE, SlotKind.RECOVERY)  # what a person can give


class BadSlots(CareError):
    """The file of the slots is damaged, or a later version's."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One way to the key; ``backend`` is the keyring that wrote it."""

    kind: SlotKind
    at: datetime  # aware, UTC
    backend: str = ""
    wrapped: Wrapped | None = None


@dataclass(frozen=True, slots=True)
class Slots:
    """All ways to one key, of which at most one is of a kind.

    ``fingerprint`` tells whether a key is the right one and nothing else about it; ``origin`` is
    the desk's, so that its journal goes on where the records are brought back elsewhere.
    """

    fingerprint: str
    origin: str
    slots: tuple[Slot, ...] = ()

    def of(self, kind: SlotKind) -> Slot | None:
        """Return the slot of a kind, or None."""
        return next((each for each in self.slots if each.kind is kind), None)

    def typed(self) -> tuple[SlotKind, ...]:
        """Return by what a person can open the key."""
        return tuple(kind for kind in TYPED if self.of(kind) is not None)

    def put(self, slot: Slot) -> "Slots":
        """Return these with ``slot`` in place of the one of its kind."""
        return replace(self, slots=(*self.without(slot.kind).slots, slot))

    def without(self, *kinds: SlotKind) -> "Slots":
        """Return these without those of some kinds."""
        return replace(self, slots=tuple(each for each in self.slots if each.kind not in kinds))

    def know(self, key: bytes) -> bool:
        """Return whether ``key`` is the one."""
        return hmac.compare_digest(self.fingerprint, fingerprint(key))


def fingerprint(key: bytes) -> str:
    """Return by what a key is recognised; it tells nothing about the key (HMAC-SHA256)."""
    return hmac.digest(key, b"care-console fingerprint", "sha256").hex()[:32]


def read_slots(file: Path) -> Slots | None:
    """Return the slots that ``file`` keeps, or None if there is no such file. Raises BadSlots."""
    try:
        said = json.loads(file.read_text("utf-8"))
        if said["version"] != VERSION:
            raise ValueError("Another version's")
        return Slots(
            str(said["fingerprint"]), str(said["origin"]), tuple(map(_slot, said["slots"]))
        )
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise BadSlots(N_("{file} is damaged, or a later version wrote it."), file=file.name) from (
            error
        )


def write_slots(file: Path, slots: Slots) -> None:
    """Keep the slots in ``file``, whole or not at all, for its owner alone. Raises OSError."""
    said = {
        "version": VERSION,
        "fingerprint": slots.fingerprint,
        "origin": slots.origin,
        "slots": [_as_object(each) for each in slots.slots],
    }
    write_private(file, json.dumps(said, indent=1) + "\n")


def _as_object(slot: Slot) -> dict[str, Any]:
    said: dict[str, Any] = {"kind": str(slot.kind), "at": slot.at.isoformat()}
    if slot.backend:
        said["backend"] = slot.backend
    return said | (slot.wrapped.as_object() if slot.wrapped is not None else {})


def _slot(said: Mapping[str, Any]) -> Slot:
    kind, at = SlotKind(said["kind"]), datetime.fromisoformat(said["at"])
    if at.tzinfo is None:
        raise ValueError("A moment without its zone")
    wrapped = Wrapped.of(said) if kind in TYPED else None
    return Slot(kind, at, str(said.get("backend", "")), wrapped)
