"""Collect the sentences of the code, keep their Chinese through edits of the English, and compile the catalogue.

``make messages`` runs it. An English sentence in ``t("…")``, ``_("…")``, ``out.words("…")`` or ``InputError("…")``, of
``help="…"`` or of the docstring of a command is the id of its translation, so an edited sentence is a new id.
``tn("…", "…", count)`` gives two forms, for one and for several, with one Chinese sentence. Where a sentence has
vanished and a new one stands in its place, or is much like it, the Chinese moves over, marked ``fuzzy`` with the
sentence that it translates (``#| msgid "…"``). Read it, mend it, delete the line ``#, fuzzy``, and run ``make
messages`` again; a test fails before that, and the page shows English meanwhile.

``--fill FILE`` sets translations from a JSON object, English to Chinese; one that is set is no longer fuzzy.
"""

from __future__ import annotations

import argparse
import ast
import difflib
import io
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import denormalize, read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "regionmap"
WRITTEN = PACKAGE / "locale" / "zh" / "LC_MESSAGES" / "regionmap.po"
KEYWORDS = {"t", "_", "words"}
"""What takes a sentence: ``words`` is the translator that a terminal keeps."""
TRANSLATOR = "translator"
PLURAL = "tn"
COMMANDS = {"command", "group"}
"""What makes a command of a function: paragraphs of its docstring and ``help=`` of its options are its page of help."""
ERRORS = {
    "InputError", "UnknownNameError", "AmbiguousIndustryError", "MissingExtraError", "ScreeningError",
    "NoPlaceColumnError", "RegionAsPlaceError",
    "UnknownPlaceError", "UnknownPlaceNameError", "AmbiguousPlaceError", "CoordinateTextError", "NotADateError",
    "MissingCoordinateError", "NotANumberError", "OutOfRangeError", "SwappedCoordinatesError", "OutsideChinaError",
    "AreaError",
}  # fmt: skip
"""Errors that take their sentence as ``t`` does: see ``regionmap.errors``."""
WIDTH = 120
ALIKE = 0.6
"""From this likeness on (of 1, by difflib) two sentences are taken for one that was edited, wherever they stand."""
ALIKE_IN_PLACE = 0.3
"""The same for two that stand in one function, or in one table of a module."""

Places = dict[str, list[str]]
"""Sentences with where they stand: ``output.tables.verdict.print_verdict``."""

BETWEEN = "\0"
"""What stands between the two forms of a sentence that counts, while both are one key."""


def collect(files: Iterable[Path], root: Path) -> Places:
    """Return the sentences of Python files with their places, both in order.

    Args:
        files: the files to look through.
        root: the folder from which places are named.
    """
    found: dict[str, set[str]] = {}
    for path in files:
        module = ".".join(path.relative_to(root).with_suffix("").parts)
        for sentence, place in _sentences(ast.parse(path.read_text("utf-8")), module):
            found.setdefault(sentence, set()).add(place)
    return {sentence: sorted(found[sentence]) for sentence in sorted(found)}


def update(catalog: Catalog, sentences: Places) -> list[tuple[str, str]]:
    """Give a catalogue the sentences of the code; return the pairs (vanished, new) whose Chinese moved over.

    What vanished and is like nothing new is dropped. What is fuzzy and has been edited once more keeps the sentence
    that its Chinese translates, and is fuzzy no longer when that very sentence is back.
    """
    before: dict[str, Message] = {key_of(one): one for one in list(catalog) if one.id}
    previous = {name: _previous(one) or name if one.fuzzy else name for name, one in before.items()}
    vanished = [name for name in sorted(before) if name not in sentences and chinese_of(before[name])]
    new = [name for name in sentences if name not in before]
    old_places = {name: [place for place, _line in before[name].locations] for name in vanished}
    pairs = pair(old_places, {name: sentences[name] for name in new})
    for name in before:
        catalog.delete(forms_of(name)[0])
    for name, places in sentences.items():
        source = name if name in before else pairs.get(name)
        held = before[source] if source is not None else None
        forms, chinese = forms_of(name), chinese_of(held) if held is not None else ""
        message = catalog.add(
            forms if len(forms) > 1 else name,
            (chinese,) if len(forms) > 1 else chinese,
            locations=[(place, 0) for place in places],
        )
        if held is None or source is None or not chinese:
            continue
        message.user_comments = [one for one in held.user_comments if not one.startswith("|")]
        if previous[source] != name:
            message.flags.add("fuzzy")
            message.previous_id = list(forms_of(previous[source]))
    return sorted((old, name) for name, old in pairs.items())


