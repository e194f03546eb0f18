"""One number has one form, however it is written, and nothing that is sent does harm."""

import phonenumbers
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from phonenumbers import PhoneNumberFormat, format_number

from care_console.base.phone import (
    Number,
    Plan,
    is_withheld,
    lookup_keys,
    read,
    region_words,
    show,
    warm,
)

GB = Plan("GB")
COUNTRIES = ("GB", "US", "DE", "FR", "IT", "AR", "MX", "JP", "AU", "IN", "ES", "PL", "BR", "SM")
WIDE = str.maketrans("+0123456789", "＋０１２３４５６７８９")
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def is_another(text: str, country: str, e164: str) -> bool:
    """Tell whether ``text`` is, as it stands, in a range of the country's own plan."""
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return False
    own = format_number(number, PhoneNumberFormat.E164)
    return phonenumbers.is_valid_number(number) and own != e164


@st.composite
def numbers(draw) -> phonenumbers.PhoneNumber:
    """A number in a range of some country, landline or mobile."""
    country = draw(st.sampled_from(COUNTRIES))
    kind = draw(st.sampled_from([0, 1]))
    number = phonenumbers.example_number_for_type(country, kind)
    number.national_number += draw(st.integers(0, 9_999)) - number.national_number % 10_000
    assume(phonenumbers.is_valid_number(number))
    return number


def everywhere(number: phonenumbers.PhoneNumber) -> dict[str, str]:
    """How the world may write ``number`` to a desk in any country."""
    e164 = format_number(number, PhoneNumberFormat.E164)
    spaced = format_number(number, PhoneNumberFormat.INTERNATIONAL).replace("-", " ")
    return {
        "e164": e164,
        "spaced": spaced,
        "slashed": spaced.replace(" ", "/"),
        "dotted": spaced.replace(" ", "."),
        "no-break blanks": spaced.replace(" ", "\N{NO-BREAK SPACE}"),
        "dashes": spaced.replace(" ", "\N{EN DASH}"),
        "copied": f"\N{LEFT-TO-RIGHT EMBEDDING}{spaced}\N{POP DIRECTIONAL FORMATTING}",
        "wide": e164.translate(WIDE),
        "arabic": e164.translate(ARABIC),
        "+00": e164.replace("+", "+00"),
        "escaped": e164.replace("+", "%2B"),
        "tel": format_number(number, PhoneNumberFormat.RFC3966),
        "TEL": e164.replace("+", "TEL:%2b"),
        "local tel": f"tel:{e164[4:]};phone-context={e164[:4]};isub=9",
        "sip": f"sip:{e164}@pbx.example.org:5060;user=phone?Subject=x",
        "named sip": f'"Rosa" <sips:{e164};cpc=ordinary@pbx1;transport=tcp>;tag=1',
        "callto": f"callto://{e164}",
        "hidden by *67": f"*67 {e164}",
        "hidden by #31#": f"#31#{e164}",
        "labelled": f"Mobile: {spaced} (home)",
    }


def at_home(number: phonenumbers.PhoneNumber) -> dict[str, str]:
    """How ``number`` may be written in its own country."""
    national = format_number(number, PhoneNumberFormat.NATIONAL)
    return {
        "national": national,
        "digits": "".join(filter(str.isdigit, national)),
        "slashed": national.replace(" ", "/"),
        "wide": national.translate(WIDE),
    }


@given(number=numbers(), desk=st.sampled_from(COUNTRIES))
def test_each_spelling_of_a_number_is_the_same_number_at_any_desk(number, desk):
    e164 = format_number(number, PhoneNumberFormat.E164)

    found = {way: read(text, Plan(desk)).e164 for way, text in everywhere(number).items()}

    assert found == dict.fromkeys(found, e164)


@given(number=numbers())
def test_each_spelling_in_its_own_country_is_the_same_number(number):
    desk = Plan(phonenumbers.region_code_for_number(number))
    e164 = format_number(number, PhoneNumberFormat.E164)

    found = {way: read(text, desk).e164 for way, text in at_home(number).items()}

    assert found == dict.fromkeys(found, e164)


@given(number=numbers(), desk=st.sampled_from(COUNTRIES))
@example(phonenumbers.parse("+33199001234"), "GB")
@example(phonenumbers.parse("+442079460123"), "US")
def test_a_full_number_is_found_without_its_plus_or_with_what_others_dial_for_it(number, desk):
    e164 = format_number(number, PhoneNumberFormat.E164)
    for text in (f"00{e164[1:]}", f"011{e164[1:]}", e164[1:]):
        if len(e164) > 10 and not is_another(text, desk, e164):
            assert e164 in lookup_keys(read(text, Plan(desk))), text


