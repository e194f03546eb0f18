"""The two kinds of trouble: hindrances, which are told, and bugs, which are reported."""

from typing import ClassVar

from care_console.base.words import _


class CareError(Exception):
    """Something the user can understand and act on; ``str(error)`` is the sentence to show.

    It carries its ``words`` as the catalogue has them, marked with ``N_``, and the ``values`` that
    stand in them in braces, so that it is told in the language of whoever reads it. Every other
    exception that reaches the screen is a bug.
    """

    passing: ClassVar[bool] = False
    """Whether it may be over in a moment, so that the same look is worth another try."""

    def __init__(self, words: str, **values: object) -> None:
        super().__init__(words, values)
        self.words = words
        self.values = values

    def __str__(self) -> str:
        return _(self.words).format(**self.values)
