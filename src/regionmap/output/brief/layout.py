"""A line of an answer in brief, before it is known where it is printed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """A line of an answer; ``style``, for terminals with colours: a ruling, ``head``, ``dim``, ``caveat`` or none."""

    text: str
    style: str = ""
