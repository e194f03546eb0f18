"""The groups of a card: since when, with which number, whose they are, and what they become."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from care_console.base.words import _
from care_console.cards.pane.inputs import Today
from care_console.cards.pane.parts import PartRow, PartSection
from care_console.cards.pane.picker import CardPicker
from care_console.cards.rules import Group, Membership
from care_console.cards.rules.parts import Values
from care_console.cards.rules.words import group_words
from care_console.cards.service import Search
from care_console.kit import Badge, Button, Chip, FlowLayout, Label

FIELDS = ("since", "until", "account_number")
WHO = {"owner_card_id": (Group.EMPLOYEE.value,), "sold_by_card_id": ()}


class MembershipRow(PartRow):
    """One group. It can become another, and keeps all that stands here."""

    converted = Signal(str)  # to which group

    def __init__(
        self, part_id: int, values: Values, today: Today, locale: str, search: Search
    ) -> None:
        self._search = search
        self.group = Group(str(values["group"]))
        self.holds = True
        super().__init__("membership", part_id, values, today, locale)

    def furnish(self, values: Values) -> None:
        self.change = Button(_("Change to …"), "quiet", "swap")
        self.change.setAccessibleName(
            _("Change {group} to another group").format(group=group_words(self.group))
        )
        self.change.clicked.connect(self._show_choices)
        head = QWidget()
        across = QHBoxLayout(head)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(Badge(self.group))
        across.addStretch(1)
        across.addWidget(self.change)
        self.choices = QWidget()
        flow = FlowLayout(self.choices)
        for group in Group:
            if group is not self.group:
                flow.addWidget(self._choice(group))
        self.choices.hide()
        for each in (head, self.choices):
            self.columns.hold(each, wide=True)
        for field in (*FIELDS, *WHO):
            self.hold(field, self.make_input(field), values)

    def make_input(self, field: str) -> Any:
        if field in WHO:
            return CardPicker(self._search, groups=WHO[field])
        return super().make_input(field)

    def learn(self, membership: Membership) -> None:
        """Learn how the cards are called that stand here, and whether it holds still."""
        for field, card_id, name in (
            ("owner_card_id", membership.owner_card_id, membership.owner),
            ("sold_by_card_id", membership.sold_by_card_id, membership.seller),
        ):
            source = self.fields[field].source
            source.learn(card_id, name)
            if not self.fields[field].keeper.dirty:
                source.put(card_id)
        self.holds = membership.on(self._today())
        self.change.setVisible(self.holds)

    def _choice(self, group: Group) -> Chip:
        chip = Chip(group=group)
        chip.clicked.connect(lambda _on: self._convert(group))
        return chip

    def _convert(self, group: Group) -> None:
        self.choices.hide()
        self.change.setFocus()
        self.converted.emit(group.value)

    def _show_choices(self) -> None:
        self.choices.setVisible(self.choices.isHidden())
        chip = self.choices.findChild(Chip)
        if not self.choices.isHidden() and chip is not None:
            chip.setFocus()


class MembershipSection(PartSection):
    """All groups the card belongs to or has belonged to."""

    begun = Signal(str)  # a group that is to begin today

    def __init__(self, today: Today, locale: str, search: Search) -> None:
        self._search = search
        self._chips: dict[Group, Chip] = {}
        super().__init__("membership", today, locale)

    def foot(self) -> QHBoxLayout:
        across = QHBoxLayout()
        across.addWidget(Label(_("Begins today:"), size=12, colour="text2"))
        holder = QWidget()
        flow = FlowLayout(holder)
        for group in Group:
            chip = self._chips[group] = Chip(group=group)
            chip.setCheckable(False)
            chip.clicked.connect(lambda _on, group=group: self.begun.emit(group.value))
            flow.addWidget(chip)
        across.addWidget(holder, 1)
        return across

    def rest(self) -> QWidget:
        return next((each for each in self._chips.values() if each.isVisible()), self)

    def owner_edit(self) -> QWidget | None:
        """Return where one says who answers for the first group that holds, if there is one."""
        there = (row for row in self.rows if isinstance(row, MembershipRow) and row.holds)
        row = next(there, None)
        return None if row is None else row.fields["owner_card_id"].keeper.edit

    def make_row(self, part_id: int, values: Values) -> PartRow:
        return MembershipRow(part_id, values, self._today, self._locale, self._search)

    def learn(self, memberships: tuple[Membership, ...]) -> None:
        """Learn who stands behind the groups; those that hold now cannot begin again."""
        known = {each.id: each for each in memberships}
        for row in self.rows:
            if isinstance(row, MembershipRow) and row.id in known:
                row.learn(known[row.id])
        now = {each.group for each in memberships if each.on(self._today())}
        for group, chip in self._chips.items():
            chip.setVisible(group not in now)
