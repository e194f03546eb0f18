"""How a line is, in words, and with which icon it is told."""

from care_console.base.words import N_, _
from care_console.lines.line import LineState, State

WORDS = {
    State.UP: N_("Up: calls come through."),
    State.CONNECTING: N_("Connecting …"),
    State.DOWN: N_("Down."),
}
ICONS = {State.UP: "check", State.CONNECTING: "clock", State.DOWN: "alert"}
NOT_RUNNING = N_("Not connected yet.")


def state_words(state: LineState | None) -> str:
    """Return how a line is, with the reason where it has one."""
    if state is None:
        return _(NOT_RUNNING)
    return f"{_(WORDS[state.state])} {state.reason}".strip()


def state_icon(state: LineState | None) -> str:
    """Return the icon of a state."""
    return "clock" if state is None else ICONS[state.state]
