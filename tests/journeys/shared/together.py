"""Both windows at once: opening them, sitting down at one, and hearing of the other."""

import asyncio


async def with_both(desks, test):
    """Run ``test`` while both windows are open and both desks listen."""
    front, back = desks
    await front.while_open(back.while_open(listening(desks, test)))


async def listening(desks, test):
    for desk in desks:
        rung = bell(desk)
        await desk.services.store.look_elsewhere()
        assert await rung.get() == frozenset()
    await test


def bell(desk):
    """Return what rings at a desk, from now on."""
    rung = asyncio.Queue()
    desk.services.store.listen(rung.put_nowait)
    return rung


async def heard(rung, record):
    """Wait until a desk is told, without asking, that another has touched such a record."""
    while record not in await rung.get():
        pass


async def turn_to(desk):
    """Sit down at one of the desks."""
    desk.window.activateWindow()
    await desk.until(desk.window.isActiveWindow)
