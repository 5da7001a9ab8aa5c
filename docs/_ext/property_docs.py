"""Keeps Napoleon from taking the beginning of a property's first sentence for its type.

It reads ``type: description``, as Google's style has it for attributes, and so "Whether it may decide: targets never"
gets a type of four words. After a colon that ends its line it looks for none.
"""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx


def break_after_colon(_app: Sphinx, what: str, _name: str, _value: Any, _options: Any, lines: list[str]) -> None:
    """End the first line of a property's docstring after its first colon."""
    if what == "property" and lines and ": " in lines[0]:
        head, tail = lines[0].split(": ", 1)
        lines[:1] = [f"{head}:", tail]


def setup(app: Sphinx) -> dict[str, bool]:
    """Come before Napoleon, which has the priority 500."""
    app.connect("autodoc-process-docstring", break_after_colon, priority=400)
    return {"parallel_read_safe": True}
