"""From a ring, and from a key, to the end of the last paint that it causes, in the real window."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from statistics import median

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from care_console.calls.rules import Caller
from care_console.kit import RowsModel
from care_console.lines.pretend import PretendLine
from care_console.window.furniture import Furniture
from tests.benchmarks.console import opened
from tests.benchmarks.drawn import forget_numbers
from tests.benchmarks.figures import Row, compared, p99, spread
from tests.benchmarks.ground import Ground
from tests.benchmarks.paints import Paints
from tests.benchmarks.rounds import Samples, Took, finish, in_turns
from tests.benchmarks.trial import CALLED

RING_GOAL, KEY_GOAL = 1.3, 1.4
FRAME_MS = 16.7
SETTLED_S = 0.03  # in which a card's history is read and painted
SIZE = (1366, 768)


@dataclass(slots=True)
class Seen:
    """The console on an unseen screen, and what paints there."""

    furniture: Furniture
    line: PretendLine
    paints: Paints
    blank: Paints
    empty: QWidget

    async def settle(self) -> None:
        """Let all end that was begun."""
        await self.furniture.services.store.write(lambda db: None)
        await asyncio.sleep(SETTLED_S)

    async def bare(self, _at: int) -> float:
        """Return how long a window with nothing in it takes to be painted anew."""
        began = self.blank.begin()
        self.empty.update()
        return (await self.blank.next()).since(began)


@asynccontextmanager
async def seen(ground: Ground) -> AsyncIterator[Seen]:
    """Open the console of a copied home, at the size of a usual screen."""
    with ground.copied(await ground.made(ground.cards)) as home:
        async with opened(home) as (furniture, line):
            furniture.window.resize(*SIZE)
            empty = QWidget()
            empty.show()
            there = Seen(furniture, line, Paints(furniture.window), Paints(empty), empty)
            furniture.flow.shown.connect(lambda _caller: there.paints.forget())
            await there.settle()
            yield there
            empty.deleteLater()


async def sip_paint(ground: Ground) -> list[Row]:
    """Compare an INVITE, from its datagram, with the same widgets that are told the facts."""
    from tests.benchmarks.sip_wire import calling  # not above: it lets no other one collect garbage

    async with ground.opened(ground.cards) as (services, draw), seen(ground) as there:
        rings = draw.rings(ground.effort.draws)
        callers = [finish(services.rings.caller(event)) for event in rings]
        forget_numbers()
        async with calling(there.furniture.flow.listen) as wire:

            async def rung(at: int) -> Took:
                await _be_quiet(there)
                there.paints.begin()
                call = wire.ring(rings[at].number or "", CALLED)
                ended = await there.paints.next()
                await there.settle()
                took = ended.since(wire.read)
                await wire.end(call)
                await there.settle()
                return took

            async def told(at: int) -> Took:
                return await _told(there, callers[at - len(rings) // 2])

            ours, base, bare = await in_turns(ground.effort, rung, told, there.bare)
    what = f"INVITE read → last paint of strip and card, {ground.cards:,} cards : the facts at hand"
    return [compared("sip_paint", what, RING_GOAL, ours, base, (frame(ours, bare),))]


async def paint(ground: Ground) -> list[Row]:
    """Compare a ring, from the line's event, with the same widgets that are told the facts."""
    async with ground.opened(ground.cards) as (services, draw), seen(ground) as there:
        rings = draw.rings(ground.effort.draws)
        callers = [finish(services.rings.caller(event)) for event in rings]
        forget_numbers()
        whole: Samples = []

        async def rung(at: int) -> Took:
            began, call_id, ended = await _rung(there, rings[at].number or "")
            await there.settle()
            whole.append(there.paints.last.since(began))
            there.line.end(call_id)
            await there.settle()
            return ended.since(began)

        async def told(at: int) -> Took:
            took = await _told(there, callers[at - len(rings) // 2])  # nobody who has just rung
            await there.settle()
            return took

        ours, base, bare = await in_turns(ground.effort, rung, told, there.bare)
    what = f"ring → last paint of strip and card, {ground.cards:,} cards : the facts at hand"
    notes = (
        frame(ours, bare),
        f"until the card's history and the lists around it stand: {spread(whole)}",
    )
    return [compared("paint", what, RING_GOAL, ours, base, notes)]


def _rows_of(rows: RowsModel) -> list[object]:
    return [rows.row(rows.index(place)) for place in range(rows.rowCount())]


async def keystroke(ground: Ground) -> list[Row]:
    """Compare a key in the palette with its list that is told what to show."""
    async with ground.opened(ground.cards) as (_services, draw), seen(ground) as there:
        typed = draw.typed(ground.effort.draws)
        finder = there.furniture.window.finder
        there.furniture.window.open_palette()
        found: list[list[object]] = []

        async def pressed(at: int) -> Took:
            await _stand_before(there, typed[at])
            began = there.paints.begin()
            press(finder.field, typed[at][-1])
            ended = await there.paints.over()
            found.append(_rows_of(finder.list.rows))
            return ended.since(began)

        async def offered(at: int) -> Took:
            await _stand_before(there, typed[at])
            began = there.paints.begin()
            finder.field.blockSignals(True)
            press(finder.field, typed[at][-1])
            finder.field.blockSignals(False)
            finder.offer(found[at], "")
            return (await there.paints.over()).since(began)

        ours, base, bare = await in_turns(ground.effort, pressed, offered, there.bare)
        finder.shut()
    what = f"keystroke → result list painted, {ground.cards:,} cards : the list at hand"
    rows = f"{median(map(len, found)):.0f} rows found at the median"
    return [compared("keystroke", what, KEY_GOAL, ours, base, (frame(ours, bare), rows))]


def frame(samples: Samples, bare: Samples) -> str:
    """Return in words how the samples compare with a frame, and how this machine stood."""
    worst = p99(samples) * 1000
    within = "within" if worst <= FRAME_MS else "over"
    return (
        f"p99 {worst:.1f} ms is {within} a frame of {FRAME_MS} ms"
        f"; the same loop painting an empty window: p99 {p99(bare) * 1000:.1f} ms"
    )


def press(field: QWidget, text: str) -> None:
    """Press a key and let it go."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        key = QKeyEvent(kind, Qt.Key.Key_unknown, Qt.KeyboardModifier.NoModifier, text)
        QCoreApplication.sendEvent(field, key)


async def _rung(there: Seen, number: str) -> tuple[Took, str, Took]:
    await _be_quiet(there)
    began = there.paints.begin()
    call_id = there.line.ring(number)
    return began, call_id, await there.paints.next()


async def _be_quiet(there: Seen) -> None:
    """Show nobody, so that nothing of the next caller is there already."""
    there.furniture.centre.be_quiet()
    there.furniture.today.set_current(None)
    await there.settle()


async def _told(there: Seen, caller: Caller) -> Took:
    furniture = there.furniture
    await _be_quiet(there)
    began = there.paints.begin()
    furniture.strip.show_ringing(caller, furniture.services.clock(), can=there.line.can)
    furniture.centre.show_caller(caller)
    furniture.today.set_current(caller.card.id if caller.card is not None else None)
    ended = await there.paints.next()
    await there.settle()
    furniture.strip.show_missed(caller)
    return ended.since(began)


async def _stand_before(there: Seen, text: str) -> None:
    """Let stand in the palette what stands there before the last key."""
    there.furniture.window.finder.field.setText(text[:-1])
    await there.settle()
