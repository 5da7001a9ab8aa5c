"""Completion of commands and options by the shell: the script that click makes, put where the shell finds it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click
from click.shell_completion import BashComplete, FishComplete, ZshComplete

from regionmap.errors import InputError, why
from regionmap.i18n import t, word_list
from regionmap.model import Text

PROGRAM = "regionmap"
SHELLS = {"bash": BashComplete, "zsh": ZshComplete, "fish": FishComplete}
_VARIABLE = "_REGIONMAP_COMPLETE"  # what click reads for a program of this name


def shell() -> str:
    """Return the name of the shell that is in use, as the environment tells.

    Raises:
        InputError: it is none that completions are known for.
    """
    name = Path(os.environ.get("SHELL", "")).name
    if name not in SHELLS:
        raise InputError(
            "no completion is known for the shell '{given}': run it in one of {names}",
            given=name, names=word_list(SHELLS),
        )  # fmt: skip
    return name


def script(command: click.Command, name: str) -> str:
    """Return the script that a shell reads.

    Args:
        command: what is completed.
        name: of the shell.
    """
    return SHELLS[name](command, {}, PROGRAM, _VARIABLE).source().strip() + "\n"


def install(command: click.Command, name: str) -> Text:
    """Write the script into the folder of one's own where the shell looks, and return what is left to do.

    Raises:
        InputError: it cannot be written.
    """
    path = _place(name)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(script(command, name), encoding="utf-8")
    except OSError as error:
        raise InputError("{path} cannot be written: {why}", path=path, why=why(error)) from None
    if name == "zsh":
        return t(
            "{path} is written: add this line to ~/.zshrc, and begin a new shell: "
            "fpath+={folder}; autoload -Uz compinit; compinit",
            path=path, folder=path.parent,
        )  # fmt: skip
    return t("{path} is written: begin a new shell", path=path)


def _place(name: str) -> Path:
    """Return the file that a shell reads by itself (bash: with the package bash-completion)."""
    home = Path.home()
    if name == "bash":
        data = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")
        return data / "bash-completion" / "completions" / PROGRAM
    if name == "fish":
        settings = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config")
        return settings / "fish" / "completions" / f"{PROGRAM}.fish"
    return home / ".zfunc" / f"_{PROGRAM}"


def completion_options(group: Any) -> Any:
    """Add --install-completion and --show-completion to the program."""

    def show(context: click.Context, _: click.Parameter, chosen: bool) -> None:
        if chosen:
            click.echo(script(context.command, shell()), nl=False)
            context.exit()

    def put(context: click.Context, _: click.Parameter, chosen: bool) -> None:
        if chosen:
            from regionmap.cli.usage import own_language

            click.echo(install(context.command, shell())[own_language()])
            context.exit()

    group = click.option(
        "--show-completion", is_flag=True, expose_value=False, is_eager=True, callback=show,
        help="print the script that lets the shell complete commands",
    )(group)  # fmt: skip
    return click.option(
        "--install-completion", is_flag=True, expose_value=False, callback=put,  # not before --help
        help="install it for bash, zsh or fish",
    )(group)  # fmt: skip
