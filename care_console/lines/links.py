"""Telephone links of this computer, such as ``tel:`` on a web page, and who is told of them."""

import os
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from care_console.base.errors import CareError
from care_console.base.files import write_private
from care_console.base.names import clean
from care_console.base.words import N_
from care_console.lines.mimeapps import (
    DEFAULTS,
    LISTED,
    kind_of_link,
    own_applications,
    own_config,
    programs,
)
from care_console.lines.push import default_home

SCHEMES = ("tel", "callto", "sip")
ENTRY = "care-console-ring.desktop"
PROGRAM, PROG_ID = "CARE Console", "CareConsole.Call"
FROM_SOURCE = Path(__file__).resolve().parents[2] / "main.py"
PATIENCE_S = 10  # for the desktop to look at its list anew

NOT_HERE = N_(
    "This computer does not let a program take telephone links. Let the softphone run {command}"
    " for each call instead."
)
NOT_WRITTEN = N_("The list of programs could not be written: {why}")
ODD_FOLDER = N_("The name of a folder has signs in it that nobody can see: {folder}")


class CannotTake(CareError):
    """Telephone links of this computer cannot be given to the console."""


def command(home: Path | None = None) -> list[str]:
    """Return what is run with a link behind it, for the ``home`` if it is not the usual one."""
    name = "care-console.exe" if sys.platform == "win32" else "care-console"
    scripts = (Path(sys.argv[0]).resolve(), Path(sys.executable).with_name(name))
    script = next((each for each in scripts if each.name == name and each.exists()), None)
    begin = [sys.executable, str(FROM_SOURCE)] if script is None else [str(script)]
    usual = home is None or home.resolve() == Path(default_home()).resolve()
    return [*begin, "ring", *([] if usual else ["--home", str(home)])]


def taken() -> bool:
    """Return whether telephone links come to the console. May read a small file."""
    if sys.platform == "win32":
        return _windows_has()
    with suppress(OSError, UnicodeDecodeError):
        listed = _list().read_text("utf-8")
        chosen = [programs(listed, kind_of_link(each), DEFAULTS)[:1] for each in SCHEMES]
        return all(first == [ENTRY] for first in chosen)
    return False


def take(home: Path | None = None) -> None:
    """Have telephone links come to the console of ``home``. Raises CannotTake."""
    if sys.platform == "win32":
        _windows_take(home)
    elif sys.platform == "darwin":
        raise CannotTake(NOT_HERE, command=" ".join(command(home)))
    else:
        _desktop_take(home)


def leave() -> None:
    """Give them back to whoever had them before. Raises CannotTake."""
    if sys.platform == "win32":
        _windows_leave()
        return
    try:
        if _list().exists():
            write_private(_list(), without(_list().read_text("utf-8")))
        (own_applications() / ENTRY).unlink(missing_ok=True)
    except (OSError, UnicodeDecodeError) as error:
        raise CannotTake(NOT_WRITTEN, why=error) from error
    _look_anew()


def entry(run: list[str]) -> str:
    """Return the desktop entry of a program that gets a link as its last word.

    Freedesktop's Desktop Entry Specification 1.5: sections 7 (quoting) and 11 (MIME types).
    Raises CannotTake for a word with a line break, which would begin another line of the entry.
    """
    for word in run:
        if not word.isprintable():
            raise CannotTake(ODD_FOLDER, folder=clean(word, 200))
    return "\n".join(
        (
            "[Desktop Entry]",
            "Type=Application",
            f"Name={PROGRAM}",
            f"Exec={' '.join(map(_quoted, run))} %u",
            "NoDisplay=true",
            "Terminal=false",
            f"MimeType={''.join(f'{kind_of_link(each)};' for each in SCHEMES)}",
            "",
        )
    )


def with_ours(listed: str) -> str:
    """Return a list of default programs in which ours comes first for each telephone link.

    MIME Applications Associations 1.0.1: whoever was first before comes second now.
    """
    ours = {kind_of_link(each) for each in SCHEMES}
    lines, here, done = [], False, False
    for line in _without_lines(listed):
        if line.strip().startswith("["):
            here = line.strip() == DEFAULTS
        key, sign, others = line.partition("=")
        if here and sign and key.strip() in ours:
            ours.discard(key.strip())
            line = f"{key.strip()}={ENTRY};{others.strip()}"
        lines.append(line)
        if here and line.strip() == DEFAULTS:
            done = True
    if not done:
        lines += [*([""] if lines else []), DEFAULTS]
    at = next(n for n, line in enumerate(lines) if line.strip() == DEFAULTS)
    lines[at + 1 : at + 1] = [f"{kind}={ENTRY};" for kind in sorted(ours)]
    return "\n".join(lines) + "\n"


