"""The notice (公示): what its table shows, what stands around it, and for which days it hangs out; with a preview."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QWidget,
)

from data.exchange import notice_csv
from data.exchange.notice_csv import NoticeOptions
from data.i18n import _, ngettext
from data.queries.list_words import in_a_row
from data.queries.notice import Proposal
from data.queries.results import Frozen
from data.rules.workdays import Period
from printing.notice import NoticeWords
from ui.widgets import parts
from ui.widgets.results.notice_options import NoticeOptionsView
from ui.widgets.results.notice_words import NoticeWordsView

CSV, PDF = "csv", "pdf"
_SIZE = (1040, 664)
_LEFT_WIDTH = 320
_ROWS_SHOWN = 30
_NAMES_SHOWN = 6


@dataclass(frozen=True)
class NoticeChoice:
    """What the user decided. kind: CSV or PDF. publish: the days that are to be noted as those of the notice."""

    kind: str
    options: NoticeOptions
    words: NoticeWords
    publish: Period | None


class NoticeDialog(QDialog):
    """Calls `accepted_choice(NoticeChoice)` when a file is to be saved. Deletes itself when closed."""

    def __init__(
        self,
        parent: QWidget,
        content: Frozen,
        proposal: Proposal,
        today: date,
        accepted_choice: Callable[[NoticeChoice], None],
    ) -> None:
        super().__init__(parent)
        self.resize(*_SIZE)
        self._content = content
        self._accepted = accepted_choice
        layout = parts.dialog_frame(self, "noticeDialog", _("Notice"))
        layout.addWidget(parts.heading(_("Notice of result version {n}").format(n=content.version.number)))
        self.choice = NoticeOptionsView()
        self.choice.changed.connect(self._preview)
        self.words = NoticeWordsView(content, proposal, today)
        self.words.changed.connect(self._show_actions)
        left = QTabWidget()
        left.setObjectName("noticeTabs")
        left.setFixedWidth(_LEFT_WIDTH)
        left.addTab(self.choice, _("The table"))
        left.addTab(self.words, _("Text and period"))
        self.preview = QTableWidget()
        self.preview.setObjectName("noticePreview")
        self.preview.setAccessibleName(_("Preview"))
        self.preview.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.preview.setShowGrid(False)
        self.preview.setWordWrap(False)
        self.preview.verticalHeader().hide()
        self._count = parts.muted()
        self._count.setObjectName("noticeCount")
        middle = parts.row(left, parts.column(self.preview, self._count), spacing=16)
        middle.setStretch(1, 1)
        layout.addLayout(middle, 1)
        self.warning = parts.label("", tone="attention", wrap=True)
        self.warning.setObjectName("noticeWarning")
        layout.addWidget(self.warning)
        self.publish = QCheckBox(_("Note it as published for these days"))
        self.publish.setObjectName("notePublished")
        self.publish.setChecked(True)
        self.csv_button = parts.button(_("Save as CSV…"), self._on_csv, name="saveNotice")
        self.pdf_button = parts.primary_button(_("Save as PDF…"), self._on_pdf, name="saveNoticePdf")
        self.pdf_button.setDefault(True)
        layout.addLayout(
            parts.row(
                self.publish, None, parts.button(_("Cancel"), self.reject, name="no"), self.csv_button, self.pdf_button
            )
        )
        self._preview()

    def options(self) -> NoticeOptions:
        """What the table shows now."""
        return self.choice.options()

    def _preview(self) -> None:
        options = self.options()
        header, *rows = notice_csv.notice_table(self._content, options)
        shown = rows[:_ROWS_SHOWN]
        self.preview.setColumnCount(len(header))
        self.preview.setRowCount(len(shown))
        self.preview.setHorizontalHeaderLabels(header)
        for number, cells in enumerate(shown):
            for column, cell in enumerate(cells):
                self.preview.setItem(number, column, QTableWidgetItem(cell))
        self.preview.resizeColumnsToContents()
        count = ngettext("{n} row", "{n} rows", len(rows)).format(n=len(rows))
        if len(rows) > len(shown):
            count = _("{rows}, the first {n} of them here").format(rows=count, n=len(shown))
        self._count.setText(count)
        self._warn(notice_csv.unreadable(rows, options))
        self._rows = len(rows) if options.kept else 0
        self._show_actions()

    def _show_actions(self) -> None:
        for button in (self.csv_button, self.pdf_button):
            button.setEnabled(bool(self._rows) and self.words.is_right)

    def _warn(self, garbled: tuple[str, ...]) -> None:
        self.warning.setVisible(bool(garbled))
        names = in_a_row(garbled, _NAMES_SHOWN)
        text = _("Old programs that read GBK show these wrongly: {names}. UTF-8 keeps them.").format(names=names)
        self.warning.setText(f"▲ {text}")

    def _on_csv(self) -> None:
        self._finish(CSV)

    def _on_pdf(self) -> None:
        self._finish(PDF)

    def _finish(self, kind: str) -> None:
        words = self.words.words()
        publish = words.period if self.publish.isChecked() else None
        choice = NoticeChoice(kind, self.options(), words, publish)
        self.accept()
        self._accepted(choice)
