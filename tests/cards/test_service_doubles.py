"""Likely doubles are shown while typing, found in a list in small steps, and known to an import."""

import pytest

from care_console.cards.rules import Kind, NewAddress, NewCard, NewEmail, NewPhone
from care_console.cards.rules.merging import Wish
from care_console.cards.rules.typed import new_card
from care_console.cards.service import ChangedSince
from care_console.cards.service import doubles as room

MARIA = NewCard(
    given="Maria",
    family="Okafor",
    company="Okafor Plumbing",
    phones=(NewPhone(raw="020 7946 0123"),),
    emails=(NewEmail(address="maria@example.org"),),
    addresses=(NewAddress(street="14 Elm Row", postcode="N16 5KM"),),
)


@pytest.fixture
def add(services, act):
    async def add(given="", family="", number="", email="", **more) -> int:
        phones = (NewPhone(raw=number),) if number else ()
        emails = (NewEmail(address=email),) if email else ()
        new = NewCard(given=given, family=family, phones=phones, emails=emails, **more)
        return await services.cards.add(act(), new)

    return add


@pytest.fixture
def maria(loop, services, act):
    return loop.run_until_complete(services.cards.add(act(), MARIA))


@pytest.fixture
def looked(services):
    async def looked() -> list[tuple[tuple[int, int], str]]:
        sights = [sight async for sight in services.doubles.look_through()]
        shares = [sight.share for sight in sights]
        assert shares == sorted(shares)
        assert shares[-1] == 1.0
        pairs = await services.doubles.pairs(sights[-1].pairs)
        return [(pair.ids, pair.likeness.words) for pair in pairs]

    return looked


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"name": "Maria Oka"}, "similar name"),
        ({"name": "maria okafor"}, "same name"),
        ({"name": "Okafor, Maria"}, "same name"),
        ({"name": "Maria Okofor"}, "similar name"),
        ({"phone": "+44 20 7946 0123"}, "same number"),
        ({"name": "Maria", "phone": "02079460123"}, "same number, similar name"),
        ({"email": "MARIA@example.org"}, "same e-mail"),
        (
            {"name": "Maria Okafor", "company": "okafor plumbing"},
            "same name, same company",
        ),
    ],
)
async def test_who_is_typed_again_is_shown_at_once(services, maria, typed, why):
    [likely] = await services.doubles.while_typing(new_card(**typed))
    assert (likely.brief.id, likely.brief.name, likely.likeness.words) == (
        maria,
        "Maria Okafor",
        why,
    )


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"name": "M"},
        {"name": "Ben Okafor"},
        {"name": "Ben Okafor", "phone": "020 7946 0123"},  # who lives with her
        {"phone": "020 7946 0999"},
        {"email": "maria"},
    ],
)
async def test_who_is_somebody_else_is_not_shown(services, maria, typed):
    assert await services.doubles.while_typing(new_card(**typed)) == []


async def test_one_look_up_is_made_for_each_key(services, store, maria, monkeypatch):
    asked = []
    real = type(store).look_up

    async def look_up(self, sql, **values):
        asked.append(sql)
        return await real(self, sql, **values)

    monkeypatch.setattr(type(store), "look_up", look_up)
    for end in range(1, len("Maria Okafor") + 1):
        await services.doubles.while_typing(new_card(name="Maria Okafor"[:end]))
    assert len(asked) <= len("Maria Okafor")


async def test_the_likeliest_stand_first_and_each_pair_once(add, looked, maria):
    same = await add("Maria", "Okafor", "+44 20 7946 0123", "MARIA@example.org")
    slip = await add("Maria", "Okofor", "020 7946 0123")
    await add("Ben", "Okafor", "020 7946 0123")
    await add("Maria", "Okafor")

    assert await looked() == [
        ((maria, same), "same e-mail, same number, same name"),
        ((maria, slip), "same number, similar name"),
        ((same, slip), "same number, similar name"),
    ]


async def test_what_is_not_the_same_is_remembered_until_it_is_taken_back(
    services, act, add, looked, maria
):
    other = await add("Maria", "Okafor", "020 7946 0123")
    command = act()
    await services.doubles.apart(command, other, maria)
    await services.doubles.apart(command, other, maria)
    assert await looked() == []
    assert [each.kind for each in await services.cards.history(maria)][0] == "cards_apart"

    await services.doubles.perhaps(act(), maria, other)
    assert [pair for pair, _why in await looked()] == [(maria, other)]
    with pytest.raises(ChangedSince):
        await services.doubles.perhaps(act(), maria, other)


async def test_who_was_merged_is_no_double_any_more(services, act, add, looked, maria):
    other = await add("Maria", "Okafor", "020 7946 0123")
    wish = Wish(keep_id=maria, other_id=other, sides={}, seen={})
    await services.merging.merge(act(), wish)

    assert await looked() == []
    [likely] = await services.doubles.while_typing(new_card(name="Maria Okafor"))
    assert likely.brief.id == maria


async def test_all_are_found_in_steps_of_a_few_rows(add, looked, maria, monkeypatch):
    monkeypatch.setattr(room, "ROWS", 3)
    many = [await add(f"No{at}", "Body", f"020 7946 09{at:02}") for at in range(6)]
    twins = [await add("Ida", "Lund", "020 7946 0950") for _twice in range(2)]

    assert [pair for pair, _why in await looked()] == [tuple(twins)]
    assert len(many) == 6


async def test_a_number_that_many_share_is_passed_over(add, looked, monkeypatch):
    monkeypatch.setattr(room, "MOST_SHARING", 3)
    for at in range(5):
        await add("Ida", f"Lund{'abcde'[at]}x", "020 7946 0950")
    assert await looked() == []


async def test_it_can_be_ended_in_the_middle(services, maria):
    async for sight in services.doubles.look_through():
        assert sight.pairs == ()
        break


async def test_an_import_learns_who_surely_is_there(services, store, add, maria):
    twins = [await add("Ida", "Lund", "020 7946 0950") for _twice in range(2)]
    news = [
        NewCard(given="MARIA", family="Okafor", phones=(NewPhone(raw="+442079460123"),)),
        NewCard(given="Maria", family="Okofor", phones=(NewPhone(raw="+442079460123"),)),
        NewCard(given="Ben", family="Okafor", emails=(NewEmail(address="maria@example.org"),)),
        NewCard(given="Maria", family="Okafor"),
        NewCard(given="Ida", family="Lund", phones=(NewPhone(raw="020 7946 0950"),)),
        NewCard(kind=Kind.ORGANISATION, family="Poe"),
    ]
    found = await store.read(services.doubles.narrow, news)

    assert found == [maria, None, None, None, None, None]
    assert len(twins) == 2  # of whom either may be meant