def without(listed: str) -> str:
    """Return a list of default programs without ours."""
    return "\n".join([*_without_lines(listed), ""]) if listed.strip() else listed


def _without_lines(listed: str) -> list[str]:
    found = []
    for line in listed.splitlines():
        key, sign, programs = line.partition("=")
        if sign and ENTRY in programs:
            left = [each for each in programs.strip().split(";") if each not in ("", ENTRY)]
            if not left:
                continue
            line = f"{key}={';'.join(left)};"
        found.append(line)
    return found


def _desktop_take(home: Path | None) -> None:
    try:
        own_applications().mkdir(parents=True, exist_ok=True)
        _list().parent.mkdir(parents=True, exist_ok=True)
        (own_applications() / ENTRY).write_text(entry(command(home)), "utf-8")
        listed = _list().read_text("utf-8") if _list().exists() else ""
        write_private(_list(), with_ours(listed))
    except (OSError, UnicodeDecodeError) as error:
        raise CannotTake(NOT_WRITTEN, why=error) from error
    _look_anew()


def _look_anew() -> None:
    """Let the desktop read its programs again, where it has to be told."""
    tool = shutil.which("update-desktop-database")
    if tool is not None:
        with suppress(OSError, subprocess.SubprocessError):
            subprocess.run(
                [tool, str(own_applications())],
                timeout=PATIENCE_S,
                capture_output=True,
                check=False,
            )


def _list() -> Path:
    return own_config() / LISTED


def _quoted(word: str) -> str:
    for sign in ("\\", '"', "`", "$"):
        word = word.replace(sign, f"\\{sign}")
    return '"' + word.replace("\\", "\\\\").replace("%", "%%") + '"'


if sys.platform == "win32":  # pragma: no cover
    import winreg

    _OWN = r"Software\CareConsole\Capabilities"

    def _windows_has() -> bool:
        with suppress(OSError):
            for scheme in SCHEMES:
                chosen = (
                    r"Software\Microsoft\Windows\Shell\Associations\UrlAssociations"
                    rf"\{scheme}\UserChoice"
                )
                with winreg.OpenKey(winreg.HKEY_CURRENT_USER, chosen) as key:
                    if winreg.QueryValueEx(key, "ProgId")[0] != PROG_ID:
                        return False
            return True
        return False

    def _windows_take(home: Path | None) -> None:
        """Offer ourselves; since Windows 8 a person has to choose, in the page that opens."""
        run = subprocess.list2cmdline(command(home)) + ' "%1"'
        try:
            _put(rf"Software\Classes\{PROG_ID}", "", PROGRAM)
            _put(rf"Software\Classes\{PROG_ID}", "URL Protocol", "")
            _put(rf"Software\Classes\{PROG_ID}\shell\open\command", "", run)
            _put(_OWN, "ApplicationName", PROGRAM)
            for scheme in SCHEMES:
                _put(rf"{_OWN}\URLAssociations", scheme, PROG_ID)
            _put(r"Software\RegisteredApplications", PROGRAM, _OWN)
            os.startfile("ms-settings:defaultapps")
        except OSError as error:
            raise CannotTake(NOT_WRITTEN, why=error) from error

    def _windows_leave() -> None:
        for place in (
            rf"Software\Classes\{PROG_ID}\shell\open\command",
            rf"Software\Classes\{PROG_ID}\shell\open",
            rf"Software\Classes\{PROG_ID}\shell",
            rf"Software\Classes\{PROG_ID}",
            rf"{_OWN}\URLAssociations",
            _OWN,
        ):
            with suppress(OSError):
                winreg.DeleteKey(winreg.HKEY_CURRENT_USER, place)
        with (
            suppress(OSError),
            winreg.OpenKey(
                winreg.HKEY_CURRENT_USER,
                r"Software\RegisteredApplications",
                0,
                winreg.KEY_SET_VALUE,
            ) as key,
        ):
            winreg.DeleteValue(key, PROGRAM)

    def _put(place: str, name: str, value: str) -> None:
        with winreg.CreateKey(winreg.HKEY_CURRENT_USER, place) as key:
            winreg.SetValueEx(key, name, 0, winreg.REG_SZ, value)
