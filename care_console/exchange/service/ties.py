"""What stands around a card that is taken in: who it is tied to, and the lines kept for it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, delete, insert, select

from care_console.cards.records import CardRecord, MembershipRecord, RelationRecord
from care_console.cards.rules.acts import Op, was_added
from care_console.exchange.records import ImportedRecord, KeptRecord
from care_console.exchange.rules.identity import key_of_uid
from care_console.exchange.rules.person import Tie, own_id, own_uid


@dataclass(frozen=True, slots=True)
class Loose:
    """A tie of the card that a row was about, whose other end was not there yet."""

    row: int
    card_id: int
    tie: Tie


def named_by(db: Session, uids: Iterable[str]) -> dict[str, int]:
    """Return the cards that have these uids: as their own, as an import's, or as given here."""
    wanted = list(dict.fromkeys(uids))
    ours = {uid: card_id for uid in wanted if (card_id := own_id(uid)) is not None}
    begun = select(CardRecord.id, CardRecord.created_at).where(
        col(CardRecord.id).in_(ours.values()), CardRecord.name != ""
    )
    proof = {own_uid(card_id, at): card_id for card_id, at in db.exec(begun)}
    found = {uid: proof[uid] for uid in ours if uid in proof}
    keys = {key_of_uid(uid): uid for uid in wanted if uid}
    taken = select(ImportedRecord.row_key, ImportedRecord.card_id).where(
        col(ImportedRecord.row_key).in_(keys)
    )
    found |= {keys[row_key]: card_id for row_key, card_id in db.exec(taken)}
    own = select(CardRecord.uid, CardRecord.id).where(
        col(CardRecord.uid).in_([uid for uid in wanted if uid])
    )
    return found | dict(db.exec(own).all())


def tie(db: Session, loose: Sequence[Loose]) -> tuple[dict[int, list[Op]], list[Loose]]:
    """Tie what can be tied; return what was done by row, and what is still loose."""
    known = named_by(db, (each.tie.uid for each in loose))
    done: dict[int, list[Op]] = {}
    for each in loose:
        other = known.get(each.tie.uid)
        if other is None or other == each.card_id:
            continue
        if each.tie.relation is None:
            _answer(db, each, other)
        elif (op := _relate(db, each, other)) is not None:
            done.setdefault(each.row, []).append(op)
    return done, [each for each in loose if each.tie.uid not in known]


def keep_lines(db: Session, lines: Mapping[int, Sequence[str]]) -> None:
    """Keep what the vCards of these cards say, in place of what they said before."""
    if lines:
        db.exec(delete(KeptRecord).where(col(KeptRecord.card_id).in_(lines)))
    rows = [{"card_id": card_id, "line": line} for card_id in lines for line in lines[card_id]]
    if rows:
        db.execute(insert(KeptRecord), rows)


def _relate(db: Session, loose: Loose, other: int) -> Op | None:
    first, second = (loose.card_id, other) if loose.tie.forward else (other, loose.card_id)
    assert loose.tie.relation is not None
    kind = loose.tie.relation.value
    said = {"first_id": first, "second_id": second, "kind": kind}
    same = select(RelationRecord.id).where(
        RelationRecord.first_id == first,
        RelationRecord.second_id == second,
        RelationRecord.kind == kind,
    )
    if db.exec(same).first() is not None:
        return None
    record = RelationRecord(
        first_id=first,
        second_id=second,
        kind=kind,
        since=loose.tie.since,
        until=loose.tie.until,
    )
    db.add(record)
    db.flush()
    return was_added("relation", record.id, said)


def _answer(db: Session, loose: Loose, other: int) -> None:
    """Say who answers for a membership, or made the sale; the tie names it by its place."""
    of_card = select(MembershipRecord).where(MembershipRecord.card_id == loose.card_id)
    there = db.exec(of_card.order_by(col(MembershipRecord.id))).all()
    if loose.tie.membership < len(there):
        column = "sold_by_card_id" if loose.tie.sold else "owner_card_id"
        if getattr(there[loose.tie.membership], column) is None:
            setattr(there[loose.tie.membership], column, other)
            db.flush()
