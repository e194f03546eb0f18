"""What a watched telephone does is read from its dialog events."""

import pytest

from care_console.lines.line import Presentation
from care_console.lines.sip.dialog_info import DialogInfo, read_dialog_info
from care_console.lines.sip.message import Malformed

EARLY = """<?xml version="1.0" encoding="UTF-8"?>
<dialog-info xmlns="urn:ietf:params:xml:ns:dialog-info" version="3" state="partial"
    entity="sip:201@192.0.2.1">
 <dialog id="201" call-id="c1" local-tag="l" remote-tag="r" direction="recipient">
  <remote>
   <identity display="Rosa Nu&#241;ez">sip:+15195550123@192.0.2.1</identity>
   <target uri="sip:asterisk@192.0.2.1"/>
  </remote>
  <local><identity>sip:201@192.0.2.1</identity><target uri="sip:201@192.0.2.1"/></local>
  <state event="remote-bye" code="200">Early</state>
 </dialog>
</dialog-info>
"""


def read(text: str) -> DialogInfo:
    return read_dialog_info(text.encode())


def test_a_ringing_telephone_is_understood():
    info = read(EARLY)
    (dialog,) = info.dialogs

    assert (info.version, info.full, info.entity) == (3, False, "sip:201@192.0.2.1")
    assert (dialog.id, dialog.call_id, dialog.local_tag, dialog.remote_tag) == (
        "201",
        "c1",
        "l",
        "r",
    )
    assert (dialog.direction, dialog.state) == ("recipient", "early")
    assert (dialog.event, dialog.code) == ("remote-bye", 200)
    assert (dialog.remote.number, dialog.remote.name) == ("+15195550123", "Rosa Nuñez")
    assert dialog.remote.presentation is Presentation.ALLOWED
    assert dialog.local.number == "201"


def test_a_telephone_at_rest_has_no_dialogs():
    assert read('<dialog-info version="0" state="full" entity="x"/>') == DialogInfo(
        0, True, "x", ()
    )


def test_each_dialog_is_its_own():
    info = read(
        '<d:dialog-info xmlns:d="urn:ietf:params:xml:ns:dialog-info" version="1">'
        '<d:dialog id="1"><d:remote><d:identity display="A">sip:1@h</d:identity></d:remote>'
        "<d:state>confirmed</d:state></d:dialog>"
        '<d:dialog id="2">junk<d:state>trying</d:state></d:dialog>'
        '<other id="3"><state>early</state></other></d:dialog-info>'
    )

    assert [(one.id, one.state, one.remote.name) for one in info.dialogs] == [
        ("1", "confirmed", "A"),
        ("2", "trying", ""),
    ]
    assert info.dialogs[1].remote.presentation is Presentation.UNAVAILABLE


@pytest.mark.parametrize(
    "identity",
    [
        "sip:anonymous@anonymous.invalid",
        '" display="Anonymous">sip:+15195550123@h',
    ],
)
def test_pitfall_17_who_is_withheld_is_withheld_here_too(identity):
    remote = f"<identity>{identity}</identity>"
    if identity.startswith('"'):
        remote = f'<identity x="{identity}</identity>'
    info = read(
        f'<dialog-info version="1"><dialog id="1"><remote>{remote}</remote></dialog></dialog-info>'
    )

    party = info.dialogs[0].remote
    assert (party.number, party.name) == (None, "")
    assert party.presentation is Presentation.WITHHELD


def test_where_there_is_no_identity_the_target_tells():
    info = read(
        '<dialog-info version="1"><dialog id="1"><remote><target uri="sip:204@h"/></remote>'
        "</dialog></dialog-info>"
    )

    assert info.dialogs[0].remote.number == "204"


def test_bytes_that_are_no_utf_8_are_latin_1():
    body = EARLY.replace("&#241;", "ñ").encode("latin-1")

    assert read_dialog_info(body).dialogs[0].remote.name == "Rosa Nuñez"


BOMB = (
    '<!DOCTYPE d [<!ENTITY a "x"><!ENTITY b "&a;&a;">]><dialog-info version="1">&b;</dialog-info>'
)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no XML",
        "<dialog-info",
        '<dialog-info version="1">',
        '<presence version="1"/>',
        "<dialog-info/>",
        '<dialog-info version="-1"/>',
        f'<dialog-info version="{"9" * 5_000}"/>',
        '<dialog-info version="1">&undeclared;</dialog-info>',
        BOMB,
        '<!DOCTYPE d SYSTEM "http://192.0.2.66/d.dtd"><dialog-info version="1"/>',
        '<dialog-info version="1">' + "<a>" * 40 + "</a>" * 40 + "</dialog-info>",
        '<dialog-info version="1">' + " " * 65_536 + "</dialog-info>",
        '<dialog-info version="1">\0</dialog-info>',
        '<dialog-info version="1" version="2"/>',
    ],
    ids=lambda text: repr(text[:40]),
)
def test_pitfall_22_what_is_no_such_document_is_refused(text):
    with pytest.raises(Malformed):
        read(text)


@pytest.mark.parametrize("encoding", ["utf-16", "idna", "zlib", "unicode_escape", "nonsense"])
def test_pitfall_22_what_a_document_says_of_its_letters_does_no_harm(encoding):
    assert read(EARLY.replace("UTF-8", encoding)).dialogs[0].id == "201"


def test_no_number_gets_into_a_log():
    assert "5195550123" not in repr(read(EARLY))
    assert "Rosa" not in repr(read(EARLY))
