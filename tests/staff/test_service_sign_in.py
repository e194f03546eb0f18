"""Signing in: who is let in, what wrong ones cost, and that nothing is forgotten by a restart."""

import asyncio
from dataclasses import replace

import pytest

from care_console.base.command import Clerk
from care_console.staff.rules import (
    MAY,
    BadSecret,
    Blocked,
    NewOneWanted,
    NotAllowed,
    NotSignedIn,
    Permission,
    Role,
    TryLater,
    Wrong,
)
from care_console.staff.rules.secrets import FREE, PinOutdated
from care_console.staff.service import Hashing, NoClerk, NotTaken
from care_console.staff.service.hashing import Cost
from tests.staff.conftest import PEPPER, QUICK, signing_in

GRACE = "nine ships under one flag"
ROSA = "lemon tram window"
PIN = "472913"


@pytest.fixture
def rosa(loop, sign_in, clerk, act, hire):
    """Rosa, who has a passphrase and a PIN; the first clerk has a passphrase, too."""

    async def furnish():
        await sign_in.set_passphrase(act(), clerk.card_id, GRACE)
        rosa = await hire("Rosa Lindqvist", Role.CSR)
        await sign_in.set_passphrase(act(), rosa.card_id, ROSA)
        return rosa

    return loop.run_until_complete(furnish())


@pytest.fixture
def pin(loop, sign_in, rosa, by):
    loop.run_until_complete(sign_in.set_pin(by(rosa), PIN, ROSA))
    return PIN


async def tried(sign_in, who, passphrase):
    """Return what came of a try to sign in."""
    try:
        return await sign_in.sign_in(who, passphrase)
    except NotSignedIn as refused:
        return type(refused)


async def test_a_fresh_desk_stands_open_until_an_administrator_sets_a_passphrase(
    sign_in, clerk, act, hire, by
):
    rosa = await hire()
    assert await sign_in.needs_passphrase()
    await sign_in.set_passphrase(by(rosa), rosa.card_id, ROSA)
    assert await sign_in.needs_passphrase()

    await sign_in.set_passphrase(act(), clerk.card_id, GRACE)

    assert not await sign_in.needs_passphrase()


async def test_name_and_passphrase_let_in_however_the_name_is_written(sign_in, rosa):
    for who in ("Rosa Lindqvist", "  rosa LINDQVIST ", rosa.card_id):
        assert await sign_in.sign_in(who, ROSA) == Clerk("Rosa Lindqvist", "csr", rosa.card_id)


@pytest.mark.parametrize(
    ("who", "passphrase"),
    [
        ("Rosa Lindqvist", "lemon tram Window"),
        ("Rosa Lindqvist", ""),
        ("Grace Hopper", ROSA),
        ("Nobody Here", ROSA),
        ("", ROSA),
        (999, ROSA),
    ],
)
async def test_what_does_not_go_together_lets_nobody_in_and_says_not_which(
    sign_in, rosa, who, passphrase
):
    with pytest.raises(Wrong, match="do not go together"):
        await sign_in.sign_in(who, passphrase)


async def test_a_clerk_without_a_passphrase_or_who_left_is_not_let_in(
    sign_in, staff, rosa, act, hire
):
    await hire("Ben Adeyemi")
    assert await tried(sign_in, "Ben Adeyemi", "") is Wrong
    await staff.deactivate(act(), rosa.card_id)
    assert await tried(sign_in, "Rosa Lindqvist", ROSA) is Wrong


async def test_of_two_with_one_name_one_is_to_be_chosen(sign_in, services, act, rosa, hire):
    from care_console.cards.rules import Change

    ben = await hire("Ben Adeyemi")
    await services.edits.edit(act(), ben.card_id, [Change("given", "Ben", "Rosa")])
    await services.edits.edit(act(), ben.card_id, [Change("family", "Adeyemi", "Lindqvist")])

    with pytest.raises(NotSignedIn, match="Choose one of them"):
        await sign_in.sign_in("Rosa Lindqvist", ROSA)
    assert (await sign_in.sign_in(rosa.card_id, ROSA)).card_id == rosa.card_id


