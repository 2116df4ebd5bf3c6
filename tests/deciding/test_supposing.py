"""What rules would say that do not govern yet."""

from dataclasses import replace
from pathlib import Path

import pytest

from ledger.application import Ledger
from ledger.application.records import folded_record, snapshot_record
from ledger.deciding import Decider, Shelf
from ledger.deciding.reaching import Reach, decisions_looked_at, readers_of
from ledger.deciding.supposing import Supposition, answers, suppose
from ledger.domain.governance import Governance
from ledger.facts.record import LearnerRecord
from ledger.policy.facts import FactDefinition, FactType, Reads
from ledger.policy.terms import ParamTerm
from tests.support.ledgers import LONG_AGO, adopted, catalogue, classroom, outcomes, record
from tests.support.suppositions import ONE_KIND, THREE_KINDS, ending, supposing

MASTERY, COURSE = "competency-based/mastery", "competency-based/course"


NO_CHANGE = Supposition()


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """A state's ledger with mastery and course credit adopted."""
    return classroom(tmp_path)


@pytest.fixture
def learner(ledger: Ledger) -> str:
    """A learner who has mastered both standards of algebra, in two kinds of task each."""
    found = ledger.vault.learner_id("S-1")
    for name, code, kind in (("a", "C.0", "task"), ("b", "C.0", "exam"), ("c", "C.1", "task"), ("d", "C.1", "exam")):
        record(ledger, found, name, code, kind=kind)
    return found


def decider(ledger: Ledger, change: Supposition = NO_CHANGE) -> Decider:
    """Return who decides with a change, today."""
    governance = suppose(ledger.governance(), change)
    return Decider(governance, Shelf(governance), ledger.today(), governance.position)


def said(found: Decider, held: LearnerRecord) -> dict[str, str]:
    """Return what is answered, by question and subject."""
    return {f"{key[0]} {key[1]}": one.finding.outcome.value for key, one in answers(found, held).items()}


def snapshot(governance: Governance) -> list[object]:
    """Return what a fold holds, as far as a change could touch it."""
    return [list(governance.adoptions), list(governance.endings), dict(governance.archived), governance.position]


def test_what_governs_stays_as_it_is(ledger: Ledger) -> None:
    """A change is supposed in a copy: the fold itself has neither its adoption nor its policy."""
    before = snapshot(ledger.governance())
    supposed = suppose(ledger.governance(), supposing(ledger, MASTERY, THREE_KINDS))

    assert before == snapshot(ledger.governance())
    assert [*before[0], supposed.adoptions[-1]] == supposed.adoptions  # type: ignore[misc]
    assert supposed.position == ledger.governance().position + 2


def test_a_change_reaches_what_reads_its_decisions(ledger: Ledger, learner: str) -> None:
    """Where mastery would want three kinds of task, credit and advancement would not be given either."""
    held = folded_record(ledger, f"learner/{learner}")
    stands = {
        "MASTERY competency/c0": "met",
        "MASTERY competency/c1": "met",
        "CREDIT course/algebra": "met",
        "ADVANCEMENT course/algebra": "met",
    }

    assert stands == said(decider(ledger), held)
    assert dict.fromkeys(stands, "not_yet") == said(decider(ledger, supposing(ledger, MASTERY, THREE_KINDS)), held)


def test_the_record_asked_about_stays_as_it_is(ledger: Ledger, learner: str) -> None:
    """What is supposed to be decided stands in a copy alone; there is nothing to be stored."""
    held = snapshot_record(ledger, f"learner/{learner}")
    answers(decider(ledger, supposing(ledger, MASTERY, THREE_KINDS)), held)

    assert (held.version, {}) == (ledger.log.recorder.last_version(f"learner/{learner}"), held.changed_parts())
    assert "met" == getattr(held.standing("CREDIT", "course/algebra", "standard"), "outcome", None)
    assert ["course/algebra"] == [one.subject for one in held.awards_of("CREDIT", "standard")]


