"""Answers as tables for people at a terminal (rich)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text as Line

from regionmap.api import Regionmap
from regionmap.i18n import translator
from regionmap.model import Effect, Region, Ruling, Source, Status, Unit
from regionmap.rules.history.changes import RegionChange
from regionmap.rules.history.words import how_many, list_in_use, moved_text
from regionmap.rules.matching.finding import Finding
from regionmap.rules.parks import ParkListing
from regionmap.rules.pilots import PilotListing, PilotStatus
from regionmap.rules.search.browse import Rule
from regionmap.rules.transfer.answers import TransferAnswer, guide_text
from regionmap.rules.verdict import asks
from regionmap.rules.verdict.answers import Caveat, Coverage, PlaceAnswer, Verdict
from regionmap.rules.verdict.asks import may_decide
from regionmap.rules.verdict.explanation import local_text
from regionmap.rules.verdict.source_caveats import citation
from regionmap.words import (
    ACTIONS,
    EFFECTS,
    EVIDENCE,
    PARK_KINDS,
    PARK_STANDINGS,
    PILOT_STATUSES,
    READ,
    RULING_MEANINGS,
    STANDINGS,
    STATUSES,
    TIERS,
    UNCLEAR_BECAUSE,
    ruling_words,
)

COLOURS = {
    Ruling.PROHIBITED: "bold white on red",
    Ruling.RESTRICTED: "bold black on yellow",
    Ruling.DISCOURAGED: "bold black on bright_yellow",
    Ruling.UNCLEAR: "bold white on magenta",
    Ruling.ENCOURAGED: "bold white on green",
    Ruling.NO_RULE: "bold black on white",
}


_MOST_ASKS = 8


class Printer:
    """Prints answers in one language."""

    def __init__(self, language: str, console: Console | None = None) -> None:
        """Keep the language and where to print."""
        self.language = language
        self.console = console or Console()
        self._ = translator(language)

    def verdict(self, verdict: Verdict, rm: Regionmap) -> None:
        """Print a verdict: the word, what binds, what does not, caveats, coverage."""
        _, lang = self._, self.language
        place, subject = verdict.place, verdict.subject
        head = Line(f" {ruling_words(verdict.ruling, verdict.extent)[lang]} ", COLOURS[verdict.ruling])
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
                        "{metres} m to {place}, where the answer differs",
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
        self.console.print(Panel(Group(*parts), expand=True))
        self._caveats(verdict.caveats)
        self._findings(_("Binds"), [one for one in verdict.findings if one.decides])
        self._findings(_("Targets: shown, they decide nothing"), _targets(verdict.findings), brief=True)
        passed = [one for one in verdict.not_in_force if one.status is not Status.NOT_YET]
        self._findings(_("Would bind, but not in force on this date"), passed, status=True)
        self._asks(verdict.depends_on_site)
        self._fell(verdict.fell_away)
        duties = sum(one.provision.effect is Effect.DUTY for one in verdict.findings)
        if duties:
            self.console.print(_("{count} duties of authorities: see --json.", count=duties), style="dim")
        later = len(verdict.not_in_force) - len(passed)
        if later:
            self.console.print(_("{count} provisions start after this date: see --json.", count=later), style="dim")
        if verdict.conflicts:
            self.console.print(
                _("Rules for and against stand beside each other; the program does not decide between them."),
                style="yellow",
            )
        if verdict.shares:
            table = Table(
                _("Unit"), _("Code"), _("Share"), title=_("Units that the area touches"), title_justify="left"
            )
            for share in verdict.shares:
                table.add_row(share.unit.name, share.unit.code, f"{share.share:.1%}")
            self.console.print(table)
        self._coverage(verdict.coverage, verdict.catalogue)

    def place(self, answer: PlaceAnswer, rm: Regionmap) -> None:
        """Print everything about a place."""
        _, lang = self._, self.language
        unit = answer.place
        self.console.print(
            Panel(
                Line(
                    f"{rm.gazetteer.province(unit.code).name} · {unit.name} {unit.name_en} {unit.code} · "
                    f"{answer.date.isoformat()}",
                    "bold",
                )
            )
        )
        self._caveats(answer.caveats)
        table = Table(_("Region"), _("By"), _("Evidence"), title=_("Regions that it lies in"), title_justify="left")
        for one in answer.regions:
            number = rm.catalogue.sources[one.definition.source].number
            units = "、".join(unit.name for unit in one.part)
            part = _(" (in part: {units})", units=units) if one.part else ""
            table.add_row(
                one.region.name[lang] + part, f"{number} {one.definition.item}", EVIDENCE[one.definition.evidence][lang]
            )
        if answer.regions:
            self.console.print(table)
        self._pilots(_("Pilot lists"), [one for one in answer.pilots if one.status is not PilotStatus.ENDED])
        self._pilots(
            _("Pilot lists whose term is over"), [one for one in answer.pilots if one.status is PilotStatus.ENDED]
        )
        self._parks(answer.parks)
        shown = [
            (group, [one for one in group.findings if one.provision.effect not in {Effect.DUTY, Effect.TARGET}])
            for group in answer.industries
        ]
        for group, findings in shown:
            if findings:
                name = group.industry.name[lang] if group.industry is not None else _("Every industry")
                self._findings(f"{name} — {ruling_words(group.ruling, group.extent)[lang]}", findings)
        others = sum(len(group.findings) for group in answer.industries) - sum(len(found) for _g, found in shown)
        if others:
            self.console.print(
                _("{count} targets and duties of authorities are not listed here: see --json.", count=others),
                style="dim",
            )
        passed = [one for one in answer.not_in_force if one.status is not Status.NOT_YET]
        self._findings(_("Not in force on this date"), [one for one in passed if one.decides], status=True)
        self._coverage(answer.coverage, answer.catalogue)

    def _pilots(self, title: str, listed: Sequence[PilotListing]) -> None:
        if not listed:
            return
        _, lang = self._, self.language
        table = Table(title=f"{title} ({len(listed)})", title_justify="left", show_lines=True, expand=True)
        table.add_column(_("Standing"), max_width=14, overflow="fold")
        for column, ratio in ((_("Programme and list"), 4), (_("Place"), 4), (_("Number and day"), 3)):
            table.add_column(column, ratio=ratio, overflow="fold")
        table.add_column(_("Evidence"), max_width=14, overflow="fold")
        for one in listed:
            mark = " " + _("(list ends in 等)") if one.batch.open else ""
            unsure = f"\n{PILOT_STATUSES[one.status][lang]}" if one.status is PilotStatus.DAY_UNKNOWN else ""
            table.add_row(
                STANDINGS[one.batch.standing][lang],
                f"{one.programme.name[lang]}\n{one.batch.name[lang]}{mark}",
                one.says[lang] + (f"\n{one.place.note[lang]}" if one.place.note is not None else ""),
                "\n".join(filter(None, [one.batch.number, one.when[lang]])) + unsure,
                EVIDENCE[one.place.evidence][lang],
            )
        self.console.print(table)

    def _parks(self, listed: Sequence[ParkListing]) -> None:
        """Print parks briefly, a line each: what lies here or around, by which list, and whether that recognises it."""
        if not listed:
            return
        _, lang = self._, self.language
        title = f"{_('Parks, new areas and zones')} ({len(listed)})"
        table = Table(title=title, title_justify="left", expand=True)
        for column, ratio in ((_("Name"), 4), (_("Where"), 3), (_("Standing"), 2), (_("List and day"), 5)):
            table.add_column(column, ratio=ratio, overflow="fold")
        for one in listed:
            cited = [one.park.number or one.listed.name[lang], one.when[lang], EVIDENCE[one.park.evidence][lang]]
            table.add_row(
                f"{one.park.printed} ({one.park.grade or PARK_KINDS[one.listed.kind][lang]})",
                one.says[lang],
                PARK_STANDINGS[one.park.standing][lang],
                " · ".join(cited),
            )
        self.console.print(table)

    def transfer(self, answer: TransferAnswer, rm: Regionmap, *, every: bool = False) -> None:
        """Print where an industry is guided to: the push, the destinations with their obstacles, what is undefined."""
        _, lang = self._, self.language
        head = f"{answer.origin.name} {answer.origin.code} → · {answer.subject.name[lang]} · {answer.date.isoformat()}"
        self.console.print(Panel(Line(head, "bold")))
        self._caveats(answer.caveats)
        self._findings(_("The push at the origin"), [one for one in answer.push.findings if one.decides])
        table = _table(_("Place"), _("Tier"), _("Guided here by"), _("Stands against it there"))
        nothing = _("nothing loaded")
        for one in answer.destinations:
            against = [
                f"{EFFECTS[found.provision.effect][lang]} {citation(found.provision, found.source.number)}"
                for found in one.obstacles
            ]
            table.add_row(
                f"{rm.gazetteer.province(one.place.code).name} {one.place.name}\n{one.place.code}",
                TIERS[one.tier][lang],
                "\n".join(dict.fromkeys(guide_text(guide)[lang] for guide in one.guides)),
                "\n".join(against) or nothing,
            )
        if answer.destinations:
            self.console.print(table)
        for guide in answer.undefined:
            self.console.print(Line("? ", "bold") + Line(guide_text(guide)[lang]))
        count = len(answer.open_places)
        self.console.print(
            _("{count} prefecture-level units: nothing loaded for or against.", count=count), style="dim"
        )
        if every:
            self.console.print("、".join(unit.name for unit in answer.open_places))
        self._coverage(answer.coverage, answer.catalogue)

    def rules(self, rules: Sequence[Rule]) -> None:
        """Print provisions as a table."""
        _, lang = self._, self.language
        table = _table(_("Provision"), _("Document"), _("Effect"), _("Words"), _("Summary"))
        for one in rules:
            state = f"\n{STATUSES[one.status][lang]}" if one.status is not None else ""
            table.add_row(
                one.provision.id,
                citation(one.provision, one.source.number),
                EFFECTS[one.provision.effect][lang] + state,
                f"「{one.provision.quote}」",
                one.provision.summary[lang],
            )
        self.console.print(table)
        self.console.print(_("{count} provisions", count=len(rules)))

    def regions(self, regions: Iterable[tuple[Region, list[dict[str, Any]]]], numbers: Mapping[str, str]) -> None:
        """Print regions with their definitions, rows of the contract; ``numbers``: document number by source id."""
        _, lang = self._, self.language
        table = _table(_("Region"), _("Name"), _("List from"), _("By"), _("Members"))
        for region, rows in regions:
            if not rows:
                table.add_row(region.id, region.name[lang], "—", _("no list in use on this date"), "")
            for row in rows:
                names = "、".join(dict.fromkeys(member["name"] for member in row["members"]))
                mark = " " + _("(list ends in 等)") if row["open"] else ""
                until = f" – {row['in_force_until']}" if row["in_force_until"] else ""
                cities = _("{count} prefecture-level cities", count=row["prefecture_level"]["count"])
                table.add_row(
                    region.id,
                    region.name[lang],
                    row["in_force_from"] + until,
                    f"{numbers[row['source']]} {row['item']}",
                    f"{names}{mark}\n{cities}",
                )
        self.console.print(table)

    def history(self, change: RegionChange, rm: Regionmap) -> None:
        """Print how a region's list changed between two dates."""
        _, lang = self._, self.language
        self.console.print(Panel(Line(f"{change.region.name[lang]} · {change.start} – {change.end}", "bold")))
        for day, definition in ((change.start, change.before), (change.end, change.after)):
            self.console.print(list_in_use(rm.catalogue, day, definition)[lang])
        table = _table(_("Change"), _("Count"), _("Places"))
        for words, units in (
            (_("Joined"), change.joined),
            (_("Left"), change.left),
            (_("Stayed"), change.stayed),
        ):
            table.add_row(words, how_many(rm.gazetteer, units)[lang], _names(units, lang))
        for moved in change.moves().values():
            units = tuple(one.unit for one in moved)
            table.add_row(moved_text(moved[0])[lang], how_many(rm.gazetteer, units)[lang], _names(units, lang))
        self.console.print(table)

    def sources(self, sources: Iterable[Source]) -> None:
        """Print the loaded documents."""
        _, lang = self._, self.language
        table = _table(_("Document"), _("In force"), _("Target date"), _("Read"), _("Items and provisions"))
        for one in sources:
            until = f" – {one.in_force_until}" if one.in_force_until else " –"
            table.add_row(
                f"{one.number}\n{one.title[lang]}\n{one.id}",
                f"{one.in_force_from}{until}",
                str(one.horizon or "—"),
                READ[one.read][lang],
                f"{len(one.items)} / {len(one.provisions)}",
            )
        self.console.print(table)

    def _caveats(self, caveats: Sequence[Caveat]) -> None:
        for one in caveats:
            self.console.print(Line("! ", "bold yellow") + Line(one.text[self.language]))

    def _findings(self, title: str, findings: Sequence[Finding], *, status: bool = False, brief: bool = False) -> None:
        """Print findings as a table; ``status`` adds it, ``brief`` leaves out the reasons."""
        if not findings:
            return
        _, lang = self._, self.language
        table = Table(title=f"{title} ({len(findings)})", title_justify="left", show_lines=True, expand=True)
        table.add_column(_("Effect"), max_width=14)
        table.add_column(_("Document and item"), ratio=2, overflow="fold")
        table.add_column(_("Words"), ratio=5, overflow="fold")
        if not brief:
            table.add_column(_("Why"), ratio=4, overflow="fold")
        for one in findings:
            state = f"\n{STATUSES[one.status][lang]}" if status else ""
            because = one.because
            reasons = (because.date,) if status else (because.place, because.industry, because.date)
            cells = [
                EFFECTS[one.provision.effect][lang] + state,
                citation(one.provision, one.source.number),
                f"「{one.provision.quote}」\n{one.provision.summary[lang]}",
            ]
            table.add_row(*cells, *([] if brief else [" ".join(text[lang] for text in reasons)]))
        self.console.print(table)

    def _fell(self, findings: Sequence[Finding]) -> None:
        if not findings:
            return
        _, lang = self._, self.language
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
        self.console.print(table)

    def _asks(self, findings: Sequence[Finding]) -> None:
        """Print what depends on the site: rules that may decide, then other questions with how many hang on each."""
        _, lang = self._, self.language
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
            self.console.print(table)
        if others:
            count = sum(len(one.findings) for one in others)
            self.console.print(_("{count} other rules hang on questions like these:", count=count), style="bold")
            for one in others[:_MOST_ASKS]:
                self.console.print(Line("? ", "bold") + Line(one.ask[lang]) + Line(f" ({len(one.findings)})", "dim"))
            if others[_MOST_ASKS:]:
                left = len(others) - _MOST_ASKS
                self.console.print(_("{count} more questions: see --json.", count=left), style="dim")

    def _coverage(self, coverage: Coverage, version: str) -> None:
        self.console.print(Line(f"{coverage.statement[self.language]} [{version}]", "dim"))


def _names(units: Sequence[Unit], language: str) -> str:
    return ", ".join(one.name_en for one in units) if language == "en" else "、".join(one.name for one in units)


def _targets(findings: Sequence[Finding]) -> list[Finding]:
    return [one for one in findings if one.provision.effect is Effect.TARGET]


def _table(*columns: str) -> Table:
    """Return a table whose cells break anywhere: Chinese has no spaces, and nothing may be cut off."""
    table = Table(show_lines=True, expand=True)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table
