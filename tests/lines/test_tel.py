"""A link dials only what our own parser wrote, and only where a program takes it."""

import pytest

from care_console.lines import links, tel


@pytest.mark.parametrize("number", ["999", "020 7946 0123", "+44 20", "+442079460123;x", "", "+0"])
def test_all_but_a_number_in_e164_makes_no_link(number):
    with pytest.raises(ValueError, match="E.164"):
        tel.link(number)


def test_a_number_in_e164_makes_a_link():
    assert tel.link("+442079460123") == "tel:+442079460123"


@pytest.fixture
def listed(tmp_path, monkeypatch):
    """Write the lists of a desktop: the person's own, and that of all."""
    monkeypatch.setattr("sys.platform", "linux")
    for name, folder in (("XDG_CONFIG_HOME", "own"), ("XDG_CONFIG_DIRS", "all")):
        monkeypatch.setenv(name, str(tmp_path / folder))
        (tmp_path / folder).mkdir()
    for name in ("XDG_DATA_HOME", "XDG_DATA_DIRS"):
        monkeypatch.setenv(name, str(tmp_path / "data"))
    (tmp_path / "data/applications").mkdir(parents=True)

    def listed(own="", of_all="", cache=""):
        (tmp_path / "own/mimeapps.list").write_text(own)
        (tmp_path / "all/mimeapps.list").write_text(of_all)
        (tmp_path / "data/applications/mimeinfo.cache").write_text(cache)

    return listed


CHOSEN, ABLE = "[Default Applications]\n", "[Added Associations]\n"
GONE, CACHE = "[Removed Associations]\n", "[MIME Cache]\n"
PHONE = "x-scheme-handler/tel=linphone.desktop;\n"
OURS = "x-scheme-handler/tel=care-console-ring.desktop;linphone.desktop\n"


@pytest.mark.parametrize(
    ("own", "of_all", "cache", "taken"),
    [
        ("", "", "", False),
        (CHOSEN + PHONE, "", "", True),
        ("", CHOSEN + PHONE, "", True),
        ("", "", CACHE + PHONE, True),
        (ABLE + PHONE, "", "", True),
        (CHOSEN + "x-scheme-handler/sip=linphone.desktop\n", "", "", False),
        (CHOSEN + "x-scheme-handler/tel=\n", CHOSEN + PHONE, "", True),
        (CHOSEN + OURS, "", "", False),
        (CHOSEN + OURS, CHOSEN + PHONE, CACHE + PHONE, False),
        (CHOSEN + PHONE, ABLE + OURS, CACHE + OURS, True),
        (ABLE + OURS, CHOSEN + PHONE, "", True),
        (GONE + PHONE, "", "", False),
        (GONE + PHONE, "", CACHE + PHONE, False),
    ],
)
def test_a_program_other_than_the_console_takes_links_if_the_desktop_would_give_it_them(
    listed, own, of_all, cache, taken
):
    listed(own, of_all, cache)

    assert tel.is_taken() is taken


def test_both_sides_read_one_list_alike(listed, tmp_path):
    listed(CHOSEN + PHONE)
    assert tel.is_taken()
    assert not links.taken()
    links.take(tmp_path)

    assert links.taken()
    assert not tel.is_taken()
