"""The words of the audit log: actions, tables and fields as the committee calls them."""

from collections.abc import Mapping
from functools import cache

from data import i18n
from data.i18n import _


def action_title(action: str) -> str:
    """What an action did, such as "Handed in a mark" for marks.hand_in; an unknown one is named as it is."""
    return _actions(i18n.language()).get(action, action)


def table_title(table: str) -> str:
    """What one row of a table is."""
    return _tables(i18n.language()).get(table, table)


def field_title(field: str) -> str:
    """What a field of a row holds."""
    return _fields(i18n.language()).get(field, field)


def value_title(field: str, value: str) -> str:
    """The word for a stored code such as "absent"; other texts stay as they are."""
    return _values(i18n.language()).get(value, value) if field in _CODED_FIELDS else value


_CODED_FIELDS = frozenset({"state", "entry", "combine", "kind", "source", "ties", "scope", "cause"})


# Each dictionary is made once a language; `_language` is the key of the cache.
@cache
def _actions(_language: str) -> Mapping[str, str]:
    return {
        "setup.save_plan": _("Saved the plan"),
        "setup.mark_rehearsal": _("Marked the event as a rehearsal"),
        "roster.import_people": _("Imported a roster"),
        "roster.add_person": _("Added a member of staff"),
        "roster.change_person": _("Changed a member of staff"),
        "roster.remove_people": _("Removed staff"),
        "roster.import_history": _("Imported the history of earlier years"),
        "photos.import_photos": _("Imported photos"),
        "photos.remove_photos": _("Removed photos"),
        "substitution.substitute": _("Replaced a contestant"),
        "draws.freeze_selection": _("Froze the list of the selection draw"),
        "draws.freeze_numbers": _("Froze the list of the numbers draw"),
        "draws.freeze_items": _("Froze the list of the draw of optional stations"),
        "draws.freeze_lanes": _("Froze the list of the lane draw"),
        "draws.freeze_judges": _("Froze the list of the draw of the judges' seats"),
        "draws.draw": _("Drew"),
        "draws.void": _("Declared a draw void"),
        "schedule.save_timetable": _("Saved a timetable"),
        "checkin.check_in": _("Checked an entrant in"),
        "checkin.set_state": _("Changed the state of an entrant"),
        "running.start_visit": _("Noted the start of a visit"),
        "running.end_visit": _("Noted the end of a visit"),
        "running.undo_start": _("Took back the start of a visit"),
        "running.undo_end": _("Took back the end of a visit"),
        "running.report_incident": _("Recorded an incident"),
        "running.withdraw_incident": _("Took back an incident"),
        "running.close_lane": _("Took a lane out of service"),
        "running.reopen_lane": _("Put a lane back into service"),
        "running.add_lane": _("Opened one more lane"),
        "running.remove_lane": _("Removed a lane"),
        "running.pause": _("Paused the event"),
        "running.resume": _("Ended a pause"),
        "running.move_to_end": _("Put an entrant to the end of the order"),
        "running.set_ready": _("Noted from when on an entrant can be called"),
        "running.replace_judge": _("Replaced a judge"),
        "marks.hand_in": _("Handed in a mark"),
        "marks.set_visit": _("Changed time, penalty or state of a visit"),
        "marks.import": _("Imported marks"),
        "theory.import": _("Imported theory marks"),
        "theory.set": _("Entered a theory mark"),
        "decoding.decode": _("Opened a layer of the sealed names"),
        "results.record_playoff": _("Entered a play-off"),
        "results.finalise": _("Finalised a result version"),
        "printouts.record": _("Printed"),
    }


@cache
def _tables(_language: str) -> Mapping[str, str]:
    return {
        "event": _("Event"),
        "division": _("Division"),
        "unit": _("Unit"),
        "sheet": _("Mark sheet"),
        "item": _("Item"),
        "station": _("Station"),
        "station_division": _("Station of a division"),
        "component": _("Component"),
        "award_level": _("Award"),
        "judge": _("Judge"),
        "break": _("Break"),
        "person": _("Staff"),
        "past_entry": _("Earlier entry"),
        "entrant": _("Entrant"),
        "draw": _("Draw"),
        "component_station": _("Optional station"),
        "photo": _("Photo"),
        "substitution": _("Substitution"),
        "drawn_station": _("Drawn station"),
        "drawn_lane": _("Drawn lane"),
        "decoding": _("Decoding"),
        "timetable": _("Timetable"),
        "visit": _("Visit"),
        "incident": _("Incident"),
        "lane_closure": _("Lane out of service"),
        "slot": _("Slot"),
        "mark": _("Mark"),
        "theory_mark": _("Theory mark"),
        "playoff": _("Play-off"),
        "result_version": _("Result version"),
        "printout": _("Printout"),
    }


