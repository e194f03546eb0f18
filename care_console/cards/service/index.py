"""Keeping what search and lists read in step with the cards, in the unit that changes them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, SQLModel, bindparam, col, delete, insert, select, update

from care_console.base.fold import digits
from care_console.base.phone import Plan
from care_console.cards.records import (
    AddressRecord,
    CardRecord,
    EmailRecord,
    EndingRecord,
    FaceRecord,
    MembershipRecord,
    NotedNumberRecord,
    PhoneRecord,
    RecentRecord,
    RecentWordRecord,
    SlipRecord,
    WordRecord,
)
from care_console.cards.rules.search import (
    ALL_KINDS,
    Sections,
    Told,
    endings,
    face,
    kept_slips,
    recent_words,
    sections,
    sort_key,
    with_slips,
    words_of,
)
from care_console.cards.service.replaced import former_names
from care_console.store import add_many_once

AT_ONCE = 500  # cards
LATELY = 2_000  # cards that come first in search because somebody spoke with them
FEWEST_DIGITS = 6  # of a number in a note

OF_CARD = ("id", "kind", "name", "prefix", "given", "additional", "family", "preferred") + (
    "company",
    "title",
)

Rows = set[tuple[Any, ...]]
Side = Mapping[int, tuple[Sections, str]]  # the words and the face of each card


@dataclass(frozen=True, slots=True)
class Index:
    """Writes what search and lists read of cards. All of it runs inside somebody's unit."""

    plan: Callable[[], Plan]

    def index(self, db: Session, card_ids: Sequence[int]) -> None:
        """Write anew what finds these cards: to be called after each change of them or their parts.

        An import calls it once for as many cards as it keeps at once.
        """
        for some in _portions(card_ids):
            _hold(db, some)
            _write(db, _kept(db, some), _told(db, some))
            self._note(db, some)

    def forget(self, db: Session, card_ids: Sequence[int]) -> None:
        """Take away all that finds these cards, before they are deleted."""
        for some in _portions(card_ids):
            _hold(db, some)
            _write(db, _kept(db, some), {})
            for table in (NotedNumberRecord, RecentRecord):
                _delete_of(db, table, some)

    def touch(self, db: Session, card_id: int, at: datetime) -> None:
        """Keep that there was a contact; one before the last that is known changes nothing."""
        _hold(db, [card_id])
        recent = db.get(RecentRecord, card_id)
        if recent is None:
            db.add(RecentRecord(card_id=card_id, at=at))
        elif recent.at < at:
            recent.at = at
        else:
            return
        db.flush()
        db.exec(update(FaceRecord).where(col(FaceRecord.card_id) == card_id).values(at=at))
        _write_recent(db, _kept(db, [card_id]), {card_id: at})
        past = select(RecentRecord.card_id).order_by(col(RecentRecord.at).desc())
        _delete_of(db, RecentWordRecord, db.exec(past.offset(LATELY).limit(AT_ONCE)).all())

    def noted(self, db: Session, card_id: int, source: str, text: str) -> None:
        """Keep the telephone numbers that ``text`` mentions, in place of those it mentioned before.

        ``source`` is "card" for a card's own note, or "contact" and the contact's id. The card's
        own numbers are left out.
        """
        before = delete(NotedNumberRecord).where(
            col(NotedNumberRecord.card_id) == card_id, col(NotedNumberRecord.source) == source
        )
        db.exec(before)
        if found := dict.fromkeys(self._numbers_in(text)):
            own = set(db.exec(select(PhoneRecord.e164).where(PhoneRecord.card_id == card_id)))
            about = {"card_id": card_id, "source": source}
            rows = [{"e164": e164, **about} for e164 in found if e164 not in own]
            add_many_once(db, NotedNumberRecord, rows)

    def _note(self, db: Session, card_ids: Sequence[int]) -> None:
        """Look through the cards' own notes, and forget what is noted of their own numbers."""
        there = select(NotedNumberRecord.card_id).where(
            col(NotedNumberRecord.card_id).in_(card_ids), NotedNumberRecord.source == "card"
        )
        notes = select(CardRecord.id, CardRecord.note).where(
            col(CardRecord.id).in_(card_ids), CardRecord.note != ""
        )
        mentioned = {card_id: note for card_id, note in db.exec(notes) if _may_mention(note)}
        for card_id in {*mentioned, *db.exec(there)}:
            self.noted(db, card_id, "card", mentioned.get(card_id, ""))
        own = select(PhoneRecord.id).where(
            PhoneRecord.card_id == NotedNumberRecord.card_id,
            PhoneRecord.e164 == NotedNumberRecord.e164,
        )
        noted = col(NotedNumberRecord.card_id).in_(card_ids)
        db.exec(delete(NotedNumberRecord).where(noted, own.exists()))

    def _numbers_in(self, text: str) -> Iterable[str]:
        if not _may_mention(text):
            return
        from phonenumbers import PhoneNumberFormat, PhoneNumberMatcher, format_number  # 40 ms

        for match in PhoneNumberMatcher(text, self.plan().country):
            yield format_number(match.number, PhoneNumberFormat.E164)


