"""Search as it is typed: by anything on a card, however it is written, on both databases."""

from datetime import timedelta

import pytest

from care_console.cards.rules import (
    Group,
    Kind,
    NewAddress,
    NewCard,
    NewEmail,
    NewMembership,
    NewPhone,
)

MARIA = NewCard(
    prefix="Dr",
    given="María Teresa",
    family="Okafor",
    preferred="Mimi",
    company="Brightwater Heating Ltd",
    title="Head of purchasing",
    phones=(NewPhone(raw="020 7946 0123"), NewPhone(raw="07700 900456 ext 204")),
    emails=(NewEmail(address="m.okafor@brightwater.example"),),
    addresses=(NewAddress(street="1 High Road", town="Stoke-on-Trent"),),
    memberships=(NewMembership(group=Group.END_USER, account_number="NG-10442"),),
)
OTHERS = (
    NewCard(given="Siobhán", family="O'Brien", company="Halden & Sons"),
    NewCard(given="Ada", family="Smith-Jones", addresses=(NewAddress(town="Leeds"),)),
    NewCard(given="Łukasz", family="Müller", phones=(NewPhone(raw="+49 30 23125 007"),)),
    NewCard(kind=Kind.ORGANISATION, family="North Gate Tools Ltd"),
    NewCard(given="Pedro", family="García Márquez"),
    NewCard(given="太郎", family="山田"),
)


def listed(texts: str) -> list[str]:
    """Return the texts that stand between bars or line ends."""
    return [text.strip() for line in texts.splitlines() for text in line.split("|")]


@pytest.fixture
def known(loop, services, act) -> dict[int, str]:
    """The names of the cards that are there, by id."""
    ids = {}
    for new in (MARIA, *OTHERS):
        ids[loop.run_until_complete(services.cards.add(act(), new))] = new.family
    return ids


@pytest.fixture
def found(services, known):
    """What a text finds, by the families' names, best first."""

    async def found(text: str, **options: object) -> list[str]:
        hits = await services.search.find(text, **options)
        return [known[hit.brief.id] for hit in hits if hit.brief.id in known]

    return found


@pytest.fixture
def finds(found):
    """Check what each text finds, all of a table at once."""

    async def finds(wanted: dict[str, list[str]]) -> None:
        assert {text: await found(text) for text in wanted} == wanted

    return finds


async def test_a_card_is_found_by_the_beginning_of_any_of_its_words(finds):
    texts = """okafor|OKAF|maria|teresa|maria okafor|okafor maria|teresa ok|ok ter|dr okafor|mimi
        mimi okafor|brightwater|brightw mar|okafor heating|heat bright|stoke|stoke on trent
        stoke-on|okafor stoke|maria stoke|stokeontrent|okafor maria brightwater stoke ltd
        m.okafor@|M.Okafor@Brightwater.example|m.oka|ng-10442|NG10442|ng 104|10442|1044
        okafor 10442"""
    await finds({text: ["Okafor"] for text in listed(texts)})


async def test_any_part_of_a_number_will_do_however_it_is_written(finds):
    texts = """020 7946 0123|020 7946 0|(020) 7946-0|+44 (0)20 7946|+44 (0)20|0044 20 7946|7946
        79460|9460|46012|0123|60123|9460123|442079460123|0770|07700 9|900456|204|okafor 0123
        7946 maria|maria 07700 900|okafor 456"""
    await finds({text: ["Okafor"] for text in listed(texts)})


async def test_what_is_on_no_card_finds_none(finds):
    texts = """7947|020 7946 1|+44 7946|0124|okafor 0124|okafor leeds|okafor maria x|kafka|@|+|'
        %|_|o_afor|''||-- drop"""
    await finds({text: [] for text in listed(texts)})


