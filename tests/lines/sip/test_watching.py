"""The clerk's own telephone is watched, and tells whose a call is."""

import pytest

from care_console.lines.line import State
from care_console.lines.sip.station import Mode
from tests.conftest import until
from tests.lines.sip.peer import TelephoneSystem, a_call, dialog

ELSEWHERE = 'SIP;cause=200;text="Call completed elsewhere"'
HOLD, PEEK, WATCH = ({"mode": mode, "phone": "201"} for mode in Mode)


@pytest.fixture
def pbx():
    return TelephoneSystem(password="s3cret")


@pytest.fixture
def watching(at_desk, pbx):
    """Open a desk, and wait until its telephone is watched; the PBX is asked by the result."""

    def opened(**options):
        return at_desk(pbx, password="s3cret", **options)

    return opened


async def subscribed(desk, pbx, times=2):
    """Return the SUBSCRIBE that was taken; the first of two was challenged."""
    request = await pbx.was_asked("SUBSCRIBE", times)
    await until(lambda: len(desk.line.agent.clients) == 0)
    return request


async def told(pbx, *given, **more):
    call = pbx.notify(*given, **more)
    await pbx.has_answered(call, 200)


async def test_my_own_telephone_answers(watching, pbx):
    async with watching(**HOLD) as (desk, _):
        subscribe = await subscribed(desk, pbx)
        assert subscribe.headers.first("event") == "dialog"
        assert subscribe.uri.startswith("sip:201@")
        call = a_call()
        pbx.ring(call)
        await told(pbx, subscribe, 0, dialog("early", "5195550123"))
        await told(pbx, subscribe, 1, dialog("confirmed"))
        pbx.cancel(call, ELSEWHERE)
        await desk.has_told("ringing", "answered")
        await told(pbx, subscribe, 2, dialog("terminated"))
        events = await desk.has_told("ringing", "answered", "ended")
        assert [event.cause for event in events] == ["", "", ""]  # our leg's end is none of it


async def test_my_own_telephone_answers_and_its_news_come_last(watching, pbx):
    async with watching(**HOLD) as (desk, _):
        subscribe = await subscribed(desk, pbx)
        call = a_call()
        pbx.ring(call)
        pbx.cancel(call, ELSEWHERE)
        await pbx.has_answered(call, 487)
        await desk.has_told("ringing")
        await told(pbx, subscribe, 0, dialog("confirmed"))
        await told(pbx, subscribe, 1, dialog("terminated"))
        events = await desk.has_told("ringing", "answered", "ended")
        assert [event.cause for event in events] == ["", "", ""]


async def test_a_colleague_answers(watching, pbx, passing):
    async with watching(**HOLD) as (desk, _):
        subscribe = await subscribed(desk, pbx)
        call = a_call()
        pbx.ring(call)
        await told(pbx, subscribe, 0, dialog("early", "5195550123"))
        pbx.cancel(call, ELSEWHERE)
        await told(pbx, subscribe, 1, dialog("terminated"))
        await pbx.has_answered(call, 487)
        passing.pass_by(desk.line, 1)
        await desk.has_told("ringing", "answered_elsewhere")


async def test_pitfall_12_a_line_that_only_reads_declines_and_follows_my_telephone(watching, pbx):
    async with watching(**PEEK) as (desk, _):
        subscribe = await subscribed(desk, pbx)
        call = a_call()
        pbx.ring(call)
        await pbx.has_answered(call, 480)
        assert pbx.answers(call) == [100, 480]
        await told(pbx, subscribe, 0, dialog("early", "5195550123"))
        await told(pbx, subscribe, 1, dialog("confirmed"))
        await told(pbx, subscribe, 2, dialog("terminated"))
        await desk.has_told("ringing", "answered", "ended")


async def test_a_line_that_only_watches_rings_as_my_telephone_rings(watching, pbx):
    async with watching(**WATCH) as (desk, _):
        subscribe = await subscribed(desk, pbx)
        assert pbx.requests("REGISTER") == []
        await told(pbx, subscribe, 0, dialog("early", "5195550123"))
        await told(pbx, subscribe, 1, dialog("confirmed"))
        await told(pbx, subscribe, 2, dialog("terminated"))
        await told(pbx, subscribe, 3, dialog("early", "anonymous"))
        events = await desk.has_told("ringing", "answered", "ended", "ringing")
        assert (events[0].number, events[0].name) == ("5195550123", "Rosa")
        assert (events[3].number, events[3].name) == (None, "")
        assert events[3].presentation == "withheld"


