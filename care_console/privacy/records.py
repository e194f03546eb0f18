"""Whose card was emptied, as it is kept."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from care_console.store import Id, Moment


class ErasedRecord(SQLModel, table=True):
    """A card that was emptied: no name, only enough to empty it again in an older copy.

    Ids are counted on from where an older copy ends, so the moment of the card's start tells
    whether a card of this id is still the same one.
    """

    __tablename__ = "erased"

    card_id: int = Field(foreign_key="card.id", primary_key=True, sa_type=Id)
    created_at: datetime = Field(sa_type=Moment)  # of the card
    erased_at: datetime = Field(sa_type=Moment)
