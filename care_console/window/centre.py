"""The middle of the Desk: the card, who is calling, somebody new, or a quiet desk."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QSizePolicy, QStackedWidget, QWidget

from care_console.base.words import _, ngettext
from care_console.calls.pane import UnknownPane, WhoPane
from care_console.calls.rules import Caller, LastContact, Match
from care_console.cards.pane import CardPane
from care_console.journal.rules import Entry
from care_console.window.quiet import Quiet


class Centre(QStackedWidget):
    """Shows one of four faces. It never takes the focus by itself."""

    chosen = Signal(int)  # a card's id: it is they who call
    attach_wanted = Signal(int)  # the caller's number belongs on this card
    card_wanted = Signal(object)  # a NewCard
    turned = Signal()  # to another face
    caller_shown = Signal()
    left = Signal()  # by the face that had the focus, which goes

    def __init__(self, card: CardPane, who: WhoPane, unknown: UnknownPane, quiet: Quiet) -> None:
        super().__init__()
        self.card, self.who, self.unknown, self.quiet = card, who, unknown, quiet
        self.caller: Caller | None = None
        """Who the face asks about, until it is known."""
        self.card_id: int | None = None
        """Whose card is shown."""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self.setMinimumHeight(0)
        for face in (quiet, card, who, unknown):
            self.addWidget(face)
        who.chosen.connect(self.chosen)
        who.confirmed.connect(self.attach_wanted)
        who.someone_else.connect(self._ask_for_name)
        who.not_known.connect(self._ask_for_name)
        unknown.attach_wanted.connect(self.attach_wanted)
        unknown.card_wanted.connect(self.card_wanted)
        unknown.went_without.connect(self.be_quiet)

    def hasHeightForWidth(self) -> bool:
        """What stands above takes its height first; the face has all the rest."""
        return False

    def show_caller(self, caller: Caller) -> None:
        """Show a caller at once: the card that is surely theirs, or the way to find it."""
        if caller.card is not None:
            self.card.show_headline(caller.card)
            self.card.set_match(_match_words(caller))
            self.card.history.show_first(
                [_as_entry(number, last) for number, last in enumerate(caller.last_contacts, 1)]
            )
            self._face(self.card, card_id=caller.card.id)
        elif caller.match in (Match.SHARED, Match.MAYBE):
            self.who.show_caller(caller)
            self._face(self.who, caller=caller)
        else:
            self.unknown.show_caller(caller)
            self._face(self.unknown, caller=caller)
        self.caller_shown.emit()

    def show_card(self, card_id: int) -> None:
        """Show a card that was chosen."""
        self.card.set_match("")
        self.card.show_card(card_id)
        self._face(self.card, card_id=card_id)

    def show_somebody(self) -> None:
        """Show the way to find whoever stands here, or has written."""
        self.unknown.show_somebody()
        self._face(self.unknown)

    def be_quiet(self) -> None:
        """Show that nobody is here."""
        self._face(self.quiet)

    @property
    def is_quiet(self) -> bool:
        """Whether nobody is shown."""
        return self.currentWidget() is self.quiet

    def asks_about(self, caller: Caller) -> bool:
        """Whether it is asked who this caller is, and nothing was written down for an answer."""
        return self.caller is caller and not (
            self.currentWidget() is self.unknown and self.unknown.begun
        )

    def turn_all(self) -> None:
        """Lay out and draw each face once, unseen: the first time takes much longer."""
        here = self.currentWidget() or self.quiet
        self.setUpdatesEnabled(False)
        for face in (self.card, self.who, self.unknown, here):
            self.setCurrentWidget(face)
            face.grab()
        self.setUpdatesEnabled(True)

    def focus(self) -> None:
        """Give the keyboard to whatever asks who it is."""
        face = self.currentWidget()
        if face is self.who:
            self.who.focus_list()
        elif face is self.unknown:
            self.unknown.focus_search()

    def _ask_for_name(self) -> None:
        if self.caller is not None:
            caller = self.caller
            self.unknown.show_caller(caller)
            self._face(self.unknown, caller=caller)
            self.unknown.focus_search()

    def _face(
        self, face: QWidget, *, caller: Caller | None = None, card_id: int | None = None
    ) -> None:
        self.caller, self.card_id = caller, card_id
        before = self.currentWidget()
        if before is face:
            return
        focus = QApplication.focusWidget()
        if focus is not None and before is not None and before.isAncestorOf(focus):
            self.left.emit()  # else Qt would hand the focus on to the face that comes
        self.setCurrentWidget(face)
        self.turned.emit()


def _as_entry(number: int, last: LastContact) -> Entry:
    """Return what the ring knows of a contact as its entry in the journal reads."""
    facts = {"channel": last.channel, "direction": last.direction, "outcome": last.outcome}
    personal = {"reason": last.reason, "notes": last.first_words}
    return Entry(
        id=-number,
        kind="contact_finished",
        facts=facts,
        personal=personal,
        at=last.at,
        clerk_card_id=None,
        clerk=last.clerk,
        group="",
    )


def _match_words(caller: Caller) -> str:
    """Return how the caller was recognised, which is not yet that they are verified."""
    why = caller.candidates[0].why
    if not caller.times_before:
        return _("matched by number, {why}").format(why=why)
    times = ngettext("called once before", "called {count} times before", caller.times_before)
    return _("matched by number, {why} · {times}").format(
        why=why, times=times.format(count=caller.times_before)
    )
