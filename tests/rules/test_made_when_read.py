"""Findings and caveats that are made when they are read: late, by several threads, and after other questions."""

from __future__ import annotations

import pickle
from concurrent.futures import ThreadPoolExecutor

import pytest

ASKED = [("保定市", "钢铁"), ("370116", "铸造"), ("610581", "焦化"), ("韩城市", "C30")]


def everything(verdict) -> str:
    lists = (verdict.findings, verdict.depends_on_site, verdict.not_in_force, verdict.fell_away)
    return repr([[(one.provision.id, one.because, one.ask) for one in some] for some in lists] + [verdict.caveats[:]])


@pytest.mark.parametrize(("place", "industry"), ASKED)
def test_an_answer_read_late_is_the_answer_read_at_once(rm, place, industry):
    asked = {"industry": industry, "on": "2018-10-01"}
    expected = everything(rm.check(place, **asked))
    late = rm.check(place, **asked)
    for other in ("水泥", "化工", industry):
        for on in ("2014-06-01", "2024-06-01"):
            everything(rm.check("山东省", industry=other, on=on))
    assert everything(late) == expected
    unread = rm.check(place, **asked)
    assert everything(pickle.loads(pickle.dumps(unread))) == expected  # noqa: S301
    shared = rm.check(place, **asked)
    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(everything, [shared] * 16)) == {expected}
