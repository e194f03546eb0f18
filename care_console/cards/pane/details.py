"""All of a card, edited in place and saved as it is typed."""

from collections.abc import Callable, Coroutine, Iterator
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from care_console.base.clock import Clock
from care_console.base.command import Command
from care_console.base.errors import CareError
from care_console.base.words import _
from care_console.cards.pane.kept import KeptField
from care_console.cards.pane.memberships import MembershipRow
from care_console.cards.pane.parts import PartRow, PartSection
from care_console.cards.pane.picker import CardPicker
from care_console.cards.pane.sheet import Sheet
from care_console.cards.pane.writing import Left, Sent, Underway, Writing
from care_console.cards.rules import Card, Group, RelationKind
from care_console.cards.rules.draft import Value
from care_console.cards.rules.parts import field_of, parts_of
from care_console.cards.rules.words import field_words
from care_console.cards.service import Cards, Conflict, Edits, Search
from care_console.cards.service.parts import NotTaken
from care_console.kit import Pane, Scroll
from care_console.store import NotKept

Change = Coroutine[None, None, Card]
MARGIN = 60  # px above and below a field that Tab goes to


class Details(Pane):
    """What is typed is kept 800 ms after the last key, and when the field is left.

    What could not be kept stays in its field, or waits there until its card is shown again.
    """

    acted = Signal(object)  # Act
    opened = Signal(int)  # another card, of a relation
    left = Signal()  # Esc in a field

    def __init__(
        self,
        cards: Cards,
        edits: Edits,
        search: Search,
        command: Callable[[], Command],
        clock: Clock,
        locale: str = "en_GB",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._cards, self._clock = cards, clock
        self._writing = Writing(cards, edits, command, self.acted.emit)
        self._card: Card | None = None
        self._left, self._underway = Left(), Underway()
        self._owner_wanted = False
        self.sheet = Sheet(cards.today, locale, search)
        self.area = Scroll(self.sheet)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Details"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.area)
        self.sheet.gone_to.connect(self._bring_up)
        self._connect()

    @property
    def card_id(self) -> int | None:
        """The card whose details are shown."""
        return None if self._card is None else self._card.id

    @property
    def typing(self) -> bool:
        """Whether something stands here that is not kept."""
        return self._card is not None and any(each.keeper.dirty for each in self._fields())

    def show_card(self, card_id: int) -> None:
        """Show a card; what was typed on the one before is kept."""
        self.leave_card()
        self.sheet.clear()
        self.errands.look("show", self._show(card_id))

    def refresh(self) -> None:
        """Show what the records say now. What is being typed stays."""
        if self._card is not None:
            self.errands.look("show", self._show(self._card.id))

    def leave_card(self) -> None:
        """Keep what was typed. The fields are cleared when they are seen again: it may ring."""
        if self._card is None:
            return
        self.keep_now()
        self._left.take(self._card.id, self._fields(), self._new_rows())
        self._card = None

    def keep_now(self) -> None:
        """Keep what was typed without waiting for a pause."""
        for each in list(self._fields()):
            each.keeper.ask()

    def focus_field(self, field: str = "") -> None:
        """Go to a field of the card, or to its first."""
        found = self.sheet.fields.get(field or "given") or self.sheet.fields["family"]
        edit = found.keeper.edit if found.isVisibleTo(self) else self.sheet.first_edit()
        edit.setFocus()
        self._bring_up(edit)

    def focus_owner(self) -> None:
        """Go to who answers for the customer, once the card is here."""
        self._owner_wanted = True
        if self._card is not None:
            self._go_to_owner()

    async def finish(self) -> None:
        """Keep what was typed, and return when it is kept or cannot be."""
        for _again in range(2):  # more may have been typed while the first was sent
            self.keep_now()
            await self._underway.over()

    async def _show(self, card_id: int) -> None:
        self._take(await self._cards.card(card_id))

    def _take(self, card: Card) -> None:
        """Show ``card``, or what it has become."""
        fresh = self._card is None or self._card.id != card.id
        self._card = card
        self.sheet.meet(card, fresh=fresh)
        if fresh:
            self.area.verticalScrollBar().setValue(0)
            self._left.give_back(card.id, self.sheet.kept_field, self._start_again)
        if self._owner_wanted:
            self._go_to_owner()

    def _go_to_owner(self) -> None:
        self._owner_wanted = False
        edit = self.sheet.groups.owner_edit()
        if edit is None:
            self.errands.hindered.emit(_("Choose a group first: who answers for it stands there."))
            edit = self.sheet.groups.rest()
        edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._bring_up(edit)

    def _connect(self) -> None:
        for field in self.sheet.fields.values():
            self._watch(field)
        for section in self.sheet.parts.values():
            section.made.connect(partial(self._watch_row, section))
        self.sheet.groups.begun.connect(self._begin)
        relations = self.sheet.relations
        relations.opened.connect(self.opened)
        relations.removed.connect(lambda each: self._remove("relation", each))
        relations.wanted.connect(self._relate)
        relations.other.errands.hindered.connect(self.errands.hindered)

    def _watch(self, field: KeptField) -> None:
        field.keeper.wanted.connect(lambda: self._keep(field))
        field.left.connect(self._leave_field)

    def _watch_row(self, section: PartSection, row: PartRow) -> None:
        row.asked.connect(lambda field: self._keep(field) if row.id else self._add(section, row))
        row.removed.connect(lambda: self._remove(row.part, row.id) if row.id else None)
        row.left.connect(self._leave_field)
        for picker in row.findChildren(CardPicker):
            picker.errands.hindered.connect(self.errands.hindered)
        if isinstance(row, MembershipRow):
            row.converted.connect(lambda to: self._convert(row.id, Group(to)))

    def _leave_field(self) -> None:
        self.setFocus()
        self.left.emit()

    def _keep(self, field: KeptField) -> None:
        if self._card is None:
            return
        sent = self._sent(field)
        self.errands.do(f"keep {sent.card_id} {sent.key}", self._send(sent))

    def _sent(self, field: KeptField) -> Sent:
        keeper = field.keeper
        keeper.saving = True
        draft = keeper.draft
        return Sent(self.card_id or 0, keeper.key, draft.seen, draft.typed)

    async def _send(self, sent: Sent) -> None:
        try:
            with self._underway:
                card = await self._writing.keep(sent)
        except CareError as hindrance:
            self._refused(sent, hindrance)
            return
        self._left.forget(sent)
        if (field := self._shown(sent)) is not None:
            now = field_of(card, sent.key.field, sent.key.part, sent.key.id)
            field.keeper.kept(sent.value, now)
            field.fault(_cut(sent.value, now))
            self._take(card)

    def _refused(self, sent: Sent, hindrance: CareError) -> None:
        """Leave what was typed where it was, and say why it is not kept."""
        field = self._shown(sent)
        if field is None:
            words = _("{field}: {why} What was typed waits on the card.")
            told = words.format(field=field_words(sent.key.field), why=hindrance)
            self.errands.hindered.emit(told)
            return
        field.keeper.saving = False
        if isinstance(hindrance, Conflict):
            field.keeper.meet(hindrance.now)
            return
        self._tell(field, hindrance)

    def _tell(self, field: KeptField, hindrance: CareError) -> None:
        """Say under the field why it is not kept. What the disk did not take is tried again."""
        known = field.edit.accessibleDescription() == str(hindrance)
        field.fault(str(hindrance))
        if isinstance(hindrance, NotKept):
            field.keeper.again()
        if not isinstance(hindrance, NotTaken) and not known:
            self.errands.hindered.emit(str(hindrance))

    def _bring_up(self, edit: QWidget) -> None:
        self.area.ensureWidgetVisible(edit, 0, MARGIN)

    def _add(self, section: PartSection, row: PartRow) -> None:
        if self._card is None or row.adding or not row.ready:
            return
        row.adding = True
        errand = self._send_new(self._card.id, section, row)
        self.errands.do(f"add {id(row)}", errand)

    async def _send_new(self, card_id: int, section: PartSection, row: PartRow) -> None:
        values, known = row.values(), {each.id for each in section.rows}
        first = next(iter(row.fields.values()))
        try:
            with self._underway:
                card = await self._writing.add(card_id, row.part, values)
        except CareError as hindrance:
            row.adding = False
            self._tell(first, hindrance)
            return
        row.adding = False
        if self.card_id != card_id:
            self._left.forget_new(card_id, row.part, values)
            return
        kept = parts_of(card, row.part)
        row.become(max(kept.keys() - known, default=0))
        for field, each in row.fields.items():
            each.fault()
            each.keeper.kept(values[field], kept[row.id][field] if row.id else values[field])
        self._take(card)

    def _begin(self, group: str) -> None:
        if self._card is not None:
            since = self._cards.today().isoformat()
            values = {"group": group, "since": since}
            self._act("begin", self._writing.add(self._card.id, "membership", values))

    def _convert(self, membership_id: int, to: Group) -> None:
        if self._card is not None:
            self._act("convert", self._writing.convert(self._card.id, membership_id, to))

    def _remove(self, part: str, part_id: int) -> None:
        if self._card is not None:
            change = self._writing.remove(self._card.id, part, part_id)
            self._act(f"remove {part} {part_id}", change)

    def _relate(self, kind: RelationKind, forward: bool, other: int) -> None:
        if self._card is not None:
            self._act("relate", self._writing.relate(self._card.id, kind, forward, other))

    def _act(self, name: str, change: Change) -> None:
        async def errand() -> None:
            card = await change
            if self.card_id == card.id:
                self._take(card)

        self.errands.do(name, errand())

    def _shown(self, sent: Sent) -> KeptField | None:
        return self.sheet.kept_field(sent.key) if self.card_id == sent.card_id else None

    def _start_again(self, part: str, values: dict[str, Value]) -> None:
        row = self.sheet.parts[part].make(0, {})
        for field, each in row.fields.items():
            each.keeper.take_up(each.keeper.draft.seen, values[field])

    def _fields(self) -> Iterator[KeptField]:
        yield from self.sheet.fields.values()
        for section in self.sheet.parts.values():
            for row in section.rows:
                yield from row.fields.values()

    def _new_rows(self) -> list[PartRow]:
        sections = self.sheet.parts.values()
        return [row for each in sections for row in each.rows if not row.id and row.dirty]


def _cut(sent: Value, now: Value) -> str:
    """Return what to say where not all of a text was kept."""
    if not (isinstance(sent, str) and isinstance(now, str)):
        return ""
    whole, rest = "".join(sent.split()), "".join(now.split())
    if not rest or len(rest) == len(whole) or not whole.startswith(rest):
        return ""
    return _("Only the first {count} characters are kept.").format(count=len(now))
