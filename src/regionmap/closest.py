"""The names nearest to one that was mistyped."""

from __future__ import annotations

from collections.abc import Iterable


def closest(asked: str, names: Iterable[str], most: int, least: float) -> list[str]:
    """Return the names that differ from one in few letters left out, put in, changed or exchanged, the nearest first.

    Args:
        asked: what was typed.
        names: the names to choose from.
        most: how many names to return.
        least: how like they must be: 0 has no letter in common, 1 is the same.
    """
    from rapidfuzz.distance import OSA  # late: only a message about an unknown name asks
    from rapidfuzz.process import extract

    found = extract(asked, list(names), scorer=OSA.normalized_similarity, limit=most, score_cutoff=least)
    return [name for name, _, _ in found]


def alike(one: str, other: str) -> float:
    """Return how like two names are, as ``closest`` counts it: 0 has no letter in common, 1 is the same."""
    from rapidfuzz.distance import OSA  # late, as above

    return OSA.normalized_similarity(one, other)


def holding(asked: str, names: Iterable[str], most: int, least: float) -> list[str]:
    """Return the longer names of which some part is like one, the best first: 惠州大亚湾石化产业园区 for 大亚湾石化区.

    Arguments as in ``closest``.
    """
    from rapidfuzz.fuzz import partial_ratio  # late, as above
    from rapidfuzz.process import extract

    long = [name for name in names if len(name) >= len(asked)]
    return [name for name, _, _ in extract(asked, long, scorer=partial_ratio, limit=most, score_cutoff=100 * least)]
