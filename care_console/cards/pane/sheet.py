"""All fields of a card under their heads, made once and filled for each card."""

from collections.abc import Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QLayout, QVBoxLayout, QWidget

from care_console.base.words import _
from care_console.cards.pane.columns import Columns
from care_console.cards.pane.inputs import KindInput, LineInput, TextInput, Today
from care_console.cards.pane.keeper import Key
from care_console.cards.pane.kept import KeptField
from care_console.cards.pane.memberships import MembershipSection
from care_console.cards.pane.parts import PartSection
from care_console.cards.pane.relations import RelationSection
from care_console.cards.rules import LONG_FIELDS, Card, Kind
from care_console.cards.rules.parts import field_of, parts_of
from care_console.cards.rules.words import field_words
from care_console.cards.service import Search
from care_console.kit import Label, current_look

TREATED = (
    *("form_of_address", "pronoun", "preferred_channel", "preferred_hours", "language"),
    *("accessibility", "do", "dont", "may_be_told"),
)
NAME = (
    *("prefix", "given", "additional", "family", "suffix", "preferred", "say_it"),
    *("title", "company", "kind"),
)
OF_PEOPLE = frozenset(  # not asked of an organisation, unless it stands there
    {"prefix", "given", "additional", "suffix", "pronoun", "form_of_address", "title", "company"}
)


class Sheet(QWidget):
    """Shows; whoever uses it writes."""

    gone_to = Signal(QWidget)  # with Tab

    def __init__(self, today: Today, locale: str, search: Search) -> None:
        super().__init__()
        self.fields: dict[str, KeptField] = {}
        self.groups = MembershipSection(today, locale, search)
        self.relations = RelationSection(search)
        several = ("phone", "email", "address", "alert")
        self.parts: dict[str, PartSection] = {
            part: PartSection(part, today, locale) for part in several
        }
        self.parts["membership"] = self.groups
        self._column = QVBoxLayout(self)
        px = current_look().px
        self._column.setContentsMargins(px(16), 0, px(16), px(12))
        self._lay_out()

    def kept_field(self, key: Key) -> KeptField | None:
        """Return the field of this key, if it is shown."""
        if not key.part:
            return self.fields[key.field]
        rows = self.parts[key.part].rows
        return next((row.fields[key.field] for row in rows if row.id == key.id), None)

    def clear(self) -> None:
        """Show nobody."""
        for field in self.fields.values():
            field.keeper.begin(None)
            field.fault()
        for section in self.parts.values():
            section.clear()
        self.relations.show_relations(())

    def meet(self, card: Card, *, fresh: bool) -> None:
        """Show ``card``; if it was shown before, what is being typed stays."""
        for name, field in self.fields.items():
            now = field_of(card, name)
            if fresh:
                field.keeper.begin(now)
            else:
                field.keeper.meet(now)
            asked = card.kind is Kind.PERSON or name not in OF_PEOPLE
            field.setVisible(asked or bool(now) or field.keeper.dirty)
        family = _("Name") if card.kind is Kind.ORGANISATION else field_words("family")
        self.fields["family"].name.setText(family)
        for part, section in self.parts.items():
            section.meet(parts_of(card, part))
        self.groups.learn(card.memberships)
        self.relations.show_relations(card.relations)

    def first_edit(self) -> QWidget:
        """Return the first field that is shown."""
        shown = (each for each in self.fields.values() if each.isVisibleTo(self))
        return next(shown).keeper.edit

    def focusNextPrevChild(self, next: bool) -> bool:
        """Go as one reads. Qt goes as things were made, and a row may have come later."""
        focus = QApplication.focusWidget()
        walk = [each for each in in_reading_order(self) if each.isVisible() and each.isEnabled()]
        if focus not in walk:
            return super().focusNextPrevChild(next)
        at = walk.index(focus) + (1 if next else -1)
        goal = walk[at] if 0 <= at < len(walk) else self._outside(focus, next)
        goal.setFocus(Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason)
        self.gone_to.emit(goal)
        return True

    def _outside(self, focus: QWidget, next: bool) -> QWidget:
        """Return the next widget beyond the sheet, or the same if there is no other."""
        each: QWidget | None = focus
        while each is not None:
            each = each.nextInFocusChain() if next else each.previousInFocusChain()
            if each is None or each is focus:
                break
            if _stops(each) and not self.isAncestorOf(each):
                return each
        return focus

    def _lay_out(self) -> None:
        self._section(_("Name"), self._columns(NAME))
        self._section(_("How they want to be treated"), self._columns(TREATED))
        self._section(_("Alert notes"), self.parts["alert"])
        self._section(_("Telephones"), self.parts["phone"])
        self._section(_("E-mails"), self.parts["email"])
        self._section(_("Addresses"), self.parts["address"])
        self._section(_("Groups"), self.groups)
        self._section(_("Relations"), self.relations)
        self._section(_("Note"), self._columns(("note",)))
        self._column.addStretch(1)

    def _section(self, title: str, body: QWidget) -> None:
        self._column.addSpacing(8)
        self._column.addWidget(Label(title, weight=600))
        self._column.addWidget(body)

    def _columns(self, names: tuple[str, ...]) -> Columns:
        columns = Columns()
        for name in names:
            wide = name in LONG_FIELDS
            source = KindInput() if name == "kind" else TextInput() if wide else LineInput()
            field = self.fields[name] = KeptField(Key(name), source, None)
            columns.hold(field, wide=wide)
        return columns


def in_reading_order(top: QWidget) -> Iterator[QWidget]:
    """Yield what can have the focus, in the order in which it is laid out."""
    if top.focusPolicy() & Qt.FocusPolicy.TabFocus and top.focusProxy() is None:
        yield top
    if (layout := top.layout()) is not None:
        yield from _laid_out(layout)


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    for at in range(layout.count()):
        item = layout.itemAt(at)
        inner, rows = (item.widget(), item.layout()) if item is not None else (None, None)
        if inner is not None:
            yield from in_reading_order(inner)
        elif rows is not None:
            yield from _laid_out(rows)


def _stops(widget: QWidget) -> bool:
    policy = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    can = widget.isVisible() and widget.isEnabled() and widget.focusProxy() is None
    return bool(policy) and can
