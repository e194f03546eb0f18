"""What imports remember: what rows said, what only vCards say, and what to take back."""

from datetime import datetime
from typing import Any

from sqlmodel import JSON, Field, SQLModel

from care_console.store import Id, Key, Moment


class ImportedRecord(SQLModel, table=True):
    """A row that was taken in, and what it said then."""

    __tablename__ = "imported"

    row_key: str = Field(primary_key=True, sa_type=Key)
    card_id: int = Field(foreign_key="card.id", sa_type=Id, index=True)
    said: dict[str, Any] = Field(sa_type=JSON)  # what stood in it


class KeptRecord(SQLModel, table=True):
    """A line of a card's vCard that no field takes, for the export to give back."""

    __tablename__ = "card_kept"
    __table_args__ = {"sqlite_autoincrement": True}

    id: int = Field(default=None, primary_key=True, sa_type=Id)
    card_id: int = Field(foreign_key="card.id", sa_type=Id, index=True)
    line: str


class RunRecord(SQLModel, table=True):
    """One import of one file."""

    __tablename__ = "import_run"
    __table_args__ = {"sqlite_autoincrement": True}

    id: int = Field(default=None, primary_key=True, sa_type=Id)
    begun_at: datetime = Field(sa_type=Moment)
    seen_at: datetime = Field(sa_type=Moment)  # when it was last at work
    clerk_card_id: int | None = Field(default=None, foreign_key="card.id", sa_type=Id)
    file: str  # its name, without its folder
    state: str
    read: int = 0
    new: int = 0
    updated: int = 0
    unchanged: int = 0
    left_out: int = 0


class ActRecord(SQLModel, table=True):
    """What a row of an import did to a card, until it is taken back."""

    __tablename__ = "import_act"
    __table_args__ = {"sqlite_with_rowid": False}

    run_id: int = Field(foreign_key="import_run.id", primary_key=True, sa_type=Id)
    row: int = Field(primary_key=True, sa_type=Id)
    card_id: int = Field(sa_type=Id, index=True)
    made: bool  # else the card was there
    tied: bool = False  # among the ops are relations
    row_key: str = Field(sa_type=Key)
    ops: list[dict[str, Any]] = Field(sa_type=JSON)  # of a card that was there, and relations
    said: dict[str, Any] = Field(sa_type=JSON)  # what the row had said before


class MappingRecord(SQLModel, table=True):
    """What the columns of a table hold, as somebody said it, by the titles above them."""

    __tablename__ = "import_mapping"

    titles_key: str = Field(primary_key=True, sa_type=Key)
    columns: dict[str, str] = Field(sa_type=JSON)  # the choice for each place