def _portions(card_ids: Sequence[int]) -> Iterable[list[int]]:
    ids = list(dict.fromkeys(card_ids))
    return (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))


def _hold(db: Session, card_ids: Sequence[int]) -> None:
    """Let no other unit index these cards before this one ends: both would write the same rows."""
    held = (
        select(CardRecord.id).where(col(CardRecord.id).in_(card_ids)).order_by(col(CardRecord.id))
    )
    db.exec(held.with_for_update(key_share=True)).all()


def _may_mention(text: str) -> bool:
    return len(digits(text)) >= FEWEST_DIGITS


def _kept(db: Session, card_ids: Sequence[int]) -> Side:
    """Return the words and faces by which the cards are found until now."""
    wanted = select(FaceRecord.card_id, FaceRecord.words, FaceRecord.face)
    rows = db.exec(wanted.where(col(FaceRecord.card_id).in_(card_ids)))
    return {card_id: (Sections.parse(words), shown) for card_id, words, shown in rows}


def _write(db: Session, before: Side, told: Mapping[int, Told]) -> None:
    """Write what is new, and delete what is no more; all else is left as it is."""
    now = {card_id: (sections(each), face(each)) for card_id, each in told.items()}
    after = {card_id: each for card_id, each in now.items() if before.get(card_id) != each}
    before = {i: each for i, each in before.items() if i not in now or i in after}
    when = _last(db, after)
    _replace(db, FaceRecord, _faces(before, {}), _faces(after, when))
    _replace(db, WordRecord, _words(before), _words(after))
    _replace(db, EndingRecord, _endings(before), _endings(after))
    _forget_slips(db, _slipping(before) - _slipping(after))
    _keep_slips(db, _slipping(after) - _slipping(before))
    _sort(db, after)
    lately = col(RecentWordRecord.card_id).in_([*before, *after])
    there = set(db.exec(select(RecentWordRecord.card_id).where(lately).distinct()))
    _write_recent(db, {i: each for i, each in after.items() if i in there}, when)
    _delete_of(db, RecentWordRecord, [card_id for card_id in before if card_id not in now])


def _replace(db: Session, record: type[SQLModel], before: Rows, after: Rows) -> None:
    table = _table(record)
    names = [column.name for column in table.columns]
    _delete_rows(db, table, [dict(zip(names, row, strict=True)) for row in before - after])
    rows = sorted(after - before)  # in the order in which they are kept: it is faster
    if rows:
        added = [dict(zip(names, row, strict=True)) for row in rows]
        db.connection().execute(insert(table), added)


def _faces(side: Side, when: Mapping[int, datetime]) -> Rows:
    return {(i, shown, str(of), when.get(i)) for i, (of, shown) in side.items()}


def _words(side: Side) -> Rows:
    return {
        (kind, key, card_id, beside)
        for card_id, (of, shown) in side.items()
        for kind, key, beside in words_of(of, shown)
    }


def _endings(side: Side) -> Rows:
    return {(*each, card_id) for card_id, (of, _shown) in side.items() for each in endings(of)}


def _slipping(side: Side) -> set[str]:
    return {word for of, _shown in side.values() for word in with_slips(of)}


