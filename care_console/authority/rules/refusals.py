"""Why a remedy is not given: each a sentence, and what to do instead."""

from care_console.authority.rules.limits import Decision
from care_console.base.errors import CareError


class NotGiven(CareError):
    """A remedy was not offered, given or taken back; nothing was changed."""


class OverLimit(NotGiven):
    """It is more than this clerk may give now."""

    def __init__(self, words: str, decision: Decision, **values: object) -> None:
        super().__init__(words, decision=decision, **values)
        self.decision = decision


class SecondPerson(NotGiven):
    """The customer is too near to the clerk: somebody else has to decide."""


class NotVerified(NotGiven):
    """The caller is not verified for giving."""


class WhyWanted(NotGiven):
    """This remedy is not given without a reason."""


class Stopped(NotGiven):
    """All remedies are stopped."""


class TooLate(NotGiven):
    """The offer has lapsed, the minute is over, or the request has expired."""


class PersonFirst(NotGiven):
    """The person comes before the problem: apology and empathy, or a reason why not."""