@pytest.mark.parametrize("who", ["Rosa Lindqvist", "Nobody Here"])
async def test_known_or_not_five_are_free_and_then_the_wait_doubles(sign_in, rosa, clock, who):
    for _try in range(5):
        assert await tried(sign_in, who, "wrong") is Wrong
    assert await tried(sign_in, who, ROSA) is TryLater

    with pytest.raises(TryLater, match="30 seconds"):
        await sign_in.sign_in(who, ROSA)
    clock.pass_by(seconds=30)
    assert await tried(sign_in, who, "wrong") is Wrong
    with pytest.raises(TryLater, match="60 seconds"):
        await sign_in.sign_in(who, ROSA)


async def test_a_right_one_begins_the_count_anew(sign_in, rosa):
    for _round in range(3):
        for _try in range(4):
            assert await tried(sign_in, "Rosa Lindqvist", "wrong") is Wrong
        assert (await sign_in.sign_in("Rosa Lindqvist", ROSA)).card_id == rosa.card_id


async def test_many_at_once_are_no_more_than_five(sign_in, rosa):
    done = await asyncio.gather(*(tried(sign_in, "Rosa Lindqvist", f"{n}") for n in range(20)))

    assert sorted(done.count(each) for each in (Wrong, TryLater)) == [5, 15]


async def test_a_try_that_was_killed_while_it_was_looked_at_counts(sign_in, store, rosa):
    for _try in range(5):
        await store.write(sign_in._begin, Clerk("", ""), "Rosa Lindqvist", "passphrase")

    assert await tried(sign_in, "Rosa Lindqvist", ROSA) is TryLater


async def test_wrong_ones_are_journalled_without_what_was_typed(sign_in, rosa, entries, store):
    await tried(sign_in, "Rosa Lindqvist", "hunter2 hunter2")
    await tried(sign_in, "my secret typed here", "hunter2 hunter2")

    told = [facts for _kind, facts, _by in await entries("sign_in_refused")]
    assert [each["card_id"] for each in told] == [rosa.card_id, None]
    assert [each["failures"] for each in told] == [1, 1]
    everything = str(await entries()) + str(await store.read(_attempts))
    assert "hunter2" not in everything
    assert "secret typed" not in everything


def _attempts(db):
    from sqlmodel import select

    from care_console.staff.records import AttemptRecord

    return [each.model_dump() for each in db.exec(select(AttemptRecord))]


async def test_signing_in_is_journalled(sign_in, rosa, entries):
    await sign_in.sign_in("Rosa Lindqvist", ROSA)

    assert (await entries("signed_in"))[-1][1:] == (
        {"card_id": rosa.card_id, "renewed": False},
        rosa.card_id,
    )


# passphrases


async def test_ones_own_passphrase_is_changed_with_the_old_one(sign_in, rosa, by):
    with pytest.raises(Wrong):
        await sign_in.set_passphrase(by(rosa), rosa.card_id, "another tram line")
    with pytest.raises(Wrong):
        await sign_in.set_passphrase(by(rosa), rosa.card_id, "another tram line", "no")
    await sign_in.set_passphrase(by(rosa), rosa.card_id, "another tram line", ROSA)

    assert await tried(sign_in, "Rosa Lindqvist", ROSA) is Wrong
    assert await tried(sign_in, "Rosa Lindqvist", "another tram line") == rosa


async def test_what_was_proved_with_a_passphrase_that_is_no_longer_so_is_not_kept(
    sign_in, store, rosa, by, act
):
    await sign_in.set_passphrase(act(), rosa.card_id, "another tram line")

    for secret in ("passphrase", "pin"):
        stale = (by(rosa), rosa.card_id, secret, "made", "what it was before")
        with pytest.raises(NotSignedIn, match="changed meanwhile"):
            await store.write(sign_in._set, *stale)
    assert await tried(sign_in, "Rosa Lindqvist", "another tram line") == rosa


