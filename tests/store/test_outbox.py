"""What is typed while the server is away waits here, ciphered and in order, and goes once."""

import os
from uuid import UUID, uuid4

import pytest

from care_console.base.errors import CareError
from care_console.store import NoAnswer, Outbox, ServerAway

KEY = os.urandom(32)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "outbox.sqlite"


@pytest.fixture
def outbox(file):
    made = Outbox(file, KEY)
    yield made
    made.close()


class Records:
    """Takes what is sent, or answers with a hindrance."""

    def __init__(self, *hindrances):
        self.taken, self.hindrances = [], list(hindrances)

    async def take(self, sent):
        if self.hindrances and (hindrance := self.hindrances.pop(0)) is not None:
            raise hindrance
        self.taken.append(dict(sent.body))


def test_nothing_is_made_before_there_is_something_to_keep(outbox, file):
    assert outbox.waiting() == []
    assert not file.exists()


def test_what_waits_is_there_after_a_crash_and_cannot_be_read_without_the_key(outbox, file):
    outbox.put("keep", UUID(int=1), {"notes": "Boiler is cold", "contact_id": 7})

    again = Outbox(file, KEY)
    assert [(each.kind, each.body["notes"]) for each in again.waiting()] == [
        ("keep", "Boiler is cold")
    ]
    again.close()
    assert b"Boiler" not in b"".join(each.read_bytes() for each in file.parent.iterdir())
    assert file.stat().st_mode & 0o777 == 0o600


async def test_what_was_typed_over_takes_the_place_of_the_earlier_words_and_the_rest_stays(outbox):
    outbox.put("keep", UUID(int=1), {"notes": "Bo", "reason": "Boiler"})
    outbox.put("keep", UUID(int=2), {"notes": "Other"})
    outbox.put("keep", UUID(int=1), {"notes": "Boiler is cold"})
    records = Records()

    assert await outbox.send({"keep": records.take}) == 2
    assert records.taken == [{"notes": "Boiler is cold", "reason": "Boiler"}, {"notes": "Other"}]
    assert outbox.waiting() == []


@pytest.mark.parametrize("away", [ServerAway("Away."), NoAnswer("Away.")])
async def test_nothing_overtakes_while_the_server_is_away_again(outbox, away):
    for number in range(3):
        outbox.put("keep", uuid4(), {"n": number})
    records = Records(None, away)

    assert await outbox.send({"keep": records.take}) == 1
    assert await outbox.send({"keep": records.take}) == 2
    assert records.taken == [{"n": 0}, {"n": 1}, {"n": 2}]


async def test_what_the_records_refuse_stays_with_their_words_until_somebody_has_read_it(outbox):
    for number in range(2):
        outbox.put("keep", UUID(int=number), {"n": number})
    records = Records(CareError("Another desk has finished this contact."))

    assert await outbox.send({"keep": records.take}) == 1
    assert await outbox.send({"keep": records.take}) == 0
    assert [each.refused for each in outbox.waiting()] == [
        "Another desk has finished this contact."
    ]
    outbox.drop(UUID(int=0))
    assert outbox.waiting() == []


async def test_what_another_version_wrote_does_not_hold_up_the_others(outbox):
    for number in range(2):
        outbox.put("keep", UUID(int=number), {"n": number})
    records = Records(KeyError("clerk"))

    assert await outbox.send({"keep": records.take}) == 1
    [left] = outbox.waiting()
    assert "Another version" in left.refused


async def test_words_that_come_while_the_earlier_ones_are_sent_are_not_lost(outbox):
    outbox.put("keep", UUID(int=1), {"notes": "Bo"})
    records = Records()

    async def take(sent):
        await records.take(sent)
        if len(records.taken) == 1:
            outbox.put("keep", UUID(int=1), {"notes": "Boiler"})

    await outbox.send({"keep": take})
    await outbox.send({"keep": take})
    assert records.taken == [{"notes": "Bo"}, {"notes": "Boiler"}]
    assert outbox.waiting() == []


async def test_a_kind_that_nobody_sends_yet_waits(outbox):
    outbox.put("hologram", uuid4(), {})

    assert await outbox.send({}) == 0
    assert len(outbox.waiting()) == 1


def test_a_file_that_cannot_be_read_is_set_aside(outbox, file):
    file.write_bytes(os.urandom(8192))
    outbox.put("keep", uuid4(), {"notes": "Boiler"})

    assert len(outbox.waiting()) == 1
    assert outbox.set_aside.stat().st_size == 8192
