"""Tests of telephone links that come to the console."""

import shutil
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care_console.lines import links
from care_console.lines.links import ENTRY, entry, leave, take, taken, with_ours, without
from care_console.lines.mimeapps import DEFAULTS

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="a list of the Linux desktops")

OTHER = """[Added Associations]
text/plain=editor.desktop;

[Default Applications]
text/html=browser.desktop
x-scheme-handler/tel=phone.desktop;
"""


@pytest.fixture(autouse=True)
def _own_desktop(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


def test_links_are_taken_and_given_back(tmp_path):
    assert not taken()

    take()

    assert taken()
    assert (tmp_path / "data" / "applications" / ENTRY).exists()

    leave()

    assert not taken()
    assert not (tmp_path / "data" / "applications" / ENTRY).exists()
    leave()  # twice does nothing


def test_who_had_them_before_has_them_again(tmp_path):
    listed = tmp_path / "config" / "mimeapps.list"
    listed.parent.mkdir()
    listed.write_text(OTHER)

    take()
    kept = listed.read_text()
    take()
    leave()

    assert f"x-scheme-handler/tel={ENTRY};phone.desktop;" in kept
    assert "text/html=browser.desktop" in kept
    assert listed.read_text().strip() == OTHER.strip()


@given(st.lists(st.sampled_from([*OTHER.splitlines(), "", "#", DEFAULTS, "x=y"])).map("\n".join))
def test_ours_is_first_once_and_nothing_else_is_lost(listed):
    once = with_ours(listed)

    assert with_ours(once) == once
    assert once.count(ENTRY) >= len(links.SCHEMES)
    for line in listed.splitlines():
        assert line.partition("=")[2] in once
    assert without(once).count(ENTRY) == 0


@pytest.mark.parametrize(
    "run",
    [["/opt/care console/bin/care-console", "ring"], ["/a$b", 'quo"te', "back`tick", "100%"]],
)
def test_the_desktop_runs_what_is_meant_and_nothing_else(run):
    written = next(each for each in entry(run).splitlines() if each.startswith("Exec="))
    value = written.removeprefix("Exec=").replace("\\\\", "\\")  # as a value is read first

    assert value.endswith(" %u")
    words = value.removesuffix(" %u").replace("%%", "%")  # a shell quotes as the desktops do
    said = subprocess.run(["sh", "-c", f"printf '%s\\n' {words}"], capture_output=True, check=True)
    assert said.stdout.decode().splitlines() == run


def test_what_is_run_tells_the_console():
    run = links.command()

    said = subprocess.run([*run, "--help"], capture_output=True, text=True, check=False)

    assert said.returncode == 0
    assert "care-console ring NUMBER" in said.stdout


@pytest.mark.skipif(shutil.which("desktop-file-validate") is None, reason="no such tool here")
def test_the_entry_is_one_by_the_specification(tmp_path):
    file = tmp_path / ENTRY
    file.write_text(entry(["/usr/bin/care-console", "ring"]))

    assert subprocess.run(["desktop-file-validate", file], check=False).returncode == 0


def test_a_list_that_cannot_be_written_is_told_in_words(tmp_path):
    (tmp_path / "config").write_text("a file where a folder should be")

    with pytest.raises(links.CannotTake, match="could not be written"):
        take()


def test_no_folder_writes_a_line_of_its_own_into_the_entry(tmp_path):
    with pytest.raises(links.CannotTake, match="nobody can see"):
        take(tmp_path / "home\nExec=something-else")

    assert not taken()


def test_a_folder_of_the_environment_that_is_none_is_passed_over(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", "somewhere")
    monkeypatch.chdir(tmp_path)

    take()

    assert (tmp_path / ".config" / "mimeapps.list").exists()
    assert not (tmp_path / "somewhere").exists()
