"""The words of the house: those that came with the program, and those that it wrote itself."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sqlmodel import Session, col, select

from care_console.base.clock import Clock
from care_console.base.command import Command
from care_console.base.resources import resource
from care_console.base.words import N_
from care_console.cards.records import CardRecord
from care_console.cards.rules import Group
from care_console.journal.service import Journal
from care_console.recovery.records import PlaybookRecord
from care_console.recovery.rules import BadRecovery, Playbook, PlaybookText, PlaybookVersion
from care_console.recovery.rules.reading import BadPlaybook, faults_of, playbook_of
from care_console.staff.rules.roles import Permission
from care_console.staff.service import Staff
from care_console.store import Store, take_turn

FIRST_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class Playbooks:
    """The playbooks of all groups and languages."""

    store: Store
    journal: Journal
    clock: Clock
    staff: Staff

    def languages(self, group: str) -> tuple[str, ...]:
        """Return the languages in which the program has words for ``group``, English first."""
        return _languages(Group(group))

    def language_for(self, group: str, *wanted: str) -> str:
        """Return the first of the languages ``wanted`` (BCP 47) that there are words in."""
        there = self.languages(group)
        short = (each.replace("_", "-").split("-")[0].lower() for each in wanted)
        return next((each for each in short if each in there), FIRST_LANGUAGE)

    async def in_force(self, group: str, language: str) -> Playbook:
        """Return the words for a group; a language that there is none of falls back to English."""
        return playbook_of((await self.text(group, self.language_for(group, language))).text)

    async def text(self, group: str, language: str) -> PlaybookText:
        """Return the words in force as they are edited."""
        return await self.store.read(_in_force, group, language)

    def faults(self, group: str, language: str, text: str) -> tuple[tuple[int, str], ...]:
        """Return what is amiss in ``text``, each with its line, from 1; empty: it can be kept."""
        return faults_of(text, group, language)

    async def save(self, command: Command, group: str, language: str, text: str) -> int:
        """Put ``text`` in force for recoveries that begin from now on; return its version.

        Raises BadPlaybook, whose ``faults`` name lines, and NotAllowed.
        """
        if found := self.faults(group, language, text):
            raise BadPlaybook(found)
        async with self.staff.guarded(command):
            return await self.store.write(self._save, command, group, language, text)

    async def versions(self, group: str, language: str) -> list[PlaybookVersion]:
        """Return the versions that were in force, the newest first."""
        return await self.store.read(_versions, group, language)

    async def version_text(self, group: str, language: str, version: int) -> str:
        """Return the words of one version, 0 for those of the program. Raises BadRecovery."""
        if version == 0:
            return _came_with_the_program(group, language)
        return await self.store.read(_version_text, group, language, version)

    async def revert(self, command: Command, group: str, language: str, version: int) -> int:
        """Put an earlier version in force again, 0 for the program's own words.

        Return the new version. Raises BadPlaybook and NotAllowed.
        """
        async with self.staff.guarded(command):
            return await self.store.write(self._revert, command, group, language, version)

    def keep_for(self, db: Session, group: str, language: str) -> int:
        """Keep, inside somebody's unit, the words in force for a recovery; return their id."""
        kept = _kept_now(db, group, language)
        if kept is None:
            take_turn(db, _turn(group, language))  # two desks would both keep the same words
            kept = _kept_now(db, group, language)
        if kept is None:
            now = _in_force(db, group, language)
            kept = self._add(db, (group, language, now.text), None, own=False)
        return kept.id

    def _save(self, db: Session, command: Command, group: str, language: str, text: str) -> int:
        if (first := self.journal.first_run(db, command)) is not None:
            return int(first["version"])
        self.staff.demand(db, command, Permission.EDIT_PLAYBOOKS)
        made = self._add(db, (group, language, text), command.clerk.card_id, own=True)
        return self._told(db, command, made, None)

    def _revert(
        self, db: Session, command: Command, group: str, language: str, version: int
    ) -> int:
        if (first := self.journal.first_run(db, command)) is not None:
            return int(first["version"])
        self.staff.demand(db, command, Permission.EDIT_PLAYBOOKS)
        own, text = False, _came_with_the_program(group, language)
        if version:
            there = _record(db, group, language, version)
            own, text = there.own, there.text if there.own else text
        if found := self.faults(group, language, text):  # what was right to an earlier program
            raise BadPlaybook(found)
        made = self._add(db, (group, language, text), command.clerk.card_id, own=own)
        return self._told(db, command, made, version)

    def _add(
        self, db: Session, words: tuple[str, str, str], by: int | None, *, own: bool
    ) -> PlaybookRecord:
        """Keep the next version; the desks take turns at it."""
        group, language, text = words
        take_turn(db, _turn(group, language))
        last = _last(db, group, language)
        record = PlaybookRecord(
            card_group=group,
            language=language,
            version=1 if last is None else last.version + 1,
            text=text,
            made_at=self.clock(),
            made_by_card_id=by,
            own=own,
        )
        db.add(record)
        db.flush()
        return record

    def _told(
        self, db: Session, command: Command, made: PlaybookRecord, reverted_to: int | None
    ) -> int:
        facts = {"group": made.card_group, "language": made.language, "version": made.version}
        self.journal.write(db, command, "playbook_changed", {**facts, "reverted_to": reverted_to})
        return made.version


