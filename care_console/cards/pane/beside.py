"""Who may already have the card that is being typed, shown beside the form with each key."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from care_console.base.words import _
from care_console.cards.rules import NewCard
from care_console.cards.rules.shown import second_line
from care_console.cards.service import Doubles
from care_console.cards.service.doubles import Likely
from care_console.kit import (
    Errands,
    Field,
    Label,
    LineEdit,
    ListView,
    PersonDelegate,
    PersonRow,
    Row,
    current_look,
)
from care_console.store import NoAnswer

ROW = 58


class Beside(QWidget):
    """The likely doubles, and a line for why it is somebody else all the same."""

    chosen = Signal(int)  # a card that is opened instead
    turned = Signal(bool)  # whether somebody is shown

    def __init__(self, doubles: Doubles, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._doubles = doubles
        self._shown: tuple[int, ...] = ()
        self.errands = Errands(self)
        self.list = LikelyList()
        self.list.chosen.connect(self._choose)
        self.why = LineEdit(_("optional"))
        self.why.setAccessibleName(_("Why it is somebody else"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, current_look().px(8), 0, 0)
        column.addWidget(Label(_("Perhaps there already:"), weight=600))
        column.addWidget(self.list)
        column.addWidget(Field(_("Why it is somebody else"), self.why))
        self.hide()

    def look(self, new: NewCard) -> None:
        """Look for whoever is typed; what never waits is shown with the key that asked for it."""
        self.errands.look_now("look", self._look(new))

    def clear(self) -> None:
        """Show nobody."""
        self.why.clear()
        self._show(())

    def with_despite(self, new: NewCard) -> NewCard:
        """Return ``new`` with who was shown, and why it is somebody else."""
        return replace(new, despite=self._shown, despite_why=self.why.text().strip())

    async def _look(self, new: NewCard) -> None:
        try:
            self._show(await self._doubles.while_typing(new))
        except NoAnswer:
            self._show(())  # a card can be started though the records do not answer

    def _show(self, likely: Sequence[Likely]) -> None:
        self._shown = tuple(each.brief.id for each in likely)
        self.list.show_likely(likely)
        self.setVisible(bool(likely))
        self.turned.emit(bool(likely))

    def _choose(self, row: Row) -> None:
        if isinstance(row.id, int):
            self.chosen.emit(row.id)


class LikelyList(ListView):
    """The cards that are likely the same, each with its digit and why."""

    def __init__(self) -> None:
        super().__init__(PersonDelegate(flush=True), name=_("Perhaps there already"), uniform=True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_likely(self, likely: Sequence[Likely]) -> None:
        """Show these."""
        rows = [
            PersonRow(
                key=str(digit),
                id=each.brief.id,
                name=each.brief.name,
                groups=each.brief.groups,
                sub=second_line(each.brief),
                right1=each.likeness.words,
            )
            for digit, each in enumerate(likely, start=1)
        ]
        self.rows.set_rows(rows)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        rows = max(1, self.rows.rowCount())
        return QSize(super().sizeHint().width(), current_look().px(ROW) * rows + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())
