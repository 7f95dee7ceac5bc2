"""The documents of an event, each written to a file from the event as it stands.

Every function returns how many pieces it wrote and leaves `path` as it was unless all went well.
"""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from data.errors import InvalidInput
from data.i18n import _
from data.local_time import local_time
from data.queries import after_papers, ladder_papers, papers, printouts, timetable_papers
from data.queries.entrants import entrants
from data.queries.judge_report import judge_report as reckoned
from data.queries.ladder import ladder
from data.queries.notice import Shown
from data.queries.timetable_papers import ALL, Choice
from data.store import Store
from printing import (
    badges,
    below_pass,
    certificates,
    fonts,
    judge_report,
    marksheets,
    notice,
    page,
    timetables,
    void_list,
)
from printing import ladder as ladder_paper
from printing.page import Progress, no_progress

PaperWriter = Callable[[Store, Path, Progress], int]


def write_badges(store: Store, path: Path, progress: Progress = no_progress, choice: Choice = ALL) -> int:
    """Badges.

    Raises:
        NotAllowed: there are no contestant numbers yet.
        InvalidInput: the choice leaves nothing to print.
        FileProblem: the file cannot be written.
        Cancelled: `progress` says so.
    """
    with store.read():
        head, found = papers.letterhead(store), papers.badges(store, choice)
    _refuse_nothing(found)
    return page.write(path, lambda file: badges.draw(file, head, found, progress))


def write_marksheets(store: Store, path: Path, progress: Progress = no_progress, choice: Choice = ALL) -> int:
    """Mark sheets of the timetable in force. Raises as `write_badges`; NotAllowed without a timetable."""
    with store.read():
        head, found = papers.letterhead(store), papers.mark_sheets(store, choice)
    _refuse_nothing(found)
    return page.write(path, lambda file: marksheets.draw(file, head, found, progress))


def write_timetables(store: Store, path: Path, progress: Progress = no_progress, choice: Choice = ALL) -> int:
    """Every side of the timetable in one file. Raises as `write_marksheets`."""
    return _write_timetables(timetables.draw_all, store, path, progress, choice)


def write_slips(store: Store, path: Path, progress: Progress = no_progress, choice: Choice = ALL) -> int:
    """The entrants' timetables. Raises as `write_marksheets`."""
    return _write_timetables(timetables.draw_entrants, store, path, progress, choice)


def write_running_lists(store: Store, path: Path, progress: Progress = no_progress, choice: Choice = ALL) -> int:
    """The list of each lane. Raises as `write_marksheets`."""
    return _write_timetables(timetables.draw_lanes, store, path, progress, choice)


def write_judge_lists(store: Store, path: Path, progress: Progress = no_progress, choice: Choice = ALL) -> int:
    """The judges' timetables. Raises as `write_marksheets`."""
    return _write_timetables(timetables.draw_judges, store, path, progress, choice)


def write_door_lists(store: Store, path: Path, progress: Progress = no_progress, choice: Choice = ALL) -> int:
    """What hangs at the doors of the stations. Raises as `write_marksheets`."""
    return _write_timetables(timetables.draw_doors, store, path, progress, choice)


def write_overview(store: Store, path: Path, progress: Progress = no_progress, choice: Choice = ALL) -> int:
    """The whole day on one page. Raises as `write_marksheets`."""
    return _write_timetables(timetables.draw_overview, store, path, progress, choice)


def _write_timetables(draw: Callable[..., int], store: Store, path: Path, progress: Progress, choice: Choice) -> int:
    with store.read():
        head, found = papers.letterhead(store), timetable_papers.timetables(store, choice=choice)
    sides = {
        timetables.draw_all: found.overviews,
        timetables.draw_entrants: found.entrants,
        timetables.draw_lanes: found.lanes,
        timetables.draw_judges: found.judges,
        timetables.draw_doors: found.doors,
        timetables.draw_overview: found.overviews,
    }
    _refuse_nothing(sides[draw])
    return page.write(path, lambda file: draw(file, head, found, progress))


def write_certificates(
    store: Store,
    path: Path,
    progress: Progress = no_progress,
    choice: Choice = ALL,
    version: int | None = None,
    *,
    new_only: bool = False,
) -> int:
    """Certificates of a result version, the newest without a number. Raises as `write_badges`; NotFound without one.

    Args:
        new_only: those alone that the version gave for the first time.
    """
    found = papers.certificates(store, version, choice, new_only=new_only)
    _refuse_nothing(found.certificates)
    return page.write(path, lambda file: certificates.draw(file, found.head, found.certificates, progress))


