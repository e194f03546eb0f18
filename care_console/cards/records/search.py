"""What search reads: words, words with a letter left out, endings of numbers, who was there."""

from datetime import datetime

from sqlmodel import Field, Index, SQLModel

from care_console.store import Id, Key, Moment


class FaceRecord(SQLModel, table=True):
    """What a list shows of a card, in one row of its own, and all words by which it is found."""

    __tablename__ = "card_face"

    card_id: int = Field(foreign_key="card.id", primary_key=True, sa_type=Id)
    face: str
    words: str
    at: datetime | None = Field(default=None, sa_type=Moment)  # of the last contact


class WordRecord(SQLModel, table=True):
    """A word by which a card is found, with the others after it.

    Beside a name stands the card's face: a list of those who are next to each other here is read
    from one page of the file instead of twenty.
    """

    __tablename__ = "card_word"
    __table_args__ = {"sqlite_with_rowid": False}

    kind: str = Field(primary_key=True, sa_type=Key)
    key: str = Field(primary_key=True, sa_type=Key)
    card_id: int = Field(foreign_key="card.id", primary_key=True, sa_type=Id)
    face: str | None = None


class EndingRecord(SQLModel, table=True):
    """How a number on a card ends, and the digit before that; ``#`` is before an account's."""

    __tablename__ = "number_ending"
    __table_args__ = {"sqlite_with_rowid": False}

    ending: str = Field(primary_key=True, sa_type=Key)
    before: str = Field(primary_key=True, sa_type=Key)
    card_id: int = Field(foreign_key="card.id", primary_key=True, sa_type=Id)


class SlipRecord(SQLModel, table=True):
    """A word of five letters or more, with one of them left out."""

    __tablename__ = "word_slip"
    __table_args__ = {"sqlite_with_rowid": False}

    slip: str = Field(primary_key=True, sa_type=Key)
    word: str = Field(primary_key=True, sa_type=Key)


class NotedNumberRecord(SQLModel, table=True):
    """A telephone number that is only mentioned, in a note on a card or of a contact."""

    __tablename__ = "noted_number"

    e164: str = Field(primary_key=True, sa_type=Key)
    card_id: int = Field(foreign_key="card.id", primary_key=True, sa_type=Id, index=True)
    source: str = Field(primary_key=True)  # "card", or "contact" and its id


class RecentRecord(SQLModel, table=True):
    """When there was last a contact with a card."""

    __tablename__ = "card_recent"

    card_id: int = Field(foreign_key="card.id", primary_key=True, sa_type=Id)
    at: datetime = Field(sa_type=Moment, index=True)


class RecentWordRecord(SQLModel, table=True):
    """A word or an ending of a number of one of the cards that were in contact last."""

    __tablename__ = "recent_word"
    __table_args__ = (Index("recent_word_card", "card_id"), {"sqlite_with_rowid": False})

    kind: str = Field(primary_key=True, sa_type=Key)
    key: str = Field(primary_key=True, sa_type=Key)
    card_id: int = Field(foreign_key="card.id", primary_key=True, sa_type=Id)
    face: str | None = None
    at: datetime = Field(sa_type=Moment)
