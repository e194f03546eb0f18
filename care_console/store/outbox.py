"""What is typed while the server is away: kept here, ciphered, and sent when it is back."""

import asyncio
import json
import os
import threading
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from care_console.base.errors import CareError
from care_console.base.words import _
from care_console.store.engines import DRIVER_TROUBLE, connect
from care_console.store.troubles import CannotOpen, NoAnswer, ServerAway

TABLE = """
    CREATE TABLE IF NOT EXISTS waiting (
        place INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,
        at TEXT NOT NULL, body TEXT NOT NULL, refused TEXT NOT NULL DEFAULT ''
    )
"""
PUT = """
    INSERT INTO waiting (id, kind, at, body) VALUES (:id, :kind, :at, :body)
    ON CONFLICT (id) DO UPDATE SET body = excluded.body, refused = ''
"""
UNREAD, KNOWN = ".unread-", ".known-"  # in the name of a file that was set aside
ALL = "SELECT id, kind, at, body, refused FROM waiting ORDER BY place"


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits, as a room gave it."""

    id: UUID  # of the command, so that to send it twice does it once
    kind: str
    at: datetime  # aware, UTC
    body: Mapping[str, Any] = field(repr=False)
    refused: str = ""  # why the records did not take it: a sentence; it is not sent again


Send = Callable[[Waiting], Awaitable[None]]


class Outbox:
    """A few commands in a file of this desk, in the order in which they were given.

    The file is made with the first of them, and ciphered: what is typed speaks of people. One
    that cannot be read is set aside, never deleted. Its few rows are written and read at once.
    """

    def __init__(self, file: Path, key: bytes) -> None:
        self._file, self._key = file, key
        self._lock = threading.Lock()
        self._sending = asyncio.Lock()
        self._kept: Any = None

    @property
    def set_aside(self) -> Path | None:
        """Where a file is now that could not be read, until it is known."""
        found = self._file.parent.glob(f"{self._file.name}{UNREAD}*")
        return min(found, default=None)

    def know_set_aside(self) -> None:
        """Tell no more of the file that could not be read; it stays, under another name."""
        if (file := self.set_aside) is not None:
            file.rename(file.with_name(file.name.replace(UNREAD, KNOWN)))

    def put(self, kind: str, id: UUID, body: Mapping[str, Any]) -> None:
        """Keep ``body``, which is JSON, until it is sent.

        What comes with the same ``id`` keeps its place, and its values lie over the earlier ones.
        """
        there = next((each.body for each in self.waiting() if each.id == id), {})
        at = datetime.now(UTC).isoformat()
        said = {"id": str(id), "kind": kind, "at": at, "body": json.dumps({**there, **body})}
        self._run(PUT, said)

    def waiting(self) -> list[Waiting]:
        """Return all that is not sent, with what the records refused."""
        if not self._file.exists():
            return []
        return [
            Waiting(UUID(id), kind, datetime.fromisoformat(at), json.loads(body), refused)
            for id, kind, at, body, refused in self._run(ALL)
        ]

    def drop(self, id: UUID) -> None:
        """Let go of one thing: it was sent, or somebody has read why it was refused."""
        self._run("DELETE FROM waiting WHERE id = :id", {"id": str(id)})

    def sweep(self) -> None:
        """Clear what was dropped out of the file's log, too."""
        if self._file.exists():
            self._run("PRAGMA wal_checkpoint(TRUNCATE)")

    async def send(self, ways: Mapping[str, Send]) -> int:
        """Send what waits, each by the way of its kind, and return how many were taken.

        It stops where the server is away again; what the records refuse stays with their words.
        """
        taken = 0
        async with self._sending:
            for each in self.waiting():
                if each.refused or each.kind not in ways:
                    continue
                try:
                    await ways[each.kind](each)
                except (ServerAway, NoAnswer):
                    break
                except CareError as hindrance:
                    self._refuse(each, str(hindrance))
                except (LookupError, TypeError, ValueError):  # what waits behind it still goes
                    self._refuse(each, _("Another version of the console wrote this."))
                else:
                    self._drop_as_sent(each)
                    taken += 1
        return taken

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            if self._kept is not None:
                self._kept.close()
                self._kept = None

    def _refuse(self, waiting: Waiting, why: str) -> None:
        words = {"id": str(waiting.id), "why": why}
        self._run("UPDATE waiting SET refused = :why WHERE id = :id", words)

    def _drop_as_sent(self, sent: Waiting) -> None:
        """Let go of what was sent, unless more was typed meanwhile: that goes the next time."""
        same = "DELETE FROM waiting WHERE id = :id AND body = :body"
        self._run(same, {"id": str(sent.id), "body": json.dumps(sent.body)})

    def _run(self, sql: str, values: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
        with self._lock:
            if self._kept is None:
                self._kept = self._open()
            return list(self._kept.execute(sql, values or {}))

    def _open(self) -> Any:
        try:
            return self._opened()
        except (*DRIVER_TROUBLE, CannotOpen):
            stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
            os.replace(self._file, self._file.with_name(f"{self._file.name}{UNREAD}{stamp}"))
            return self._opened()

    def _opened(self) -> Any:
        self._file.touch(mode=0o600)
        kept = connect(self._file, self._key, "cache_size = -512")
        try:
            kept.execute(TABLE)
        except BaseException:
            kept.close()
            raise
        return kept
