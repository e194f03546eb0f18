"""Measures speed as ratios: ``python -m tests.benchmarks [--cards N] [--json] [--only NAME]``."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"  # never this computer's

from tests.benchmarks.run import main  # noqa: E402

if __name__ == "__main__":
    raise SystemExit(main())
