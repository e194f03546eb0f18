"""What the journal is told of a remedy, whatever becomes of it."""

from sqlmodel import Session

from care_console.authority.records import CatalogueRecord, RemedyRecord
from care_console.base.command import Command
from care_console.journal.service import Journal


def tell(
    journal: Journal,
    db: Session,
    command: Command,
    entry: str,
    remedy: RemedyRecord,
    kind: CatalogueRecord | None = None,
) -> None:
    """Journal, inside somebody's unit, an ``entry`` about a remedy of this ``kind``.

    Its reason is why it ended, else why it was given.
    """
    kind = kind or db.get_one(CatalogueRecord, remedy.catalogue_id)
    facts = {
        "remedy_id": remedy.id,
        "catalogue_id": kind.id,
        "recovery_id": remedy.recovery_id,
        "minor": remedy.amount_minor,
        "currency": remedy.currency,
        "pieces": remedy.pieces,
        "unit": kind.unit,
    }
    said = {"name": kind.name, "why": remedy.outcome or remedy.why}
    personal = {name: words for name, words in said.items() if words}
    about = (remedy.card_id, kind.card_group)
    journal.write(db, command, entry, facts, about, personal=personal)
