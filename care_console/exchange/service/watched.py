"""The watched folder: each file is taken in once it is whole, and put away with a report."""

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlmodel import Session

from care_console.base.words import _
from care_console.cards.records import TakenFileRecord
from care_console.exchange.service.dealings import DealingFiles, DealingReport, as_words
from care_console.exchange.service.folder import (
    DONE,
    REFUSED,
    Claimed,
    Folder,
    FolderTrouble,
    Seen,
)
from care_console.store import NoAnswer, NotKept, Store

MOST_LINES = 1_000  # about rows, in a report
REST = 6  # looks, after a file could not be taken in or put away: a large one is not read for ever

Where = Callable[[], str]  # the folder's path, or "" where none is watched


@dataclass(frozen=True, slots=True)
class Put:
    """What became of one file: a sentence for the clerk, and where it is now."""

    words: str
    path: Path
    taken: bool


@dataclass(frozen=True, slots=True)
class Looked:
    """What one look brought; ``trouble`` is a sentence where the folder cannot be worked with."""

    put: tuple[Put, ...] = ()
    trouble: str = ""


@dataclass(slots=True)
class Watched:
    """Looks into one folder whenever it is asked to, and takes in what is whole.

    A file is whole when it stood alike at two looks and nobody writes it. Of several desks one
    claims it by renaming it. Disk and network are waited for beside the loop.
    """

    files: DealingFiles
    store: Store
    origin: str
    where: Where
    _before: dict[str, Seen] = field(default_factory=dict)
    _path: str = ""
    _trouble: str = ""
    _rest: int = 0  # looks that are still left out

    async def look(self) -> Looked:
        """Take in what is whole since the last look, and put it away."""
        path = self.where()
        if path != self._path:
            self._path, self._before, self._trouble, self._rest = path, {}, "", 0
        if not path:
            return Looked()
        if self._rest:
            self._rest -= 1
            return Looked(trouble=self._trouble)
        folder = Folder(Path(path), re.sub(r"[^A-Za-z0-9]", "", self.origin) or "desk")
        put: list[Put] = []
        self._trouble = ""
        try:
            whole = await self._whole(folder)
            await self._take_all(folder, whole, put)
        except (FolderTrouble, NotKept, NoAnswer) as trouble:
            self._trouble = str(trouble)
        return Looked(tuple(put), self._trouble)

    async def _whole(self, folder: Folder) -> list[Seen]:
        now = await asyncio.to_thread(folder.look)
        whole = [each for name, each in now.items() if self._before.get(name) == each]
        self._before = now
        return whole

    async def _take_all(self, folder: Folder, whole: list[Seen], put: list[Put]) -> None:
        """Take in what this desk gets; after a trouble, rest for some looks."""
        self._rest = REST
        for claimed in await asyncio.to_thread(folder.left_over):
            put.append(await self._take(folder, claimed))
        for seen in whole:
            mine = await asyncio.to_thread(folder.claim, seen)
            if mine is not None:
                put.append(await self._take(folder, mine))
        self._rest = 0

    async def _take(self, folder: Folder, claimed: Claimed) -> Put:
        """Take in a claimed file. Whatever keeps it from that, it is given back."""
        try:
            with TemporaryDirectory(prefix="care-console-") as private:
                return await self._read(folder, claimed, Path(private))
        except BaseException:
            await asyncio.shield(asyncio.to_thread(folder.give_back, claimed))
            raise

    async def _read(self, folder: Folder, claimed: Claimed, private: Path) -> Put:
        copy = private / claimed.name
        digest = await asyncio.to_thread(folder.copy, claimed, copy)
        at = await self.store.read(_taken_at, claimed.name, digest)
        if at:
            words = _("{file} was taken in before, on {day}. Nothing was changed.").format(
                file=claimed.name, day=at
            )
            goal = await asyncio.to_thread(folder.put_away, claimed, DONE, words)
            return Put(words, goal, taken=False)
        report = await self.files.take_in([copy], house=True)
        report.skipped = [
            replace(each, file=claimed.name, why=each.why.replace(str(copy), claimed.name))
            for each in report.skipped
        ]
        return await self._put_away(folder, claimed, digest, report)

    async def _put_away(
        self, folder: Folder, claimed: Claimed, digest: str, report: DealingReport
    ) -> Put:
        nothing = report.unreadable or (report.read > 0 and len(report.skipped) == report.read)
        if not nothing:
            await self.store.write(_remember, claimed.name, digest, self._now())
        told, under = as_words(report, MOST_LINES), REFUSED if nothing else DONE
        goal = await asyncio.to_thread(folder.put_away, claimed, under, told)
        return Put(_sentence(claimed.name, report, refused=nothing), goal, taken=not nothing)

    def _now(self) -> datetime:
        return self.files.dealings.cards.clock()


def _remember(db: Session, name: str, digest: str, at: datetime) -> None:
    db.merge(TakenFileRecord(name=name, digest=digest, taken_at=at))


def _taken_at(db: Session, name: str, digest: str) -> str:
    there = db.get(TakenFileRecord, (name, digest))
    return there.taken_at.astimezone().date().isoformat() if there is not None else ""


def _sentence(name: str, report: DealingReport, *, refused: bool) -> str:
    if refused:
        return _("{file} was refused: see the report beside it.").format(file=name)
    words = _("{file}: {new} new, {updated} updated, {skipped} not taken.")
    return words.format(
        file=name, new=report.new, updated=report.updated, skipped=len(report.skipped)
    )
