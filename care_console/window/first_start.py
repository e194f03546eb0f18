"""The first start: five questions on one page, each with an answer, so that Enter passes."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from care_console.base.errors import CareError
from care_console.base.words import _
from care_console.cards.service.begin import Beginning
from care_console.kit import (
    Button,
    Field,
    Label,
    LineEdit,
    Notice,
    Pane,
    Panel,
    Scroll,
    above_the_middle,
    check,
    current_look,
)
from care_console.settings.declared import BadOptions
from care_console.settings.pane import (
    CannotRead,
    country_code,
    country_words,
    currency_code,
    currency_of,
    currency_words,
)
from care_console.window.guess import Guess, guess

WIDTH = 560
LONGEST = 300  # letters of an answer, as the options have it
ORDER = ("name", "vision", "country", "currency", "clerk")


class FirstStart(Pane):
    """Asks what is asked once. What was answered stays in its field whatever happens."""

    begun = Signal(object)  # the first clerk

    def __init__(
        self, beginning: Beginning, known: Guess | None = None, *, weaker: bool = False
    ) -> None:
        """``weaker`` says that the key of the records could only be kept in a file."""
        super().__init__()
        self._beginning = beginning
        self._country = ""  # for which the currency was filled in
        self.edits = {name: LineEdit() for name in ORDER}
        self.fields = {
            "name": Field(_("Company, as callers hear it"), self.edits["name"]),
            "vision": Field(_("What it is for, in one sentence"), self.edits["vision"]),
            "country": Field(_("Country"), self.edits["country"]),
            "currency": Field(_("Currency"), self.edits["currency"]),
            "clerk": Field(_("Your name"), self.edits["clerk"]),
        }
        self.trouble = Notice("bad")
        self.trouble.hide()
        self.weaker = weaker_notice()
        self.weaker.setVisible(weaker)
        self.start = Button(_("Start"), "primary", key=_("Enter"))
        self.start.clicked.connect(self.begin)
        for edit in self.edits.values():
            edit.setMaxLength(LONGEST)
            edit.returnPressed.connect(self.begin)
        self._lay_out()
        self._answer(known or guess())
        self.edits["country"].editingFinished.connect(self._follow_country)
        self.setFocusProxy(self.edits["name"])
        self.edits["name"].selectAll()

    def begin(self) -> None:
        """Begin with the answers as they are, or say under each what is amiss."""
        self._follow_country()
        self.trouble.hide()
        asked = ((self.fields[name], partial(self._fault_of, name)) for name in ORDER)
        if check(*asked):
            self.errands.do("begin", self._begin())

    async def _begin(self) -> None:
        typed = {name: edit.text().strip() for name, edit in self.edits.items()}
        name = typed.pop("clerk")
        country = typed["country"] = country_code(typed["country"])
        typed["currency"] = currency_code(typed["currency"], country)
        try:
            clerk = await self._beginning.begin(typed, name)
        except CareError as trouble:
            self._tell(trouble)
            return
        self.start.setEnabled(False)
        self.begun.emit(clerk)

    def _tell(self, trouble: CareError) -> None:
        """Say a hindrance under the question that it is about, else over the button."""
        field = self.fields.get(trouble.name) if isinstance(trouble, BadOptions) else None
        if field is not None:
            field.fault(str(trouble))
            field.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.trouble.tell(str(trouble))
            self.trouble.show()

    def _fault_of(self, name: str) -> str:
        """Return why the answer to a question cannot be taken, or ""."""
        typed = self.edits[name].text()
        try:
            if name == "country":
                country_code(typed)
            elif name == "currency":
                currency_code(typed, self._country)
        except CannotRead as trouble:
            return str(trouble)
        needed = name in ("name", "clerk") and not typed.strip()
        return _("Type a name here; it can be changed later.") if needed else ""

    def _follow_country(self) -> None:
        """Fill in the currency of another country, unless one was typed by hand."""
        currency = self.edits["currency"]
        try:
            country = country_code(self.edits["country"].text())
        except CannotRead:
            return
        filled = currency_words(currency_of(self._country)) if self._country else ""
        if country != self._country and currency.text() in ("", filled):
            currency.setText(currency_words(currency_of(country)))
        self._country = country

    def _answer(self, known: Guess) -> None:
        self.edits["name"].setText(known.company)
        self.edits["vision"].setText(known.vision)
        self.edits["country"].setText(country_words(known.country))
        self.edits["clerk"].setText(known.clerk)
        self._follow_country()
        for edit in self.edits.values():
            edit.setCursorPosition(0)

    def _lay_out(self) -> None:
        px = current_look().px
        panel = Panel()
        panel.setFixedWidth(px(WIDTH))
        words = _("Five questions, once. Each has an answer already; all can be changed later.")
        panel.body.addWidget(Label(_("Welcome"), size=20, weight=600))
        panel.body.addWidget(Label(words, colour="text2", wrap=True))
        panel.body.setSpacing(px(12))
        for name in ("name", "vision"):
            panel.body.addWidget(self.fields[name])
        beside = QHBoxLayout()
        beside.setSpacing(px(12))
        for name in ("country", "currency"):
            beside.addWidget(self.fields[name], 1, Qt.AlignmentFlag.AlignTop)
        panel.body.addLayout(beside)
        panel.body.addWidget(self.fields["clerk"])
        panel.body.addWidget(self.weaker)
        panel.body.addWidget(self.trouble)
        last = QHBoxLayout()
        last.addWidget(self.start)
        last.addStretch(1)
        panel.body.addLayout(last)
        middle = QWidget()
        middle.setLayout(above_the_middle(panel))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(Scroll(middle))


def weaker_notice() -> Notice:
    """Return what is said where the key of the records could only be kept in a file."""
    words = _("The key of the records lies in a file beside them, which is weaker.")
    return Notice("info", _("This computer has no keyring."), sub=words, icon="key")
