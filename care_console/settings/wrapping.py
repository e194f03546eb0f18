"""Wrapping the key of the records in another secret, so that whoever knows that one has the key."""

import hmac
import os
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from care_console.base.errors import CareError
from care_console.base.words import N_

SALT, KEY_BYTES = 16, 32
LEAST_PASSPHRASE = 15  # letters: it must hold against guessing without the console


class WrongSecret(CareError):
    """This secret does not open the key."""


class WeakPassphrase(CareError):
    """A passphrase is too short to guard a key that somebody may carry away."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What it costs to try a passphrase once (argon2id, RFC 9106)."""

    kib: int = 262_144
    passes: int = 3
    lanes: int = 2

    def bearable(self) -> bool:
        """Return whether a file may ask this of us: nobody's slot shall use up the memory."""
        return 8 * self.lanes <= self.kib <= 1_048_576 and 1 <= self.passes <= 16 >= self.lanes >= 1


@dataclass(frozen=True, slots=True)
class Wrapped:
    """A key under a secret. Without a ``cost`` the secret is random and needs no stretching."""

    salt: bytes
    sealed: bytes = field(repr=False)
    mac: bytes
    cost: Cost | None = None

    def as_object(self) -> dict[str, Any]:
        """Return it as JSON keeps it."""
        said: dict[str, Any] = {
            "salt": self.salt.hex(),
            "sealed": self.sealed.hex(),
            "mac": self.mac.hex(),
        }
        if self.cost is not None:
            said["argon2id"] = [self.cost.kib, self.cost.passes, self.cost.lanes]
        return said

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> "Wrapped":
        """Return what JSON kept. Raises KeyError, TypeError and ValueError."""
        salt, sealed, mac = (bytes.fromhex(said[name]) for name in ("salt", "sealed", "mac"))
        cost = None
        if "argon2id" in said:
            cost = Cost(*map(int, said["argon2id"]))
            if not cost.bearable():
                raise ValueError("A slot asks for too much")
        if (len(salt), len(sealed), len(mac)) != (SALT, KEY_BYTES, 32):
            raise ValueError("A slot has another size")
        return cls(salt, sealed, mac, cost)


def wrap(key: bytes, secret: str, cost: Cost | None = None) -> Wrapped:
    """Return ``key`` under ``secret``, with a salt that is never used again.

    The key is as long as the hash that hides it and is hidden once, so adding the two hides it
    wholly; the code over the salt and the sum (HMAC-SHA256) tells a wrong secret from the right
    one. With a ``cost`` it takes most of a second: not for the window's thread.
    """
    salt = os.urandom(SALT)
    pad, seal = _derived(secret, salt, cost)
    sealed = _added(key, pad)
    return Wrapped(salt, sealed, hmac.digest(seal, salt + sealed, sha256), cost)


def unwrap(wrapped: Wrapped, secret: str) -> bytes:
    """Return the key. Raises WrongSecret. As slow as ``wrap``."""
    pad, seal = _derived(secret, wrapped.salt, wrapped.cost)
    mac = hmac.digest(seal, wrapped.salt + wrapped.sealed, sha256)
    if not hmac.compare_digest(mac, wrapped.mac):
        raise WrongSecret(N_("That does not open the key of these records."))
    return _added(wrapped.sealed, pad)


def strong_enough(passphrase: str) -> str:
    """Return the passphrase as it is wrapped (RFC 8265: NFC). Raises WeakPassphrase."""
    if len(passphrase.strip()) < LEAST_PASSPHRASE:
        raise WeakPassphrase(
            N_("Take at least {least} letters: a few words that only you put together."),
            least=LEAST_PASSPHRASE,
        )
    return unicodedata.normalize("NFC", passphrase)


def _derived(secret: str, salt: bytes, cost: Cost | None) -> tuple[bytes, bytes]:
    said = unicodedata.normalize("NFC", secret).encode("utf-8", "surrogatepass")
    if cost is None:
        both = hmac.digest(salt, b"care-console recovery code" + said, "sha512")
    else:
        from argon2.low_level import Type, hash_secret_raw

        both = hash_secret_raw(
            said, salt, cost.passes, cost.kib, cost.lanes, 2 * KEY_BYTES, Type.ID
        )
    return both[:KEY_BYTES], both[KEY_BYTES:]


def _added(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))
