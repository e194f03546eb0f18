"""The company's options: read, kept, and told to whoever works by them."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, fields
from functools import lru_cache
from typing import Any

from sqlmodel import Session

from care_console.base.command import Command
from care_console.base.errors import CareError
from care_console.base.phone import Plan
from care_console.base.words import N_
from care_console.journal.service import Journal
from care_console.settings.declared import build
from care_console.settings.options import Company
from care_console.settings.records import OptionRecord
from care_console.store import Store, ask

KEPT = "SELECT name, CAST(value AS VARCHAR) FROM option ORDER BY name"
Demand = Callable[[Session, Command], None]
DemandHere = Callable[[Session, Command, str], None]
OWNED = {each.name: each.metadata["title"] for each in fields(Company) if each.metadata["owned"]}


class NotHere(CareError):
    """An option that is changed elsewhere, by more than the permission for the settings."""


class Settings:
    """The company's options, with those that are in force at hand."""

    def __init__(
        self,
        store: Store,
        journal: Journal,
        company: Company | None = None,
        demand: Demand = lambda db, command: None,
        demand_here: DemandHere = lambda db, command, name: None,
    ) -> None:
        """Take ``demand``, which raises the CareError of a clerk who may not change them.

        ``demand_here`` does for the one option of this desk that is named.
        """
        self._demand_here = demand_here
        self._store = store
        self._journal = journal
        self._demand = demand
        self.company = company or Company()
        """The options in force, as they were when last read or changed here."""

    def plan(self) -> Plan:
        """Return how telephone numbers are to be read at these desks."""
        return Plan(
            country=self.company.country,
            trunk_prefixes=self.company.trunk_prefixes,
            shortest=self.company.shortest,
            longest_internal=self.company.longest_internal,
        )

    def in_force(self, db: Session) -> Company:
        """Return, inside somebody's unit, the options as every desk has them. Raises BadOptions."""
        return _company(_kept(db))

    async def load(self) -> Company:
        """Read the options that are kept, put them in force and return them. Raises BadOptions."""
        self.company = await self._store.read(self.in_force)
        return self.company

    async def change(self, command: Command, **options: Any) -> Company:
        """Keep ``options`` and put them in force.

        Raises BadOptions, NotHere, and what ``demand`` raises, and then keeps nothing.
        """
        for name in OWNED.keys() & options:
            raise NotHere(N_("“{title}” is changed with the limits alone."), title=OWNED[name])
        wanted = build(Company, {**asdict(self.company), **options})
        await self._store.write(self._change, command, options)
        self.company = wanted
        return wanted

    async def demand_here(self, command: Command, name: str) -> None:
        """Raise the CareError of a clerk who may not change this option of the desk itself."""
        await self._store.read(self._demand_here, command, name)

    def _change(self, db: Session, command: Command, options: Mapping[str, Any]) -> None:
        self._demand(db, command)
        self.keep(db, command, options)

    def keep(self, db: Session, command: Command, options: Mapping[str, Any]) -> None:
        """Keep ``options`` inside somebody's unit, and journal which of them were changed."""
        if self._journal.first_run(db, command) is not None:
            return
        before = asdict(self.in_force(db))
        self.put(db, options)
        after = asdict(self.in_force(db))
        facts = {
            "options": sorted(options),
            "before": {name: before[name] for name in sorted(options)},
            "after": {name: after[name] for name in sorted(options)},
        }
        self._journal.write(db, command, "options_changed", facts)

    @staticmethod
    def put(db: Session, options: Mapping[str, Any]) -> None:
        """Keep ``options`` inside somebody's unit, which journals it. Raises BadOptions."""
        checked = build(Company, options)
        for name in options:
            value = getattr(checked, name)
            db.merge(
                OptionRecord(name=name, value=list(value) if isinstance(value, tuple) else value)
            )


def _kept(db: Session) -> tuple[tuple[str, str], ...]:
    db.flush()
    return tuple((name, value) for name, value in ask(db, KEPT, {}))


@lru_cache(4)  # every unit asks, and they are nearly always what they were
def _company(kept: tuple[tuple[str, str], ...]) -> Company:
    return build(Company, {name: json.loads(value) for name, value in kept})