def _keep_slips(db: Session, words: set[str]) -> None:
    itself = col(SlipRecord.slip).in_(words), col(SlipRecord.slip) == col(SlipRecord.word)
    known = set(db.exec(select(SlipRecord.word).where(*itself)))
    rows = sorted((slip, word) for word in words - known for slip in kept_slips(word))
    add_many_once(db, SlipRecord, [{"slip": slip, "word": word} for slip, word in rows])


def _forget_slips(db: Session, words: set[str]) -> None:
    """Forget words that stand on no card any more: they may be somebody's name."""
    for word in words:
        begins = select(WordRecord.card_id).where(
            col(WordRecord.kind).in_(ALL_KINDS), WordRecord.key >= word, WordRecord.key < f"{word}!"
        )
        if db.exec(begins.limit(1)).first() is None:
            gone = col(SlipRecord.slip).in_(kept_slips(word)), col(SlipRecord.word) == word
            db.exec(delete(SlipRecord).where(*gone))


def _sort(db: Session, after: Side) -> None:
    table = _table(CardRecord)
    keys = [{"of": card_id, "key": sort_key(of)} for card_id, (of, _shown) in after.items()]
    if keys:
        change = (
            update(table).where(table.c.id == bindparam("of")).values(sort_key=bindparam("key"))
        )
        db.connection().execute(change, keys)


def _last(db: Session, card_ids: Iterable[int]) -> dict[int, datetime]:
    """Return when there was last a contact with each of the cards, if there was."""
    wanted = select(RecentRecord.card_id, RecentRecord.at)
    return dict(db.exec(wanted.where(col(RecentRecord.card_id).in_(list(card_ids)))).all())


def _write_recent(db: Session, side: Side, when: Mapping[int, datetime]) -> None:
    """Write the words of cards that were in contact lately, each with when it was."""
    _delete_of(db, RecentWordRecord, list(side))
    rows = [
        {"kind": kind, "key": key, "card_id": card_id, "face": beside, "at": when[card_id]}
        for card_id, each in side.items()
        for kind, key, beside in recent_words(*each)
    ]
    add_many_once(db, RecentWordRecord, rows)


def _delete_of(db: Session, record: Any, card_ids: Sequence[int]) -> None:
    if card_ids:
        db.exec(delete(record).where(record.card_id.in_(card_ids)))


def _delete_rows(db: Session, table: Any, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        key = [column == bindparam(f"_{column.name}") for column in table.primary_key]
        gone = [
            {f"_{column.name}": row[column.name] for column in table.primary_key} for row in rows
        ]
        db.connection().execute(delete(table).where(*key), gone)


def _table(record: type[SQLModel]) -> Any:
    return record.__table__  # type: ignore[attr-defined]


def _told(db: Session, card_ids: Sequence[int]) -> dict[int, Told]:
    """Return what search is told of each of the cards that are there."""
    phones = _of_each(db, PhoneRecord, ("e164", "raw", "extension"), card_ids)
    emails = _of_each(db, EmailRecord, ("address",), card_ids)
    towns = _of_each(db, AddressRecord, ("town", "postcode"), card_ids)
    groups = ("card_group", "since", "until", "account_number")
    memberships = _of_each(db, MembershipRecord, groups, card_ids)
    formerly = former_names(db, card_ids)
    card: Any = CardRecord
    wanted = select(card.created_at, *(getattr(card, name) for name in OF_CARD))
    return {
        row.id: Told(
            **{name: getattr(row, name) for name in OF_CARD},
            created=row.created_at.date(),
            numbers=[(e164 or raw, extension) for e164, raw, extension in phones[row.id]],
            emails=[address for (address,) in emails[row.id]],
            towns=[town for place in towns[row.id] for town in place if town],
            memberships=memberships[row.id],
            formerly=formerly.get(row.id, ()),
        )
        for row in db.exec(wanted.where(card.id.in_(card_ids)))
    }


def _of_each(
    db: Session, record: Any, names: Sequence[str], card_ids: Sequence[int]
) -> defaultdict[int, list[Any]]:
    """Return these columns of each card's parts, in the order in which they were added."""
    wanted = select(record.card_id, *(getattr(record, name) for name in names))
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for card_id, *values in db.exec(wanted.where(record.card_id.in_(card_ids)).order_by(record.id)):
        found[card_id].append(tuple(values))
    return found
