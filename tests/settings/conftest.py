"""What the tests of settings share."""

import keyring
import pytest

from care_console.settings.home import Home
from care_console.settings.pane.telephone import TelephonePage
from care_console.settings.running import Running
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


@pytest.fixture
def telephone(services, home, pretend_kind):
    return services.telephone(home)


@pytest.fixture
def running(telephone, loop):
    running = Running(telephone, lambda line: None, lambda line: None)
    yield running
    loop.run_until_complete(running.close())


@pytest.fixture
def own_desktop(tmp_path, monkeypatch):
    """Where this desktop lists who gets links; it is not that of whoever runs the tests."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return tmp_path / "config" / "mimeapps.list"


@pytest.fixture
def page(qtbot, telephone, running, act):
    """The page, on the screen."""
    page = TelephonePage(telephone, running, act)
    page.hindrances, page.acts = [], []
    page.errands.hindered.connect(page.hindrances.append)
    page.acted.connect(page.acts.append)
    qtbot.addWidget(page)
    page.resize(900, 640)
    page.show()
    page.activateWindow()
    return page
