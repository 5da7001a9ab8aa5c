"""The group of all commands: their order, a word that names none, and a reader who closes the pipe."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

import click

from regionmap.cli import usage
from regionmap.cli.help import HelpfulCommand
from regionmap.errors import InputError


class EnoughReadError(Exception):
    """Whoever reads standard output has closed it; click would end with another status for a broken pipe."""


@contextlib.contextmanager
def _until_enough_is_read() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise EnoughReadError from None


class InOrder(HelpfulCommand, click.Group):
    """Lists its commands as they stand here."""

    command_class = HelpfulCommand

    def make_context(self, *arguments: Any, **options: Any) -> click.Context:
        """Read the words; a page of help is printed here."""
        with _until_enough_is_read():
            return super().make_context(*arguments, **options)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was named."""
        with _until_enough_is_read():
            return super().invoke(ctx)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return their names."""
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that the first word names.

        Raises:
            InputError: none is called so.
        """
        if args and not args[0].startswith("-") and args[0] not in self.commands:
            raise InputError(usage.no_such_command(args[0], self.list_commands(ctx)))
        return super().resolve_command(ctx, args)
