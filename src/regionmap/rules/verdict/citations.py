"""How provisions are named in sentences: by document and item, each once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from regionmap.i18n import joined, t
from regionmap.model import Provision, Text
from regionmap.rules.matching.finding import Finding

_MOST_CHARACTERS = 28
_MOST_WORDS = 14


def citations(findings: Sequence[Finding]) -> Text:
    """Return the documents and items of findings, each once."""
    cited = dict.fromkeys(citation(one.provision, one.source.number) for one in findings)
    return joined([Text(one, one) for one in cited])


def citation(provision: Provision, number: str) -> str:
    """Return a provision's document number and item: 工信部节〔2018〕136号 二（二）."""
    return f"{number} {provision.item}"


def named(findings: Iterable[Finding]) -> Text:
    """Return findings by document, item and the first words of what each says: an item may hold several rules."""
    found: dict[str, Text] = {}
    for one in findings:
        found[one.provision.id] = rule_name(one.provision, one.source.number)
    return joined(list(found.values()))


def rule_name(provision: Provision, number: str) -> Text:
    """Return a provision's document number, its item, and the first words of what it says."""
    summary = provision.summary
    head = Text(_first_characters(summary.zh), _first_words(summary.en))
    return t("{rule} ({summary})", rule=citation(provision, number), summary=head)


def _first_characters(sentence: str) -> str:
    whole = sentence.rstrip("。")
    return whole if len(whole) <= _MOST_CHARACTERS else whole[: _MOST_CHARACTERS - 1].rstrip("，、；：") + "…"


def _first_words(sentence: str) -> str:
    words = sentence.rstrip(".").split(" ")
    return " ".join(words) if len(words) <= _MOST_WORDS else " ".join(words[:_MOST_WORDS]).rstrip(",;:") + "…"


def ids(findings: Iterable[Finding]) -> tuple[str, ...]:
    """Return the ids of the provisions of findings, each once."""
    return tuple(dict.fromkeys(one.provision.id for one in findings))
