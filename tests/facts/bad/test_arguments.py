"""Parameters whose values do not fit where a fact uses them: refused, never guessed at."""

from fractions import Fraction
from typing import Any

import pytest

from ledger.policy import AtLevel, Counted, DatedFrom, FactType, FieldIn, Prepared, Reads, Ready, param
from tests.facts.support import fact, record_of, shown, value_of

RECORD = record_of(shown("a", "3", "2026-01-05"), shown("b", "3", "2026-01-06"))


@pytest.mark.parametrize(
    ("definition", "value", "problem"),
    [
        (fact("best.1", where=(AtLevel(param.p),)), "3", "a level is a whole number or a fraction, not '3'"),
        (fact("best.1", where=(AtLevel(param.p),)), True, "a level is a whole number or a fraction, not True"),
        (
            fact("best.1", where=(DatedFrom(param.p),)),
            20260101,
            "a window begins or ends on a day or with a status, not with 20260101",
        ),
        (fact("best.1", where=(Counted(param.p),)), "summative", "a filter takes a list of texts, not 'summative'"),
        (fact("best.1", where=(FieldIn("kind", param.p),)), 3, "a filter takes a list of texts, not 3"),
        (fact("best.1", where=(Prepared(param.p),)), 1, "whether something is required is true or false, not 1"),
        (fact("best.1", where=(Ready(param.p),)), "yes", "whether something is required is true or false, not 'yes'"),
        (
            fact("n_times.1", arguments=(("n", param.p), ("cut", 1))),
            Fraction(3, 2),
            "the argument 'n' is Fraction(3, 2); give a whole number",
        ),
        (
            fact("weighted.1", arguments=(("weight", param.p),)),
            "65",
            "the argument 'weight' is '65'; give a whole number or a fraction",
        ),
        (
            fact("status.1", FactType.BOOLEAN, reads=Reads.STATUS, arguments=(("code", param.p),)),
            7,
            "the argument 'code' is 7; give a text",
        ),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused(definition: Any, value: Any, problem: str) -> None:
    """A value that cannot stand where it is used stops the fact with a sentence."""
    with pytest.raises(TypeError) as caught:
        value_of(RECORD, definition, parameters={"p": value})

    assert str(caught.value) == problem
