"""The demonstration rings, shows the right card, and leaves nothing behind."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from care_console.demo.desk import PREFIX, Demonstration, throw_away_home
from care_console.demo.sample import put_sample
from care_console.demo.script import read_sample
from care_console.lines.instance import Instance
from care_console.lines.line import CallEvent, Event, Presentation
from care_console.settings.home import DEMO


@pytest.fixture(scope="module")
def sample():
    return read_sample()


async def test_every_ring_of_the_script_finds_whom_it_says(services, clock, sample):
    clerk = (await put_sample(services, sample)).clerk
    briefs = {brief.id: brief.name for brief in await services.search.browse(most=200)}
    assert len(briefs) == 60

    for said in sample.rings:
        event = CallEvent(
            kind=Event.RINGING,
            call_id=said["key"],
            line="pretend",
            at=clock(),
            number=said.get("number"),
            presentation=Presentation.WITHHELD if said.get("withheld") else Presentation.ALLOWED,
            called_line=sample.called_number(said["called"]),
        )
        caller = await services.rings.caller(event, clerk)
        assert (said["key"], caller.match) == (said["key"], said["match"])
        assert len(caller.candidates) == len(said["cards"])
        assert caller.greeting
        assert "{" not in caller.greeting


async def test_every_card_has_a_history_of_two_years_and_the_journal_is_whole(services, sample):
    await put_sample(services, sample)

    for card_id in range(1, 61):
        assert len(await services.cards.history(card_id)) >= 5
    assert await services.journal.broken() == []


def test_a_throw_away_home_goes_and_so_do_those_that_a_crash_left(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    stale, used = tmp_path / f"{PREFIX}stale", tmp_path / f"{PREFIX}used"
    stale.mkdir()
    (stale / "care.sqlite").write_text("left")
    (stale / DEMO).touch()
    used.mkdir()
    (used / DEMO).touch()
    mine = tmp_path / f"{PREFIX}pictures-of-mine"
    mine.mkdir()

    with Instance.take(used), throw_away_home() as home:
        assert home.folder.is_dir()
        assert not stale.exists()
        assert used.exists()
        assert mine.exists()

    assert not home.folder.exists()


async def test_the_next_ring_hangs_up_on_the_one_before(sample):
    demonstration = Demonstration(sample)
    demonstration.ring()
    demonstration.ring()
    events = demonstration.line.events()

    kinds = [(await anext(events)).kind for _ in range(3)]

    assert kinds == [Event.RINGING, Event.ENDED, Event.RINGING]


def test_without_a_display_it_tells_who_rang_and_saves_the_picture(tmp_path):
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }
    environment["TMPDIR"] = str(tmp_path)
    main = Path(__file__).parents[2] / "main.py"
    ran = subprocess.run(
        [sys.executable, str(main), "--demo"],
        capture_output=True,
        text=True,
        timeout=110,
        cwd=tmp_path,
        env=environment,
    )

    assert (ran.returncode, ran.stderr) == (0, "")
    assert "Maria Okafor" in ran.stdout
    assert "Match: known" in ran.stdout
    assert " ms" in ran.stdout
    assert (tmp_path / "care-console-demo.png").stat().st_size > 20_000
    assert list(tmp_path.glob(f"{PREFIX}*")) == []
