"""How the window looks is kept, and no file is waited for."""

from tests.conftest import until


async def test_colours_and_text_size_by_key_are_obeyed_at_once_and_kept(act, desk):
    window, home = desk.window, desk.furniture.home
    with home.turn():
        desk.furniture.looks.set_colours("dark")
        window.set_text_size(120)
        assert window.theme.dark
    await until(lambda: home.desk().theme == "dark" and home.desk().text_size == 120)


async def test_options_that_cannot_be_written_are_told_in_words(act, desk):
    desk.furniture.home.desk_file.with_name("desk.toml.new").mkdir()
    told = []
    desk.furniture.looks.errands.hindered.connect(told.append)
    desk.furniture.looks.set_colours("dark")
    await until(lambda: told)

    assert "desk.toml cannot be written" in told[0]
