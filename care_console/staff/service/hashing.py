"""Passphrases and PINs, kept so that whoever reads the records cannot use them."""

import asyncio
import hmac
import secrets
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from care_console.staff.rules.secrets import PIN, normal

if TYPE_CHECKING:
    from argon2 import PasswordHasher

BUCKETS = 4  # hex digits of a digest: so many names that nobody has can be counted apart
MARK_SALT = b"care-console pin"
MARK_BYTES = 2  # enough to tell one pepper from the next, too few to find it by


class Cost(NamedTuple):
    """What one try costs, whoever makes it."""

    rounds: int
    memory_kib: int
    lanes: int


RFC_9106 = Cost(rounds=3, memory_kib=65_536, lanes=4)  # section 4, where memory is scarce


class Hashing:
    """Argon2id. A PIN is mixed with the ``pepper`` first: its million would soon be tried out.

    Desks of one server have its password in common and nothing else that stands outside the
    database, so a new password is another pepper. What is kept of a PIN bears a mark of its pepper:
    the console can then say why it no longer fits, and its owner sets another.

    Each try takes some hundred milliseconds, in a thread of its own, one after the other.
    """

    def __init__(self, pepper: bytes, cost: Cost = RFC_9106) -> None:
        self._pepper = hmac.digest(pepper, b"care-console sign-in", "sha256")
        self._cost = cost
        self._thread = ThreadPoolExecutor(1, "sign-in")

    async def make(self, secret: str, card_id: int, typed: str) -> str:
        """Return what is kept of a clerk's passphrase or PIN."""
        loop, mixed = asyncio.get_running_loop(), self._mixed(secret, card_id, typed)
        made = await loop.run_in_executor(self._thread, lambda: self._hasher.hash(mixed))
        return f"{await self._marked()}{made}" if secret == PIN else made

    async def outdated(self, kept: str) -> bool:
        """Return whether ``kept`` is of a PIN that was mixed with another pepper than today's."""
        mark = kept.partition("$")[0]
        return bool(mark) and mark != await self._marked()

    async def holds(self, kept: str, secret: str, card_id: int, typed: str) -> bool:
        """Return whether ``typed`` is what ``kept`` was made of.

        Where nothing is kept it takes as long, and is never right.
        """
        loop, mixed = asyncio.get_running_loop(), self._mixed(secret, card_id, typed)
        return await loop.run_in_executor(self._thread, self._holds, kept, mixed)

    def _holds(self, kept: str, mixed: bytes) -> bool:
        from argon2.exceptions import InvalidHashError, VerificationError

        kept = kept[kept.find("$") :] if kept else ""
        try:
            right = self._hasher.verify(kept or self._nobodys, mixed)
        except (VerificationError, InvalidHashError):
            return False
        return bool(kept) and right

    def nobody(self, key: str) -> str:
        """Return under what the wrong passphrases for a name are counted that no clerk has.

        It is no name any more: people type passphrases into the wrong field.
        """
        return f"nobody {hmac.new(self._pepper, key.encode(), 'sha256').hexdigest()[:BUCKETS]}"

    def _mixed(self, secret: str, card_id: int, typed: str) -> bytes:
        letters = normal(typed).encode("utf-8", "surrogatepass")
        if secret != PIN:
            return letters
        return hmac.digest(self._pepper, b"pin %d " % card_id + letters, "sha256")

    @cached_property
    def _hasher(self) -> "PasswordHasher":
        from argon2 import PasswordHasher  # only whoever signs in waits for it

        return PasswordHasher(*self._cost)

    async def _marked(self) -> str:
        return await asyncio.get_running_loop().run_in_executor(self._thread, lambda: self._mark)

    @cached_property
    def _mark(self) -> str:
        """Some digits of the pepper, as dear to compare with as a PIN: a password may be weak."""
        from argon2.low_level import Type, hash_secret_raw

        return hash_secret_raw(self._pepper, MARK_SALT, *self._cost, 4, Type.ID)[:MARK_BYTES].hex()

    @cached_property
    def _nobodys(self) -> str:
        return self._hasher.hash(secrets.token_bytes(16))
