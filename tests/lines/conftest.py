"""What the tests of the lines may ask for."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from care_console.lines.handin import HandInLine
from care_console.lines.instance import Instance


@pytest.fixture(autouse=True)
def runtime(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder for sockets; tmp_path is too long for some."""
    with tempfile.TemporaryDirectory(prefix="care") as folder:
        monkeypatch.setenv("XDG_RUNTIME_DIR", folder)
        yield Path(folder)


@pytest.fixture
def home() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="home") as folder:
        os.chmod(folder, 0o700)
        yield Path(folder)


@pytest.fixture
def instance(home: Path) -> Iterator[Instance]:
    instance = Instance.take(home)
    assert instance is not None
    with instance:
        yield instance


@pytest.fixture
def line(loop, instance, clock) -> Iterator[HandInLine]:
    """A line that listens, on the application's loop."""
    line = HandInLine(instance, clock)
    assert loop.run_until_complete(line.open())
    yield line
    loop.run_until_complete(line.close())
