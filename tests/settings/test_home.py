"""A home is made on purpose, whole or not at all, and never among somebody else's files."""

import os

import pytest

from care_console.services import open_store
from care_console.settings.declared import BadOptions
from care_console.settings.home import DESK, MAKING, RECORDS, SLOTS, Home, NotAHome
from care_console.settings.key_places import NoKey
from care_console.settings.options import read_desk
from care_console.store import CannotOpen


@pytest.fixture
def made(loop, tmp_path):
    home = Home.at(tmp_path / "home", create=True)
    store, _ = open_store(home)
    loop.run_until_complete(store.close())
    return home.folder


@pytest.mark.parametrize("there", [True, False])
def test_a_missing_or_empty_folder_becomes_a_home_only_on_purpose(tmp_path, there):
    folder = tmp_path / "home"
    if there:
        folder.mkdir()

    with pytest.raises(NotAHome, match="nothing is there"):
        Home.at(folder)

    assert Home.at(folder, create=True).new


def test_a_home_that_was_made_is_private_and_keyed(made):
    assert not Home.at(made).new
    for name in (DESK, RECORDS, "secrets"):
        assert (made / name).stat().st_mode & 0o777 == 0o600
    assert made.stat().st_mode & 0o777 == 0o700
    assert not (made / RECORDS).read_bytes().startswith(b"SQLite")
    assert not [file.name for file in made.iterdir() if MAKING in file.name]


@pytest.mark.parametrize("create", [True, False])
def test_somebody_elses_folder_is_no_home(tmp_path, create):
    (tmp_path / "letter.txt").write_text("Dear Ada")

    for folder in (tmp_path, tmp_path / "letter.txt"):
        with pytest.raises(NotAHome):
            Home.at(folder, create=create)

    assert [file.name for file in tmp_path.iterdir()] == ["letter.txt"]


def test_what_an_unfinished_making_left_is_made_anew(loop, tmp_path):
    home = Home.at(tmp_path / "home", create=True)
    home.begin()
    home.unfinished_records.write_bytes(b"half")
    for left in ("care.sqlite.making-wal", "care.sqlite.making-shm", "secrets.new"):
        (home.folder / left).write_bytes(b"half")

    again = Home.at(home.folder, create=True)
    assert again.new
    store, _ = open_store(again)
    loop.run_until_complete(store.close())
    assert not Home.at(home.folder).new


def test_a_making_that_stopped_at_its_last_act_is_finished(made):
    os.replace(made / DESK, made / (DESK + MAKING))

    assert not Home.at(made).new


def test_records_without_their_options_are_told_and_left_alone(made):
    (made / DESK).unlink()
    before = (made / RECORDS).read_bytes()

    with pytest.raises(NotAHome, match=r"desk\.toml"):
        Home.at(made, create=True)

    assert (made / RECORDS).read_bytes() == before


@pytest.mark.parametrize("key", ["", "00" * 31, "zz" * 32, None])
def test_a_key_that_is_gone_or_damaged_is_told_and_never_made_anew(made, key):
    if key is None:
        (made / "secrets").unlink()
    else:
        (made / "secrets").write_text(key)
    before = (made / RECORDS).read_bytes()

    with pytest.raises(NoKey):
        open_store(Home.at(made))

    assert (made / RECORDS).read_bytes() == before


@pytest.mark.parametrize(("slots", "told"), [(True, NoKey), (False, CannotOpen)])
def test_another_key_does_not_open_the_records(made, slots, told):
    (made / "secrets").write_text("00" * 32)
    if not slots:
        (made / SLOTS).unlink()
    before = (made / RECORDS).read_bytes()

    with pytest.raises(told):
        open_store(Home.at(made))

    assert (made / RECORDS).read_bytes() == before


@pytest.mark.parametrize(
    "text",
    [
        "",
        "origin = 1",
        "origin = 'a'\ntheme = 'pink'",
        "origin = 'a'\ntext_size = 900",
        "origin = 'a'\ntext_size = true",
        "[",
    ],
)
def test_options_that_are_not_understood_are_told(tmp_path, text):
    (tmp_path / "desk.toml").write_text(text)

    with pytest.raises(BadOptions, match=r"desk\.toml"):
        read_desk(tmp_path / "desk.toml")


def test_what_a_later_version_wrote_into_the_options_is_no_trouble(tmp_path):
    (tmp_path / "desk.toml").write_text("origin = 'a'\nhologram = true\n")

    assert read_desk(tmp_path / "desk.toml").origin == "a"


def test_an_option_is_changed_and_found_again(made):
    Home.at(made).change(theme="dark", text_size=120)

    desk = Home.at(made).desk()
    assert (desk.theme, desk.text_size) == ("dark", 120)
    assert (made / DESK).stat().st_mode & 0o777 == 0o600


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(NotAHome):
        Home.at(tmp_path / "file" / "home", create=True).begin()


def test_records_that_another_program_made_meanwhile_are_taken_and_never_replaced(loop, tmp_path):
    late = Home.at(tmp_path / "home", create=True)
    first, _desk = open_store(Home.at(late.folder, create=True))
    loop.run_until_complete(first.close())
    inode = late.records.stat().st_ino

    second, _desk = open_store(late)
    loop.run_until_complete(second.close())

    assert late.records.stat().st_ino == inode
