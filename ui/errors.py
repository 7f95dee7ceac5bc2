"""The one way to tell the user that something went wrong."""

import logging
import sys
import traceback
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from data.errors import UserError
from data.i18n import _
from ui.error_dialog import ErrorDialog

log = logging.getLogger(__name__)


def show_error(parent: QWidget | None, error: UserError) -> ErrorDialog:
    """Say what happened, where, and what to do next; returns the open dialog (it deletes itself when closed)."""
    dialog = ErrorDialog(parent or QApplication.activeWindow(), what=error.what, where=error.where, todo=error.todo)
    dialog.open()
    return dialog


def install_excepthook() -> "BugReporter":
    """Show every unexpected exception of any thread once, in the GUI thread. The returned object can undo it."""
    reporter = BugReporter()
    sys.excepthook = reporter.on_exception
    return reporter


class BugReporter(QObject):
    """An exception hook that shows a dialog, once for each place in the code, with details to copy."""

    _raised = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._told: set[str] = set()
        self._raised.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def uninstall(self) -> None:
        """Let Python tell of exceptions itself again."""
        sys.excepthook = sys.__excepthook__

    def on_exception(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """What `sys.excepthook` calls, in whichever thread."""
        if isinstance(error, KeyboardInterrupt):
            QApplication.quit()
            return
        details = "".join(traceback.format_exception(kind, error, trace))
        place = "".join(traceback.format_tb(trace)) + kind.__name__
        if place not in self._told:
            self._told.add(place)
            log.error("unexpected exception\n%s", details)
            self._raised.emit(str(error) or kind.__name__, details)

    def _show(self, text: str, details: str) -> None:
        dialog = ErrorDialog(
            QApplication.activeWindow(),
            what=_("Something unexpected happened. What was saved before is safe."),
            where=text,
            todo=_("You can go on working. Please copy the details and send them to whoever looks after Biwu."),
            details=details,
        )
        dialog.open()
