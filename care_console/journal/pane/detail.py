"""One entry in full: who, when, about whom, and each thing before and after."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from care_console.base.words import _
from care_console.journal.rules import Act, Line, told
from care_console.kit import Button, FlowLayout, Label, Panel, Rule, Scroll

MOST_CARDS = 12  # buttons; an import may be about thousands
NAMES, BEFORE, AFTER = range(3)


class Detail(Panel):
    """What the list has no room for."""

    card_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Before and after"), "swap", parent=parent)
        self._shown: QWidget | None = None
        self._empty = Label(_("Choose an entry to see what it changed."), colour="text3", wrap=True)
        self.body.addWidget(self._empty)
        self.body.addStretch()  # of no weight beside what is shown

    def show_act(self, act: Act | None, said: Line, when: str, names: Mapping[int, str]) -> None:
        """Show an entry, or none. ``names`` are those of the cards; ``when`` is in words."""
        if self._shown is not None:
            self.body.removeWidget(self._shown)
            self._shown.deleteLater()
            self._shown = None
        self._empty.setVisible(act is None)
        if act is not None:
            self._shown = Scroll(self._whole(act, said, when, names))
            self.body.insertWidget(0, self._shown, 1)

    def _whole(self, act: Act, said: Line, when: str, names: Mapping[int, str]) -> QWidget:
        whole = QWidget()
        down = QVBoxLayout(whole)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(8)
        down.addWidget(Label(said.title, size=15, weight=600, wrap=True))
        if said.sub:
            down.addWidget(Label(said.sub, colour="text2", wrap=True))
        who = names.get(act.entry.clerk_card_id or 0, "") or _("Nobody who is known here")
        down.addWidget(Label(_("{who}, {when}").format(who=who, when=when), wrap=True))
        if act.card_ids:
            down.addWidget(self._cards(act, names))
        down.addWidget(Rule())
        down.addWidget(self._changes(act))
        place = _("Entry {number} of {origin}, {kind}").format(
            number=act.number, origin=act.origin, kind=act.entry.kind
        )
        down.addWidget(Label(place, size=12, colour="text3", wrap=True))
        down.addStretch(1)
        return whole

    def _cards(self, act: Act, names: Mapping[int, str]) -> QWidget:
        around = QWidget()
        flow = FlowLayout(around)
        for card_id in act.card_ids[:MOST_CARDS]:
            button = Button(names.get(card_id, str(card_id)), "quiet", "person")
            button.clicked.connect(lambda _on=False, card=card_id: self.card_chosen.emit(card))
            flow.addWidget(button)
        if (more := len(act.card_ids) - MOST_CARDS) > 0:
            flow.addWidget(Label(_("and {count} more").format(count=more), colour="text3"))
        return around

    def _changes(self, act: Act) -> QWidget:
        around = QWidget()
        grid = QGridLayout(around)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        things = told(act.entry)
        if not things:
            grid.addWidget(Label(_("It tells nothing more."), colour="text3", wrap=True), 0, 0)
            return around
        for column, words in enumerate((_("What"), _("Before"), _("After"))):
            grid.addWidget(Label(words, size=12, weight=500, colour="text3"), 0, column)
        for row, each in enumerate(things, 1):
            for column, words in enumerate((each.what, each.before, each.after)):
                colour = "text2" if column < AFTER else "text"
                label = Label(words, colour=colour, wrap=True)
                grid.addWidget(label, row, column, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(BEFORE, 1)
        grid.setColumnStretch(AFTER, 1)
        return around
