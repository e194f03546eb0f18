"""Where the console listens for what is handed in."""

import errno
import hashlib
import os
import socket
import stat
import sys
import tempfile
from pathlib import Path


def open_door(home: Path) -> socket.socket:
    """Return a bound socket that only this person can reach: a path or, on Windows, a port.

    Only the holder of the home's lock may ask for it: what lies in the place of the path is then
    a leftover, and is removed unless somebody answers behind it. Raises OSError.
    """
    if sys.platform == "win32":
        return loopback()
    trouble = OSError(errno.EADDRNOTAVAIL, "no place is good enough")
    for place in places(home):
        try:
            return _bound(place, private=place.parent != home.absolute())
        except OSError as why:
            trouble = why
            if why.errno == errno.EADDRINUSE:
                break
    raise trouble


def loopback() -> socket.socket:
    """Return a socket on a port of this computer alone. Raises OSError."""
    door = socket.socket(socket.AF_INET)
    try:
        door.bind(("127.0.0.1", 0))
    except OSError:
        door.close()
        raise
    return door


def places(home: Path) -> list[Path]:
    """Return the paths to try, best first.

    The last are for a home on a drive without sockets, or so deep that its path is longer than
    the 107 bytes that a socket may have (unix(7)).
    """
    key = hashlib.sha256(os.fsencode(os.path.realpath(home))).hexdigest()[:16]
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    found = [home.absolute() / "console.sock"]
    if os.path.isabs(runtime):
        found.insert(0, Path(runtime, "care-console", f"{key}.sock"))
    for folder in (tempfile.gettempdir(), "/tmp"):
        found.append(Path(folder, f"care-console-{os.getuid()}", f"{key}.sock"))
    return found


def _bound(place: Path, *, private: bool) -> socket.socket:
    if private:
        _make_private(place.parent)
    _clear(place)
    door = socket.socket(socket.AF_UNIX)
    before = os.umask(0o177)  # not chmod afterwards: there must be no moment in between
    try:
        door.bind(str(place))
    except OSError:
        door.close()
        raise
    finally:
        os.umask(before)
    return door


def _make_private(folder: Path) -> None:
    """Make ``folder`` for this person alone. Raises PermissionError if it is somebody else's."""
    folder.mkdir(mode=0o700, exist_ok=True)
    there = folder.lstat()
    if not stat.S_ISDIR(there.st_mode) or there.st_uid != os.getuid():
        raise PermissionError(errno.EPERM, "the folder is somebody else's", str(folder))
    if stat.S_IMODE(there.st_mode) & 0o077:
        folder.chmod(0o700)


def _clear(place: Path) -> None:
    """Remove a socket that a killed console has left. Raises OSError if somebody answers."""
    try:
        if not stat.S_ISSOCK(place.lstat().st_mode):
            raise FileExistsError(errno.EEXIST, "this is no socket", str(place))
    except FileNotFoundError:
        return
    with socket.socket(socket.AF_UNIX) as knock:
        knock.settimeout(1)
        try:
            knock.connect(str(place))
        except (ConnectionRefusedError, FileNotFoundError):
            place.unlink(missing_ok=True)
            return
        except (BlockingIOError, TimeoutError):
            pass  # somebody is there, and has their hands full
    raise OSError(errno.EADDRINUSE, "somebody listens here", str(place))
