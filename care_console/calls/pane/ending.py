"""End it on a digit: what needs no wrap-up."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QSizePolicy

from care_console.base.words import N_, _
from care_console.calls.rules import ON_A_DIGIT, Outcome, outcome_words
from care_console.kit import (
    CommandDelegate,
    CommandRow,
    ListView,
    Panel,
    Row,
    current_look,
)

ICONS = {Outcome.PUT_THROUGH: "swap", Outcome.WRONG_NUMBER: "phone-missed"}
ICONS |= {Outcome.COLD_CALL: "cross"}
FIRST_DIGIT = 7  # Ctrl+1 to 6 choose who it is
SUBS = {Outcome.PUT_THROUGH: N_("to a colleague"), Outcome.COLD_CALL: N_("they want to sell")}


class EndOnDigit(Panel):
    """Three ends in a list; ``wanted`` gives the Outcome."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__(_("End it on a digit"), "check", flush=True)
        self.list = EndList()
        self.list.chosen.connect(self._choose)
        self.body.addWidget(self.list)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def _choose(self, row: Row) -> None:
        self.wanted.emit(str(row.id))


class EndList(ListView):
    """As high as its rows."""

    def __init__(self) -> None:
        name = _("End it on a digit")
        super().__init__(CommandDelegate(), name=name, uniform=True, type_ahead=False)
        self.rows.set_rows(
            [
                CommandRow(
                    id=outcome.value,
                    icon=ICONS[outcome],
                    title=outcome_words(outcome),
                    sub=_(SUBS[outcome]) if outcome in SUBS else "",
                    key=_("Ctrl {digit}").format(digit=digit),
                )
                for digit, outcome in enumerate(ON_A_DIGIT, start=FIRST_DIGIT)
            ]
        )
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(100, current_look().px(CommandDelegate.height) * len(ON_A_DIGIT) + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def restyle(self) -> None:
        super().restyle()
        self.updateGeometry()
