"""The names of the plan's sheets, columns and choices in the language of the desk."""

from data.exchange.plan_tables import Finding
from data.i18n import _
from data.rules import plan_layout as layouts


def sheet_title(sheet: str) -> str:
    """The name of a sheet of the plan workbook."""
    return {
        layouts.EVENT: _("Event"),
        layouts.DIVISIONS: _("Divisions"),
        layouts.UNITS: _("Units"),
        layouts.STATIONS: _("Stations"),
        layouts.COMPONENTS: _("Score components"),
        layouts.AWARDS: _("Awards"),
        layouts.HONOURS: _("Honours"),
        layouts.JUDGES: _("Judges"),
        layouts.BREAKS: _("Breaks"),
        layouts.SESSIONS: _("Sessions"),
        layouts.WALKS: _("Walks"),
        layouts.SHEETS: _("Mark sheets"),
    }.get(sheet, sheet)


def sheet_purpose(sheet: str) -> str:
    """One sentence of what is written in a sheet."""
    return {
        layouts.EVENT: _("Name, place and hours of the event, and the rules that hold for all of it."),
        layouts.DIVISIONS: _("Who is ranked and awarded together. Ties are decided by the steps in their order."),
        layouts.UNITS: _("The hospitals that take part, each in a category."),
        layouts.STATIONS: _("Where a skill is shown: its mark sheet, minutes, parallel lanes, and judges."),
        layouts.COMPONENTS: _("The parts of a division's total; weights add up to 100. S2/S3/S4:1 draws one of three."),
        layouts.AWARDS: _(
            "The levels of each division, highest first: a number, or a percentage of those who competed."
        ),
        layouts.HONOURS: _(
            "Titles beside the awards, such as 先进个人 or 优秀组织奖: by places, awards or attendance, or by hand."
        ),
        layouts.JUDGES: _("The judges of each lane, in the order of their seats. A reserve judge has no lane."),
        layouts.BREAKS: _(
            "Times in which nothing starts or runs: everywhere, at one station, or in one lane, for its judges."
        ),
        layouts.SESSIONS: _(
            "Parts of the day, such as morning and afternoon. A division with a session performs within it."
        ),
        layouts.WALKS: _("How long the way takes between two stations, either way, where it is not the usual one."),
        layouts.SHEETS: _("The items that judges mark, sheet by sheet."),
    }[sheet]


