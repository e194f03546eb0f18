"""The watched folder: what is whole is taken in once, and nothing else is touched."""

import os
import sys
from pathlib import Path

import pytest

from care_console.exchange.service.folder import CLAIMED, Folder, FolderTrouble
from care_console.exchange.service.watched import REST
from tests.exchange.test_service_dealings import CSV, MARIA


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "orders"
    folder.mkdir()
    return folder


@pytest.fixture
def watched(services, folder):
    return services.watched(lambda: str(folder))


async def twice(watched):
    """Look so often that what stands still is taken; return what was put away, and the trouble."""
    first = await watched.look()
    second = await watched.look()
    return (*first.put, *second.put), second.trouble


def names(folder):
    return sorted(each.name for each in folder.iterdir())


async def test_a_whole_file_of_the_folder_is_taken_once_and_put_away_with_a_report(
    services, act, folder, watched
):
    maria = await services.cards.add(act(), MARIA)
    (folder / "today.csv").write_text(CSV)

    assert (await watched.look()).put == ()  # it may still grow
    ((put,), trouble) = await twice(watched)

    assert (put.taken, trouble) == (True, "")
    assert "2 new" in put.words
    assert len(await services.dealings.of(maria)) == 1
    assert names(folder) == ["done", "refused"]
    assert names(folder / "done") == ["today.csv", "today.csv.report.txt"]
    report = (folder / "done" / "today.csv.report.txt").read_text()
    assert "today.csv, row 4" in report
    assert "nobody knows" in report
    assert (await twice(watched))[0] == ()


async def test_a_file_that_still_grows_is_left_until_it_stands_still(
    services, act, folder, watched
):
    file = folder / "today.csv"
    for size in range(3):
        file.write_text(CSV + "\n" * size)
        os.utime(file, ns=(size, size))
        assert (await watched.look()).put == ()

    assert len((await watched.look()).put) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells who has a file open")
async def test_a_file_that_somebody_has_open_is_left(services, act, folder, watched):
    with (folder / "today.csv").open("w") as written:
        written.write(CSV)
        written.flush()
        assert (await twice(watched))[0] == ()

    assert len((await watched.look()).put) == 1


async def test_the_same_file_again_is_put_away_and_not_taken(services, act, folder, watched):
    for _time in range(2):
        (folder / "today.csv").write_text(CSV)
        ((put,), _trouble) = await twice(watched)

    assert not put.taken
    assert "taken in before" in put.words
    done = ["today-2.csv", "today-2.csv.report.txt", "today.csv", "today.csv.report.txt"]
    assert names(folder / "done") == done


@pytest.mark.parametrize(
    "text", [b"PK\x03\x04rest", b"Name,Phone\nA,1\n", b"Type,Number\nBoat,1\n"]
)
async def test_what_cannot_be_taken_is_refused_with_the_reason_beside_it(
    services, act, folder, watched, text
):
    (folder / "bad.csv").write_bytes(text)

    ((put,), _trouble) = await twice(watched)

    assert not put.taken
    assert names(folder / "refused") == ["bad.csv", "bad.csv.report.txt"]
    report = (folder / "refused" / "bad.csv.report.txt").read_text()
    assert "bad.csv" in report
    assert str(Path.home().anchor) not in report.split("bad.csv")[0]


async def test_links_and_foreign_files_are_never_read(services, act, folder, watched, tmp_path):
    secret = tmp_path / "secret.csv"
    secret.write_text(CSV)
    (folder / "link.csv").symlink_to(secret)
    (folder / "picture.png").write_text(CSV)
    (folder / ".hidden.csv").write_text(CSV)
    (folder / "folder.csv").mkdir()
    os.mkfifo(folder / "pipe.csv")
    before = names(folder)

    assert await twice(watched) == ((), "")

    assert names(folder) == sorted([*before, "done", "refused"])
    assert await services.dealings.unmatched() == []


async def test_a_link_in_the_place_of_done_is_not_followed(
    services, act, folder, watched, tmp_path
):
    (folder / "done").symlink_to(tmp_path)
    (folder / "today.csv").write_text(CSV)

    put, trouble = await twice(watched)

    assert put == ()
    assert "link" in trouble
    assert await services.dealings.unmatched() == []


async def test_a_claimed_file_that_became_a_link_is_not_followed(folder, tmp_path):
    secret = tmp_path / "secret.csv"
    secret.write_text(CSV)
    mine = Folder(folder, "a")
    (folder / "today.csv").write_text(CSV)
    claimed = mine.claim(mine.look()["today.csv"])
    claimed.path.unlink()
    claimed.path.symlink_to(secret)

    with pytest.raises(FolderTrouble, match="watched folder"):
        mine.copy(claimed, tmp_path / "copy")


async def test_a_folder_that_vanishes_is_told_and_looked_for_again(services, act, folder, watched):
    folder.rmdir()

    assert "not there" in (await watched.look()).trouble

    folder.mkdir()
    (folder / "today.csv").write_text(CSV)
    put, trouble = await twice(watched)
    assert (len(put), trouble) == (1, "")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
async def test_a_folder_that_may_only_be_read_is_told(services, act, folder, watched):
    (folder / "today.csv").write_text(CSV)
    folder.chmod(0o500)
    try:
        assert "may not be changed" in (await watched.look()).trouble
    finally:
        folder.chmod(0o700)


async def test_what_cannot_be_put_away_is_told_and_tried_again_only_after_a_rest(
    services, act, folder, watched
):
    (folder / "today.csv").write_text(CSV)
    await watched.look()
    (folder / "done").rmdir()
    (folder / "done").write_text("in the way")

    looked = await watched.look()

    assert looked.put == ()
    assert looked.trouble
    (folder / "done").unlink()
    looks = [await watched.look() for _each in range(REST + 3)]
    (put,) = [put for each in looks for put in each.put]
    assert put.path.parent == folder / "done"


async def test_what_a_desk_left_half_done_is_finished_by_it_at_once_and_by_others_later(
    services, act, folder, watched
):
    (folder / f"mine.csv{CLAIMED}thisdesk").write_text(CSV)
    (folder / f"theirs.csv{CLAIMED}other").write_text(CSV)

    put, _trouble = await twice(watched)

    assert [each.path.name for each in put] == ["mine.csv"]
    assert (folder / f"theirs.csv{CLAIMED}other").exists()


async def test_nothing_is_watched_where_no_folder_is_named(services, act):
    watched = services.watched(lambda: "")

    assert await twice(watched) == ((), "")