async def test_accents_case_order_apostrophes_and_hyphens_do_not_matter(finds):
    wanted = {
        "O'Brien": "obrien|o'brien|o’brien|o brien|brien|siobhan o|SIOBHÁN|halden|halden & s",
        "Smith-Jones": """smith-jones|smithjones|smith jones|jones smith|jones ada|ada smithj
            Smith-J|leeds""",
        "Müller": "lukasz|Łukasz|muller lu|MÜLLER|030 23125|+49 30 23",
        "North Gate Tools Ltd": "northgate|north-gate|tools|north gate tools ltd|gate north",
        "García Márquez": "garcia marquez pedro|marquez|garciamarquez|pedro g|marquez p garcia",
        "山田": "山田|太郎|山田 太郎",
    }
    await finds({text: [name] for name, texts in wanted.items() for text in listed(texts)})


async def test_one_slip_in_a_word_is_forgiven(services, finds):
    texts = """okafro|okaforr|kafor|ojafor|okaafor|mariq okafor|okafur maria|maria okafur
        brihgtwater|teresaa okaf|okafor maira|trennt"""
    await finds({text: ["Okafor"] for text in listed(texts)})
    assert (await services.search.find("okafro"))[0].why == "one letter off"


async def test_what_only_sounds_alike_is_found_after_all_else(services, finds):
    await finds({"ocaphor": ["Okafor"], "siobhan obryenn": ["O'Brien"], "meller": ["Müller"]})
    assert (await services.search.find("ocaphor"))[0].why == "sounds alike"


async def test_a_slip_does_not_hide_what_was_typed_right(services, act):
    smith = await services.cards.add(act(), NewCard(given="Ada", family="Smith"))
    smyth = await services.cards.add(act(), NewCard(given="Ada", family="Smyth"))

    hits = await services.search.find("ada smyth")

    assert [hit.brief.id for hit in hits] == [smyth, smith]
    assert [hit.why for hit in hits] == ["name", "one letter off"]


async def test_who_was_in_contact_lately_comes_first(services, store, clock, act):
    names = ("Adams", "Adler", "Admiral", "Adebayo")
    ids = {
        name: await services.cards.add(act(), NewCard(given="Ada", family=name)) for name in names
    }
    await store.write(services.index.touch, ids["Admiral"], clock())
    clock.pass_by(minutes=5)
    await store.write(services.index.touch, ids["Adler"], clock())
    await store.write(services.index.touch, ids["Adler"], clock() - timedelta(days=9))

    for text in ("ad", "ada", "ada ad", "ad ada"):
        hits = await services.search.find(text)
        found = [hit.brief.name.split()[1] for hit in hits]
        assert found == ["Adler", "Admiral", "Adams", "Adebayo"]
        assert [hit.brief.last_at for hit in hits[:3]] == [
            clock(),
            clock() - timedelta(minutes=5),
            None,
        ]


async def test_without_words_those_with_the_last_contacts_are_found(services, store, clock, act):
    for name in ("Adams", "Brown", "Clark"):
        card_id = await services.cards.add(act(), NewCard(given="Ada", family=name))
        if name != "Clark":
            clock.pass_by(minutes=1)
            await store.write(services.index.touch, card_id, clock())

    hits = await services.search.find("  ")

    assert [hit.brief.name for hit in hits] == ["Ada Brown", "Ada Adams"]
    assert {hit.why for hit in hits} == {"contact lately"}


async def test_whole_words_and_names_come_before_what_is_only_begun_or_weaker(services, act):
    news = (
        NewCard(given="Zoe", family="Lee", company="Zeta"),
        NewCard(given="Amy", family="Leeson", company="Zeta"),
        NewCard(given="Bea", family="Adams", company="Lee & Sons"),
        NewCard(given="Cem", family="Adler", addresses=(NewAddress(town="Leeds"),)),
        NewCard(given="Lee", family="Young"),
    )
    for new in reversed(news):
        await services.cards.add(act(), new)

    hits = await services.search.find("lee")

    assert [hit.brief.name for hit in hits] == [
        "Lee Young",
        "Zoe Lee",
        "Amy Leeson",
        "Bea Adams",
        "Cem Adler",
    ]
    assert [hit.why for hit in hits] == ["name", "name", "name", "company", "town"]