@given(number=numbers(), prefix=st.sampled_from(["9", "0", "00", "8"]))
def test_what_the_pbx_puts_before_a_number_is_taken_away(number, prefix):
    desk = Plan(phonenumbers.region_code_for_number(number), trunk_prefixes=("1", prefix))
    e164 = format_number(number, PhoneNumberFormat.E164)
    national = "".join(filter(str.isdigit, format_number(number, PhoneNumberFormat.NATIONAL)))

    assert e164 in lookup_keys(read(f"{prefix} {national}", desk))
    assert e164 in lookup_keys(read(national, desk))
    assert read(e164, desk).e164 == e164
    assert read(prefix + e164, desk).e164 == e164


@given(number=numbers(), desk=st.sampled_from(COUNTRIES), extension=st.integers(0, 99_999))
def test_an_extension_is_kept_apart_however_it_is_written(number, desk, extension):
    e164 = format_number(number, PhoneNumberFormat.E164)
    spaced = format_number(number, PhoneNumberFormat.INTERNATIONAL)
    for sign in (
        " ext ",
        " Ext. ",
        "x",
        " x",
        ";ext=",
        " #",
        " Durchwahl ",
        " DW-",
        " (ext ",
        ",,",
    ):
        found = read(f"{spaced}{sign}{extension}", Plan(desk))
        assert (found.e164, found.extension) == (e164, str(extension)), sign


@given(
    st.text() | st.text(alphabet="+0123456789*#()-./ ;,=:@%<>xextpw٣９tsiplo\u200e", max_size=60)
)
@example("1" * 10_000)
@example("tel:" + "%2B" * 80)
@example("x1" * 125)
@example("sip:@")
@example("\ud800")
def test_no_text_does_harm_and_none_means_two_kinds_of_thing(text):
    for plan in (GB, Plan("DE", ("0", "9")), Plan("", ("",)), Plan("XX")):
        found = read(text, plan)
        meant = [found.e164, found.internal, found.uri]
        assert found.raw == text
        assert len([one for one in meant if one]) <= 1
        assert all(is_e164(key) for key in lookup_keys(found))
        assert bool(show(found.e164 or text)) == bool(found.e164 or text)
        assert isinstance(is_withheld(text), bool)


def is_e164(key: str) -> bool:
    return key[0] == "+" and key[1] != "0" and key[1:].isdigit() and len(key) <= 20


@pytest.mark.parametrize(
    ("text", "e164"),
    [
        ("020 7946 0000", "+442079460000"),
        ("0044 (20) 7946/0000", "+442079460000"),
        ("+44 (0)20 7946 0000", "+442079460000"),
        ("+02079460000", "+442079460000"),
        ("+34 (0) 91 123 45 67", "+34911234567"),
        ("0800 FLOWERS", "+448003569377"),
        ("020 7946 0000 or 07700 900123", "+442079460000"),
        ("141 020 7946 0000", "+442079460000"),
        ("14707700900123", "+447700900123"),
        ("01632 960123", "+441632960123"),  # kept for fiction: no range has it
        ("07700 900123", "+447700900123"),
        ("0044 7700 900123", "+447700900123"),
        ("+39 6 1234 5678", "+390612345678"),
        ("+39 0347 1234567", "+393471234567"),
        ("+52 1 55 1234 5678", "+525512345678"),
        ("+55 11 8765-4321", "+5511987654321"),
        ("+33 6 39 98 12 34", "+33639981234"),
        ("tel:7946-0000;phone-context=+4420", "+442079460000"),
    ],
)
def test_what_people_write_in_london_is_understood(text, e164):
    assert read(text, GB).e164 == e164


@pytest.mark.parametrize(
    ("text", "plan", "keys"),
    [
        ("0020 3123 4567", Plan("GB", ("0",)), ("+442031234567", "+2031234567")),
        ("0 0157 50000000", Plan("DE", ("0",)), ("+4915750000000", "+15750000000")),
        ("0020 3123 4567", Plan("GB"), ("+2031234567",)),
        ("9 0144 505486", Plan("DE", ("9",)), ("+49144505486", "+4990144505486")),  # in no range
        ("+54 11 1234-5678", Plan("AR"), ("+541112345678", "+5491112345678")),
        ("011 15-1234-5678", Plan("AR"), ("+5491112345678", "+541112345678")),
        ("55 1234 5678", Plan("MX"), ("+525512345678", "+5215512345678")),
        ("06 1234 5678", Plan("IT"), ("+390612345678", "+39612345678")),
        ("204", GB, ()),
    ],
)
def test_a_number_that_may_mean_two_is_looked_up_under_both(text, plan, keys):
    assert lookup_keys(read(text, plan)) == keys