def write_notice(store: Store, path: Path, progress: Progress = no_progress, _choice: Choice = ALL) -> int:
    """The notice of the newest result version in the usual words, one piece. Raises as `write_certificates`."""
    found = papers.notice_paper(store)
    around = notice.NoticeWords(
        notice.usual_title(found.content),
        notice.usual_basis(found.content),
        found.proposal.period,
        found.proposal.contact,
        found.proposal.phone,
        local_time(found.issued).date(),
    )
    notice.write_notice(found.content, path, around, Shown(), progress)
    return 1


def write_void_list(
    store: Store, path: Path, progress: Progress = no_progress, _choice: Choice = ALL, version: int | None = None
) -> int:
    """The void certificate numbers, one piece. Raises as `write_certificates`; NotAllowed if none is void."""
    found = papers.void_list(store, version)
    return page.write(path, lambda file: void_list.draw(file, found, progress))


def write_below_list(store: Store, path: Path, _progress: Progress = no_progress, _choice: Choice = ALL) -> int:
    """The list of those who did not pass, one piece. Raises as `write_certificates`; NotAllowed if all have passed."""
    after_papers.below_list(store)
    below_pass.write_below_pass(store, path)
    return 1


def write_judge_report(store: Store, path: Path, progress: Progress = no_progress, _choice: Choice = ALL) -> int:
    """The judges' report, a piece a station. Raises as `write_badges`; NotAllowed without marks."""
    pieces = len(after_papers.judged_stations(store))
    report = reckoned(store, partial(_first_half, progress))
    judge_report.write_judge_report(store, path, report, partial(_second_half, progress))
    return pieces


def write_ladders(store: Store, path: Path, progress: Progress = no_progress, choice: Choice = ALL) -> int:
    """The score ladders, of one division or of `choice.only`. Raises as `write_badges`; NotAllowed without marks."""
    with store.read():
        head, version = papers.letterhead(store), ladder_papers.version_now(store)
        wanted = ladder_papers.ladder_papers(store, choice)
        _refuse_nothing(wanted)
        found = []
        for done, one in enumerate(wanted):
            found.append(ladder(store, one.id))
            progress(done, 2 * len(wanted), found[-1].name)
    return page.write(path, lambda file: ladder_paper.draw(file, head, found, version, partial(_second_half, progress)))


def _first_half(progress: Progress, done: int, total: int, text: str) -> None:
    progress(done, 2 * total, text)


def _second_half(progress: Progress, done: int, total: int, text: str) -> None:
    progress(total + done, 2 * total, text)


def names_without_glyphs(store: Store) -> list[tuple[str, str]]:
    """Names of entrants and units that no shipped font can print whole, each with the characters that lack."""
    names = dict.fromkeys(text for row in entrants(store) for text in (row.name, row.unit))
    return [(name, lacking) for name in names if (lacking := fonts.missing_characters(name))]


def _refuse_nothing(found: object) -> None:
    if not found:
        raise InvalidInput(_("Nothing fits this choice."), todo=_("Choose another division or station, or print all."))


WRITERS: Mapping[str, Callable[..., int]] = {
    printouts.BADGES: write_badges,
    printouts.MARKSHEETS: write_marksheets,
    printouts.SLIPS: write_slips,
    printouts.RUNNING_LISTS: write_running_lists,
    printouts.JUDGE_LISTS: write_judge_lists,
    printouts.DOOR_LISTS: write_door_lists,
    printouts.OVERVIEW: write_overview,
    printouts.TIMETABLES: write_timetables,
    printouts.LADDERS: write_ladders,
    printouts.NOTICE: write_notice,
    printouts.CERTIFICATES: write_certificates,
    printouts.VOID_LIST: write_void_list,
    printouts.BELOW_LIST: write_below_list,
    printouts.JUDGE_REPORT: write_judge_report,
}

# What a rehearsal leaves, by the name of the file.
DAY_PAPERS: Mapping[str, PaperWriter] = {
    "badges": write_badges,
    "marksheets": write_marksheets,
    "timetables": write_timetables,
    "certificates": write_certificates,
}
