"""The company's options, as they are kept."""

from typing import Any

from sqlmodel import JSON, Field, SQLModel


class OptionRecord(SQLModel, table=True):
    """One option that was set; the others have their defaults."""

    __tablename__ = "option"

    name: str = Field(primary_key=True)
    value: Any = Field(sa_type=JSON)
