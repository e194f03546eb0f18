"""Dealings are taken in once, found by their number, told on the card, and put to it by hand."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from care_console.base.command import Clerk, Command
from care_console.cards.records import DealingRecord
from care_console.cards.rules import (
    Group,
    Kind,
    NewCard,
    NewEmail,
    NewMembership,
    NewPhone,
)
from care_console.cards.rules.dealing_words import FACT, PAST, WORDS
from care_console.cards.rules.dealings import (
    BadDealing,
    Customer,
    DealingKind,
    DealingState,
    NewDealing,
)
from care_console.cards.service.dealings_sql import by_number
from care_console.cards.service.replaced import NoCard
from care_console.staff.rules import NotAllowed, Role
from care_console.store.engines import connect

MARIA = NewCard(
    given="Maria",
    family="Okafor",
    phones=(NewPhone(raw="020 7946 0123"),),
    emails=(NewEmail(address="Maria@example.org"),),
    memberships=(NewMembership(group=Group.END_USER, account_number="NG-10442"),),
)
PETER = NewCard(
    given="Peter",
    family="Halden",
    memberships=(NewMembership(group=Group.DISTRIBUTOR, account_number="D-7"),),
)
INVOICE = NewDealing(
    kind=DealingKind.INVOICE,
    number="INV-10482",
    dated=date(2030, 1, 3),
    minor=124000,
    currency="GBP",
    state=DealingState.OVERDUE,
    state_words="2nd reminder",
    seller="Peter Halden",
    link="https://erp.example.com/i/10482",
    customer=Customer(account="ng 10442"),
)
ORDER = NewDealing(
    kind=DealingKind.ORDER,
    number="4711",
    dated=date(2030, 1, 5),
    state=DealingState.OPEN,
    customer=Customer(email="MARIA@example.org"),
)


@pytest.fixture
def take(services):
    """Take in rows, and return what became of them: new, updated, unchanged, of nobody."""

    async def take(*rows):
        taken = await services.store.write(services.dealings.take, rows)
        return taken.new, taken.updated, taken.unchanged, taken.unmatched

    return take


async def facts(services, card_id):
    return {each.kind: (each.count, each.headline) for each in await services.cards.facts(card_id)}


async def test_a_row_becomes_a_dealing_of_the_card_with_its_account_number(act, services, take):
    maria = await services.cards.add(act(), MARIA)
    peter = await services.cards.add(act(), PETER)

    assert await take(INVOICE) == (1, 0, 0, 0)

    (kept,) = await services.dealings.of(maria)
    assert (kept.kind, kept.number, kept.dated) == ("invoice", "INV-10482", date(2030, 1, 3))
    assert (kept.minor, kept.currency, kept.state) == (124000, "GBP", "overdue")
    assert (kept.seller, kept.seller_card_id) == ("Peter Halden", peter)
    assert kept.link == INVOICE.link


@pytest.mark.parametrize(
    "customer",
    [
        Customer(email="maria@EXAMPLE.org"),
        Customer(phone="+44 20 7946 0123"),
        Customer(account="NG10442", name="Somebody Else"),
        Customer(account="unknown", phone="020 7946 0123"),
    ],
)
async def test_whose_it_is_is_found_by_each_way(act, services, take, customer):
    maria = await services.cards.add(act(), MARIA)

    await take(replace(INVOICE, customer=customer))

    assert len(await services.dealings.of(maria)) == 1


async def test_whose_it_is_is_found_by_our_own_id_and_by_no_other_s(act, services, take):
    maria = await services.cards.add(act(), MARIA)

    await take(
        replace(INVOICE, customer=Customer(card_id=str(maria))),
        replace(ORDER, customer=Customer(card_id="9999", email="maria@example.org")),
    )

    assert [each.number for each in await services.dealings.of(maria)] == ["INV-10482"]
    assert [each.number for each in await services.dealings.unmatched()] == ["4711"]


async def test_a_shared_account_is_the_organisation_s_and_a_shared_number_is_nobody_s(
    act, services, take
):
    await services.cards.add(act(), MARIA)
    place = replace(MARIA, kind=Kind.ORGANISATION, given="", family="Okafor Ltd", emails=())
    firm = await services.cards.add(act(), place)
    await services.cards.add(act(), replace(MARIA, given="Ann", memberships=()))

    await take(INVOICE, replace(ORDER, customer=Customer(email="maria@example.org")))

    assert [each.number for each in await services.dealings.of(firm)] == ["INV-10482"]
    assert [each.number for each in await services.dealings.unmatched()] == ["4711"]


async def test_the_same_rows_again_change_nothing_and_ring_no_bell(act, services, take):
    await services.cards.add(act(), MARIA)
    await take(INVOICE, ORDER)
    rung = []
    end = services.store.listen(rung.append)

    assert await take(INVOICE, ORDER) == (0, 0, 2, 0)

    end()
    assert rung == []


async def test_the_same_number_again_changes_what_is_there(act, services, take):
    maria = await services.cards.add(act(), MARIA)
    await take(INVOICE, ORDER)
    paid = replace(INVOICE, number="inv 10482", state=DealingState.PAID, state_words="")

    assert await take(paid) == (0, 1, 0, 0)

    kept = (await services.dealings.of(maria))[1]
    assert (kept.number, kept.state) == ("inv 10482", "paid")
    assert await facts(services, maria) == {FACT: (1, "Order 4711 is open")}


async def test_the_same_number_of_another_kind_is_another_dealing(act, services, take):
    maria = await services.cards.add(act(), MARIA)

    assert await take(INVOICE, replace(INVOICE, kind=DealingKind.ORDER)) == (2, 0, 0, 0)
    assert len(await services.dealings.of(maria)) == 2


async def test_a_number_twice_in_one_file_is_one_dealing_as_the_last_row_says(act, services, take):
    maria = await services.cards.add(act(), MARIA)

    assert await take(INVOICE, replace(INVOICE, minor=1)) == (1, 1, 0, 0)
    assert [each.minor for each in await services.dealings.of(maria)] == [1]


async def test_what_is_open_stands_on_the_card_the_overdue_first(act, services, take):
    maria = await services.cards.add(act(), MARIA)

    await take(ORDER, INVOICE)

    assert await facts(services, maria) == {FACT: (2, "Invoice INV-10482 is overdue")}
    headline = await services.numbers.headline(maria)
    assert [each.count for each in headline.facts] == [2]


async def test_somebody_who_is_put_to_another_card_is_open_there_and_no_longer_here(
    act, services, take
):
    maria = await services.cards.add(act(), MARIA)
    peter = await services.cards.add(act(), PETER)
    await take(ORDER)

    await take(replace(ORDER, customer=Customer(account="D-7")))

    assert await facts(services, maria) == {}
    assert await facts(services, peter) == {FACT: (1, "Order 4711 is open")}


@pytest.mark.parametrize(
    "typed",
    [
        "INV-10482",
        "inv 10482",
        "invoice 10482",
        "10482",
        "1048",
        "inv-104",
        "0482",
        "Rechnung 10482",
    ],
)
async def test_it_is_found_by_its_number_however_it_is_typed(act, services, take, typed):
    maria = await services.cards.add(act(), MARIA)
    await take(INVOICE, ORDER)

    (hit,) = await services.dealings.find(typed, 5)

    assert (hit.dealing.number, hit.brief.id, hit.brief.name) == (
        "INV-10482",
        maria,
        "Maria Okafor",
    )
    assert (hit.dealing.state_words, hit.dealing.dated) == ("2nd reminder", date(2030, 1, 3))


@pytest.mark.parametrize(
    "typed", ["", "in", "maria", "48", "+4410482", "a@10482", "0481", "x" * 99]
)
async def test_what_is_no_number_of_a_dealing_finds_none(act, services, take, typed):
    await services.cards.add(act(), MARIA)
    await take(INVOICE, ORDER)

    assert await services.dealings.find(typed, 5) == []


async def test_the_whole_number_comes_first_then_what_begins_so_then_what_ends_so(
    act, services, take
):
    days = timedelta(days=1)
    numbers = ("994711", "47110", "4711", "INV-4711")
    await take(
        *(
            replace(ORDER, number=number, dated=ORDER.dated + at * days)
            for at, number in enumerate(numbers)
        )
    )

    found = [hit.dealing.number for hit in await services.dealings.find("4711", 9)]

    assert found == ["4711", "47110", "INV-4711", "994711"]


async def test_of_two_kinds_the_one_that_was_named_comes_first(act, services, take):
    await take(ORDER, replace(ORDER, kind=DealingKind.INVOICE))

    for word, kind in (("order", "order"), ("invoice", "invoice")):
        assert (await services.dealings.find(f"{word} 4711", 5))[0].dealing.kind == kind


async def test_what_nobody_has_is_listed_and_put_to_a_card_by_hand_and_taken_back(
    act, services, take
):
    maria = await services.cards.add(act(), MARIA)
    lost = replace(ORDER, customer=Customer(name="M. Okafor", account="typo"))
    assert await take(lost) == (1, 0, 0, 1)
    (kept,) = await services.dealings.unmatched()
    assert kept.said == {"name": "M. Okafor", "account": "typo"}

    await services.dealings.attach(act(), kept.id, maria)

    assert await services.dealings.unmatched() == []
    assert await facts(services, maria) == {FACT: (1, "Order 4711 is open")}
    assert await take(lost) == (0, 0, 1, 0)  # what was said by hand stays
    kinds = [entry.kind for entry in await services.cards.history(maria)]
    assert kinds.count("dealing_attached") == kinds.count(PAST) == 1

    await services.dealings.detach(act(), kept.id, maria)

    assert [each.id for each in await services.dealings.unmatched()] == [kept.id]
    assert await facts(services, maria) == {}
    assert await services.journal.broken() == []


async def test_two_who_put_it_to_a_card_at_once_are_told(act, services, take):
    maria = await services.cards.add(act(), MARIA)
    peter = await services.cards.add(act(), PETER)
    await take(replace(ORDER, customer=Customer()))
    (kept,) = await services.dealings.unmatched()
    with pytest.raises(NoCard):
        await services.dealings.attach(act(), kept.id, 9999)
    command = act()
    await services.dealings.attach(command, kept.id, maria)

    await services.dealings.attach(command, kept.id, maria)  # sent twice
    with pytest.raises(BadDealing, match="meanwhile"):
        await services.dealings.attach(act(), kept.id, peter)
    with pytest.raises(BadDealing, match="another card"):
        await services.dealings.detach(act(), kept.id, peter)
    with pytest.raises(BadDealing, match="no longer there"):
        await services.dealings.dealing(9999)


async def test_the_history_tells_them_at_their_days_page_by_page(act, services, take, clock):
    maria = await services.cards.add(act(), MARIA)
    contact = await services.contacts.start(act(), channel="counter", card_id=maria)
    await services.contacts.finish(act(), contact, "settled", reason="Boiler")
    many = [replace(ORDER, number=f"N{at}", dated=date(2030, 1, 1 + at // 3)) for at in range(12)]
    await take(*many, replace(ORDER, number="undated", dated=None))
    whole = await services.cards.history(maria, most=100)

    paged, before = [], None
    while page := await services.cards.history(maria, before=before, most=4):
        paged += page
        before = (page[-1].at, page[-1].id)

    assert [each.id for each in paged] == [each.id for each in whole]
    told = [each.personal["number"] for each in whole if each.kind == PAST]
    assert sorted(told) == sorted(each.number for each in many)
    assert [each.at for each in whole] == sorted((each.at for each in whole), reverse=True)


async def test_a_line_of_the_history_says_what_it_is_and_who_sold_it(act, services, take):
    maria = await services.cards.add(act(), MARIA)
    await take(INVOICE)
    (entry,) = [each for each in await services.cards.history(maria) if each.kind == PAST]

    line = WORDS[PAST](entry)

    assert line.title == "Invoice INV-10482 · £1,240.00"
    assert line.sub == "2nd reminder · sold by Peter Halden"
    assert (line.tone, line.about) == ("bad", "dealings")


async def test_a_dry_run_counts_and_keeps_nothing(act, services):
    maria = await services.cards.add(act(), MARIA)

    taken = await services.store.read(services.dealings.compare, [INVOICE, INVOICE, ORDER])

    assert (taken.new, taken.unchanged) == (2, 1)
    assert await services.dealings.of(maria) == []


@pytest.mark.parametrize("ways", [(False, False), (True, False), (True, True)])
def test_a_number_is_found_by_index_however_many_dealings_there_are(where, ways):
    if not hasattr(where, "parent"):
        pytest.skip("PostgreSQL plans by its statistics")
    values = dict.fromkeys(("key", "key_up", "ending", "ending_up"), "1")
    file = connect(where, None)
    plan = [row[3] for row in file.execute(f"EXPLAIN QUERY PLAN {by_number(*ways)}", values)]
    file.close()

    scans = [each for each in plan if each.startswith("SCAN")]
    assert all(each.startswith(("SCAN found", "SCAN arm_", "SCAN CONSTANT")) for each in scans), (
        plan
    )
    assert sum("INDEX dealing_" in each for each in plan) == 1 + sum(ways)
    assert not any("TEMP B-TREE" in each for each in plan), plan


async def test_the_amounts_and_days_are_kept_as_they_are(act, services, take, store):
    far = replace(INVOICE, minor=-(10**15), dated=date(2199, 12, 31), customer=Customer())
    await take(far)

    (hit,) = await services.dealings.find("10482", 1)
    assert (hit.dealing.minor, hit.dealing.dated) == (-(10**15), date(2199, 12, 31))
    assert hit.brief is None
    kept = await store.read(lambda db: db.get(DealingRecord, hit.dealing.id).ending_key)
    assert kept == "28401"


async def test_whoever_works_here_no_longer_puts_nothing_to_a_card(act, services, take, clerk):
    maria = await services.cards.add(act(), NewCard(given="Maria", family="Okafor"))
    await take(NewDealing(kind=DealingKind.ORDER, number="4711", state=DealingState.OPEN))
    (kept,) = await services.dealings.unmatched()
    gone = Command(uuid4(), Clerk("Ada", Role.CSR, maria))

    with pytest.raises(NotAllowed):
        await services.dealings.attach(gone, kept.id, maria)
    assert await services.dealings.of(maria) == []
    await services.dealings.attach(act(), kept.id, maria)
    with pytest.raises(NotAllowed):
        await services.dealings.detach(gone, kept.id, maria)
    assert len(await services.dealings.of(maria)) == 1
