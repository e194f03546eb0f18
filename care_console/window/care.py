"""What stands around a customer's card: verified, the recovery, and what may be given."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from care_console.authority.pane import RemedyPane
from care_console.authority.rules.views import Given
from care_console.base.command import Command
from care_console.base.words import N_, _
from care_console.calls.pane import VerifyPane
from care_console.calls.rules.verified import Level, Standing
from care_console.cards.rules import Group
from care_console.cards.rules.dealing_words import FACT
from care_console.kit import Act, Errands, Pane, Panel
from care_console.promises.rules import Duty
from care_console.recovery.pane import CalledPane, DifficultPane, RecoveryPane
from care_console.recovery.pane.asking import Ask
from care_console.recovery.rules import BadRecovery, OpenedFrom, Shown, Step
from care_console.services import Services
from care_console.staff.pane import PinField
from care_console.window.around import Around
from care_console.window.beyond import part_now

RECOVERY = "recovery"  # the kind of the card's line that the panel tells in full


class Care(QObject):
    """Shows what belongs to the card and to the contact in front, and lets it be done."""

    acted = Signal(object)  # an Act
    told = Signal(str)
    card_chosen = Signal(int)
    hindered = Signal(str)
    opened = Signal()  # a recovery

    def __init__(self, services: Services, parent: QObject) -> None:
        super().__init__(parent)
        self._services = services
        self._around: Around | None = None
        self.place = ""
        """Where this desk is: whoever is called without a sound reads it."""
        self._wanted = False  # F8: what may be given is shown without a recovery, too
        self.errands = Errands(self)
        self.errands.hindered.connect(self.hindered)
        locale, clock = services.desk.language, services.clock
        self.verify = VerifyPane(services.verified, self._command, locale)
        self.recovery = RecoveryPane(
            services.recoveries, services.staff, services.search, self._command, clock, locale
        )
        self.difficult = DifficultPane(
            *(services.abuse, services.playbooks, self._command, clock, locale),
            lambda: self.place,
            lambda: services.settings.company.country,
        )
        self.called = CalledPane(services.abuse, self._command)
        self.ask = _AskWhat()
        self.remedy = RemedyPane(
            services.authority,
            services.requests,
            self._command,
            PinField,
            clock,
            locale,
        )
        self.remedy.hide()

    @property
    def panes(self) -> tuple[Pane, ...]:
        """All of them, to be told what changes."""
        return self.verify, self.recovery, self.remedy, self.difficult, self.called

    @property
    def typing(self) -> bool:
        """Whether something is being typed in one of them."""
        return self.remedy.typing or self.ask.isVisible() or self.recovery.asks

    def stand_around(self, around: Around) -> None:
        """Take the places beside the panes of the Desk."""
        self._around = around
        card = around.centre.card
        card.head.add_line(self.verify)
        card.head.leave_to_leaves(RECOVERY, FACT)
        for leaf in (self.ask, self.recovery):
            card.add_leaf("", leaf)
        card.shown.connect(self._show_card)
        self.recovery.shown.connect(self._show_remedies)
        self.recovery.settled.connect(self._settled)
        self.verify.level_changed.connect(self._verified)
        self.ask.answered.connect(self._open)
        for turned in (around.contact.turned, around.centre.turned):
            turned.connect(self._show_remedies)
        around.contact.kept.connect(self._tell_story)
        self.remedy.given.connect(self._given)
        self.remedy.verify_wanted.connect(self._verify_first)
        self.remedy.answered.connect(self.told)
        self.remedy.moment.connect(self._say_beyond)
        self.recovery.card_chosen.connect(self.card_chosen)
        self.difficult.ended.connect(lambda _contact_id: around.contact.wrap_up())
        self.difficult.called.connect(
            lambda _card_id: self.told.emit(_("A colleague is called, without a sound."))
        )
        self.called.coming.connect(self.told)
        for pane in (self.recovery, self.remedy):
            pane.acted.connect(self.acted)
        for each in self.panes:
            each.errands.hindered.connect(self.hindered)

    def show_contact(self) -> None:
        """Show what belongs to the contact that is in front now."""
        front = self._deck_front()
        self.verify.show_contact(front)
        self._show_remedies()

    def go_to_recovery(self) -> None:
        """Go to the recovery of whoever is shown; where there is none, begin one."""
        focus = QApplication.focusWidget()
        if focus is not None and self.recovery.isAncestorOf(focus) and not self.recovery.asks:
            self.recovery.show_next()
        elif self.recovery.recovery_id is not None:
            self.recovery.go_in()
        elif self._card_id is None:
            self.hindered.emit(_("Open a card first: a recovery is somebody's."))
        else:
            reason = self._reason()
            if reason:
                self._open(reason)
            else:
                self.ask.begin()

    def put_right(self, duty: Duty) -> None:
        """Begin a recovery for a promise that was broken, and show it with the customer's card."""
        self.errands.do("open", self._put_right(duty))

    async def _put_right(self, duty: Duty) -> None:
        recoveries = self._services.recoveries
        recovery_id = await recoveries.open_for_promise(self._command(), duty.id)
        if duty.card_id is not None:
            self.card_chosen.emit(duty.card_id)
        self._begun(recovery_id, duty.title)

    def go_to_remedies(self) -> None:
        """Go to what may be given to whoever is shown."""
        if self._card_id is None:
            self.hindered.emit(_("Open a card first: a remedy is somebody's."))
            return
        self._wanted = True
        if self._wrapping and self._around is not None:
            self._around.contact.wrap_up()  # back from it: both need the column
        self._show_remedies()
        (self.remedy.face.box or self.remedy).setFocus()
        self.remedy.face.make_room()  # a box may need the contact's room again

    def next_wording(self) -> None:
        """Say it in other words; the keyboard stays where it is."""
        self.recovery.next_wording()

    def ask_facts(self) -> None:
        """Go to the facts that the caller may know."""
        self.verify.ask()

    def change_clerk(self) -> None:
        """Show nothing of what the clerk before had in hand."""
        self._wanted = False
        self.ask.end()
        self.difficult.shut()
        self.recovery.show_card(None)
        self.remedy.forget()
        self.called.forget()
        self.show_contact()

    def set_words(self, when: Shown) -> None:
        """Show the words to say always, on a key or never: as this clerk likes it."""
        self.recovery.set_words(when)
        self.told.emit(_(SHOWN_WORDS[when]))

    def show_abuse(self) -> None:
        """Show what to say to an abusive caller, who is warned, warned again, and hung up on."""
        front = self._in_front()
        if front is None:
            self.hindered.emit(_("Take the call first: what is said stands on its contact."))
        else:
            self.difficult.show_abuse(front)

    def show_emergency(self) -> None:
        """Show what to say and do when somebody is in danger, also while nobody is known yet."""
        card = self._around.centre.card if self._around is not None else None
        group = next(iter(card.groups), "") if card is not None else ""
        language = self._services.desk.language.partition("_")[0]
        self.difficult.show_emergency(group or Group.END_USER, language, self._in_front())

    def call_colleague(self) -> None:
        """Call a colleague to the desk without a sound."""
        self.difficult.call_colleague(self._in_front())

    def _in_front(self) -> int | None:
        """Return the contact in front, whoever it is with."""
        return self._around.deck.front if self._around is not None else None

    def set_compact(self, on: bool) -> None:
        """Leave out what can be spared in a low window."""
        self.recovery.set_compact(on)

    @property
    def _wrapping(self) -> bool:
        """Whether the wrap-up is in front, which takes the whole column."""
        return self._around is not None and self._around.contact.wrapping

    @property
    def _card_id(self) -> int | None:
        return self._around.centre.card_id if self._around is not None else None

    def _command(self) -> Command:
        assert self._around is not None
        return self._around.command()

    def _deck_front(self) -> int | None:
        """Return the contact in front, if it is with whoever is shown."""
        front = self._around.deck.in_front if self._around is not None else None
        return front.contact_id if front is not None and front.card_id == self._card_id else None

    def _reason(self) -> str:
        """Return what the contact in front is about, as far as it is written."""
        if self._around is None or self._deck_front() is None:
            return ""
        return self._around.contact.reason.strip()

    def _show_card(self, card_id: int) -> None:
        self._wanted = False
        self.ask.end()
        self.recovery.show_card(card_id)
        self.show_contact()

    def _show_remedies(self, *_news: object) -> None:
        card_id, recovery_id = self._card_id, self.recovery.recovery_id
        shown = card_id is not None and (recovery_id is not None or self._wanted)
        self.remedy.show_for(card_id if shown else None, recovery_id, self._deck_front())
        self._tell_story()
        beside = shown and not self._wrapping
        self.remedy.setVisible(beside)
        if self._around is not None:
            self._around.contact.set_shares(beside)
        self._verified()

    def _tell_story(self, *_news: object) -> None:
        """Let whoever is asked to decide know what the contact is about, as it is written now."""
        self.remedy.set_story(self._reason())

    def _verified(self, *_news: object) -> None:
        """An unverified caller unlocks no remedy; where nobody calls, nobody is to be verified."""
        sure = self.verify.level is Level.GIVING or not self._calls
        self.remedy.set_verified(sure, lambda: _how_to_verify(self.verify.standing))

    def _verify_first(self) -> None:
        """Go to the next fact to ask, where there is one left."""
        standing = self.verify.standing
        if standing is not None and standing.next is not None:
            self.verify.ask()

    @property
    def _calls(self) -> bool:
        """Whether the customer who is shown calls, or may be whoever does."""
        if self._around is None:
            return False
        deck, front = self._around.deck, self._around.deck.in_front
        rings = any(live.card_id == self._card_id and not live.over for live in deck.rings)
        return rings or (front is not None and front.card_id in (None, self._card_id))

    def _settled(self, step: str) -> None:
        """Lead on: after listening comes making it up."""
        if step == Step.EMPATHY and self.remedy.isVisible():
            self.remedy.setFocus()

    def _say_beyond(self, moment: str) -> None:
        """Say what may be given now and by when the rest is told, as the ways on have it."""
        now = part_now(self.remedy) if moment else None
        if now is None:  # the words for it would give what nobody may give
            self.recovery.show_moment("")
        else:
            self.recovery.show_moment(moment, *now)

    def _given(self, _given: Given) -> None:
        self.recovery.refresh()

    def _open(self, title: str) -> None:
        self.errands.do("open", self._opened(title))

    async def _opened(self, title: str) -> None:
        card_id, contact_id = self._card_id, self._deck_front()
        if card_id is None:
            return
        recoveries = self._services.recoveries
        try:
            recovery_id = await recoveries.open(
                self._command(),
                card_id,
                title=title,
                opened_from=OpenedFrom.CALL if contact_id else OpenedFrom.CARD,
                contact_id=contact_id,
            )
        except BadRecovery as trouble:
            self.ask.refuse(str(trouble))
            return
        self.ask.end()
        self.recovery.show_recovery(recovery_id)
        self.recovery.show_card(card_id)
        self._begun(recovery_id, title)
        self.recovery.go_in()

    def _begun(self, recovery_id: int, title: str) -> None:
        undo = partial(self._take_back, recovery_id)
        self.recovery.show_begun(recovery_id)
        self.acted.emit(Act(_("Recovery begun: {title}").format(title=title), undo))
        self.opened.emit()

    async def _take_back(self, recovery_id: int) -> None:
        await self._services.recoveries.take_back(self._command(), recovery_id)


