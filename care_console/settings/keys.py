"""The key of the records: made once, kept in the keyring of the computer or, weaker, in a file."""

import os
from dataclasses import replace

from care_console.base.errors import CareError
from care_console.base.words import N_
from care_console.settings.home import Home, write_private
from care_console.settings.options import Desk

SERVICE = "care-console"
KEY_BYTES = 32


class NoKey(CareError):
    """The key is not where it was put."""


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
        kept = _from_keyring(desk.origin) if desk.key_in == "keyring" else home.secrets.read_text()
        key = bytes.fromhex(kept.strip())
    except (OSError, ValueError) as error:
        raise NoKey(N_("The key in {file} is gone or damaged."), file=home.secrets.name) from error
    if len(key) != KEY_BYTES:
        raise NoKey(N_("The key in {file} is gone or damaged."), file=home.secrets.name)
    return key


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
    import keyring
    from keyring.errors import KeyringError

    try:
        kept = keyring.get_password(SERVICE, name)
    except (KeyringError, RuntimeError, OSError) as error:
        raise NoKey(
            N_("The keyring of this computer does not answer. Unlock it and start again.")
        ) from error
    if kept is None:
        raise NoKey(N_("The keyring of this computer no longer has the key of these records."))
    return kept
