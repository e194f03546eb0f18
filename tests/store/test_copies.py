"""A backup is whole, verified, sealed, and never a reason to lose a better one."""

import json
import os
import stat
from contextlib import closing
from dataclasses import replace

import pytest

from care_console.store import (
    Damaged,
    NoCopy,
    carry,
    copies_in,
    drop,
    is_whole,
    leave_no_part,
    make_copy,
    newest_whole,
    tell,
)
from care_console.store import copies as module
from care_console.store.engines import connect
from tests.store.filled import KEY, fill, filled, rows

OTHER = bytes(32)


@pytest.fixture
def records(tmp_path):
    return filled(tmp_path / "care.sqlite", 500)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "backups"


def test_a_backup_holds_every_row_under_the_same_key_and_is_for_its_owner_alone(records, folder):
    copy = make_copy(records, KEY, folder, "asked")

    assert rows(copy.file) == rows(records)
    assert (copy.cards, copy.rows["card"], copy.why) == (500, 500, "asked")
    assert b"Hathersage" not in copy.file.read_bytes()
    for file, mode in ((folder, 0o700), (copy.file, 0o600), (copy.manifest, 0o600)):
        assert stat.S_IMODE(file.stat().st_mode) == mode
    assert {each.suffix for each in folder.iterdir()} == {".sqlite", ".json"}


def test_what_is_still_in_the_log_is_in_the_backup_too(records, folder):
    with closing(connect(records, KEY)) as db:
        fill(db, 500, 25)
        assert make_copy(records, KEY, folder, "work").cards == 525


def test_a_backup_of_one_moment_is_not_disturbed_by_who_writes_meanwhile(records, folder):
    with closing(connect(records, KEY)) as db:
        db.execute("BEGIN IMMEDIATE")
        db.execute("DELETE FROM card")
        copy = make_copy(records, KEY, folder, "work")
        db.execute("ROLLBACK")

    assert copy.cards == 500


def test_only_what_is_finished_and_ours_counts_as_a_backup(records, folder):
    copy = make_copy(records, KEY, folder, "asked")
    (folder / "half.sqlite.part").write_bytes(b"half")
    (folder / "letter.json").write_text('{"file": "letter.sqlite"}')
    (folder / "list.json").write_text("[]")
    (folder / "without.json").write_text(copy.manifest.read_text())

    assert copies_in(folder, OTHER) == []
    copy.file.rename(folder / "away")
    assert copies_in(folder, KEY) == []
    (folder / "away").rename(copy.file)
    leave_no_part(folder)
    assert not (folder / "half.sqlite.part").exists()
    assert {each.file for each in copies_in(folder, KEY)} == {copy.file}


def test_a_manifest_that_somebody_changed_is_not_believed(records, folder):
    copy = make_copy(records, KEY, folder, "asked")
    said = json.loads(copy.manifest.read_text())
    said["rows"]["card"] = 501
    copy.manifest.write_text(json.dumps(said))

    assert copies_in(folder, KEY) == []


def test_one_bit_is_enough_for_a_backup_to_be_passed_over(records, folder):
    older, newer = (make_copy(records, KEY, folder, "asked") for _ in range(2))
    data = bytearray(newer.file.read_bytes())
    data[len(data) // 3] ^= 4
    newer.file.write_bytes(data)

    copies = copies_in(folder, KEY)
    assert [is_whole(each) for each in copies] == [False, True]
    assert newest_whole(copies).file == older.file


def test_one_that_shrank_is_only_offered_where_there_is_no_other(records, folder):
    good, less = (make_copy(records, KEY, folder, "asked") for _ in range(2))
    less = replace(less, shrunk=True)
    tell(less, KEY)

    assert newest_whole(copies_in(folder, KEY)).file == good.file
    drop(good)
    assert newest_whole(copies_in(folder, KEY)) == less


def test_damaged_records_are_never_taken_for_a_backup(records, folder):
    data = bytearray(records.read_bytes())
    data[len(data) // 2] ^= 1
    records.write_bytes(data)

    with pytest.raises(Damaged):
        make_copy(records, KEY, folder, "work")

    assert list(folder.iterdir()) == []


def test_a_backup_that_would_fill_the_disk_is_not_begun(records, folder, monkeypatch):
    monkeypatch.setattr(module, "SPARE", 2**60)

    with pytest.raises(NoCopy, match="no room"):
        make_copy(records, KEY, folder, "work")

    assert list(folder.iterdir()) == []


def test_a_second_place_gets_the_same_and_one_that_cannot_be_written_is_told(
    records, folder, tmp_path
):
    copy = make_copy(records, KEY, folder, "asked")
    there = carry(copy, KEY, tmp_path / "elsewhere")

    assert is_whole(there)
    assert copies_in(tmp_path / "elsewhere", KEY) == [there]
    (tmp_path / "file").write_text("")
    with pytest.raises(NoCopy, match="second place"):
        carry(copy, KEY, tmp_path / "file" / "below")


def test_a_folder_that_cannot_be_written_is_told(records, tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(NoCopy):
        make_copy(records, KEY, tmp_path / "file", "asked")


def test_what_is_dropped_is_gone_with_its_manifest(records, folder):
    drop(make_copy(records, KEY, folder, "asked"))

    assert os.listdir(folder) == []