@pytest.mark.parametrize("role", Role)
async def test_anothers_is_set_only_by_whoever_manages_the_staff(
    sign_in, rosa, hire, by, entries, role
):
    other = await hire("Dana Whitlock", role)
    setting = sign_in.set_passphrase(by(other), rosa.card_id, "another tram line")
    if role in MAY[Permission.MANAGE_STAFF]:
        await setting
        assert await tried(sign_in, "Rosa Lindqvist", "another tram line") == rosa
        return
    with pytest.raises(NotAllowed):
        await setting
    assert await tried(sign_in, "Rosa Lindqvist", ROSA) == rosa
    assert len(await entries("denied")) == 1


async def test_even_an_administrator_gives_the_old_one_for_their_own(sign_in, rosa, clerk, act):
    with pytest.raises(Wrong):
        await sign_in.set_passphrase(act(), clerk.card_id, "some quite other words")


async def test_a_passphrase_that_will_not_do_is_told_and_not_kept(sign_in, rosa, act):
    with pytest.raises(BadSecret, match="at least 10"):
        await sign_in.set_passphrase(act(), rosa.card_id, "short")
    assert await tried(sign_in, "Rosa Lindqvist", ROSA) == rosa


async def test_who_leads_now_sets_a_longer_one_when_they_sign_in(sign_in, staff, store, act, hire):
    dana = await hire("Dana Whitlock", Role.CSR)
    await sign_in.set_passphrase(act(), dana.card_id, "ten letters")
    await staff.change_role(act(), dana.card_id, Role.SUPERVISOR)

    with pytest.raises(NewOneWanted, match="as Supervisor you need at least 15 letters"):
        await sign_in.sign_in("Dana Whitlock", "ten letters")
    with pytest.raises(BadSecret):
        await sign_in.sign_in("Dana Whitlock", "ten letters", new="ten letters")
    let_in = await sign_in.sign_in("Dana Whitlock", "ten letters", new="sixteen letters!")
    assert let_in.card_id == dana.card_id
    assert await tried(sign_in, "Dana Whitlock", "ten letters") is Wrong


async def test_nothing_that_is_kept_tells_the_secret(sign_in, store, rosa, pin):
    from care_console.staff.records import ClerkRecord

    kept = await store.read(lambda db: db.get_one(ClerkRecord, rosa.card_id).model_dump())

    assert kept["passphrase"].startswith("$argon2id$")
    assert kept["pin"][4:].startswith("$argon2id$")
    assert ROSA not in str(kept)
    assert PIN not in str(kept)


# PINs


async def test_a_pin_confirms_at_the_desk_of_another(sign_in, rosa, pin, by, clerk):
    assert await sign_in.check_pin(by(clerk), rosa.card_id, PIN) == rosa
    assert await sign_in.check_pin(by(clerk), "rosa lindqvist", PIN) == rosa
    with pytest.raises(Wrong, match="Name and PIN"):
        await sign_in.check_pin(by(clerk), rosa.card_id, "472914")


async def test_a_pin_lets_nobody_in_where_nobody_is(sign_in, staff, rosa, pin, by, act, hire):
    gone = await hire("Ben Adeyemi")
    await staff.deactivate(act(), gone.card_id)

    for nobody in (Clerk("", ""), gone):
        with pytest.raises(NotSignedIn, match="only confirms"):
            await sign_in.check_pin(by(nobody), rosa.card_id, PIN)


async def test_a_pin_of_another_house_or_of_another_clerk_does_not_do(
    sign_in, services, store, rosa, pin, by, clerk, hire
):
    from care_console.staff.records import ClerkRecord

    elsewhere = signing_in(store, services)
    object.__setattr__(elsewhere, "hashing", Hashing(b"q" * 32, QUICK))
    with pytest.raises(PinOutdated):
        await elsewhere.check_pin(by(clerk), rosa.card_id, PIN)

    dana = await hire("Dana Whitlock", Role.SUPERVISOR)

    def steal(db):
        stolen = db.get_one(ClerkRecord, rosa.card_id).pin
        db.get_one(ClerkRecord, dana.card_id).pin = stolen

    await store.write(steal)
    with pytest.raises(Wrong):
        await sign_in.check_pin(by(clerk), dana.card_id, PIN)


