"""Lines run as they are set up, and what is changed takes effect without a new start."""

import asyncio

import pytest

from care_console.lines.line import State
from care_console.lines.setup import Setup
from care_console.settings.running import Running
from tests.conftest import until


def wanted(name="Reception", secret="", **options):
    return Setup(name, "pretend", {"server": "pbx.example", **options}, secret)


@pytest.fixture
def telephone(services, home, pretend_kind):
    return services.telephone(home)


class Heard:
    """Hears lines as the window does."""

    def __init__(self):
        self.lines, self.calls, self.left, self.tasks = {}, [], [], []

    def hear(self, line):
        self.lines[line.name] = line
        self.tasks.append(asyncio.create_task(self._hear(line)))

    async def _hear(self, line):
        async for event in line.events():
            self.calls.append((line.name, event.number))

    def leave(self, line):
        self.left.append(line.name)


@pytest.fixture
def heard():
    return Heard()


@pytest.fixture
def running(telephone, heard, loop):
    running = Running(telephone, heard.hear, heard.leave)
    yield running
    loop.run_until_complete(running.close())


def up(running, *names):
    states = running.states
    return set(states) == set(names) and all(each.state is State.UP for each in states.values())


async def test_what_is_added_runs_and_what_is_removed_does_not(
    running, telephone, heard, act, pretend_kind
):
    await telephone.add(act(), wanted())
    await running.settle()
    await until(lambda: up(running, "Reception"))
    _setup, line = pretend_kind.MADE[-1]
    line.ring("201")
    await until(lambda: heard.calls == [("Reception", "201")])

    await telephone.remove(act(), "Reception")
    await running.settle()
    await until(lambda: line.closed)
    assert running.states == {}
    assert heard.left == ["Reception"]


async def test_only_the_line_that_was_changed_is_made_anew_and_the_old_one_first_closed(
    running, telephone, act, pretend_kind
):
    await telephone.add(act(), wanted())
    await telephone.add(act(), wanted("Door"))
    await running.settle()
    await until(lambda: up(running, "Reception", "Door"))
    lines = {setup.name: line for setup, line in pretend_kind.MADE[-2:]}
    made = len(pretend_kind.MADE)

    await telephone.change(act(), "Door", wanted("Door", way="tcp"), new_secret=False)
    await running.settle()
    await until(
        lambda: (
            pretend_kind.MADE[-1][0].options["way"] == "tcp" and up(running, "Reception", "Door")
        )
    )

    assert lines["Door"].closed
    assert not lines["Reception"].closed
    assert len(pretend_kind.MADE) == made + 2  # one to look whether it can be, one that runs


async def test_another_secret_alone_makes_the_line_anew(running, telephone, act, pretend_kind):
    await telephone.add(act(), wanted(secret="first"))
    await running.settle()
    await until(lambda: up(running, "Reception"))

    await telephone.change(act(), "Reception", wanted(secret="second"), new_secret=True)
    first = [line for _setup, line in pretend_kind.MADE if not line.closed]
    await running.settle()
    await until(lambda: all(line.closed for line in first))
    await until(lambda: up(running, "Reception"))

    assert pretend_kind.MADE[-1][0].secret == "second"


async def test_what_another_program_wrote_is_noticed_and_options_alone_touch_no_line(
    running, telephone, services, home, act, pretend_kind
):
    await running.settle()
    await services.telephone(home).add(act(), wanted())
    await running.look()
    await until(lambda: up(running, "Reception"))
    line, made = pretend_kind.MADE[-1][1], len(pretend_kind.MADE)

    home.change(text_size=120)
    await running.look()
    assert len(pretend_kind.MADE) == made
    assert not line.closed


async def test_a_file_that_is_no_toml_any_more_leaves_the_lines_running(
    running, telephone, home, act, pretend_kind
):
    await telephone.add(act(), wanted())
    await running.settle()
    await until(lambda: up(running, "Reception"))
    whole = home.desk_file.read_text()
    home.desk_file.write_text("[[line]\n")
    await running.look()

    assert up(running, "Reception")
    assert "not understood" in running.trouble
    home.desk_file.write_text(whole)
    await running.look()
    assert running.trouble == ""
    assert up(running, "Reception")


async def test_a_table_that_is_not_understood_is_a_line_that_is_down_with_its_sentence(
    running, telephone, home, act
):
    await telephone.add(act(), wanted())
    text = home.desk_file.read_text()
    home.desk_file.write_text(text + '\n[[line]]\nname = "Bird"\nkind = "crow"\n')
    await running.settle()
    await until(lambda: running.states["Bird"].state is State.DOWN)
    await until(lambda: running.states["Reception"].state is State.UP)

    assert "no line of the kind crow" in running.states["Bird"].reason


async def test_a_line_with_a_bug_costs_no_other_line_a_call(
    running, telephone, heard, act, pretend_kind, monkeypatch
):
    monkeypatch.setattr("sys.excepthook", lambda *_said: None)
    pretend_kind.BROKEN.append("Broken")
    await telephone.add(act(), wanted("Broken"))
    await telephone.add(act(), wanted())
    await running.settle()
    await until(lambda: running.states["Broken"].state is State.DOWN)
    await until(lambda: running.states["Reception"].state is State.UP)

    assert "tried again" in running.states["Broken"].reason
    next(line for setup, line in reversed(pretend_kind.MADE) if setup.name == "Reception").ring("1")
    await until(lambda: heard.calls == [("Reception", "1")])


async def test_all_are_hung_up_at_the_end_and_nothing_begins_after_it(
    running, telephone, act, pretend_kind
):
    await telephone.add(act(), wanted())
    await running.settle()
    await until(lambda: up(running, "Reception"))
    await running.close()
    await running.settle()

    assert running.states == {}
    assert all(line.closed for _setup, line in pretend_kind.MADE)


async def test_every_line_learns_whether_somebody_is_at_the_desk_also_one_that_comes_later(
    running, telephone, act, pretend_kind
):
    await telephone.add(act(), wanted())
    await running.settle()
    await until(lambda: up(running, "Reception"))
    running.attend(False)
    await telephone.add(act(), wanted("Workshop"))
    await running.settle()
    await until(lambda: up(running, "Reception", "Workshop"))
    assert [line.attended for _setup, line in pretend_kind.MADE if not line.closed] == [False] * 2

    running.attend(True)
    assert [line.attended for _setup, line in pretend_kind.MADE if not line.closed] == [True] * 2


async def test_after_a_trial_every_line_registers_again_for_it_may_have_been_pushed_out(
    running, telephone, act, pretend_kind
):
    telephone.tried = running.register_again
    await telephone.add(act(), wanted())
    await running.settle()
    await until(lambda: up(running, "Reception"))
    [line] = [line for _setup, line in pretend_kind.MADE if not line.closed]
    trial = telephone.trial(act(), wanted(), secret_of="Reception")
    await anext(trial)
    assert line.registered == 1
    await trial.aclose()

    assert line.registered == 2
