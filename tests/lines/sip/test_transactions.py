"""What is lost is said again, and what is heard twice is answered twice and done once."""

import pytest

from care_console.lines.sip.deadlines import Deadlines
from care_console.lines.sip.message import Response, parse, render
from care_console.lines.sip.transactions import (
    GIVE_UP_S,
    T4,
    ClientTransactions,
    ServerTransactions,
    server_key,
)
from tests.lines.sip.peer import TelephoneSystem, a_call, answer

PBX = ("192.0.2.1", 5060)


class Wires:
    """Both ends of the transactions, and what was sent at which second."""

    def __init__(self):
        self.now = 0.0
        self.sent = []
        self.deadlines = Deadlines(lambda: self.now)
        self.servers = ServerTransactions(self.deadlines, self.send, most_done=50)
        self.clients = ClientTransactions(self.deadlines, self.send)

    def send(self, data, to):
        assert to == PBX
        self.sent.append((self.now, data))

    def pass_to(self, end):
        while (at := self.deadlines.next()) is not None and at <= end:
            self.now = at
            self.deadlines.run()
        self.now = end

    def times(self):
        times = [at for at, _data in self.sent]
        self.sent.clear()
        return times


@pytest.fixture
def wires():
    return Wires()


def said(method="INVITE", call=None, **told):
    system = TelephoneSystem()
    system.contact = "sip:care-1@192.0.2.7"
    return system.request(method, call or a_call(**told))


def test_pitfall_4_a_request_is_sent_again_until_it_is_given_up(wires):
    heard = []
    wires.clients.ask(said("REGISTER"), PBX, heard.append)
    wires.pass_to(GIVE_UP_S - 0.1)
    assert wires.times() == [0, 0.5, 1.5, 3.5, 7.5, 11.5, 15.5, 19.5, 23.5, 27.5, 31.5]
    assert heard == []
    wires.pass_to(100)
    assert heard == [None]
    assert len(wires.clients) == len(wires.deadlines) == 0


def test_an_answer_ends_the_asking_and_comes_once(wires):
    heard = []
    request = said("REGISTER")
    wires.clients.ask(request, PBX, heard.append)
    wires.clients.heard(answer(request, 100, "Trying"))
    wires.pass_to(10)
    assert wires.times() == [0, 0.5, 4.5, 8.5]  # RFC 3261, 17.1.2.2: it is being worked on
    final = answer(request, 200, "OK")
    assert wires.clients.heard(final)
    assert not wires.clients.heard(final)
    wires.pass_to(100)
    assert (heard, wires.times()) == ([final], [])


def test_over_a_stream_nothing_is_sent_again(wires):
    wires.clients.reliable = wires.servers.reliable = True
    wires.clients.ask(said("REGISTER"), PBX, lambda _answer: None)
    serve(wires, said(), 487)
    wires.pass_to(100)
    assert wires.times() == [0, 0]
    assert len(wires.clients) == len(wires.servers) == 0


def test_an_answer_to_nobody_is_nobodys(wires):
    assert not wires.clients.heard(answer(said("REGISTER"), 200, "OK"))
    assert not wires.clients.heard(parse(b"SIP/2.0 200 OK\r\n\r\n"))


def test_our_requests_are_bounded(wires):
    heard = []
    for _request in range(150):
        wires.clients.ask(said("REGISTER"), PBX, heard.append)
    assert len(wires.clients) == 100
    assert heard == [None] * 50


def serve(wires, request, *statuses):
    served = wires.servers.heard(request, PBX)
    for status in statuses:
        wires.servers.reply(served, status, "Said", "x")
    return served


def test_pitfall_8_a_repeated_request_gets_the_last_reply_again(wires):
    request = said()
    serve(wires, request, 100, 180)
    for _copy in range(6):
        assert wires.servers.heard(request, PBX) is None
    statuses = [parse(data).status for _at, data in wires.sent]
    assert statuses == [100, 180, 180, 180, 180, 180, 180, 180]


def test_pitfall_8_old_peers_have_no_magic_cookie(wires):
    call = a_call(cookie="")
    request = said(call=call)
    assert serve(wires, request, 180) is not None
    assert wires.servers.heard(said(call=call), PBX) is None
    assert server_key(said("ACK", call)) == server_key(request)
    assert server_key(said("CANCEL", call), "INVITE") == server_key(request)
    call.cseq = 2
    assert wires.servers.heard(said(call=call), PBX) is not None


def test_pitfall_10_a_487_is_said_again_until_its_ack(wires):
    call = a_call()
    serve(wires, said(call=call), 487)
    wires.pass_to(12)
    assert wires.times() == [0, 0.5, 1.5, 3.5, 7.5, 11.5]
    assert wires.servers.heard(said("ACK", call), PBX) is None
    wires.pass_to(12 + T4 - 0.1)
    assert wires.times() == []
    assert wires.servers.heard(said(call=call), PBX) is None  # a late copy, as long as it may come
    assert wires.times() == [12 + T4 - 0.1]
    wires.pass_to(12 + T4)
    assert len(wires.servers) == 0


def test_pitfall_10_a_487_without_an_ack_is_given_up(wires):
    serve(wires, said(), 487)
    wires.pass_to(100)
    assert wires.times()[-1] < GIVE_UP_S
    assert len(wires.servers) == len(wires.deadlines) == 0


def test_an_ack_for_what_is_unknown_or_still_rings_is_nothing(wires):
    call = a_call()
    assert wires.servers.heard(said("ACK", call), PBX) is None
    serve(wires, said(call=call), 180)
    assert wires.servers.heard(said("ACK", call), PBX) is None
    assert len(wires.servers) == 1


def test_nothing_is_said_after_a_final_answer(wires):
    served = serve(wires, said(), 487, 180, 200)
    assert [parse(data).status for _at, data in wires.sent] == [487]
    assert parse(served.reply).status == 487


def test_what_was_answered_is_remembered_within_bounds(wires):
    for _request in range(500):
        serve(wires, said("OPTIONS"), 200)
    assert len(wires.servers) == 50
    wires.servers.clear()
    assert len(wires.servers) == len(wires.deadlines) == 0


def test_deadlines_sweep_what_is_cancelled():
    deadlines = Deadlines(lambda: 0.0)
    kept = deadlines.after(5, lambda: None)
    for _each in range(10_000):
        deadlines.after(1, lambda: None).cancel()
    assert len(deadlines) == 1
    assert len(deadlines._heap) < 200
    assert deadlines.next() == 5
    kept.cancel()
    kept.cancel()
    assert deadlines.next() is None


def test_render_of_a_response_keeps_its_status():
    assert isinstance(parse(render(answer(said(), 200, "OK"))), Response)
