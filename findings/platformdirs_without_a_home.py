"""For a user without a home, platformdirs returns a relative folder ``~/.cache``, or raises; by its version."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from unittest import mock

from platformdirs import user_cache_dir

with mock.patch.dict(os.environ, clear=True), mock.patch.object(os.path, "expanduser", lambda path: path):
    try:
        told = user_cache_dir("regionmap", appauthor=False)
    except RuntimeError as error:
        told = f"RuntimeError: {error}"
sys.stdout.write(f"{told}\n")
sys.exit(0 if not Path(told).is_absolute() else 1)
