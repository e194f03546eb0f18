"""Options declared once: default, bounds, title and words, for files, pages and documents alike."""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, field, fields
from typing import Any, TypeVar

from care_console.base.errors import CareError
from care_console.base.words import N_

T = TypeVar("T")
Check = Callable[[Any], bool]


class BadOptions(CareError):
    """Something that was set is not understood; ``name`` is the option's, or empty."""

    def __init__(self, words: str, name: str = "", **values: object) -> None:
        super().__init__(words, name=name, **values)
        self.name = name


def option(
    default: Any, title: str, words: str, check: Check, bounds: str = "", *, owned: bool = False
) -> Any:
    """Declare an option of a frozen dataclass.

    ``title`` and ``words`` are marked for the catalogue; ``check`` tells whether a value of the
    default's type is within ``bounds``, which says the same to the reader. One that is ``owned`` is
    changed by the service alone whose rules stand on it.
    """
    return field(
        default=default,
        metadata={
            "title": title,
            "words": words,
            "check": check,
            "bounds": bounds,
            "owned": owned,
        },
    )


def build(section: type[T], given: Mapping[str, Any]) -> T:
    """Return ``section`` with what is ``given``; what it does not declare is left out.

    Raises BadOptions.
    """
    known = {each.name: each for each in fields(section)}  # type: ignore[arg-type]
    values = {}
    for name, value in given.items():
        if name in known:
            values[name] = _checked(known[name], value)
    missing = [n for n, each in known.items() if each.default is MISSING and n not in values]
    if missing:
        raise BadOptions(N_("The option “{name}” is missing."), missing[0])
    return section(**values)


def _checked(declared: Any, value: Any) -> Any:
    if isinstance(declared.default, tuple) and isinstance(value, list):
        value = tuple(value)
    like = str if declared.default is MISSING else type(declared.default)
    check = declared.metadata.get("check")
    if type(value) is not like or (check is not None and not check(value)):
        bounds = declared.metadata.get("bounds", "")
        raise BadOptions(
            N_("The option “{name}” cannot be {value}. {bounds}"),
            declared.name,
            value=repr(value)[:80],
            bounds=bounds,
        )
    return value
