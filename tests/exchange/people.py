"""People as records hold them, drawn at random for what is written and read again."""

from datetime import date

from hypothesis import strategies as st

from care_console.base.names import clean, clean_text
from care_console.cards.rules import (
    FIELDS,
    LONG_FIELDS,
    Group,
    Kind,
    NewAddress,
    NewAlert,
    NewCard,
    NewEmail,
    NewMembership,
    NewPhone,
)

HOSTILE = st.sampled_from(
    ["=cmd|'/c calc'!A1", "'=x", "''", "+49 30", "＝x", "a;b,c:d\\n\\", "END:VCARD", "x^n^'\"y"]
    + ["Poe GmbH", "Mr", "end-user|2020", "a:::b", "Ann, Beth", 'say "no"', "ÄÖü ß", "山田"]
    + ["x" * 74 + "END:VCARD", "é" * 90, "BEGIN:VCARD", "4.42E+11", "-", "@x", "a\\", "no digits"]
)
LINE = (HOSTILE | st.text(max_size=40)).map(lambda text: clean(text))
TEXT = (st.lists(HOSTILE | st.text(max_size=40), max_size=3).map("\n".join)).map(
    lambda text: clean_text(text, 20_000)
)
SOME = LINE.filter(bool)
DAYS = st.none() | st.dates(date(1990, 1, 1), date(2040, 1, 1))
NAMED = {name: TEXT if name in LONG_FIELDS else LINE for name in FIELDS}


def several(of):
    return st.lists(of, max_size=3).map(tuple)


PHONES = st.builds(NewPhone, raw=SOME, label=LINE, shared=st.booleans())
EMAILS = st.builds(NewEmail, address=SOME, label=LINE)
ADDRESSES = st.builds(
    NewAddress, street=TEXT, town=SOME, region=LINE, postcode=LINE, country=LINE, label=LINE
)
MEMBERSHIPS = st.builds(
    NewMembership,
    group=st.sampled_from(Group),
    since=DAYS,
    until=DAYS,
    account_number=LINE,
    owner_card_id=st.none(),
    sold_by_card_id=st.none(),
)
ALERTS = st.builds(NewAlert, words=TEXT.filter(bool), since=DAYS, until=DAYS)
CARDS = st.builds(
    NewCard,
    **{**NAMED, "given": SOME},
    kind=st.sampled_from(Kind),
    uid=st.uuids().map(str) | LINE.filter(lambda uid: len(uid) > 2),
    phones=several(PHONES),
    emails=several(EMAILS),
    addresses=several(ADDRESSES),
    memberships=several(MEMBERSHIPS),
    alerts=several(ALERTS),
)
