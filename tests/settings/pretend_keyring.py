"""A keyring of this process alone, which can forget, fail and give way to another."""

import keyring.backend
from keyring.errors import KeyringLocked, PasswordDeleteError


class PretendKeyring(keyring.backend.KeyringBackend):
    """Keeps words in memory."""

    priority = 5

    def __init__(self) -> None:
        super().__init__()
        self.words: dict[tuple[str, str], str] = {}
        self.locked = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.locked:
            raise KeyringLocked("It is locked")
        return self.words.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.locked:
            raise KeyringLocked("It is locked")
        self.words[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.words.pop((service, username), None) is None:
            raise PasswordDeleteError("It is not there")
