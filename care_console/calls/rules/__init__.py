"""Who may be calling, what to say first, and what a contact is."""

from care_console.calls.rules.contact import (
    ON_A_DIGIT,
    WRAP_UP,
    BadContact,
    Channel,
    Direction,
    Draft,
    Outcome,
    State,
    channel_words,
    outcome_words,
)
from care_console.calls.rules.log import CallRow, CallState, Missed
from care_console.calls.rules.match import Caller, Candidate, LastContact, Match, sentence
from care_console.calls.rules.matter import Matter
from care_console.calls.rules.words import WORDS

__all__ = [
    "ON_A_DIGIT",
    "WORDS",
    "WRAP_UP",
    "BadContact",
    "CallRow",
    "CallState",
    "Caller",
    "Candidate",
    "Channel",
    "Direction",
    "Draft",
    "LastContact",
    "Match",
    "Matter",
    "Missed",
    "Outcome",
    "State",
    "channel_words",
    "outcome_words",
    "sentence",
]
