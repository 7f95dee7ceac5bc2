"""Builds the application and connects everything, once. Only main.py imports this module."""

import sys
from pathlib import Path

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from ui import language as languages
from ui import theme
from ui.application import Application
from ui.errors import install_excepthook
from ui.settings import Settings, default_path


def run(path: Path | None, *, language: str | None = None, demo: bool = False) -> int:
    """Open the window on an event file, on a copy of the demo event, or on the choice of events.

    Returns the exit status after the last window was closed.
    """
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Biwu")
    app.setWindowIcon(QIcon(str(theme.RESOURCES / "icons" / "biwu.svg")))
    settings = Settings(default_path())
    languages.use(language or settings.language)
    theme.load_fonts()
    theme.apply(app, dark=settings.dark)
    reporter = install_excepthook()
    application = Application(settings)
    if demo:
        application.open_demo()
    elif path is not None:
        application.open_event(path)
    else:
        application.show_start()
    try:
        return app.exec()
    finally:
        application.close_event()
        reporter.uninstall()
