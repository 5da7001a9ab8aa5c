"""Answers for assistants: a server of the Model Context Protocol over standard input and output."""

from __future__ import annotations

import signal
from pathlib import Path

from regionmap.errors import MissingExtraError
from regionmap.i18n import t


def serve(catalogue: Path | None = None) -> None:
    """Answer an assistant until it closes standard input.

    Args:
        catalogue: a folder of one's own policy files, laid over the bundled ones.

    Raises:
        MissingExtraError: the SDK of the protocol is not installed, or is one of before 2.3.
        CatalogueError: files of ``catalogue`` do not hold.
    """
    try:
        from mcp.server.mcpserver import MCPServer  # noqa: F401
    except ImportError:
        raise MissingExtraError.of(t("a server for assistants"), "mcp") from None
    import regionmap
    from regionmap.mcp_server.server import make_server

    server = make_server(regionmap.load(catalogue))
    # It only reads, so that a signal may end it at once. An orderly end would wait for the next line of input, which
    # a thread of the SDK reads.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)
    server.run()
