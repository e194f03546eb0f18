"""What the tests of settings share."""

import keyring
import pytest

from tests.settings.pretend_keyring import PretendKeyring


@pytest.fixture
def ring():
    """A keyring that this computer has while the test runs."""
    before, pretend = keyring.get_keyring(), PretendKeyring()
    keyring.set_keyring(pretend)
    yield pretend
    keyring.set_keyring(before)
