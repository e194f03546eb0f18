"""The passwords of telephone lines: in the keyring, else in a file of the home's own."""

import json
from collections.abc import Mapping
from contextlib import suppress
from uuid import uuid4

from care_console.base.files import write_private
from care_console.base.words import N_
from care_console.settings.home import LINE_SECRETS, Home
from care_console.settings.key_places import NoKey, ask_keyring, keep_in_keyring, take_from_keyring
from care_console.settings.options import Desk

NOT_TAKEN = N_("The keyring of this computer did not take the password of the line.")
GONE = N_("The password of this line is gone from where it was kept. Type it once more.")


class LineSecrets:
    """Keeps each secret under an id that tells nothing. May wait: not for the window's thread."""

    def __init__(self, home: Home) -> None:
        self._home = home

    def keep(self, secret: str) -> str:
        """Keep a secret where the desk keeps its key; return its id. Raises NoKey and OSError."""
        secret_id = uuid4().hex
        desk = self._home.desk()
        if desk.key_in == "keyring":
            if not keep_in_keyring(_name(desk, secret_id), secret):
                raise NoKey(NOT_TAKEN)
        else:
            with self._home.turn():
                self._write({**self._read(), secret_id: secret})
        return secret_id

    def find(self, secret_id: str) -> str:
        """Return a secret that was kept, "" for no id. Raises NoKey."""
        if not secret_id:
            return ""
        if (there := self._read().get(secret_id)) is not None:
            return there
        desk = self._home.desk()
        asked = ask_keyring(_name(desk, secret_id)) if desk.key_in == "keyring" else None
        if asked is None:
            raise NoKey(GONE)
        return asked

    def forget(self, secret_id: str) -> None:
        """Keep a secret no longer, wherever it was. Raises OSError."""
        if not secret_id:
            return
        desk = self._home.desk()
        if desk.key_in == "keyring":
            take_from_keyring(_name(desk, secret_id))
        with self._home.turn():
            there = self._read()
            if there.pop(secret_id, None) is not None:
                self._write(there)

    def _read(self) -> dict[str, str]:
        """Return what the file has. Raises NoKey if it cannot be read any more."""
        try:
            there = dict(json.loads(self._home.line_secrets.read_text("utf-8")))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, TypeError) as error:
            raise NoKey(N_("{file} cannot be read."), file=LINE_SECRETS) from error
        return {str(key): str(each) for key, each in there.items()}

    def _write(self, secrets: Mapping[str, str]) -> None:
        if secrets:
            write_private(self._home.line_secrets, json.dumps(secrets))
        else:
            with suppress(FileNotFoundError):
                self._home.line_secrets.unlink()


def _name(desk: Desk, secret_id: str) -> str:
    return f"{desk.origin} line {secret_id}"
