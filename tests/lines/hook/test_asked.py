"""Tests of what a request to the web hook says."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care_console.lines.handed import NotTaken
from care_console.lines.hook.asked import Asked, Refused, call_of
from care_console.lines.line import Event, Presentation

TOKEN = "long-enough-to-be-one"
BEARER = {"authorization": f"Bearer {TOKEN}"}


def get(target, headers=None):
    return call_of(Asked("GET", target, BEARER if headers is None else headers), TOKEN)


def post(body, kind="application/json", target="/call"):
    return call_of(Asked("POST", target, {**BEARER, "content-type": kind}, body), TOKEN)


@pytest.mark.parametrize(
    "asked",
    [
        lambda: get("/call?event=ringing&number=%2B442079460123&name=Maria&call_id=7"),
        lambda: get(
            f"/call/?token={TOKEN}&event=ringing&number=%2B442079460123&name=Maria&call_id=7", {}
        ),
        lambda: post(
            json.dumps(
                {"event": "ringing", "number": "+442079460123", "name": "Maria", "call_id": "7"}
            ).encode()
        ),
        lambda: post(
            b"event=ringing&number=%2B442079460123&name=Maria&call_id=7",
            "application/x-www-form-urlencoded; charset=utf-8",
        ),
    ],
)
def test_a_call_is_told_as_query_form_or_json(asked):
    call = asked()

    assert (call.kind, call.number, call.name, call.call_id) == (
        Event.RINGING,
        "+442079460123",
        "Maria",
        "7",
    )


@pytest.mark.parametrize("said", ["withheld=1&number=123456", "number=anonymous"])
def test_a_withheld_number_is_not_told(said):
    call = get(f"/call?event=ringing&{said}")

    assert (call.number, call.presentation) == (None, Presentation.WITHHELD)


def test_withheld_may_be_said_to_be_false():
    assert get("/call?withheld=false&number=442079460123").number == "442079460123"


@pytest.mark.parametrize(
    ("method", "target", "headers", "status"),
    [
        ("GET", "/call?number=123456", {}, 401),
        ("GET", "/call?number=123456&token=another", {}, 401),
        ("GET", "/call", {"authorization": "Bearer another"}, 401),
        ("GET", "/call", {"authorization": f"Basic {TOKEN}"}, 401),
        ("GET", "/nowhere", {}, 401),  # a stranger is not told what there is
        ("GET", "/nowhere", BEARER, 404),
        ("DELETE", "/call", BEARER, 405),
    ],
)
def test_strangers_and_what_is_not_there_are_refused(method, target, headers, status):
    with pytest.raises(Refused) as refused:
        call_of(Asked(method, target, headers), TOKEN)

    assert refused.value.status == status


@pytest.mark.parametrize(
    "body", [b"{", b"[]", b"\xff", b'{"number": 5}', b"[" * 5_000, b'{"event": "exploded"}']
)
def test_what_cannot_be_understood_is_not_taken(body):
    with pytest.raises(NotTaken):
        post(body)


@given(st.text(), st.binary(), st.text())
def test_whatever_comes_is_taken_or_refused_in_words(query, body, kind):
    with suppress(NotTaken, Refused):
        assert post(body, kind, f"/call?{query}").kind in Event
