"""The key of a home: made once, found again by any of its ways, and never made anew."""

import hmac
import os
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from care_console.base.clock import utc_now
from care_console.base.files import write_private
from care_console.base.words import N_
from care_console.settings.home import SLOTS, Home
from care_console.settings.key_places import (
    KEY_BYTES,
    KeyGone,
    NoKey,
    ask_keyring,
    keep_in_file,
    keep_in_keyring,
    kept_key,
    keyring_name,
    read_file,
)
from care_console.settings.options import Desk
from care_console.settings.recovery_code import looks_like_code, read_code
from care_console.settings.slots import (
    BadSlots,
    Slot,
    SlotKind,
    Slots,
    fingerprint,
    read_slots,
    write_slots,
)
from care_console.settings.wrapping import WrongSecret, unwrap


class KeyLost(NoKey):
    """The desk's own place has the key no more, but a person can give it."""


@dataclass(frozen=True, slots=True)
class Secrets:
    """What is derived from the one secret of a home: for each use a key that tells no other."""

    records: bytes = field(repr=False)  # the file's
    journal: bytes = field(repr=False)  # of this origin's chain
    outbox: bytes = field(repr=False)  # of what waits while a server is away
    pins: bytes = field(repr=False)  # without which a PIN's digest is of no use

    @classmethod
    def of(cls, key: bytes, password: str = "") -> "Secrets":
        """Derive them from the key of a home (HMAC-SHA256, each under its purpose).

        PINs are good at every desk of a server, so theirs comes from what these have in common:
        the server's password, where there is one.
        """
        common = password.encode() if password else key
        return cls(key, _derived(key, "journal"), _derived(key, "outbox"), _derived(common, "pins"))


@dataclass(frozen=True, slots=True)
class Mark:
    """A place outside the records for the ends of the journal: the keyring, else a file."""

    home: Home
    desk: Desk

    def read(self) -> str | None:
        """Return what is kept, or None. Raises OSError."""
        if self.desk.key_in != "keyring":
            return self.home.mark.read_text("utf-8") if self.home.mark.exists() else None
        try:
            return ask_keyring(_mark_name(self.desk))
        except NoKey as error:
            raise OSError("The keyring does not answer") from error

    def write(self, text: str) -> None:
        """Keep ``text`` instead. Raises OSError."""
        if self.desk.key_in != "keyring":
            write_private(self.home.mark, text)
        elif not keep_in_keyring(_mark_name(self.desk), text):
            raise OSError("The keyring did not take it")


def make_key(
    home: Home, desk: Desk, key: bytes | None = None, slots: Slots | None = None
) -> tuple[Desk, bytes]:
    """Make a key, unless there is one, and keep it; return the options, which say where, and it.

    ``slots`` are the other ways to a key that there is. May wait for the keyring of the computer:
    not for the window's thread.
    """
    key = key or os.urandom(KEY_BYTES)
    if keep_in_keyring(desk.origin, key.hex()):
        desk = replace(desk, key_in="keyring")
    else:
        keep_in_file(home, key)
        desk = replace(desk, key_in="file")
    keep_slots(home, desk, _own(desk, slots or Slots(fingerprint(key), desk.origin)))
    return desk, key


def find_key(home: Home, desk: Desk) -> bytes:
    """Return the key of the records; nothing is ever made anew for want of it.

    Raises KeyLost if a passphrase or a recovery code can open it, else NoKey. May wait for the
    keyring of the computer: not for the window's thread.
    """
    slots = slots_of(home)
    try:
        key = kept_key(home, desk)
        if slots is not None and not slots.know(key):
            raise KeyGone(N_("The key that is kept here is not the one of these records."))
    except NoKey as error:
        if slots is not None and slots.typed():
            raise KeyLost(error.words, **error.values) from error
        if isinstance(error, KeyGone):
            raise _no_other_way(home, desk, error) from error
        raise
    return key


def _no_other_way(home: Home, desk: Desk, error: KeyGone) -> KeyGone:
    """Return what went, and that only a copy of it opens the records."""
    if desk.key_in == "keyring":
        more = N_(
            "{what} Nobody set a passphrase or a code: bring the keyring back from a copy of it."
        )
    else:
        more = N_(
            "{what} Nobody set a passphrase or a code: bring the file {file} back from a copy of"
            " {folder}."
        )
    return KeyGone(more, what=str(error), file=home.secrets.name, folder=home.folder)


