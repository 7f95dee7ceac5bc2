"""A field for a time of day, in minutes after midnight."""

from PySide6.QtCore import QTime
from PySide6.QtWidgets import QTimeEdit

_LAST = 23 * 60 + 59


def show_minute(field: QTimeEdit, minute: int) -> None:
    """Show a minute of the day, the last one at most."""
    field.setDisplayFormat("HH:mm")
    field.setTime(QTime(*divmod(min(minute, _LAST), 60)))


def minute_of_field(field: QTimeEdit) -> int:
    """The minute of the day that was typed."""
    return field.time().hour() * 60 + field.time().minute()
