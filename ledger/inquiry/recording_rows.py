"""Where some learners stand with some competencies, for the form that records more about them."""

from collections.abc import Mapping, Sequence

from ledger.application.reading_records import items_about, with_record_of
from ledger.facts.record import LearnerRecord
from ledger.inquiry.class_cells import CellReader
from ledger.inquiry.class_views import CellView


def cells_of(
    reader: CellReader, learners: Sequence[str], competencies: Sequence[str]
) -> Mapping[str, tuple[CellView, ...]]:
    """Return the cells of each learner, in the order of the competencies."""

    def read(record: LearnerRecord) -> tuple[CellView, ...]:
        items = items_about(reader.ledger, record, [f"competency/{one}" for one in competencies])
        return tuple(reader.cell(record, one, items[f"competency/{one}"]) for one in competencies)

    return {one: with_record_of(reader.ledger, one, read) for one in learners}
