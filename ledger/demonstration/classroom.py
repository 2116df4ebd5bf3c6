"""Stories of classrooms: two kinds of task, retakes, practice, prerequisites, corrections, an award that stands."""

from dataclasses import replace

from ledger.demonstration.cast import Cast
from ledger.demonstration.content import ALGEBRA_1, COURSE
from ledger.demonstration.records import Correction, Preparing, Recorded, Row, Script, Withdrawal

SHARED = "a recording of the group's read-aloud"
"""The document the members of a group share."""


def two_kinds(cast: Cast) -> Script:
    """Tell of the level in an exam and in a performance."""
    rows = (cast.work("M3.1", "exam", "3", 3), cast.work("M3.1", "performance", "4", 6))
    sentence = "Level 3 in an exam and level 4 in a performance: two kinds of task, so the competency is mastered."
    return Script(rows, (), (cast.mastery("Shown in two kinds of task", sentence, "M3.1", "met", "kinds", "holding"),))


def slow_start(cast: Cast) -> Script:
    """Tell of low first tries, which do no harm, for nothing is averaged."""
    levels = (("exam", "1", 4), ("observation", "1", 9), ("exam", "3", 18), ("performance", "4", 27))
    rows = tuple(cast.work("R3.1", *each) for each in levels)
    sentence = "Two results at level 1 in autumn, levels 3 and 4 later: nothing is averaged, so the start does no harm."
    return Script(rows, (), (cast.mastery("A slow start does no harm", sentence, "R3.1", "met", "kinds", "holding"),))


def one_kind(cast: Cast) -> Script:
    """Tell of three exams, all at the highest level, and nothing else."""
    rows = tuple(cast.work("M3.3", "exam", "4", week) for week in (5, 14, 25))
    sentence = "Three exams at level 4 and no other kind of task: not yet, because a second kind is still missing."
    return Script(rows, (), (cast.mastery("One kind of task is not enough", sentence, "M3.3", "not_yet", "kinds"),))


def latest_lower(cast: Cast) -> Script:
    """Mastered, until the most recent work falls below."""
    rows = (cast.work("M3.1", "exam", "3", 3), cast.work("M3.1", "performance", "3", 7))
    later = cast.work("M3.1", "observation", "2", 30)
    sentence = "Mastered until an observation at level 2 was recorded: the most recent work must hold the level."
    told = cast.mastery("The latest work fell below the level", sentence, "M3.1", "not_yet", "holding")
    return Script(rows, (Recorded(later),), (told,))


def retakes(cast: Cast) -> Script:
    """Tell of the same retake twice, without and with a preparation between the tries."""
    without = _retaken(cast, "M3.3")
    prepared = _retaken(cast, "M3.4")
    preparing = Preparing(cast.learner.id, "M3.4", "tutoring", cast.year.day(11))
    tellings = (
        cast.mastery(
            "A retake without preparation",
            "The second try at one exam reached level 4, but no preparation was recorded between the tries: it "
            "does not count.",
            "M3.3",
            "not_yet",
            "kinds",
        ),
        cast.mastery(
            "The same retake after tutoring",
            "The same two tries, and tutoring recorded between them: the retake counts, and the competency is "
            "mastered.",
            "M3.4",
            "met",
            "kinds",
        ),
    )
    return Script(without + prepared, (preparing,), tellings)


def _retaken(cast: Cast, code: str) -> tuple[Row, ...]:
    task = f"{code} exam"
    first = replace(cast.work(code, "exam", "2", 8, task=task), attempt="1")
    second = replace(cast.work(code, "exam", "4", 13, task=task), attempt="2")
    return first, cast.work(code, "performance", "3", 10), second


def practice(cast: Cast) -> Script:
    """Tell of practice, which makes ready and moves nothing else."""
    weeks = (2, 5, 8, 11)
    rows = tuple(cast.work("R3.3", "task", "4", week, purpose="practice") for week in weeks)
    sentence = (
        "Four times level 4 in practice: ready for an assessment, and not yet mastered, for practice never counts."
    )
    told = cast.mastery("Practice does not count", sentence, "R3.3", "not_yet", "kinds", "holding")
    return Script(rows, (), (told,))


def correction(cast: Cast) -> Script:
    """Tell of a typing error, and what became of the decision that rested on it."""
    typed = replace(cast.work("M3.7", "performance", "1", 12), source_record="pv-typing-error")
    rows = (cast.work("M3.7", "exam", "3", 9), typed)
    action = Correction(replace(typed, level="3"), "Typed 1 for 3; the paper says 3.")
    sentence = "A performance was typed in at level 1 and corrected to level 3; both records and both decisions remain."
    return Script(rows, (action,), (cast.mastery("A typing error, corrected", sentence, "M3.7", "met", "holding"),))