def unlock(slots: Slots | None, typed: str) -> bytes:
    """Return the key by a passphrase or a recovery code. Raises WrongSecret, BadCode and NoKey.

    Takes a second or two, and much memory: not for the window's thread.
    """
    if slots is None or not slots.typed():
        raise NoKey(N_("Neither a passphrase nor a recovery code was ever set for these records."))
    code = slots.of(SlotKind.RECOVERY)
    if code is not None and code.wrapped is not None and looks_like_code(typed):
        return unwrap(code.wrapped, read_code(typed))
    phrase = slots.of(SlotKind.PASSPHRASE)
    if phrase is None or phrase.wrapped is None:
        read_code(typed)  # which says what is missing in it
        raise WrongSecret(N_("That does not open the key of these records."))
    return unwrap(phrase.wrapped, typed)


def keep_again(home: Home, key: bytes, *, in_file: bool = False) -> bool:
    """Keep a key that a person gave where it is found at the next start; return whether it is.

    A keyring takes it; the weaker file does only where it was in use already, or where
    ``in_file`` asks for it. The records are not touched. Raises OSError.
    """
    desk = home.desk()
    if keep_in_keyring(desk.origin, key.hex()):
        place = "keyring"
    elif in_file or desk.key_in == "file":
        keep_in_file(home, key, _password_in_file(home))
        place = "file"
    else:
        return False
    if place != desk.key_in:
        desk = home.change(key_in=place)
    note_key(home, desk, key)
    return True


def note_key(home: Home, desk: Desk, key: bytes) -> None:
    """See that the slots tell of the place where the key is kept, as it opened the records.

    A home that has none yet gets them; a file that cannot be read is set aside. Raises OSError.
    """
    slots = slots_of(home)
    own = _own(desk, slots or Slots(fingerprint(key), desk.origin))
    if home.slots.exists() and not _readable(home.slots):
        stamp = utc_now().strftime("%Y%m%dT%H%M%SZ")
        os.replace(home.slots, home.slots.with_name(f"{SLOTS}.unread-{stamp}"))
    if own != slots or not home.slots.exists():
        keep_slots(home, desk, own)


def slots_of(home: Home) -> Slots | None:
    """Return the slots of a home or, if they are gone or damaged, those beside its backups."""
    for file in (home.slots, home.backups / SLOTS):
        with suppress(BadSlots):
            if (slots := read_slots(file)) is not None:
                return slots
    return None


def keep_slots(home: Home, desk: Desk, slots: Slots) -> None:
    """Keep the slots in the home, and beside the backups, so that these can be opened elsewhere.

    Raises OSError if the home does not take them.
    """
    write_slots(home.slots, slots)
    for folder in backup_folders(home, desk):
        with suppress(OSError):  # it is tried again at the next backup
            if folder.is_dir():
                write_slots(folder / SLOTS, slots)


def backup_folders(home: Home, desk: Desk) -> tuple[Path, ...]:
    """Return where backups go: the home's own folder, and a second place where one is set.

    There each desk of a server has a folder of its own: the ways to its key lie in it.
    """
    if not desk.backup_folder:
        return (home.backups,)
    second = Path(desk.backup_folder)
    return home.backups, second / f"desk-{desk.origin[:8]}" if desk.database else second


def keep_password(home: Home, desk: Desk, password: str) -> None:
    """Keep the server's ``password`` where the key is kept. Raises NoKey and OSError."""
    if desk.key_in == "keyring":
        if not keep_in_keyring(_password_name(desk), password):
            raise NoKey(N_("The keyring of this computer did not take the password."))
        return
    keep_in_file(home, kept_key(home, desk), password)


def find_password(home: Home, desk: Desk) -> str:
    """Return the server's password, or "" if none was kept: libpq then has its own ways."""
    if desk.key_in == "keyring":
        return ask_keyring(_password_name(desk)) or ""
    return read_file(home)[1]


def _own(desk: Desk, slots: Slots) -> Slots:
    """Return the slots with one for the desk's own place, the time of one that is there kept."""
    kind = SlotKind(desk.key_in)
    other = SlotKind.FILE if kind is SlotKind.KEYRING else SlotKind.KEYRING
    backend = keyring_name() if kind is SlotKind.KEYRING else ""
    there = slots.of(kind)
    if there is not None and there.backend == backend:
        return slots.without(other)
    return slots.without(other).put(Slot(kind, utc_now(), backend))


def _readable(file: Path) -> bool:
    try:
        return read_slots(file) is not None
    except BadSlots:
        return False


def _password_in_file(home: Home) -> str:
    try:
        return read_file(home)[1]
    except NoKey:
        return ""


def _derived(key: bytes, purpose: str) -> bytes:
    return hmac.digest(key, f"care-console {purpose}".encode(), "sha256")


def _mark_name(desk: Desk) -> str:
    return f"{desk.origin} journal"


def _password_name(desk: Desk) -> str:
    return f"{desk.origin} database"
