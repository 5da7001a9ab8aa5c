"""Babel writes ``#| msgid`` for a fuzzy entry, and reads it back as a remark of the translator."""

from __future__ import annotations

import io
import sys

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

made = Catalog(locale="zh")
made.add("New words", "旧词", flags={"fuzzy"}, previous_id=["Old words"])
file = io.BytesIO()
write_po(file, made, include_previous=True)
file.seek(0)
found = read_po(file, locale="zh")["New words"]
sys.stdout.write(f"previous id: {found.previous_id!r}, remarks: {found.user_comments!r}\n")
sys.exit(0 if not found.previous_id and found.user_comments else 1)
