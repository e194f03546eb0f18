"""The rows of a day: duties under the heads of its parts."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from care_console.base.names import clean
from care_console.base.words import _
from care_console.kit import DayRow, HeadRow, ListView, Row
from care_console.promises.rules import Duty, Part, parts
from care_console.promises.rules.words import ICONS, part_words, sub_words, when_words


def keys() -> list[tuple[str, str]]:
    """Return what the window's foot says while a list of duties has the keyboard."""
    return [
        (_("Enter"), _("open")),
        (_("Space"), _("done")),
        ("M", _("move")),
        ("H", _("hand over")),
        ("R", _("put it right")),
    ]


def day_rows(
    duties: Sequence[Duty], now: datetime, locale: str, own: int | None, here: int | None = None
) -> list[Row]:
    """Return the open ones by their parts; what is about the card ``here`` is marked.

    ``own`` is the clerk's card: what is theirs does not say whose it is.
    """
    rows: list[Row] = []
    for which, some in parts(duties, now):
        tone = "bad" if which is Part.LATE else "text2"
        rows.append(HeadRow(part_words(which), str(len(some)), tone))
        rows += [_row(each, now, locale, own, here) for each in some]
    return rows


def done_rows(duties: Sequence[Duty], now: datetime, locale: str, own: int | None) -> list[Row]:
    """Return what was done today, under its head."""
    head = HeadRow(_("Done today"), str(len(duties)), "ok")
    rows = [replace(_row(each, now, locale, own, None), icon="check") for each in duties]
    return [head, *rows] if rows else []


def marked(row: Row, duties: dict[int, Duty], here: int | None) -> Row:
    """Return the row, marked if it is about the card ``here``."""
    duty = duties.get(row.id) if isinstance(row.id, int) else None
    is_here = duty is not None and duty.card_id is not None and duty.card_id == here
    return replace(row, here=is_here) if isinstance(row, DayRow) and row.here != is_here else row


def show_first_head(view: ListView, row: Row | None) -> None:
    """Scroll to the very top where the first row is current: its head stands above it."""
    if row is not None and view.rows.place(row.id) <= 1:
        view.scrollToTop()


def _row(duty: Duty, now: datetime, locale: str, own: int | None, here: int | None) -> DayRow:
    return DayRow(
        id=duty.id,
        icon=ICONS[duty.kind],
        title=clean(duty.title),
        sub=sub_words(duty, own, now, locale),
        when=when_words(duty, now, locale),
        late=duty.late(now),
        groups=duty.groups,
        here=duty.card_id is not None and duty.card_id == here,
    )
