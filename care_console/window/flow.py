"""The main flow: it rings, the card is there, the contact is kept, and the desk is quiet again."""

import sys
from collections import Counter
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid

from care_console.base.words import _
from care_console.calls.rules import Caller
from care_console.kit import Errands
from care_console.lines.line import CallEvent, Event, Line
from care_console.store import NoAnswer
from care_console.window.around import Around, who
from care_console.window.conversations import Conversations
from care_console.window.deck import Live
from care_console.window.dialling import Dialling, Wanted
from care_console.window.reaction import Reaction, Situation, reaction
from care_console.window.twins import Twins

ASKED_MS = 20_000  # for which a clerk is asked whether they answered
MOST_GONE = 20
MISSED_MS = 20_000  # for which a missed call stays in the strip
UNTOUCHED_MS = 120_000  # after the end of a call, for whoever writes it up then
SILENT_MS = 180_000  # without news, after which a call rings no more


class Flow(QObject):
    """Takes in what the lines do, and lets the panes show it."""

    turned = Signal()  # to another state of the strip
    shown = Signal(object)  # a Caller, once the panes know them
    hindered = Signal(str)
    lines_turned = Signal()  # a line came, went, or is otherwise than before

    def __init__(self, around: Around, parent: QObject) -> None:
        super().__init__(parent)
        self._around = around
        self._lines: dict[str, Line] = {}
        self._heard: Counter[str] = Counter()  # lines of one name, one after the other
        self.rung = 0  # calls, since the start
        self.errands = Errands(self)
        self.errands.hindered.connect(self.hindered)
        self.conversations = Conversations(around, self)
        self.conversations.hindered.connect(self.hindered)
        self.conversations.changed.connect(self._show_strip)
        self.dialling = Dialling(around, self.conversations, self._lines.values, self)
        self.dialling.hindered.connect(self.hindered)
        self._twins = Twins(around.services.settings.plan)
        self._gone: dict[tuple[str, str], Live] = {}  # the last few that somebody else took
        self._last_missed: Caller | None = None
        self._missed = QTimer(self, singleShot=True, interval=MISSED_MS)
        self._missed.timeout.connect(self._show_strip)
        around.strip.taken.connect(self.take)
        around.strip.put_off.connect(self.put_off)
        around.strip.call_back_wanted.connect(self.call_back)

    def listen(self, line: Line) -> None:
        """Hear a line, until it is closed. What one before it of its name still tells is heard."""
        self._lines[line.name] = line
        end = line.listen(lambda _state: self.lines_turned.emit())
        self.destroyed.connect(lambda: end())  # lines are closed after the window
        self.lines_turned.emit()
        self._heard[line.name] += 1
        again = self._heard[line.name] - 1
        name = f"listen {line.name}" + (f" {again}" if again else "")
        self.errands.look(name, self._listen(line))

    def leave(self, line: Line) -> None:
        """Let the buttons offer no more what a line can that is about to be closed."""
        if self._lines.get(line.name) is line:
            del self._lines[line.name]
            if isValid(self):  # lines are closed after the window
                self.lines_turned.emit()

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines that are heard."""
        return tuple(self._lines.values())

    async def _listen(self, line: Line) -> None:
        async for event in line.events():
            try:
                await self._hear(event)
            except NoAnswer as trouble:
                self.hindered.emit(str(trouble))
            except RuntimeError as error:  # a bug costs one ring, not all that come after it
                sys.excepthook(type(error), error, error.__traceback__)

    async def _hear(self, heard: CallEvent) -> None:
        event = None if self.dialling.hear(heard) else self._twins.told(heard)
        if event is None:
            return
        if event.kind is Event.RINGING:
            await self._rings(event)
        elif event.kind is Event.ANSWERED:
            self._answered(event)
        elif event.kind is Event.ANSWERED_SOMEWHERE:
            self._answered_somewhere(event)
        else:
            self._over(event)

    async def _rings(self, event: CallEvent) -> None:
        """Show who calls; nothing that is not needed for that comes before it."""
        if self._around.deck.live(event) is not None:
            return
        if self._around.services.ignored.has(event):
            self.errands.do(f"ignored {event.line} {event.call_id}", self._log_ignored(event))
            return
        alert = ""
        try:
            caller = await self._around.services.rings.caller(event, self._around.clerk)
        except NoAnswer as trouble:
            caller, alert = (
                self._around.services.rings.bare(event, self._around.clerk),
                str(trouble),
            )
        card = caller.card
        live = Live(event, caller, card_id=card.id if card is not None else None)
        self._around.deck.rings.append(live)
        self._show_ring(live, alert)
        self.rung += 1
        self.shown.emit(caller)
        self.errands.do(f"log {live.key}", self._log(live))
        QTimer.singleShot(SILENT_MS, self, lambda: self._gone_silent(live))

    def _show_ring(self, live: Live, alert: str = "") -> None:
        now = self._situation()
        how = reaction(now)
        self._missed.stop()
        self._around.title(who(live.caller))
        first = self._waiting()[0]
        if how is Reaction.CHIP:
            self._show_strip()
            return
        if first is not live:  # F2 takes the one that is shown: it stays until then
            self._show_more(first)
            return
        line = self._lines.get(live.event.line)
        self._around.strip.show_ringing(
            live.caller,
            live.event.at,
            can=line.can if line is not None else frozenset(),
            kept=self._kept_note(),
            alert=alert or self._alert(live.caller, how),
        )
        self._show_more(live)
        if how is Reaction.CARD:
            self._around.centre.show_caller(live.caller)
            self._around.today.set_current(live.card_id)
        self.turned.emit()

    def page_shown(self, page: str) -> None:
        """Show who rings to a clerk who comes to the Desk, where nobody is shown yet."""
        waiting = self._waiting()
        if page == "desk" and waiting and self._around.centre.is_quiet:
            self._around.show_live(waiting[0])

    async def _log(self, live: Live) -> None:
        command, log = self._around.command(), self._around.services.log
        keep = log.rings_on if self._twins.rings_on(live.event) else log.began
        try:
            live.row = await keep(command, live.event, live.caller)
        finally:
            live.logged.set()

    async def _log_ignored(self, event: CallEvent) -> None:
        await self._around.services.log.ignored(self._around.command(), event)

    def _answered(self, event: CallEvent) -> None:
        """The clerk's own telephone was picked up: that is as if they had pressed F2."""
        live = self._around.deck.live(event)
        if live is None and (live := self._gone.pop((event.line, event.call_id), None)) is not None:
            self._around.deck.rings.append(live)  # it was picked up for somebody else
        if live is not None and live.contact_id is None:
            self._take(live, focus=not self._situation().typing)
        self.errands.do(f"answered {event.line} {event.call_id}", self._log_answered(event))

    async def _log_answered(self, event: CallEvent) -> None:
        await self._around.services.log.answered(self._around.command(), event)

    def _answered_somewhere(self, event: CallEvent) -> None:
        """Ask for a while whether it was the clerk, unless they talk to somebody else just now."""
        live = self._around.deck.live(event)
        if live is None or live.contact_id is not None or self._around.deck.talking:
            self._over(event)
            return
        live.asked = True
        self.errands.do(f"{event.kind} {event.line} {event.call_id}", self._log_over(event))
        self._show_strip()
        QTimer.singleShot(ASKED_MS, self, lambda: self._not_mine(live))

    def _not_mine(self, live: Live) -> None:
        """It was a colleague who answered: the call goes quietly."""
        if live in self._around.deck.rings and live.contact_id is None:
            self._leave(live)
            self._show_strip()

    def _leave(self, live: Live) -> None:
        """Take a call off the desk that somebody else has; a line may learn better."""
        self._around.deck.rings.remove(live)
        live.asked = live.put_off = False
        self._gone[live.key] = live
        while len(self._gone) > MOST_GONE:
            del self._gone[next(iter(self._gone))]

    def _over(self, event: CallEvent) -> None:
        live = self._around.deck.live(event)
        self.errands.do(f"{event.kind} {event.line} {event.call_id}", self._log_over(event))
        if live is None:
            return
        if live.contact_id is not None:
            live.over = True  # its number is still wanted while the contact is open
            self._around.deck.end_call(live.contact_id)
            QTimer.singleShot(UNTOUCHED_MS, self, partial(self._close_untouched, live))
            self._around.contact.keep_now()
            self._show_strip()
            return
        deck = self._around.deck
        if event.kind is not Event.ENDED:
            self._leave(live)
            self._show_strip()
        elif live.asked:
            live.over = True  # whoever it was has hung up; whether it was here is still asked
        else:
            deck.rings.remove(live)
            self._tell_missed(live)

    def _tell_missed(self, live: Live) -> None:
        if self._around.deck.rings or self._around.deck.contacts:
            self._show_strip()
            return
        self._last_missed = live.caller
        can_call = self.dialling.can and live.caller.number.e164 is not None
        self._around.strip.show_missed(live.caller, call_back=can_call)
        self._around.title("")
        self._missed.start()
        self.turned.emit()

    async def _log_over(self, event: CallEvent) -> None:
        log, command = self._around.services.log, self._around.command()
        if event.kind is Event.ENDED:
            await log.ended(command, event)
        else:
            await log.elsewhere(command, event)

    def _close_untouched(self, live: Live) -> None:
        if live.contact_id:
            errand = self.conversations.close_untouched(live.contact_id)
            self.errands.do(f"untouched {live.contact_id}", errand)

    def _gone_silent(self, live: Live) -> None:
        """A line that never says that a call ended must not let it ring for ever."""
        if live in self._around.deck.rings and live.contact_id is None:
            ended = replace(live.event, kind=Event.ENDED, at=self._around.services.clock())
            self._over(replace(ended, cause="no news"))

    def take(self) -> None:
        """F2: keep what was typed, open the caller's card, and start the contact."""
        live = self._around.deck.next_ring
        if live is not None:
            self._take(live)

    def call_back(self) -> None:
        """Call whoever was missed, while the strip tells of them."""
        missed = self._last_missed
        if missed is None or missed.number.e164 is None:
            return
        card = missed.card
        name, card_id = (card.name, card.id) if card is not None else ("", None)
        self.dialling.call(Wanted(missed.number.e164, card_id, name))

    def put_off(self) -> None:
        """Later: the call rings on, but no longer in the strip. Asked whose it was: not mine."""
        live = self._around.deck.next_ring
        if live is not None and live.asked:
            self._not_mine(live)
        elif live is not None:
            live.put_off = True
            self._around.title("")
            self._show_strip()

    def _take(self, live: Live, *, focus: bool = True) -> None:
        live.contact_id = 0  # taken, though not yet kept: a second F2 takes the next call
        self._twins.take(live.event)
        self._around.contact.keep_now()
        self._around.title("")
        if focus:
            self._around.come_to_desk()
            self._around.show_live(live)
        self.errands.do(f"take {live.key}", self.conversations.take_in(live, focus=focus))

    def _show_strip(self) -> None:
        """Show what is most needed: a ring, the open contacts, or nothing."""
        strip, waiting = self._around.strip, self._waiting()
        self._around.title(who(waiting[0].caller) if waiting else "")
        asked = self._asked()
        quiet = not waiting and asked is None
        if self._around.deck.contacts and (self._around.deck.talking or quiet):
            strip.show_contacts(self._around.deck.contacts, self._around.deck.front)
            strip.show_waiting(len(waiting), who(waiting[0].caller) if waiting else "")
        elif waiting:
            live = waiting[0]
            line = self._lines.get(live.event.line)
            can = line.can if line is not None else frozenset()
            strip.show_ringing(live.caller, live.event.at, can=can, kept=self._kept_note())
            self._show_more(live)
        elif asked is not None:
            strip.show_answered(asked.caller)
        else:
            strip.clear()
        self.turned.emit()

    def _show_more(self, shown: Live) -> None:
        """Tell who else rings."""
        others = [live for live in self._waiting() if live is not shown]
        self._around.strip.show_waiting(len(others), who(others[0].caller) if others else "")

    def _waiting(self) -> list[Live]:
        rings = self._around.deck.rings
        return [
            live
            for live in rings
            if live.contact_id is None and not live.put_off and not live.asked
        ]

    def _asked(self) -> Live | None:
        """Return the call of which nobody knows who answered it."""
        rings = self._around.deck.rings
        return next((live for live in rings if live.asked and live.contact_id is None), None)

    def _situation(self) -> Situation:
        around = self._around.busy()
        return replace(
            around,
            typing=around.typing or self._around.contact.typing,
            drafting=self._around.deck.front is not None,
            talking=self._around.deck.talking,
        )

    def _kept_note(self) -> str:
        front = self._around.deck.in_front
        if front is None or self._around.contact.untouched:
            return ""
        return _("Your note on {name} is kept").format(name=front.title)

    def _alert(self, caller: Caller, how: Reaction) -> str:
        """Return what must be seen though the card stays closed."""
        card = caller.card
        return card.alerts[0] if how is Reaction.STRIP and card is not None and card.alerts else ""
