"""Babel's extraction finds a call that stands alone, and not the same call inside an f-string."""

from __future__ import annotations

import io
import sys

from babel.messages.extract import extract

CODE = b"""a = _("alone")\nb = f"{_('inside')} and more"\n"""
found = [message for _line, message, *_ in extract("python", io.BytesIO(CODE), keywords={"_": None})]
sys.stdout.write(f"found: {found}\n")
sys.exit(0 if found == ["alone"] else 1)