async def test_a_hit_tells_who_it_is_and_why_it_was_found(services, clock, known):
    brief = (await services.search.find("okafor"))[0].brief

    assert brief == (await services.cards.briefs([brief.id]))[0]
    assert brief.name == "Dr María Teresa Okafor"
    assert (brief.company, brief.title, brief.town) == (
        MARIA.company,
        MARIA.title,
        "Stoke-on-Trent",
    )
    assert brief.numbers == ("+442079460123", "+447700900456")
    assert brief.groups == (Group.END_USER,)
    reasons = {
        "okafor": "name",
        "brightw": "company",
        "7946": "number",
        "m.okafor@b": "e-mail",
        "ng10442": "account number",
        "10442": "account number",
        "stoke": "town",
        "204": "extension",
    }
    for text, why in reasons.items():
        assert (await services.search.find(text))[0].why == why, text


async def test_only_cards_of_the_wanted_groups_are_found(services, act):
    for group in Group:
        new = NewCard(given="Ada", family=group.title(), memberships=(NewMembership(group=group),))
        await services.cards.add(act(), new)

    async def names(*groups: str) -> set[str]:
        hits = await services.search.find("ada", groups=groups)
        return {hit.brief.groups[0] for hit in hits}

    assert await names() == set(Group)
    for groups in (
        ["employee"],
        ["supplier", "distributor"],
        ["end-user"],
        ["prospect", "employee"],
    ):
        assert await names(*groups) == set(groups)


async def test_a_membership_counts_from_its_first_day_to_the_day_before_its_end(
    services, clock, act
):
    today = clock().date()
    new = NewCard(
        family="Okafor",
        memberships=(
            NewMembership(group=Group.PROSPECT, until=today),
            NewMembership(group=Group.SUPPLIER, since=today + timedelta(days=1)),
            NewMembership(group=Group.END_USER, since=today, until=today + timedelta(days=1)),
        ),
    )
    await services.cards.add(act(), new)

    assert (await services.search.find("okafor"))[0].brief.groups == ("end-user",)
    clock.pass_by(days=1)
    assert (await services.search.find("okafor"))[0].brief.groups == ("supplier",)


async def test_a_list_has_as_many_as_are_wanted_and_each_card_once(services, act):
    for number in range(30):
        await services.cards.add(act(), NewCard(given="Anna", family=f"Annan{number:02}"))

    for text in ("a", "an", "anna", "anna an", "annan"):
        hits = await services.search.find(text)
        assert len({hit.brief.id for hit in hits}) == len(hits) == 20
        assert len(await services.search.find(text, most=3)) == 3


async def test_people_are_browsed_by_family_name_a_page_at_a_time(services, store, act, clerk):
    families = ("Brown", "adams", "Östberg", "Clark", "Ångström", "Zhu")
    for at, family in enumerate(families):
        groups = (NewMembership(group=Group.SUPPLIER),) if at % 2 else ()
        await services.cards.add(act(), NewCard(given="Ada", family=family, memberships=groups))

    pages, after = [], None
    while page := await services.search.browse(after=after, most=3):
        pages.append([brief.name.removeprefix("Ada ") for brief in page])
        after = page[-1].id

    assert pages == [["adams", "Ångström", "Brown"], ["Clark", "Grace Hopper", "Östberg"], ["Zhu"]]
    suppliers = await services.search.browse("supplier", most=2)
    assert [brief.name for brief in suppliers] == ["Ada adams", "Ada Clark"]
    suppliers = await services.search.browse("supplier", after=suppliers[-1].id)
    assert [brief.name for brief in suppliers] == ["Ada Zhu"]
