"""What is whose, how it is told to them, and what an erasure leaves."""

from care_console.privacy.rules.classes import CLASSES, GOES, WAYS, Class, Way, class_of
from care_console.privacy.rules.erased import (
    Erased,
    Erasing,
    Hindrance,
    NotErased,
    WrongName,
    erased_from,
    erased_text,
)
from care_console.privacy.rules.held import ANOTHER, SELF, Held, minimised

__all__ = [
    "ANOTHER",
    "CLASSES",
    "GOES",
    "SELF",
    "WAYS",
    "Class",
    "Erased",
    "Erasing",
    "Held",
    "Hindrance",
    "NotErased",
    "Way",
    "WrongName",
    "class_of",
    "erased_from",
    "erased_text",
    "minimised",
]
