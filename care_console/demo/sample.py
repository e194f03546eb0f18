"""The sample, put into empty records in one go."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from uuid import uuid4

from sqlmodel import Session, col, insert, select

from care_console.authority.service.catalogue import lay
from care_console.base.command import Clerk, Command
from care_console.base.fold import fold
from care_console.calls.records import ContactRecord, MatterRecord, ReasonRecord
from care_console.calls.rules import State
from care_console.calls.rules.contact import minutes
from care_console.cards.records import MembershipRecord, RelationRecord
from care_console.cards.rules.dealings import Customer, DealingKind, DealingState, NewDealing
from care_console.demo.script import Ids, Put, Said, Sample, day, entries, moment, new_card
from care_console.journal.service import PastAct
from care_console.services import Services
from care_console.staff.records import ClerkRecord, DepartmentRecord


async def put_sample(services: Services, sample: Sample) -> Put:
    """Fill empty records with ``sample`` and return what became of it there."""
    put = await services.store.write(_put, services, sample)
    await services.settings.load()
    return put


def _put(db: Session, services: Services, sample: Sample) -> Put:
    today = services.cards.today()
    ids = {
        key: services.cards.put_bare(db, new_card(said, today))
        for key, said in sample.cards.items()
    }
    services.index.index(db, list(ids.values()))
    for key, said in sample.cards.items():
        _own(db, ids, ids[key], said["memberships"])
    _relate(db, ids, sample, today)
    _staff(db, sample, ids)
    clerk = _clerk(db, services, sample, ids)
    services.settings.keep(db, Command(uuid4(), clerk), sample.options())
    matters = {key: _matter(db, ids, said, today) for key, said in sample.matters.items()}
    _recent(db, services, _contacts(db, services, sample, ids, matters))
    _tell_matters(db, services, sample, ids)
    services.dealings.take(db, [_dealing(said, sample, ids, today) for said in sample.dealings])
    return Put(clerk, ids, matters)


def _staff(db: Session, sample: Sample, ids: Ids) -> None:
    """Lay the remedies with their limits, and let people work here, in their departments."""
    lay(db, sample.company["company"]["currency"])
    rooms = {each.name_key: each for each in db.exec(select(DepartmentRecord))}
    for said in sample.staff:
        name = said["department"]
        if (key := fold(name)) not in rooms:
            rooms[key] = DepartmentRecord(name=name, name_key=key)
            db.add(rooms[key])
            db.flush()
        card_id, role = ids[said["card"]], said["role"]
        db.add(ClerkRecord(card_id=card_id, role=role, department_id=rooms[key].id))
    db.flush()


def _clerk(db: Session, services: Services, sample: Sample, ids: Ids) -> Clerk:
    said = sample.company["clerk"]
    card_id = ids[said["card"]]
    return Clerk(services.staff.name_of(db, card_id), said["role"], card_id)


def _own(db: Session, ids: Ids, card_id: int, said: list[Said]) -> None:
    """Say who owns each membership and who made the sale, now that all cards are there."""
    wanted = select(MembershipRecord).where(MembershipRecord.card_id == card_id)
    for record, one in zip(db.exec(wanted.order_by(col(MembershipRecord.id))), said, strict=True):
        record.owner_card_id = ids[one["owner"]] if "owner" in one else None
        record.sold_by_card_id = ids[one["sold_by"]] if "sold_by" in one else None


def _relate(db: Session, ids: Ids, sample: Sample, today: date) -> None:
    db.add_all(
        RelationRecord(
            first_id=ids[each["from"]],
            second_id=ids[each["to"]],
            kind=each["kind"],
            since=day(each, "since", today),
        )
        for each in sample.relations
    )


def _matter(db: Session, ids: Ids, said: Said, today: date) -> int:
    closed = said["state"] == "closed"
    record = MatterRecord(
        card_id=ids[said["card"]],
        title=said["title"],
        state=said["state"],
        opened_at=moment(said["opened_days_ago"], said["opened_at"], today),
        closed_at=moment(said["closed_days_ago"], said["closed_at"], today) if closed else None,
    )
    db.add(record)
    db.flush()
    return record.id


def _dealing(said: Said, sample: Sample, ids: Ids, today: date) -> NewDealing:
    """Return what another program of the house would say of one dealing."""
    seller = sample.cards[said["sold_by"]] if "sold_by" in said else {}
    names = (seller.get("given", ""), seller.get("family", ""))
    whose = str(ids[said["card"]]) if "card" in said else ""
    return NewDealing(
        kind=DealingKind(said["kind"]),
        number=said["number"],
        dated=today - timedelta(days=said["days_ago"]),
        minor=said.get("amount"),
        currency=sample.company["company"]["currency"],
        state=DealingState(said["state"]),
        state_words=said.get("words", ""),
        seller=" ".join(name for name in names if name),
        customer=Customer(card_id=whose, name=said.get("name", "")),
    )


def _contacts(
    db: Session, services: Services, sample: Sample, ids: Ids, matters: Ids
) -> list[Said]:
    """Keep the contacts of the past, as the desk leaves those that it finished."""
    today = services.cards.today()
    rows = [
        _contact(said, sample.cards[key], ids[key], ids, matters, today)
        for key, said in entries(sample)
    ]
    db.execute(insert(ContactRecord), rows)
    kept = db.exec(select(ContactRecord.id).order_by(col(ContactRecord.id))).all()
    acts = [_act(row, contact_id) for row, contact_id in zip(rows, kept, strict=True)]
    services.journal.write_all(db, acts)
    return rows


def _contact(said: Said, card: Said, card_id: int, ids: Ids, matters: Ids, today: date) -> Said:
    start = moment(said["days_ago"], said["at"], today)
    belongs = any(one["group"] == said["group"] for one in card["memberships"])
    return {
        "card_id": card_id,
        "matter_id": matters.get(said.get("matter", "")),
        "clerk_card_id": ids[said["by"]],
        "channel": said["channel"],
        "direction": said["direction"],
        "card_group": said["group"] if belongs else "",
        "state": State.FINISHED,
        "reason": said["reason"],
        "notes": said["note"],
        "matter_title": "",
        "outcome": said["outcome"],
        "started_at": start,
        "ended_at": start + timedelta(minutes=said["minutes"]),
        "saved_at": start,
    }


def _act(row: Said, contact_id: int) -> PastAct:
    facts = {
        "contact_id": contact_id,
        "channel": row["channel"],
        "direction": row["direction"],
        "outcome": row["outcome"],
        "minutes": minutes(row["started_at"], row["ended_at"]),
    }
    return PastAct(
        command=Command(uuid4(), Clerk("", "", row["clerk_card_id"])),
        kind="contact_finished",
        facts=facts,
        about=(row["card_id"], row["card_group"]),
        personal={"reason": row["reason"], "notes": row["notes"]},
        at=row["started_at"],
    )


def _recent(db: Session, services: Services, contacts: Iterable[Said]) -> None:
    """Keep when there was last a contact with each card, and how often each reason was given."""
    last = {row["card_id"]: row["started_at"] for row in contacts}
    for card_id, at in last.items():
        services.index.touch(db, card_id, at)
    counted = Counter(row["reason"] for row in contacts)
    db.add_all(
        ReasonRecord(title_key=fold(reason), title=reason, uses=uses)
        for reason, uses in counted.items()
    )


def _tell_matters(db: Session, services: Services, sample: Sample, ids: Ids) -> None:
    for card_id in {ids[said["card"]] for said in sample.matters.values()}:
        services.matters.tell(db, card_id)
