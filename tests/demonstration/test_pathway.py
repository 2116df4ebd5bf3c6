"""One district's own framework beside the state's: with gaps, and without a decision moved."""

from collections import Counter

from ledger.demonstration.content import ALGEBRA_1
from ledger.demonstration.pathway import ALIGNED, DISTRICT, PATHWAY
from ledger.domain.alignment import RELATIONS
from ledger.inquiry.coverage import coverage
from ledger.inquiry.coverage_views import CoverageView
from ledger.projections.runner import catch_up
from ledger.storage.read_models import ReadModels
from tests.demonstration.support import Built


def shown(built: Built) -> CoverageView:
    """Return the coverage of the state's algebra in the district that has its own."""
    with built.districts() as ledgers:
        ledger = next(one for one in ledgers if one.jurisdiction == DISTRICT.jurisdiction)
        models = ReadModels(ledger.home.read_file(ledger.jurisdiction))
        catch_up(ledger.log, models)
        try:
            return coverage(ledger, models)
        finally:
            models.close()


def test_the_alignment_speaks_of_standards_there_are() -> None:
    """Both sides of each row are standards of their framework, and every relation but none too many occurs."""
    states, locals_ = ({one.code for one in each.standards} for each in (ALGEBRA_1, PATHWAY))

    assert {state for state, _, _ in ALIGNED} <= states
    assert {local for _, local, _ in ALIGNED} <= locals_
    assert set(RELATIONS) == {relation for _, _, relation in ALIGNED}


def test_coverage_has_gaps(built: Built) -> None:
    """Some standards have no local competency, some only a partial one, and two local competencies have no standard."""
    view = shown(built)
    states = Counter(one.state for one in view.standards)

    assert {"not aligned": 3, "in part": 5, "covered": 6} == dict(states)
    assert ["A1.9", "A1.13", "A1.14"] == [one.code for one in view.standards[:3]]
    assert ["PV.11", "PV.12"] == [one.code for one in view.loose]
