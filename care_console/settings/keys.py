"""The secrets of a home: kept in the keyring of the computer or, weaker, in a file."""

import hmac
import json
import os
from dataclasses import dataclass, field, replace

from care_console.base.errors import CareError
from care_console.base.words import N_
from care_console.settings.home import Home, write_private
from care_console.settings.options import Desk

SERVICE = "care-console"
KEY_BYTES = 32


class NoKey(CareError):
    """The key is not where it was put."""


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
            return _asked_keyring(_mark_name(self.desk))
        except NoKey as error:
            raise OSError("The keyring does not answer") from error

    def write(self, text: str) -> None:
        """Keep ``text`` instead. Raises OSError."""
        if self.desk.key_in != "keyring":
            write_private(self.home.mark, text)
        elif not _kept_in_keyring(_mark_name(self.desk), text):
            raise OSError("The keyring did not take it")


def make_key(home: Home, desk: Desk) -> tuple[Desk, bytes]:
    """Make a key and keep it; return the options, which say where, and the key.

    May wait for the keyring of the computer: not for the window's thread.
    """
    key = os.urandom(KEY_BYTES)
    if _kept_in_keyring(desk.origin, key.hex()):
        return replace(desk, key_in="keyring"), key
    write_private(home.secrets, key.hex() + "\n")
    return replace(desk, key_in="file"), key


def find_key(home: Home, desk: Desk) -> bytes:
    """Return the key of the records. Raises NoKey; nothing is ever made anew for want of it.

    May wait for the keyring of the computer: not for the window's thread.
    """
    try:
        ringed = desk.key_in == "keyring"
        kept = _from_keyring(desk.origin) if ringed else home.secrets.read_text().partition("\n")[0]
        key = bytes.fromhex(kept.strip())
    except (OSError, ValueError) as error:
        raise NoKey(N_("The key in {file} is gone or damaged."), file=home.secrets.name) from error
    if len(key) != KEY_BYTES:
        raise NoKey(N_("The key in {file} is gone or damaged."), file=home.secrets.name)
    return key


def keep_password(home: Home, desk: Desk, password: str) -> None:
    """Keep the server's ``password`` where the key is kept. Raises NoKey and OSError."""
    if desk.key_in == "keyring":
        if not _kept_in_keyring(_password_name(desk), password):
            raise NoKey(N_("The keyring of this computer did not take the password."))
        return
    key = home.secrets.read_text("utf-8").partition("\n")[0]
    write_private(home.secrets, f"{key}\n{json.dumps({'password': password})}\n")


def find_password(home: Home, desk: Desk) -> str:
    """Return the server's password, or "" if none was kept: libpq then has its own ways."""
    if desk.key_in == "keyring":
        return _asked_keyring(_password_name(desk)) or ""
    try:
        kept = home.secrets.read_text("utf-8").partition("\n")[2]
        return str(json.loads(kept)["password"]) if kept.strip() else ""
    except (OSError, ValueError, KeyError) as error:
        raise NoKey(N_("The key in {file} is gone or damaged."), file=home.secrets.name) from error


def _derived(key: bytes, purpose: str) -> bytes:
    return hmac.digest(key, f"care-console {purpose}".encode(), "sha256")


def _mark_name(desk: Desk) -> str:
    return f"{desk.origin} journal"


def _password_name(desk: Desk) -> str:
    return f"{desk.origin} database"


def _kept_in_keyring(name: str, key: str) -> bool:
    """Keep ``key`` and read it back: some keyrings take a word and forget it."""
    import keyring
    from keyring.errors import KeyringError

    try:
        if keyring.get_keyring().priority < 1:
            return False
        keyring.set_password(SERVICE, name, key)
        return keyring.get_password(SERVICE, name) == key
    except (KeyringError, RuntimeError, OSError):
        return False


def _from_keyring(name: str) -> str:
    kept = _asked_keyring(name)
    if kept is None:
        raise NoKey(N_("The keyring of this computer no longer has the key of these records."))
    return kept


def _asked_keyring(name: str) -> str | None:
    import keyring
    from keyring.errors import KeyringError

    try:
        return keyring.get_password(SERVICE, name)
    except (KeyringError, RuntimeError, OSError) as error:
        raise NoKey(
            N_("The keyring of this computer does not answer. Unlock it and start again.")
        ) from error
