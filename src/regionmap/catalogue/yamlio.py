"""YAML text to plain data that remembers on which line each value stands.

Only what a policy file needs: no aliases (an alias bomb is a few lines long), no duplicate keys, no tags, a size limit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from regionmap.catalogue.yaml_errors import forbidden_character, no_yaml
from regionmap.i18n import t
from regionmap.limits import (
    LONGEST_PLAIN_VALUE,
    LONGEST_TEXT,
    MAX_BYTES,
    MAX_DEPTH,
    MOST_ENTRIES,
    MOST_FILE_VALUES,
)
from regionmap.model import Text
from regionmap.printable import DIRECTION

try:  # the C parser is about ten times faster; the pure one gives the same nodes
    from yaml import CSafeLoader as _Loader
except ImportError:  # pragma: no cover
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

Path_ = tuple[str | int, ...]


class YamlError(Exception):
    """One thing that is wrong with a YAML file, with its line (1-based)."""

    def __init__(self, line: int, message: Text) -> None:
        """Keep the line and the message."""
        self.line = line
        self.message = message
        super().__init__(f"line {line}: {message.en}")


@dataclass
class Document:
    """The data of one YAML file and the line of every value, by its path of keys and list positions."""

    data: Any
    lines: dict[Path_, int] = field(default_factory=dict)

    def line(self, path: Path_) -> int:
        """Return the line (1-based) of the value at ``path``, or of the nearest one above it that exists."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def read_yaml(path: Path) -> Document:
    """Read one YAML file.

    Raises:
        YamlError: it is no plain file, is too large, not UTF-8, not YAML, uses aliases or tags, repeats a key, or nests
            too deep.
    """
    return parse_yaml(read_text(path))


def read_text(path: Path) -> str:
    """Return the text of one YAML file.

    Raises:
        YamlError: it is no plain file, is too large or not UTF-8.
    """
    if path.exists() and not path.is_file():
        raise YamlError(1, t("this is no plain file: a pipe or a device cannot be read as a policy file"))
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise YamlError(
            1,
            t(
                "the file has {size} bytes; a policy file has at most {most}: split it",
                size=f"{size:,}",
                most=f"{MAX_BYTES:,}",
            ),
        )
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise YamlError(1, t("not UTF-8 at byte {start}: save the file as UTF-8", start=error.start)) from None


def count_values(text: str) -> int:
    """Return how many values may stand in YAML text: no more than it has lines, commas and brackets."""
    return sum(map(text.count, "\n,[{"))


def parse_yaml(text: str) -> Document:
    """Parse YAML text; see ``read_yaml``."""
    values = count_values(text)
    if values > MOST_FILE_VALUES:  # each takes a hundred times its size while it is parsed
        raise YamlError(
            1,
            t(
                "up to {values} values; a policy file has at most {most}: split it",
                values=f"{values:,}",
                most=f"{MOST_FILE_VALUES:,}",
            ),
        )
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        document = Document(None)
        document.data = _value(node, (), document, loader, set()) if node is not None else None
    except yaml.MarkedYAMLError as error:
        raise YamlError(*no_yaml(error)) from None
    except yaml.YAMLError:  # a character that YAML does not allow, wherever it stands
        found = _UNSEEN.search(text)
        raise YamlError(*forbidden_character(text, found.start() if found is not None else 0)) from None
    except RecursionError:
        raise YamlError(
            1,
            t("fields are nested deeper than {most} levels: write them flat, as the data guide shows", most=MAX_DEPTH),
        ) from None
    finally:
        loader.dispose()
    return document


def _value(node: yaml.Node, path: Path_, document: Document, loader: Any, seen: set[int]) -> Any:
    line = node.start_mark.line + 1
    document.lines[path] = line
    if len(path) > MAX_DEPTH:
        raise YamlError(
            line,
            t("fields are nested deeper than {most} levels: write them flat, as the data guide shows", most=MAX_DEPTH),
        )
    if id(node) in seen:
        raise YamlError(line, t("an alias (*name) repeats this value: write the value out, aliases are not read"))
    seen.add(id(node))
    if not isinstance(node, yaml.ScalarNode) and len(node.value) > MOST_ENTRIES:
        raise YamlError(
            line,
            t(
                "{count} entries stand here; at most {most} may: split the file",
                count=f"{len(node.value):,}",
                most=f"{MOST_ENTRIES:,}",
            ),
        )
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node, line, loader)
    if isinstance(node, yaml.SequenceNode):
        return [_value(child, (*path, index), document, loader, seen) for index, child in enumerate(node.value)]
    result: dict[str, Any] = {}
    for key_node, child in node.value:
        if not isinstance(key_node, yaml.ScalarNode):
            raise YamlError(
                key_node.start_mark.line + 1, t("a key must be a plain word: write a field of the form, such as title")
            )
        key = key_node.value
        if len(key) > LONGEST_PLAIN_VALUE:
            raise YamlError(
                key_node.start_mark.line + 1,
                t("the key '{key}…' is too long for a field: put text that holds a colon in quotes", key=key[:20]),
            )
        if key in result:
            raise YamlError(
                key_node.start_mark.line + 1, t("the key '{key}' stands twice: keep one of the two", key=key)
            )
        result[key] = _value(child, (*path, key), document, loader, seen)
        document.lines[(*path, key)] = key_node.start_mark.line + 1
    return result


_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_STRING = "tag:yaml.org,2002:str"
_PLAIN_TAGS = {f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "timestamp")}


def _scalar(node: yaml.ScalarNode, line: int, loader: Any) -> Any:
    if len(node.value) > LONGEST_TEXT:
        raise YamlError(
            line,
            t(
                "a text has {count} characters; at most {most} are read: shorten it",
                count=f"{len(node.value):,}",
                most=f"{LONGEST_TEXT:,}",
            ),
        )
    if node.tag == _STRING:
        if node.style == '"' and _UNSEEN.search(node.value):  # the only way to write one
            raise YamlError(line, t("a control character stands in this text: no export could write it, leave it out"))
        if not node.value.isascii() and DIRECTION.search(node.value):
            raise YamlError(line, t("a mark of direction (U+202E or its like) stands in this text: leave it out"))
        return node.value
    if node.tag not in _PLAIN_TAGS:
        raise YamlError(
            line,
            t(
                "the tag or value '{tag} {value}' is not read here: write plain text, in quotes where needed",
                tag=node.tag.rsplit(":", 1)[-1],
                value=node.value[:40],
            ),
        )
    if len(node.value) > LONGEST_PLAIN_VALUE:
        raise YamlError(
            line, t("'{value}…' is too long for a number or a date: write text in quotes", value=node.value[:20])
        )
    try:
        return loader.construct_object(node)
    except (ValueError, OverflowError, yaml.YAMLError):
        raise YamlError(line, t("'{value}' is not a date that exists: write YYYY-MM-DD", value=node.value)) from None
