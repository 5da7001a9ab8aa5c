"""Runs the notebooks of the pages in the process that builds them, so that they show what today's program answers.

No kernel is started: a kernel is another process behind five TCP ports, and two builds side by side were seen to wait
for one for ever. The notebooks are kept without outputs; a test runs them under a real kernel as well.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import tempfile
from typing import Any

from sphinx.errors import ExtensionError


def executed(text: str, name: str) -> str:
    """Return the JSON of a notebook with the outputs of its cells.

    Raises:
        ExtensionError: a cell raised an error.
    """
    os.environ.setdefault("IPYTHONDIR", tempfile.mkdtemp())  # before the import, which would use the user's own
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    book = json.loads(text)
    shell = InteractiveShell(config=Config(HistoryManager={"enabled": False}))  # type: ignore[no-untyped-call]
    for number, cell in enumerate((one for one in book["cells"] if one["cell_type"] == "code"), 1):
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            result = shell.run_cell("".join(cell["source"]))  # type: ignore[no-untyped-call]
        if not result.success:
            raise ExtensionError(f"{name}: cell {number}: {result.error_in_exec or result.error_before_exec!r}")
        cell["execution_count"] = number
        cell["outputs"] = [] if result.result is None else [_output(shell, result.result, number)]
    return json.dumps(book, ensure_ascii=False)


def _output(shell: Any, value: object, number: int) -> dict[str, Any]:
    data, metadata = shell.display_formatter.format(value)
    return {"output_type": "execute_result", "execution_count": number, "data": data, "metadata": metadata}
