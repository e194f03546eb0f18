"""Lines are set up through one service, whoever asks, and no secret stands where it can be read."""

import asyncio
import json
import threading
from uuid import uuid4

import pytest

from care_console.base.command import Clerk, Command
from care_console.lines.kinds import PLACES, kind_of
from care_console.lines.setup import BadSetup, Kind, Setup
from care_console.settings.declared import BadOptions
from care_console.settings.key_places import NoKey
from care_console.settings.line_tables import RESERVED, NoLine, SetUp, checked_options
from care_console.settings.telephone import ChangedMeanwhile, NotWritten
from care_console.staff.rules import NotAllowed
from care_console.store import ask
from tests.lines.pretend_kind import WHERE

BY_HAND = """
[[line]]
name = "Reception"
kind = "pretend"
server = "b"

[[line]]
kind = "pretend"
server = ["c"]

[[line]]
name = "Odd"
kind = "pretend"
port = 5080

[[line]]
name = "Bird"
kind = "pigeon"

[[line]]
name = "Bare"
"""
SECRET = "s3cret-of-the-line"


def wanted(name="Reception", secret="", **options):
    return Setup(name, "pretend", {"server": "pbx.example", **options}, secret)


@pytest.fixture
def telephone(services, home, pretend_kind):
    return services.telephone(home)


def kinds_of_entries(db):
    return [kind for (kind,) in ask(db, "SELECT kind FROM entry ORDER BY id", {})]


async def test_a_line_that_was_added_stands_in_the_file_with_what_was_chosen(telephone, home, act):
    name = await telephone.add(act(), wanted(" Reception ", port="5060", way="tcp"))

    assert name == "Reception"
    assert '\n[[line]]\nname = "Reception"\n' in home.desk_file.read_text()
    assert home.tables() == [
        {"name": "Reception", "kind": "pretend", "server": "pbx.example", "way": "tcp"}
    ]
    assert await telephone.lines() == [
        SetUp("Reception", "pretend", {"server": "pbx.example", "way": "tcp"})
    ]


async def test_a_line_is_made_with_its_defaults_and_its_secret(telephone, act, pretend_kind):
    await telephone.add(act(), wanted(secret=SECRET))

    await telephone.make((await telephone.lines())[0])

    setup, _line = pretend_kind.MADE[-1]
    assert setup.secret == SECRET
    assert setup.options == {"server": "pbx.example", "port": "5060", "way": "udp"}


@pytest.mark.parametrize("with_ring", [True, False])
async def test_a_secret_is_in_the_keyring_or_a_private_file_and_nowhere_else(
    telephone, home, act, services, request, with_ring
):
    ring = request.getfixturevalue("ring") if with_ring else None
    home.change(key_in="keyring" if with_ring else "file")

    await telephone.add(act(), wanted(secret=SECRET))

    assert SECRET not in home.desk_file.read_text()
    assert SECRET not in repr(await telephone.lines())
    facts = await services.store.read(lambda db: ask(db, "SELECT facts FROM entry", {}))
    assert SECRET not in repr(facts)
    if ring is None:
        assert home.line_secrets.stat().st_mode & 0o777 == 0o600
        assert list(json.loads(home.line_secrets.read_text()).values()) == [SECRET]
    else:
        assert list(ring.words.values()) == [SECRET]
        assert not home.line_secrets.exists()


async def test_a_keyring_that_takes_no_secret_is_told_and_no_line_is_left(
    telephone, home, act, ring
):
    home.change(key_in="keyring")
    ring.locked = True

    with pytest.raises(NoKey, match="did not take the password"):
        await telephone.add(act(), wanted(secret=SECRET))

    assert home.tables() == []


@pytest.mark.parametrize(
    ("setup", "key", "sentence"),
    [
        (wanted(name="  "), "name", "has no name"),
        (wanted(name="x" * 41), "name", "40 letters"),
        (wanted(name="Hand-In"), "name", "the console's own"),
        (Setup("Door", "pigeon", {}), "kind", "no line of the kind pigeon"),
        (Setup("Door", "pretend", {}), "server", "Server is needed"),
        (wanted(port="many"), "port", "Port is a whole number"),
        (wanted(port="²"), "port", "Port is a whole number"),
        (wanted(way="pigeon"), "way", "udp, tcp"),
        (wanted(colour="red"), "colour", "no option “colour”"),
        (wanted(phone="2\n01"), "phone", "odd signs"),
        (wanted(server="nowhere"), "server", "can be found"),
    ],
)
async def test_what_cannot_be_a_line_is_told_with_the_field_at_fault(
    telephone, home, act, setup, key, sentence
):
    with pytest.raises(BadSetup, match=sentence) as told:
        await telephone.add(act(), setup)

    assert told.value.key == key
    assert home.tables() == []


async def test_no_two_lines_have_one_name_however_it_is_written(telephone, act):
    await telephone.add(act(), wanted())

    with pytest.raises(BadSetup, match="has this name already"):
        await telephone.add(act(), wanted(name="RECEPTION"))


