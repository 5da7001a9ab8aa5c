"""How provisions are named in sentences: by document and item, each once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from regionmap.i18n import joined
from regionmap.model import Provision, Text
from regionmap.rules.matching.finding import Finding


def citations(findings: Sequence[Finding]) -> Text:
    """Return the documents and items of findings, each once."""
    cited = dict.fromkeys(citation(one.provision, one.source.number) for one in findings)
    return joined([Text(one, one) for one in cited])


def citation(provision: Provision, number: str) -> str:
    """Return a provision's document number and item: 工信部节〔2018〕136号 二（二）."""
    return f"{number} {provision.item}"


def ids(findings: Iterable[Finding]) -> tuple[str, ...]:
    """Return the ids of the provisions of findings, each once."""
    return tuple(dict.fromkeys(one.provision.id for one in findings))
