"""The papers that go into the archive (归档): draw records, the notice, score ladders, certificates, void numbers."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from data.exchange.archive import Piece, Sealed, write_archive
from data.queries import certificates, draws
from data.queries.results import frozen
from data.store import Store
from printing import papers
from printing.draw_record import write_draw_record
from printing.page import Progress, no_progress


def write(
    store: Store,
    target: Path,
    progress: Progress = no_progress,
    *,
    scans: Sequence[Path] = (),
    with_event_file: bool = False,
) -> Sealed:
    """Write the archive of the event with its papers. Raises as `data.exchange.archive.write_archive`."""
    return write_archive(store, target, papers_of, progress, scans=scans, with_event_file=with_event_file)


def papers_of(store: Store) -> list[Piece]:
    """The papers of an event that has a result version."""
    return list(_pieces(store))


def _pieces(store: Store) -> Iterator[Piece]:
    for row in draws.draws(store):
        if row.drawn_at is not None:
            yield Piece(f"draws/draw-{row.id}-{row.kind}.pdf", _draw_writer(row.id))
    yield Piece("papers/notice.pdf", papers.write_notice)
    yield Piece("papers/score-ladders.pdf", papers.write_ladders)
    if any(row.award for division in frozen(store).divisions for row in division.rows):
        yield Piece("papers/certificates.pdf", papers.write_certificates)
    if certificates.void_serials(store):
        yield Piece("papers/void-certificates.pdf", papers.write_void_list)


def _draw_writer(draw_id: int) -> Callable[[Store, Path], int]:
    return lambda store, path: write_draw_record(store, draw_id, path)
