"""The guide's words, one sentence for each stage of an angry call, and which stage it is."""

from dataclasses import dataclass
from enum import StrEnum

from care_console.base.words import N_, _, ngettext
from care_console.recovery.rules import Step


class Stage(StrEnum):
    """How far the newcomer has come, in the order in which the guide leads."""

    WAIT = "wait"
    RING = "ring"
    VERIFY = "verify"
    BEGIN = "begin"
    APOLOGY = "apology"
    REINSTATEMENT = "reinstatement"
    EMPATHY = "empathy"
    OFFER = "offer"
    GIVE = "give"
    DELIVERY = "delivery"
    FOLLOW_UP = "follow-up"
    WRAP_UP = "wrap-up"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Seen:
    """What has really happened so far in the call that the guide leads through."""

    rings: bool = False
    talking: bool = False  # with somebody whose card is known
    verified: bool = False  # for giving
    begun: bool = False  # a recovery
    settled: frozenset[Step] = frozenset()
    offered: bool = False
    delivery: bool = False  # the list of what is to be delivered was looked at
    finished: bool = False

    @property
    def stage(self) -> Stage:
        """What comes next: the first that has not happened yet."""
        if self.finished:
            return Stage.DONE
        if not self.talking:
            return Stage.RING if self.rings else Stage.WAIT
        given = Step.ATONEMENT in self.settled
        happened = {
            Stage.VERIFY: self.verified or given,
            Stage.BEGIN: self.begun,
            Stage.APOLOGY: Step.APOLOGY in self.settled,
            Stage.REINSTATEMENT: Step.REINSTATEMENT in self.settled,
            Stage.EMPATHY: Step.EMPATHY in self.settled,
            Stage.OFFER: self.offered or given,
            Stage.GIVE: given,
            Stage.DELIVERY: self.delivery,
            Stage.FOLLOW_UP: Step.FOLLOW_UP in self.settled,
        }
        return next((each for each, done in happened.items() if not done), Stage.WRAP_UP)


@dataclass(frozen=True, slots=True)
class Line:
    """What the guide says: keys, what to do with them, and what no help desk does."""

    keys: tuple[str, ...]
    deed: str
    unlike: str


LINES = {
    Stage.WAIT: Line(
        ("Ctrl R",),
        N_("lets the phone ring."),
        N_("Hands on the keyboard: whoever rings has every right to be angry."),
    ),
    Stage.RING: Line(
        ("F2",),
        N_("and the call is yours."),
        N_("Their story was here before the second ring. A help desk asks for a reference."),
    ),
    Stage.VERIFY: Line(
        ("Ctrl ⇧ V", "Space", "→", "Space"),
        N_("ticks two things they know."),
        N_("A number proves nothing yet. A help desk tells your business to whoever rings."),
    ),
    Stage.BEGIN: Line(
        ("F7",),
        N_("begins the recovery: type what went wrong, then Enter."),
        N_("The person comes before the fault. A help desk gives them a number."),
    ),
    Stage.APOLOGY: Line(
        ("Ctrl ↵",),
        N_("once you have said sorry; ⇧ F7 shows you how."),
        N_("A help desk has no line for sorry. Here are three, and nobody hears one twice."),
    ),
    Stage.REINSTATEMENT: Line(
        ("Ctrl ↵",),
        N_("once they know what happens now, and when."),
        N_("Help goes out before a field is filled in. A help desk wants a category first."),
    ),
    Stage.EMPATHY: Line(
        ("Ctrl ↵",),
        N_("once they have told it, all of it."),
        N_("Listening is a step here, and it counts. A help desk counts your minutes."),
    ),
    Stage.OFFER: Line(
        ("F8", "2"),
        N_("puts the call-out fee aside for them."),
        N_("What you may give stood there before you spoke. A help desk has to ask upstairs."),
    ),
    Stage.GIVE: Line(
        ("Enter",),
        N_("gives it; say it aloud first."),
        N_("For ten minutes it is theirs, whatever others give. A help desk promises and hopes."),
    ),
    Stage.DELIVERY: Line(
        ("Ctrl ⇧ D",),
        N_("shows who does it, and by when."),
        N_("Given is not yet done, and you hear if it fails. A help desk has closed it by now."),
    ),
    Stage.FOLLOW_UP: Line(
        ("F7", "Ctrl ↵"),
        N_("asks for a day: type tomorrow 10am, then Enter."),
        N_("You will ask them yourself whether it is put right. A help desk sends a survey."),
    ),
    Stage.WRAP_UP: Line(
        ("F4", "1", "Ctrl ↵"),
        N_("ends the call as settled."),
        N_("It is all written down already. A help desk starts typing now."),
    ),
}

COUNTED = tuple(LINES)[1:]  # those that are stages on the way


def line_of(stage: Stage, seconds: int = 0) -> Line:
    """Return what the guide says at ``stage``; the call took so many ``seconds`` if it is done."""
    if stage is Stage.DONE:
        return _done(seconds)
    said = LINES[stage]
    return Line(said.keys, _(said.deed), _(said.unlike))


def place_of(stage: Stage) -> str:
    """Return how far along a stage is, such as "3 of 11", or "" before and after the way."""
    if stage not in COUNTED:
        return ""
    place = COUNTED.index(stage) + 1
    return _("{place} of {all}").format(place=place, all=len(COUNTED))


def pin_line(name: str, pin: str) -> Line:
    """Return what the guide says where a PIN is asked for."""
    deed = _("is {name}'s PIN in this house.").format(name=name)
    return Line((pin,), deed, _("They say yes at your desk, and you stay signed in."))


def _done(seconds: int) -> Line:
    took = ngettext("That was {count} second.", "That was {count} seconds.", seconds)
    heard = _(
        "They were heard, it is in hand, and you have a day to ask. Ctrl R brings the next caller."
    )
    return Line((), took.format(count=seconds), heard)
