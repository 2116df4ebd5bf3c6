"""Two rules in plain words side by side."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

from ledger import catalogue
from ledger.inquiry.rule_difference import difference_of
from ledger.inquiry.rule_sides import SectionPair, side_by_side
from ledger.policy.model import Policy
from ledger.policy.nodes import AllOf
from ledger.policy.plain import policy_in_words

ON = date(2026, 6, 5)
INSTALLED = catalogue.load()
MASTERY = INSTALLED.find("competency-based/mastery", ON)
COURSE = INSTALLED.find("competency-based/course", ON)


def sides(one: Policy | None, other: Policy | None) -> tuple[SectionPair, ...]:
    """Return two policies side by side on a day."""
    return side_by_side(*(policy_in_words(each, ON) if each else None for each in (one, other)))


def states(sections: tuple[SectionPair, ...]) -> list[str]:
    """Return the state of every line."""
    return [pair.state for section in sections for pair in section.lines]


def test_a_policy_beside_itself_is_the_same_on_every_line() -> None:
    """For every built-in policy; no section of it differs."""
    for policy in INSTALLED.policies:
        found = sides(policy, policy)

        assert set(states(found)) <= {"same"}, policy.edition
        assert not any(section.differs for section in found)


def test_what_is_taken_out_and_put_in_is_told_apart() -> None:
    """A clause left out is gone on the other side, and new when the sides are changed."""
    assert isinstance(MASTERY.requires, AllOf)
    fewer = replace(MASTERY, requires=AllOf(MASTERY.requires.parts[:2]))

    assert states(sides(MASTERY, fewer)) == ["same", "same", "same", "gone"]
    assert states(sides(fewer, MASTERY)) == ["same", "same", "same", "new"]


def test_nothing_before_makes_all_new() -> None:
    """Where no rule answered before, every line is new; the other way round all is gone."""
    assert set(states(sides(None, COURSE))) == {"new"}
    assert set(states(sides(COURSE, None))) == {"gone"}


def test_no_word_of_a_line_is_lost_by_marking_it() -> None:
    """The pieces of every line put together are what the rule says, whatever stands beside it."""
    for one, other in pairwise(INSTALLED.policies):
        for section in sides(one, other):
            said = [pair.after.text for pair in section.lines if pair.after]

            assert all(said), (one.edition, other.edition)


def test_a_rule_that_asks_more_is_the_stricter() -> None:
    """It is proved for every learner there can be, with one who meets only the old rule."""
    assert isinstance(MASTERY.requires, AllOf)
    found = difference_of((replace(MASTERY, requires=AllOf(MASTERY.requires.parts[:2])), {}), (MASTERY, {}), ON)

    assert found.held is not None
    assert found.held.sentence.startswith("The new rule is the stricter") or found.held.why
    assert found.differs


def test_rules_that_read_other_facts_are_not_ranked() -> None:
    """The facts that only one of them reads are named."""
    found = difference_of((COURSE, {}), (INSTALLED.find("traditional/course", ON), {}), ON)

    assert found.held is not None
    assert (found.held.strictness, found.held.proved) == ("not-comparable", False)
    assert any(said.startswith("Read by the new rule alone: ") for said in found.held.why)
