"""Days, results and order, as pages write them."""

from datetime import date

import pytest

from ledger.inquiry.views import SubjectView
from ledger.policy.explaining import Line, Mark
from ledger.policy.model import Outcome
from web.wording import MARKS, OUTCOMES, about, dated, day, members, natural, sentence, short_result, whole_label


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("2026-05-03", "3 May 2026"),
        (date(2026, 5, 30), "30 May 2026"),
        ("2026-05-30T14:05", "30 May 2026, 14:05"),
        ("2026-05-30T14:05-05:00[America/Chicago]", "30 May 2026, 14:05"),
        ("", "not dated"),
        (None, "not dated"),
    ],
)
def test_days_are_written_for_people(value: str | date | None, written: str) -> None:
    """A legal date is written with the month's name, with its time where it has one."""
    assert day(value) == written


@pytest.mark.parametrize(
    ("words", "number"),
    [("level 3 (Meeting)", "3"), ("level 2.5", "2.5"), ("84.5 of 100", "84.5"), ("passed", "passed"), ("12", "12")],
)
def test_a_result_has_a_number_at_its_heart(words: str, number: str) -> None:
    """The grid shows the level, the score, or the word."""
    assert short_result(words) == number


def test_codes_are_ordered_by_their_numbers() -> None:
    """A1.2 stands before A1.10."""
    assert sorted(["A1.10", "A1.2", "A", "B1", "A1.9a"], key=natural) == ["A", "A1.2", "A1.9a", "A1.10", "B1"]


def test_every_outcome_and_every_mark_is_written() -> None:
    """None is shown by colour alone: each has a mark of its own, or shares it with its own kind of word."""
    assert set(OUTCOMES) == {outcome.value for outcome in Outcome}
    assert set(MARKS) == set(Mark)
    assert len({mark for _, mark, _ in OUTCOMES.values()}) == len(OUTCOMES)


def test_a_question_is_joined_to_its_target() -> None:
    """Each question has its own little word."""
    assert [about("MASTERY", "A1.2"), about("CREDIT", "ALG1")] == ["Mastery of A1.2", "Credit for ALG1"]


def test_a_sentence_ends_once() -> None:
    """A text becomes a sentence, and a sentence stays one."""
    assert [sentence("not yet"), sentence("Done."), sentence("All of these:")] == [
        "Not yet.",
        "Done.",
        "All of these:",
    ]


def member(name: str, clause: str = "standard") -> Line:
    """Return the line of one member of a list."""
    return Line(Mark.MET, name, parts=(Line(Mark.MET, "It is mastered.", key=f"{clause}[{name}]"),))


def test_members_of_a_list_are_put_in_order() -> None:
    """Lines that hold the same clause about different members are told from others and ordered."""
    one, two, ten = member("A1.1"), member("A1.2"), member("A1.10")

    assert members(Line(Mark.MET, "For each:", parts=(ten, one, two))) == (one, two, ten)
    assert members(Line(Mark.MET, "All of these:", parts=(one, member("A1.2", "other")))) == ()
    assert members(Line(Mark.MET, "All of these:", parts=(one, Line(Mark.MET, "x", key="x")))) == ()
    assert members(Line(Mark.MET, "Alone.", key="x")) == ()


@pytest.mark.parametrize(
    ("label", "statement", "written"),
    [
        ("Tells a function from a…", "Tells a function from a relation.", "Tells a function from a relation."),
        ("Functions", "Tells a function from a relation.", "Functions"),
        ("And so on…", "Another sentence.", "And so on…"),
        ("ALG1", "", "ALG1"),
    ],
)
def test_a_label_that_was_cut_is_written_whole(label: str, statement: str, written: str) -> None:
    """A label that is only the beginning of its statement gives way to it."""
    assert whole_label(SubjectView("competency/c", "competency", "c", "C.1", label, statement)) == written


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("for 2026-06-05 (America/Chicago)", "for 5 June 2026 (America/Chicago)"),
        ("from 2026-08-01 to 2027-07-31.", "from 1 August 2026 to 31 July 2027."),
        ("competency-based/mastery@2000-01-01 governs", "competency-based/mastery@2000-01-01 governs"),
        ("minute 2026-14 of 2026-02-30", "minute 2026-14 of 2026-02-30"),
    ],
)
def test_days_in_a_sentence_are_written_for_people(said: str, written: str) -> None:
    """The date in the name of an edition stays, and so does what is no day."""
    assert dated(said) == written
