"""What the invariants are tried with: questions, and rules, industries and lists laid over the catalogue.

Everything comes from hypothesis and is the same on every run (see ``bounded``). What is added goes through a folder of
one's own, as a user would add it: what the loader refuses is no addition.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from hypothesis import HealthCheck, Phase, reject, settings
from hypothesis import strategies as st

from regionmap.api import Regionmap
from regionmap.errors import CatalogueError
from regionmap.model import Action
from regionmap.rules.matching.effects import RANK, RESTRICTING
from regionmap.rules.matching.validity import all_change_dates
from tests.catalogue.overlays import GAZETTEER, load

BUNDLED = Regionmap.load()
CODES = sorted(GAZETTEER.by_code)
NOT_MAINLAND = ("71", "81", "82")
INDUSTRIES = sorted(BUNDLED.catalogue.industries)
REGIONS = sorted(BUNDLED.catalogue.regions)
TURNS = all_change_dates(BUNDLED.catalogue)
DAY = dt.timedelta(days=1)


def bounded(examples: int) -> settings:
    """Return settings for so many examples, the same on every run. A failure is not shrunk: that would take minutes."""
    quiet = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
    return settings(
        max_examples=examples, derandomize=True, deadline=None, database=None, suppress_health_check=quiet,
        phases=[Phase.explicit, Phase.generate],
    )  # fmt: skip


days = st.one_of(
    st.dates(dt.date(1985, 1, 1), dt.date(2040, 12, 31)),
    st.builds(lambda turn, by: turn + by * DAY, st.sampled_from(TURNS), st.integers(-1, 1)),
)
industries = st.one_of(
    st.sampled_from(["steel", "cement", "coking", "foundry", "papermaking", "3110", "C30", "2614", "0111"]),
    st.sampled_from(INDUSTRIES),
)
actions = st.sampled_from([str(one) for one in Action])
# Cities whose rules differ, with one of their counties and their province; and any unit at all.
codes = st.one_of(
    st.sampled_from(
        ["130600", "130602", "130000", "610581", "610500", "419001", "441900", "370116", "540000", "710000"]
    ),
    st.sampled_from(CODES),
)
questions = st.tuples(codes, industries, actions, days)
many_questions = st.lists(questions, min_size=5, max_size=5)
Question = tuple[str, str, str, dt.date]


def asked(rm: Regionmap, question: Question) -> Any:
    """Ask a question of a catalogue."""
    place, industry, action, on = question
    return rm.check(place, industry=industry, action=action, on=on)


def with_files(files: Mapping[str, Any]) -> Regionmap:
    """Return the catalogue with these files of one's own laid over it; what the loader refuses is not tried."""
    with tempfile.TemporaryDirectory() as folder:
        texts = {name: yaml.safe_dump(data, allow_unicode=True, sort_keys=False) for name, data in files.items()}
        try:
            return Regionmap(load(Path(folder), texts), GAZETTEER)
        except CatalogueError:
            reject()


def milder(before: Any, after: Any) -> bool:
    """Tell whether the word of the second answer, or its word for the place alone, is milder than that of the first."""
    return RANK[after.ruling] > RANK[before.ruling] or RANK[after.local] > RANK[before.local]


def substance(verdict: Any) -> tuple[object, ...]:
    """Return what two answers share that come from the same rules by the same reasons, whatever was typed."""

    def held(findings: Any) -> list[tuple[object, ...]]:
        return [(one.provision.id, one.status, one.place.fit, one.industry.fit) for one in findings]

    return (
        verdict.ruling, verdict.local, verdict.extent, verdict.unclear_because,
        held(verdict.findings), held(verdict.not_in_force), held(verdict.depends_on_site), verdict.conflicts,
    )  # fmt: skip


def _words(zh: str, en: str) -> dict[str, str]:
    return {"zh": zh, "en": en}


