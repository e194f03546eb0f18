"""The one console that may run for a home."""

import errno
import json
import os
import socket
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from care_console.base.errors import CareError
from care_console.base.words import N_
from care_console.lines import push

TRIES, PAUSE_S = 5, 0.02  # a push looks at the lock for some microseconds
ROOM = 512  # bytes, taken at once: what is written later needs no more of a disk that is full


class CannotStart(CareError):
    """The home cannot be locked, so it is not known whether another console runs for it."""


class Instance:
    """Holds the lock of a home until ``release``, or until the process ends in whatever way."""

    def __init__(self, home: Path, file: int) -> None:
        """``file`` is the lock, open and locked; ``take`` is the way to one."""
        self.home = home
        self._file: int | None = file

    @classmethod
    def take(cls, home: Path) -> "Instance | None":
        """Return the lock of ``home``, or None while another console of this computer has it.

        A missing folder is made (0700). Raises CannotStart where the folder cannot be written to
        or knows no locks, and where a console of another computer has it.
        """
        instance = None
        try:
            instance = cls(home, _open(home))
            if not instance._has_locked():
                instance.release()
                return None
            instance.publish(None, "")
        except OSError as trouble:
            if instance is not None:
                instance.release()
            raise _hindrance(home, trouble) from trouble
        return instance

    def publish(self, at: str | int | None, token: str) -> None:
        """Write where the console listens: a path, a port of this computer, or not yet.

        ``token`` is what a message has to carry. Raises OSError.
        """
        if self._file is None:
            return
        said = {"pid": os.getpid(), "computer": socket.gethostname(), "at": at, "token": token}
        text = json.dumps(said).encode().ljust(ROOM - 1) + b"\n"
        os.lseek(self._file, 0, os.SEEK_SET)
        os.write(self._file, text)  # one call, so that nobody reads the half of it
        os.ftruncate(self._file, ROOM)

    def release(self) -> None:
        """Let another console have the home. The file stays: to delete it would fool a third."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def _has_locked(self) -> bool:
        """Tell whether nobody else had the lock. Raises CannotStart, and then holds nothing."""
        file = self._file
        assert file is not None
        try:
            for attempt in range(TRIES):
                if push.lock(file, alone=True):
                    return True
                if attempt + 1 < TRIES:
                    time.sleep(PAUSE_S)
        except OSError as trouble:
            self.release()
            raise CannotStart(NO_LOCKS, folder=self.home) from trouble
        here = socket.gethostname()
        computer = push.read(file).get("computer", here)
        if computer != here:
            self.release()
            raise CannotStart(OTHER_COMPUTER, folder=self.home, computer=computer)
        return False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        trouble: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()


NO_LOCKS = N_(
    "{folder} cannot be locked, as on some network drives. Please choose a folder on this computer."
)
NO_ROOM = N_("There is no room in {folder}: the disk is full.")
NOT_OURS = N_("{folder} belongs to somebody else, so the console cannot be started in it.")
NOT_WRITABLE = N_("{folder} cannot be written to, so the console cannot be started in it.")
OTHER_COMPUTER = N_("A console runs for {folder} on another computer, {computer}.")


def _open(home: Path) -> int:
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
    file = os.open(home / push.LOCK, flags, 0o600)
    if hasattr(os, "getuid") and os.fstat(file).st_uid != os.getuid():
        os.close(file)
        raise PermissionError
    return file


def _hindrance(home: Path, trouble: OSError) -> CannotStart:
    if trouble.errno in (errno.ENOSPC, errno.EDQUOT):
        return CannotStart(NO_ROOM, folder=home)
    foreign = isinstance(trouble, PermissionError) and os.path.exists(home / push.LOCK)
    return CannotStart(NOT_OURS if foreign else NOT_WRITABLE, folder=home)