@pytest.mark.parametrize(
    "text",
    ["204", "2-04", "2\N{EN DASH}04", "٢٠٤", "\u200e204", "2\t04", "ext 204", "x204", "sip:204@pbx"]
    + ["tel:204;phone-context=pbx.local", "tel:%32%304"],
)
def test_a_short_number_is_a_telephone_of_the_house(text):
    assert read(text, GB) == Number(text, None, internal="204")


def test_how_long_a_number_of_the_house_may_be_is_set():
    assert read("204204", Plan(longest_internal=6)).internal == "204204"
    assert read("204", Plan(longest_internal=2)).internal == ""


@pytest.mark.parametrize(
    "text",
    ["7", "+44 0000 000 000", "118118", "7946 0123", "+999123", "call me", "1" * 300],
)
def test_what_nobody_can_call_is_kept_as_it_is(text):
    assert read(text, GB) == Number(text, None)


def test_a_number_in_no_range_needs_a_least_length():
    assert read("01632 960123", Plan(shortest=11)).e164 == "+441632960123"
    assert read("01632 960123", Plan(shortest=12)).e164 is None


@pytest.mark.parametrize(
    "text",
    [
        "sip:Rosa@Example.org;tag=1",
        '"R" <SIP:rosa@example.org>',
        "rosa@example.org?a=b",
        "sips:%72osa@example.org",
    ],
)
def test_a_caller_without_a_number_has_an_address(text):
    assert read(text, GB) == Number(text, None, uri="sip:rosa@example.org")


HIDING = """
anonymous, Anonymous, PRIVATE, Withheld, restricted, unknown, unavailable, P, O, -, 0, 0000000000, +
%CallerNumber%, %s, ${CALLERID(num)}, {number}, {{number}}, [CallerNumber], <unknown>, <CallerId>
Private Number, No Caller ID, Unknown caller, Number withheld, out of area, Anonym, Masqué, N/A
sip:anonymous@anonymous.invalid, sip:unknown@10.0.0.1, tel:, sip:x@anonymous.invalid
"Anonymous" <sip:anonymous@anonymous.invalid>
"""


@pytest.mark.parametrize("text", ["", "  ", *HIDING.strip().replace("\n", ", ").split(", ")])
def test_a_caller_who_hides_is_seen_to_hide(text):
    assert is_withheld(text)
    assert read(text, GB) == Number(text, None)


@pytest.mark.parametrize(
    "text",
    [
        "020 7946 0000",
        "%2B442079460000",
        "204",
        "rosa@example.org",
        "Private Eye",
        "Ono",
        "x" * 999,
    ],
)
def test_a_caller_who_does_not_hide_is_not_said_to(text):
    assert not is_withheld(text)


def test_a_number_is_shown_with_its_country():
    assert show("+442079460123") == "+44 20 7946 0123"
    assert show("not a number") == "not a number"


def test_a_number_tells_where_it_is_from():
    assert region_words("+441134960877", "en-GB") == "Leeds"
    assert region_words("+33199001234", "de") == "Frankreich"
    assert region_words("not a number", "en") == ""


@pytest.mark.parametrize("country", ["GB", "gb", "", "XX"])
def test_any_desk_can_be_warmed(country):
    warm(Plan(country))


@given(raw=st.from_regex(r"\+[1-9][0-9]{6,14}", fullmatch=True), desk=st.sampled_from(COUNTRIES))
@example(raw="+4402079460123", desk="GB")
@example(raw="+390612345678", desk="IT")
def test_a_plain_international_number_means_what_it_means_among_blanks(raw, desk):
    plain, blanks = read(raw, Plan(country=desk)), read(f" {raw} ", Plan(country=desk))

    assert (plain.e164, plain.extension, plain.internal, plain.others) == (
        blanks.e164,
        blanks.extension,
        blanks.internal,
        blanks.others,
    )


@given(raw=st.from_regex(r"\+[1-9][0-9]{6,14}", fullmatch=True))
@example(raw="+442079460123")
@example(raw="+390612345678")
@example(raw="+12025550123")
@example(raw="+8835100012345")
def test_a_number_that_was_understood_is_shown_as_the_library_writes_it(raw):
    number = read(raw, Plan(country="GB"))
    if number.e164 is not None:
        parsed = phonenumbers.parse(number.e164)
        written = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
        assert show(number.e164) == written


async def test_what_no_library_knows_is_shown_as_it_is():
    assert show("+999") == "+999"
    assert show("reception") == "reception"
