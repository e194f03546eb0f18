"""Cards that were merged into others, what moved with them, and pairs that are not the same."""

from sqlmodel import Field, SQLModel

from care_console.store import Id


class ReplacedRecord(SQLModel, table=True):
    """That a card is no longer used: another one stands in its place."""

    __tablename__ = "card_replaced"

    card_id: int = Field(foreign_key="card.id", primary_key=True, sa_type=Id)
    by_card_id: int = Field(foreign_key="card.id", sa_type=Id, index=True)
    entry_id: int = Field(foreign_key="entry.id", sa_type=Id)  # that merged them


class MovedRecord(SQLModel, table=True):
    """One row that moved in a merge, and a digest by which a later change of it is noticed."""

    __tablename__ = "card_moved"

    entry_id: int = Field(foreign_key="entry.id", primary_key=True, sa_type=Id)
    place: str = Field(primary_key=True)  # the table
    row_key: str = Field(primary_key=True)  # as JSON, as it is since then
    columns: str  # that were moved, with a blank between
    digest: str


class DistinctRecord(SQLModel, table=True):
    """That somebody looked at two cards, and they are not the same."""

    __tablename__ = "card_distinct"

    first_id: int = Field(foreign_key="card.id", primary_key=True, sa_type=Id)
    second_id: int = Field(foreign_key="card.id", primary_key=True, sa_type=Id, index=True)
