"""Fact definitions that cannot be folded."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from ledger.facts.check import FILTER_FIELDS, definition_problems
from ledger.facts.methods import ITEM_METHODS, METHODS
from ledger.policy import AtLevel, DatedBefore, DatedFrom, FactType, FieldIn, FieldIs, Reads, Ready, param
from tests.facts.strategies import ALL_FACTS
from tests.facts.support import fact

LIST = FactType.LIST
WEIGHTED = (("weight", 65),)


@pytest.mark.parametrize(
    ("definition", "problem"),
    [
        pytest.param(
            fact("best.9"), f"there is no fact method 'best.9': use one of {', '.join(METHODS)}", id="unknown method"
        ),
        pytest.param(
            fact("mean.1", FactType.INTEGER), "mean.1 gives no integer: declare the fact as fraction", id="type"
        ),
        pytest.param(
            fact("mean.1", reads=Reads.PREPARATION),
            "mean.1 does not read preparation: let it read evidence",
            id="reads",
        ),
        pytest.param(
            fact("mean.1", measure="presence"),
            "mean.1 has no measure 'presence': use level, percent, value",
            id="measure",
        ),
        pytest.param(fact("weighted.1"), "weighted.1 needs the argument 'weight': share of the latest, in percent "
            "from 0 to 100", id="argument missing"),
        pytest.param(
            fact("best.1", arguments=WEIGHTED), "best.1 takes no argument 'weight': it takes none", id="no arguments"
        ),
        pytest.param(
            fact("weighted.1", arguments=(*WEIGHTED, ("n", 2))),
            "weighted.1 takes no argument 'n': it takes weight, round_to",
            id="another argument",
        ),
        pytest.param(
            fact("weighted.1", arguments=(*WEIGHTED, *WEIGHTED)), "weighted.1: an argument is given twice", id="twice"
        ),
        pytest.param(
            fact("weighted.1", arguments=(("weight", "65"),)),
            "weighted.1, argument 'weight': '65' is not a whole number or a fraction",
            id="kind of argument",
        ),
        pytest.param(
            fact("weighted.1", arguments=(("weight", True),)),
            "weighted.1, argument 'weight': True is not a whole number or a fraction",
            id="true is no number",
        ),
        pytest.param(
            fact("weighted.1", arguments=(("weight", 101),)),
            "weighted.1, argument 'weight': 101 is out of range; give from 0 to 100",
            id="out of range",
        ),
        pytest.param(
            fact("mean.1", arguments=(("round_to", 0),)),
            "mean.1, argument 'round_to': 0 is out of range; give more than 0",
            id="rounded to nothing",
        ),
        pytest.param(
            fact("ratio.1"), "ratio.1 has no measure 'level': use value", id="a share of levels",
        ),
        pytest.param(
            fact("margin.1", arguments=(("each", "instrument"), ("cuts", "20"))),
            "margin.1, argument 'cuts': '20' is not a whole number or a fraction or a table",
            id="a cut as text",
        ),
        pytest.param(
            fact("crowded.1", FactType.INTEGER, arguments=(("months", 5),)),
            "crowded.1, argument 'months': 5 is out of range; give 1, 2, 3, 4, 6 or 12",
            id="no divisor of a year",
        ),
        pytest.param(
            fact("mode_of_last.1", arguments=(("n", 3), ("tie", "first"))),
            "mode_of_last.1, argument 'tie': 'first' is not one of highest, lowest, latest, undetermined",
            id="choice",
        ),
        pytest.param(
            fact("best.1", where=(FieldIs("rubric", "x"),)),
            f"FieldIs: there is no field 'rubric'; use one of {', '.join(FILTER_FIELDS)}",
            id="field",
        ),
        pytest.param(
            fact("best.1", where=(FieldIn("rubric", ("x",)),)),
            f"FieldIn: there is no field 'rubric'; use one of {', '.join(FILTER_FIELDS)}",
            id="fields",
        ),
        pytest.param(
            fact("best.1", where=(DatedFrom("2026-01-01"),)),
            "DatedFrom: '2026-01-01' is neither a date, nor a date parameter, nor 'status:' and the code of a status",
            id="a date as text",
        ),
        pytest.param(
            fact("best.1", where=(DatedBefore("status:"),)),
            "DatedBefore: 'status:' is neither a date, nor a date parameter, nor 'status:' and the code of a status",
            id="a status without code",
        ),
        pytest.param(
            fact("best.1", where=(AtLevel("3"),)), "AtLevel: '3' is not a whole number or a fraction", id="level"
        ),
        pytest.param(
            fact("best.1", where=(Ready(True, ("practice",), "2"),)),
            "Ready: '2' is not a whole number or a fraction",
            id="level of readiness",
        ),
        pytest.param(
            fact("best.1", where=(Ready(True, at_least=2),)),
            "Ready: a level without purposes shows nothing; name the purposes of the evidence",
            id="readiness without purposes",
        ),
        pytest.param(
            fact("today.1", FactType.DATE, where=(AtLevel(3),)),
            "today.1 looks one thing up and takes no filters: leave `where` out",
            id="filter on a look-up",
        ),
        pytest.param(
            fact("best.1", members=(fact("item.kind", FactType.TEXT),)),
            "best.1 gives no list: leave `members` out",
            id="members of a number",
        ),
        pytest.param(
            fact("items.1", LIST), "items.1 gives a list: say in `members` what each member carries", id="no members"
        ),
        pytest.param(
            fact("items.1", LIST, members=(fact("best.1"),)),
            f"member 'it': there is no 'best.1'; use one of {', '.join(ITEM_METHODS)}",
            id="unknown member",
        ),
        pytest.param(
            fact("items.1", LIST, members=(fact("item.kind"),)),
            "member 'it': item.kind gives no fraction: declare the fact as choice, text",
            id="type of a member",
        ),
        pytest.param(
            fact("items.1", LIST, members=(fact("item.status", FactType.BOOLEAN),)),
            "member 'it': item.status needs the argument 'code': the code of the status",
            id="argument of a member",
        ),
    ],
)  # fmt: skip
def test_a_wrong_definition_is_named_with_what_is_allowed(definition: Any, problem: str) -> None:
    """Each problem says what is wrong and what may stand there instead."""
    assert definition_problems(definition) == (problem,)


def test_every_problem_is_reported_at_once() -> None:
    """A definition with three problems has three sentences."""
    definition = fact("mean.1", FactType.INTEGER, measure="presence", where=(AtLevel(True),))

    assert len(definition_problems(definition)) == 3


def test_right_definitions_have_no_problem() -> None:
    """Every definition the other tests fold, and one whose numbers are parameters, is accepted."""
    by_parameters = fact(
        "weighted.1",
        arguments=(("weight", param.weight),),
        where=(AtLevel(param.level), DatedFrom(param.start), DatedBefore(date(2026, 1, 1)), AtLevel(Fraction(5, 2))),
    )
    given = fact("status.1", FactType.BOOLEAN, reads=Reads.STATUS, arguments=(("code", "x"),))

    assert {each.name: definition_problems(each) for each in (*ALL_FACTS, by_parameters, given)} == {
        each.name: () for each in (*ALL_FACTS, by_parameters, given)
    }
