"""The head of a card: who it is, how they want to be treated, how to reach them, what is open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget

from care_console.base.words import _
from care_console.cards.pane.badges import Badges
from care_console.cards.pane.showing import show_if
from care_console.cards.pane.spellable import Spellable
from care_console.cards.rules import Fact, Headline
from care_console.cards.rules.shown import Said, alerts, open_facts, spoken, ties, ways, wishes
from care_console.kit.buttons import Button
from care_console.kit.groups import Avatar
from care_console.kit.labels import ElidingLabel, Glyph, Label
from care_console.kit.look import Ink, current_look
from care_console.kit.panels import Notice, NoticeKind, Panel

BETWEEN = "  ·  "
GAP = 22  # px between the ways to reach somebody
NAME, WAY = Ink(20, 600), Ink(13, 400, "text2", tabular=True)


@dataclass(frozen=True, slots=True)
class Rows:
    """The layouts whose gaps follow the text size."""

    across: QHBoxLayout
    lines: QVBoxLayout
    name: QHBoxLayout
    ways: QHBoxLayout


class Head(Panel):
    """Painted at once from what a ring's look-up brings: nothing here waits for anything."""

    spelling_wanted = Signal(object)  # Said

    def __init__(self, locale: str = "en_GB", parent: QWidget | None = None) -> None:
        self._rows: Rows | None = None
        super().__init__(parent=parent)
        self._locale = locale
        self.avatar = Avatar("", 52)
        self.name = Spellable(NAME)
        self.groups = Badges()
        self.wishes = Label(weight=600, wrap=True)
        self.ways = tuple(Spellable(WAY) for _way in range(4))
        self.ties = ElidingLabel(size=12, colour="text3")
        self._of: Headline | None = None
        self._match = ""
        self._notices: list[Notice] = []
        self._left: frozenset[str] = frozenset()
        self._lay_out()
        for each in (self.name, *self.ways):
            each.clicked.connect(lambda _on=False, each=each: self.spelling_wanted.emit(each.said))

    @property
    def of(self) -> Headline | None:
        """Whose head it is."""
        return self._of

    def show_headline(self, of: Headline, now: datetime) -> None:
        """Show ``of``, at once."""
        self._of = of
        self.setAccessibleName(spoken(of))
        self.avatar.show_name(of.name)
        self.name.say(Said("name", of.name))
        self.groups.show_groups(of.groups)
        treated = wishes(of, self._locale)
        self.wishes.setText(BETWEEN.join(treated))
        self.wishes.setAccessibleName(
            _("How they want to be treated: {wishes}").format(wishes=", ".join(treated))
        )
        show_if(self._wishes_row, bool(treated))
        self._show_ways(ways(of))
        self.set_match(self._match)
        self._show_facts(of, of.facts, now)

    def leave_to_leaves(self, *kinds: str) -> None:
        """Do not tell again what leaves tell of, below: these kinds of facts."""
        self._left = frozenset(kinds)

    def set_match(self, words: str) -> None:
        """Say how the caller was recognised."""
        self._match = words
        told = ties(self._of, words) if self._of is not None else []
        self.ties.setText(BETWEEN.join(told))

    def show_facts(self, facts: Sequence[Fact], now: datetime) -> None:
        """Show what stands open now; all else stays."""
        if self._of is not None:
            self._show_facts(self._of, facts, now)

    def set_short(self, short: bool) -> None:
        """Leave the last line out where there is little room; never how they are treated."""
        show_if(self.ties, not short)

    def fit_into(self, width: int, room: int) -> int:
        """Leave out what is only told here where there is no ``room``; return the height.

        What they are to be warned of and how they are treated always stay.
        """
        spare = [each for each in self._notices if each.property("tone")[0] == "info"]
        inside = width - 2 * current_look().px(16)
        taken = sum(each.heightForWidth(inside) + self.body.spacing() for each in spare)
        told = self.heightForWidth(width)
        whole = told + taken if any(each.isHidden() for each in spare) else told
        left_out = bool(spare) and whole > room
        for each in spare:
            show_if(each, not left_out)
        return whole - taken if left_out else whole

    def settle(self, around: QLayout) -> None:
        """Lay out what was changed now, and what is ``around``, before the loop comes to it."""
        self._fit()
        self.updateGeometry()
        around.activate()
        self._column.activate()

    def add_button(self, button: Button) -> None:
        """Put a button at the end of the name's line."""
        self._buttons.addWidget(button)

    def add_line(self, widget: QWidget) -> None:
        """Put another room's line under those that say how to reach them."""
        if self._rows is not None:
            self._rows.lines.insertWidget(self._rows.lines.indexOf(self.ties), widget)

    def said(self) -> list[Said]:
        """Return what can be spelt, in the order in which it is shown."""
        return [each.said for each in (self.name, *self.ways) if each.said.text]

    def restyle(self) -> None:
        super().restyle()
        px = current_look().px
        if self._rows is not None:
            self._rows.across.setSpacing(px(14))
            self._rows.lines.setSpacing(px(2))
            self._rows.name.setSpacing(px(12))
            self._rows.ways.setSpacing(px(GAP))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Share the width: the name before the groups' words, the number before the address."""
        px = current_look().px
        room = self.width() - px(52 + 14 + 2 * 16)
        taken = self._buttons.sizeHint().width() + 2 * px(12)
        words = self.name.whole_width() + self.groups.whole_width()
        self.groups.set_compact(words + taken > room)
        said = [each for each in self.ways if each.said.text]
        room -= px(GAP) * len(self.ways)
        for at, each in enumerate(said):
            others = sum(other.least_width() for other in said[at + 1 :])
            each.set_room(room - others)
            room -= min(each.whole_width(), max(each.least_width(), room - others))

    def _show_ways(self, said: Sequence[Said]) -> None:
        for at, each in enumerate(self.ways):
            each.say(said[at] if at < len(said) else Said("", ""))

    def _show_facts(self, of: Headline, facts: Sequence[Fact], now: datetime) -> None:
        """Tell each that is late by itself, and the others in one line."""
        mine = [each for each in facts if each.kind not in self._left]
        told = open_facts(mine, now, self._locale)
        late = [each for each in told if each[1]]
        others = BETWEEN.join(words for words, is_late in told if not is_late)
        self._show_notices(alerts(of), [*late, *([(others, False)] if others else [])])

    def _show_notices(self, warnings: Sequence[str], facts: Sequence[tuple[str, bool]]) -> None:
        told: list[tuple[NoticeKind, str, str]] = [("warn", words, "alert") for words in warnings]
        told += [("bad" if late else "info", words, "flag") for words, late in facts]
        kinds = [(kind, icon) for kind, _words, icon in told]
        if kinds != [each.property("tone") for each in self._notices]:
            self._make_notices(kinds)
        for notice, (_kind, words, _icon) in zip(self._notices, told, strict=True):
            notice.tell(words)

    def _make_notices(self, kinds: Sequence[tuple[NoticeKind, str]]) -> None:
        for old in self._notices:
            old.hide()
            old.deleteLater()
        self._notices = []
        for kind, icon in kinds:
            notice = Notice(kind, icon=icon)
            notice.setProperty("tone", (kind, icon))
            self.body.addWidget(notice)
            self._notices.append(notice)

    def _lay_out(self) -> None:
        rows = self._rows = Rows(QHBoxLayout(), QVBoxLayout(), QHBoxLayout(), QHBoxLayout())
        rows.name.addWidget(self.name)
        rows.name.addWidget(self.groups)
        rows.name.addStretch(1)
        self._buttons = QHBoxLayout()
        rows.name.addLayout(self._buttons)
        self._wishes_row = QWidget()
        treated = QHBoxLayout(self._wishes_row)
        treated.setContentsMargins(0, 0, 0, 0)
        treated.setSpacing(6)
        treated.addWidget(Glyph("heart", "accent", 15), 0, Qt.AlignmentFlag.AlignTop)
        treated.addWidget(self.wishes, 1)
        for each in self.ways:
            rows.ways.addWidget(each)
        rows.ways.addStretch(1)
        rows.lines.addLayout(rows.name)
        rows.lines.addWidget(self._wishes_row)
        rows.lines.addLayout(rows.ways)
        rows.lines.addWidget(self.ties)
        rows.across.addWidget(self.avatar, 0, Qt.AlignmentFlag.AlignTop)
        rows.across.addLayout(rows.lines, 1)
        self.body.addLayout(rows.across)
        self.restyle()
