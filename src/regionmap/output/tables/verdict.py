"""A verdict at a terminal: the word, what binds, what does not, caveats, coverage."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text as Line

from regionmap.api import Regionmap
from regionmap.model import Effect, Status
from regionmap.output.palette import terminal_style
from regionmap.output.tables.terminal import Terminal
from regionmap.rules.matching.finding import Finding
from regionmap.rules.verdict import asks
from regionmap.rules.verdict.answers import Verdict
from regionmap.rules.verdict.asks import may_decide
from regionmap.rules.verdict.explanation import local_text
from regionmap.rules.verdict.source_caveats import citation
from regionmap.words import ACTIONS, EFFECTS, RULING_MEANINGS, UNCLEAR_BECAUSE, ruling_words

_MOST_ASKS = 8


def print_verdict(out: Terminal, verdict: Verdict, rm: Regionmap) -> None:
    """Print a verdict: the word, what binds, what does not, caveats, coverage."""
    _, lang = out.words, out.language
    place, subject = verdict.place, verdict.subject
    head = Line(f" {ruling_words(verdict.ruling, verdict.extent)[lang]} ", terminal_style(verdict.ruling))
    name = place.name if lang == "zh" else f"{place.name_en} {place.name}"
    more = f" +{len(verdict.places) - 1}" if len(verdict.places) > 1 else ""
    code = f" [{subject.code} {subject.code_name}]" if subject.code else ""
    head.append(
        f"  {rm.gazetteer.province(place.code).name} · {name} {place.code}{more} · {subject.name[lang]}{code} · "
        f"{ACTIONS[verdict.action][lang]} · {verdict.date.isoformat()}",
        "bold",
    )
    why = verdict.unclear_because
    means = UNCLEAR_BECAUSE[why] if why is not None else RULING_MEANINGS[verdict.ruling]
    parts: list[RenderableType] = [head, Line(means[lang], "dim"), Line(local_text(verdict)[lang], "dim")]
    if verdict.point is not None and verdict.point.boundary_m is not None and verdict.point.beyond is not None:
        beyond = verdict.point.beyond.name
        parts.append(
            Line(
                _(
                    "{metres} m to {place}, where other rules hold",
                    metres=f"{verdict.point.boundary_m:,.0f}",
                    place=beyond,
                ),
                "dim",
            )
        )
    if verdict.point is not None and verdict.point.other_province is not None:
        metres, other = f"{verdict.point.province_line_m:,.0f}", verdict.point.other_province.name
        said = _("{metres} m to {province}, the nearest other province", metres=metres, province=other)
        parts.append(Line(said, "dim"))
    out.console.print(Panel(Group(*parts), expand=True))
    out.caveats(verdict.caveats)
    out.findings(_("Binds"), [one for one in verdict.findings if one.decides])
    out.findings(_("Targets: shown, they decide nothing"), _targets(verdict.findings), brief=True)
    passed = [one for one in verdict.not_in_force if one.status is not Status.NOT_YET]
    out.findings(_("Would bind, but not in force on this date"), passed, status=True)
    _asks(out, verdict.depends_on_site)
    _fell(out, verdict.fell_away)
    duties = sum(one.provision.effect is Effect.DUTY for one in verdict.findings)
    if duties:
        out.console.print(_("{count} duties of authorities: see --json.", count=duties), style="dim")
    later = len(verdict.not_in_force) - len(passed)
    if later:
        out.console.print(_("{count} provisions start after this date: see --json.", count=later), style="dim")
    if verdict.conflicts:
        out.console.print(
            _("Rules for and against stand beside each other; the program does not decide between them."),
            style="yellow",
        )
    if verdict.shares:
        table = Table(_("Unit"), _("Code"), _("Share"), title=_("Units that the area touches"), title_justify="left")
        for share in verdict.shares:
            table.add_row(share.unit.name, share.unit.code, f"{share.share:.1%}")
        out.console.print(table)
    out.coverage(verdict.coverage, verdict.catalogue)


def _fell(out: Terminal, findings: Sequence[Finding]) -> None:
    if not findings:
        return
    _, lang = out.words, out.language
    table = Table(title=_("Checked and does not bind"), title_justify="left", expand=True)
    table.add_column(_("Effect"), max_width=14)
    table.add_column(_("Document and item"), ratio=2, overflow="fold")
    table.add_column(_("Why not"), ratio=5, overflow="fold")
    for one in findings:
        because = one.because
        reasons = [getattr(because, aspect.value)[lang] for aspect in one.fell_on]
        table.add_row(
            EFFECTS[one.provision.effect][lang], citation(one.provision, one.source.number), " ".join(reasons)
        )
    out.console.print(table)


def _asks(out: Terminal, findings: Sequence[Finding]) -> None:
    """Print what depends on the site: rules that may decide, then other questions with how many hang on each."""
    _, lang = out.words, out.language
    deciding, others = may_decide(findings), asks.others(findings)
    if deciding:
        table = Table(
            title=_("Depends on the site, and may decide"), title_justify="left", expand=True, show_lines=True
        )
        for column, ratio in ((_("Ask"), 4), (_("Document and item"), 3), (_("Words"), 5)):
            table.add_column(column, ratio=ratio, overflow="fold")
        for one in deciding:
            cited = [citation(found.provision, found.source.number) for found in one.findings]
            words = dict.fromkeys(f"「{found.provision.quote}」" for found in one.findings)
            table.add_row(one.ask[lang], "\n".join(cited), "\n".join(words))
        out.console.print(table)
    if others:
        count = sum(len(one.findings) for one in others)
        out.console.print(_("{count} other rules hang on questions like these:", count=count), style="bold")
        for one in others[:_MOST_ASKS]:
            out.console.print(Line("? ", "bold") + Line(one.ask[lang]) + Line(f" ({len(one.findings)})", "dim"))
        if others[_MOST_ASKS:]:
            left = len(others) - _MOST_ASKS
            out.console.print(_("{count} more questions: see --json.", count=left), style="dim")


def _targets(findings: Sequence[Finding]) -> list[Finding]:
    return [one for one in findings if one.provision.effect is Effect.TARGET]