EFFECTS = [*(str(one) for one in RESTRICTING), "guide_in", "support", "pilot", "target", "duty"]
_places = st.lists(codes, min_size=1, max_size=3, unique=True).map(
    lambda found: {"places": [{"printed": GAZETTEER.by_code[one].name, "codes": [one]} for one in found]}
)
_areas = st.one_of(
    st.just({"national": True}),
    _places,
    st.lists(st.sampled_from(REGIONS), min_size=1, max_size=2, unique=True).map(lambda found: {"regions": found}),
    st.sampled_from(REGIONS).map(lambda found: {"national": True, "except_regions": [found]}),
)
_more = st.sampled_from(
    [{}, {}, {"undefined": _words("试验区域", "an area of this test")}, {"province_line_m": 20_000}]
)


@st.composite
def provisions(draw: st.DrawFn, number: int) -> dict[str, Any]:
    """A rule as it stands in a file."""
    effect = draw(st.sampled_from(EFFECTS))
    silent = effect in {"target", "duty"}
    named = draw(st.lists(st.sampled_from(INDUSTRIES), min_size=1, max_size=3, unique=True))
    made: dict[str, Any] = {
        "id": f"r{number}", "item": "一", "effect": effect, "industries": draw(st.sampled_from([named, named, []])),
        "actions": [] if silent else sorted(draw(st.sets(actions, min_size=1))),
        "where": {**draw(_areas), **draw(_more)},
        "quote": "试验规定的原文", "summary": _words("试验。", "A test."), "evidence": "verbatim",
    }  # fmt: skip
    if silent:
        made["addressee"] = _words("试验局", "Test office")
    if draw(st.integers(0, 3)) == 0:
        made["in_force_until"] = draw(st.dates(dt.date(2016, 1, 1), dt.date(2035, 1, 1)))
    elif draw(st.integers(0, 3)) == 0:
        made["horizon"] = draw(st.dates(dt.date(2016, 1, 1), dt.date(2035, 1, 1)))
    if draw(st.integers(0, 5)) == 0:
        made["ask"] = _words("是否属于试验情形？", "Is it the case of this test?")
    return made


@st.composite
def sources(draw: st.DrawFn) -> dict[str, Any]:
    """A document with a handful of rules, which supersedes nothing."""
    first = draw(st.dates(dt.date(1990, 1, 1), dt.date(2015, 1, 1)))
    return {
        "id": "test-2020-1", "title": _words("试验文件", "Test document"), "number": "试〔2020〕1号",
        "issuers": [_words("试验局", "Test office")], "kind": "notice", "level": "national", "rank": "ministry",
        "issued": first.isoformat(), "in_force_from": first, "in_force_until": None, "horizon": None,
        "evidence": "verbatim", "read": "whole", "items": [{"item": "一", "heading": "总则"}],
        "provisions": [draw(provisions(number)) for number in range(draw(st.integers(1, 4)))],
    }  # fmt: skip


@st.composite
def destination_lists(draw: st.DrawFn) -> dict[str, Any]:
    """A list of destinations that stands for no words of documents."""
    rows = [
        {
            "printed": GAZETTEER.by_code[code].name, "area": draw(st.sampled_from(["unit", "zone", "park", "firm"])),
            "codes": [code], "industries": draw(st.lists(st.sampled_from(INDUSTRIES), max_size=3, unique=True)),
            "words": "试验产业", "direction": draw(st.sampled_from(["take_in", "adjust", "give_up"])),
            "evidence": "reported",
        }
        for code in draw(st.lists(codes, min_size=1, max_size=4, unique=True))
    ]  # fmt: skip
    return {
        "id": "test-list", "name": _words("试验名单", "Test list"),
        "kind": draw(st.sampled_from(["named", "zone", "draft"])),
        "number": "试〔2020〕2号", "date_from": draw(st.dates(dt.date(1995, 1, 1), dt.date(2020, 1, 1))),
        "date_until": None, "evidence": "reported", "complete": True, "rows": rows,
    }  # fmt: skip
