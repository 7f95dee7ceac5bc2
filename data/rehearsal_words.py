"""What a rehearsal did, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from data.i18n import _

DEFAULT_SEED = "rehearsal/演练"


@dataclass
class Report:
    """What a rehearsal did.

    schedule: `starts`, `finish` and `bound` as HH:MM and in minutes after midnight, and the length of the day; of a
    disturbed day also `really_finished`, and `never_replanned`: its end if nobody had made the timetable again.
    typing: what came of typing twice, as data/rehearsal_typing.py's TypingReport; empty where nobody mistyped.
    seconds: of each phase, and the total; the one part that differs from run to run.
    """

    counts: dict[str, int] = field(default_factory=dict)
    schedule: dict[str, int | str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    typing: dict[str, Any] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)


def summary(report: Report) -> str:
    """The report in a few lines: what ran, then each count, then each warning."""
    lines = [*headlines(report), *(f"{count_title(name)}: {count}" for name, count in report.counts.items())]
    return "\n".join([*lines, *typing_lines(report.typing), *report.warnings])


def typing_lines(typing: Mapping[str, Any]) -> Sequence[str]:
    """What one entry would have published wrongly, and what two entries left of it."""
    if not typing:
        return ()
    lines = [
        _("{percent} in a hundred values are mistyped, of {values} values on {sheets} sheets.").format(
            percent=f"{typing['percent']:g}", values=typing["values"], sheets=typing["sheets"]
        )
    ]
    figures = _(
        "{values} values and {sheets} sheets wrong; with them {scores} scores, {places} places and {awards} awards."
    )
    for title, name in ((_("Entered once"), "single"), (_("Entered twice"), "double")):
        lines.append(f"{title}: {figures.format(**typing[name])}")
        lines += [f"  {_example(**one)}" for one in typing[name]["examples"]]
    lines.append(
        _(
            "{read} sheets were entered twice; on {typed_differently} the two differed, on {by_total} of them only "
            "from the total of the paper. {same_slips} values were mistyped alike by both."
        ).format(**typing)
    )
    return lines


def headlines(report: Report) -> Sequence[str]:
    """How long it took, and how the day is planned."""
    lines = [
        _("The day ran through in {seconds} s.").format(seconds=f"{report.seconds['total']:.1f}"),
        _("The timetable goes from {starts} to {finish}; no timetable can end before {bound}.").format(
            **report.schedule
        ),
    ]
    if "really_finished" in report.schedule:
        lines.append(
            _(
                "With everything that went wrong, the day ended at {really_finished}; "
                "without making the timetable again it would have ended at {never_replanned}."
            ).format(**report.schedule)
        )
    return lines


def _example(right: Mapping[str, Any], wrong: Mapping[str, Any]) -> str:
    return _("{division} {who}: {wrong} instead of {right}").format(
        division=right["division"], who=right["who"], wrong=_published(wrong), right=_published(right)
    )


def _published(line: Mapping[str, Any]) -> str:
    place = "" if line["place"] is None else _("place {place}").format(place=line["place"])
    return " · ".join(filter(None, (place, line["shown"], line["award"] or _("no award"))))


def phase_title(name: str) -> str:
    """What is done in a phase."""
    titles: Mapping[str, str] = {
        "setup": _("Setting up"),
        "roster": _("Importing the rosters"),
        "draws": _("Drawing lots"),
        "schedule": _("Planning the day"),
        "print": _("Printing badges, sheets and timetables"),
        "checkin": _("Checking in"),
        "marks": _("Entering marks"),
        "results": _("Finalising the results"),
    }
    return titles[name]


def count_title(name: str) -> str:
    """What a count of the report counts."""
    titles: Mapping[str, str] = {
        "units": _("Units"),
        "staff": _("Staff in the pool"),
        "people": _("People who compete"),
        "teams": _("Teams who compete"),
        "visits": _("Visits"),
        "schedule_faults": _("Faults of the timetable"),
        "badges": _("Badges"),
        "marksheets": _("Mark sheets"),
        "timetables": _("Timetables"),
        "sheets_simulated": _("Mark sheets simulated"),
        "no_shows": _("Entrants who did not come"),
        "retimings": _("Timetables made again on the day"),
        "told": _("Entrants told of other times"),
        "theory_simulated": _("Theory marks simulated"),
        "confirmed": _("Confirmed by the chief judge"),
        "playoffs": _("Play-offs simulated"),
        "certificates": _("Certificates"),
        "sheets": _("Mark sheets handed in"),
        "divisions_ranked": _("Divisions ranked"),
        "awards": _("Awards"),
        "awards_people": _("Awards of people"),
        "awards_teams": _("Awards of teams"),
    }
    return titles[name]
