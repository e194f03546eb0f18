"""A link dials only what our own parser wrote, and only where a program takes it."""

import pytest

from care_console.lines import tel


@pytest.mark.parametrize("number", ["999", "020 7946 0123", "+44 20", "+442079460123;x", "", "+0"])
def test_all_but_a_number_in_e164_makes_no_link(number):
    with pytest.raises(ValueError, match="E.164"):
        tel.link(number)


def test_a_number_in_e164_makes_a_link():
    assert tel.link("+442079460123") == "tel:+442079460123"


@pytest.mark.parametrize(
    ("lists", "taken"),
    [
        ([], False),
        (["[Default Applications]\nx-scheme-handler/tel=linphone.desktop;\n"], True),
        (["x-scheme-handler/sip=linphone.desktop\n"], False),
        (["x-scheme-handler/tel=\n", "x-scheme-handler/tel=zoiper.desktop\n"], True),
        (["x-scheme-handler/tel=care-console.desktop\n", "x-scheme-handler/tel=a.desktop"], False),
    ],
)
def test_the_first_program_that_is_named_takes_links_unless_it_is_the_console(lists, taken):
    assert tel.handled(lists) is taken


def test_the_lists_are_read_where_the_desktop_keeps_them(tmp_path):
    (tmp_path / "mimeapps.list").write_text("x-scheme-handler/tel=linphone.desktop\n")
    where = {"XDG_CONFIG_HOME": str(tmp_path), "XDG_CONFIG_DIRS": "", "XDG_DATA_DIRS": "/none"}

    assert tel.handled(tel._texts(tel._folders(where)))
