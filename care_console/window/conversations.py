"""The clerk's half of the main flow: contacts that are started, parked, resumed and named."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from care_console.base.errors import CareError
from care_console.base.words import _, ngettext
from care_console.calls.rules import Caller, CallRow, Channel, Direction, Draft, Match
from care_console.cards.rules import NewCard
from care_console.kit import Act, Errands
from care_console.lines.line import CallEvent, Event, Presentation
from care_console.store import NoAnswer
from care_console.window.around import Around, who
from care_console.window.deck import Live, Open

PAST = 200  # calls among which that of an open contact is looked for


class Conversations(QObject):
    """Keeps the open contacts in their order, and shows the one in front."""

    changed = Signal()  # what is open, or in front
    hindered = Signal(str)
    refused = Signal(str)  # why there is no new card
    cleared = Signal()  # the desk, for another clerk

    def __init__(self, around: Around, parent: QObject) -> None:
        super().__init__(parent)
        self._around = around
        self.errands = Errands(self)
        self.errands.hindered.connect(self.hindered)
        around.strip.tab_chosen.connect(self.bring_to_front)
        around.strip.wrap_up_wanted.connect(around.contact.wrap_up)
        around.centre.chosen.connect(self.is_card)
        around.centre.attach_wanted.connect(self.add_number_to)
        around.centre.card_wanted.connect(self.start_card)
        around.contact.finished.connect(self._contact_gone)
        around.contact.left.connect(self._contact_gone)
        around.contact.ended.connect(lambda contact_id, _kind: self._contact_gone(contact_id))
        around.today.contact_chosen.connect(self.reopen)
        around.today.card_chosen.connect(around.centre.show_card)

    def start_at_counter(self) -> None:
        """Start a contact with somebody who stands here; of the card that is shown, if any."""
        self._start(Channel.COUNTER, now=True)

    def start_after_the_fact(self, channel: Channel) -> None:
        """Start a contact that is typed after it was."""
        self._start(channel, now=False)

    def bring_to_front(self, contact_id: int) -> None:
        """Park what is in front, and go on with another open contact."""
        there = next((c for c in self._around.deck.contacts if c.contact_id == contact_id), None)
        if there is None:
            return
        self._around.contact.keep_now()
        self._around.deck.front = contact_id
        self._around.come_to_desk()
        self._around.contact.show_contact(contact_id, there.title)
        live = self._around.deck.of_contact(contact_id)
        if there.card_id is not None:
            self._around.centre.show_card(there.card_id)
        elif live is not None:
            self._around.centre.show_caller(live.caller)
        else:
            self._around.centre.show_somebody()
        self.changed.emit()
        if there.card_id is None:
            self._around.centre.focus()
        else:
            self._around.go_to_contact()

    def bring_by_digit(self, digit: int) -> None:
        """Resume the contact on a tab, counted from 1."""
        there = self._around.deck.by_digit(digit)
        if there is not None:
            self.bring_to_front(there.contact_id)

    def reopen(self, contact_id: int) -> None:
        """Take up an unfinished contact again."""
        if any(each.contact_id == contact_id for each in self._around.deck.contacts):
            self.bring_to_front(contact_id)
        else:
            self.errands.do(f"reopen {contact_id}", self._reopen(contact_id))

    def is_card(self, card_id: int) -> None:
        """Say whose the call or the contact in front is."""
        front, live = self._around.deck.in_front, self._live_in_front()
        if live is not None:
            live.card_id = card_id
        self._around.centre.show_card(card_id)
        if front is not None:
            self._around.go_to_contact()
        self.errands.do(f"attach {card_id}", self._attach(front, live, card_id))

    def add_number_to(self, card_id: int) -> None:
        """Put the caller's number on a card that was found, and say that they are who calls."""
        live, shown = self._live_in_front(), self._around.centre.caller
        caller = live.caller if live is not None else shown
        self.errands.do(f"number {card_id}", self._add_number(live, caller, card_id))

    def start_card(self, new: NewCard) -> None:
        """Start a card, with the caller's number in it, and say that they are who calls."""
        self.errands.do("start card", self._start_card(new, self._live_in_front()))

    async def start_outgoing(
        self, call_id: int, event: CallEvent, card_id: int | None, title: str
    ) -> int:
        """Start the contact of a call that we make, and return its id.

        ``event`` tells the number as a ring would, so that a card can still be found for it.
        """
        self._around.contact.keep_now()
        contacts = self._around.services.contacts
        contact_id = await contacts.start(
            self._around.command(),
            channel=Channel.TELEPHONE,
            direction=Direction.OUT,
            card_id=card_id,
            call_id=call_id,
        )
        draft = await contacts.draft(contact_id)
        there = replace(_as_open(draft), ours=True, title=draft.card_name or title)
        if draft.card_id is None:
            self._around.deck.rings.append(await self._known(event, call_id, contact_id))
        self._around.deck.add(await self._with_groups(there))
        self.bring_to_front(contact_id)
        self._around.today.refresh()
        return contact_id

    async def restore(self) -> None:
        """Put back on the desk what was open when the console was last closed."""
        services = self._around.services
        calls = {call.id: call for call in await services.log.recent(PAST)}
        for draft in await services.contacts.open(self._around.clerk):
            self._around.deck.contacts.append(await self._with_groups(_as_open(draft, ended=True)))
            if draft.card_id is None and (call := calls.get(draft.call_id or 0)) is not None:
                self._around.deck.rings.append(await self._as_live(call, draft.id))
        if self._around.deck.contacts:
            self.bring_to_front(self._around.deck.contacts[0].contact_id)

    async def change_clerk(self) -> None:
        """Put aside what lies on the desk, and put back what this clerk had open."""
        await self._around.contact.flush()
        for each in list(self._around.deck.contacts):
            await self._around.services.contacts.leave(self._around.command(), each.contact_id)
            self._contact_gone(each.contact_id)
        self._around.centre.be_quiet()
        self.cleared.emit()
        await self.restore()

    async def _as_live(self, call: CallRow, contact_id: int) -> Live:
        """Return the call of an open contact as it was, so that its number is not lost."""
        event = CallEvent(
            kind=Event.RINGING,
            call_id=f"of contact {contact_id}",
            line=call.line,
            at=call.started_at,
            number=call.number or None,
            presentation=Presentation(call.presentation),
        )
        return await self._known(event, call.id, contact_id)

    async def _known(self, event: CallEvent, row: int, contact_id: int) -> Live:
        """Return the call of a contact, with whoever may be behind its number."""
        rings = self._around.services.rings
        try:
            caller = await rings.caller(event, self._around.clerk)
        except NoAnswer:
            caller = rings.bare(event, self._around.clerk)
        return Live(event, caller, row=row, contact_id=contact_id, over=True)

    async def take_in(self, live: Live, *, focus: bool) -> None:
        """Start the contact of a call that the clerk has taken. If it fails, it rings still."""
        try:
            contact_id = await self._start_taken(live)
        except BaseException:
            live.contact_id = None  # it rings still, unless it is over
            if live.over:
                self._around.deck.rings.remove(live)
            self.changed.emit()
            raise
        live.contact_id = contact_id
        before = self._around.deck.front
        self._around.deck.add(self._as_taken(live, contact_id))
        if not focus and before is not None:
            self._around.deck.front = before
        else:
            self._around.contact.show_contact(contact_id, who(live.caller))
            self._around.show_live(live)
            if focus:
                self._focus_after_take(live)
        self.changed.emit()
        self._around.strip.say(live.caller.greeting)
        self._around.today.refresh()

    async def _start_taken(self, live: Live) -> int:
        await live.logged.wait()
        contacts, sent_card = self._around.services.contacts, live.card_id
        contact_id = await contacts.start(
            self._around.command(),
            channel=Channel.TELEPHONE,
            card_id=sent_card,
            call_id=live.row,
        )
        if live.card_id is not None and live.card_id != sent_card:  # chosen meanwhile
            await contacts.attach(self._around.command(), contact_id, live.card_id)
        return contact_id

    def _as_taken(self, live: Live, contact_id: int) -> Open:
        card = live.caller.card
        return Open(
            contact_id,
            who(live.caller),
            card.groups if card is not None else (),
            self._around.services.clock(),
            telephone=True,
            ended=live.over or live not in self._around.deck.rings,
            card_id=live.card_id,
        )

    def _focus_after_take(self, live: Live) -> None:
        if live.card_id is not None:
            self._around.go_to_contact()
        else:
            self._around.centre.focus()

    def _start(self, channel: Channel, *, now: bool) -> None:
        self._around.contact.keep_now()
        card_id = self._around.centre.card_id
        if any(each.card_id == card_id for each in self._around.deck.contacts):
            card_id = None  # they are being talked to already: this is somebody else
        self.errands.do("start contact", self._start_in(channel, card_id, now=now))

    async def _start_in(self, channel: Channel, card_id: int | None, *, now: bool) -> None:
        services = self._around.services
        contact_id = await services.contacts.start(
            self._around.command(), channel=channel, card_id=card_id
        )
        draft = await services.contacts.draft(contact_id)
        self._around.deck.add(await self._with_groups(_as_open(draft, ended=not now)))
        self.bring_to_front(contact_id)
        self._around.today.refresh()

    async def close_untouched(self, contact_id: int) -> None:
        """Let a contact go in which nobody has written anything."""
        there = next((c for c in self._around.deck.contacts if c.contact_id == contact_id), None)
        pane = self._around.contact
        in_front = pane.contact_id == contact_id
        if there is None or (in_front and not pane.untouched):
            return
        services = self._around.services
        if (await services.contacts.draft(contact_id)).untouched:
            await services.contacts.leave(self._around.command(), contact_id)
            self._contact_gone(contact_id)

    async def _reopen(self, contact_id: int) -> None:
        await self._around.services.contacts.reopen(self._around.command(), contact_id)
        draft = await self._around.services.contacts.draft(contact_id)
        self._around.deck.add(await self._with_groups(_as_open(draft, ended=True)))
        self.bring_to_front(contact_id)
        self._around.today.refresh()

    async def _attach(self, front: Open | None, live: Live | None, card_id: int) -> None:
        services = self._around.services
        if front is not None and (live is None or live.contact_id):
            await services.contacts.attach(self._around.command(), front.contact_id, card_id)
            await self._named(front.contact_id, card_id)
        elif live is not None and live.row is not None:
            await services.log.attach(self._around.command(), live.row, card_id)

    async def _add_number(self, live: Live | None, caller: Caller | None, card_id: int) -> None:
        if caller is not None and caller.match is not Match.WITHHELD and caller.number.raw:
            values = {"raw": caller.shown, "label": "", "shared": False}
            entry = await self._around.services.edits.add_part(
                self._around.command(), card_id, "phone", values
            )
            words = _("{number} is on the card now.").format(number=caller.shown)
            self._around.did(Act(words, partial(self._undo, entry)))
        await self._is_new(live, card_id)

    async def _is_new(self, live: Live | None, card_id: int) -> None:
        """Say that a card which has just got its number is who calls; past calls are theirs too."""
        await self._attach(self._around.deck.in_front, live, card_id)
        self.is_card(card_id)
        self._tell_linked(await self._around.services.log.link(self._around.command(), card_id))

    async def _start_card(self, new: NewCard, live: Live | None) -> None:
        try:
            card_id = await self._around.services.cards.add(self._around.command(), new)
        except CareError as trouble:
            self.refused.emit(str(trouble))
            return
        await self._is_new(live, card_id)

    async def _undo(self, entry_id: int) -> None:
        await self._around.services.edits.undo(self._around.command(), entry_id)

    def _tell_linked(self, linked: int) -> None:
        if linked:
            words = ngettext(
                "{count} past call is theirs.", "{count} past calls are theirs.", linked
            )
            self._around.told(words.format(count=linked))

    async def _named(self, contact_id: int, card_id: int) -> None:
        there = next((c for c in self._around.deck.contacts if c.contact_id == contact_id), None)
        if there is not None:
            self._around.deck.change(await self._with_groups(replace(there, card_id=card_id)))
            front = self._around.deck.in_front
            if front is not None and front.contact_id == contact_id:
                self._around.contact.show_contact(contact_id, front.title)
            self.changed.emit()

    async def _with_groups(self, contact: Open) -> Open:
        if contact.card_id is None:
            return contact
        try:
            briefs = await self._around.services.cards.briefs([contact.card_id])
        except NoAnswer:  # it is begun all the same
            return contact
        if not briefs:
            return contact
        return replace(contact, title=briefs[0].name, groups=briefs[0].groups)

    def _contact_gone(self, contact_id: int) -> None:
        was_front = self._around.deck.front == contact_id
        live = self._around.deck.of_contact(contact_id)
        if live is not None:
            self._around.deck.rings.remove(live)
        self._around.deck.remove(contact_id)
        self._around.today.refresh()
        if not was_front:
            self.changed.emit()
            return
        if self._around.deck.front is not None:
            self.bring_to_front(self._around.deck.front)
            return
        self._around.contact.clear()
        self.changed.emit()
        self._around.today.setFocus()

    def _live_in_front(self) -> Live | None:
        """Return the call that a choice is about: that of the contact in front, or the ring."""
        front = self._around.deck.in_front
        if front is not None and self._around.centre.caller is None:
            return self._around.deck.of_contact(front.contact_id)
        shown = self._around.centre.caller
        return next((live for live in self._around.deck.rings if live.caller is shown), None)


def _as_open(draft: Draft, *, ended: bool = False) -> Open:
    return Open(
        draft.id,
        draft.card_name or _("Somebody"),
        (draft.group,) if draft.group else (),
        draft.started_at,
        telephone=draft.channel is Channel.TELEPHONE and not ended,
        ended=ended,
        card_id=draft.card_id,
    )
