"""Wrong passphrases are counted by every desk, whatever its clock says and another forgets."""

import pytest
from sqlmodel import delete

from care_console.staff.records import AttemptRecord
from care_console.staff.rules import NotSignedIn, Role, TryLater, Wrong
from care_console.staff.rules.secrets import FREE
from care_console.store import add_once

NAME, PASSPHRASE = "Rosa Lindqvist", "lemon tram window"


@pytest.fixture
def rosa(loop, sign_in, act, hire):
    async def furnish():
        rosa = await hire(NAME, Role.CSR)
        await sign_in.set_passphrase(act(), rosa.card_id, PASSPHRASE)
        return rosa

    return loop.run_until_complete(furnish())


async def tried(sign_in, passphrase):
    """Return what came of a try to sign in."""
    try:
        return await sign_in.sign_in(NAME, passphrase)
    except NotSignedIn as refused:
        return type(refused)


async def test_a_clock_that_was_years_ahead_locks_nobody_out_for_years(sign_in, rosa, clock):
    now, clock.now = clock.now, clock.now.replace(year=clock.now.year + 5)
    for _try in range(FREE):
        assert await tried(sign_in, "wrong") is Wrong
    assert await tried(sign_in, PASSPHRASE) is TryLater

    clock.now = now

    assert await tried(sign_in, "wrong") is Wrong
    assert await tried(sign_in, PASSPHRASE) is TryLater
    clock.pass_by(minutes=2)
    assert await tried(sign_in, PASSPHRASE) == rosa


async def test_a_clock_some_minutes_behind_another_desks_lets_nobody_in_sooner(
    sign_in, rosa, clock
):
    for _try in range(FREE):
        assert await tried(sign_in, "wrong") is Wrong

    clock.pass_by(minutes=-14)

    assert await tried(sign_in, PASSPHRASE) is TryLater


async def test_a_count_that_another_desk_forgets_just_then_is_begun_anew(
    sign_in, rosa, monkeypatch
):
    forgets = [True]

    def added(db, record):
        there = add_once(db, record)
        if forgets:
            forgets.pop()
            db.execute(delete(AttemptRecord))
        return there

    monkeypatch.setattr("care_console.staff.service.sign_in.add_once", added)

    assert await tried(sign_in, "wrong") is Wrong
    assert await tried(sign_in, PASSPHRASE) == rosa
