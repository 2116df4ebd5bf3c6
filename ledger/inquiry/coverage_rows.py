"""A framework's coverage in lines, for tables and spreadsheets."""

from collections.abc import Iterable, Iterator

from ledger.inquiry.coverage_views import AlignedView, CoverageRow, CoverageView, LooseView, StandardView


def rows_of(view: CoverageView) -> Iterator[CoverageRow]:
    """Return the standards, then the local competencies aligned to nothing, each in a line."""
    yield from (_standard_row(view.title, one) for one in view.standards)
    yield from (_loose_row(one) for one in view.loose)


def _standard_row(title: str, one: StandardView) -> CoverageRow:
    return CoverageRow(
        framework=title,
        group=" / ".join(one.parents),
        competency=one.competency,
        code=one.code,
        label=one.label,
        state=one.state,
        aligned=_names(each for each in one.aligned if each.whole),
        aligned_in_part=_names(each for each in one.aligned if not each.whole),
        learners=one.whole.learners,
        evidence=one.whole.evidence,
        mastered=one.whole.mastered,
        last_day=one.whole.last_day,
        learners_in_part=one.part.learners,
        evidence_in_part=one.part.evidence,
        last_day_in_part=one.part.last_day,
    )


def _loose_row(one: LooseView) -> CoverageRow:
    return CoverageRow(
        framework=one.framework,
        group="",
        competency=one.competency,
        code=one.code,
        label=one.label,
        state="aligned to nothing",
        aligned="",
        aligned_in_part="",
        learners=one.seen.learners,
        evidence=one.seen.evidence,
        mastered=one.seen.mastered,
        last_day=one.seen.last_day,
        learners_in_part=0,
        evidence_in_part=0,
        last_day_in_part=None,
    )


def _names(some: Iterable[AlignedView]) -> str:
    return "; ".join(one.code or one.label for one in some)