def half_level(cast: Cast) -> Script:
    """Tell of a level between two whole ones."""
    levels = (("exam", "3", 6), ("performance", "3", 10), ("observation", "2.5", 22))
    rows = tuple(cast.work("R3.5", *each) for each in levels)
    sentence = "The most recent work is at level 2.5, half a level below what has to be shown: not yet."
    told = cast.mastery("Half a level below", sentence, "R3.5", "not_yet", "holding")
    return Script(rows, (), (told,))


def absence(cast: Cast) -> Script:
    """Tell of no result, which is not a zero."""
    missed = replace(cast.work("M3.1", "exam", "", 20), absent_reason="absent", scored="")
    rows = (cast.work("M3.1", "exam", "3", 3), cast.work("M3.1", "performance", "3", 8), missed)
    sentence = "Absent on the day of the last exam: no result is not a zero, so the competency stays mastered."
    return Script(rows, (), (cast.mastery("Absent is not a zero", sentence, "M3.1", "met", "holding"),))


def group_work(cast: Cast) -> Script:
    """Tell of one performance of three learners, about two competencies, each learner with a level of their own."""
    rows = (cast.work("R3.8", "observation", "3", 12), cast.work("R3.1", "exam", "3", 9))
    level = ("3", "4", "2.5")[int(cast.learner.id[-4:]) % 3]
    shared = cast.work("R3.8", "performance", level, 24, task="the group's read-aloud")
    sentence = (
        "One read-aloud by three learners, recorded for each of them at a level of their own, and for two competencies."
    )
    met = ("met", "kinds") if level != "2.5" else ("not_yet", "holding")
    told = cast.mastery("A group task", sentence, "R3.8", *met)
    return Script(rows, (Recorded(shared, ("R3.1",), SHARED),), (told,))


def group_member(cast: Cast) -> Script:
    """Tell of a member of the group whose story is told of another."""
    return replace(group_work(cast), tellings=())


def prerequisite(cast: Cast) -> Script:
    """Tell of the level in two kinds of task, and what comes before it is still open."""
    rows = (
        cast.work("A1.3", "exam", "2", 6),
        cast.work("A1.3", "task", "2.5", 9),
        cast.work("A1.4", "exam", "3", 12),
        cast.work("A1.4", "performance", "4", 15),
    )
    sentence = (
        "Inequalities are shown at the level in two kinds of task, but equations, which come before, are not mastered."
    )
    told = cast.mastery("What comes before is still open", sentence, "A1.4", "not_yet", "prerequisites")
    return Script(rows, (), (told,))


def bands(cast: Cast) -> Script:
    """Tell of a score read as a level."""
    scored = replace(cast.work("A1.13", "exam", "", 30), score="31.2", score_min="0", score_max="40")
    rows = (scored, cast.work("A1.13", "performance", "3", 33))
    sentence = "31.2 of 40 points are 78 percent; the state's dated bands read them as level 3."
    return Script(rows, (), (cast.mastery("A score read as a level", sentence, "A1.13", "met", "kinds"),))


def three_kinds(cast: Cast) -> Script:
    """Tell of two kinds of task, where the district asks for three."""
    rows = (cast.work("A1.2", "exam", "3", 5), cast.work("A1.2", "performance", "4", 8))
    sentence = "Cedar Ridge asks for three kinds of task for one standard, the state for two: two are not enough here."
    return Script(rows, (), (cast.mastery("A district that asks for more", sentence, "A1.2", "not_yet", "kinds"),))


def credit(cast: Cast) -> Script:
    """Tell of every priority standard of the course, and the credit that follows."""
    sentence = (
        "Every priority standard of Algebra I is mastered, none averaged away: credit is earned, and the way is open."
    )
    return Script(_solid(cast), (), (cast.credit("Credit by mastery", sentence, COURSE, "met"),))


def award_stands(cast: Cast) -> Script:
    """Tell of a credit that stands though evidence it rested on was withdrawn."""
    rows = _solid(cast)
    wrong = next(row for row in rows if row.competency == "A1.12" and row.kind == "performance")
    copied = replace(wrong, source_record="pv-another-learner-s")
    rows = tuple(copied if row is wrong else row for row in rows)
    action = Withdrawal(copied, "Recorded for the wrong learner.")
    sentence = (
        "A performance was withdrawn and one standard is open again; the credit, once awarded, stands, and is "
        "listed for a person."
    )
    return Script(rows, (action,), (cast.credit("An award stands", sentence, COURSE, "met"),))


def _solid(cast: Cast) -> tuple[Row, ...]:
    """Return a year of good work on every standard of the course."""
    rows = []
    for number, standard in enumerate(ALGEBRA_1.standards):
        week = 1 + number * 2
        rows.append(cast.work(standard.code, "task", "2.5", week, purpose="formative"))
        rows.append(cast.work(standard.code, "exam", "3", week + 2))
        rows.append(cast.work(standard.code, "performance", "4" if number % 3 else "3", week + 4))
    return tuple(rows)
