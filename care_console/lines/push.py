"""Hand one message to the console that runs for a home, with the standard library alone."""

# Softphones start this for every call: what is imported here is waited for.
import json
import os
import socket
import sys
import time

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

LOCK = "console.lock"  # in the home: held while a console runs, and says where it listens
MOST_BYTES = 1024
TRIES, PAUSE_S, PATIENCE_S = 5, 0.1, 3.0
FAR = 1 << 20  # Windows forbids others to read what is locked, so a byte behind the text is


def N_(words: str) -> str:
    """Mark ``words`` for the catalogue, as base.words does, which would bring gettext along."""
    return words


NOBODY = N_("No console is running for this home.")
STARTING = N_("The console is still starting. Please try again in a moment.")
STRANGER = N_("This home belongs to somebody else.")
SILENT = N_("The console is running, but it did not answer.")
TOO_LONG = N_("This is too long to be handed to the console.")


def push(home: str, message: dict[str, object]) -> str:
    """Give ``message`` to the console that runs for the folder ``home``.

    Returns "" when it was taken, else the sentence that says why not: one of those above, or
    the console's own. Waits for a console that is just starting, 0.4 s at the most, and 3 s for
    each part of its answer.
    """
    for attempt in range(TRIES):
        if attempt:
            time.sleep(PAUSE_S)
        door = find(home)
        if isinstance(door, str):
            return door
        wire = _connect(door.get("at"))
        if wire is not None:
            with wire:
                return _say(wire, message | {"token": door.get("token")})
    return STARTING


def default_home() -> str:
    """Return the home where none is named: that of the environment, else the usual one."""
    named = os.environ.get("CARE_CONSOLE_HOME", "")
    if named:
        return named
    if sys.platform in ("win32", "darwin"):
        from platformdirs import user_data_dir

        return user_data_dir("care-console")
    # what platformdirs would say, which is not waited for
    data = os.environ.get("XDG_DATA_HOME", "").strip() or os.path.expanduser("~/.local/share")
    return os.path.join(data, "care-console")


def find(home: str) -> dict[str, object] | str:
    """Return what the running console has written about itself, {} while it is starting.

    Returns the sentence that says why there is none, else.
    """
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        file = os.open(os.path.join(home, LOCK), flags)
    except PermissionError:
        return STRANGER
    except (OSError, ValueError):
        return NOBODY
    try:
        if hasattr(os, "getuid") and os.fstat(file).st_uid != os.getuid():
            return STRANGER
        if lock(file, alone=False):
            return NOBODY
        return read(file)
    except OSError:
        return NOBODY
    finally:
        os.close(file)


def read(file: int) -> dict[str, object]:
    """Return what a console has written into its open lock ``file``; {} if that is nothing."""
    os.lseek(file, 0, os.SEEK_SET)
    try:
        written = json.loads(os.read(file, 4096))
    except ValueError:
        return {}
    return written if isinstance(written, dict) else {}


def lock(file: int, *, alone: bool) -> bool:
    """Lock an open file, ``alone`` or beside others who do not want it alone.

    Returns False where that has to be waited for. The lock goes when the file is closed, however
    the process ends. Raises OSError where the drive knows no locks.
    """
    if sys.platform == "win32":
        os.lseek(file, FAR, os.SEEK_SET)
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
    else:
        try:
            fcntl.flock(file, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


def same_user(wire: socket.socket) -> bool:
    """Tell whether the other end of a Unix socket is run by the same person, where that is told."""
    if not hasattr(socket, "SO_PEERCRED") or wire.family != socket.AF_UNIX:
        return True  # the folder's and the file's rights, and the token, must do
    owner = wire.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12)  # struct ucred, unix(7)
    return int.from_bytes(owner[4:8], sys.byteorder) == os.getuid()


def _connect(at: object) -> socket.socket | None:
    """Return a wire to the path or the port ``at``, or None if nobody listens there."""
    place: str | tuple[str, int]
    if isinstance(at, str) and hasattr(socket, "AF_UNIX"):
        wire, place = socket.socket(socket.AF_UNIX), at
    elif isinstance(at, int):
        wire, place = socket.socket(socket.AF_INET), ("127.0.0.1", at)
    else:
        return None
    wire.settimeout(PATIENCE_S)
    try:
        wire.connect(place)
        if same_user(wire):
            return wire
    except (OSError, OverflowError):
        pass
    wire.close()
    return None


def _say(wire: socket.socket, message: dict[str, object]) -> str:
    """Send ``message`` and return "" or what the console has against it."""
    line = json.dumps(message, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
    if len(line) > MOST_BYTES:
        return TOO_LONG
    heard = b""
    try:  # noqa: SIM105 (contextlib would be one import more)
        wire.sendall(line)
    except OSError:
        pass  # who is turned away at the door is told why before they can speak
    try:
        while not heard.endswith(b"\n") and (part := wire.recv(4096)):
            heard += part
        answer = json.loads(heard)
        return "" if answer["ok"] else str(answer["why"])
    except (OSError, ValueError, LookupError, TypeError):
        return SILENT
