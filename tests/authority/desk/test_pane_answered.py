"""What was asked is answered, or not: who answered, what about, and what is left of it."""

from care_console.staff.rules import Role
from tests.authority.panes import CTRL, KEY, press, rows_of, settled, stands


async def asked_for(pane, ready):
    """Ask for more than Rosa may give."""
    await ready()
    press("3")
    await settled(pane)
    press("q")
    press("Two visits missed.")
    press(KEY.Key_Return, modifier=CTRL)
    await settled(pane)


async def test_an_approval_that_is_over_is_asked_for_once_more(
    pane, ready, rooms, dana, by, clock, services
):
    await asked_for(pane, ready)
    request = (await rooms.requests.waiting(dana))[0]
    await rooms.requests.decide(by(dana), request.request_id, yes=True)
    pane.refresh()
    await settled(pane)
    clock.pass_by(minutes=5)
    press("3")  # nothing has told the panel yet
    await settled(pane)
    names = [row.name for row in rows_of(pane.face.beyond.ways)]
    assert pane.face.box is pane.face.beyond
    assert "Send to \u2068Dana Whitfield\u2069" in names

    press(KEY.Key_Escape)
    pane.refresh()
    await settled(pane)
    assert stands(pane)["Replace the goods"] == "ask"
    assert "said yes to £55.50" in pane.face.notice.words.text()
    assert "five minutes" in pane.face.notice.sub.text()
    assert pane.told == []


async def test_who_is_not_answered_is_told_so(pane, ready, clock):
    await asked_for(pane, ready)
    clock.pass_by(minutes=30)
    pane.refresh()
    await settled(pane)

    assert "Nobody answered about £55.50" in pane.face.notice.words.text()
    assert stands(pane)["Replace the goods"] == "ask"


async def test_who_answered_is_named_and_not_who_was_asked(
    pane, ready, rooms, by, clock, hire, dana
):
    meera = await hire("Meera Shah", Role.ADMINISTRATOR)
    await asked_for(pane, ready)
    request = (await rooms.requests.waiting(dana))[0]
    clock.pass_by(minutes=15)
    await rooms.requests.decide(by(meera), request.request_id, yes=False, words="Not again")
    pane.refresh()
    await settled(pane)

    assert "\u2068Meera Shah\u2069 said no" in pane.face.notice.words.text()
