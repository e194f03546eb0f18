"""The page on the telephone: the lines of this desk, how they are, and setting them up."""

from collections.abc import Callable, Mapping
from contextlib import aclosing
from typing import ClassVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from care_console.base.command import Command
from care_console.base.errors import CareError
from care_console.base.words import _
from care_console.kit import (
    Button,
    CommandDelegate,
    CommandRow,
    Label,
    ListView,
    Notice,
    Pane,
    Rule,
    Scroll,
    Themed,
    current_look,
)
from care_console.kit.acts import Act
from care_console.lines.line import LineState
from care_console.lines.setup import LineKind, Setup
from care_console.settings.line_tables import SetUp
from care_console.settings.pane.telephone.form import Draft, LineForm, draft_of
from care_console.settings.pane.telephone.links import LinksPart
from care_console.settings.pane.telephone.softphones import SoftphoneHelp
from care_console.settings.pane.telephone.state_words import state_icon, state_words
from care_console.settings.pane.telephone.trial import TrialView
from care_console.settings.running import Running
from care_console.settings.telephone import Telephone

WIDTH, ROWS, ROW = 620, 6, 40
PHONE = "phone"  # the option that names the clerk's own telephone


class TelephonePage(Themed, Pane):
    """Shows the lines with their states as they change; adds, changes, removes and tests them."""

    acted = Signal(object)  # Act, which can be taken back
    told = Signal(str)

    watches: ClassVar[frozenset[type]] = frozenset()

    def __init__(
        self, telephone: Telephone, running: Running, command: Callable[[], Command]
    ) -> None:
        super().__init__()
        self._telephone, self._running, self._command = telephone, running, command
        self._lines: Mapping[str, SetUp] = {}
        self._kinds: dict[str, LineKind] = {}
        self._drafts: dict[str, Draft] = {}  # by the line's name, "" for a new one
        self.list = ListView(CommandDelegate(flush=True), name=_("Lines"), uniform=True)
        self.trouble, self.state = Notice("bad"), Label(colour="text2", wrap=True)
        self.own = Label(colour="text2", wrap=True)
        self.add = Button(_("Add a line"), "primary", "plus")
        self.change, self.test = Button(_("Change")), Button(_("Test"), icon="phone")
        self.remove = Button(_("Remove"))
        self.form, self.trial = LineForm(), TrialView()  # Tab goes in the order of their making
        self.softphones = SoftphoneHelp(telephone.ring_command())
        self.links = LinksPart(telephone, command, self.errands)
        self._overview, self._body = QWidget(), QWidget()
        self._lay_out()
        self._connect()
        self._show_form(False)

    def refresh(self) -> None:
        """Show the lines as they are set up now; what is being typed stays."""
        self.errands.look("lines", self._load())
        self.errands.look("links", self.links.load())

    async def _load(self) -> None:
        if not self._kinds:
            self._kinds = {each.name: each for each in await self._telephone.kinds()}
            self.form.offer(tuple(self._kinds.values()))
            self.add.setVisible(bool(self._kinds))
        try:
            lines = await self._telephone.lines()
        except CareError as trouble:
            self._say(str(trouble))
            return
        self._say("")
        had, self._lines = bool(self._lines), {each.name: each for each in lines}
        words = _("No line yet. Without one, only a softphone below can tell who calls.")
        self.list.set_empty(words)
        self._show_lines()
        if self._lines and not had and self.add.hasFocus():
            self._go_to_list()  # which was not there yet when one came

    # showing

    def _show_lines(self) -> None:
        states = self._running.states
        rows = [self._row(each, states.get(each.name)) for each in self._lines.values()]
        self.list.rows.set_rows(rows)
        self._fit()
        if rows and self.list.row() is None:
            self.list.go_to_first()
        self.own.setText(self._own_words())
        if not self.form.isVisibleTo(self):
            self.setFocusProxy(self.list if rows else self.add)
        self._show_current()

    def _row(self, line: SetUp, state: LineState | None) -> CommandRow:
        kind = self._kinds.get(line.kind)
        title = _(kind.title) if kind is not None else line.kind
        words = " · ".join(each for each in (title, state_words(state)) if each)
        return CommandRow(line.name, state_icon(state), line.name, words)

    def _show_current(self, _row: object = None) -> None:
        line = self._current()
        for button in (self.change, self.remove, self.test):
            button.setVisible(line is not None)
        self.state.setVisible(line is not None)
        if line is None:
            return
        for button, words in (
            (self.change, _("Change {name}")),
            (self.remove, _("Remove {name}")),
            (self.test, _("Test {name}")),
        ):
            button.setAccessibleName(words.format(name=line.name))
        words = state_words(self._running.states.get(line.name))
        self.state.setText(f"{line.name}: {words}")
        self.state.set_strong(len(line.name) + 1)

    def _own_words(self) -> str:
        """Return which line knows the clerk's own telephone."""
        knows = [each for each in self._lines.values() if each.options.get(PHONE)]
        if knows:
            each = knows[0]
            words = _("Your own telephone is {phone}: “{line}” sees when you pick it up.")
            return words.format(phone=each.options[PHONE], line=each.name)
        return _(
            "No line knows your own telephone yet, so you say with F2 that you have a call. A line "
            "that asks for your own telephone can see it by itself."
        )

    def _current(self) -> SetUp | None:
        row = self.list.row()
        return self._lines.get(str(row.id)) if row is not None else None

    def _say(self, trouble: str) -> None:
        self.trouble.tell(trouble)
        self.trouble.setVisible(bool(trouble))

    def _hear(self, _name: str, _state: LineState | None) -> None:
        """Show a line's state as it changes."""
        self._show_lines()

    # adding and changing

    def _begin(self, line: SetUp | None) -> None:
        """Ask for a line, with what was typed for it before."""
        name = "" if line is None else line.name
        fresh = Draft() if line is None else draft_of(line)
        draft = self._drafts.setdefault(name, fresh)
        if not draft.touched:
            draft = self._drafts[name] = fresh
        self.form.show_draft(draft)
        self.trial.hide()
        self._show_form(True)
        self.form.go_in()
        self._bring(self.form.title)

    def _leave(self) -> None:
        """Go back to the lines; what was typed is there when one comes again."""
        self.errands.look("trial", _nothing())
        self.trial.hide()
        self._show_form(False)
        self._go_to_list()

    def _discard(self) -> None:
        name = "" if self.form.draft.was is None else self.form.draft.was.name
        self._drafts.pop(name, None)
        self._begin(self._lines.get(name))

    async def _save(self) -> None:
        draft, setup = self.form.draft, self.form.setup()
        self.form.show_fault(None)
        try:
            name = await self._keep(draft.was, setup)
        except CareError as trouble:
            self.form.show_fault(trouble)
            return
        self._drafts.pop("" if draft.was is None else draft.was.name, None)
        await self._load()
        self.trial.hide()
        self._show_form(False)
        self.list.go_to(name)
        self._go_to_list()

    async def _keep(self, was: SetUp | None, setup: Setup) -> str:
        """Keep the line, and tell it with the way back; return its name."""
        if was is None:
            name = await self._telephone.add(self._command(), setup)

            async def take_away() -> None:
                await self._telephone.remove(self._command(), name)
                await self._load()

            self.acted.emit(Act(_("“{name}” added").format(name=name), take_away))
            return name
        new = bool(setup.secret)
        changed = await self._telephone.change(
            self._command(), was.name, setup, new_secret=new, was=was
        )

        async def undo() -> None:
            here, before = changed.name, changed.before
            await self._telephone.change(self._command(), here, before, new_secret=new)
            await self._load()

        self.acted.emit(Act(_("“{name}” changed").format(name=changed.name), undo))
        return changed.name

    async def _remove(self, line: SetUp) -> None:
        gone = await self._telephone.remove(self._command(), line.name)
        await self._load()
        self._go_to_list()

        async def undo() -> None:
            await self._telephone.add(self._command(), gone)
            await self._load()

        self.acted.emit(Act(_("“{name}” removed").format(name=line.name), undo))

    # trying

    def _try(self, setup: Setup, *, secret_of: str) -> None:
        self.trial.begin(setup.name)
        self.trial.cancel.setFocus(Qt.FocusReason.OtherFocusReason)
        self._bring(self.trial)
        self.errands.look("trial", self._run_trial(setup, secret_of))

    async def _run_trial(self, setup: Setup, secret_of: str) -> None:
        trial = self._telephone.trial(self._command(), setup, secret_of=secret_of)
        try:
            async with aclosing(trial) as steps:
                async for step in steps:
                    self.trial.show_step(step)
                    self._bring(self.trial)
        except CareError as trouble:
            if self.form.isVisible():
                self.form.show_fault(trouble)
            self.trial.end(str(trouble))
            if not self.form.isVisible():
                self._after_trial()
            return
        self.trial.end()
        self._after_trial()

    def _cancel_trial(self) -> None:
        """Call the trial off; it cleans up behind itself."""
        self.errands.look("trial", _nothing())
        self.trial.end(_("Stopped."))
        self._after_trial()

    def _after_trial(self) -> None:
        if self.trial.isVisible():
            self.trial.close_it.setFocus(Qt.FocusReason.OtherFocusReason)
            self._bring(self.trial)

    def _go_on(self) -> None:
        """Go back to where the trial was begun."""
        begun = self.form.test if self.form.isVisible() else self.test
        begun.setFocus(Qt.FocusReason.OtherFocusReason)

    def _bring(self, part: QWidget) -> None:
        """Let ``part`` be seen, its end above all, once it has its place."""
        QTimer.singleShot(0, self, lambda: self._scroll.ensureWidgetVisible(part, 0, 0))

    def _try_form(self) -> None:
        was, setup = self.form.draft.was, self.form.setup()
        self.form.show_fault(None)
        keeps = was is not None and bool(was.secret_id) and not setup.secret
        self._try(setup, secret_of=was.name if keeps and was is not None else "")

    def _try_current(self) -> None:
        if (line := self._current()) is not None:
            secret_of = line.name if line.secret_id else ""
            self._try(line.with_secret(""), secret_of=secret_of)

    # the page itself

    def restyle(self) -> None:
        self._body.setMaximumWidth(current_look().px(WIDTH))
        self._fit()
        super().restyle()

    def _fit(self) -> None:
        shown = min(max(len(self._lines), 1), ROWS)
        self.list.setFixedHeight(current_look().px(ROW) * shown + 4)

    def _show_form(self, on: bool) -> None:
        self.form.setVisible(on)
        self._overview.setVisible(not on)
        self._foot.setVisible(not on)
        self.setFocusProxy(self.form.name if on else self.list if self._lines else self.add)

    def _go_to_list(self) -> None:
        goal = self.list if self._lines else self.add
        self.setFocusProxy(goal)
        goal.setFocus(Qt.FocusReason.OtherFocusReason)
        self._bring(self._overview)

    def _on_current(self, do: Callable[[SetUp], object]) -> None:
        if (line := self._current()) is not None:
            do(line)

    def _connect(self) -> None:
        do = self.errands.do
        self.list.moved.connect(self._show_current)
        self.list.chosen.connect(lambda _row: self._on_current(self._begin))
        self.add.clicked.connect(lambda: self._begin(None))
        self.change.clicked.connect(lambda: self._on_current(self._begin))
        self.remove.clicked.connect(
            lambda: self._on_current(lambda line: do("remove", self._remove(line)))
        )
        self.test.clicked.connect(self._try_current)
        self.form.saved.connect(lambda: do("save", self._save()))
        self.form.tested.connect(self._try_form)
        self.form.left.connect(self._leave)
        self.form.discarded.connect(self._discard)
        self.trial.cancelled.connect(self._cancel_trial)
        self.trial.closed.connect(self._go_on)
        self.softphones.told.connect(self.told)
        self.links.acted.connect(self.acted)
        ends = (self._running.listen(self._hear), self._telephone.listen(self.refresh))
        self.destroyed.connect(lambda: [end() for end in ends])

    def _lay_out(self) -> None:
        self._foot = QWidget()
        self._lay_out_overview()
        self._lay_out_foot()
        self.form.ahead = [self.remove]
        down = QVBoxLayout(self._body)
        down.setSpacing(12)
        for part in (self._overview, self.form, self.trial, self._foot):
            down.addWidget(part)
        down.addStretch(1)
        around = QWidget()
        row = QHBoxLayout(around)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._body, 1, Qt.AlignmentFlag.AlignTop)
        row.addStretch(0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self._scroll = Scroll(around)
        whole.addWidget(self._scroll)
        self.restyle()

    def _lay_out_overview(self) -> None:
        down = QVBoxLayout(self._overview)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(12)
        down.addWidget(Label(_("Telephone"), size=20, weight=600))
        words = _("The lines by which calls reach this desk. Other desks have their own.")
        down.addWidget(Label(words, colour="text2", wrap=True))
        for part in (self.trouble, self.list, self.state):
            down.addWidget(part)
        row = QHBoxLayout()
        for button in (self.add, self.change, self.test, self.remove):
            row.addWidget(button)
        row.addStretch(1)
        down.addLayout(row)
        self.trouble.hide()

    def _lay_out_foot(self) -> None:
        down = QVBoxLayout(self._foot)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(12)
        down.addWidget(Label(_("Your own telephone"), size=15, weight=600))
        down.addWidget(self.own)
        for part in (self.softphones, self.links):
            down.addWidget(Rule())
            down.addWidget(part)


async def _nothing() -> None:
    """Take the place of what is called off."""
