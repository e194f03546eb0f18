"""Challenges are answered as the RFCs' own examples are, and as real registrars want it."""

import hashlib

import pytest

from care_console.lines.sip.digest import (
    MOST_NONCES,
    Challenge,
    Credentials,
    NonceCounts,
    answer_to,
    authorization,
    read_challenges,
)
from care_console.lines.sip.pieces import parameters

MUFASA = Credentials("Mufasa", "Circle of Life")
RFC_7616 = (  # 3.9.1
    'Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm={}, '
    'nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", '
    'opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"'
)
CNONCE = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ"
BAD = 'Digest realm="r", nonce="n", algorithm={}'


def answered(*challenges: str, nonces: NonceCounts | None = None, body=b"", cnonce="c", who=MUFASA):
    found = authorization(
        challenges,
        method="GET",
        uri="/dir/index.html",
        credentials=who,
        nonces=nonces or NonceCounts(),
        cnonce=cnonce,
        body=body,
    )
    assert found is not None
    scheme, _, told = found[0].partition(" ")
    assert scheme == "Digest"
    return parameters(told.replace(", ", ";")), found[0]


def md5(*parts: str) -> str:
    return hashlib.md5(":".join(parts).encode()).hexdigest()


@pytest.mark.parametrize(
    ("algorithm", "response"),
    [
        ("MD5", "8ca523f5e9506fed4657c9700eebdbec"),
        ("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"),
    ],
)
def test_pitfall_6_the_example_of_rfc_7616(algorithm, response):
    told, header = answered(RFC_7616.format(algorithm), cnonce=CNONCE)

    assert told["response"] == response
    assert "qop=auth, nc=00000001" in header
    assert f"algorithm={algorithm}" in header
    assert 'opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"' in header


def test_pitfall_6_a_challenge_without_qop_is_of_rfc_2069():
    told, header = answered('Digest realm="r", nonce="n"')

    ha1, ha2 = md5("Mufasa", "r", "Circle of Life"), md5("GET", "/dir/index.html")
    assert told["response"] == md5(ha1, "n", ha2)
    assert not {"qop", "nc", "cnonce", "opaque", "algorithm"} & set(told)


def test_pitfall_6_auth_int_counts_the_body_in():
    told, header = answered('Digest realm="r", nonce="n", qop=auth-int', body=b"body")

    ha1 = md5("Mufasa", "r", "Circle of Life")
    ha2 = md5("GET", "/dir/index.html", md5("body"))
    assert told["response"] == md5(ha1, "n", "00000001", "c", "auth-int", ha2)
    assert "qop=auth-int" in header


def test_pitfall_6_a_session_has_a_secret_of_its_own():
    told, _ = answered(BAD.format("MD5-sess") + ', qop="auth"')

    ha1 = md5(md5("Mufasa", "r", "Circle of Life"), "n", "c")
    ha2 = md5("GET", "/dir/index.html")
    assert told["response"] == md5(ha1, "n", "00000001", "c", "auth", ha2)


@pytest.mark.parametrize(
    "challenges",
    [
        [BAD.format("MD5"), BAD.format("SHA-256")],
        [BAD.format("SHA-256"), BAD.format("MD5")],
        [BAD.format("Whirlpool"), BAD.format("sha-256"), 'Digest realm="r", nonce="n"'],
        [f"{BAD.format('MD5')}, {BAD.format('SHA-256')}"],
        [f"{BAD.format('SHA-256')}, {BAD.format('MD5')}"],
        ['Basic realm="x"', "Bearer", BAD.format('"SHA-256"') + ", Negotiate"],
    ],
)
def test_pitfall_6_the_best_known_algorithm_is_taken(challenges):
    told, _ = answered(*challenges)

    assert len(told["response"]) == 64


@pytest.mark.parametrize(
    "challenge",
    [
        "",
        'Basic realm="r"',
        'Digest realm="r"',
        'Digest nonce="n"',
        'Digest realm="r", nonce=""',
        BAD.format("SHA-512-256"),
        BAD.format("MD5") + ', qop="token"',
        "NoOneKnowsThisScheme opaque-data=here",
        'realm="r", nonce="n"',
    ],
)
def test_pitfall_6_what_cannot_be_answered_is_not(challenge):
    found = authorization(
        [challenge], method="A", uri="b", credentials=MUFASA, nonces=NonceCounts(), cnonce="c"
    )

    assert found is None


def test_pitfall_6_a_nonce_counts_its_uses_and_a_new_one_starts_again():
    nonces = NonceCounts()
    one, other = 'Digest realm="r", qop="auth", nonce="1"', 'Digest realm="r",qop=auth,nonce="2"'

    counts = [answered(which, nonces=nonces)[0]["nc"] for which in (one, one, other, one)]

    assert counts == ["00000001", "00000002", "00000001", "00000003"]


def test_pitfall_6_only_so_many_nonces_are_remembered():
    nonces = NonceCounts()
    for nonce in range(MOST_NONCES + 1):
        nonces.next(str(nonce))

    assert nonces.next("1") == 2
    assert nonces.next("0") == 1


def test_pitfall_6_a_realm_with_commas_and_quotes_is_kept():
    challenge = 'digest REALM="a, \\"b\\", c=d",nonce = "n" , stale=TRUE, QOP="auth,auth-int"'

    (found,) = read_challenges([challenge])

    assert found == Challenge('a, \\"b\\", c=d', "n", "", ("auth", "auth-int"), None, True)
    assert 'realm="a, \\"b\\", c=d"' in answered(challenge)[1]


@pytest.mark.parametrize("told", ["", ", stale=false", ', stale="no"', ", stale"])
def test_pitfall_6_only_a_nonce_that_is_called_stale_is(told):
    assert not read_challenges([f'Digest realm="r", nonce="n"{told}'])[0].stale
    assert read_challenges(['Digest realm="r", nonce="n", stale="true"'])[0].stale


def test_pitfall_6_a_challenge_may_be_answered_again():
    (challenge,) = read_challenges([BAD.format("MD5") + ", qop=auth"])
    how = {"uri": "b", "credentials": MUFASA, "nonces": NonceCounts(), "cnonce": "c"}

    first, second = (answer_to(challenge, method="REGISTER", **how) for _ in range(2))

    assert "nc=00000001" in first
    assert "nc=00000002" in second


def test_a_name_with_a_quote_cannot_break_out():
    _, header = answered('Digest realm="r", nonce="n"', who=Credentials('a", x="\\', "p"))

    assert header.startswith('Digest username="a\\", x=\\"\\\\", uri=')


def test_nobody_slips_a_header_in():
    with pytest.raises(ValueError, match="CR"):
        answered('Digest realm="r", nonce="n"', who=Credentials("a\r\nX: y", "p"))


def test_pitfall_6_no_password_gets_into_a_log():
    assert "Circle" not in repr(MUFASA)
    assert "Mufasa" not in repr(MUFASA)