@cache
def _fields(language: str) -> Mapping[str, str]:
    return {
        **_tables(language),
        "actor": _("Entered by"),
        "apart": _("Colleagues kept apart"),
        "arrived_at": _("Arrived"),
        "at": _("Time"),
        "best": _("Best counted"),
        "blind": _("Blind marking"),
        "bound_minute": _("Earliest possible end"),
        "category": _("Category"),
        "changeover": _("Changeover (min)"),
        "cause": _("Made by"),
        "chief": _("Chief judge"),
        "closes_minute": _("Latest end"),
        "code": _("Code"),
        "combine": _("Judges combined by"),
        "contact": _("Contact"),
        "content": _("Content"),
        "count": _("Count"),
        "coverage_years": _("Coverage (years)"),
        "created_at": _("Created"),
        "date": _("Date"),
        "decimals": _("Decimals"),
        "department": _("Department"),
        "draw_order": _("Order"),
        "drawn_at": _("Drawn"),
        "ended_at": _("Ended"),
        "ends_minute": _("End"),
        "equal_lanes": _("Lanes filled equally"),
        "entry": _("Kind of entry"),
        "failed": _("Failed by a critical item"),
        "finish_minute": _("End"),
        "frozen_at": _("Frozen"),
        "full_milli": _("Full mark"),
        "given_back_milli": _("Time given back (s)"),
        "host": _("Host"),
        "id_number": _("ID number"),
        "is_rehearsal": _("Rehearsal"),
        "item_draw": _("Optional stations drawn"),
        "joined": _("Joined"),
        "kind": _("Kind"),
        "layer": _("Layer"),
        "lane": _("Lane"),
        "lanes": _("Lanes"),
        "latest": _("In force"),
        "left": _("Left"),
        "made_at": _("Made"),
        "minutes": _("Length (min)"),
        "judges": _("Judges"),
        "name": _("Name"),
        "note": _("Note"),
        "notice_days": _("Notice (days)"),
        "number": _("Number"),
        "old_token": _("Old badge token"),
        "of_division": _("Sum out of"),
        "of_version": _("Of version"),
        "opens_minute": _("Start"),
        "organizer": _("Organiser"),
        "pass_milli": _("Pass line"),
        "penalty_milli": _("Penalty"),
        "percent_milli": _("Per cent"),
        "phone": _("Phone"),
        "pieces": _("Pieces"),
        "pinned": _("Pinned"),
        "place": _("Place"),
        "position": _("Position"),
        "quota": _("Quota"),
        "reason": _("Reason"),
        "record": _("Record"),
        "reserves": _("Reserves drawn"),
        "ran_lane": _("Lane where it ran"),
        "ready_minute": _("Can be called from"),
        "rule": _("Rule"),
        "scope": _("Scope"),
        "seal": _("Seal of the names"),
        "seal_salt": _("Salt of the seal"),
        "seat": _("Judge's seat"),
        "seconds_milli": _("Seconds"),
        "section": _("Section"),
        "seeded": _("Competes without a draw"),
        "sex": _("Sex"),
        "sha256": _("Fingerprint"),
        "short": _("Short name"),
        "source": _("Source"),
        "spread_milli": _("Spread alarm"),
        "started_at": _("Began"),
        "starts_minute": _("Start"),
        "state": _("State"),
        "step_milli": _("Step"),
        "text": _("Text"),
        "tie_rule": _("Tie rule"),
        "ties": _("Ties"),
        "title": _("Title"),
        "token": _("Badge token"),
        "total_milli": _("Total"),
        "total_only": _("Total only"),
        "unit_name": _("Unit"),
        "value_milli": _("Value"),
        "values": _("Values"),
        "venue": _("Venue"),
        "version": _("Version"),
        "void_at": _("Voided"),
        "waves": _("Waves of the order"),
        "witness": _("Witness"),
        "void_reason": _("Reason of voiding"),
        "weight_milli": _("Weight"),
        "year": _("Year"),
    }


@cache
def _values(_language: str) -> Mapping[str, str]:
    return {
        "expected": _("Expected"),
        "present": _("Present"),
        "absent": _("Absent"),
        "withdrew": _("Withdrew"),
        "disqualified": _("Disqualified"),
        "individual": _("Individual"),
        "team": _("Team"),
        "sum": _("Sum"),
        "mean": _("Mean"),
        "trimmed": _("Trimmed mean"),
        "median": _("Median"),
        "selection": _("Selection"),
        "numbers": _("Numbers"),
        "choice": _("Optional"),
        "frozen": _("Frozen"),
        "drawn": _("Drawn"),
        "void": _("Void"),
        "station": _("Station"),
        "theory": _("Theory"),
        "playoff": _("Play-off"),
        "shared": _("Shared place"),
        "points": _("Points"),
        "deductions": _("Deductions"),
        "grades": _("Grades"),
        "timed": _("Time bands"),
        "bonus": _("Bonus"),
        "penalty": _("Penalty"),
        "critical": _("Critical item"),
        "badges": _("Badges"),
        "marksheets": _("Mark sheets"),
        "timetables": _("Timetables"),
        "plan": _("Planning"),
        "moved": _("Moved by hand"),
        "absorb": _("Delay absorbed in the breaks"),
        "shift": _("The rest shifted"),
        "replan": _("The rest planned anew"),
        "certificates": _("Certificates"),
    }