def _how_to_verify(standing: Standing | None) -> str:
    """Return what to do before a remedy may be offered, in words, or nothing of one's own."""
    if standing is None:
        return ""
    if standing.next is not None:
        return _("Verify first who is calling: Space ticks what they know, F8 leads back here.")
    if standing.facts:
        return _("Their card has nothing more to ask. Ring them back on its number, then give.")
    return _("Their card has nothing to ask. Ring them back on its number, then give.")


class _AskWhat(QWidget):
    """Asks in one line what went wrong."""

    answered = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._ask = Ask()
        panel = Panel(_("A recovery begins"), "heart")
        panel.body.addWidget(self._ask)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(panel)
        self._ask.answered.connect(self.answered)
        self._ask.left.connect(self.end)
        self.hide()

    def begin(self) -> None:
        """Ask, with the keyboard."""
        self.show()
        self._ask.ask(_(QUESTION), _("Begin"))

    def end(self) -> None:
        """Ask no more."""
        self.hide()

    def refuse(self, sentence: str) -> None:
        """Say why it cannot be; what was typed stays."""
        self.show()
        self._ask.refuse(sentence)


SHOWN_WORDS = {
    Shown.ALWAYS: N_("The words to say are always shown to you."),
    Shown.KEY: N_("The words to say are shown to you on Shift+F7."),
    Shown.NEVER: N_("The words to say are not shown to you."),
}
QUESTION = N_("What went wrong for them, in a few words?")