def test_a_snapshot_answers_as_the_events_do(ledger: Ledger, learner: str) -> None:
    """A record opened from its snapshot gives the same answers as one folded from the events."""
    found, stream = decider(ledger, supposing(ledger, MASTERY, THREE_KINDS)), f"learner/{learner}"

    assert said(found, folded_record(ledger, stream)) == said(found, snapshot_record(ledger, stream))


def test_an_adoption_supposed_to_end_leaves_the_one_before(ledger: Ledger, learner: str) -> None:
    """Without the stricter rule the one it replaced answers again."""
    adopted(ledger, MASTERY, overrides=THREE_KINDS)
    held = folded_record(ledger, f"learner/{learner}")

    assert "not_yet" == said(decider(ledger), held)["MASTERY competency/c0"]
    assert "met" == said(decider(ledger, ending(ledger, MASTERY)), held)["MASTERY competency/c0"]


def test_nothing_is_answered_where_nothing_would_govern(ledger: Ledger, learner: str) -> None:
    """A question whose only adoption would end is not among the answers."""
    held = folded_record(ledger, f"learner/{learner}")
    found = said(decider(ledger, ending(ledger, COURSE)), held)

    assert ["ADVANCEMENT course/algebra", "MASTERY competency/c0", "MASTERY competency/c1"] == sorted(found)


def test_a_question_nobody_answered_yet_is_answered(tmp_path: Path) -> None:
    """A rule adopted after the evidence came is asked of its competency and of the one that builds on it."""
    with classroom(tmp_path, course=False) as ledger:
        held = ledger.vault.learner_id("S-1")
        written = record(ledger, held, "a", "C.0")
        change = supposing(ledger, "competency-based/readiness")
        found = said(decider(ledger, change), folded_record(ledger, f"learner/{held}"))

        assert {"MASTERY"} == {question for question, _, _ in outcomes(written)}
        assert {
            f"{asked} competency/{one}" for asked in ("READINESS", "MASTERY") for one in ("c0", "c1")
        } == found.keys()


def test_only_what_is_concerned_is_answered(ledger: Ledger, learner: str) -> None:
    """Where mastery changes all that builds on it is concerned; where credit changes, mastery is not."""
    held = folded_record(ledger, f"learner/{learner}")

    def concerned(change: Supposition) -> set[str]:
        with_it = decider(ledger, change)
        reach = Reach(decider(ledger), with_it, change)
        return {key[0] for key in answers(with_it, held, reach.concerns)}

    assert {"MASTERY", "CREDIT", "ADVANCEMENT"} == concerned(supposing(ledger, MASTERY, ONE_KIND))
    assert {"CREDIT", "ADVANCEMENT"} == concerned(supposing(ledger, COURSE))
    assert set() == concerned(ending(ledger, "competency-based/course-advancement", "2999-12-31"))


def test_a_rule_reads_the_questions_its_facts_name() -> None:
    """Mastery reads readiness where evidence has to be prepared for, and mastery of what comes before."""
    found = {name: decisions_looked_at(catalogue().find(name, LONG_AGO)) for name in (MASTERY, COURSE)}

    assert {("READINESS", "standard"), ("MASTERY", "standard")} == found[MASTERY]
    assert {("MASTERY", "standard")} == found[COURSE]


def test_a_rule_that_may_read_any_question_is_always_reached() -> None:
    """Where a parameter names the question a fact reads, every change may reach the rule."""
    rule = catalogue().find(COURSE, LONG_AGO)
    named = FactDefinition(
        "other",
        "another decision",
        "decision.1",
        FactType.BOOLEAN,
        Reads.DECISION,
        arguments=(("question", ParamTerm("which")),),
    )

    assert {("CREDIT", "standard")} == readers_of({("SUPPORT", "standard")}, [replace(rule, sheet=(named,))])
    assert set() == readers_of({("SUPPORT", "standard")}, [rule])
