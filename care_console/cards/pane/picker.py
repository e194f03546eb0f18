"""A card chosen by a few letters, in the place where it is wanted."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from care_console.base.words import _
from care_console.cards.rules.draft import Value
from care_console.cards.rules.search import Hit
from care_console.cards.rules.shown import second_line
from care_console.cards.service import Search
from care_console.kit import (
    CommandDelegate,
    CommandRow,
    Errands,
    LineEdit,
    ListView,
    Themed,
    current_look,
)

MOST = 5  # found cards, shown at once
ROW_HEIGHT = 40


class CardPicker(Themed, QWidget):
    """Shows who was chosen; typing searches, ↓ and Enter choose, an emptied field is nobody.

    What was typed and not chosen is no choice: the field shows again who it was.
    """

    changed = Signal()

    def __init__(
        self, search: Search, *, groups: Sequence[str] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.errands = Errands(self)
        self.edit = LineEdit(_("Type a name or a number"), icon="search")
        self.found = ListView(CommandDelegate(flush=True), name=_("Found"), led=True)
        self._search, self._groups = search, tuple(groups)
        self._names: dict[int, str] = {}
        self._card_id: int | None = None
        self.setFocusProxy(self.edit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.edit)
        column.addWidget(self.found)
        self.found.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.found.hide()
        self.edit.textEdited.connect(self._look)
        self.found.chosen.connect(lambda row: self._choose(row.id, row.title))
        self.found.clicked.connect(lambda _where: self.found.choose())
        self.edit.installEventFilter(self)

    def learn(self, card_id: int | None, name: str) -> None:
        """Learn what a card is called, so that it can be shown."""
        if card_id is not None:
            self._names[card_id] = name

    def put(self, value: Value) -> None:
        """Show the card of this id, or nobody."""
        self._card_id = value if isinstance(value, int) else None
        self._show_chosen()

    def value(self) -> Value:
        """Return the id of who was chosen, or None."""
        return self._card_id

    def words(self, value: Value) -> str:
        """Return what the card of this id is called, as far as that is known here."""
        return self._names.get(value, "") if isinstance(value, int) else ""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._pressed(event.key())
        if event.type() == QEvent.Type.FocusOut:
            self._leave()
        return super().eventFilter(watched, event)

    def restyle(self) -> None:
        super().restyle()
        self._fit()

    def _pressed(self, key: int) -> bool:
        if not self.found.isVisible():
            return False
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(key))
        if step is not None:
            self.found.step(step)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.found.choose()
        elif key == Qt.Key.Key_Escape:
            self._leave()
        else:
            return False
        return True

    def _look(self, text: str) -> None:
        if text.strip():
            self.errands.look("find", self._find(text))
        else:
            self._choose(None, "")

    async def _find(self, text: str) -> None:
        self._show(await self._search.find(text, MOST, self._groups))

    def _show(self, hits: Sequence[Hit]) -> None:
        rows = [
            CommandRow(
                id=hit.brief.id,
                icon="",
                title=hit.brief.name,
                sub=second_line(hit.brief),
                name=hit.brief.name,
                groups=hit.brief.groups,
            )
            for hit in hits
        ]
        self.found.rows.set_rows(rows)
        self.found.setVisible(self.edit.hasFocus())
        self.found.set_empty(_("Nobody is found by this."))
        self.found.go_to_first()
        self._fit()

    def _fit(self) -> None:
        rows = max(1, min(MOST, self.found.rows.rowCount()))
        self.found.setFixedHeight(current_look().px(ROW_HEIGHT) * rows + 2)

    def _choose(self, card_id: int | None, name: str) -> None:
        self.learn(card_id, name)
        self._card_id = card_id
        self.found.hide()
        if card_id is not None:
            self._show_chosen()
        self.changed.emit()

    def _leave(self) -> None:
        self.found.hide()
        self._show_chosen()

    def _show_chosen(self) -> None:
        shown = self.words(self._card_id)
        if self.edit.text() != shown:
            self.edit.setText(shown)
            self.edit.setCursorPosition(0)