async def test_a_line_is_changed_and_keeps_its_secret_unless_there_is_another(
    telephone, home, act, pretend_kind
):
    await telephone.add(act(), wanted(secret=SECRET))
    changed = await telephone.change(act(), "reception", wanted(name="Main"), new_secret=False)
    await telephone.make((await telephone.lines())[0])
    assert (changed.name, pretend_kind.MADE[-1][0].secret) == ("Main", SECRET)

    await telephone.change(act(), "Main", wanted("Main", "another"), new_secret=True)
    await telephone.make((await telephone.lines())[0])
    assert pretend_kind.MADE[-1][0].secret == "another"
    assert SECRET not in home.line_secrets.read_text()


async def test_a_line_that_was_removed_can_be_put_back_with_its_secret(
    telephone, home, act, pretend_kind
):
    await telephone.add(act(), wanted(secret=SECRET))

    gone = await telephone.remove(act(), "Reception")
    assert home.tables() == []
    assert not home.line_secrets.exists()
    assert SECRET not in repr(gone)

    await telephone.add(act(), gone)
    await telephone.make((await telephone.lines())[0])
    assert pretend_kind.MADE[-1][0].secret == SECRET


async def test_what_is_not_there_is_told(telephone, act):
    with pytest.raises(NoLine, match="“Door”"):
        await telephone.remove(act(), "Door")
    with pytest.raises(NoLine, match="“Door”"):
        await telephone.change(act(), "Door", wanted(), new_secret=False)


async def test_a_secret_that_is_gone_is_told_when_the_line_is_made(telephone, home, act):
    await telephone.add(act(), wanted(secret=SECRET))
    home.line_secrets.unlink()

    with pytest.raises(NoKey, match="Type it once more"):
        await telephone.make((await telephone.lines())[0])


@pytest.mark.parametrize("what", ["add", "change", "remove", "trial"])
async def test_only_whom_the_house_allows_sets_up_lines(telephone, home, act, what):
    await telephone.add(act(), wanted())
    before = home.desk_file.read_text()
    command = Command(uuid4(), Clerk("Somebody", "receptionist", 999))

    async def trial():
        async for _step in telephone.trial(command, wanted()):
            pass

    acts = {
        "add": lambda: telephone.add(command, wanted("Door")),
        "change": lambda: telephone.change(command, "Reception", wanted("Door"), new_secret=False),
        "remove": lambda: telephone.remove(command, "Reception"),
        "trial": trial,
    }
    with pytest.raises(NotAllowed, match="Set up the telephone lines of a desk"):
        await acts[what]()

    assert home.desk_file.read_text() == before


async def test_each_act_is_journalled_once_however_often_it_is_sent(telephone, home, act, services):
    command = act()
    await telephone.add(command, wanted())
    await telephone.remove(act(), "Reception")
    await telephone.add(command, wanted())  # sent again: it was done

    entries = await services.store.read(kinds_of_entries)
    assert entries[-2:] == ["line_added", "line_removed"]
    assert home.tables() == []


async def test_a_table_that_is_not_understood_is_told_on_its_line_and_stays_as_it_is(
    telephone, home, act
):
    await telephone.add(act(), wanted())
    with home.desk_file.open("a") as file:
        file.write(BY_HAND)

    lines = await telephone.lines()
    assert [(each.name, each.trouble) for each in lines] == [
        ("Reception", ""),
        ("Reception (2)", "Another line has this name already."),
        ("Line 3", "What stands behind “server” is neither text nor a whole number."),
        ("Odd", ""),
        ("Bird", ""),
        ("Bare", "It is not said of which kind this line is."),
    ]
    assert lines[3].options == {"port": "5080"}
    sentences = []
    for line in lines[1:]:
        with pytest.raises(BadSetup) as told:
            await telephone.make(line)
        sentences.append(str(told.value))
    assert sentences[2:4] == [
        "Server is needed.",
        "There is no line of the kind pigeon; there are: pretend.",
    ]

    before = home.tables()
    await telephone.remove(act(), "Line 3")
    assert home.tables() == [*before[:2], *before[3:]]


@pytest.mark.parametrize("there", ['line = "Reception"', 'line = [1, "x"]', "[line]\nname = 'a'"])
async def test_whatever_stands_in_the_place_of_lines_is_told_and_can_be_removed(
    telephone, home, act, there
):
    text = home.desk_file.read_text()
    home.desk_file.write_text(f"{text}\n{there}\n")

    home.change(theme="dark")
    lines = await telephone.lines()
    assert all(each.trouble for each in lines)
    assert lines
    while lines:
        await telephone.remove(act(), lines[0].name)
        lines = await telephone.lines()
    await telephone.add(act(), wanted())
    assert [each.trouble for each in await telephone.lines()] == [""]


