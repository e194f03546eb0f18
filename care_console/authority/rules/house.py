"""Whose limits there are, of which remedies, and how the rows and columns of them are called."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from care_console.authority.rules.catalogue import YEAR, Remedy
from care_console.authority.rules.changes import Place
from care_console.authority.rules.limits import ALL, MONEY, Giver, Scope
from care_console.base.money import spell
from care_console.base.spell import DEFAULT_LOCALE
from care_console.base.words import N_, _
from care_console.staff.rules import role_words

SCOPE_WORDS = {
    Scope.RECOVERY: N_("One case"),
    Scope.DAY: N_("One person's day"),
    Scope.CUSTOMER: N_("One customer's year"),
    Scope.MONTH: N_("One department's month"),
}
OF_ONE_WORDS = {
    Scope.REMEDY: N_("{remedy}"),
    Scope.RECOVERY: N_("{remedy}, one case"),
    Scope.DAY: N_("{remedy}, one person's day"),
    Scope.CUSTOMER: N_("{remedy}, one customer's year"),
    Scope.MONTH: N_("{remedy}, one department's month"),
}
UNIT_WORDS = {
    "months": N_("{count} months"),
    "hours": N_("{count} hours"),
    "pieces": N_("{count} pieces"),
}


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who works at the consoles, or did."""

    giver: Giver
    name: str
    active: bool = True


@dataclass(frozen=True, slots=True)
class House:
    """What limits are read against: the day, the money, the remedies and who works there."""

    day: date
    currency: str
    ceiling_minor: int  # of one customer and year
    remedies: Mapping[int, Remedy] = field(default_factory=dict)
    colleagues: Mapping[int, Colleague] = field(default_factory=dict)
    departments: Mapping[int, str] = field(default_factory=dict)
    locale: str = DEFAULT_LOCALE

    def giver(self, place: Place) -> Giver:
        """Return whose limit stands in a column: a clerk's, or anybody's of a role."""
        if place.clerk_card_id is not None and place.clerk_card_id in self.colleagues:
            return self.colleagues[place.clerk_card_id].giver
        return Giver(place.clerk_card_id or 0, place.role, place.department_id)

    def name(self, card_id: int | None) -> str:
        """Return the name of a clerk, or "" for one who is gone."""
        there = None if card_id is None else self.colleagues.get(card_id)
        return there.name if there is not None else ""

    def unit(self, place: Place) -> str:
        """Return what a row is counted in."""
        remedy = self.remedies.get(place.catalogue_id)
        return remedy.unit if remedy is not None else MONEY

    def row_title(self, place: Place, days: int = YEAR) -> str:
        """Return what a row is called."""
        if place.catalogue_id == ALL:
            return self._over_all(place, days)
        remedy = self.remedies.get(place.catalogue_id)
        words = _(OF_ONE_WORDS[Scope(place.scope)])
        return words.format(remedy=remedy.name if remedy is not None else _("A remedy"))

    def column_title(self, place: Place) -> str:
        """Return what a column is called."""
        if place.clerk_card_id is not None:
            return self.name(place.clerk_card_id) or _("Somebody who is gone")
        return role_words(place.role) if place.role else _("Everybody")

    def title(self, place: Place, days: int = YEAR) -> str:
        """Return where a limit stands, as a sentence begins with it."""
        return _("{row}, {column}").format(
            row=self.row_title(place, days), column=self.column_title(place)
        )

    def money(self, minor: int) -> str:
        """Return an amount in words."""
        return spell(minor, self.currency, self.locale)

    def most(self, most: int, unit: str = MONEY) -> str:
        """Return a limit in words: an amount, or so many pieces of what is counted."""
        if unit == MONEY:
            return self.money(most)
        return _(UNIT_WORDS.get(unit, N_("{count}"))).format(count=most)

    def _over_all(self, place: Place, days: int) -> str:
        department = self.departments.get(place.department_id or 0)
        if place.scope == Scope.REMEDY:
            return _("Any one remedy")
        if place.scope == Scope.MONTH and department:
            return _("A month of {department}").format(department=department)
        if place.scope == Scope.CUSTOMER and days not in (0, YEAR):
            return _("One customer in {days} days").format(days=days)
        return _(SCOPE_WORDS[Scope(place.scope)])
