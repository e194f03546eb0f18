"""Folders of other computers, on which a file of records would be spoilt."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from care_console.base.words import N_
from care_console.store.troubles import CannotOpen

MOUNTS = Path("/proc/self/mounts")
DRIVE_REMOTE = 4  # what Windows' GetDriveType says of a folder of another computer

SHARED = frozenset(  # what Linux calls a file system that is another computer's
    (
        *("nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "afp", "coda", "davfs"),
        *("ceph", "glusterfs", "lustre", "beegfs", "gpfs", "orangefs", "pvfs2", "ocfs2", "gfs2"),
        *("fuse.sshfs", "fuse.rclone", "fuse.s3fs", "fuse.gvfsd-fuse", "fuse.davfs2"),
        *("fuse.glusterfs", "fuse.ceph", "fuse.smbnetfs", "fuse.curlftpfs", "fuse.kio-fuse"),
    )
)


def refuse_share(file: Path) -> None:
    """Raise CannotOpen if ``file`` is on another computer: SQLite's locks do not hold there."""
    if kind := _share(file):
        raise CannotOpen(
            N_(
                "{folder} is a folder of another computer ({kind}). Records in a file are kept "
                "on this computer only, or two desks would spoil them. For several desks name a "
                "PostgreSQL database in desk.toml."
            ),
            folder=file.parent,
            kind=kind,
        )


def share_at(mounts: str, folder: str) -> str:
    """Return the kind of file system at ``folder`` if it is another computer's, else "".

    ``mounts`` is what Linux says in /proc/self/mounts (proc(5), fstab(5)): a line for each, of
    which a later one lies over an earlier one.
    """
    found, longest = "", -1
    for place, kind in _mounts(mounts):
        inside = folder == place or folder.startswith(place.rstrip("/") + "/")
        if inside and len(place) >= longest:
            found, longest = kind, len(place)
    return found if found in SHARED else ""


def _mounts(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        fields = line.split(" ")
        if len(fields) >= 3:
            yield _plain(fields[1]), fields[2]


def _plain(escaped: str) -> str:
    """Return a path in which \\040 and the like are the characters that they stand for."""
    for code in ("\\040", "\\011", "\\012"):
        escaped = escaped.replace(code, chr(int(code[1:], 8)))
    return escaped.replace("\\134", "\\")


def _share(file: Path) -> str:
    folder = os.path.realpath(file.parent)
    if sys.platform == "win32":
        return _windows_share(folder)
    try:
        return share_at(MOUNTS.read_text("utf-8", "surrogateescape"), folder)
    except OSError:  # not Linux
        return ""


def _windows_share(folder: str) -> str:
    drive = os.path.splitdrive(folder)[0]
    if drive.startswith("\\\\"):
        return "SMB"
    import ctypes

    drive_type = getattr(ctypes, "windll").kernel32.GetDriveTypeW  # noqa: B009 (only there)
    return "SMB" if drive_type(f"{drive}\\") == DRIVE_REMOTE else ""
