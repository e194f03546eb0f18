"""To whom a duty can be handed over, found by a few letters."""

from collections.abc import Sequence
from dataclasses import dataclass

from care_console.base.fold import fold


@dataclass(frozen=True, slots=True)
class Heir:
    """A clerk, a department or, without both, whoever takes it."""

    name: str
    owner_card_id: int | None = None
    department_id: int | None = None
    department: str = ""  # where a clerk works

    @property
    def whose(self) -> tuple[int | None, int | None]:
        """The clerk's card and the department: what makes it this one."""
        return self.owner_card_id, self.department_id


def heirs_for(typed: str, heirs: Sequence[Heir], owner: Heir) -> list[Heir]:
    """Return those in whose name, or department, each typed word begins one; never ``owner``.

    Whom the first word of the name fits comes first; else they stay in their order.
    """
    wanted = fold(typed).split()
    found = [each for each in heirs if each.whose != owner.whose and _fits(each, wanted)]
    return sorted(found, key=lambda each: not _first(each, wanted))


def _fits(heir: Heir, wanted: Sequence[str]) -> bool:
    words = fold(f"{heir.name} {heir.department}").split()
    return all(any(word.startswith(part) for word in words) for part in wanted)


def _first(heir: Heir, wanted: Sequence[str]) -> bool:
    return bool(wanted) and fold(heir.name).startswith(wanted[0])
