"""Parameters whose values do not fit where a fact uses them: refused, never guessed at."""

from fractions import Fraction
from typing import Any

import pytest

from ledger.policy import AtLevel, Counted, DatedFrom, FactType, FieldIn, Prepared, Reads, Ready, param
from ledger.policy.sheet import table
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


@pytest.mark.parametrize(
    ("definition", "value", "problem"),
    [
        (fact("mean.1", arguments=(("round_to", param.p),)), 0, "the argument 'round_to' is 0; give more than 0"),
        (
            fact("best_n_of_m.1", arguments=(("n", param.p), ("m", 3))),
            0,
            "the argument 'n' is 0; give from 1 to 1000",
        ),
        (fact("weighted.1", arguments=(("weight", param.p),)), 101, "the argument 'weight' is 101; give from 0 to 100"),
        (
            fact("crowded.1", FactType.INTEGER, arguments=(("months", param.p),)),
            5,
            "the argument 'months' is 5; give 1, 2, 3, 4, 6 or 12",
        ),
        (
            fact("mode_of_last.1", arguments=(("n", 3), ("tie", param.p))),
            "first",
            "the argument 'tie' is 'first'; give one of highest, lowest, latest, undetermined",
        ),
    ],
)
def test_a_value_that_is_not_allowed_is_refused(definition: Any, value: Any, problem: str) -> None:
    """A parameter's value that an argument cannot be stops the fact with a sentence, whatever was folded."""
    with pytest.raises(ValueError, match="give") as caught:
        value_of(RECORD, definition, parameters={"p": value})

    assert str(caught.value) == problem


def test_a_cut_that_is_no_number_is_refused() -> None:
    """A table of cuts holds numbers; a text in it stops the fact and names the value it stands under."""
    cuts = table({"task": "high"})

    with pytest.raises(TypeError) as caught:
        value_of(RECORD, fact("margin.1", arguments=(("each", "kind"), ("cuts", param.p))), parameters={"p": cuts})

    assert str(caught.value) == "the cut of 'task' is 'high'; give a whole number or a fraction"
