"""What stands in the way of a day, and the changes that would make it fit, each with a button that makes it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from data.actions.schedule_fixes import NewJudge, apply_fix
from data.errors import UserError
from data.i18n import _
from data.queries import schedule_fixes as queries
from data.queries.schedule_words import Words
from data.rules.rotation_fix import Fix, Remedy
from data.rules.rotation_model import Problem, Solution
from ui.desk import Desk
from ui.errors import show_error
from ui.task import Progress, Task
from ui.widgets import parts
from ui.widgets.schedule.fix_row import FixRow
from ui.widgets.schedule.fix_search import FixSearch
from ui.widgets.schedule.new_judges_dialog import NewJudgesDialog

_OBSTACLES = 6  # of one remedy, or while the search runs; more would not be read


class FixesPanel(QWidget):
    """Empty until `show_for`. `applied`: the event was changed, in words how, so plan the day again."""

    applied = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._task: Task | None = None
        self._wanted = Fix("")
        self._remedies: tuple[Remedy, ...] = ()
        self._solution: Solution | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self.hide()

    def show_for(self, problem: Problem, solution: Solution) -> None:
        """Show what stands in the way of this day at once, and what would make it fit as soon as it is found."""
        self.clear()
        self._solution = solution
        words = Words(self._desk.store)
        texts = list(dict.fromkeys(map(words.obstacle, solution.obstacles)))
        for text in texts[:_OBSTACLES]:
            self._layout.addWidget(parts.strip(text, "wrong"))
        if not texts:
            return
        waiting = parts.muted(_("Looking for what would make the day fit…"))
        waiting.setObjectName("lookingForFixes")
        self._layout.addLayout(parts.row(waiting, None, parts.button(_("Stop"), self._stop, name="stopFixes")))
        search = FixSearch(self._desk.store, problem, solution)
        self._task = self._desk.tasks.run(search, self._on_found, title=_("Looking for a way out"))
        search.follow(self._task)
        self.setVisible(True)

    def clear(self) -> None:
        """Show nothing, and stop looking."""
        self._stop()
        self._task = self._solution = None
        self._remedies = ()
        parts.clear(self._layout)
        self.hide()

    @property
    def is_busy(self) -> bool:
        """Whether it is looking for fixes, or making one."""
        return self._task is not None

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _on_found(self, result: tuple[Solution, tuple[Remedy, ...]]) -> None:
        solution, remedies = result
        if solution is not self._solution:
            return
        self._task = None
        self._remedies = remedies
        parts.clear(self._layout)
        words = Words(self._desk.store)
        if not remedies:
            for text in list(dict.fromkeys(map(words.obstacle, solution.obstacles)))[:_OBSTACLES]:
                self._layout.addWidget(parts.strip(text, "wrong"))
            self._layout.addWidget(
                parts.muted(_("No change was found and tried out that makes the day fit."), wrap=True)
            )
            return
        if len(remedies) > 1:
            together = parts.primary_button(_("Apply the first of each"), self._take_all_first, name="applyAll")
            said = _("All of these stand in the way. With the first change of each, the day was tried out and fits.")
            self._layout.addWidget(parts.strip(said, "info", together))
        for remedy in remedies:
            self._layout.addWidget(self._card(words, remedy, is_only=len(remedies) == 1))

    def _card(self, words: Words, remedy: Remedy, *, is_only: bool) -> QWidget:
        whys = list(dict.fromkeys(map(words.why, remedy.obstacles)))[:_OBSTACLES]
        children: list[QWidget] = []
        for why in whys:
            label = parts.label(f"{parts.MARKS['wrong']} {why}", "subheading", tone="wrong", wrap=True)
            label.setObjectName("obstacle")
            children.append(label)
        for number, fix in enumerate(remedy.fixes):
            text = words.fix(fix)
            row = FixRow(fix, text[:1].upper() + text[1:], is_first=is_only and number == 0)
            row.wanted.connect(self._take)
            children.append(row)
        return parts.card(*children, margin=12, spacing=6)

    def _take_all_first(self) -> None:
        self._take(queries.all_first(self._remedies))

    def _take(self, fix: Fix) -> None:
        """Make this change, after the names of the judges whom it asks for."""
        if self._task is not None:
            return
        if queries.is_for_the_draws(fix):
            self._desk.go("draws")
            return
        self._wanted = fix
        count = queries.judges_needed(fix)
        if count:
            NewJudgesDialog(self, Words(self._desk.store).fix(fix), count, self._make).open()
        else:
            self._make([])

    def _make(self, judges: Sequence[NewJudge]) -> None:
        store, actor, fix = self._desk.store, self._desk.actor, self._wanted

        def work(_report: Progress) -> str:
            return apply_fix(store, actor, fix, judges=judges)

        self.setEnabled(False)
        self._task = self._desk.tasks.run(work, self._on_made, self._on_not_made, title=_("Changing the event"))

    def _on_made(self, said: str) -> None:
        self._task = None
        self.setEnabled(True)
        self.clear()
        self._desk.say(said)
        self.applied.emit(said)

    def _on_not_made(self, error: UserError) -> None:
        self._task = None
        self.setEnabled(True)
        show_error(self, error)
