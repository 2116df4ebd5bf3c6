"""Acts by people who do not teach the learner."""

from ledger.domain.belonging import CourseEnrolled, CourseLeft, LearnerEnrolled
from tests.audit.queries.support import Book, ask, by, found, places, recorded

NAME = "not-teaching"


def school() -> Book:
    """Write two sections of a course: ann acts for the learners of section 1, bob for those of section 2."""
    book = Book()
    for number in range(8):
        section = "1" if number < 4 else "2"
        book.act(
            CourseEnrolled(course="algebra", first_day="2025-08-18", section=section),
            learner=f"l{number}",
            at="2025-08-18 09:00",
            who="office",
            role="registrar",
        )
        if number not in (3, 7):
            book.act(recorded(), learner=f"l{number}", who="ann" if number < 4 else "bob")
    return book


def test_a_teacher_of_another_class_is_found() -> None:
    """Bob acts for a learner of ann's section."""
    book = school()
    event = book.act(recorded("extra"), learner="l3", who="bob", at="2026-03-09 16:00")
    (one,) = found(NAME, book)

    assert ("l3", "bob", (event.position,)) == (one.learner, one.who, one.positions)
    assert (
        "teacher bob acted 1 time for a learner who is in no class of theirs, the last time at 2026-03-09 16:00."
    ) == one.sentence


def test_a_teacher_of_no_class_is_found_where_the_class_is_somebody_s() -> None:
    """Coach acts for nobody else, and the learner's class is ann's."""
    book = school()
    event = book.act(recorded("extra"), learner="l2", who="coach")

    assert [event.position] == places(NAME, book)


def test_a_class_that_was_left_is_nobody_s() -> None:
    """A learner who left section 1 in January is in no class of ann's in March."""
    book = school()
    book.act(CourseLeft(course="algebra", day="2026-01-16"), learner="l3", at="2026-01-16 10:00", role="registrar")
    book.act(CourseEnrolled(course="algebra", first_day="2026-01-19", section="2"), learner="l3", role="registrar")
    event = book.act(recorded("extra"), learner="l3", who="ann", at="2026-03-09 16:00")

    assert [event.position] == places(NAME, book)


def test_acts_of_one_s_own_class_are_left_alone() -> None:
    """Ann acts for the last learner of her section for the first time; the registrar for everybody."""
    book = school()
    book.act(recorded("extra"), learner="l3", who="ann")
    book.act(recorded("more"), learner="l7", who="office", role="registrar")

    assert [] == places(NAME, book)


def test_a_substitute_is_left_alone() -> None:
    """Whoever acts for several learners of a class stands in for its teacher."""
    book = school()
    for number in range(4):
        book.act(recorded("quiz"), learner=f"l{number}", who="sub")

    assert [] == places(NAME, book)


def test_a_tutor_is_left_alone() -> None:
    """Whoever acts for one learner on three days teaches that learner."""
    book = school()
    for day in (2, 9, 16):
        book.act(recorded(f"session {day}"), learner="l1", who="tutor", at=f"2026-03-{day:02} 15:00")

    assert [] == places(NAME, book)


def test_an_assessor_named_by_others_is_left_alone() -> None:
    """An import named carol as assessor of the learner's work; so she may act for the learner."""
    book = school()
    book.act(recorded("portfolio", assessor=by("carol")), learner="l1", who="office", role="registrar")
    book.act(recorded("extra"), learner="l1", who="carol")

    assert [] == places(NAME, book)


def test_who_cannot_be_judged_is_counted() -> None:
    """Where nobody acts for a class often enough, no act in it is a finding."""
    book = Book()
    book.act(LearnerEnrolled(organisation="us-tx/north", first_day="2025-08-18", grade="3"), role="registrar")
    book.act(recorded())
    book.act(recorded("other"), who="bob")
    answer = ask(NAME, book)

    assert () == answer.findings
    assert ["2 acts of 2 teachers could not be judged: neither they nor anybody else acted for enough"] == [
        note.partition(" learners of a class")[0] for note in answer.notes
    ]


def test_a_grade_of_a_school_is_a_class() -> None:
    """In an elementary school, who acts for enough learners of the grade teaches it."""
    book = Book()
    for number in range(4):
        enrolled = LearnerEnrolled(organisation="us-tx/north", first_day="2025-08-18", grade="3")
        book.act(enrolled, learner=f"l{number}", role="registrar")
        book.act(recorded(), learner=f"l{number}", who="ann")
    event = book.act(recorded("extra"), learner="l0", who="bob")

    assert [event.position] == places(NAME, book)


def test_an_act_on_behalf_of_another_is_found() -> None:
    """A teacher signs for another, and an office for somebody who does not teach the learner."""
    book = school()
    one = book.act(recorded("extra"), learner="l0", who="ann", behalf="bob")
    two = book.act(recorded("more"), learner="l0", who="office", role="registrar", behalf="bob")

    assert [one.position, two.position] == places(NAME, book)
    assert "teacher ann acted on behalf of bob, the last time at 2026-03-02 10:00." == found(NAME, book)[0].sentence


def test_an_office_may_act_on_behalf_of_who_teaches() -> None:
    """The registrar enters what ann, whose class it is, has assessed."""
    book = school()
    book.act(recorded("more"), learner="l0", who="office", role="registrar", behalf="ann")

    assert [] == places(NAME, book)
