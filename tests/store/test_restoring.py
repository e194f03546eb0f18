"""Restoring puts a backup in place row for row, and loses nothing of what was there."""

import os
from contextlib import closing, suppress

import pytest

from care_console.store import NotRestored, copies_in, finish, make_copy, newest_whole, put_back
from care_console.store import restoring as module
from care_console.store.engines import connect
from tests.store.filled import KEY, fill, filled, rows


@pytest.fixture
def records(tmp_path):
    return filled(tmp_path / "care.sqlite", 200)


def overwritten(records):
    records.write_bytes(os.urandom(records.stat().st_size))


def emptied(records):
    records.write_bytes(b"")


def deleted(records):
    records.unlink()


def grown(records):
    with closing(connect(records, KEY)) as db:
        fill(db, 200, 50)


@pytest.mark.parametrize("harm", [overwritten, emptied, deleted, grown])
def test_what_was_backed_up_is_back_row_for_row(records, tmp_path, harm):
    before = rows(records)
    copy = make_copy(records, KEY, tmp_path / "backups", "asked")
    harm(records)
    there = records.read_bytes() if records.exists() else None

    aside = put_back(copy, records, KEY)

    assert rows(records) == before
    assert (aside.read_bytes() if aside else None) == there
    assert records.stat().st_mode & 0o777 == 0o600


def test_the_log_of_the_records_before_never_lies_beside_those_that_were_put_back(
    records, tmp_path
):
    copy = make_copy(records, KEY, tmp_path / "backups", "asked")
    crashed = connect(records, KEY)
    fill(crashed, 200, 50)
    log = (tmp_path / "care.sqlite-wal").read_bytes()

    aside = put_back(copy, records, KEY)

    assert not (tmp_path / "care.sqlite-wal").exists()
    assert aside.with_name(f"{aside.name}-wal").read_bytes() == log
    assert len(rows(aside)["card"]) == 250
    assert len(rows(records)["card"]) == 200
    crashed.close()


@pytest.mark.parametrize("step", range(8))
def test_a_restoring_that_is_cut_short_is_finished_or_never_was(
    records, tmp_path, monkeypatch, step
):
    copy = make_copy(records, KEY, tmp_path / "backups", "asked")
    grown(records)
    steps = []

    def stop(real):
        def act(*args, **how):
            if len(steps) == step:
                raise KeyboardInterrupt
            steps.append(real)
            return real(*args, **how)

        return act

    with monkeypatch.context() as patch:
        patch.setattr(module, "copy_private", stop(module.copy_private))
        patch.setattr(module, "set_aside", stop(module.set_aside))
        patch.setattr(module, "sync_folder", stop(module.sync_folder))
        patch.setattr(module.os, "replace", stop(os.replace))
        with suppress(KeyboardInterrupt):
            put_back(copy, records, KEY)

    finish(records)
    found = len(rows(records)["card"])
    assert found in (200, 250)
    if found == 200:
        (aside,) = tmp_path.glob("care.sqlite.before-*Z")
        assert len(rows(aside)["card"]) == 250


def test_a_damaged_backup_is_refused_and_the_records_stay(records, tmp_path):
    copy = make_copy(records, KEY, tmp_path / "backups", "asked")
    data = bytearray(copy.file.read_bytes())
    data[5000] ^= 1
    copy.file.write_bytes(data)
    before = records.read_bytes()

    with pytest.raises(NotRestored, match="no longer what was written"):
        put_back(copy, records, KEY)

    assert records.read_bytes() == before


def test_a_backup_under_another_key_is_refused_and_the_records_stay(records, tmp_path):
    copy = make_copy(records, KEY, tmp_path / "backups", "asked")
    before = records.read_bytes()

    with pytest.raises(NotRestored):
        put_back(copy, records, bytes(32))

    assert records.read_bytes() == before
    assert len(list(tmp_path.iterdir())) == 2


def drill(folder, count):
    """Back up, harm and restore so often, each time with other rows; return how often it held."""
    held = 0
    for number in range(count):
        place = folder / str(number)
        place.mkdir()
        records = filled(place / "care.sqlite", 30 + 17 * number)
        before = rows(records)
        make_copy(records, KEY, place / "backups", "asked")
        (overwritten, emptied, deleted, grown)[number % 4](records)
        put_back(newest_whole(copies_in(place / "backups", KEY)), records, KEY)
        held += rows(records) == before
    return held


def test_a_few_restore_drills_bring_every_row_back(tmp_path):
    assert drill(tmp_path, 4) == 4


@pytest.mark.long
def test_twenty_restore_drills_bring_every_row_back(tmp_path):
    assert drill(tmp_path, 20) == 20
