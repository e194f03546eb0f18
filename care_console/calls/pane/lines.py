"""Who rings where: the lines there are, how each is, and what rings on it now."""

from collections.abc import Sequence
from dataclasses import dataclass

from care_console.base.names import clean
from care_console.base.words import N_, _, ngettext
from care_console.calls.pane.words import joined
from care_console.kit import DayDelegate, DayRow, ListView, Panel, current_look
from care_console.lines.line import LineState, State

MOST = 5  # lines that are seen without scrolling
ROW = 48  # px
STATE_WORDS = {
    State.CONNECTING: N_("Connecting"),
    State.UP: N_("Ready"),
    State.DOWN: N_("Down"),
}


@dataclass(frozen=True, slots=True)
class LineNow:
    """A line at this moment; ``rings`` are who rings on it, or is being talked to."""

    name: str
    state: LineState
    rings: tuple[str, ...] = ()


class LinesPanel(Panel):
    """Nothing can be done here: it is to be looked at."""

    def __init__(self) -> None:
        super().__init__(_("Who rings where"), "phone-in", flush=True)
        self.list = ListView(DayDelegate(), name=_("Who rings where"), uniform=True)
        self.list.set_empty(_("No line is set up here: calls are handed in by other programs."))
        self.body.addWidget(self.list)
        self._fit()

    def show_lines(self, lines: Sequence[LineNow]) -> None:
        """Show the lines as they are now."""
        self.list.rows.set_rows([_row(each) for each in lines])
        rings = sum(len(each.rings) for each in lines)
        words = ngettext("{count} call", "{count} calls", rings).format(count=rings)
        self.trail.setText(words if rings else "")
        self._fit()

    def restyle(self) -> None:
        super().restyle()
        if hasattr(self, "list"):
            self._fit()

    def _fit(self) -> None:
        rows = max(1, min(MOST, self.list.rows.rowCount()))
        self.list.setFixedHeight(current_look().px(ROW) * rows + 2)


def _row(line: LineNow) -> DayRow:
    down = line.state.state is State.DOWN
    state = line.state.reason or _(STATE_WORDS[line.state.state])
    rings = joined(*(clean(each) for each in line.rings[:3]))
    return DayRow(
        id=line.name,
        icon="alert" if down else "phone-in" if line.rings else "phone",
        title=clean(line.name),
        sub=rings or clean(state),
        when="" if down or not line.rings else _("now"),
        late=down,
    )
