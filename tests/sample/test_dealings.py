"""The dealings of the sample are believable, and each stands on the card that it names."""

from care_console.cards.rules.dealings import DealingKind, DealingState, known_key
from care_console.demo.sample import put_sample
from care_console.demo.script import read_sample
from tests.sample.conftest import read

SAID = read("dealings")["dealings"]


def test_every_number_of_a_kind_occurs_once_and_every_kind_is_there():
    keys = {(said["kind"], known_key(said["number"])) for said in SAID}

    assert len(keys) == len(SAID)
    assert {kind for kind, _key in keys} == set(DealingKind)
    assert {said["state"] for said in SAID} == set(DealingState) - {DealingState.UNSAID}


def test_no_dealing_is_older_than_its_customer(sample):
    for said in SAID:
        if "card" in said:
            since = [
                one.get("since_days_ago", 0) for one in sample.cards[said["card"]]["memberships"]
            ]
            assert said["days_ago"] <= max(since), said["number"]


async def test_each_stands_on_its_card_with_who_sold_it_and_some_are_nobody_s(services):
    put = await put_sample(services, read_sample())

    maria = await services.dealings.of(put.cards["maria-okafor"])
    assert [each.number for each in maria] == ["V-3107", "2298", "48213", "C-20417"]
    assert maria[1].seller_card_id == put.cards["jo-lund"]
    assert len(await services.dealings.unmatched()) == 2
    sold = [said["sold_by"] for said in SAID if "sold_by" in said]
    kept = [
        each.seller_card_id
        for card_id in put.cards.values()
        for each in await services.dealings.of(card_id)
        if each.seller
    ]
    assert sorted(kept) == sorted(put.cards[key] for key in sold)
