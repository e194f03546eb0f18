"""Addresses are read in the forms that the grammar has, and in those that telephones send."""

import pytest

from care_console.lines.sip.uri import (
    Address,
    Uri,
    Via,
    read_address,
    read_cseq,
    read_uri,
    read_via,
)


@pytest.mark.parametrize(
    ("text", "uri"),
    [
        ("sip:rosa@example.org", Uri("sip", "rosa", "example.org")),
        (" SIPS:Rosa@EXAMPLE.org:5061 ", Uri("sips", "Rosa", "example.org", 5061)),
        ("sip:pbx1", Uri("sip", "", "pbx1")),
        (
            "sip:a@my_pbx.local;LR;x=%31",
            Uri("sip", "a", "my_pbx.local", None, {"lr": "", "x": "%31"}),
        ),
        ("sip:a:secret@b", Uri("sip", "a", "b")),
        ("sip:a b#c@d", Uri("sip", "a b#c", "d")),
        ("sip:rosa@example.org@pbx", Uri("sip", "rosa@example.org", "pbx")),
        ("sip:a@b;c=d?Reply-To=x@y", Uri("sip", "a", "b", None, {"c": "d"})),
        ("sip:a@[2001:DB8::1]:5070", Uri("sip", "a", "2001:db8::1", 5070)),
        ("sip:a@b:99999", Uri("sip", "a", "b")),
        ("sip:%2B1519%00@b", Uri("sip", "+1519", "b")),
        ("sip:M%FCller@b", Uri("sip", "Müller", "b")),
        ("sip:1;phone-context=+1@b", Uri("sip", "1;phone-context=+1", "b")),
        ("tel:+1-519;ext=5", Uri("tel", "+1-519", "", None, {"ext": "5"})),
        ("urn:service:sos", Uri("urn", "service:sos")),
        ("201", None),
        ("", None),
        ("sip:", None),
        ("sip:a@", None),
        ("sip:a@b c", None),
    ],
)
def test_pitfall_18_a_uri_is_read(text, uri):
    assert read_uri(text) == uri


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("<sip:a@b>;tag=1", Address("", "sip:a@b", {"tag": "1"})),
        ("sip:a@b;tag=1", Address("", "sip:a@b", {"tag": "1"})),
        (
            '"R \\"x\\" \\\\ <N>, y" <sip:a@b;c>;TAG=1',
            Address('R "x" \\ <N>, y', "sip:a@b;c", {"tag": "1"}),
        ),
        ("Rosa van Nuñez <sip:a@b>", Address("Rosa van Nuñez", "sip:a@b")),
        ("Bell, A<sip:a@b>", Address("Bell, A", "sip:a@b")),
        ('"Rosa <sip:a@b>;tag=1', Address("Rosa", "sip:a@b", {"tag": "1"})),
        ('"" < sip:a@b > ; tag = "1;2"', Address("", "sip:a@b", {"tag": "1;2"})),
        ("Rosa <sip:a@b", Address("Rosa", "sip:a@b")),
        (
            "sip:1;phone-context=+1519@b;tag=1",
            Address("", "sip:1;phone-context=+1519@b", {"tag": "1"}),
        ),
        ("tel:1;phone-context=+1519;tag=1", Address("", "tel:1;phone-context=+1519", {"tag": "1"})),
        ('"Rosa" sip:a@b;tag=1', Address("Rosa", "sip:a@b", {"tag": "1"})),
        ("201", Address("", "201")),
        ("", None),
        ("Rosa <>", None),
        ('"Rosa"', None),
    ],
)
def test_pitfall_19_an_address_is_read(text, address):
    assert read_address(text) == address


@pytest.mark.parametrize(
    ("text", "via"),
    [
        ("SIP/2.0/UDP a:5060;branch=1;rport", Via("UDP", "a", 5060, {"branch": "1", "rport": ""})),
        (
            "sip / 2.0 / tcp [2001:DB8::1] : 5061 ; branch = 1",
            Via("TCP", "2001:db8::1", 5061, {"branch": "1"}),
        ),
        ("SIP/2.0/WSS a_b.invalid", Via("WSS", "a_b.invalid")),
        ("SIP/3.0/UDP a", None),
        ("SIP/2.0/UDP", None),
        ("SIP/2.0/UDP ;branch=1", None),
        ("", None),
    ],
)
def test_a_via_is_read(text, via):
    assert read_via(text) == via


@pytest.mark.parametrize(
    ("text", "cseq"),
    [
        ("0009  INVITE", (9, "INVITE")),
        (" 2147483647 ACK ", (2147483647, "ACK")),
        ("2147483648 ACK", None),
        ("9" * 5_000 + " ACK", None),
        ("-1 ACK", None),
        ("1", None),
        ("", None),
    ],
)
def test_a_cseq_is_read(text, cseq):
    assert read_cseq(text) == cseq


def test_of_a_parameter_that_is_told_twice_the_first_counts():
    address = read_address("<sip:a@b>;tag=1;x;TAG=2")

    assert address is not None
    assert address.params["tag"] == "1"
