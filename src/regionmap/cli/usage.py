"""What is wrong with the words of a command: one line in the chosen language, and what would be right."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence

import click

from regionmap.closest import closest
from regionmap.i18n import LANGUAGES, t, word_list
from regionmap.model import Text

DEFAULT_LANGUAGE = "zh"
LANGUAGE_VARIABLE = "REGIONMAP_LANG"
_EXAMPLES = {
    "export": "regionmap export key-regions -o regions.geojson",
    "screen": "regionmap screen sites.csv -o result.csv --industry 钢铁",
    "publish": "regionmap publish layers",
}
# What other programs and our Python functions call the same.
_SAME = {
    "--date": ("--on", "--day", "--when", "--at", "--as-of"),
    "--industry": ("--code", "--sector", "--product", "--gb"),
    "--lat": ("--latitude", "--y"),
    "--lon": ("--longitude", "--lng", "--x"),
    "--lang": ("--language", "--locale"),
    "--catalogue": ("--catalog", "--data", "--policies"),
    "--from": ("--origin", "--place", "--since"),
    "--to": ("--until",),
    "-o": ("--out", "--to-file", "--file"),
}
_PLACES = ("--place", "--adcode", "--unit", "--city", "--county", "--where", "--region", "--name", "--in")
_BY_COMMAND = {"transfer": ("--from", "--industry"), "history": (), "rules": ("--text", "--industry")}
_LENGTHS = ("--brief", "--full")
_DAY = re.compile(r"[12]\d{3}([-/.年]?\d|年)")
_IN_BRACKETS = re.compile(r"\((.*)\)", re.DOTALL)


def language_of(arguments: Sequence[str]) -> str:
    """Return the language that a command is to answer in, before its words are read: they may be what is wrong."""
    named = [os.environ.get(LANGUAGE_VARIABLE, "")]
    for at, word in enumerate(arguments):
        if word.startswith("--lang="):
            named.append(word.partition("=")[2])
        elif word == "--lang" and at + 1 < len(arguments):
            named.append(arguments[at + 1])
    return next((one for one in reversed(named) if one in LANGUAGES), DEFAULT_LANGUAGE)


def own_language() -> str:
    """Return the language that the environment names: what the program itself says has no --lang."""
    return language_of(())


def said(error: click.ClickException, command: str = "") -> Text:
    """Return what click found, in both languages.

    Args:
        error: as click raised it.
        command: the one that was run, where click does not say: it knows none while it splits the words.
    """
    context = error.ctx if isinstance(error, click.UsageError) else None
    path = context.command_path if context is not None else f"regionmap {command}".strip()
    if isinstance(error, click.NoSuchOption):
        return _no_such_option(error.option_name, context, path)
    if isinstance(error, click.MissingParameter):
        return _missing(error, path)
    if isinstance(error, click.BadOptionUsage):
        return _bad_usage(error, context, path)
    if isinstance(error, click.UsageError):
        given = _IN_BRACKETS.search(error.message)
        if "extra argument" in error.message and given is not None:
            right = _behind_options(given[1], context)
            if right:
                return t(
                    "'{given}' needs an option before it in {command}: did you mean {right}? (quote names that hold "
                    "blanks)",
                    given=given[1], command=path, right=right,
                )  # fmt: skip
            return t(
                "too many words: '{given}' is no part of {command}; quote names that hold blanks (see "
                "{command} --help)",
                given=given[1], command=path,
            )  # fmt: skip
    plain = " ".join(error.format_message().split())
    return t("{said}: see {command} --help", said=plain, command=path)


def no_such_command(name: str, known: Sequence[str]) -> Text:
    """Return that no command has a name, and which ones have a like one."""
    near = closest(name, known, 3, 0.5)
    if near:
        return t("no command is called '{given}': did you mean {names}?", given=name[:40], names=_or(near))
    return t(
        "no command is called '{given}': choose from {names}",
        given=name[:40],
        names=word_list(known),
    )


def _behind_options(given: str, context: click.Context | None) -> str:
    """Return words that belong to no argument behind the options that take them; empty where some word has none."""
    if context is None:
        return ""
    free = [
        opt for one in context.command.get_params(context) if not context.params.get(one.name or "") for opt in one.opts
    ]
    found = []
    for word in given.split():
        likely = ("--date",) if _DAY.match(word) else _BY_COMMAND.get(context.command.name or "", ("--industry",))
        option = next((one for one in likely if one in free), None)
        if option is None:
            return ""
        free.remove(option)
        found.append(f"{option} {word}")
    return " ".join(found)


def _no_such_option(name: str, context: click.Context | None, path: str) -> Text:
    known = [] if context is None else [opt for one in context.command.get_params(context) for opt in one.opts]
    if context is not None and isinstance(context.command, click.Group):
        having = [word for word, one in context.command.commands.items() if any(name in p.opts for p in one.params)]
        if having:
            return t(
                "{option} belongs behind the command: {command} {example} {option}",
                option=name, command=path, example="check" if "check" in having else having[0],
            )  # fmt: skip
    if name in _LENGTHS and context is not None:
        commands = context.find_root().command
        listed = commands.commands.items() if isinstance(commands, click.Group) else ()
        having = [word for word, one in listed if any(name in p.opts for p in one.params)]
        return t(
            "{command} has no option {given}: what it prints has one length; these have it: {names}",
            command=path, given=name, names=word_list(having),
        )  # fmt: skip
    arguments = (
        [] if context is None else [one for one in context.command.get_params(context) if one.opts == [one.name]]
    )
    examples = {"place": "保定市", "region": "长三角"}
    if name in _PLACES and arguments and arguments[0].name in examples:
        return t(
            "{command} has no option {given}: the name stands alone, as in: {command} {example}",
            command=path, given=name, example=examples[arguments[0].name],
        )  # fmt: skip
    same = [one for one in known if name in _SAME.get(one, ())]
    if same:
        return t("{command} has no option {given}: did you mean {names}?", command=path, given=name, names=_or(same))
    near = [one for one in known if len(name) > 3 and one.startswith(name)][:3]
    near = near or closest(name, [one for one in known if one.startswith("--")], 3, 0.6)
    if near:
        return t("{command} has no option {given}: did you mean {names}?", command=path, given=name, names=_or(near))
    return t("{command} has no option {given}: see {command} --help", command=path, given=name)


def _missing(error: click.MissingParameter, path: str) -> Text:
    param = error.param
    name = (
        ""
        if param is None
        else " / ".join(param.opts)
        if isinstance(param, click.Option)
        else param.human_readable_name
    )
    example = _EXAMPLES.get(path.rpartition(" ")[2], f"{path} --help")
    return t("{name} is missing: write it as in: {example}", name=name, example=example)


def _bad_usage(error: click.BadOptionUsage, context: click.Context | None, path: str) -> Text:
    name = error.option_name
    flag = context is not None and any(
        name in one.opts and isinstance(one, click.Option) and one.is_flag
        for one in context.command.get_params(context)
    )
    if flag:
        return t("{option} takes no value: write {option} alone", option=name)
    return t("{option} needs a value behind it: see {command} --help", option=name, command=path)


def _or(names: Sequence[str]) -> Text:
    return Text("、".join(names), " or ".join(names))
