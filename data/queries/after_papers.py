"""What is printed after the results: the list of those who did not pass, and the judges' report, as papers."""

from dataclasses import dataclass

from data import models
from data.errors import NotAllowed
from data.i18n import _
from data.queries import results
from data.queries.below_pass import below_pass
from data.store import Store


@dataclass(frozen=True)
class AfterPaper:
    """One piece: the list, by the number of its result version, or a station's part of the report, by its row."""

    id: int


def below_list(store: Store) -> AfterPaper:
    """The list of the newest result version.

    Raises:
        NotFound: there is no result version.
        NotAllowed: everybody has passed.
    """
    with store.read():
        version = results.frozen(store).version.number
        if not below_pass(store).rows:
            raise NotAllowed(_("Everybody has passed."), todo=_("There is nobody to list."))
        return AfterPaper(version)


def judged_stations(store: Store) -> list[AfterPaper]:
    """The stations of which marks are in, in the order of the plan.

    Raises:
        NotAllowed: there are no marks.
    """
    with store.read():
        marked = models.Visit.select(models.Visit.station).join(models.Mark).where(models.Mark.latest)
        found = models.Station.select(models.Station.id).where(models.Station.id.in_(marked))
        stations = [AfterPaper(row) for (row,) in found.order_by(models.Station.position).tuples()]
    if not stations:
        raise NotAllowed(
            _("No marks are in yet."), todo=_("The report needs the sheets of several visits of a station.")
        )
    return stations