async def test_a_file_that_is_no_toml_any_more_is_told_and_never_written_over(telephone, home, act):
    home.desk_file.write_text("[[line]\n")

    with pytest.raises(BadOptions, match="not understood"):
        await telephone.lines()
    with pytest.raises(BadOptions):
        await telephone.add(act(), wanted())

    assert home.desk_file.read_text() == "[[line]\n"


async def test_the_options_of_the_desk_and_its_lines_do_not_undo_each_other(telephone, home, act):
    home.change(text_size=120)
    await telephone.add(act(), wanted())
    home.change(theme="dark", desk="Back office")

    assert [each.name for each in await telephone.lines()] == ["Reception"]
    assert (home.desk().text_size, home.desk().theme) == (120, "dark")


async def test_both_may_be_written_at_once_by_many(telephone, services, home, act):
    """A window keeps its options while a command adds lines: nothing of either is lost."""
    others = [services.telephone(home) for _each in range(3)]
    turns, kept = threading.Semaphore(0), []

    def options():
        for size in range(90, 130):
            turns.acquire()
            kept.append(home.change(text_size=size).text_size)

    thread = threading.Thread(target=options)
    thread.start()
    for turn in range(4):
        turns.release(10)  # which are written while these are added
        names = [f"{turn} of {at}" for at in range(len(others))]
        added = zip(others, names, strict=True)
        await asyncio.gather(*(each.add(act(), wanted(name)) for each, name in added))
    await asyncio.to_thread(thread.join)

    assert len(await telephone.lines()) == 12
    assert home.desk().text_size == kept[-1] == 129


async def test_a_line_that_was_changed_elsewhere_meanwhile_is_not_written_over(
    telephone, services, home, act
):
    await telephone.add(act(), wanted())
    was = (await telephone.lines())[0]
    await services.telephone(home).change(act(), "Reception", wanted(way="tcp"), new_secret=False)

    with pytest.raises(ChangedMeanwhile, match="changed elsewhere"):
        await telephone.change(act(), "Reception", wanted(phone="1"), new_secret=False, was=was)

    assert (await telephone.lines())[0].options["way"] == "tcp"


async def test_a_home_that_cannot_be_written_is_told_and_no_secret_is_left(telephone, home, act):
    new = home.desk_file.with_name("desk.toml.new")
    new.mkdir()

    with pytest.raises(NotWritten, match="desk.toml cannot be written"):
        await telephone.add(act(), wanted(secret=SECRET))

    assert not home.line_secrets.exists()


async def test_a_trial_tells_each_step_and_ends_good_or_not(telephone, act, pretend_kind):
    async def tried(**said):
        return [(each.words, each.good) async for each in telephone.trial(act(), wanted(**said))]

    assert (await tried(secret="s3cret"))[-1] == ("The line works.", True)
    assert (await tried())[-1] == ("The server does not take the password.", False)
    assert pretend_kind.TRIED == ["over", "over"]


async def test_a_trial_that_breaks_in_its_own_code_is_told_and_noted(telephone, act, monkeypatch):
    noted = []
    monkeypatch.setattr("sys.excepthook", lambda kind, *_rest: noted.append(kind))

    steps = [each async for each in telephone.trial(act(), wanted(server="buggy"))]

    assert [each.good for each in steps] == [None, False]
    assert "went wrong" in steps[-1].words
    assert noted == [ZeroDivisionError]


async def test_a_trial_of_a_line_uses_the_secret_that_it_has(telephone, act):
    await telephone.add(act(), wanted(secret="s3cret"))

    steps = [each async for each in telephone.trial(act(), wanted("Other"), secret_of="Reception")]

    assert steps[-1].good


@pytest.mark.parametrize("kind", sorted(PLACES))
async def test_every_kind_that_there_is_can_be_asked_for_in_a_form_and_kept(kind):
    """No option may be called as what stands in each table, and a default must be possible."""
    declared = kind_of(kind)
    keys = [each.key for each in declared.fields if each.kind is not Kind.SECRET]

    assert not RESERVED & set(keys)
    assert len(keys) == len(set(keys))
    assert sum(each.kind is Kind.SECRET for each in declared.fields) <= 1
    said = {each.key: each.default or "1" * each.needed for each in declared.fields}
    asked = Setup("Main", kind, {key: said[key] for key in keys}, "s3cret")
    needed = {each.key for each in declared.fields if each.needed and each.key in keys}
    assert set(checked_options(declared, asked)) == needed


async def test_passwords_that_somebody_spoilt_are_told_in_words(telephone, home, act):
    await telephone.add(act(), wanted(secret=SECRET))
    home.line_secrets.write_text("[1]")
    [line] = await telephone.lines()

    with pytest.raises(NoKey, match="cannot be read"):
        await telephone.make(line)


async def test_a_line_is_made_beside_the_window(telephone, act):
    WHERE.clear()
    await telephone.add(act(), wanted())
    [line] = await telephone.lines()
    await telephone.make(line)

    assert WHERE
    assert threading.main_thread() not in WHERE
