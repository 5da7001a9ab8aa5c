"""How a fact is known."""

from __future__ import annotations

from enum import StrEnum


class Evidence(StrEnum):
    """How a fact is known. Anything weaker than these two is not shipped."""

    VERBATIM = "verbatim"
    REPORTED = "reported"
