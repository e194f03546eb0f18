"""What is held only in a circle goes in the window's thread, and in no other."""

import gc
import weakref
from threading import Thread

import pytest
from PySide6.QtCore import QObject

from care_console.kit.collecting import Collecting


class Holder(QObject):
    """Holds itself, as a widget does whose slot is a closure over it."""

    def __init__(self):
        super().__init__()
        self.me = self


@pytest.fixture
def collecting(qapp):
    was_on = gc.isenabled()
    gc.enable()
    collecting = Collecting()
    yield collecting
    collecting.end()
    if not was_on:
        gc.disable()


def allocate():
    return [[] for _ in range(50_000)]


def test_another_thread_deletes_no_widget_and_this_one_does(collecting):
    collecting.begin()
    left = weakref.ref(Holder())
    other = Thread(target=allocate)
    other.start()
    other.join()
    assert left() is not None

    kept = allocate()
    collecting.look()

    assert left() is None
    assert len(kept) == 50_000


def test_afterwards_python_looks_for_itself_again(collecting):
    assert not gc.isenabled()
    collecting.begin()
    collecting.end()
    assert gc.isenabled()
