"""Taking an import back: what it made and nobody has touched since goes, the rest is named."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from time import perf_counter

from sqlmodel import Session, col, delete, select

from care_console.base.command import Command
from care_console.base.errors import CareError
from care_console.base.words import N_
from care_console.cards.records import CardRecord
from care_console.cards.service import ChangedSince
from care_console.cards.service.gone import needed, take_away
from care_console.cards.service.replaced import NoCard
from care_console.exchange.records import ActRecord, ImportedRecord, KeptRecord, RunRecord
from care_console.exchange.service.allowed import demand
from care_console.exchange.service.pace import Alone, Pace
from care_console.exchange.service.runs import State, state_of
from care_console.exchange.service.taking import Imports
from care_console.staff.rules import Permission

OURS = frozenset({"imported", "card_kept"})  # tables that go with a card
MOST_NAMED = 500


class NotThere(CareError):
    """There is no such import, or it is still at work."""


@dataclass(slots=True)
class TakenBack:
    """What became of an import that was taken back."""

    total: int = 0
    gone: int = 0  # cards that it had made
    undone: int = 0  # cards that it had changed
    kept: int = 0  # cards that were changed since
    names: list[tuple[int, str]] = field(default_factory=list)  # of the first of those
    cancelled: bool = False

    @property
    def done(self) -> int:
        """How many acts were looked at."""
        return self.gone + self.undone + self.kept

    def add(self, other: "TakenBack") -> None:
        """Count some more."""
        self.gone += other.gone
        self.undone += other.undone
        self.kept += other.kept
        self.names = [*self.names, *other.names][:MOST_NAMED]


@dataclass(frozen=True, slots=True)
class TakingBack:
    """Takes an import back, a few hundred cards at once."""

    imports: Imports

    async def take_back(
        self,
        command: Command,
        run_id: int,
        *,
        progress: Callable[[TakenBack], None] = lambda taken: None,
        alone: Alone = lambda: False,
        stop: Callable[[], bool] = lambda: False,
    ) -> TakenBack:
        """Take back what the import ``run_id`` did, as far as nothing was changed since.

        Raises NotAllowed and NotThere. Begun again after it was stopped, it goes on.
        """
        store = self.imports.store
        async with self.imports.staff.guarded(command):
            taken = TakenBack(total=await store.write(self._begin, command, run_id))
            pace, some = Pace(alone), None
            while some is None or some.done:
                if stop():
                    taken.cancelled = True
                    break
                began = perf_counter()
                some = await store.write(self._some, run_id, pace.size)
                taken.add(some)
                progress(taken)
                await pace.rest(perf_counter() - began)
            await store.write(self._end, command, run_id, taken)
        return taken

    def _begin(self, db: Session, command: Command, run_id: int) -> int:
        demand(self.imports.staff, db, command, Permission.IMPORT)
        run = db.get(RunRecord, run_id)
        if run is None or state_of(run, self.imports.clock()) is State.RUNNING:
            raise NotThere(N_("This import is still at work, or there is none such."))
        acts = select(ActRecord).where(ActRecord.run_id == run_id)
        for act in db.exec(acts.where(ActRecord.tied)):
            self._untie(db, act)
        return len(db.exec(select(ActRecord.row).where(ActRecord.run_id == run_id)).all())

    def _untie(self, db: Session, act: ActRecord) -> None:
        """Take the relations away first: both their cards may go."""
        left = []
        for op in act.ops:
            try:
                if op["part"] == "relation":
                    self.imports.edits.take_back(db, act.card_id, [op])
                else:
                    left.append(op)
            except (ChangedSince, NoCard):
                continue
        act.ops, act.tied = left, False
        db.add(act)

    def _some(self, db: Session, run_id: int, most: int) -> TakenBack:
        """Take back the last ``most`` acts that are left, and forget them."""
        wanted = select(ActRecord).where(ActRecord.run_id == run_id)
        acts = db.exec(wanted.order_by(col(ActRecord.row).desc()).limit(most)).all()
        taken = TakenBack()
        kept = [act.card_id for act in acts if not act.made and not self._restore(db, act)]
        taken.undone = sum(not act.made for act in acts) - len(kept)
        made = [act.card_id for act in acts if act.made]
        changed = self._changed(db, run_id, made)
        gone = [card_id for card_id in made if card_id not in changed]
        self._take_away(db, gone)
        taken.gone, kept = len(gone), [*kept, *sorted(changed)]
        named = select(CardRecord.id, CardRecord.name).where(col(CardRecord.id).in_(kept))
        taken.kept, taken.names = len(kept), list(db.exec(named).all())
        rows = [act.row for act in acts]
        db.exec(
            delete(ActRecord).where(col(ActRecord.run_id) == run_id, col(ActRecord.row).in_(rows))
        )
        db.get_one(RunRecord, run_id).seen_at = self.imports.clock()
        return taken

    def _changed(self, db: Session, run_id: int, card_ids: Sequence[int]) -> set[int]:
        """Return those of the cards with which anything was done since."""
        if not card_ids:
            return set()
        later = select(ActRecord.card_id).where(
            col(ActRecord.card_id).in_(card_ids), ActRecord.run_id > run_id
        )
        return needed(db, card_ids, OURS) | set(db.exec(later))

    def _take_away(self, db: Session, card_ids: Sequence[int]) -> None:
        if card_ids:
            for table in (ImportedRecord, KeptRecord):
                db.exec(delete(table).where(col(table.card_id).in_(card_ids)))
            take_away(db, self.imports.cards.index, card_ids)

    def _restore(self, db: Session, act: ActRecord) -> bool:
        """Take back what a row changed on a card that was there; return whether that was possible.

        What the row said before is what the next import of it is compared with.
        """
        try:
            self.imports.edits.take_back(db, act.card_id, act.ops)
        except (ChangedSince, NoCard):
            return False
        there = db.get(ImportedRecord, act.row_key)
        if there is not None and act.said:
            there.said = act.said
            db.add(there)
        elif there is not None:
            db.delete(there)
        return True

    def _end(self, db: Session, command: Command, run_id: int, taken: TakenBack) -> None:
        if not taken.cancelled:
            db.get_one(RunRecord, run_id).state = State.TAKEN_BACK
        facts = {
            "run_id": run_id,
            "gone": taken.gone,
            "undone": taken.undone,
            "kept": taken.kept,
            "cancelled": taken.cancelled,
        }
        self.imports.journal.write(db, command, "import_taken_back", facts)
