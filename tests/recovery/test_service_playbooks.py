"""The house writes its own words, and a recovery keeps those with which it began."""

from datetime import timedelta

import pytest

from care_console.cards.rules import Group
from care_console.recovery.records import PlaybookRecord
from care_console.recovery.rules import Mood, Step
from care_console.recovery.rules.reading import BadPlaybook
from care_console.staff.rules.roles import NotAllowed

OLD = "How have you managed since then, {name}?"
NEW = "And how have you been getting on, {name}?"


async def own_words(playbooks):
    return (await playbooks.text("end-user", "en")).text.replace(OLD, NEW)


async def test_words_came_with_the_program(playbooks):
    words = await playbooks.text("supplier", "en")

    assert (words.version, words.own) == (0, False)
    assert (await playbooks.in_force("supplier", "en")).group == "supplier"
    for group in Group:
        assert playbooks.languages(group) == ("en", "fr")


async def test_a_language_without_words_falls_back_to_english(playbooks):
    assert (await playbooks.in_force("end-user", "fr_FR")).language == "fr"
    assert (await playbooks.in_force("supplier", "de")).language == "en"
    assert playbooks.language_for("end-user", "", "cy", "fr-CA") == "fr"


async def test_a_customer_is_spoken_to_in_their_language(recoveries, add, act, clerk):
    card_id = await add("Claire Dubois", "end-user", language="fr", prefix="Mme")

    view = await recoveries.panel(
        await recoveries.open(act(), card_id, title="Rendez-vous manqué"), clerk
    )

    assert view.language == "fr"
    assert view.script.words(Step.EMPATHY).say == "Comment avez-vous fait depuis, Mme Dubois ?"


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, "Claire"),
        ({"language": "fr"}, "Claire Dubois"),
        ({"prefix": "Dr"}, "Dr Dubois"),
        ({"prefix": "Dr", "preferred": "Clairette"}, "Clairette"),
        ({"preferred": "Clairette", "form_of_address": "Madame"}, "Madame"),
    ],
)
async def test_somebody_is_called_as_they_wish(recoveries, add, act, clerk, more, said):
    card_id = await add("Claire Dubois", "end-user", **more)

    recovery_id = await recoveries.open(act(), card_id, title="Late")

    assert (await recoveries.panel(recovery_id, clerk)).called == said


async def test_a_running_recovery_keeps_the_words_with_which_it_began(
    recoveries, playbooks, begun, add, act, clerk
):
    old = await begun()

    version = await playbooks.save(act(), "end-user", "en", await own_words(playbooks))

    new = await recoveries.open(act(), await add("Jonas Weber", "end-user"), title="Late")
    said = [
        (await recoveries.panel(each, clerk)).script.words(Step.EMPATHY).say for each in (old, new)
    ]
    assert version == 2
    assert said == [
        "How have you managed since then, Maria?",
        "And how have you been getting on, Jonas?",
    ]


async def test_words_go_back_to_an_earlier_version_and_to_the_programs_own(
    playbooks, act, clerk, recoveries, begun
):
    await begun()
    original = (await playbooks.text("end-user", "en")).text
    mine = await own_words(playbooks)
    await playbooks.save(act(), "end-user", "en", mine)

    await playbooks.revert(act(), "end-user", "en", 0)
    assert (await playbooks.text("end-user", "en")).text == original
    assert not (await playbooks.text("end-user", "en")).own
    await playbooks.revert(act(), "end-user", "en", 2)
    assert (await playbooks.text("end-user", "en")).text == mine

    versions = await playbooks.versions("end-user", "en")
    assert [(each.version, each.made_by, each.in_force) for each in versions] == [
        (4, "Grace Hopper", True),
        (3, "Grace Hopper", False),
        (2, "Grace Hopper", False),
        (1, "", False),
    ]
    assert await playbooks.version_text("end-user", "en", 1) == original
    assert await playbooks.version_text("end-user", "en", 0) == original


async def test_one_version_is_kept_for_many_recoveries(recoveries, playbooks, add, act):
    for name in ("Ada Poe", "Ben Poe", "Cy Poe"):
        await recoveries.open(act(), await add(name, "end-user"), title="Late")

    assert len(await playbooks.versions("end-user", "en")) == 1


async def test_words_that_are_amiss_are_not_kept_and_told_by_line(playbooks, act):
    text = (await playbooks.text("end-user", "en")).text.replace(OLD, "How is {cat}?")

    with pytest.raises(BadPlaybook, match="Line") as bad:
        await playbooks.save(act(), "end-user", "en", text)

    (line, said), *_ = bad.value.faults
    assert "{cat}" in said
    assert "{cat}" in text.splitlines()[line - 1]
    assert await playbooks.versions("end-user", "en") == []


