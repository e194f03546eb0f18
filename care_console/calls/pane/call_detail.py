"""One call in full, and what can be done about it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from care_console.base.names import clean
from care_console.base.phone import show
from care_console.base.spell import DEFAULT_LOCALE, day_and_hour, hour, length
from care_console.base.words import N_, _, ngettext
from care_console.calls.pane.called import number_words, who_rang
from care_console.calls.rules import CallRow, CallState, Match
from care_console.calls.rules.causes import cause_words
from care_console.calls.rules.listing import came_to
from care_console.kit import Button, Field, FlowLayout, Label, LineEdit, Notice, Panel, current_look
from care_console.lines.ours import line_words

MATCHES: dict[str, str] = {
    Match.KNOWN: N_("The number is on one card only"),
    Match.SHARED: N_("Several people may call from this number"),
    Match.MAYBE: N_("The number is mentioned in a note"),
    Match.UNKNOWN: N_("The number was on no card"),
    Match.WITHHELD: N_("There was no number to go by"),
}
FACTS = (
    N_("Number"),
    N_("Called on"),
    N_("Rang"),
    N_("Answered"),
    N_("By"),
    N_("How long"),
    N_("Ended because"),
    N_("Passed on from"),
    N_("Line"),
    N_("Match"),
)


class Picker(Protocol):
    """A field, a widget, in which a card is chosen."""

    edit: LineEdit
    changed: Any  # a Signal

    def put(self, value: None) -> None:
        """Show that nobody is chosen."""

    def value(self) -> object:
        """Return the id of who was chosen, or None."""


class CallDetail(Panel):
    """Tells what is known; what is not is left out. Its boxes ask whose it was, and why not."""

    call_wanted = Signal()
    seen_wanted = Signal()
    card_wanted = Signal()
    attached = Signal(int)  # a card's id
    ignored = Signal(str, str)  # a number or the beginning of some, and why
    left = Signal()  # a box was closed: the keyboard goes back to the list

    def __init__(self, picker: Picker, locale: str = DEFAULT_LOCALE) -> None:
        super().__init__(_("This call"), "phone")
        self._locale = locale
        self.call: CallRow | None = None
        self._can_call = self._may_ignore = False
        self.who = Label(size=20, weight=600, wrap=True)
        self.became = Label(colour="text2", wrap=True)
        self.facts = {
            words: (Label(_(words), size=12, colour="text2"), _value()) for words in FACTS
        }
        self.call_back = Button(_("Call back"), "primary", "phone-out", "C")
        self.seen = Button("", "plain", "check", _("Space"))
        self.card = Button(_("Open the card"), "plain", "person", _("Enter"))
        self.attach = Button("", "plain", "people", "A")
        self.ignore = Button(_("Ignore this number…"), "quiet", "minus", "I")
        self.picker = picker
        self.whose = Field(_("Whose call was it?"), cast(QWidget, picker))
        self.pattern, self.why = LineEdit(), LineEdit()
        self.number = Field(_("Number; with a star at the end all that begin so"), self.pattern)
        self.reason = Field(_("Why, for the colleagues"), self.why)
        self.theirs = Notice("warn")
        self.do_ignore = Button(_("Ignore"), "danger", "minus")
        self.back = Button(_("Back"), "quiet", key=_("Esc"))
        self._lay_out()
        self._connect()
        self.show_call(None, datetime.now().astimezone())

    @property
    def asks(self) -> bool:
        """Whether one of its boxes is open."""
        return not self.whose.isHidden() or not self._box.isHidden()

    def allow(self, *, call: bool | None = None, ignore: bool | None = None) -> None:
        """Offer to call, and to ignore, or not."""
        self._can_call = self._can_call if call is None else call
        self._may_ignore = self._may_ignore if ignore is None else ignore
        self._offer()

    def show_call(self, call: CallRow | None, now: datetime, count: int = 1) -> None:
        """Show a call, the newest of ``count`` missed ones, or that none is chosen."""
        if self.call is None or call is None or self.call.id != call.id:
            self.close_boxes()
        self.call = call
        self._inside.setVisible(call is not None)
        if call is None:
            return
        self.who.setText(who_rang(call))
        times = ngettext("rang once", "rang {count} times", count).format(count=count)
        words = _("{what}, {times}").format(what=came_to(call), times=times)
        self.became.setText(words if count > 1 else came_to(call))
        for name, text in self._known(call, now).items():
            for part in self.facts[name]:
                part.setVisible(bool(text))
            self.facts[name][1].setText(text)
        self._offer()

    def ask_whose(self) -> None:
        """Ask whose call it was."""
        if self.call is not None and self.call.number:
            self.close_boxes()
            self.picker.put(None)
            self.whose.show()
            self.picker.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask_ignore(self) -> None:
        """Ask which numbers are no longer to ring, and why."""
        call = self.call
        if call is None or self.ignore.isHidden():
            return
        self.close_boxes()
        self.pattern.setText(call.number)
        self.why.clear()
        self.number.fault()
        name = clean(call.card_name)
        self.theirs.tell(_("{name} called from it, and would not ring any more.").format(name=name))
        self.theirs.setVisible(bool(name))
        self._box.show()
        self.why.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_boxes(self) -> None:
        """Ask nothing any more."""
        self.whose.hide()
        self._box.hide()

    def _known(self, call: CallRow, now: datetime) -> dict[str, str]:
        talked = call.answered_at is not None and call.ended_at is not None
        took = (
            (call.ended_at - call.answered_at).total_seconds()
            if call.answered_at is not None and call.ended_at is not None
            else 0.0
        )
        answered = hour(call.answered_at, self._locale) if call.answered_at is not None else ""
        ours = call.state in (CallState.OUTGOING, CallState.IGNORED)
        values = (
            number_words(call),
            clean(call.called),
            day_and_hour(call.started_at, now, self._locale),
            answered,
            clean(call.clerk),
            length(took) if talked else "",
            cause_words(call.cause),
            show(clean(call.diverted_from)) if call.diverted_from else "",
            line_words(call.line),
            "" if ours else _(MATCHES.get(call.match, "")) if call.match in MATCHES else "",
        )
        return dict(zip(FACTS, values, strict=True))

    def _offer(self) -> None:
        call = self.call
        if call is None:
            return
        e164 = call.number.startswith("+")
        missed = call.state == CallState.MISSED
        self.call_back.setText(_("Call back") if call.direction == "in" else _("Call again"))
        self.call_back.setVisible(self._can_call and e164)
        self.seen.setText(_("Still to be seen to") if call.seen else _("Seen to"))
        self.seen.set_icon("undo" if call.seen else "check")
        self.seen.setVisible(missed)
        self.card.setVisible(call.card_id is not None)
        self.attach.setText(
            _("Somebody else’s…") if call.card_id is not None else _("Whose call?…")
        )
        self.attach.setVisible(bool(call.number))
        self.ignore.setVisible(self._may_ignore and e164 and call.direction == "in")

    def _connect(self) -> None:
        pairs: tuple[tuple[Button, Callable[..., object]], ...] = (
            (self.call_back, self.call_wanted.emit),
            (self.seen, self.seen_wanted.emit),
            (self.card, self.card_wanted.emit),
            (self.attach, self.ask_whose),
            (self.ignore, self.ask_ignore),
            (self.do_ignore, self._ignore),
            (self.back, self._leave),
        )
        for button, act in pairs:
            button.clicked.connect(lambda _on=False, act=act: act())
        self.picker.changed.connect(self._picked)
        for edit in (self.pattern, self.why):
            edit.returnPressed.connect(self._ignore)

    def _picked(self) -> None:
        card_id = self.picker.value()
        if isinstance(card_id, int):
            self._leave()
            self.attached.emit(card_id)

    def _ignore(self) -> None:
        self.ignored.emit(self.pattern.text(), self.why.text())

    def _leave(self) -> None:
        self.close_boxes()
        self.left.emit()

    def _lay_out(self) -> None:
        px = current_look().px
        self._inside, self._box = QWidget(), QWidget()
        down = QVBoxLayout(self._inside)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(px(8))
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(16))
        grid.setColumnStretch(1, 1)
        for row, (name, value) in enumerate(self.facts.values()):
            grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, row, 1)
        buttons = QWidget()
        flow = FlowLayout(buttons, gap=8)
        for button in (self.call_back, self.seen, self.card, self.attach, self.ignore):
            flow.addWidget(button)
        for part in (self.who, self.became):
            down.addWidget(part)
        down.addLayout(grid)
        for each in (buttons, self.whose, self._ignore_box()):
            down.addWidget(each)
        self.body.addWidget(self._inside)

    def _ignore_box(self) -> QWidget:
        box = QVBoxLayout(self._box)
        box.setContentsMargins(0, 0, 0, 0)
        for part in (self.theirs, self.number, self.reason):
            box.addWidget(part)
        buttons = QWidget()
        flow = FlowLayout(buttons, gap=8)
        for button in (self.do_ignore, self.back):
            flow.addWidget(button)
        box.addWidget(buttons)
        return self._box


def _value() -> Label:
    return Label(wrap=True, tabular=True)
