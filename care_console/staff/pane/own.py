"""One's own passphrase and PIN."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from care_console.base.errors import CareError
from care_console.base.words import _, ngettext
from care_console.kit import Button, Chip, Field, Label, Notice, Rule, announce
from care_console.staff.pane.secret_edit import SecretEdit
from care_console.staff.rules.roles import Permission, known_role, may
from care_console.staff.rules.secrets import PIN_DIGITS, BadSecret, least_letters
from care_console.staff.service import OnStaff


class OwnSecrets(QWidget):
    """Asks for them; whoever hears of it keeps them and tells ``refused`` or ``kept``."""

    passphrase_given = Signal(str, str)  # the old one, the new one
    pin_given = Signal(str, str)  # the passphrase, the PIN

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.open = Notice("warn", icon="lock")
        self.old = Field(_("Passphrase until now"), SecretEdit())
        self.new = Field(_("New passphrase"), SecretEdit())
        self.show_it = Chip(_("Show what I type"))
        self.keep = Button(_("Set passphrase"), "primary")
        self.proof = Field(_("Your passphrase"), SecretEdit())
        self.pin = Field(_("New PIN"), SecretEdit(digits=PIN_DIGITS))
        self.keep_pin = Button(_("Set PIN"))
        self._why = Label("", colour="text2", wrap=True)
        self._least = ""
        self._lay_out()
        self.setFocusProxy(self.new.edit)
        self.show_it.toggled.connect(_secret(self.new).show_typed)
        self.keep.clicked.connect(self._keep)
        self.keep_pin.clicked.connect(self._keep_pin)
        for field in (self.old, self.new):
            _secret(field).returnPressed.connect(self._keep)
        for field in (self.proof, self.pin):
            _secret(field).returnPressed.connect(self._keep_pin)

    def show_clerk(self, clerk: OnStaff, *, stands_open: bool) -> None:
        """Show what this clerk has and has not."""
        self.old.setVisible(clerk.has_passphrase)
        self.open.tell(
            _("Nobody has to sign in here yet."),
            rest=_("Whoever sits down is taken for the administrator."),
            sub=_("Set a passphrase, and the console asks for it from the next start on."),
        )
        self.open.setVisible(stands_open)
        least = least_letters(clerk.role)
        self._least = ngettext(
            "At least {count} letter: some words that only you would put together.",
            "At least {count} letters: some words that only you would put together.",
            least,
        ).format(count=least)
        if not self.new.faulty:
            self.new.say(self._least)
        for part in (self.proof, self.pin, self.keep_pin):
            part.setEnabled(clerk.has_passphrase)
        self._tell_why(clerk)

    def refused(self, trouble: CareError, *, pin: bool) -> None:
        """Say why it was not kept, under the field that it is about."""
        about, proof = (self.pin, self.proof) if pin else (self.new, self.old)
        field = about if isinstance(trouble, BadSecret) or not proof.isVisibleTo(self) else proof
        field.fault(str(trouble))
        field.edit.setFocus()
        announce(self, str(trouble))

    def kept(self) -> None:
        """Forget what was typed: it is kept."""
        for field in (self.old, self.new, self.proof, self.pin):
            _secret(field).take()
            field.fault()
        self.show_it.setChecked(False)
        self.new.say(self._least)

    def _keep(self) -> None:
        self.old.fault()
        self.new.fault()
        if not _secret(self.new).text():
            self.new.fault(_("Type the new passphrase here."))
            return
        self.passphrase_given.emit(_secret(self.old).text(), _secret(self.new).text())

    def _keep_pin(self) -> None:
        self.proof.fault()
        self.pin.fault()
        self.pin_given.emit(_secret(self.proof).text(), _secret(self.pin).text())

    def _tell_why(self, clerk: OnStaff) -> None:
        if not clerk.has_passphrase:
            words = _("Set your passphrase first.")
        elif may(known_role(clerk.role), Permission.APPROVE):
            words = _(
                "Six digits. With it you approve at a colleague's desk; it never lets you in."
            )
        else:
            words = _(
                "Six digits. With it you confirm at a colleague's desk; it never lets you in."
            )
        self._why.setText(words)

    def _lay_out(self) -> None:
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(12)
        down.addWidget(Label(_("Your passphrase and PIN"), size=20, weight=600))
        down.addWidget(self.open)
        down.addWidget(self.old)
        down.addWidget(self.new)
        down.addLayout(_row(self.keep, self.show_it))
        down.addWidget(Rule())
        down.addWidget(Label(_("PIN"), size=15, weight=600))
        down.addWidget(self._why)
        down.addWidget(self.proof)
        down.addWidget(self.pin)
        down.addLayout(_row(self.keep_pin))
        down.addStretch(1)


def _row(*parts: QWidget) -> QHBoxLayout:
    across = QHBoxLayout()
    for part in parts:
        across.addWidget(part)
    across.addStretch(1)
    return across


def _secret(field: Field) -> SecretEdit:
    edit = field.edit
    assert isinstance(edit, SecretEdit)
    return edit