async def test_what_my_telephone_dials_itself_is_no_call(watching, pbx):
    async with watching(**WATCH) as (desk, _):
        subscribe = await subscribed(desk, pbx)
        await told(pbx, subscribe, 0, dialog("early", more=' direction="initiator"'))
        await told(pbx, subscribe, 1, dialog("confirmed", more=' direction="initiator"'))
        await told(pbx, subscribe, 2, "")
        await told(pbx, subscribe, 3, dialog("early", "5195550123"))
        await desk.has_told("ringing")


async def test_dialog_events_a_version_that_does_not_rise_is_old(watching, pbx):
    async with watching(**WATCH) as (desk, _):
        subscribe = await subscribed(desk, pbx)
        await told(pbx, subscribe, 7, dialog("terminated"))
        await told(pbx, subscribe, 7, dialog("early", "5195550123"))
        await told(pbx, subscribe, 6, dialog("early", "5195550123"))
        await told(pbx, subscribe, 8, dialog("early", "5195550199"))
        [event] = await desk.has_told("ringing")
        assert event.number == "5195550199"


async def test_dialog_events_a_gap_is_asked_for(watching, pbx):
    async with watching(**WATCH) as (desk, _):
        subscribe = await subscribed(desk, pbx)
        await told(pbx, subscribe, 1, "")
        await told(pbx, subscribe, 2, dialog("early", "5195550123"), whole="partial")
        assert len(pbx.requests("SUBSCRIBE")) == 2
        await told(pbx, subscribe, 4, dialog("confirmed"), whole="partial")
        again = await pbx.was_asked("SUBSCRIBE", 3)
        assert again.headers.first("call-id") == subscribe.headers.first("call-id")
        assert "tag=pbx" in again.headers.first("to")
        await desk.has_told("ringing", "answered")


async def test_dialog_events_what_is_full_ends_what_is_not_there(watching, pbx):
    async with watching(**WATCH) as (desk, _):
        subscribe = await subscribed(desk, pbx)
        await told(pbx, subscribe, 1, dialog("early", "5195550123", "1"))
        both = dialog("early", "5195550199", "2") + dialog("confirmed", id_="1")
        await told(pbx, subscribe, 2, both)
        await told(pbx, subscribe, 3, dialog("confirmed", id_="1"))
        await desk.has_told("ringing", "ringing", "answered", "ended")
        assert desk.told[3].call_id == desk.told[1].call_id


async def test_dialog_events_the_first_may_come_before_the_answer(watching, pbx):
    def slowly(request):
        response = pbx.usual(request)
        pbx.notify(request, 0, dialog("early", "5195550123"))
        return response

    pbx.replies["SUBSCRIBE"] = [pbx.usual, slowly]
    async with watching(**WATCH) as (desk, _):
        await desk.has_told("ringing")


async def test_dialog_events_the_watch_is_renewed_before_it_ends(watching, pbx, passing):
    async with watching(**WATCH, expires=600) as (desk, _):
        await subscribed(desk, pbx)
        passing.pass_by(desk.line, 539)
        assert len(pbx.requests("SUBSCRIBE")) == 2
        passing.pass_by(desk.line, 1)
        await pbx.was_asked("SUBSCRIBE", 3)


async def test_dialog_events_a_notify_may_shorten_the_watch(watching, pbx, passing):
    async with watching(**WATCH, expires=600) as (desk, _):
        subscribe = await subscribed(desk, pbx)
        await told(pbx, subscribe, 0, "", state="active;expires=100")
        passing.pass_by(desk.line, 70)
        await pbx.was_asked("SUBSCRIBE", 3)