def read_playbook(db: Session, playbook_id: int) -> Playbook:
    """Return the words that a recovery keeps."""
    return playbook_of(db.get_one(PlaybookRecord, playbook_id).text)


def in_force_now(db: Session, group: str, language: str) -> Playbook:
    """Return the words that a recovery would begin with now."""
    return playbook_of(_in_force(db, group, language).text)


def _in_force(db: Session, group: str, language: str) -> PlaybookText:
    last = _last(db, group, language)
    if last is not None and last.own:
        return PlaybookText(group, language, last.version, last.text, own=True)
    text = _came_with_the_program(group, language)
    same = last is not None and last.text == text
    return PlaybookText(group, language, last.version if last and same else 0, text, own=False)


def _kept_now(db: Session, group: str, language: str) -> PlaybookRecord | None:
    """Return the words in force where they are kept; the program's own are only when needed."""
    last = _last(db, group, language)
    same = last is not None and last.text == _in_force(db, group, language).text
    return last if same else None


def _turn(group: str, language: str) -> str:
    return f"playbook {group} {language}"


def _last(db: Session, group: str, language: str) -> PlaybookRecord | None:
    wanted = select(PlaybookRecord).where(
        PlaybookRecord.card_group == group, PlaybookRecord.language == language
    )
    return db.exec(wanted.order_by(col(PlaybookRecord.version).desc()).limit(1)).one_or_none()


def _record(db: Session, group: str, language: str, version: int) -> PlaybookRecord:
    wanted = select(PlaybookRecord).where(
        PlaybookRecord.card_group == group,
        PlaybookRecord.language == language,
        PlaybookRecord.version == version,
    )
    found = db.exec(wanted).one_or_none()
    if found is None:
        raise BadRecovery(N_("There is no such version of these words."))
    return found


def _version_text(db: Session, group: str, language: str, version: int) -> str:
    return _record(db, group, language, version).text


def _versions(db: Session, group: str, language: str) -> list[PlaybookVersion]:
    wanted = (
        select(PlaybookRecord, CardRecord.name)
        .outerjoin(CardRecord, col(CardRecord.id) == col(PlaybookRecord.made_by_card_id))
        .where(PlaybookRecord.card_group == group, PlaybookRecord.language == language)
        .order_by(col(PlaybookRecord.version).desc())
    )
    now = _in_force(db, group, language).version  # none of them, where the program has newer words
    return [
        PlaybookVersion(each.version, each.made_at, name or "", each.version == now)
        for each, name in db.exec(wanted).all()
    ]


def _folder() -> Path:
    return resource("playbooks")


@cache
def _languages(group: Group) -> tuple[str, ...]:
    found = {each.name.split(".")[1] for each in _folder().glob(f"{group}.*.toml")}
    return tuple(sorted(found, key=lambda each: (each != FIRST_LANGUAGE, each)))


@cache
def _came_with_the_program(group: str, language: str) -> str:
    """Return the text of the file. Raises BadRecovery if the program has none."""
    file = _folder() / f"{Group(group)}.{language}.toml"
    if language not in _languages(Group(group)):
        raise BadRecovery(N_("There are no words in this language yet."))
    return file.read_text("utf-8")
