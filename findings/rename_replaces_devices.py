"""Renaming a file over a pipe succeeds, and the pipe is gone: as root, the same holds of ``/dev/null``."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

with tempfile.TemporaryDirectory() as folder:
    pipe, file = Path(folder, "pipe"), Path(folder, "file")
    os.mkfifo(pipe)
    file.write_text("a result")
    file.replace(pipe)
    gone = not pipe.is_fifo()
sys.stdout.write(f"the pipe is {'gone' if gone else 'there'}\n")
sys.exit(0 if gone else 1)
