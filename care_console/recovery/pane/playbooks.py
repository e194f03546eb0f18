"""The words of the house, edited: one text for each group and language, and all its versions."""

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from care_console.base.clock import Clock
from care_console.base.command import Command
from care_console.base.errors import CareError
from care_console.base.names import clean, isolated
from care_console.base.spell import DEFAULT_LOCALE, day_and_hour
from care_console.base.words import N_, _
from care_console.cards.rules import Group
from care_console.cards.rules.shown import language_words
from care_console.cards.rules.words import group_words
from care_console.kit import (
    Act,
    Button,
    Choices,
    CommandDelegate,
    CommandRow,
    Label,
    ListView,
    NoteEdit,
    Pane,
    Panel,
    current_look,
)
from care_console.recovery.records import PlaybookRecord
from care_console.recovery.rules import PlaybookText, PlaybookVersion
from care_console.recovery.service import Playbooks

PAUSE_MS = 400  # after the last key the text is looked through
LEAST_LINES, MOST_LINES = 10, 10_000
SIDE = 300  # px, of the list of faults and versions

IN_FORCE_AGAIN = N_("Version {version} is in force again")
AS_THEY_CAME = N_("The words are again as they came")

Which = tuple[str, str]  # a group and a language


class PlaybooksPage(Pane):
    """The text in the middle; at its side what is amiss, by line, and the earlier versions.

    What is typed and not saved waits for its group and language until it is saved or taken back.
    """

    kept = Signal(object)  # datetime
    acted = Signal(object)  # an Act

    watches: ClassVar[frozenset[type]] = frozenset({PlaybookRecord})

    def __init__(
        self,
        playbooks: Playbooks,
        command: Callable[[], Command],
        clock: Clock,
        locale: str = DEFAULT_LOCALE,
    ) -> None:
        super().__init__()
        self._playbooks, self._command = playbooks, command
        self._clock, self._locale = clock, locale
        self._which: Which = (Group.END_USER.value, "en")
        self._kept: PlaybookText | None = None
        self._drafts: dict[Which, str] = {}
        self._filling, self._stale = False, True
        groups = {group.value: group_words(group) for group in Group}
        self.groups = Choices(groups, name=_("Words for"), must=True)
        self.languages = Choices({}, name=_("Language:"), must=True)
        self.text = NoteEdit(name=_("Words"), least=LEAST_LINES, most=MOST_LINES)
        self.state = Label(size=12, colour="text3", wrap=True)
        self.amiss = ListView(CommandDelegate(), name=_("What is amiss"), uniform=True)
        self.versions = ListView(CommandDelegate(), name=_("Versions"), uniform=True)
        self.save_button = Button(_("Save"), "primary", key="Ctrl S")
        self.discard = Button(_("Take back what is typed"), "quiet")
        self.again = Button(_("Put this version in force again"), "plain", "undo")
        self.back = Button(_("Back to the words in force"), "quiet", key="Esc")
        self._older: int | None = None  # the version that is only being read
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._lay_out()
        self._connect()
        self.groups.show_choice(self._which[0])

    @property
    def typing(self) -> bool:
        """Whether something is typed that is not saved."""
        return bool(self._drafts)

    def refresh(self) -> None:
        """Show the records as they are now, once the page is seen; what is typed stays."""
        self._stale = not self.isVisible()
        if not self._stale:
            self.errands.look("look", self._look(self._which))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def show_words(self, group: str, language: str) -> None:
        """Show the words for a group in a language."""
        self._pause.stop()
        self._which, self._kept, self._older = (group, language), None, None
        self.refresh()

    def save(self) -> None:
        """Put what is typed in force for recoveries that begin from now on."""
        if self._kept is not None and self._which in self._drafts:
            self.errands.do("save", self._save(self._which, self._drafts[self._which]))

    def take_back(self) -> None:
        """Forget what is typed and not saved."""
        self._drafts.pop(self._which, None)
        self.refresh()

    def read(self, version: int) -> None:
        """Show the words of an earlier version; what is typed and not saved waits."""
        self.errands.look("look", self._read(self._which, version))

    def put_back(self) -> None:
        """Put the version that is being read in force again."""
        if self._older is not None:
            self.errands.do("revert", self._revert(self._which, self._older))

    def leave(self) -> None:
        """Go back from an earlier version to the words in force, or to what is typed."""
        self._older = None
        self.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._older is not None:
            self.leave()
            self.versions.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() == Qt.Key.Key_S and held == Qt.KeyboardModifier.ControlModifier:
            self.save()
        else:
            super().keyPressEvent(event)

    async def _look(self, which: Which) -> None:
        kept = await self._playbooks.text(*which)
        versions = await self._playbooks.versions(*which)
        if which != self._which:
            return
        self._kept = kept
        self._show_languages()
        if self._older is None:
            self._fill(self._drafts.get(which, kept.text))
        rows = [self._row(each) for each in versions]
        program = CommandRow(0, "info", _("As they came"), _("came with the program"))
        self.versions.rows.set_rows([*rows, program])
        self._check()

    async def _read(self, which: Which, version: int) -> None:
        text = await self._playbooks.version_text(*which, version)
        if which == self._which:
            self._older = version
            self._fill(text)
            self._check()
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    async def _save(self, which: Which, text: str) -> None:
        before = self._kept.version if self._kept is not None else 0
        try:
            version = await self._playbooks.save(self._command(), *which, text)
        except CareError:
            self._check()
            raise
        if self._drafts.get(which) == text:
            del self._drafts[which]
        words = _("Words for {group} saved, version {version}")
        self._did(words.format(group=group_words(which[0]), version=version), which, before)
        self.refresh()

    async def _revert(self, which: Which, version: int) -> None:
        before = self._kept.version if self._kept is not None else 0
        await self._playbooks.revert(self._command(), *which, version)
        self._drafts.pop(which, None)
        self._older = None
        words = _(IN_FORCE_AGAIN if version else AS_THEY_CAME).format(version=version)
        self._did(words, which, before)
        self.refresh()

    def _did(self, words: str, which: Which, before: int) -> None:
        async def undo() -> None:
            await self._playbooks.revert(self._command(), *which, before)

        self.kept.emit(self._clock())
        self.acted.emit(Act(words, undo))

    def _fill(self, text: str) -> None:
        """Show ``text``; where it is there already, the caret stays."""
        if self.text.toPlainText() != text:
            self._filling = True
            self.text.setPlainText(text)
            self._filling = False

    def _typed(self) -> None:
        if self._filling or self._kept is None:
            return
        text = self.text.toPlainText()
        if text == self._kept.text:
            self._drafts.pop(self._which, None)
        else:
            self._drafts[self._which] = text
        self._pause.start()
        self._tell_state()

    def _check(self) -> None:
        """Look the text through, and say by line what is amiss."""
        found = self._playbooks.faults(*self._which, self.text.toPlainText())
        self.amiss.rows.set_rows(
            [
                CommandRow((place, line), "alert", words, key=_("line {line}").format(line=line))
                for place, (line, words) in enumerate(found)
            ]
        )
        self.amiss.set_empty(_("Nothing is amiss."))
        self.text.set_bad(bool(found))
        self._tell_state()

    def _tell_state(self) -> None:
        older, kept = self._older, self._kept
        dirty = self._which in self._drafts and older is None
        self.text.setReadOnly(older is not None)
        self.save_button.setEnabled(dirty)
        self.discard.setVisible(dirty)
        for button in (self.again, self.back):
            button.setVisible(older is not None)
        if older is not None:
            words = _("You read version {version}.") if older else _("You read how they came.")
            self.state.setText(words.format(version=older))
        elif dirty:
            self.state.setText(_("Not saved. A recovery that runs keeps the words it began with."))
        elif kept is None or not kept.own:
            self.state.setText(_("These words came with the program."))
        else:
            words = _("Your own words, version {version}.")
            self.state.setText(words.format(version=kept.version))

    def _go_to_line(self, row: object) -> None:
        if isinstance(row, CommandRow) and isinstance(row.id, tuple):
            block = self.text.document().findBlockByNumber(max(0, row.id[1] - 1))
            self.text.setTextCursor(QTextCursor(block))
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_languages(self) -> None:
        group, language = self._which
        names = {each: language_words(each, self._locale) for each in self._languages(group)}
        self.languages.set_values(names)
        self.languages.show_choice(language)

    def _languages(self, group: str) -> tuple[str, ...]:
        return self._playbooks.languages(group)

    def _row(self, version: PlaybookVersion) -> CommandRow:
        at = day_and_hour(version.made_at, self._clock(), self._locale)
        by = isolated(clean(version.made_by)) if version.made_by else _("came with the program")
        words = _("Version {version}, in force") if version.in_force else _("Version {version}")
        title = words.format(version=version.version)
        return CommandRow(version.version, "clock", title, f"{at} · {by}")

    def _chosen(self, row: object) -> None:
        if isinstance(row, CommandRow) and isinstance(row.id, int):
            self.read(row.id)

    def _choose_group(self, group: str) -> None:
        language = self._which[1]
        there = self._languages(group)
        self.show_words(group, language if language in there else there[0])

    def _connect(self) -> None:
        self.groups.chosen.connect(self._choose_group)
        self.languages.chosen.connect(lambda to: self.show_words(self._which[0], to))
        self.text.textChanged.connect(self._typed)
        self._pause.timeout.connect(self._check)
        self.amiss.chosen.connect(self._go_to_line)
        self.save_button.clicked.connect(self.save)
        self.discard.clicked.connect(self.take_back)
        self.again.clicked.connect(self.put_back)
        self.back.clicked.connect(self.leave)
        self.versions.chosen.connect(self._chosen)
        self.versions.clicked.connect(lambda _index: self.versions.choose())

    def _lay_out(self) -> None:
        px = current_look().px
        self.panel, self._side = Panel(_("Words for recoveries"), "quote"), QWidget()
        for chips in (self.groups, self.languages):
            self.panel.body.addWidget(chips)
        self.panel.body.addWidget(self.text, 1)
        self.panel.body.addWidget(self.state)
        buttons = QHBoxLayout()
        buttons.addWidget(self.save_button)
        for button in (self.discard, self.again, self.back):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self.panel.body.addLayout(buttons)
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(px(10))
        amiss = Panel(_("What is amiss"), "alert", flush=True)
        amiss.body.addWidget(self.amiss, 1)
        earlier = Panel(_("Versions"), "clock", flush=True)
        earlier.body.addWidget(self.versions, 1)
        side.addWidget(amiss, 1)
        side.addWidget(earlier, 1)
        self._side.setFixedWidth(px(SIDE))
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(px(10))
        across.addWidget(self.panel, 1)
        across.addWidget(self._side)
        self._tell_state()
