"""The palette: a few letters find a person or a command."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from care_console.base.words import _
from care_console.kit import Actions, CommandRow, Deed, Errands, HeadRow, Row
from care_console.window.finder import Finder

GLYPH, LAST = "glyph", "last"  # an action's icon; whether it is offered behind the others
MOST_PEOPLE = 8
MOST_COMMANDS_BESIDE = 4  # while people are offered, too


@dataclass(frozen=True, slots=True)
class Finding:
    """Somebody whom the palette offers."""

    card_id: int
    name: str
    groups: tuple[str, ...] = ()
    sub: str = ""


Search = Callable[[str], Awaitable[Sequence[Finding]]]


class Palette(Finder):
    """Asks once for each key; the answer to the newest is shown, the others are dropped.

    A command is done when the palette has closed, so that it works on what one came from.
    """

    opened_card = Signal(int)
    attached_card = Signal(int)
    hindered = Signal(str)

    def __init__(self, window: QWidget, actions: Actions) -> None:
        what = _("Find a person, number or command")
        super().__init__(window, what, what)
        self._actions = actions
        self._search: Search | None = None
        self._can_attach: Callable[[], bool] = lambda: False
        self._errands = Errands(self)
        self._errands.hindered.connect(self.hindered)
        self.took.connect(self._take)

    def set_sources(self, search: Search, can_attach: Callable[[], bool]) -> None:
        """Find people with ``search``; ``can_attach`` tells if there is a contact to put one to."""
        self._search = search
        self._can_attach = can_attach

    def look_for(self, text: str) -> None:
        attach = [(_("Ctrl ↵"), _("attach to this contact"))] if self._can_attach() else []
        choose = (_("↑↓"), _("choose"))
        self.hints = [choose, (_("Enter"), _("open")), *attach, (_("Esc"), _("close"))]
        if self._search is None:
            self._show(text, ())
        else:
            self._errands.look_now("find", self._find(self._search, text))

    def type(self, text: str) -> None:
        """Go on with ``text`` behind what stands in the field."""
        self.field.insert(text)

    async def _find(self, search: Search, text: str) -> None:
        found = await search(text)
        self._show(text, found[:MOST_PEOPLE])

    def _show(self, text: str, people: Sequence[Finding]) -> None:
        commands = self._actions.find(text)
        if not text.strip():
            commands.sort(key=lambda act: bool(act.action.property(LAST)))
        elif people:
            commands = commands[:MOST_COMMANDS_BESIDE]
        rows: list[Row] = []
        if people:
            rows.append(HeadRow(_("People") if text.strip() else _("Lately"), tone="text3"))
            rows += [_person(each) for each in people]
        if commands:
            rows.append(HeadRow(_("Commands"), tone="text3"))
        for act in commands:
            rows.append(as_row(act, self._actions.key_text(act.action)))
        nothing = _("Nobody and nothing is found for “{text}”.")
        self.offer(rows, nothing.format(text=text.strip()[:60]))

    def _take(self, row: object, attach: bool) -> None:
        if not isinstance(row, CommandRow):
            return
        if isinstance(row.id, Finding):
            self._take_person(row.id.card_id, attach)
        elif not attach:
            act = self._actions.act(str(row.id))
            self.shut()
            if act.enabled():
                act.run()

    def _take_person(self, card_id: int, attach: bool) -> None:
        if attach and not self._can_attach():
            self.hindered.emit(_("No contact is open to which somebody could be attached."))
            return
        self.shut()
        (self.attached_card if attach else self.opened_card).emit(card_id)


def as_row(act: Deed, key: str) -> CommandRow:
    """Return a command as a row; its icon is the ``glyph`` that was set on its QAction, if any."""
    icon = act.action.property(GLYPH) or "forward"
    sub = _(act.sub) if act.sub else ""
    return CommandRow(act.action.objectName(), icon, act.text, sub=sub, key=key)


def _person(found: Finding) -> CommandRow:
    return CommandRow(found, "", found.name, name=found.name, groups=found.groups, sub=found.sub)
