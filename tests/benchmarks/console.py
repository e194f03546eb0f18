"""The console itself, opened for a measurement in this process."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from care_console import app
from care_console.lines.instance import Instance
from care_console.lines.pretend import PretendLine
from care_console.settings.home import Home
from care_console.window.furniture import Furniture
from tests.benchmarks.trial import Trial


@asynccontextmanager
async def opened(home: Home) -> AsyncIterator[tuple[Furniture, PretendLine]]:
    """Open the console of ``home``, on this process's loop, until it is done with."""
    ready: asyncio.Future[Furniture] = asyncio.get_running_loop().create_future()
    trial, instance = Trial(ready.set_result), Instance.take(home.folder)
    assert instance is not None
    running = asyncio.create_task(app.run(app.application(), home, instance, trial))
    try:
        await asyncio.wait((running, ready), return_when=asyncio.FIRST_COMPLETED)
        if running.done():
            running.result()
        furniture = await ready
        yield furniture, trial.line
        furniture.window.close()
        await running
    finally:
        running.cancel()
        instance.release()
