"""The first tab of the results: the divisions at the left, the standings of the chosen one beside them."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from data.actions import results as actions
from data.errors import UserError
from data.exchange import standings_csv
from data.i18n import _, ngettext
from data.queries import leaderboard
from data.queries.blockers import Blocker
from data.queries.ladder import ladder
from data.queries.playoffs import Tie
from data.queries.result_state import ResultState
from data.queries.timetable_papers import Choice
from printing import papers
from ui import dialogs
from ui.desk import Desk
from ui.pages.page import Page
from ui.task import Progress
from ui.widgets import parts
from ui.widgets.desk.lock_bar import LockBar
from ui.widgets.division_list import DivisionList
from ui.widgets.results.honours_dialog import HonoursDialog
from ui.widgets.results.ladder_dialog import LadderDialog
from ui.widgets.results.playoff_dialog import PlayoffDialog
from ui.widgets.results.result_tab import ResultTab
from ui.widgets.results.standings_view import StandingsView


class StandingsTab(ResultTab):
    """A target is a division's code."""

    key = "standings"
    tables = leaderboard.TABLES | {"reading", "lock", "honour", "honour_given"}

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._entrant = 0  # whose ladder is to be saved
        self.divisions = DivisionList()
        self.divisions.chosen.connect(self._on_division)
        self.view = StandingsView(self.desk.settings)
        self.view.ladder_wanted.connect(self._show_ladder)
        self.view.playoff_wanted.connect(self.ask_playoff)
        self.view.mend_wanted.connect(self.mend_wanted)
        self.view.honours_wanted.connect(self.ask_honours)
        self.lock = LockBar(page, offers_locking=False)  # what is complete is locked by its line above the table
        self.view.add_beside_title(self.lock)
        beside = parts.row(self.divisions, self.view, spacing=12)
        beside.setStretch(1, 1)
        self.room.addLayout(beside)

    def title(self) -> str:
        return _("Standings")

    def go_to(self, target: Any) -> bool:
        state = self.state
        if state is None or target not in {division.division_code for division in state.divisions}:
            return super().go_to(target)
        self.divisions.choose(target)
        return True

    def place(self) -> Any:
        return self.divisions.code or self.key

    def show_state(self, state: ResultState) -> None:
        self.divisions.show_divisions(state.divisions, state.locked)
        self.view.honours_button.setVisible(state.has_honours)
        self._show_division()

    def settle_tie(self, blocker: Blocker) -> None:
        """Ask how a tie that blocks the results was decided."""
        assert self.state is not None
        wanted = frozenset(blocker.entrant_ids)
        self.ask_playoff(next(tie for tie in self.state.ties if wanted <= tie.entrant_ids))

    def ask_playoff(self, tie: Tie) -> None:
        """Ask how a tie is decided."""
        PlayoffDialog(self.page, tie, self._save_playoff, self._share).open()

    def ask_honours(self) -> None:
        """Show the titles beside the awards, to be given and taken."""
        HonoursDialog(self.page, self.desk).open()

    def ask_export(self) -> None:
        """Ask where to, and write the standings as they are now."""
        name = _("Standings") + ".csv"
        dialogs.save_file(self.page, _("Export the standings"), _("CSV files (*.csv)"), name, self._write)

    def _show_division(self) -> None:
        state, code = self.state, self.divisions.code
        if state is None or not code:
            return
        division = next(one for one in state.divisions if one.division_code == code)
        self.lock.show_division(code)
        playable = state.holds_playoffs and not division.provisional
        self.view.show_standings(
            division,
            [tie for tie in state.ties if tie.division_code == code] if playable else [],
            [blocker for blocker in state.blockers if blocker.division_code == code],
            nameless=state.nameless,
        )

    def _on_division(self, _code: str) -> None:
        self._show_division()

    def _show_ladder(self, entrant_id: int) -> None:
        try:
            found = ladder(self.desk.store, entrant_id)
        except UserError as error:
            dialogs.inform(self.page, error.what, error.todo)
            return
        LadderDialog(self.page, found, self._ask_ladder_file).open()

    def _ask_ladder_file(self, entrant_id: int) -> None:
        self._entrant = entrant_id
        name = _("Score ladder") + ".pdf"
        dialogs.save_file(self.page, _("Save as PDF"), _("PDF files (*.pdf)"), name, self._write_ladder)

    def _write_ladder(self, path: Path) -> None:
        work = partial(_write_ladder, self.desk, path, self._entrant)
        self.page.run(work, self._on_ladder, title=_("Score ladder"))

    def _on_ladder(self, path: Path) -> None:
        self.desk.say(_("Saved: {file}").format(file=path.name))

    def _save_playoff(self, places: Mapping[int, int], reason: str) -> None:
        actions.record_playoff(self.desk.store, self.desk.actor, places, reason)
        self.desk.say(_("The places of the play-off are noted."))

    def _share(self, entrant_ids: tuple[int, ...], reason: str) -> None:
        actions.share_award(self.desk.store, self.desk.actor, entrant_ids, reason)
        self.desk.say(_("They share the award."))

    def _write(self, path: Path) -> None:
        self.page.run(partial(_write_standings, self.desk, path), self._on_written, title=_("Writing the standings"))

    def _on_written(self, rows: int) -> None:
        self.desk.say(ngettext("Standings: {n} row saved.", "Standings: {n} rows saved.", rows).format(n=rows))


def _write_standings(desk: Desk, path: Path, _progress: Progress) -> int:
    return standings_csv.write_standings(desk.store, path)


def _write_ladder(desk: Desk, path: Path, entrant_id: int, progress: Progress) -> Path:
    papers.write_ladders(desk.store, path, progress, Choice(only=frozenset({entrant_id})))
    return path
