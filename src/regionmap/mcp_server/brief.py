"""Answers cut down to what an assistant reads: what decides, what is open, what was looked at; counts of the rest.

A whole answer is long (a check 200 kB, a look-up over 1 MB) and would fill what a model can keep in mind.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from regionmap.mcp_server.shapes import Cited, RuleName
from regionmap.output.json.answers import finding_json
from regionmap.output.json.transfer import destination_json, transfer_json
from regionmap.output.json.values import Json, text_json
from regionmap.rules.matching.finding import Finding
from regionmap.rules.verdict.answers import IndustryFindings, Verdict
from regionmap.rules.verdict.asks import Asking, may_decide, others
from regionmap.rules.verdict.ruling import weight

if TYPE_CHECKING:
    from regionmap.api import Regionmap
    from regionmap.rules.transfer.answers import Destination, TransferAnswer

MOST_DECIDING = 20
MOST_QUESTIONS = 10
MOST_LISTED = 10
MOST_RULES = 3


def cited(finding: Finding) -> Json:
    """Return a finding as it is cited."""
    whole = finding_json(finding)
    return {key: whole[key] for key in Cited.__annotations__}


def rule_name(finding: Finding) -> Json:
    """Return what a finding's rule is cited by."""
    one = finding.provision
    named = RuleName(
        provision=one.id, number=finding.source.number, item=one.item, effect=str(one.effect), quote=one.quote
    )
    return dict(named)


def brief_check(verdict: Verdict, whole: Json) -> Json:
    """Return a verdict in brief.

    Args:
        verdict: the answer of ``check``.
        whole: the same as the object of the contract.
    """
    deciding = verdict.deciding
    first, rest = may_decide(verdict.depends_on_site), others(verdict.depends_on_site)
    asked = [*((one, True) for one in first), *((one, False) for one in rest)]
    long = ("findings", "depends_on_site", "not_in_force", "fell_away", "checked")
    brief = {key: value for key, value in whole.items() if key not in long}
    return brief | {
        "format": "regionmap.check-brief/1",
        "deciding": [cited(one) for one in deciding[:MOST_DECIDING]],
        "questions": [_question(one, decides) for one, decides in asked[:MOST_QUESTIONS]],
        "left_out": {
            "deciding": max(0, len(deciding) - MOST_DECIDING),
            "other_findings": len(verdict.findings) - sum(one in deciding for one in verdict.findings),
            "questions": max(0, len(asked) - MOST_QUESTIONS),
            "not_in_force": len(verdict.not_in_force),
            "fell_away": len(verdict.fell_away),
        },
    }


def _question(one: Asking, decides: bool) -> Json:
    return {
        "ask": text_json(one.ask),
        "may_decide": decides,
        "rules": [rule_name(finding) for finding in one.findings[:MOST_RULES]],
        "rules_count": len(one.findings),
    }


def brief_lookup(industries: Sequence[IndustryFindings], whole: Json) -> Json:
    """Return a look-up in brief.

    Args:
        industries: the rulings of the answer.
        whole: the answer as the object of the contract.
    """
    lists = ("pilots", "parks", "destinations")
    long = ("findings", "depends_on_site", "not_in_force", *lists)
    brief = {key: value for key, value in whole.items() if key not in long}
    return brief | {
        "format": "regionmap.lookup-brief/1",
        **{key: whole[key][:MOST_LISTED] for key in lists},
        "industries": [_industry(one) for one in industries],
        "left_out": {
            **{key: max(0, len(whole[key]) - MOST_LISTED) for key in lists},
            **{key: len(whole[key]) for key in ("depends_on_site", "not_in_force")},
        },
    }


def _industry(one: IndustryFindings) -> Json:
    """One industry with the first rule that gives its ruling."""
    gives = [found for found in one.findings if found.decides and weight(found) is one.ruling]
    return {
        "industry": one.industry.id if one.industry is not None else None,
        "name": text_json(one.industry.name) if one.industry is not None else None,
        "verdict": str(one.ruling),
        "extent": str(one.extent),
        "rule": rule_name(gives[0]) if gives else None,
        "rules_count": len(one.findings),
    }


def brief_transfer(answer: TransferAnswer, rm: Regionmap, top: int) -> Json:
    """Return where an industry could go in brief: the best ``top`` destinations.

    Args:
        answer: the answer of ``transfer``.
        rm: what gave the answer.
        top: how many destinations to name.
    """
    whole = transfer_json(answer, rm)
    push = [one for one in answer.push.findings if one.decides]
    return whole | {
        "format": "regionmap.transfer-brief/1",
        "push": [cited(one) for one in push[:MOST_LISTED]],
        "destinations": [_destination(one, rm) for one in answer.destinations[:top]],
        "undefined_classes": whole["undefined_classes"][:MOST_RULES],
        "left_out": {
            "push": max(0, len(push) - MOST_LISTED),
            "destinations": max(0, len(answer.destinations) - top),
            "undefined_classes": max(0, len(answer.undefined) - MOST_RULES),
        },
    }


def _destination(one: Destination, rm: Regionmap) -> Json:
    whole = destination_json(one, rm)
    return whole | {
        "findings": whole["findings"][:MOST_RULES],
        "obstacles": [rule_name(found) for found in one.obstacles[:MOST_RULES]],
        "obstacles_count": len(one.obstacles),
    }
