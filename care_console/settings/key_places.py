"""The places of a desk's own for its key: the keyring of the computer, else a file in the home."""

import json
from contextlib import suppress

from care_console.base.errors import CareError
from care_console.base.files import write_private
from care_console.base.words import N_
from care_console.settings.home import Home
from care_console.settings.options import Desk

SERVICE = "care-console"
KEY_BYTES = 32
DAMAGED = N_("The key in {file} is gone or damaged.")


class NoKey(CareError):
    """The key cannot be had from where it was put."""


class KeyGone(NoKey):
    """The key is no longer where it was put, or it is another one."""


def keyring_name() -> str:
    """Return which keyring this computer has, "" for none. May wait for it."""
    import keyring
    from keyring.errors import KeyringError

    try:
        there = keyring.get_keyring()
        return "" if there.priority < 1 else f"{type(there).__module__}.{type(there).__qualname__}"
    except (KeyringError, RuntimeError, OSError):
        return ""


def keep_in_keyring(name: str, word: str) -> bool:
    """Keep ``word`` and read it back: some keyrings take a word and forget it."""
    import keyring
    from keyring.errors import KeyringError

    try:
        if not keyring_name():
            return False
        keyring.set_password(SERVICE, name, word)
        return keyring.get_password(SERVICE, name) == word
    except (KeyringError, RuntimeError, OSError):
        return False


def ask_keyring(name: str) -> str | None:
    """Return what the keyring keeps under a name, or None. Raises NoKey if it does not answer."""
    import keyring
    from keyring.errors import KeyringError

    try:
        return keyring.get_password(SERVICE, name)
    except (KeyringError, RuntimeError, OSError) as error:
        raise NoKey(
            N_("The keyring of this computer does not answer. Unlock it and start again.")
        ) from error


def take_from_keyring(name: str) -> None:
    """Let the keyring keep nothing under a name any more, as far as it does what it is told."""
    import keyring
    from keyring.errors import KeyringError

    with suppress(KeyringError, RuntimeError, OSError):
        keyring.delete_password(SERVICE, name)


def keep_in_file(home: Home, key: bytes, password: str = "") -> None:
    """Keep the key, and the server's password, in the file of secrets. Raises OSError."""
    rest = json.dumps({"password": password}) + "\n" if password else ""
    write_private(home.secrets, f"{key.hex()}\n{rest}")


def read_file(home: Home) -> tuple[str, str]:
    """Return the key and the password as the file of secrets has them. Raises NoKey."""
    try:
        key, _line, rest = home.secrets.read_text("utf-8").partition("\n")
        return key.strip(), str(json.loads(rest)["password"]) if rest.strip() else ""
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise KeyGone(DAMAGED, file=home.secrets.name) from error


def kept_key(home: Home, desk: Desk) -> bytes:
    """Return the key from the place that the desk names. Raises NoKey."""
    if desk.key_in == "keyring":
        word = ask_keyring(desk.origin)
        if word is None:
            raise KeyGone(
                N_("The keyring of this computer no longer has the key of these records.")
            )
    else:
        word = read_file(home)[0]
    try:
        key = bytes.fromhex(word)
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise KeyGone(DAMAGED, file=home.secrets.name if desk.key_in == "file" else desk.key_in)
    return key
