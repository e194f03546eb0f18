"""Where a modem is plugged in, whatever the system calls the place this time."""

import re
from dataclasses import dataclass

USB = re.compile(r"([0-9a-f]{4}):([0-9a-f]{4})(?::(\S+))?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """A port of this computer, and what is plugged in there."""

    device: str  # /dev/ttyACM0, COM3
    what: str = ""  # in the words of its maker
    usb: str = ""  # vendor and product, and the serial number if it has one: 0572:1340:24680246


def places() -> list[Place]:
    """Return the ports of this computer, those of USB first. May take some 10 ms."""
    from serial.tools.list_ports import comports

    found = [Place(each.device, each.description or "", _usb(each)) for each in comports()]
    return sorted(found, key=lambda each: (not each.usb, each.device))


def place_of(told: str, there: list[Place], last: str = "") -> str | None:
    """Return the device that is meant by ``told``, or None while it is not plugged in.

    That is a device, a USB name, or nothing: the only modem that there is. ``last`` is the USB
    name of what was there before: the system may call it otherwise when it comes back.
    """
    named = USB.fullmatch(told)
    wanted = told if named else last
    if wanted:
        same = [each.device for each in there if each.usb and _fits(wanted, each.usb)]
        if same:
            return same[0]
    if named:
        return None
    if told:
        return told
    plugged = [each.device for each in there if each.usb]
    return plugged[0] if len(plugged) == 1 else None


def usb_of(device: str, there: list[Place]) -> str:
    """Return the USB name of what is plugged in at ``device``, or nothing."""
    return next((each.usb for each in there if each.device == device), "")


def _fits(wanted: str, usb: str) -> bool:
    return f"{usb}:".casefold().startswith(f"{wanted}:".casefold())


def _usb(port: object) -> str:
    vendor, product = getattr(port, "vid", None), getattr(port, "pid", None)
    if vendor is None or product is None:
        return ""
    serial = getattr(port, "serial_number", None)
    return f"{vendor:04x}:{product:04x}" + (f":{serial}" if serial else "")
