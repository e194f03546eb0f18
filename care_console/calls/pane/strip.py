"""The strip under the top bar: who rings, or who the clerk is talking to."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from care_console.base.clock import Clock, utc_now
from care_console.base.names import clean, isolated
from care_console.base.spell import DEFAULT_LOCALE, hour, length
from care_console.base.words import _, ngettext
from care_console.calls.pane.contact_tabs import ContactTabs, OpenContact
from care_console.calls.pane.ring_face import RingFace
from care_console.calls.pane.state_face import StateFace
from care_console.calls.pane.words import announcement, who
from care_console.calls.rules import Caller
from care_console.kit.announce import announce
from care_console.kit.buttons import Button
from care_console.kit.canvas import Canvas
from care_console.kit.labels import ElidingLabel
from care_console.kit.look import Themed, current_look
from care_console.kit.panes import Pane
from care_console.lines.line import Can

HEIGHT = 54  # px
SECOND_MS = 1_000
SAID_MS = 10_000  # for which a greeting stays after the call was taken
NO_DIGITS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class CallStrip(Themed, Pane):
    """Tells at a glance; it never takes the focus, and nothing in it is pressed by itself."""

    taken = Signal()
    put_off = Signal()
    tab_chosen = Signal(int)  # a contact's id
    wrap_up_wanted = Signal()
    call_back_wanted = Signal()

    def __init__(self, clock: Clock = utc_now, locale: str = DEFAULT_LOCALE) -> None:
        super().__init__()
        self._clock, self._locale = clock, locale
        self._shown = self._waiting = ""
        self._can_call = False
        self._since: datetime | None = None  # from when it counts
        self._ended: dict[int, datetime] = {}  # when calls were seen to be over, by contact
        self.state, self.ring, self.tabs = StateFace(), RingFace(), ContactTabs()
        self.later = Button(_("Later"), "quiet", key="⇧ Esc")
        self.take = Button(_("I have it"), "primary", "phone", "F2")
        self.call_back = Button(_("Call back"), "primary", "phone-out")
        self.waiting = Button("", "soft", "phone", "F2")
        self.wrap_up = Button(_("Wrap up"), "primary", key="F4")
        self.greeting = ElidingLabel(weight=500)
        self.greeting.hide()
        self._said = QTimer(self, interval=SAID_MS, singleShot=True)
        self._said.timeout.connect(self.greeting.hide)
        self._second = QTimer(self, interval=SECOND_MS)
        self._second.timeout.connect(self._tick)
        self._lay_out()
        self._connect()
        self.clear()

    @property
    def shown(self) -> str:
        """What is shown: "ringing", "answered", "contacts", "missed", or "" for nothing."""
        return self._shown

    def show_ringing(
        self,
        caller: Caller,
        since: datetime,
        *,
        can: frozenset[Can] = frozenset(),
        kept: str = "",
        alert: str = "",
    ) -> None:
        """Show who rings since when.

        ``can`` is what their line can do, ``kept`` says whose note is kept meanwhile, and
        ``alert`` is what must be seen of a card that stays closed.
        """
        self.ring.show_caller(caller, kept, alert)
        self.take.setText(_("Take call") if Can.ANSWER in can else _("I have it"))
        self.later.setText(_("Later"))
        self.state.show_state(_("Ringing"), caller.called, "phone", ringing=True)
        self._show("ringing", since)
        announce(self, announcement(caller, alert), at_once=True)

    def show_contacts(self, tabs: Sequence[OpenContact], front: int | None) -> None:
        """Show the open contacts; ``front`` is the id of the one the clerk works on."""
        self.tabs.show_contacts(tabs, front, self._locale)
        there = next((each for each in tabs if each.contact_id == front), None)
        self._note_ends(tabs)
        self._show("contacts", self._show_state(there))

    def show_waiting(self, count: int, name: str) -> None:
        """Show beside what is shown that so many more ring, of whom ``name`` was the first.

        They can be taken from here beside a contact; beside a ring the key is that of the ring.
        """
        words = ngettext("{count} waiting: {name}", "{count} waiting: {name}", count)
        told, self._waiting = self._waiting, words.format(count=count, name=isolated(clean(name)))
        self.waiting.setText(self._waiting)
        there = count > 0 and self._shown in ("contacts", "ringing")
        self.waiting.setVisible(there)
        takes = self._shown == "contacts"
        self.waiting.set_key("F2" if takes else "")
        self.waiting.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, not takes)
        self.waiting.setFocusPolicy(Qt.FocusPolicy.TabFocus if takes else Qt.FocusPolicy.NoFocus)
        if there and told != self._waiting:
            announce(self, self._waiting, at_once=True)

    def show_answered(self, caller: Caller) -> None:
        """Ask whether it was the clerk who picked up, where the line cannot tell."""
        asked = self._shown == "answered" and self.ring.who == who(caller)
        self.ring.show_caller(caller)
        self.take.setText(_("It was me"))
        self.later.setText(_("A colleague"))
        self.state.show_state(_("Answered. You?"), caller.called, "phone")
        self._show("answered", None)
        if not asked:
            words = _("Answered: {name}. If it was you, press F2.")
            announce(self, words.format(name=who(caller).title))

    def show_missed(self, caller: Caller, *, call_back: bool = False) -> None:
        """Show who rang and was not answered; they can be called back where a line dials."""
        self._can_call = call_back
        self.state.show_state(_("Missed"), hour(self._clock(), self._locale), "phone-missed")
        self.ring.show_missed(caller, _("Listed under Missed"))
        self._show("missed", None)
        announce(self, _("Missed: {name}").format(name=who(caller).title))

    def say(self, greeting: str) -> None:
        """Show for a while what to say first, beside the contact of a call that was taken."""
        self.greeting.setText(greeting)
        self.greeting.setVisible(bool(greeting) and self._shown == "contacts")
        self._said.start()

    def clear(self) -> None:
        """Show nothing, and take no room."""
        self._show("", None)

    def focus_first(self) -> None:
        """Bring the keyboard here, because the clerk asked for it."""
        if self._shown in ("ringing", "answered"):
            self.take.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif self._shown == "contacts":
            self.tabs.focus_front()
        elif self.call_back.isVisible():
            self.call_back.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits choose a tab, but only while the strip has the focus."""
        digit = event.key() - Qt.Key.Key_0
        plain = not event.modifiers() & NO_DIGITS
        if plain and self._shown == "contacts" and self.tabs.choose(digit):
            return
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), current_look().px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, current_look().px(HEIGHT))

    def restyle(self) -> None:
        px = current_look().px
        self._across.setContentsMargins(px(16), 0, px(12), 0)
        self._across.setSpacing(px(12))
        super().restyle()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._count(self._since)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._second.stop()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            canvas = Canvas(painter, self.rect(), self.layoutDirection())
            ground = "accent_soft" if self._shown in ("ringing", "answered") else "ok_soft"
            if self._shown == "missed":
                ground = "warn_soft"
            painter.fillRect(self.rect(), canvas.look.color(ground))
            foot = QRectF(0, self.height() - canvas.look.line, self.width(), canvas.look.line)
            painter.fillRect(foot, canvas.look.color("line"))

    def _lay_out(self) -> None:
        self._across = QHBoxLayout(self)
        for part in (self.state, self.ring, self.tabs):
            self._across.addWidget(part, 0 if part is self.state else 1)
        self._across.addWidget(self.greeting, 1)
        for button in (self.waiting, self.later, self.take, self.call_back, self.wrap_up):
            self._across.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the caret where it was
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.restyle()

    def _connect(self) -> None:
        self.take.clicked.connect(self.taken)
        self.waiting.clicked.connect(self.taken)
        self.later.clicked.connect(self.put_off)
        self.call_back.clicked.connect(self.call_back_wanted)
        self.wrap_up.clicked.connect(self.wrap_up_wanted)
        self.tabs.chosen.connect(self.tab_chosen)

    def _show(self, what: str, since: datetime | None) -> None:
        self._shown = what
        parts: dict[QWidget, bool] = {
            self.ring: what in ("ringing", "answered", "missed"),
            self.tabs: what == "contacts",
            self.later: what in ("ringing", "answered"),
            self.take: what in ("ringing", "answered"),
            self.call_back: what == "missed" and self._can_call,
            self.wrap_up: what == "contacts",
        }
        for part, there in parts.items():
            part.setVisible(there)
        if what != "contacts":
            self.greeting.hide()
        if what not in ("contacts", "ringing"):
            self.waiting.hide()
        self.setAccessibleName(self._spoken())
        self.setVisible(bool(what))
        self._count(since)
        self.update()

    def _spoken(self) -> str:
        if self._shown == "contacts":
            return _("Open contacts")
        return _("Calls") if not self._shown else f"{self.state.words}, {self.ring.who.title}"

    def _show_state(self, front: OpenContact | None) -> datetime | None:
        """Tell how far the contact in front is, and return from when it counts, if it does."""
        if front is None:
            self.state.show_state(_("Parked"), "", "pause")
            return None
        if front.telephone and not front.ended:
            began = _("since {hour}").format(hour=hour(front.since, self._locale))
            words = _("Calling") if front.ours else _("Talking")
            icon = "phone-out" if front.ours else "phone"
            self.state.show_state(words, began, icon)
            return front.since
        if front.ended:
            over = self._ended.get(front.contact_id) if front.telephone else None
            took = length((over - front.since).total_seconds()) if over is not None else ""
            long = _("{time} long").format(time=took) if took else ""
            words = _("Call ended") if front.telephone else _("Wrapping up")
            self.state.show_state(words, long, "phone" if front.telephone else "note")
            return None
        self.state.show_state(_("At the counter"), _("no call"), "person")
        return front.since

    def _note_ends(self, contacts: Sequence[OpenContact]) -> None:
        over = {each.contact_id for each in contacts if each.telephone and each.ended}
        now = self._clock()
        self._ended = {each: self._ended.get(each, now) for each in over}

    def _count(self, since: datetime | None) -> None:
        """Count the seconds from ``since``; a timer runs only while somebody can see them."""
        self._since = since
        if since is None:
            self._second.stop()
            self.state.show_time("")
            return
        self._tell_time()
        if self.isVisible():
            self._second.start()

    def _tick(self) -> None:
        self.state.pulse()
        self._tell_time()

    def _tell_time(self) -> None:
        if self._since is not None:
            self.state.show_time(length((self._clock() - self._since).total_seconds()))
