"""The lines that are set up, as they run: what is changed takes effect at once."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from care_console.base.errors import CareError
from care_console.lines.kept_up import KeptUp, Sleep
from care_console.lines.line import Line, LineState
from care_console.settings.line_tables import SetUp
from care_console.settings.telephone import Telephone

Told = Callable[[str, LineState | None], None]  # a line's name, and None when it is gone


@dataclass(slots=True)
class _Kept:
    """A line that runs, and how it was set up."""

    line: KeptUp
    setup: SetUp
    end: Callable[[], None] = field(repr=False)  # of being told its states


class Running:
    """Makes each line, has it heard, and hangs it up; none of them waits for another."""

    def __init__(
        self,
        telephone: Telephone,
        hear: Callable[[Line], None],
        leave: Callable[[Line], None],
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        """``hear`` takes a line whose calls are wanted from now on, ``leave`` one no more."""
        self._telephone, self._hear, self._leave, self._sleep = telephone, hear, leave, sleep
        self._kept: dict[str, _Kept] = {}
        self._told: list[Told] = []
        self._closing: dict[str, asyncio.Task[None]] = {}
        self._turn = asyncio.Lock()
        self._over, self._attended = False, True
        self._mark: object = None
        self.trouble = ""
        """Why the lines could not be read again; those that run go on."""

    @property
    def states(self) -> dict[str, LineState]:
        """How each line is at this moment, by its name."""
        return {name: each.line.state for name, each in self._kept.items()}

    def listen(self, told: Told) -> Callable[[], None]:
        """Let ``told`` know of each change from now on; return what ends that."""
        self._told.append(told)
        return lambda: self._told.remove(told) if told in self._told else None

    def attend(self, attended: bool) -> None:
        """Let somebody be at the desk, or nobody: then no line rings along."""
        self._attended = attended
        for each in self._kept.values():
            each.line.attend(attended)

    def register_again(self) -> None:
        """Let each line register anew, of which a trial may have taken the place."""
        for each in self._kept.values():
            each.line.register_again()

    async def settle(self) -> None:
        """Let run what is set up now, and nothing else; what was not changed is not touched."""
        async with self._turn:
            if self._over:
                return
            self._mark = await self._telephone.mark()
            try:
                wanted = {each.name: each for each in await self._telephone.lines()}
            except CareError as trouble:
                self.trouble = str(trouble)
                return
            self.trouble = ""
            for name, kept in list(self._kept.items()):
                if wanted.get(name) != kept.setup:
                    self._end(name)
            for name, setup in wanted.items():
                if name not in self._kept:
                    self._begin(setup)

    async def look(self) -> None:
        """Settle if any program has written the options since; never raises for the file."""
        if await self._telephone.mark() != self._mark:
            await self.settle()

    async def close(self) -> None:
        """Hang all lines up at the same time."""
        async with self._turn:
            self._over = True
            for name in list(self._kept):
                self._end(name)
            if self._closing:
                await asyncio.wait(list(self._closing.values()))

    def _begin(self, setup: SetUp) -> None:
        """Have a line heard, after the one before of its name has hung up."""
        before = self._closing.get(setup.name)

        async def make() -> Line:
            if before is not None:
                await asyncio.wait({before})
            return await self._telephone.make(setup)

        line = KeptUp(setup.name, make, self._sleep)
        line.attend(self._attended)
        end = line.listen(lambda state: self._tell(setup.name, state))
        self._kept[setup.name] = _Kept(line, setup, end)
        self._hear(line)
        self._tell(setup.name, line.state)

    def _end(self, name: str) -> None:
        kept = self._kept.pop(name)
        kept.end()
        self._leave(kept.line)
        task = asyncio.create_task(kept.line.close(), name=f"close {name}")
        self._closing[name] = task
        task.add_done_callback(lambda done: self._forget(name, done))
        self._tell(name, None)

    def _forget(self, name: str, task: asyncio.Task[None]) -> None:
        if self._closing.get(name) is task:
            del self._closing[name]

    def _tell(self, name: str, state: LineState | None) -> None:
        for told in list(self._told):
            told(name, state)
