"""Rules that governed for a short time, and the awards between."""

from typing import Any

import pytest

from ledger.audit.queries.short_lived import episodes
from ledger.domain.governance import Governance
from ledger.domain.jurisdiction import Binding, Selector
from ledger.domain.learner import Decided
from tests.audit.queries.rules import PLACE, adoption, ended, governed
from tests.audit.queries.support import ALGEBRA, Book, ask, decided, found, places, recorded, skill

NAME = "short-lived-rules"

LOWERED = (
    (1, adoption("2020-01-01")),
    (2, adoption("2026-05-04", level="2")),
    (3, adoption("2026-06-01")),
)


def not_yet(_learner: str, _made: Decided, adoption: int) -> str | None:
    """Answer every decision again: the rule at position 1 says not yet."""
    return "not_yet" if adoption == 1 else None


def lowered(**more: Any) -> Decided:
    """Build a decision met by the rule at position 2."""
    return decided("met", adoption=2, on="2026-05-11", **more)


def test_a_rule_lowered_in_may_and_restored_in_june_is_found() -> None:
    """The adoption is found, and each decision that the rule before would not have made."""
    book = Book()
    event = book.act(recorded(level="2"), lowered(), at="2026-05-11 10:00")
    first, second = found(NAME, book, governance=governed(*LOWERED), under=not_yet)

    assert (2, None, (2, event.position + 1)) == (first.position, first.learner, first.positions)
    assert (
        "made-up/rule@2020-01-01 of us-tx/pine-valley for MASTERY governed for 28 days, from 2026-05-04 to 2026-05-31, "
        "and then the rule before it (position 1) again; 1 decision about 1 learner became met by it that would not "
        "have been."
    ) == first.sentence
    assert (event.position + 1, "one") == (second.position, second.learner)
    assert (
        "MASTERY of competency/c1 became met on 2026-05-11 by the rule adopted at position 2, which governed from "
        "2026-05-04 to 2026-05-31; by the rule before it, which governs again, it would have been not_yet."
    ) == second.sentence


def test_what_rests_on_it_is_found() -> None:
    """A credit in July rests on mastery of May; another rests on nothing of the kind."""
    book = Book()
    book.act(recorded(level="2"), lowered(), at="2026-05-11 10:00")
    credit = book.act(decided(question="CREDIT", subject=ALGEBRA, behind=(2,), adoption=9), at="2026-07-01 10:00")
    book.act(decided(question="CREDIT", subject=ALGEBRA, behind=(1,), award="other", adoption=9))
    answer = found(NAME, book, governance=governed(*LOWERED), under=not_yet)

    assert [2, 102, credit.position] == [one.position for one in answer]
    assert "on the strength of what was decided by the rule adopted at position 2" in answer[-1].sentence


def test_a_rule_that_ends_gives_way_to_the_one_before() -> None:
    """No third adoption is needed where the second is ended, or said from the first when it would end."""
    book = Book()
    book.act(recorded(level="2"), lowered(), at="2026-05-11 10:00")
    by_end = governed(*LOWERED[:2], (3, ended(2, "2026-05-31")))
    by_itself = governed(LOWERED[0], (2, adoption("2026-05-04", level="2", last_day="2026-05-31")))

    assert [2, 102] == places(NAME, book, governance=by_end, under=not_yet)
    assert [2, 102] == places(NAME, book, governance=by_itself, under=not_yet)


def test_a_school_s_own_rule_gives_way_to_the_district_s() -> None:
    """A school lowers the rule for a month; before and after it the district's governs."""
    book = Book()
    book.act(recorded(level="2"), lowered(), at="2026-05-11 10:00")
    school = adoption("2026-05-04", level="2", jurisdiction=f"{PLACE}/north", last_day="2026-05-31")

    assert [2, 102] == places(NAME, book, governance=governed(LOWERED[0], (2, school)), under=not_yet)


@pytest.mark.parametrize("answer", ["met", None])
def test_who_would_pass_anyway_is_left_alone(answer: str | None) -> None:
    """Where the rule was raised in May, whoever met it meets the other too; what cannot be said is found."""
    book = Book()
    book.act(recorded(), lowered(), at="2026-05-11 10:00")
    asked = ask(NAME, book, governance=governed(*LOWERED), under=lambda *_: answer)

    assert ([] if answer else [2, 102]) == [one.position for one in asked.findings]
    kept = "1 decision under" if answer else "0 decisions under"
    assert [
        f"1 rule governed for less than 92 days before the rule before came back; {kept} them would have been met"
    ] == [note.removesuffix(" anyway.") for note in asked.notes]
    if not answer:
        assert asked.findings[1].sentence.endswith("which governs again, would have said cannot be told.")


def test_a_short_time_in_which_nobody_is_awarded_is_left_alone() -> None:
    """Nobody became met, or was met before, or by another rule."""
    book = Book()
    book.act(recorded(), decided("met", adoption=1), at="2026-03-02 10:00")
    book.act(recorded("more"), lowered(), at="2026-05-11 10:00")
    book.act(recorded(level="2"), decided("not_yet", adoption=2, subject=skill(2)), learner="two")

    assert [] == places(NAME, book, governance=governed(*LOWERED), under=not_yet)


NO_EPISODE = {
    "a newer rule follows": governed(*LOWERED[:2], (3, adoption("2026-06-01", "newer"))),
    "a year": governed(*LOWERED[:2], (3, adoption("2027-06-01"))),
    "exactly the days": governed(*LOWERED[:2], (3, adoption("2026-08-04"))),
    "it still governs": governed(*LOWERED[:2]),
    "a pilot": governed(LOWERED[0], (2, adoption("2026-05-04", level="2", pilot="p", last_day="2026-05-31"))),
    "nothing before": governed((2, adoption("2026-05-04", level="2", last_day="2026-05-31"))),
    "the same rule": governed(LOWERED[0], (2, adoption("2026-05-04")), LOWERED[2]),
    "another award": governed(*LOWERED[:2], (3, adoption("2026-06-01", award="honours"))),
    "another place": governed(*LOWERED[:2], (3, adoption("2026-06-01", jurisdiction="us-tx/cedar"))),
    "one competency": governed(
        *LOWERED[:2], (3, adoption("2026-06-01", selector=Selector(kind="competency", ids=("c9",))))
    ),
    "only some": governed(*LOWERED[:2], (3, adoption("2026-06-01", binding=Binding(grades=("9",))))),
    "never came to bind": governed(*LOWERED[:2], (3, ended(2, "2026-05-01"))),
}


@pytest.mark.parametrize("governance", NO_EPISODE.values(), ids=NO_EPISODE)
def test_what_is_no_episode(governance: Governance) -> None:
    """The rule before does not come back, or not so soon, or everybody knew it would."""
    assert [] == list(episodes(governance, 92))


def test_a_rule_for_some_competencies_may_be_an_episode() -> None:
    """It is held against a rule for all of them, before and after."""
    some = adoption("2026-05-04", level="2", selector=Selector(kind="competency", ids=("c1",)), last_day="2026-05-31")
    (one,) = episodes(governed(LOWERED[0], (2, some)), 92)

    assert (2, 1) == (one.adoption.position, one.before.position)
