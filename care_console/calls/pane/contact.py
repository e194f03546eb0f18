"""This call, this contact, and its wrap-up: one panel, in which nothing typed is ever lost."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from care_console.base.command import Command
from care_console.base.fold import fold
from care_console.base.names import clean, isolated
from care_console.base.spell import DEFAULT_LOCALE, hour
from care_console.base.words import _
from care_console.calls.pane.contact_form import ContactForm, Values
from care_console.calls.pane.contact_words import minutes_words, saved_words
from care_console.calls.pane.ending import FIRST_DIGIT, EndOnDigit
from care_console.calls.pane.keeper import Keeper
from care_console.calls.rules import (
    ON_A_DIGIT,
    WRAP_UP,
    Channel,
    Draft,
    Matter,
    Outcome,
    State,
)
from care_console.calls.service import Contacts, Matters
from care_console.kit import Glyph, KeyHint, Label, Pane, Panel, Scroll, Themed, current_look
from care_console.kit.acts import Act

MOST_REASONS = 7
LEAST_WIDTH, LEAST_HEIGHT = 200, 180  # px; what does not fit is scrolled to
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ContactPane(Themed, Pane):
    """What the clerk writes down of the contact in front. Without one it says so."""

    finished = Signal(int)  # the contact's id, of all of these
    left = Signal(int)
    ended = Signal(int, str)  # and the Outcome
    kept = Signal(object)  # a datetime
    kept_here = Signal(str)  # a sentence: the server is away
    not_kept = Signal(str)  # a sentence
    acted = Signal(object)  # an Act
    turned = Signal()  # to the wrap-up, or back

    def __init__(
        self,
        contacts: Contacts,
        matters: Matters,
        command: Callable[[], Command],
        locale: str = DEFAULT_LOCALE,
    ) -> None:
        super().__init__()
        self._contacts, self._matters, self._command = contacts, matters, command
        self._locale = locale
        self._contact_id: int | None = None
        self._draft: Draft | None = None  # as it was when it was shown
        self._title = ""
        self._open_matters: list[Matter] = []
        self._shares, self._was_wrapping = False, False
        self._keeper = Keeper(contacts, contacts.clock, self)
        self._lay_out()
        self._connect()
        self.clear()

    @property
    def contact_id(self) -> int | None:
        """Which contact is shown."""
        return self._contact_id

    @property
    def loaded(self) -> bool:
        """Whether what the records have of the contact is shown."""
        return self._draft is not None

    @property
    def typing(self) -> bool:
        """Whether the clerk types: a key came a moment ago, or something is not kept yet."""
        return self._keeper.typing

    @property
    def untouched(self) -> bool:
        """Whether nothing is written in the contact that is shown."""
        return self.form.empty

    @property
    def wrapping(self) -> bool:
        """Whether the wrap-up is shown."""
        return self.form.wrapping

    def show_contact(self, contact_id: int, title: str = "") -> None:
        """Show a contact; ``title`` is whose. What was typed in the one before is kept first."""
        self._title = clean(title)
        if contact_id != self._contact_id:
            self._keeper.keep_now()
            self._contact_id, self._draft, self._open_matters = contact_id, None, []
            self.form.show_values({})
            self.form.set_with_matter(False)
            self.form.set_wrapping(False)
            self.form.hold(False)
            self._show_state()
        self.errands.look("show", self._show(contact_id))

    def rename(self, before: int, now: int) -> None:
        """Go on with a contact that was begun while the server was away, and has an id now."""
        self._keeper.rename(before, now)
        if self._contact_id == before:
            self._contact_id = now
            self._draft = replace(self._draft, id=now) if self._draft is not None else None

    def clear(self) -> None:
        """Show that no contact is open."""
        self._keeper.keep_now()
        self._contact_id, self._draft, self._title = None, None, ""
        self.form.show_values({})
        self.form.set_wrapping(False)
        self._show_state()

    def wrap_up(self) -> None:
        """Show the wrap-up and go to *How did it end?*; or go back to the contact."""
        if self._contact_id is None:
            return
        self.form.set_wrapping(not self.form.wrapping)
        self._show_state()
        if self.form.wrapping:
            self.form.outcome.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.focus_reason()

    def finish(self) -> None:
        """Save the wrap-up and end the contact; while it lasts, show the wrap-up first."""
        if self._contact_id is None:
            return
        if not self.form.wrapping:
            self.wrap_up()
        elif (outcome := self.form.ask_outcome()) is not None:
            self.errands.do("end", self._finish(self._contact_id, outcome))

    def end_on(self, digit: int) -> None:
        """End the contact without a wrap-up: 7 put through, 8 wrong number, 9 cold call."""
        if self._contact_id is not None and 0 <= digit - FIRST_DIGIT < len(ON_A_DIGIT):
            self._end_on(ON_A_DIGIT[digit - FIRST_DIGIT])

    def leave(self) -> None:
        """Put the contact aside: it is listed as unfinished or, if untouched, dropped."""
        if self._contact_id is not None:
            self.errands.do("end", self._leave(self._contact_id))

    def keep_now(self) -> None:
        """Send what is not kept to the records, without waiting for it."""
        self._keeper.keep_now()

    async def flush(self) -> None:
        """Return when all is kept that can be kept; a failure is told as ever."""
        await self._keeper.flush()

    @property
    def reason(self) -> str:
        """What it is about, as far as it is written."""
        return str(self.form.reason.text())

    def focus_reason(self) -> None:
        """Bring the keyboard to the reason, because the clerk asked for it."""
        there = self.form.notes if self.form.reason.text().strip() else self.form.reason
        there.setFocus(Qt.FocusReason.OtherFocusReason)

    def add_slot(self, widget: QWidget) -> None:
        """Give another room a place in the wrap-up."""
        self.form.add_slot(widget)

    def set_compact(self, on: bool) -> None:
        """Do without what is not needed, where the window is short."""
        self.form.set_compact(on)

    def set_shares(self, on: bool) -> None:
        """Share the column with something that needs the room: the digits still end the contact."""
        self._shares = on
        self._show_state()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+7 to 9 end the contact, Ctrl+Enter finishes it, wherever here the keyboard is."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        digit = event.key() - Qt.Key.Key_0
        if held != Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        elif event.key() in ENTER:
            self.finish()
        elif FIRST_DIGIT <= digit <= 9 and not self.form.wrapping:
            self.end_on(digit)
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What was typed is kept at once when the keyboard goes elsewhere."""
        if event.type() == QEvent.Type.FocusOut:
            self._keeper.keep_now()
        return super().eventFilter(watched, event)

    def minimumSizeHint(self) -> QSize:
        return QSize(current_look().px(LEAST_WIDTH), current_look().px(LEAST_HEIGHT))

    def restyle(self) -> None:
        self._down.setSpacing(current_look().px(10))
        super().restyle()

    def _lay_out(self) -> None:
        self.form = ContactForm(self._find_reasons, self._find_matters)
        self.panel = Panel(_("This call"))
        self._mark, self._key = Glyph("note"), KeyHint("F6")
        self.panel.head.insertWidget(0, self._mark)
        self.panel.head.insertWidget(2, self._key)
        self.nobody = Label(
            _("Take a call, or start with somebody at the counter: it is written down here."),
            colour="text3",
            wrap=True,
        )
        self.panel.body.addWidget(self.nobody)
        self.panel.body.addWidget(self.form, 1)
        self.panel.body.addStretch(0)
        self.ending = EndOnDigit()
        content, whole = QWidget(), QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(Scroll(content))
        self._down = QVBoxLayout(content)
        self._down.setContentsMargins(0, 0, 0, 0)
        self._down.addWidget(self.panel, 1)
        self._down.addWidget(self.ending)
        self.setFocusProxy(self.form.reason)
        self.form.reason.lie_over(self)
        self.form.matter.lie_over(self)
        self.restyle()

    def _connect(self) -> None:
        form = self.form
        form.changed.connect(self._typed)
        form.key_pressed.connect(self._keeper.key)
        form.save_wanted.connect(self.finish)
        form.later_wanted.connect(self.leave)
        self.ending.wanted.connect(self._end_on)
        self._keeper.kept.connect(self._was_kept)
        self._keeper.kept_here.connect(self._was_kept_here)
        self._keeper.not_kept.connect(self._was_not_kept)
        for edit in (form.reason, form.matter, form.notes, form.outcome):
            edit.installEventFilter(self)

    async def _show(self, contact_id: int) -> None:
        held = self._keeper.of(contact_id)  # it may be kept before we hear of a draft without it
        draft = await self._contacts.draft(contact_id)
        if contact_id != self._contact_id:
            return
        first, self._draft = self._draft is None, draft
        if first:
            self._fill(draft, held)
        self._show_state()
        if draft.card_id is not None:
            self._open_matters = await self._matters.open_of(draft.card_id)
        self.form.set_with_matter(draft.card_id is not None)
        self.form.show_reasons(await self._contacts.reasons("", MOST_REASONS))

    def _fill(self, draft: Draft, held: Values) -> None:
        """Show what the records have, then what they do not have yet, then keys that came since.

        ``held`` is what they did not have when they were asked.
        """
        since = self.form.values
        kept = {name: getattr(draft, name) for name in since} | held | self._keeper.of(draft.id)
        late = {name: value for name, value in since.items() if value}
        for name in ("notes", "reason"):
            if name in late and kept[name]:
                late[name] = f"{kept[name]} {late[name]}"
        self.form.show_values(kept | late)
        if late:
            self._typed(late)

    def _typed(self, values: Values) -> None:
        if self._contact_id is not None and self._draft is not None:
            self._keeper.changed(self._contact_id, **self._as_kept(values))

    def _as_kept(self, values: Values) -> Values:
        """Return ``values`` with the open matter that is meant, if there is one of this title."""
        if "matter" not in values:
            return values
        meant = fold(values["matter"])
        there = (each.id for each in self._open_matters if meant and fold(each.title) == meant)
        return {**values, "matter_id": next(there, 0)}

    async def _find_reasons(self, text: str) -> Sequence[str]:
        return await self._contacts.reasons(text, MOST_REASONS)

    async def _find_matters(self, text: str) -> Sequence[str]:
        wanted = fold(text)
        return [each.title for each in self._open_matters if wanted in fold(each.title)]

    def _end_on(self, outcome: str) -> None:
        if self._contact_id is not None:
            self.errands.do("end", self._finish(self._contact_id, Outcome(outcome)))

    async def _finish(self, contact_id: int, outcome: Outcome) -> None:
        """End the contact with all that is written, in one unit; if it fails, nothing is gone."""
        written = self._as_kept(self.form.values) if contact_id == self._contact_id else {}
        changes: dict[str, Any] = {**self._keeper.of(contact_id), **written}
        changes.pop("outcome", None)
        self.form.hold(True)
        try:
            await self._keeper.flush()
            stored = await self._contacts.finish(self._command(), contact_id, outcome, **changes)
        finally:
            self.form.hold(False)
        name = self._title if contact_id == self._contact_id else ""
        words = saved_words(name, outcome, stored=stored)
        self._keeper.done(contact_id)
        self.acted.emit(Act(words, lambda: self._take_back(contact_id)))
        if outcome in WRAP_UP:
            self.finished.emit(contact_id)
        else:
            self.ended.emit(contact_id, outcome.value)
        self._gone(contact_id)

    async def _take_back(self, contact_id: int) -> None:
        await self._contacts.undo(self._command(), contact_id)

    async def _leave(self, contact_id: int) -> None:
        await self._keeper.flush()
        if self._keeper.of(contact_id):
            return  # put aside as empty, it would be dropped
        await self._contacts.leave(self._command(), contact_id)
        self.left.emit(contact_id)
        self._gone(contact_id)

    def _gone(self, contact_id: int) -> None:
        if contact_id == self._contact_id:
            self.clear()

    def _show_state(self) -> None:
        """Show what the panel is about: nobody, a call, another contact, or a wrap-up."""
        there, wrapping = self._contact_id is not None, self.form.wrapping
        self.nobody.setVisible(not there)
        self.form.setVisible(there)
        self.ending.setVisible(there and not wrapping and not self._shares)
        call = self._draft is None or self._draft.channel is Channel.TELEPHONE
        title = _("Wrap up") if wrapping else _("This call") if call else _("This contact")
        whose = _("{what}: {who}").format(what=title, who=isolated(self._title))
        self.panel.title.setText(whose if self._title else title)
        self.panel.setAccessibleName(", ".join(part for part in (title, self._title) if part))
        self._key.setText("F4" if wrapping else "F6")
        self._mark.show_icon("check" if wrapping else "note", "text3")
        self._show_trail()
        if wrapping != self._was_wrapping:
            self._was_wrapping = wrapping
            self.turned.emit()

    def _show_trail(self) -> None:
        draft = self._draft
        if self._contact_id is None or draft is None:
            self.panel.trail.setText("")
        elif self._keeper.since is not None:
            self.panel.trail.setText(_("not saved"))
        elif self.form.wrapping and draft.state is State.OPEN:
            self.panel.trail.setText(minutes_words(draft.started_at, self._contacts.clock()))
        else:
            self.panel.trail.setText("" if self.form.empty else _("draft kept"))

    def _was_kept(self, at: datetime) -> None:
        self.form.tell_trouble()
        self._show_trail()
        self.kept.emit(at)

    def _was_kept_here(self) -> None:
        self.form.tell_trouble()
        self._show_trail()
        self.panel.trail.setText(_("kept at this desk"))
        self.kept_here.emit(_("Kept at this desk until the server is back."))

    def _was_not_kept(self, sentence: str) -> None:
        since = self._keeper.since
        when = hour(since, self._locale) if since is not None else ""
        words = _("Not saved since {hour}. What you typed is still here and is tried again.")
        self.form.tell_trouble(sentence, words.format(hour=when))
        self._show_trail()
        self.not_kept.emit(sentence)