def header_title(sheet: str, field: str) -> str:
    """The header of the column of this field of a sheet (see data/rules/plan_layout.py)."""
    if field == "name":
        return {
            layouts.EVENT: _("Event name"),
            layouts.DIVISIONS: _("Group"),
            layouts.UNITS: _("Unit"),
            layouts.STATIONS: _("Station name"),
            layouts.COMPONENTS: _("Component"),
            layouts.AWARDS: _("Award level"),
            layouts.HONOURS: _("Honour"),
            layouts.JUDGES: _("Judge"),
            layouts.BREAKS: _("Break"),
            layouts.SESSIONS: _("Session"),
        }[sheet]
    if sheet == layouts.STATIONS and field in ("opens_minute", "closes_minute"):
        return _("Opens") if field == "opens_minute" else _("Closes")
    return {
        "organizer": _("Organiser"),
        "host": _("Host"),
        "venue": _("Venue"),
        "date": _("Date"),
        "opens_minute": _("Begins"),
        "closes_minute": _("Ends at the latest"),
        "notice_days": _("Days of the notice"),
        "contact": _("Contact"),
        "phone": _("Phone"),
        "decimals": _("Decimals of scores"),
        "blind": _("Blind marking"),
        "ties": _("Ties left at the end"),
        "coverage_years": _("Coverage cycle (years)"),
        "pass_milli": _("Pass mark"),
        "spread_milli": _("Alarm when judges differ by"),
        "low_milli": _("Confirm sheets below (%)"),
        "high_milli": _("Confirm sheets above (%)"),
        "verify": _("Second entry"),
        "verify_percent": _("Sample of the sheets (%)"),
        "verify_top": _("Top places of a division"),
        "appeal_minutes": _("Time for appeals (minutes)"),
        "subject": _("For"),
        "basis": _("Given by"),
        "least_milli": _("Least score"),
        "reserves": _("Reserves drawn"),
        "apart": _("Colleagues kept apart"),
        "waves": _("Waves of the order"),
        "equal_lanes": _("Lanes filled equally"),
        "item_draw": _("Optional stations drawn"),
        "rotation": _("Way of rotation"),
        "walk_minutes": _("Walk between stations (minutes)"),
        "rest_minutes": _("Shortest rest (minutes)"),
        "most_stay_minutes": _("Longest stay (minutes)"),
        "keep_order": _("Order of the draw kept"),
        "stand_ins": _("Reserve judges step in"),
        "session": _("Session"),
        "arrives_minute": _("Arrives"),
        "leaves_minute": _("Leaves"),
        "other": _("To station"),
        "code": _("Code"),
        "category": _("Category"),
        "entry": _("Entry"),
        "quota": _("Quota per unit"),
        "tie_rule": _("Tie rule"),
        "short": _("Short name"),
        "sheet": _("Mark sheet"),
        "minutes": _("Minutes"),
        "changeover": _("Changeover"),
        "lanes": _("Lanes"),
        "judges": _("Judges a lane"),
        "combine": _("Combined by"),
        "divisions": _("For divisions"),
        "division": _("Division"),
        "source": _("Source"),
        "weight_milli": _("Weight"),
        "scope": _("Range"),
        "count": _("Number of awards"),
        "percent_milli": _("Per cent"),
        "unit_name": _("Unit"),
        "station": _("Station"),
        "lane": _("Lane"),
        "role": _("Role"),
        "starts_minute": _("Begins"),
        "ends_minute": _("Ends"),
        "number": _("No."),
        "section": _("Section"),
        "text": _("What is marked"),
        "full_milli": _("Points to win"),
        "kind": _("Way of marking"),
        "rule": _("Rule"),
        "step_milli": _("Smallest step"),
    }[field]


def choice_title(word: str) -> str:
    """A choice word of the workbook as the desk shows it; any other text as it is."""
    return {
        "不复核": _("None"),
        "全部": _("All sheets"),
        "抽查": _("A sample"),
        "前几名": _("The top places"),
        "单位": _("Unit"),
        "手工": _("By hand"),
        "名次": _("Places"),
        "奖项": _("Awards won"),
        "全勤": _("Full attendance"),
        "个人": _("Individual"),
        "团队": _("Team"),
        "个人合计": _("Unit total"),
        "团体": _("Teams"),
        "平均": _("Mean"),
        "去最高最低平均": _("Mean without highest and lowest"),
        "中位数": _("Median"),
        "合计": _("Sum"),
        "加赛": _("Play-off"),
        "并列": _("Shared rank"),
        "裁判长": _("Chief judge"),
        "裁判": _("Judge"),
        "候补裁判": _("Reserve judge"),
        "自由": _("Free"),
        "打铃": _("With a bell"),
        "首站": _("At the first station"),
        "各站": _("At every station"),
        "计分": _("Plain points"),
        "扣分": _("Deductions"),
        "等级": _("Grades"),
        "用时": _("Time bands"),
        "加分": _("Bonus"),
        "整表扣分": _("Penalty of the sheet"),
        "否决": _("Critical fail"),
        "每人": _("For each contestant"),
        "每组别": _("For each division"),
        "是": _("Yes"),
        "否": _("No"),
    }.get(word, word)


