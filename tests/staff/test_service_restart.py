"""Wrong PINs are counted in the records, so that starting again forgets none of them."""

import asyncio
import subprocess
import sys
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from sqlmodel import select

from care_console.base.command import Clerk, Command
from care_console.cards.rules import Group, NewCard, NewMembership
from care_console.services import Services
from care_console.settings.options import Company, Desk
from care_console.staff.records import AttemptRecord
from care_console.staff.rules import Blocked, Role, TryLater, Wrong
from care_console.store import Store
from tests.staff.conftest import signing_in

PIN = "472913"
WORDS = "lemon tram under one flag"


@asynccontextmanager
async def started(where, clock):
    """The services as after a start, and signing in over them."""
    store = Store.open(where)
    services = Services.over(store, clock, Desk("this desk"), Company())
    try:
        yield services, signing_in(store, services)
    finally:
        await store.close()


async def hired(services, first, name):
    new = NewCard(given=name, memberships=(NewMembership(group=Group.EMPLOYEE),))
    card_id = await services.cards.add(Command(uuid4(), first), new)
    await services.staff.add_clerk(Command(uuid4(), first), card_id, Role.SUPERVISOR)
    return Clerk(name, Role.SUPERVISOR, card_id)


async def one_try(sign_in, first, dana, pin, clock):
    """Return what came of a PIN that is tried as soon as one is looked at, and the wait."""
    waited = 0
    while True:
        try:
            await sign_in.check_pin(Command(uuid4(), first), dana.card_id, pin)
        except TryLater as later:
            waited += later.wait_s
            clock.pass_by(seconds=later.wait_s)
        except (Wrong, Blocked) as refused:
            return type(refused), waited


async def furnish(where, clock):
    """Return the first clerk, and Dana, who has a PIN."""
    async with started(where, clock) as (services, sign_in):
        first = await services.beginning.begin({"name": "Northgate"}, "Grace Hopper")
        dana = await hired(services, first, "Dana")
        await sign_in.set_passphrase(Command(uuid4(), dana), dana.card_id, WORDS)
        await sign_in.set_pin(Command(uuid4(), dana), PIN, WORDS)
    return first, dana


async def attack(where, clock):
    first, dana = await furnish(where, clock)
    found = []
    for turn in range(120):
        async with started(where, clock) as (_services, sign_in):
            found.append(await one_try(sign_in, first, dana, f"{turn:06}", clock))
    async with started(where, clock) as (_services, sign_in):
        with pytest.raises(Blocked, match="Ask a supervisor"):
            await sign_in.check_pin(Command(uuid4(), first), dana.card_id, PIN)
        await sign_in.unblock(Command(uuid4(), first), dana.card_id)
        assert await sign_in.check_pin(Command(uuid4(), first), dana.card_id, PIN) == dana
    return found


def test_120_wrong_pins_with_a_start_between_each_two_are_slowed_and_end_at_100(where, clock):
    found = asyncio.run(attack(where, clock))

    assert [kind for kind, _waited in found] == [Wrong] * 100 + [Blocked] * 20
    waits = [waited for _kind, waited in found]
    assert waits[:11] == [0, 0, 0, 0, 0, 30, 60, 120, 240, 480, 900]
    assert set(waits[10:100]) == {900}


def guess_until_killed(where, first, dana, most):
    """Let a program guess until it has said ``most`` words, kill it, and return them."""
    kind = "file" if isinstance(where, Path) else "url"
    ids = (str(first.card_id), str(dana.card_id))
    command = [sys.executable, "-m", "tests.staff.guesser", kind, str(where), *ids]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as program:
        said = [line.strip() for _word, line in zip(range(most), program.stdout, strict=False)]
        program.kill()  # it is in the middle of the next ones
        said += [line.strip() for line in program.stdout]
    return said


async def counted(where, clock):
    async with started(where, clock) as (services, _sign_in):
        return await services.store.read(
            lambda db: [(each.secret, each.failures) for each in db.exec(select(AttemptRecord))]
        )


def test_a_program_that_is_killed_while_it_guesses_gains_no_try(where, clock):
    first, dana = asyncio.run(furnish(where, clock))
    said, kills = [], 3
    for _kill in range(kills):
        said += guess_until_killed(where, first, dana, 11)
        ((secret, failures),) = asyncio.run(counted(where, clock))
        assert secret == "pin"
        assert said.count("wrong") <= failures <= said.count("wrong") + kills

    said += guess_until_killed(where, first, dana, 1_000)

    assert said[-1] == "blocked"
    assert 100 - kills <= said.count("wrong") <= 100
    assert asyncio.run(counted(where, clock)) == [("pin", 100)]
