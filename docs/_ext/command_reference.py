"""The reference of the command line, from the commands themselves."""

from __future__ import annotations

import json
from pathlib import Path

import click

from regionmap.cli.commands import app

WORDS = Path(__file__).with_name("commands_zh.json")
HEADS = {"en": ("option", "means"), "zh": ("选项", "含义")}
DEFAULT = {"en": "default", "zh": "默认"}
VARIABLE = {"en": "environment variable", "zh": "环境变量"}
NEEDED = {"en": "required", "zh": "必填"}


def sentences() -> set[str]:
    """Return every sentence of the commands' help in English."""
    found = set()
    for command in app.commands.values():
        found.update(_paragraphs(command))
        found.update(option.help for option in _options(command) if option.help)
    return found


def markdown(language: str) -> str:
    """Return a section for each command: what it does, how it is called, its options."""
    chinese: dict[str, str] = json.loads(WORDS.read_text("utf-8")) if language == "zh" else {}
    parts = []
    for name, command in app.commands.items():
        context = click.Context(command, info_name=f"regionmap {name}")
        usage = " ".join([context.command_path, *command.collect_usage_pieces(context)])
        parts += [f"## {name}", *(chinese.get(one, one) for one in _paragraphs(command)), f"```text\n{usage}\n```"]
        rows = [_row(option, language, chinese) for option in _options(command)]
        if rows:
            head = HEADS[language]
            parts.append("\n".join([f"| {head[0]} | {head[1]} |", "|---|---|", *rows]))
    return "\n\n".join(parts)


def _paragraphs(command: click.Command) -> list[str]:
    return [" ".join(one.replace("\b", "").split()) for one in (command.help or "").split("\n\n")]


def _options(command: click.Command) -> list[click.Option]:
    return [one for one in command.params if isinstance(one, click.Option) and not one.hidden]


def _row(option: click.Option, language: str, chinese: dict[str, str]) -> str:
    words = option.help or ""
    notes = [chinese.get(words, words)]
    if isinstance(option.type, click.Choice):
        notes.append(", ".join(f"`{one}`" for one in option.type.choices))
    if option.show_default and option.default is not None:
        notes.append(f"{DEFAULT[language]} `{getattr(option.default, 'value', option.default)}`")
    if option.envvar and isinstance(option.envvar, str):
        notes.append(f"{VARIABLE[language]} `{option.envvar}`")
    if option.required:
        notes.append(NEEDED[language])
    kind = (
        "N"
        if isinstance(option.type, click.types.IntParamType | click.types.FloatParamType)
        else option.type.name.upper()
    )
    value = "" if option.is_flag else f" {option.metavar or kind}"
    value = " …" if isinstance(option.type, click.Choice) else value
    calls = ", ".join(f"`{one}{value}`" for one in [*option.opts, *option.secondary_opts])
    between = "；" if language == "zh" else "; "
    return f"| {calls} | {between.join(one for one in notes if one)} |".replace("\n", " ")
