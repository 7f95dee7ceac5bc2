"""The sentences of the readiness list, phase by phase, out of its figures."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from data.i18n import _, ngettext
from data.queries import plan_findings
from data.queries.alarm_words import kind_word
from data.queries.leaderboard import UndecidedTie
from data.queries.rare_names import JUDGE, UNIT, RareName
from data.queries.readiness_facts import Facts, VisitFacts, Waited
from data.queries.schedule import Faults
from data.rules.decimals import clock
from data.rules.plan_check import PlanFinding

_SHOWN = 3  # of lines or names of one kind; the page behind the line has them all
_SOON = 20  # minutes before the first visit in which somebody should be here
_SIDE_BY_SIDE = {"checkin", "score_entry"}
_LATE = 15  # minutes after the end of a visit in which its sheets should be in


@dataclass(frozen=True)
class ReadinessLine:
    """One line of the list; `page` and `target` say where it is mended.

    severity: wrong (must be mended) | attention (needs a hand) | next (the next step) | done.
    """

    severity: str
    title: str
    detail: str
    page: str
    target: Any = None


@dataclass(frozen=True)
class DivisionTies:
    """The undecided ties of a division."""

    code: str
    title: str
    ties: tuple[UndecidedTie, ...]


def empty_lines() -> tuple[ReadinessLine, ...]:
    """The list of a file without an event."""
    return (
        ReadinessLine(
            "next",
            _("Set up the event"),
            _("Start from a template, from a plan workbook, or by hand."),
            "setup",
        ),
    )


def all_lines(
    facts: Facts,
    minute: int | None,
    ties: Sequence[DivisionTies],
    faults: Faults | None = None,
    running: Iterable[ReadinessLine] = (),
    checks: Iterable[ReadinessLine] = (),
) -> tuple[ReadinessLine, ...]:
    """The whole list: what is wrong first, then what needs a hand, the next step, and what is done.

    Args:
        minute: the minute of the day, None when the event is on another day.
        ties: those of the divisions, as far as all marks are in.
        faults: what the checker finds in the timetable.
        running: what the running day needs.
        checks: what guards the marks before they are results.
    """
    found = [
        *_setup(facts),
        *_roster(facts),
        *_names(facts),
        *_draws(facts),
        *_schedule(facts, faults or Faults()),
        *_print(facts),
        *_checkin(facts, minute),
        *running,
        *_marks(facts, minute),
        *checks,
        *_results(facts, ties),
    ]
    order = ("wrong", "attention", "next", "done")
    found = _only_first_step(found)
    return tuple(sorted(found, key=lambda line: order.index(line.severity)))


def _only_first_step(lines: Iterable[ReadinessLine]) -> list[ReadinessLine]:
    """There is one next step, the first in the order of the day; but check-in and score entry go on side by side."""
    kept: list[ReadinessLine] = []
    for line in lines:
        if line.severity == "next" and any(known.severity == "next" for known in kept):
            both = {line.page, *(known.page for known in kept if known.severity == "next")}
            if not both <= _SIDE_BY_SIDE:
                continue
        kept.append(line)
    return kept


def _setup(facts: Facts) -> Iterator[ReadinessLine]:
    errors = [finding for finding in facts.findings if finding.severity == "error"]
    warnings = [finding for finding in facts.findings if finding.severity != "error"]
    yield from _findings(errors, "wrong")
    yield from _findings(warnings, "attention")
    if facts.plan.info.blind and not any(judge.chief for judge in facts.plan.judges):
        yield ReadinessLine(
            "attention",
            _("A blind event needs a chief judge"),
            _("Nobody else can decode the names. Name one among the judges."),
            "setup",
        )
    if not errors:
        plan = facts.plan
        parts = (
            ngettext("{n} division", "{n} divisions", len(plan.divisions)).format(n=len(plan.divisions)),
            ngettext("{n} unit", "{n} units", len(plan.units)).format(n=len(plan.units)),
            ngettext("{n} station", "{n} stations", len(plan.stations)).format(n=len(plan.stations)),
            ngettext("{n} judge", "{n} judges", len(plan.judges)).format(n=len(plan.judges)),
        )
        yield ReadinessLine("done", _("The event is set up"), " · ".join(parts), "setup")


def _findings(findings: Sequence[PlanFinding], severity: str) -> Iterator[ReadinessLine]:
    for finding in findings[:_SHOWN]:
        sentence, place = plan_findings.sentence(finding), plan_findings.place(finding)
        yield ReadinessLine(severity, sentence, place, "setup", finding.sheet)
    more = len(findings) - _SHOWN
    if more > 0:
        title = ngettext("{n} more remark on the plan", "{n} more remarks on the plan", more).format(n=more)
        yield ReadinessLine(severity, title, "", "setup", findings[_SHOWN].sheet)


def _roster(facts: Facts) -> Iterator[ReadinessLine]:
    needed = any(division.entry == "individual" for division in facts.plan.divisions)
    if needed and not facts.people:
        yield ReadinessLine(
            "next", _("Import the rosters"), _("The files that the units sent in; many at once."), "roster"
        )
        return
    selected = facts.draws.get("selection") == "drawn"
    if facts.shortages and not selected:
        count = len(facts.shortages)
        title = ngettext("{n} pool is smaller than its quota", "{n} pools are smaller than their quota", count)
        texts = [
            _("{unit} {division}: {there} of {quota}").format(
                unit=short.unit, division=short.division, there=short.there, quota=short.quota
            )
            for short in facts.shortages
        ]
        yield ReadinessLine("attention", title.format(n=count), _listed(texts), "roster")
    years = facts.plan.info.coverage_years
    if years and not facts.past_entries and not selected:
        yield ReadinessLine(
            "attention",
            _("No history of earlier years"),
            ngettext(
                "The draw should pass over who competed in the last {n} year. Import that list first.",
                "The draw should pass over who competed in the last {n} years. Import that list first.",
                years,
            ).format(n=years),
            "roster",
            "history",
        )
    if facts.people:
        title = ngettext("{n} person in the pool", "{n} people in the pool", facts.people).format(n=facts.people)
        past = ngettext("{n} entry of earlier years", "{n} entries of earlier years", facts.past_entries)
        yield ReadinessLine("done", title, past.format(n=facts.past_entries) if facts.past_entries else "", "roster")


def _names(facts: Facts) -> Iterator[ReadinessLine]:
    """Names that cannot be printed whole, then those with rare characters; a line leads to the first of its names."""
    lost = [one for one in facts.rare if one.is_lost]
    rare = [one for one in facts.rare if not one.is_lost]
    if lost:
        title = ngettext("{n} name cannot be printed whole", "{n} names cannot be printed whole", len(lost))
        detail = _("No font of Biwu has these characters: {names}").format(names=_rare_words(lost, facts))
        yield ReadinessLine("wrong", title.format(n=len(lost)), detail, *_rare_target(lost[0], facts))
    if rare:
        title = ngettext("{n} name has a rare character", "{n} names have rare characters", len(rare))
        detail = _("Compare with the ID card: {names}").format(names=_rare_words(rare, facts))
        yield ReadinessLine("attention", title.format(n=len(rare)), detail, *_rare_target(rare[0], facts))


def _rare_words(names: Sequence[RareName], facts: Facts) -> str:
    """Each name with its rare characters and their font; while names are sealed, the characters alone."""
    texts = []
    for one in names:
        shown = [f"{mark} {font}" if font else f"{mark} U+{ord(mark):04X}" for mark, font in one.characters]
        who = "" if facts.sealed else " · ".join(dict.fromkeys(filter(None, (one.name, one.where))))
        marks = _(", ").join(shown)
        texts.append(_("{who} ({characters})").format(who=who, characters=marks) if who else marks)
    return _listed(texts)


def _rare_target(one: RareName, facts: Facts) -> tuple[str, Any]:
    """The page and the place where a name is mended."""
    if one.whose == JUDGE:
        return "setup", "裁判"
    if facts.sealed:
        return "roster", None
    return "roster", one.name if one.whose == UNIT else one.id


def _draws(facts: Facts) -> Iterator[ReadinessLine]:
    for kind, draw in (
        ("selection", _("Draw who competes")),
        ("numbers", _("Draw the contestant numbers")),
        ("items", _("Draw the optional stations")),
        ("lanes", _("Draw the lanes")),
        ("judges", _("Draw the judges' seats")),
    ):
        state = facts.draws.get(kind)
        if state is None and kind in facts.needed_draws:
            yield ReadinessLine("next", draw, _("Freeze the list, then draw in public."), "draws", kind)
        elif state == "frozen":
            yield ReadinessLine(
                "next", draw, _("The list is frozen. Type the seed parts of the witnesses."), "draws", kind
            )
    if facts.closed and not facts.sheets_in:
        yield ReadinessLine(
            "attention",
            _("A judge of the own unit sits in every lane"),
            _("Draw the judges' seats, or change them in the plan: {places}").format(
                places=_listed([f"{station} {unit}" for station, unit in facts.closed])
            ),
            "draws",
            "judges",
        )
    if facts.draws.get("selection") == "drawn" and facts.draws.get("numbers") == "drawn":
        if facts.unnumbered:
            title = ngettext("{n} entrant has no number", "{n} entrants have no number", facts.unnumbered)
            yield ReadinessLine(
                "attention", title.format(n=facts.unnumbered), _("Draw the numbers again."), "draws", "numbers"
            )
        title = ngettext("{n} entrant drawn and numbered", "{n} entrants drawn and numbered", facts.competing)
        yield ReadinessLine("done", title.format(n=facts.competing), _("Each draw has its record."), "draws")


def _schedule(facts: Facts, faults: Faults) -> Iterator[ReadinessLine]:
    if facts.memberless:
        title = ngettext(
            "The members of {n} team are not named", "The members of {n} teams are not named", len(facts.memberless)
        )
        detail = _("Only who is named is kept from being planned in a team and alone at once.")
        yield ReadinessLine("attention", title.format(n=len(facts.memberless)), detail, "checkin", facts.memberless[0])
    if facts.timetable is None:
        yield ReadinessLine(
            "next", _("Make the timetable"), _("Who is at which station and lane, and when."), "schedule"
        )
        return
    if facts.unscheduled:
        title = ngettext(
            "{n} entrant is not in the timetable", "{n} entrants are not in the timetable", facts.unscheduled
        )
        yield ReadinessLine("wrong", title.format(n=facts.unscheduled), _("Make the timetable again."), "schedule")
    if faults.of_draws:
        title = ngettext(
            "{n} visit of the timetable is not as it was drawn",
            "{n} visits of the timetable are not as they were drawn",
            faults.of_draws,
        )
        detail = _("Lanes or optional stations were drawn after it was made. Make it again.")
        yield ReadinessLine("wrong", title.format(n=faults.of_draws), detail, "schedule")
    others = faults.count - faults.of_draws
    if others:
        title = ngettext(
            "The checker finds {n} fault in the timetable", "The checker finds {n} faults in the timetable", others
        )
        detail = _("The plan or the entrants changed after it was made. Make it again.")
        yield ReadinessLine("wrong", title.format(n=others), detail, "schedule")
    finish = facts.finish_minute or 0
    if finish > facts.plan.info.closes_minute:
        yield ReadinessLine(
            "wrong",
            _("The timetable ends at {finish}, after {closes}").format(
                finish=clock(finish), closes=clock(facts.plan.info.closes_minute)
            ),
            _("More lanes, shorter breaks or a later end would make it fit."),
            "schedule",
        )
    title = _("Timetable {number} ends at {finish}").format(number=facts.timetable, finish=clock(finish))
    detail = ngettext("{n} visit", "{n} visits", facts.expected_visits).format(n=facts.expected_visits)
    yield ReadinessLine("done", title, detail, "schedule")


def _print(facts: Facts) -> Iterator[ReadinessLine]:
    if facts.timetable is None:
        return
    papers = {
        "badges": (_("Badges"), "numbers"),
        "marksheets": (_("Mark sheets"), "timetable"),
        "timetables": (_("Timetables"), "timetable"),
    }
    missing = [words for kind, (words, _of) in papers.items() if kind not in facts.printed]
    if missing and not facts.sheets_in:
        yield ReadinessLine(
            "next", _("Print the papers"), _("Missing: {papers}").format(papers=_(", ").join(missing)), "print"
        )
    stale = [words for kind, (words, of) in papers.items() if kind in facts.printed and _is_stale(facts, kind, of)]
    if stale:
        yield ReadinessLine(
            "attention",
            _("Printed papers are out of date"),
            _("Print again: {papers}").format(papers=_(", ").join(stale)),
            "print",
        )
    if facts.replaced:
        title = ngettext(
            "{n} contestant was replaced after printing", "{n} contestants were replaced after printing", facts.replaced
        )
        yield ReadinessLine(
            "attention", title.format(n=facts.replaced), _("Print the badges and sheets that changed."), "print"
        )
    if not missing and not stale:
        pieces = facts.printed["marksheets"][0]
        title = ngettext("{n} mark sheet printed", "{n} mark sheets printed", pieces).format(n=pieces)
        yield ReadinessLine("done", title, _("Badges and timetables too."), "print")


def _is_stale(facts: Facts, kind: str, of: str) -> bool:
    _pieces, version = facts.printed[kind]
    if of == "timetable" and version is not None:
        return version != facts.timetable
    return kind in facts.renumbered


def _checkin(facts: Facts, minute: int | None) -> Iterator[ReadinessLine]:
    if facts.timetable is None or not facts.competing:
        return
    due = [] if minute is None else [one for one in facts.waited if _is_due(one, minute)]
    if due:
        title = ngettext("{n} entrant is due and not checked in", "{n} entrants are due and not checked in", len(due))
        texts = [f"{one.who} {clock(one.first_minute)}" for one in due if one.first_minute is not None]
        yield ReadinessLine("attention", title.format(n=len(due)), _listed(texts), "checkin", due[0].entrant_id)
    if facts.waited and not facts.all_marks_in:
        title = _("Check the entrants in")
        detail = ngettext("{n} not here yet", "{n} not here yet", len(facts.waited)).format(n=len(facts.waited))
        yield ReadinessLine("next", title, detail, "checkin")
    elif facts.arrived:
        title = ngettext("{n} entrant checked in", "{n} entrants checked in", facts.arrived).format(n=facts.arrived)
        out = ngettext("{n} does not compete", "{n} do not compete", facts.out).format(n=facts.out)
        yield ReadinessLine("done", title, out if facts.out else "", "checkin")


def _is_due(waited: Waited, minute: int) -> bool:
    return waited.first_minute is not None and waited.first_minute - _SOON <= minute


def _marks(facts: Facts, minute: int | None) -> Iterator[ReadinessLine]:
    if not facts.visits:
        return
    late = [] if minute is None else [visit for visit in facts.visits if _is_late(visit, minute)]
    if late:
        count = sum(visit.sheets - visit.sheets_in for visit in late)
        title = ngettext("{n} mark sheet is late", "{n} mark sheets are late", count).format(n=count)
        texts = [f"{visit.station} {visit.who}" for visit in late]
        yield ReadinessLine("attention", title, _listed(texts), "score_entry", late[0].visit_id)
    if facts.alarms:
        n = len(facts.alarms)
        title = ngettext("{n} thing waits for the chief judge", "{n} things wait for the chief judge", n).format(n=n)
        texts = [f"{row.station_code} {row.number or row.name} ({kind_word(row.kind)})" for row in facts.alarms]
        yield ReadinessLine("attention", title, _listed(texts), "score_entry", "confirm")
    sheets = _("{there} of {all} mark sheets are in").format(there=facts.sheets_in, all=facts.sheets)
    if facts.sheets_in < facts.sheets:
        yield ReadinessLine("next", _("Enter the marks"), sheets, "score_entry")
    if facts.theory_in < facts.theory_wanted:
        theory = _("{there} of {all} are in").format(there=facts.theory_in, all=facts.theory_wanted)
        yield ReadinessLine("next", _("Import the theory marks"), theory, "score_entry", "theory")
    if facts.all_marks_in:
        yield ReadinessLine("done", _("All marks are in"), sheets, "score_entry")


def _is_late(visit: VisitFacts, minute: int) -> bool:
    return visit.sheets_in < visit.sheets and visit.ends_minute is not None and visit.ends_minute + _LATE <= minute


def _results(facts: Facts, ties: Sequence[DivisionTies]) -> Iterator[ReadinessLine]:
    if facts.appeals:
        count = len(facts.appeals)
        title = ngettext("{n} appeal is not decided", "{n} appeals are not decided", count).format(n=count)
        yield ReadinessLine("attention", title, _listed(facts.appeals), "results", "appeals")
    harmless = 0
    for division in ties:
        for tie in division.ties:
            if not tie.cuts:
                harmless += 1
                continue
            title = _("{division}: place {place} is undecided").format(division=division.title, place=tie.place)
            names = _listed(list(tie.names))
            detail = _("The line of {award} goes through this tie: {names}").format(award=tie.cuts, names=names)
            yield ReadinessLine("wrong", title, detail, "results", division.code)
    if harmless and facts.result_version is None:
        title = ngettext("{n} more tie is undecided", "{n} more ties are undecided", harmless).format(n=harmless)
        yield ReadinessLine("attention", title, _("No award depends on it; the place is shared."), "results")
    if not facts.all_marks_in:
        return
    if facts.sealed:
        detail = _("All marks are in: the chief judge decodes the names before a witness.")
        yield ReadinessLine("next", _("Decode the names"), detail, "results")
        return
    if facts.result_version is None:
        yield ReadinessLine("next", _("Finalise the results"), _("All marks are in."), "results")
        return
    if facts.changed_since:
        title = _("Marks, people or the plan changed after result version {number}").format(number=facts.result_version)
        yield ReadinessLine("attention", title, _("Look at the differences, then finalise again."), "results")
    title = _("Result version {number} is final").format(number=facts.result_version)
    yield ReadinessLine("done", title, "", "results")
    yield _notice(facts.result_version, facts.noticed)
    printed = facts.printed.get("certificates")
    if printed is None:
        yield ReadinessLine("next", _("Print the certificates"), "", "results", "certificates")
    elif printed[1] is not None and printed[1] < facts.result_version:
        title = _("The certificates are of an older result version")
        yield ReadinessLine("attention", title, _("Print those that changed again."), "results", "certificates")


def _notice(version: int, noticed: tuple[int, str] | None) -> ReadinessLine:
    if noticed is None:
        return ReadinessLine("next", _("Publish the notice"), "", "results", "certificates")
    if noticed[0] < version:
        title = _("The notice is of an older result version")
        detail = _("Publish that of version {number}.").format(number=version)
        return ReadinessLine("attention", title, detail, "results", "certificates")
    title = _("The notice of result version {number} is published").format(number=version)
    return ReadinessLine("done", title, _("It hangs out until {day}.").format(day=noticed[1]), "results")


def _listed(texts: Sequence[str]) -> str:
    shown = _("; ").join(texts[:_SHOWN])
    more = len(texts) - _SHOWN
    return shown if more <= 0 else _("{shown} and {n} more").format(shown=shown, n=more)
