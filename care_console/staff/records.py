"""The clerks, their departments and their secrets, as they are kept."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from care_console.store import Id, Key, Moment


class DepartmentRecord(SQLModel, table=True):
    """A part of the house that works and spends together."""

    __tablename__ = "department"
    __table_args__ = {"sqlite_autoincrement": True}

    id: int = Field(default=None, primary_key=True, sa_type=Id)
    name: str
    name_key: str = Field(sa_type=Key, unique=True)  # folded
    active: bool = True


class ClerkRecord(SQLModel, table=True):
    """An employee who works at a console."""

    __tablename__ = "clerk"

    card_id: int = Field(foreign_key="card.id", primary_key=True, sa_type=Id)
    role: str
    department_id: int | None = Field(
        default=None, foreign_key="department.id", sa_type=Id, index=True
    )
    active: bool = True
    passphrase: str = ""  # its argon2id, or empty until one is set
    pin: str = ""  # its argon2id
    words: str = "always"  # when the words of a recovery are shown: always, key, never


class AttemptRecord(SQLModel, table=True):
    """Wrong passphrases or PINs that were typed for one name, known or not."""

    __tablename__ = "sign_in_attempt"

    name_key: str = Field(primary_key=True, sa_type=Key)  # of a clerk, or a digest of what it was
    secret: str = Field(primary_key=True)  # passphrase, pin
    failures: int
    next_at: datetime = Field(sa_type=Moment)  # before which none is looked at
    blocked: bool = False  # until another supervisor lifts it
