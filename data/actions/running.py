"""The running day 现场: everything that the secretariat and the stations note while it runs."""

from data.actions.running_facts import Receipt
from data.actions.running_lanes import add_lane, close_lane, pause, remove_lane, reopen_lane, resume
from data.actions.running_order import move_to_end, replace_judge, set_ready
from data.actions.running_scan import Scan, scan
from data.actions.running_visits import (
    end_visit,
    report_incident,
    start_visit,
    undo_end,
    undo_start,
    withdraw_incident,
)

__all__ = [
    "Receipt",
    "Scan",
    "add_lane",
    "close_lane",
    "end_visit",
    "move_to_end",
    "pause",
    "remove_lane",
    "reopen_lane",
    "replace_judge",
    "report_incident",
    "resume",
    "scan",
    "set_ready",
    "start_visit",
    "undo_end",
    "undo_start",
    "withdraw_incident",
]
