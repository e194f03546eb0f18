"""Whether this computer has a telephone program of its own that takes ``tel:`` links."""

import re
import sys

from care_console.lines.mimeapps import first_program, kind_of_link, lists

OURS = "care-console"  # begins the name of what the console registers: it takes links in
_E164 = re.compile(r"\+[1-9][0-9]{6,14}")


def link(e164: str) -> str:
    """Return the link that dials a number (RFC 3966). Raises ValueError for all but E.164."""
    if _E164.fullmatch(e164) is None:
        raise ValueError("Only a number in E.164 is dialled.")
    return f"tel:{e164}"


def is_taken() -> bool:
    """Return whether a program other than the console takes such links."""
    if sys.platform == "win32":
        return _in_registry()
    if sys.platform == "darwin":
        return True  # FaceTime does
    program = first_program(lists(), kind_of_link("tel"))
    return bool(program) and not program.startswith(OURS)


def _in_registry() -> bool:
    if sys.platform != "win32":
        return False
    import winreg

    chosen = r"Software\Microsoft\Windows\Shell\Associations\UrlAssociations\tel\UserChoice"
    places = (
        (winreg.HKEY_CURRENT_USER, chosen, "ProgId"),
        (winreg.HKEY_CLASSES_ROOT, r"tel\shell\open\command", ""),
    )
    for root, path, name in places:
        try:
            with winreg.OpenKey(root, path) as key:
                program = str(winreg.QueryValueEx(key, name)[0])
        except OSError:
            continue
        return OURS not in program.casefold() and OURS.replace("-", "") not in program.casefold()
    return False
