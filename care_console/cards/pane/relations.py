"""What other cards are to this one, read from its side."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from care_console.base.words import _, ngettext
from care_console.cards.pane.badges import Badges
from care_console.cards.pane.picker import CardPicker
from care_console.cards.rules import Relation, RelationKind
from care_console.cards.rules.words import relation_words
from care_console.cards.service import Search
from care_console.kit import Button, Canvas, ElidingLabel, Field, Ink, Label, Themed, current_look
from care_console.kit.canvas import CORNER
from care_console.kit.fields import ICON_ROOM, SIDE, paint_field

MOST = 50  # rows; a company may have thousands of people


class Choice(Themed, QComboBox):
    """One of several, in the theme's own size."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)
        self.restyle()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            canvas = Canvas(painter, self.rect(), self.layoutDirection())
            focus, on = self.hasFocus(), self.isEnabled()
            paint_field(canvas, focus=focus, bad=False, enabled=on, corner=CORNER)
            side, room = canvas.px(SIDE), canvas.px(ICON_ROOM)
            middle, right = canvas.bounds.center().y(), canvas.bounds.right()
            canvas.text(canvas.bounds.adjusted(side, 0, -room, 0), self.currentText(), Ink())
            canvas.icon("down", "text3", right - room, middle - canvas.px(8), 16)

    def restyle(self) -> None:
        self.setFont(current_look().font())
        self.setMinimumHeight(current_look().px(34))
        super().restyle()


class RelationRow(QWidget):
    """One other card, and what it is."""

    opened = Signal(int)
    removed = Signal(int)

    def __init__(self, relation: Relation) -> None:
        super().__init__()
        self.relation = relation
        words = relation_words(relation.kind, forward=relation.forward)
        self.other = Button(relation.other, "quiet")
        self.other.setAccessibleName(
            _("{relation} {name}, open the card").format(relation=words, name=relation.other)
        )
        shapes = Badges()
        shapes.show_groups(relation.other_groups)
        remove = Button(_("Remove"), "quiet", "minus")
        remove.setAccessibleName(
            _("Remove: {relation} {name}").format(relation=words, name=relation.other)
        )
        self.other.clicked.connect(lambda: self.opened.emit(relation.other_id))
        remove.clicked.connect(lambda: self.removed.emit(relation.id))
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(ElidingLabel(words, colour="text2"))
        across.addWidget(self.other)
        across.addWidget(shapes)
        across.addStretch(1)
        across.addWidget(remove)


class RelationSection(QWidget):
    """All of them, and the way to one more: what it is, then a few letters of who."""

    opened = Signal(int)  # another card
    removed = Signal(int)  # a relation
    wanted = Signal(object, bool, int)  # RelationKind, whether read from here, the other card

    def __init__(self, search: Search) -> None:
        super().__init__()
        self.rows: list[RelationRow] = []
        self.kind = Choice(_("What they are to each other"))
        for kind in RelationKind:
            both = {relation_words(kind, forward=way): way for way in (False, True)}
            for words, forward in reversed(both.items()):
                self.kind.addItem(words, (kind.value, forward))
        self.other = CardPicker(search)
        self.other.changed.connect(self._choose)
        what = Field(_("What they are to each other"), self.kind)
        who = Field(_("The other card"), self.other)
        self.other.edit.setAccessibleName(_("The other card"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._more = Label(size=12, colour="text3", wrap=True)
        self._more.hide()
        self._column.addWidget(self._more)
        across = QHBoxLayout()
        across.addWidget(what, 2)
        across.addWidget(who, 3)
        self._column.addLayout(across)

    def show_relations(self, relations: Sequence[Relation]) -> None:
        """Show these; those that are shown already stay as they are."""
        if [row.relation for row in self.rows] == list(relations[:MOST]):
            return
        for old in self.rows:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.rows = [RelationRow(each) for each in relations[:MOST]]
        left = max(0, len(relations) - MOST)
        more = ngettext("{count} more is not shown here.", "{count} more are not shown here.", left)
        self._more.setText(more.format(count=left))
        self._more.setVisible(left > 0)
        for at, row in enumerate(self.rows):
            self._column.insertWidget(at, row)
            row.opened.connect(self.opened)
            row.removed.connect(self.removed)

    def _choose(self) -> None:
        other = self.other.value()
        if isinstance(other, int):
            kind, forward = self.kind.currentData()
            self.wanted.emit(RelationKind(kind), forward, other)
            self.other.put(None)
