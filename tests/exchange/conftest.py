"""Files as other programs write them, and what is taken from them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from care_console.cards.rules import NewCard
from care_console.exchange.rules.rows import Row, rows

FILES = Path(__file__).parent / "files"

Read = Callable[..., list[Row]]


@pytest.fixture
def cards() -> Callable[[str], list[NewCard]]:
    """The cards of one of the files here."""

    def read(name: str) -> list[NewCard]:
        return [row.card for row in rows(FILES / name, None) if row.card is not None]

    return read


@pytest.fixture
def read(tmp_path) -> Read:
    """What comes of a file of these bytes, or of this text in UTF-8."""

    def read(written: bytes | str, group=None) -> list[Row]:
        path = tmp_path / "addresses"
        path.write_bytes(written.encode() if isinstance(written, str) else written)
        return list(rows(path, group))

    return read


@pytest.fixture
def card(read) -> Callable[..., NewCard]:
    """The only card in a file of this text; of a vCard 3.0, the lines between VERSION and END."""

    def card(*lines: str, version: str = "3.0") -> NewCard:
        whole = ["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""]
        (row,) = read("\r\n".join(whole))
        assert row.card is not None, row.why
        return row.card

    return card