async def test_only_a_supervisor_changes_the_words(playbooks, hire, as_clerk):
    rosa, dana = await hire("Rosa Diaz"), await hire("Dana Reed", "supervisor")
    text = await own_words(playbooks)

    with pytest.raises(NotAllowed):
        await playbooks.save(as_clerk(rosa), "end-user", "en", text)
    with pytest.raises(NotAllowed):
        await playbooks.revert(as_clerk(rosa), "end-user", "en", 0)
    assert await playbooks.save(as_clerk(dana), "end-user", "en", text) == 1


async def test_saved_twice_by_one_command_it_is_one_version(playbooks, act):
    text, command = await own_words(playbooks), act()

    assert await playbooks.save(command, "end-user", "en", text) == 1
    assert await playbooks.save(command, "end-user", "en", text) == 1
    again = act()
    assert await playbooks.revert(again, "end-user", "en", 0) == 2
    assert await playbooks.revert(again, "end-user", "en", 0) == 2


async def test_a_wording_is_not_said_twice_to_one_customer(
    recoveries, playbooks, begun, act, clerk
):
    recovery_id, heard = await begun(), []
    options = (await playbooks.in_force("end-user", "en")).wordings(
        Step.EMPATHY, "unknown", Mood.CALM
    )
    for _ in options:
        view = await recoveries.panel(recovery_id, clerk)
        words = view.script.words(Step.EMPATHY, Mood.CALM, turn=1)
        assert not words.said_before
        heard.append(words.key)
        await recoveries.step_done(act(), recovery_id, Step.EMPATHY, wording=words.key)
    assert len(set(heard)) == len(options)
    view = await recoveries.panel(recovery_id, clerk)
    assert view.script.words(Step.EMPATHY).said_before
    other = await recoveries.open(act(), view.card_id, title="Once more")
    assert (await recoveries.panel(other, clerk)).script.words(Step.EMPATHY).said_before


async def test_what_is_said_aloud_has_the_promise_in_it(recoveries, begun, act, clerk, clock):
    recovery_id = await begun()

    async def promise(**time):
        due_at = (clock.now + timedelta(**time)).astimezone()
        await recoveries.follow_up(act(), recovery_id, due_at=due_at)
        return (await recoveries.panel(recovery_id, clerk)).script.promises[Step.FOLLOW_UP]

    at = clock.now.astimezone()
    hour, minute = (at.hour + 2) % 24, f"{at.minute:02}"
    assert await promise(hours=2) == f"{hour:02}:{minute}"
    assert (await promise(days=1)).startswith("tomorrow at ")
    assert (await promise(days=3)).startswith("Thursday at ")
    assert (await promise(days=20)).startswith("Sunday 27 January")


async def test_each_step_promises_its_own_moment_and_none_that_is_past(
    recoveries, begun, act, clerk, clock
):
    recovery_id = await begun()
    hand = recoveries.hand_step
    soon, later = clock.now + timedelta(hours=1), clock.now + timedelta(days=1)
    await hand(act(), recovery_id, Step.EMPATHY, owner_card_id=clerk.card_id, due_at=soon)
    await recoveries.follow_up(act(), recovery_id, due_at=later)

    async def promises():
        return (await recoveries.panel(recovery_id, clerk)).script.promises

    assert (await promises()).keys() == {Step.EMPATHY, Step.FOLLOW_UP}
    script = (await recoveries.panel(recovery_id, clerk)).script
    said = [script.words(Step.FOLLOW_UP, turn=turn).say for turn in range(4)]
    assert any("by tomorrow at" in each for each in said)
    said = [script.words(Step.REINSTATEMENT, Mood.LEAVING, turn).say for turn in range(4)]
    assert any("until …" in each for each in said), "nobody promised when it works"
    clock.now = soon
    assert (await promises()).keys() == {Step.FOLLOW_UP}


async def test_an_earlier_version_that_will_not_do_any_more_is_not_put_in_force(
    playbooks, store, act, clock
):
    def keep(db):
        old = {"card_group": "end-user", "language": "en", "version": 1, "text": "[apology]"}
        db.add(PlaybookRecord(**old, made_at=clock.now))

    await store.write(keep)
    assert [each.in_force for each in await playbooks.versions("end-user", "en")] == [True]

    with pytest.raises(BadPlaybook):
        await playbooks.revert(act(), "end-user", "en", 1)


async def test_words_of_an_earlier_program_are_no_longer_in_force(playbooks, store, clock):
    def keep(db):
        old = {"card_group": "end-user", "language": "en", "version": 1, "text": "# as they were"}
        db.add(PlaybookRecord(**old, made_at=clock.now, own=False))

    await store.write(keep)

    assert [each.in_force for each in await playbooks.versions("end-user", "en")] == [False]
