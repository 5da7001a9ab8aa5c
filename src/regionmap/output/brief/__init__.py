"""Answers in brief, as lines of plain text: what a person reads first at a terminal."""