@pytest.mark.parametrize("reason", ["deactivated", "timeout", ""])
async def test_dialog_events_a_watch_that_ended_begins_anew_at_once(watching, pbx, passing, reason):
    async with watching(**WATCH) as (desk, _):
        subscribe = await subscribed(desk, pbx)
        passing.pass_by(desk.line, 60)
        state = f"terminated;reason={reason}" if reason else "terminated"
        await told(pbx, subscribe, 0, "", state=state)
        again = await pbx.was_asked("SUBSCRIBE", 3)
        assert again.headers.first("call-id") != subscribe.headers.first("call-id")


async def test_dialog_events_a_watch_that_ends_again_and_again_is_not_hammered(
    watching, pbx, passing
):
    async with watching(**WATCH) as (desk, _):
        subscribe = await subscribed(desk, pbx)
        await told(pbx, subscribe, 0, "", state="terminated;reason=deactivated")
        await until(lambda: desk.line.state.state is State.DOWN)
        assert len(pbx.requests("SUBSCRIBE")) == 2
        passing.pass_by(desk.line, 1)
        await pbx.was_asked("SUBSCRIBE", 3)


async def test_dialog_events_probation_means_later(watching, pbx, passing):
    async with watching(**WATCH) as (desk, _):
        subscribe = await subscribed(desk, pbx)
        await told(pbx, subscribe, 0, "", state="terminated;reason=probation;retry-after=50")
        passing.pass_by(desk.line, 49)
        assert len(pbx.requests("SUBSCRIBE")) == 2
        passing.pass_by(desk.line, 1)
        await pbx.was_asked("SUBSCRIBE", 3)


async def test_dialog_events_rejected_means_never(watching, pbx, passing):
    async with watching(**WATCH) as (desk, _):
        subscribe = await subscribed(desk, pbx)
        await told(pbx, subscribe, 0, "", state="terminated;reason=rejected")
        assert await desk.is_down() == "The telephone 201 cannot be watched: rejected"
        passing.pass_by(desk.line, 7200)
        assert len(pbx.requests("SUBSCRIBE")) == 2


async def test_dialog_events_a_telephone_system_without_them_is_known(watching, pbx, passing):
    pbx.replies["SUBSCRIBE"] = [lambda request: pbx.says(request, 489, "Bad Event")]
    async with watching(**HOLD) as (desk, _):
        await until(lambda: desk.line.state.reason)
        assert desk.line.state.state is State.UP  # calls come all the same
        assert desk.line.state.reason == "The telephone 201 cannot be watched: 489 Bad Event"
        call = a_call()
        pbx.ring(call)
        pbx.cancel(call, ELSEWHERE)
        await desk.has_told("ringing", "answered_somewhere")
        passing.pass_by(desk.line, 400)
        assert len(pbx.requests("SUBSCRIBE")) == 1


async def test_dialog_events_a_watch_that_is_forgotten_begins_anew(watching, pbx, passing):
    async with watching(**WATCH, expires=600) as (desk, _):
        first = await subscribed(desk, pbx)
        passing.pass_by(desk.line, 1)
        pbx.replies["SUBSCRIBE"] = [lambda request: pbx.says(request, 481, "Gone")]
        passing.pass_by(desk.line, 540)
        again = await pbx.was_asked("SUBSCRIBE", 4)
        assert again.headers.first("call-id") != first.headers.first("call-id")
        await desk.is_up()


@pytest.mark.parametrize("body", [b"", b"<x", b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"])
async def test_dialog_events_what_cannot_be_read_is_nothing(watching, pbx, body):
    async with watching(**WATCH) as (desk, _):
        subscribe = await subscribed(desk, pbx)
        await told(pbx, subscribe, 3, "")
        pbx.body = body
        await told(pbx, subscribe, 9, "")
        pbx.body = None
        await told(pbx, subscribe, 4, dialog("early", "5195550123"))
        await desk.has_told("ringing")


async def test_at_the_end_the_watch_is_taken_back(watching, pbx):
    async with watching(**HOLD) as (desk, _):
        subscribe = await subscribed(desk, pbx)
        await desk.line.close()
        last = pbx.requests("SUBSCRIBE")[-1]
        assert last.headers.first("expires") == "0"
        assert last.headers.first("call-id") == subscribe.headers.first("call-id")
