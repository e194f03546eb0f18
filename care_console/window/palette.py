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
NOBODY = 0


@dataclass(frozen=True, slots=True)
class Finding:
    """Somebody whom the palette offers, or one of their dealings: then ``name`` is its."""

    card_id: int  # NOBODY where it is not known whose a dealing is
    name: str
    groups: tuple[str, ...] = ()
    sub: str = ""
    dealing_id: int | None = None
    icon: str = ""
    whole: bool = False  # the whole number of a dealing was typed


Search = Callable[[str], Awaitable[Sequence[Finding]]]
Places = Callable[[str], Sequence[CommandRow]]


class Palette(Finder):
    """Asks once for each key; the answer to the newest is shown, the others are dropped.

    A command is done when the palette has closed, so that it works on what one came from.
    """

    opened_card = Signal(int)
    opened_dealing = Signal(int, int)  # card id or NOBODY, dealing id
    attached_card = Signal(int)
    opened_place = Signal(int)
    hindered = Signal(str)

    def __init__(self, window: QWidget, actions: Actions) -> None:
        what = _("Find a person, number, order or command")
        super().__init__(window, what, what)
        self._actions = actions
        self._search: Search | None = None
        self._can_attach: Callable[[], bool] = lambda: False
        self._places: Places = lambda _text: ()
        self._errands = Errands(self)
        self._errands.hindered.connect(self.hindered)
        self.took.connect(self._take)

    def set_sources(self, search: Search, can_attach: Callable[[], bool]) -> None:
        """Find people with ``search``; ``can_attach`` tells if there is a contact to put one to."""
        self._search = search
        self._can_attach = can_attach

    def set_places(self, places: Places) -> None:
        """Offer the pages of settings that ``places`` finds; each has a number for an id."""
        self._places = places

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
        self._show(text, await search(text))

    def _show(self, text: str, found: Sequence[Finding]) -> None:
        people = [each for each in found if each.dealing_id is None][:MOST_PEOPLE]
        dealings = [each for each in found if each.dealing_id is not None]
        commands = self._actions.find(text)
        if not text.strip():
            commands.sort(key=lambda act: bool(act.action.property(LAST)))
        elif found:
            commands = commands[:MOST_COMMANDS_BESIDE]
        parts = (
            (_("People") if text.strip() else _("Lately"), [_person(each) for each in people]),
            (_("Dealings"), [_dealing(each) for each in dealings]),
        )
        rows: list[Row] = []
        for head, some in reversed(parts) if any(each.whole for each in dealings) else parts:
            rows += [HeadRow(head, tone="text3"), *some] if some else []
        if commands:
            rows.append(HeadRow(_("Commands"), tone="text3"))
        for act in commands:
            rows.append(as_row(act, self._actions.key_text(act.action)))
        if text.strip() and (places := self._places(text)):
            rows += [HeadRow(_("Settings"), tone="text3"), *places]
        nothing = _("Nobody and nothing is found for “{text}”.")
        self.offer(rows, nothing.format(text=text.strip()[:60]))

    def _take(self, row: object, attach: bool) -> None:
        if not isinstance(row, CommandRow):
            return
        if isinstance(row.id, Finding):
            self._take_finding(row.id, attach)
        elif attach:
            return
        elif isinstance(row.id, int):
            self.shut()
            self.opened_place.emit(row.id)
        else:
            act = self._actions.act(str(row.id))
            self.shut()
            if act.enabled():
                act.run()

    def _take_finding(self, found: Finding, attach: bool) -> None:
        if attach and not (self._can_attach() and found.card_id):
            self.hindered.emit(_("No contact is open to which somebody could be attached."))
            return
        self.shut()
        if attach:
            self.attached_card.emit(found.card_id)
        elif found.dealing_id is not None:
            self.opened_dealing.emit(found.card_id, found.dealing_id)
        else:
            self.opened_card.emit(found.card_id)


def as_row(act: Deed, key: str) -> CommandRow:
    """Return a command as a row; its icon is the ``glyph`` that was set on its QAction, if any."""
    icon = act.action.property(GLYPH) or "forward"
    sub = _(act.sub) if act.sub else ""
    return CommandRow(act.action.objectName(), icon, act.text, sub=sub, key=key)


def _dealing(found: Finding) -> CommandRow:
    return CommandRow(found, found.icon, found.name, sub=found.sub)


def _person(found: Finding) -> CommandRow:
    return CommandRow(found, "", found.name, name=found.name, groups=found.groups, sub=found.sub)
