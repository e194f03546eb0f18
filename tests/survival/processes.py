"""A proof runs in a process of its own, without threads, which can be forked."""

import json
import os
import subprocess
import sys


def told_by(proof, folder, *words):
    """Run ``tests.survival.<proof>`` over a home in ``folder``; return what it tells."""
    ran = subprocess.run(
        [sys.executable, "-m", f"tests.survival.{proof}", str(folder), *words],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.getcwd()},
    )
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)
