"""The words of what is wrong with a plan."""

from data.i18n import _
from data.rules.decimals import show_milli
from data.rules.plan_check import PlanFinding

_MILLI = ("total", "full")


def place(finding: PlanFinding) -> str:
    """Where it is, as the exported plan workbook shows it."""
    return place_words(finding.sheet, finding.row, finding.column)


def place_words(sheet: str, row: int, column: str) -> str:
    """A place in the plan workbook; row 0 is the whole sheet."""
    place = sheet
    if row:
        place = _("{sheet}, row {row}").format(sheet=place, row=row)
    if column:
        place = _("{place}, column {column}").format(place=place, column=column)
    return place


def sentence(finding: PlanFinding) -> str:
    """What is wrong and what to do, without its place."""
    values = {name: _shown(name, value) for name, value in finding.values.items()}
    if finding.code == "item_rule":
        return _rule_words()[str(values["rule"])].format(**values)
    return (_field_words() | _outer_words() | _time_words() | _score_words() | _people_words())[finding.code].format(
        **values
    )


def _shown(name: str, value: object) -> object:
    if isinstance(value, tuple):
        return " / ".join(map(str, value))
    if name in _MILLI and isinstance(value, int):
        return show_milli(value)
    if isinstance(value, str):
        printable = "".join(char if char.isprintable() else "�" for char in value)
        return printable if len(printable) <= 40 else f"{printable[:39]}…"
    return value


def _field_words() -> dict[str, str]:
    return {
        "empty": _("This must be filled in."),
        "long": _("The text is longer than {most} characters: {text}"),
        "character": _("“{text}” has a character that cannot be printed; type it again."),
        "emoji": _("“{text}” has an emoji, which cannot be printed; take it out."),
        "code": _("“{text}” is no code: leave out blanks, commas, semicolons, colons and slashes."),
        "range": _("{value} is out of range: from {low} to {high} is possible."),
        "date": _("“{text}” is not a date such as 2023-11-18."),
        "choice": _("“{text}” is not one of the words that may stand here."),
        "duplicate": _("{text} is there already, in row {row}."),
        "none": _("Nothing is here yet."),
        "division_unknown": _("There is no division with the code {text}."),
        "station_unknown": _("There is no station with the code {text}."),
    }


def _outer_words() -> dict[str, str]:
    return {
        "opens_late": _("The day must end after it begins."),
        "no_date": _("The date is not set yet."),
        "low_above_high": _("The upper limit of a sheet must lie above its lower limit."),
        "no_units": _("No unit has the category {category} yet, so nobody can compete here."),
        "no_components": _("The division {code} has no score components yet."),
        "tie_step": _("“{step}” is no step that decides a tie here. Possible are: {known}."),
        "short_twice": _("The short name {text} is there already, in row {row}; people may mix the units up."),
        "category": _("No division has the category {text}. Categories are: {known}."),
        "station_code": _("“{text}” is no station code: one to eight capital letters and digits, such as S1."),
        "sheet_unknown": _("There is no mark sheet with the code {text}."),
        "longer_than_day": _("One turn at the station is longer than the whole day."),
        "trimmed_few": _("Dropping the highest and the lowest mark needs 3 judges at least; there are {judges}."),
        "trimmed_shaky": _(
            "With {judges} judges little is left after dropping the highest and the lowest mark; 5 or more are usual."
        ),
        "division_twice": _("The division {text} is given twice."),
        "sum_performs": _("The division {code} is a total of other marks, so nobody of it comes to a station."),
        "entry_differs": _("The way of entry differs from that of the division {code}."),
        "not_counted": _("The division {code} comes here, but no score component of it counts this station."),
        "ends_first": _("A break must end after it begins."),
        "outside_day": _("The break is not within the hours of the day."),
        "overlap": _("The break overlaps with {text}."),
        "session_unknown": _("There is no session with the name {text}."),
    }


