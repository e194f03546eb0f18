"""What the dialog events of the clerk's own telephone say of the calls."""

from care_console.lines.sip.caller import CallerIdentity
from care_console.lines.sip.calls import Calls
from care_console.lines.sip.dialog_info import Dialog, DialogInfo
from care_console.lines.sip.subscription import Watch, Watching

RINGS = frozenset({"trying", "proceeding", "early"})


class PhoneWatch:
    """Lets the calls know; it ``tells`` of calls where nothing rings on the line itself."""

    def __init__(self, calls: Calls, tells: bool) -> None:
        self._calls = calls
        self._tells = tells

    def now(self, watching: Watching) -> None:
        """Let the watch be on or not: without, nobody waits for what the telephone says."""
        self._calls.watched = watching.watch is Watch.ON

    def heard(self, info: DialogInfo) -> None:
        """Take one document.

        Asterisk gives one dialog at a time, always of the same id, tells who calls only while it
        is early, and has neither a direction nor a name after that.
        """
        self._calls.watched = True
        for dialog in info.dialogs:
            self._take(dialog)
        if info.full:
            there = {dialog.id for dialog in info.dialogs}
            self._calls.phone_has(there)

    def _take(self, dialog: Dialog) -> None:
        if dialog.direction == "initiator":
            return
        who = _who(dialog)
        if dialog.state in RINGS:
            self._calls.phone_rings(dialog.id, who, self._tells)
        elif dialog.state == "confirmed":
            self._calls.phone_answers(dialog.id, who if who.number else None)
        elif dialog.state == "terminated":
            self._calls.phone_ends(dialog.id, dialog.event)


def _who(dialog: Dialog) -> CallerIdentity:
    remote = dialog.remote
    called = dialog.local.number or ""
    return CallerIdentity(remote.number, remote.name, remote.presentation, called, "")
