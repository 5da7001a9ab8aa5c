"""Pages of ``--help`` in the chosen language, wrapped by cells: a Chinese character takes two.

What is said of a command and of an option stands in English where they are defined, as a docstring and as ``help=``;
``make messages`` finds both, and their Chinese stands in the same catalogue as that of all other sentences.
"""

from __future__ import annotations

import inspect
import os
import shutil
from collections.abc import Iterator, Sequence

import click
from click.shell_completion import CompletionItem

from regionmap.cli import usage
from regionmap.i18n import as_written, t, translator

_NARROWEST, _WIDEST = 40, 100
_MOST_LEFT = 28
"""Cells of the column of options; a longer one stands on a line of its own."""
_LEAST_RIGHT = 30
"""Cells that what is said of an option has beside it; with less, it stands under it."""
_GAP = "  "


class HelpfulCommand(click.Command):
    """A command whose page of help is in the chosen language."""

    def get_help(self, ctx: click.Context) -> str:
        """Return the page of help."""
        return page(self, ctx, _language(ctx))

    def get_short_help_str(self, limit: int = 45) -> str:
        """Return what the command does in one sentence, for a shell that completes."""
        return _paragraphs(self, _language_of_shell())[0]

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Return what may stand next, with what is said of each option."""
        found, language = super().shell_complete(ctx, incomplete), _language_of_shell()
        said = {opt: _said(one, language) for one in _options(self, ctx) for opt in (*one.opts, *one.secondary_opts)}
        for one in found:
            one.help = said.get(one.value, one.help)
        return found


def page(command: click.Command, context: click.Context, language: str) -> str:
    """Return the page of help of a command.

    Args:
        command: what is told of.
        context: of the command line.
        language: ``zh`` or ``en``.
    """
    from rich.cells import cell_len

    from regionmap.wrapping import wrap

    _ = translator(language)
    width = min(max(shutil.get_terminal_size((80, 24)).columns, _NARROWEST), _WIDEST)
    words = {"[OPTIONS]": _("[OPTIONS]"), "COMMAND": _("COMMAND"), "[ARGS]...": _("[ARGS]...")}
    pieces = [words.get(one, one) for piece in command.collect_usage_pieces(context) for one in piece.split()]
    pieces = [one if cell_len(one) + len("  ") <= width else one.replace("|", " | ") for one in pieces]
    lines = wrap(" ".join([context.command_path, *pieces]), width, _("Usage: "), "  ")
    for paragraph in _paragraphs(command, language):
        lines += ["", *wrap(paragraph, width, "  ")]
    lines += [
        "",
        _("Options:"),
        *_columns([_option(one, context, language) for one in _options(command, context)], width),
    ]
    if isinstance(command, click.Group):
        known = [(name, command.get_command(context, name)) for name in command.list_commands(context)]
        rows = [(name, _paragraphs(one, language)[0]) for name, one in known if one is not None]
        lines += ["", _("Commands:"), *_columns(rows, width)]
    return "\n".join(lines)


def options_of(command: click.Command) -> list[click.Option]:
    """Return the options of a command that its page of help tells of."""
    with command.make_context("", [], resilient_parsing=True) as context:
        return _options(command, context)


def _options(command: click.Command, context: click.Context) -> list[click.Option]:
    return [one for one in command.get_params(context) if isinstance(one, click.Option) and not one.hidden]


def _language(context: click.Context) -> str:
    """Return the language that the whole command line asks for: ``--help`` is read before ``--lang``."""
    return context.obj if isinstance(context.obj, str) else usage.own_language()


def _language_of_shell() -> str:
    """Return the language of what a shell shows that completes: it hands over the words typed so far."""
    return usage.language_of(os.environ.get("COMP_WORDS", "").split())


def _said(option: click.Option, language: str) -> str:
    """Return what is said of an option."""
    if "--help" in option.opts:
        return t("show this page and exit")[language]
    return as_written(option.help or "")[language]


def _paragraphs(command: click.Command, language: str) -> list[str]:
    text = inspect.cleandoc(command.help or "")
    return [as_written(" ".join(one.split()))[language] for one in text.split("\n\n")]


def _option(option: click.Option, context: click.Context, language: str) -> tuple[str, str]:
    """Return how an option is written, and what is said of it."""
    _ = translator(language)
    metavars = {"TEXT": _("TEXT"), "PATH": _("PATH"), "NUMBER": _("NUMBER")}
    written = ", ".join(sorted(option.opts, key=len))
    if not option.is_flag:
        metavar = option.make_metavar(context)
        written += f" {metavars.get(metavar, metavar)}"
    extra = []
    if option.show_envvar and isinstance(option.envvar, str):
        extra.append(_("environment: {name}", name=option.envvar))
    if option.show_default and option.default is not None:
        extra.append(_("default: {value}", value=option.default))
    if option.required:
        extra.append(_("required"))
    said = _said(option, language)
    return written, said + (f" [{_('; ').join(extra)}]" if extra else "")


def _columns(rows: Sequence[tuple[str, str]], width: int) -> Iterator[str]:
    """Yield lines of two columns; what is too long for the first, or has no room beside it, has lines of its own."""
    from rich.cells import cell_len

    from regionmap.wrapping import wrap

    left = max((cell_len(name) for name, _ in rows if cell_len(name) <= _MOST_LEFT), default=_MOST_LEFT)
    if width - left - len(_GAP) * 2 < _LEAST_RIGHT:
        left = len(_GAP)
    indent = " " * (left + len(_GAP) * 2)
    for name, words in rows:
        head = f"{_GAP}{name}"
        if cell_len(name) > left:
            fits = cell_len(name) + len(_GAP) <= width
            yield from wrap(name if fits else name.replace("|", " | "), width, _GAP, _GAP * 2)
            head = ""
        yield from wrap(words, width, head + " " * (len(indent) - cell_len(head)), indent)
