"""After a power cut at any moment the records are whole, and all that was called saved is there."""

import os
import shutil

import pytest

from tests.survival import cutting

MISSING = "no strace on this machine (Debian: apt-get install strace): power cuts are not simulated"
pytestmark = pytest.mark.skipif(shutil.which("strace") is None, reason=MISSING)


@pytest.fixture(autouse=True)
def found(monkeypatch):
    """Let the watched desk find this project."""
    monkeypatch.setenv("PYTHONPATH", os.getcwd())
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")


@pytest.mark.long
@pytest.mark.timeout(900)
def test_of_800_power_cuts_none_corrupts_and_none_loses(tmp_path):
    told = cutting.main(str(tmp_path / "cut"), 800, "safe")

    print(told)  # noqa: T201
    assert told["syncs"] > 40
    assert (told["corrupt"], told["lost"]) == (0, 0)


@pytest.mark.long
@pytest.mark.timeout(900)
def test_the_control_that_syncs_nothing_is_corrupt(tmp_path):
    told = cutting.main(str(tmp_path / "cut"), 200, "unsafe")

    print(told)  # noqa: T201
    assert told["corrupt"] > 0
