"""Files that are written whole or not at all, and outlive a power cut."""

import os
from contextlib import suppress
from pathlib import Path


def write_private(file: Path, text: str) -> None:
    """Write ``file`` whole or not at all, for its owner alone. Raises OSError."""
    new = file.with_name(f"{file.name}.new")
    with suppress(FileNotFoundError):
        new.unlink()
    with os.fdopen(
        os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
    ) as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    os.replace(new, file)
    sync_folder(file.parent)


def sync(file: Path) -> None:
    """Have what was written to ``file`` on the disk when this returns. Raises OSError."""
    opened = os.open(file, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def sync_folder(folder: Path) -> None:
    """Have the names in ``folder`` on the disk; Windows does that by itself."""
    if os.name == "posix":
        with suppress(OSError):  # some file systems know no such thing
            sync(folder)
