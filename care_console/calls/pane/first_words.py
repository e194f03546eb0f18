"""Good first words, for somebody whom the desk does not know yet."""

from PySide6.QtWidgets import QVBoxLayout

from care_console.base.words import N_, _
from care_console.kit import Label, Pane, Panel

WORDS = (  # what to say, and when
    (N_("“Who am I helping today?”"), N_("After the greeting. The search can wait two seconds.")),
    (
        N_("“May I take your number, in case we are cut off?”"),
        N_("Withheld numbers: ask, never insist."),
    ),
    (N_("“And how did you hear of us?”"), N_("Only if the caller is new and not upset.")),
)


class FirstWordsPane(Pane):
    """Always says the same."""

    def __init__(self) -> None:
        super().__init__()
        panel = Panel(_("Good first words"), "quote")
        for say, when in WORDS:
            panel.body.addWidget(Label(_(say), weight=500, wrap=True))
            panel.body.addWidget(Label(_(when), size=12, colour="text3", wrap=True))
        panel.body.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(panel)
