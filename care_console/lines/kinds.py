"""Every kind of line that can be set up; each is imported when it is first wanted."""

from importlib import import_module

from care_console.base.words import N_
from care_console.lines.setup import BadSetup, LineKind

PLACES = {  # kind → the module that has its KIND
    "sip": "care_console.lines.sip.kind",
    "ami": "care_console.lines.ami.kind",
    "hook": "care_console.lines.hook.kind",
    "modem": "care_console.lines.modem.kind",
}


def kind_of(name: str) -> LineKind:
    """Return the kind of this name. Raises BadSetup."""
    if name not in PLACES:
        known = ", ".join(PLACES)
        raise BadSetup(
            N_("There is no line of the kind {name}; there are: {known}."),
            "kind",
            name=name,
            known=known,
        )
    kind: LineKind = import_module(PLACES[name]).KIND
    return kind
