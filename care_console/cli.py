"""The command line: the window, or what it knows without one."""

import sys
from collections.abc import Sequence

# Nothing else up here: a softphone runs ``ring`` for each call and waits for it.


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the command line asks for; return the exit status, which is 2 after a hindrance."""
    words = list(sys.argv[1:] if argv is None else argv)
    if "ring" in words:
        from care_console.lines.ring_command import is_ring, ring_command

        if is_ring(words):
            return ring_command(words)
    from care_console.commands import run

    return run(words)