async def test_a_pin_is_set_by_its_owner_with_the_passphrase(sign_in, rosa, by, hire):
    with pytest.raises(Wrong):
        await sign_in.set_pin(by(rosa), PIN, "not it at all")
    with pytest.raises(BadSecret, match="pattern"):
        await sign_in.set_pin(by(rosa), "123456", ROSA)
    ben = await hire("Ben Adeyemi")
    with pytest.raises(NotSignedIn, match="Set your passphrase first"):
        await sign_in.set_pin(by(ben), PIN, "")
    with pytest.raises(NoClerk):
        await sign_in.set_pin(by(Clerk("", "")), PIN, ROSA)


# blocks


@pytest.mark.parametrize("role", Role)
async def test_only_whom_the_table_names_lifts_a_block(sign_in, rosa, pin, hire, by, role):
    other = await hire("Dana Whitlock", role)
    if role in MAY[Permission.UNBLOCK]:
        await sign_in.unblock(by(other), rosa.card_id)
    else:
        with pytest.raises(NotAllowed):
            await sign_in.unblock(by(other), rosa.card_id)


async def blocked(sign_in, clock, who):
    for _try in range(100):
        assert await tried(sign_in, who, "wrong") is Wrong
        clock.pass_by(minutes=15)


async def test_nobody_lifts_their_own_block(sign_in, staff, rosa, clerk, act, clock, hire, by):
    dana = await hire("Dana Whitlock", Role.SUPERVISOR)
    await blocked(sign_in, clock, "Grace Hopper")
    assert await tried(sign_in, "Grace Hopper", GRACE) is Blocked
    assert [each.blocked for each in await staff.clerks() if each.name == "Grace Hopper"] == [True]

    with pytest.raises(NotTaken, match="Somebody else"):
        await sign_in.unblock(act(), clerk.card_id)
    await sign_in.unblock(by(dana), clerk.card_id)
    assert await tried(sign_in, "Grace Hopper", GRACE) == clerk


async def test_a_house_with_one_leader_is_never_locked_for_good(sign_in, rosa, clerk, clock):
    await blocked(sign_in, clock, "Grace Hopper")

    assert await tried(sign_in, "Grace Hopper", GRACE) == clerk


async def test_a_try_at_full_cost_leaves_the_loop_free(services, loop):
    hashing = Hashing(PEPPER)
    turns = 0

    async def turn():
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    beside = asyncio.create_task(turn())
    kept = await hashing.make("pin", 7, PIN)
    assert "m=65536,t=3,p=4" in kept
    assert await hashing.holds(kept, "pin", 7, PIN)
    assert not await hashing.holds(kept, "pin", 8, PIN)
    beside.cancel()
    assert turns > 100


async def test_what_is_damaged_or_missing_is_never_right():
    hashing = Hashing(PEPPER, Cost(1, 8, 1))

    assert not await hashing.holds("", "passphrase", 1, "")
    assert not await hashing.holds("$argon2id$rubbish", "passphrase", 1, "")
    assert not await hashing.holds("plain", "passphrase", 1, "plain")


async def test_after_the_server_got_another_password_it_is_said_that_a_pin_must_be_set_anew(
    sign_in, clerk, rosa, pin, by
):
    elsewhere = replace(sign_in, hashing=Hashing(b"q" * 32, QUICK))
    for _ in range(FREE + 1):
        with pytest.raises(PinOutdated, match="password of the server was changed since, or"):
            await elsewhere.check_pin(by(clerk), rosa.card_id, PIN)

    await elsewhere.set_pin(by(rosa), PIN, ROSA)

    assert await elsewhere.check_pin(by(clerk), rosa.card_id, PIN) == rosa
    with pytest.raises(Wrong):
        await elsewhere.check_pin(by(clerk), rosa.card_id, "918273")