def pair(vanished: Mapping[str, Sequence[str]], new: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return for new sentences the vanished one that each was edited from, each used once, the likeliest pairs first.

    Args:
        vanished: sentences with the places where they stood.
        new: sentences with the places where they stand.
    """
    scored = []
    for name, places in new.items():
        for old, old_places in vanished.items():
            alike = difflib.SequenceMatcher(None, old, name, autojunk=False).ratio()
            here = not set(places).isdisjoint(old_places)
            if alike >= (ALIKE_IN_PLACE if here else ALIKE):
                scored.append((-alike - here, old, name))
    found: dict[str, str] = {}
    for _score, old, name in sorted(scored):
        if name not in found and old not in found.values():
            found[name] = old
    return found


def fill(catalog: Catalog, chinese: Mapping[str, str]) -> int:
    """Set translations, by the sentence or its form for one; return how many were set. These are fuzzy no longer."""
    count = 0
    for message in catalog:
        forms = forms_of(key_of(message)) if message.id else ("",)
        if message.id and forms[0] in chinese and (message.fuzzy or not chinese_of(message)):
            words = chinese[forms[0]]
            message.string = (words,) if len(forms) > 1 else words
            message.flags.discard("fuzzy")
            message.previous_id = []
            message.user_comments = [one for one in message.user_comments if not one.startswith("|")]
            count += 1
    return count


def written(catalog: Catalog) -> bytes:
    """Return the bytes of a ``.po`` file: the same for the same sentences, whichever version of Babel writes."""
    file = io.BytesIO()
    write_po(
        file, catalog, width=WIDTH, sort_output=True, ignore_obsolete=True, include_previous=True, include_lineno=False
    )
    return re.sub(rb'"Generated-By: [^"]*"\n', b"", file.getvalue())


def compiled(catalog: Catalog) -> bytes:
    """Return the bytes of a ``.mo`` file; what is fuzzy or has no Chinese is left out, and is shown in English."""
    file = io.BytesIO()
    write_mo(file, catalog)
    return file.getvalue()


def _sentences(node: ast.AST, place: str) -> Iterator[tuple[str, str]]:
    """Yield each sentence below a node with its place: the functions and classes around it, or a table of a module."""
    if isinstance(node, ast.Call) and node.args:
        called, words = node.func, node.args[0]
        name = _name_of(called)
        if name in KEYWORDS | ERRORS and isinstance(words, ast.Constant) and isinstance(words.value, str):
            yield words.value, place
        forms = [one.value for one in node.args[:2] if isinstance(one, ast.Constant) and isinstance(one.value, str)]
        if name == PLURAL and len(forms) == 2:
            yield BETWEEN.join(forms), place
    if isinstance(node, ast.Call):
        for one in node.keywords:
            if one.arg in _told(place) and isinstance(one.value, ast.Constant) and isinstance(one.value.value, str):
                yield one.value.value, place
    if isinstance(node, ast.FunctionDef) and any(map(_makes_a_command, node.decorator_list)):
        for paragraph in (ast.get_docstring(node) or "").split("\n\n"):
            yield " ".join(paragraph.split()), place
    for child in ast.iter_child_nodes(node):
        inside = place
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            inside = f"{place}.{child.name}"
        elif isinstance(node, ast.Module) and isinstance(child, ast.Assign | ast.AnnAssign):
            target = child.targets[0] if isinstance(child, ast.Assign) else child.target
            inside = f"{place}.{target.id}" if isinstance(target, ast.Name) else place
        yield from _sentences(child, inside)


def _name_of(called: ast.expr) -> str:
    """Return the name of what is called; what ``translator(language)`` made is called ``_`` where it has no name."""
    if isinstance(called, ast.Name):
        return called.id
    if isinstance(called, ast.Attribute):
        return called.attr
    return "_" if isinstance(called, ast.Call) and _name_of(called.func) == TRANSLATOR else ""


def _told(place: str) -> set[str]:
    """Return the arguments whose words people read: what a field of a policy file must hold is told with its errors."""
    return {"help", "description"} if place.startswith("catalogue.schema") else {"help"}


def _makes_a_command(decorator: ast.AST) -> bool:
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    return (called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")) in COMMANDS


def _previous(message: Message) -> str:
    """Return the sentence that a fuzzy message translates; the reader takes its line for a remark."""
    if message.previous_id:
        return BETWEEN.join(message.previous_id)
    words = " ".join(one.removeprefix("|").strip() for one in message.user_comments if one.startswith("|"))
    forms = re.split(r'(?<=") msgid_plural (?=")', words)
    return BETWEEN.join("".join(denormalize(one) for one in _QUOTED.findall(form)) for form in forms)


_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')


def key_of(message: Message) -> str:
    """Return the sentence that a message translates; of one that counts, both forms in one."""
    return message.id if isinstance(message.id, str) else BETWEEN.join(message.id)


def forms_of(name: str) -> tuple[str, ...]:
    """Return the English forms of a sentence: one, or that for one thing and that for several."""
    return tuple(name.split(BETWEEN))


def chinese_of(message: Message) -> str:
    """Return the Chinese of a message, which has one form however many are counted; empty where there is none."""
    return message.string if isinstance(message.string, str) else "".join((message.string or ())[:1])


def main(arguments: Sequence[str] | None = None) -> None:
    """Bring the ``.po`` and ``.mo`` files up to the code, and tell what is to be done by hand."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--fill", type=Path, metavar="FILE", help="JSON: English to Chinese")
    chosen = parser.parse_args(arguments)
    files = [*sorted(PACKAGE.rglob("*.py")), ROOT / "app.py"]
    with WRITTEN.open("rb") as file:
        catalog = read_po(file, locale="zh", domain="regionmap")
    sentences = collect([one for one in files if PACKAGE in one.parents], PACKAGE) | collect(files[-1:], ROOT)
    update(catalog, sentences)
    if chosen.fill is not None:
        fill(catalog, json.loads(chosen.fill.read_text("utf-8")))
    WRITTEN.write_bytes(written(catalog))
    WRITTEN.with_suffix(".mo").write_bytes(compiled(catalog))
    for message in catalog:
        if message.id and message.fuzzy:
            now, before = (" / ".join(forms_of(one)) for one in (key_of(message), _previous(message)))
            sys.stdout.write(f"look at: {now}\n   it was: {before}\n   {chinese_of(message)}\n")
        elif message.id and not chinese_of(message):
            sys.stdout.write(f"translate: {' / '.join(forms_of(key_of(message)))}\n")


if __name__ == "__main__":
    main()
