"""What is told over every page of the disk, the backups and the recovery code."""

import pytest

from care_console.store import Health, Standing
from care_console.window.safe import SafeBanner, health_words


@pytest.fixture
def banner(qtbot):
    banner = SafeBanner()
    qtbot.addWidget(banner)
    return banner


@pytest.mark.parametrize("standing", [each for each in Standing if each is not Standing.WELL])
def test_each_trouble_of_the_disk_is_said_with_what_to_do(standing):
    text, rest = health_words(Health(standing, "Not saved: the disk is full.", 100 * 2**20))

    assert text.endswith(".")
    assert rest.endswith(".")


def test_nothing_is_said_while_all_is_well(banner):
    banner.show_health(Health())
    banner.show_backups("")
    banner.show_code(False)

    assert banner.isHidden()


def test_a_full_disk_is_told_until_there_is_room_again(banner):
    banner.show_health(Health(Standing.READ_ONLY, "Not saved: the disk is full."))
    assert not banner.isHidden()
    assert "what you typed is still there" in banner.disk.words.text()

    banner.show_health(Health())
    assert banner.isHidden()


def test_a_missing_recovery_code_can_wait(banner):
    banner.show_code(True)
    assert not banner.isHidden()
    banner.later.click()
    assert banner.isHidden()
