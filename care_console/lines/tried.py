"""Trying a line, whatever its own code does."""

import asyncio
import sys
from collections.abc import AsyncGenerator

from care_console.base.clock import Clock
from care_console.base.errors import CareError
from care_console.base.words import N_, _
from care_console.lines.setup import LineKind, Setup, Step

BROKE = N_("The trial broke off: something in the console itself went wrong. It was noted.")
UNDECIDED = N_("The trial ended without saying whether the line works.")


async def tried(kind: LineKind, setup: Setup, clock: Clock) -> AsyncGenerator[Step, None]:
    """Yield each step of a trial; the last is good or not, also where the trial breaks off.

    Nothing is left behind when it is closed early.
    """
    last: Step | None = None
    trial = await asyncio.to_thread(kind.trial, setup, clock)  # it may read certificates
    try:
        async for last in trial:
            yield last
    except CareError as hindrance:
        last = Step(str(hindrance), good=False)
        yield last
    except Exception as error:  # its own bug costs the trial, never the page that shows it
        sys.excepthook(type(error), error, error.__traceback__)
        last = Step(_(BROKE), good=False)
        yield last
    finally:
        if isinstance(trial, AsyncGenerator):
            await trial.aclose()
    if last is None or last.good is None:
        yield Step(_(UNDECIDED), good=False)
