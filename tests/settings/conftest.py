"""What the tests of settings share."""

import keyring
import pytest

from care_console.settings.home import Home
from tests.settings.pretend_keyring import PretendKeyring


@pytest.fixture
def ring():
    """A keyring that this computer has while the test runs."""
    before, pretend = keyring.get_keyring(), PretendKeyring()
    keyring.set_keyring(pretend)
    yield pretend
    keyring.set_keyring(before)


@pytest.fixture
def home(tmp_path):
    """A home with the options of a workstation in it."""
    home = Home.at(tmp_path / "home", create=True)
    desk = home.begin()
    home.unfinished_records.touch()
    home.finish(desk)
    return Home.at(home.folder)
