"""What was done and can be taken back."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that the clerk did, in ``words``, and the errand that takes it back."""

    words: str
    undo: Callable[[], Coroutine[None, None, None]]