def hint(sheet: str, field: str) -> str:
    """What may be written in the column of this field of a sheet, where that is not plain."""
    of_sheet = {
        (layouts.STATIONS, "opens_minute"): _("Where it opens later than the event, such as 09:00"),
        (layouts.STATIONS, "closes_minute"): _("Where it closes earlier than the event, such as 16:00"),
        (layouts.BREAKS, "station"): _("Left empty, the break is for the whole event."),
        (layouts.BREAKS, "lane"): _("Left empty, the break is for all lanes of the station."),
        (layouts.JUDGES, "lane"): _("Left empty for a reserve judge, who is there for every lane."),
        (layouts.HONOURS, "count"): _(
            "So many of each division or so many units; for awards, whoever has one of so many levels."
        ),
        (layouts.AWARDS, "least_milli"): _("Points of the total that the award needs; left empty, the place decides."),
        (layouts.WALKS, "minutes"): _("Minutes for the way, in either direction"),
    }
    if (sheet, field) in of_sheet:
        return of_sheet[sheet, field]
    return {
        "rotation": _(
            "Free: everyone moves on when the next lane is free. With a bell: all change at the same stroke."
        ),
        "walk_minutes": _("From any station to any other; ways that differ stand on the page Walks."),
        "rest_minutes": _("Between two visits of the same person, beside the walk."),
        "most_stay_minutes": _("From the first start of a person to the last end, breaks included; 0: no limit."),
        "keep_order": _("Where the people of a division start in the order that was drawn."),
        "stand_ins": _("A reserve judge of the station takes the seat of a judge who is of the entrant's unit."),
        "session": _("The name of a session; left empty, the division performs all day."),
        "arrives_minute": _(
            "Its people cannot perform before, such as 09:30; left empty, they are here from the start."
        ),
        "leaves_minute": _("Its people cannot perform after, such as 15:00; left empty, they stay to the end."),
        "role": _("Chief judge, judge, or reserve judge"),
        "code": _("Short and fixed, such as 1H or S1; it is printed and scanned."),
        "tie_rule": _("Score components, 用时 or 理论, with ; between them. The first one decides first."),
        "divisions": _("Codes of the divisions that come here, with ; between them."),
        "source": _(
            "A station code, 理论, S2/S3/S4:1 (of these stations 1 is drawn; several count by their mean), "
            "or DIV:k: the sum of a unit's best k totals in the division DIV."
        ),
        "rule": _(
            "Deductions: 未涂=0;不均匀=-3 · Grades: A=15/B=12/C=9 or 5/3/1/0 · Time: <=45=15;<=60=10;>60=0 (seconds)"
        ),
        "step_milli": _("The smallest step of a mark, such as 0.5; left empty, the usual one is taken."),
        "pass_milli": _("Per cent; who is below is listed for retraining."),
        "spread_milli": _("Points; left empty, there is no alarm."),
        "low_milli": _("Per cent of the full mark; the chief judge confirms a sheet below. Left empty, only a zero."),
        "high_milli": _("Per cent of the full mark; the chief judge confirms a sheet above. Left empty, none."),
        "verify": _("Which sheets somebody else types a second time before the results are final."),
        "verify_percent": _("Of all sheets, chosen so that nobody can tell beforehand which."),
        "verify_top": _("All sheets of whoever is at these places, when the results are final."),
        "appeal_minutes": _("From a result version on; a later appeal is taken with a reason alone."),
        "reserves": _("Per unit and division, behind those selected, in their order."),
        "apart": _("In the order drawn, people of one unit never follow each other."),
        "waves": _(
            "The order falls into so many parts, such as morning and afternoon; every unit is spread over them."
        ),
        "equal_lanes": _("In the lane draw, the lanes of a station get the same number of contestants."),
        "item_draw": _("Whether each contestant or each division draws its optional stations."),
        "coverage_years": _("Within so many years everyone shall compete once; 0: no such rule."),
        "opens_minute": _("For example 08:30"),
        "closes_minute": _("For example 18:00"),
        "starts_minute": _("For example 12:00"),
        "ends_minute": _("For example 13:30"),
        "date": _("For example 2023-11-18"),
    }.get(field, "")


def finding_place(finding: Finding) -> str:
    """Where a finding is, in the words of the desk."""
    place = sheet_title(finding.sheet)
    if finding.row and finding.sheet != layouts.EVENT:
        place = _("{sheet}, row {row}").format(sheet=place, row=finding.row)
    if finding.column == "名称" and finding.sheet == layouts.SHEETS:
        return _("{place}, column {column}").format(place=place, column=_("Name of the mark sheet"))
    columns = {c.header: c.field for layout in layouts.LAYOUTS if layout.name == finding.sheet for c in layout.columns}
    if finding.column in columns:
        place = _("{place}, column {column}").format(
            place=place, column=header_title(finding.sheet, columns[finding.column])
        )
    return place
