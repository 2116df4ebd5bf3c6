"""Which mistakes cases notice, and how the law explains the others."""

from dataclasses import replace

from ledger.policy import FactType, all_of, clause, fact, final_when, grant, param
from ledger.policy.kit.mutation import explained, mutate
from ledger.policy.model import Outcome
from tests.policy.examples import definition, parameter, policy
from tests.policy.kit.support import case, keys, survivors

SCORE, YES = definition("score"), definition("yes", FactType.BOOLEAN, False)
ASKED = policy(clause("enough", "Enough.", fact.score >= param.cut), SCORE, parameters=(parameter("cut", 80),))
AT, BELOW = case(ASKED, score=80), case(ASKED, score=79)


def test_cases_on_both_sides_notice_everything() -> None:
    """A case at the line and one just below it leave no mistake unnoticed."""
    assert [] == survivors(ASKED, AT, BELOW)


def test_a_case_off_the_line_notices_less() -> None:
    """Cases far from the line do not see it move."""
    assert [
        "enough: score >= param.cut becomes >",
        "param.cut: 80 becomes 79",
        "param.cut: 80 becomes 81",
    ] == survivors(ASKED, case(ASKED, score=90), case(ASKED, score=10))


def test_without_cases_everything_survives() -> None:
    """Cases of another policy are not asked."""
    other = policy(clause("enough", "Enough.", fact.score >= 1), SCORE)

    assert keys(ASKED) == survivors(ASKED, case(other, score=1))


def test_what_a_case_does_not_say_it_does_not_notice() -> None:
    """A case that says nothing of grants does not notice that one is gone."""
    asked = policy(clause("yes", "Yes.", fact.yes), YES, grants=(grant("credit", 1),))
    yes, no = case(asked, yes=True), case(asked, yes=False)
    silent = replace(yes, expect=replace(yes.expect, grants=None))

    assert [] == survivors(asked, yes, no)
    assert ["grant credit: dropped"] == survivors(asked, silent, no)


def test_a_survivor_is_explained_in_the_law() -> None:
    """A key in backticks under the heading is explained; elsewhere in the law it is not."""
    asked = policy(final_when(fact.yes, clause("enough", "Enough.", fact.score >= 80, final=True)), SCORE, YES)
    cases = [case(asked, score=80, yes=False), case(asked, score=79, yes=True)]
    left = survivors(asked, *cases)

    assert ["requires: final_when yes is dropped", "requires: yes always holds", "enough: not final"] == left
    law = "# Law\n\n## Mutants\n\n" + "".join(f"- `{key}`: no difference.\n" for key in left)
    assert [] == survivors(asked, *cases, law=law)
    assert left == survivors(asked, *cases, law=law.replace("## Mutants", "## Other"))


def test_an_explanation_that_is_not_needed_is_told() -> None:
    """Where a case notices a mutant the law explains, the explanation is stale."""
    found = mutate(ASKED, [AT, BELOW], "# Mutants\n\n`param.cut: 80 becomes 81` and `something else`\n")

    assert [
        "`param.cut: 80 becomes 81` is explained under 'Mutants', and a case notices it: take the explanation out."
    ] == [*found.sentences()]


def test_a_failing_case_is_told_and_not_asked() -> None:
    """A case that fails without any mutant would notice everything; it is named instead."""
    wrong = replace(AT, expect=replace(AT.expect, outcome=Outcome.DENIED))
    found = mutate(ASKED, [wrong, BELOW], "")

    assert f"the case {AT.name!r} fails as it is; mend it first." == next(found.sentences())
    assert "no case notices when in param.cut, 80 becomes 81 (`param.cut: 80 becomes 81`)." in list(found.sentences())


def test_sub_headings_may_name_policies() -> None:
    """What stands under another policy's sub-heading explains nothing for this one."""
    law = """\
# Law

`early`

## Mutants

`both`

### us-ex/policy

`mine`

### us-ex/other

`theirs`

### Thoughts

`all`

## After

`late`
"""

    assert {"both", "mine", "all"} == explained(law, "us-ex/policy")
    assert {"both", "theirs", "all"} == explained(law, "us-ex/other")


def test_a_clause_left_out_is_noticed_by_the_reason_alone() -> None:
    """A case that names what it rests on notices a clause that is gone though the outcome stays."""
    asked = policy(all_of(clause("a", "A.", fact.yes), clause("b", "B.", fact.score.exists())), YES, SCORE)

    assert "b: dropped" not in survivors(asked, case(asked, yes=True, score=1))
