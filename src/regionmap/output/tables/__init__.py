"""Answers as tables for people at a terminal (rich): a module a kind of answer."""

from regionmap.output.tables.printer import Printer

__all__ = ["Printer"]
