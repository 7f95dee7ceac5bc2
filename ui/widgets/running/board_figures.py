"""The day in a line: the time, how many visits are done, when it was to end, and when it will."""

from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout

from data.i18n import _
from data.queries.running import LATE_FROM, Board
from data.rules.decimals import clock
from ui.widgets import parts


class BoardFigures(QFrame):
    """Five figures, each over its words."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("boardFigures")
        self.setProperty("role", "card")
        self._values: dict[str, QLabel] = {}
        cells = []
        for name, words in (
            ("now", _("Now")),
            ("done", _("Visits done")),
            ("running", _("Under way")),
            ("planned", _("Planned finish")),
            ("expected", _("Expected finish")),
            ("missing", _("Missing")),
        ):
            value = parts.label("", "heading")
            value.setObjectName(f"figure:{name}")
            value.setAccessibleName(words)
            self._values[name] = value
            cells.append(parts.column(parts.label(words, "small"), value, spacing=0))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 6, 16, 6)
        line = parts.row(*cells, spacing=24)
        layout.addLayout(line)

    def value(self, name: str) -> str:
        """What is written under a figure: now, done, running, planned, expected or missing."""
        return self._values[name].text()

    def show_board(self, board: Board, minute: int) -> None:
        """The figures of this board at this minute of the day."""
        done = sum(row.done for row in board.lanes)
        left = sum(row.left for row in board.lanes)
        self._say("now", clock(minute))
        self._say("done", _("{done} of {all}").format(done=done, all=done + left))
        self._say("running", str(sum(row.current is not None for row in board.lanes)))
        self._say("planned", "–" if board.finish_minute is None else clock(board.finish_minute))
        self._say_expected(board)
        count = len(board.missing)
        self._say("missing", f"▲ {count}" if count else "0", "attention" if count else "")

    def _say_expected(self, board: Board) -> None:
        if board.expected_finish_minute is None or board.finish_minute is None:
            self._say("expected", "✓" if board.lanes and board.has_begun else "–", "done" if board.has_begun else "")
            return
        late = board.expected_finish_minute - board.finish_minute
        told = clock(board.expected_finish_minute)
        if late >= LATE_FROM:
            words = _("▲ {time} ({n} min later)").format(time=told, n=late)
            self._say("expected", words, "attention")
        else:
            self._say("expected", f"✓ {told}", "done")

    def _say(self, name: str, text: str, tone: str = "") -> None:
        self._values[name].setText(text)
        parts.set_tone(self._values[name], tone)
