"""Facts are read of a record under rules nobody adopted, and where they were taught is known."""

from dataclasses import replace
from pathlib import Path

import pytest

from ledger.application.records import folded_record
from ledger.catalogue import load
from ledger.policy import NONE, clause, fact, param
from ledger.policy.model import Policy
from ledger.simulation import Case, shared
from ledger.simulation.reading import Tried, reading
from tests.cli.support import Terminal, found_school, written
from tests.policy.examples import parameter
from tests.simulation.support import KINDS, rule

EXAM = (
    "learner,course,score,score_max,kind,purpose,setting,occurred\n"
    "S-1,ALG,5,10,exam,summative,school,2026-03-01\nS-1,ALG,5,10,task,formative,online,2026-03-02\n"
)


@pytest.fixture
def school(tmp_path: Path) -> Terminal:
    """Return a school with two pieces of evidence of one learner about a course, one of them formative."""
    terminal = found_school(tmp_path)
    terminal.ok("import", "evidence", written(tmp_path, "exam.csv", EXAM))
    return terminal


def cases(terminal: Terminal, policy: Policy) -> list[Case]:
    """Read the cases of the only learner there is, the same rule on both sides."""
    with terminal.open() as ledger:
        read = reading(ledger.jurisdiction, ledger.governance(), ledger.today(), Tried(policy), Tried(policy))
        return list(read.cases(folded_record(ledger, f"learner/{ledger.vault.learner_id('S-1')}")))


def distinct(**more: object) -> Policy:
    """Write a rule that counts different settings of summative work."""
    settings = replace(KINDS, name="settings", arguments=(("field", "setting"),), measure="presence", when_none=0)
    return rule(
        requires=clause("settings", "Settings.", fact.settings >= 2),
        sheet=(replace(settings, **more),),  # type: ignore[arg-type]
        parameters=(parameter("where", NONE),),
    )


def test_a_class_is_the_school_the_course_and_its_section(school: Terminal) -> None:
    """Without an enrolment the place is the district and the course; with one, its section too."""
    policy = load(()).find("competency-based/course", distinct().effective.replace(year=2026))
    [before] = cases(school, policy)
    school.ok("record", "course", "S-1", "ALG", "--from", "2026-01-10", "--section", "A3")
    [after] = cases(school, policy)

    assert "us-tx/pine-valley course/ALG" == before.place
    assert "us-tx/pine-valley course/ALG A3" == after.place


def test_offered_is_what_counts_by_its_kind(school: Terminal) -> None:
    """Of what was given, the values of work that the fact may count are offers; of nothing there are none."""
    [case] = cases(school, distinct())

    assert [("baseline", "settings", ("school",)), ("candidate", "settings", ("school",))] == list(
        map(tuple, case.offers)
    )
    assert {"settings": 1} == case.baseline
    assert () == cases(school, distinct(about="requirement/none"))[0].offers
    assert () == cases(school, distinct(about=param.where))[0].offers


def test_a_member_that_is_no_sheet_is_refused() -> None:
    """The members of a list of facts are sheets; a list of texts is no fact."""
    with pytest.raises(TypeError, match="^'a' is no member of a list of facts.$"):
        shared({"names": ("a",)}, {})
