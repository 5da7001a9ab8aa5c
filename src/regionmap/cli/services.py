"""Commands that hand the catalogue to other programs: a server for assistants."""

from __future__ import annotations

from pathlib import Path

import click

from regionmap.cli.options import catalogue_option


@click.command("mcp")
@catalogue_option
def mcp_command(catalogue: Path | None) -> None:
    """Answer an assistant over standard input and output (Model Context Protocol)."""
    from regionmap.mcp_server import serve

    serve(catalogue)