def _time_words() -> dict[str, str]:
    return {
        "stay_short": _(
            "The stations of the division {code} and the rests between them take {needed} minutes, more than the "
            "longest stay of {most}."
        ),
        "window_empty": _("The people of this unit must leave after they arrive."),
        "window_outside": _("The people of this unit are not here while the event runs."),
        "window_session": _("The people of this unit are not here in the session {text} of the division {code}."),
        "hours_outside": _("The station is open outside the hours of the day."),
        "hours_empty": _("The station must close after it opens."),
        "longer_than_hours": _("One turn at the station is longer than the station is open."),
        "lane_alone": _("A break of one lane needs the station, too."),
        "session_ends_first": _("A session must end after it begins."),
        "session_outside": _("The session is not within the hours of the day."),
        "session_unused": _("No division performs in this session yet."),
        "walk_itself": _("A walk leads to another station."),
        "walk_twice": _("The walk between {text} is there already, in row {row}; it counts both ways."),
    }


def _score_words() -> dict[str, str]:
    return {
        "weights": _("The weights of the division {code} add up to {total}, not to 100."),
        "source_twice": _("{text} is counted twice in this division."),
        "source_unknown": _(
            "“{text}” is no source: give a station code, 理论, DIV:k such as N:3, or S2/S3/S4:1 for optional stations."
        ),
        "theory_of_people": _("Only individuals write a theory test."),
        "sum_in_sum": _("Only a division of unit totals (个人合计) may sum others; {code} is none."),
        "sum_of_people": _("Only a division of individuals can be summed; {code} is none."),
        "not_served": _("The station {text} does not serve the division {code}; add the division there."),
        "optional_twice": _(
            "The station {text} is counted twice in the division {code}; an optional station belongs to one "
            "component alone."
        ),
        "draw_none": _("At least 1 of the optional stations must be drawn."),
        "draw_all": _(
            "{count} of {stations} optional stations are drawn; draw fewer, or make each a component of its own."
        ),
        "best_zero": _("At least the best 1 must be summed."),
        "best_above_quota": _("The best {best} are summed, but a unit has {quota} entrants in the division {code}."),
        "other_category": _("The division {code} is of another category, so its units are others."),
        "both": _("Give either a number or a percentage, not both."),
        "neither": _("Give a number or a percentage."),
        "scope": _("The range does not fit the division {code}: 个人 is for individuals, 团体 for teams and totals."),
        "percents": _("The percentages of the division {code} add up to {total}, which is more than 100."),
        "many": _("The division {code} has {total} awards for {most} entrants at most."),
        "count_missing": _("An honour on this basis needs a number."),
        "of_units": _("Only units can have this honour: that nobody of them stayed away."),
        "of_people": _("Only people can have this honour: by the awards that they won."),
        "unused": _("No station uses the mark sheet {code}."),
        "full_mark": _("The full mark of {code} is {full}, not 100; a station counts by per cent of it."),
        "sheet_twice": _("The mark sheet {text} is there already."),
        "sheet_empty": _("The mark sheet {code} has no items."),
        "no_points": _("The mark sheet {code} has no points to win."),
        "number_twice": _("The number {number} occurs twice in this mark sheet."),
    }


def _people_words() -> dict[str, str]:
    return {
        "lane": _("The station has {lanes} lanes only."),
        "lane_needed": _("Give the lane of this judge; only a reserve judge has none."),
        "reserve_lane": _("A reserve judge is there for every lane of the station; leave the lane empty."),
        "reserve_chief": _("A reserve judge cannot be the chief judge."),
        "no_reserves": _("Reserve judges step in for recused ones, but no station has a reserve judge yet."),
        "reserves_idle": _("There are reserve judges, but the event does not let them step in for recused ones yet."),
        "judge_twice": _("{text} is there already, in row {row}. Nobody can judge in two places at once."),
        "no_judges": _("The station {code} has no judges yet."),
        "judges_few": _("Lane {lane} of the station {code} has {there} judges; {needed} are needed."),
        "judges_many": _("Lane {lane} of the station {code} has {there} judges; only the first {needed} mark."),
    }


def _rule_words() -> dict[str, str]:
    return {
        "needed": _("This way of marking needs a rule, such as A=5/B=3/C=1 or 未涂=0;不均匀=-3 or <=45=15;>45=0."),
        "unexpected": _("This way of marking has no rule; leave the cell empty."),
        "part": _("“{part}” cannot be read as a rule of this way of marking."),
        "repeated": _("“{part}” occurs twice."),
        "above_full": _("“{part}” is more than the points of the item."),
        "unreachable": _("“{part}” can never apply, since an earlier band takes all of its seconds."),
        "sign": _("The points do not fit: they are below zero for 整表扣分 and above zero for all else."),
    }
