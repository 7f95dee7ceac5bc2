"""The words for what is wrong with a row of a roster, and for its fields."""

from data.i18n import _
from data.rules.roster import Problem


def field_title(name: str) -> str:
    """A field of a person as people call it."""
    titles = {
        "unit": _("Unit"),
        "name": _("Name"),
        "group": _("Group"),
        "division": _("Division"),
        "sex": _("Sex"),
        "id_number": _("ID number"),
        "title": _("Professional title"),
        "department": _("Department"),
        "phone": _("Phone"),
        "seeded": _("Competes without a draw"),
        "note": _("Note"),
    }
    return titles[name]


def problem_text(problem: Problem) -> str:
    """Why a row is refused, as a whole sentence."""
    values = dict(problem.values)
    match problem.code:
        case "missing":
            return _("{field} is missing.").format(field=field_title(problem.field))
        case "long":
            return _("{field} has more than {most} characters.").format(field=field_title(problem.field), **values)
        case "control":
            return _("{field} has a character that cannot be seen ({code}). Type the cell again.").format(
                field=field_title(problem.field), **values
            )
        case "character":
            return _("{field} has a character that cannot be printed: “{character}” ({code}).").format(
                field=field_title(problem.field), **values
            )
        case "formula":
            return _("The cell holds a formula. Type in the text that it stands for.")
        case "cell_error":
            return _("The cell shows an error of the spreadsheet: {text}. Type in what belongs there.").format(**values)
        case "lines":
            return _("The cell holds several lines of the table: a quotation mark is missing or too many.")
        case "no_name":
            return _("“{text}” is not the name of a person.").format(**values)
        case "name_character":
            return _("The name “{text}” has “{character}”, which is in no name.").format(**values)
        case "other_column":
            return _("“{text}” also stands in the column {column}, so it is not the name of a person.").format(**values)
        case "name_unusual":
            return _("The name “{text}” is unusual. Is it complete, and nothing but the name?").format(**values)
        case "name_private":
            return _("The name has a character that other computers show in another way. Type it again.")
        case "sex_differs":
            return _("The ID number says the other sex.")
        case "age":
            return _("The ID number says that this person was born in {year}.").format(**values)
        case "namesake":
            return _("The unit has somebody of this name with another ID number. Are these two people?")
        case "id_other":
            return _("On the roster this ID number stands with another name or unit.")
        case "same_id":
            return _("The same ID number stands with another name or unit: {place}.").format(**values)
        case "phone_rounded":
            return _("The spreadsheet rounded the phone number. Format the column as text and type it again.")
        case "sex":
            return _("The sex must be 男 or 女, not “{text}”.").format(**values)
        case "seeded":
            return _("The column 参赛 must be 是, 否 or empty, not “{text}”.").format(**values)
        case "phone":
            return _("“{text}” is not a phone number.").format(**values)
        case "id_form":
            return _("An ID number has 17 digits and then a digit or X.")
        case "id_date":
            return _("The date of birth in the ID number does not exist.")
        case "id_check":
            return _("The last character of the ID number does not fit the others: one of them is mistyped.")
        case "id_rounded":
            return _("The spreadsheet rounded the ID number. Format the column as text and type it again.")
        case "unit_unknown" if values["near"]:
            return _("The unit “{text}” is not in the plan. Is it {near}?").format(**values)
        case "unit_unknown":
            return _("The unit “{text}” is not in the plan.").format(**values)
        case "group_unknown" if values["groups"]:
            return _("Units of {category} have no group “{text}”; their groups are {groups}.").format(**values)
        case "group_unknown":
            return _("Units of {category} have no group that people enter for themselves.").format(**values)
        case "duplicate":
            return _("This person is in this import already: {place}.").format(**values)
        case "ambiguous":
            return _("The unit has several people of this name. Give the ID number.")
        case "drawn":
            return _("This person was drawn already, so unit and group stay.")
        case "member":
            return _("This person is a member of a team, so the unit stays.")
        case "id_taken":
            return _("{name} of {unit} has this ID number already.").format(**values)
        case code:
            raise ValueError(f"no words for {code}")
