"""Callers of every kind, as a ring would find them, and contacts on the desk."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from care_console.base.phone import Number
from care_console.calls.rules import Caller, Candidate, Match
from care_console.cards.rules import Brief, Fact, Headline, Kind

NOW = datetime(2030, 1, 7, 9, 0, tzinfo=UTC)
GREETING = "Good morning, Northgate Heating, Rosa speaking."
HOSTILE = "<b>Ann</b> \u202e&amp;<img src=x> " + "W" * 10_000
CTRL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier


def headline(id=1, name="Maria Okafor", groups=("end-user", "distributor"), **more):
    texts = "company title preferred say_it form_of_address pronoun language preferred_channel"
    texts += " preferred_hours accessibility do dont"
    return Headline(
        **{"id": id, "name": name, "kind": Kind.PERSON, "groups": groups}
        | dict.fromkeys(texts.split(), "")
        | more
    )


def candidate(head, why="the number is on this card", days=None, times=0):
    last = None if days is None else NOW - timedelta(days=days)
    return Candidate(head, last, times, why)


KNOWN = Caller(
    Number("+442079460123", "+442079460123"),
    "+44 20 7946 0123",
    Match.KNOWN,
    (candidate(headline(), "the only card with this number", times=3),),
    greeting=GREETING,
    called="the main number",
    times_before=3,
)
PETER = headline(
    2,
    "Peter Halden",
    ("distributor",),
    company="Halden & Sons",
    title="Owner",
    facts=(Fact("matter", 1, NOW - timedelta(hours=1), "Proof of delivery"),),
)
INGRID = headline(3, "Ingrid Halden", ("distributor", "supplier"), company="Halden & Sons")
SHARED = replace(
    KNOWN,
    shown="+44 161 496 0350",
    match=Match.SHARED,
    candidates=(candidate(PETER, days=2, times=9), candidate(INGRID, days=99, times=2)),
    organisation=Brief(9, "Halden & Sons", Kind.ORGANISATION, ("distributor",), ""),
)
MAYBE = replace(
    KNOWN,
    match=Match.MAYBE,
    candidates=(candidate(headline(4, "Ella Brandt"), "the number is mentioned in a note"),),
)
UNKNOWN = replace(
    KNOWN, shown="+44 113 496 0877", match=Match.UNKNOWN, candidates=(), times_before=0
)
WITHHELD = replace(
    UNKNOWN, number=Number("", None), shown="Number withheld", match=Match.WITHHELD, hidden=True
)
ALL = (KNOWN, SHARED, MAYBE, UNKNOWN, WITHHELD)


def named(caller, name):
    """Return the same caller by another name."""
    head = replace(caller.candidates[0].headline, name=name)
    return replace(caller, candidates=(replace(caller.candidates[0], headline=head),))


@dataclass(frozen=True)
class Contact:
    """A contact on the desk, as the window keeps it."""

    contact_id: int
    title: str
    groups: tuple = ()
    since: datetime = NOW
    telephone: bool = True
    ended: bool = False
    ours: bool = False


def on_screen(qtbot, widget, width=620, height=620):
    """Show a widget in a window of its own."""
    qtbot.addWidget(widget)
    widget.resize(width, height)
    widget.show()
    return widget


def press(*keys, modifier=NONE):
    """Press keys where the focus is."""
    for key in keys:
        QTest.keyClick(QApplication.focusWidget(), key, modifier)


def write(text):
    """Type text where the focus is."""
    QTest.keyClicks(QApplication.focusWidget(), text)


def nameless(widget):
    """Return what can have the focus in ``widget`` but has no name for a screen reader."""
    inside = (each for each in widget.findChildren(QWidget) if each.isVisibleTo(widget))
    focusable = (each for each in inside if each.focusPolicy() != Qt.FocusPolicy.NoFocus)
    return [each for each in focusable if not each.accessibleName() and not _within(each)]


def _within(widget):
    """Whether Qt's own part of something that has a name."""
    parent = widget.parentWidget()
    return widget.objectName().startswith("qt_") and parent is not None


def clipped(widget):
    """Return the buttons in ``widget`` that are smaller than their words."""
    from care_console.kit.buttons import PaintedButton

    shown = (each for each in widget.findChildren(PaintedButton) if each.isVisibleTo(widget))
    return [each for each in shown if each.width() < each.sizeHint().width()]
