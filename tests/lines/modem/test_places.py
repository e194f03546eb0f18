"""Tests of where a modem is found."""

import pytest

from care_console.lines.modem.places import Place, place_of, usb_of

MODEM = Place("/dev/ttyACM0", "USB Modem", "0572:1340:24680246")
MOVED = Place("/dev/ttyACM1", "USB Modem", "0572:1340:24680246")
SCALE = Place("/dev/ttyUSB0", "Scale", "067b:2303")
BUILT_IN = Place("/dev/ttyS0")


@pytest.mark.parametrize(
    ("told", "there", "last", "found"),
    [
        ("/dev/ttyS0", [BUILT_IN], "", "/dev/ttyS0"),
        ("COM3", [], "", "COM3"),
        ("0572:1340", [SCALE, MODEM], "", "/dev/ttyACM0"),
        ("0572:1340:24680246", [MODEM], "", "/dev/ttyACM0"),
        ("0572:1340:999", [MODEM], "", None),
        ("0572:1340", [SCALE], "", None),
        ("0572:134", [MODEM], "", "0572:134"),
        ("", [MODEM, BUILT_IN], "", "/dev/ttyACM0"),
        ("", [MODEM, SCALE], "", None),
        ("", [MODEM, SCALE], "0572:1340:24680246", "/dev/ttyACM0"),
        ("/dev/ttyACM0", [MOVED, SCALE], "0572:1340:24680246", "/dev/ttyACM1"),
        ("", [], "", None),
    ],
)
def test_it_is_found_by_what_it_is_and_not_by_what_the_system_calls_it(told, there, last, found):
    assert place_of(told, there, last) == found


def test_a_port_tells_its_usb_name():
    assert usb_of("/dev/ttyACM0", [BUILT_IN, MODEM]) == "0572:1340:24680246"
    assert usb_of("/dev/ttyS0", [BUILT_IN, MODEM]) == ""
