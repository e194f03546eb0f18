"""Options of the desk are written one after the other, and nothing waits for the file."""

import asyncio

from care_console.settings.desk_options import DeskOptions


async def test_changes_wait_for_another_program_beside_the_window_and_come_in_their_order(home):
    options = DeskOptions(home)
    with home.turn():
        sizes = [asyncio.create_task(options.change(text_size=size)) for size in (110, 120, 130)]
        colours = asyncio.create_task(options.change(theme="dark"))
        await asyncio.sleep(0.05)
        assert not colours.done()
    await asyncio.wait([*sizes, colours])

    assert [each.result().text_size for each in sizes] == [110, 120, 130]
    assert (home.desk().text_size, home.desk().theme) == (130, "dark")
