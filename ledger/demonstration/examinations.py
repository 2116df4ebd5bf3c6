"""Stories of credit by examination in Texas: lines, tries, quarters, instruction, deadlines, and what nobody said."""

from dataclasses import replace

from ledger.demonstration.cast import Cast
from ledger.demonstration.content import GEOMETRY, HISTORY, SPANISH
from ledger.demonstration.records import Approval, Recorded, Script, Status

INSTRUCTION = "us-tx/prior-instruction"
ANY_TIME = "us-tx/tests-any-time"
ORDINARY_START = "us-tx/ordinary-course-start"


def first_try(cast: Cast) -> Script:
    """Tell of credit at the first try."""
    row = cast.sitting(GEOMETRY, 9, 24, "84")
    consent = Approval(cast.learner.id, "consent", GEOMETRY, cast.year.on(9, 10), True, "guardian")
    sentence = "84 percent at the first try: the state's line is 80, so the district must award the credit."
    return Script((row,), (consent,), (cast.credit("Credit by examination", sentence, GEOMETRY, "met", "score[1]"),))


def second_try(cast: Cast) -> Script:
    """Tell of credit at the second try, in the next quarter."""
    rows = (cast.sitting(SPANISH, 9, 22, "62"), cast.sitting(SPANISH, 11, 12, "81"))
    sentence = "62 percent in September, 81 in November: the second try falls into another quarter, and counts."
    return Script(rows, (), (cast.credit("The second try", sentence, SPANISH, "met", "score[2]", "window[2]"),))


def third_try(cast: Cast) -> Script:
    """Tell of a third try, which is not weighed."""
    days = ((9, 23, "58"), (1, 21, "71"), (4, 15, "95"))
    rows = tuple(cast.sitting(HISTORY, *each) for each in days)
    sentence = (
        "95 percent, but at the third try: only the first two count for a course, so there is no credit this way."
    )
    return Script(rows, (), (cast.credit("A third try is not weighed", sentence, HISTORY, "denied", "tries[3]"),))


def old_line(cast: Cast) -> Script:
    """Tell of a sitting under the rule of its own day."""
    row = replace(cast.sitting(GEOMETRY, 9, 1, "85"), occurred="2013-05-20")
    sentence = (
        "85 percent in May 2013, when the line was 90 (it is 80 since 14 June 2013): a sitting is judged by "
        "the rule of its day."
    )
    told = cast.credit("The rule of the day", sentence, GEOMETRY, "not_yet", "score[1]")
    return Script((row,), (), (told,))


def route_shut(cast: Cast) -> Script:
    """Tell of a sitting after instruction, in a district that does not open the route."""
    row = cast.sitting(SPANISH, 10, 14, "72")
    status = Status(cast.learner.id, INSTRUCTION, True, cast.year.on(9, 1), SPANISH, "transcript")
    sentence = (
        "72 percent after prior instruction: the law lets a district accept 70, and Pine Valley has not "
        "opened that route."
    )
    told = cast.credit("A route the district keeps shut", sentence, SPANISH, "not_yet", "after-instruction[1]")
    return Script((row,), (status,), (told,))


def route_open(cast: Cast) -> Script:
    """Tell of the same score where the district opens it, once somebody says that there was instruction."""
    row = cast.sitting(SPANISH, 10, 14, "72")
    status = Status(cast.learner.id, INSTRUCTION, True, cast.year.on(9, 1), SPANISH, "transcript")
    sentence = (
        "The same 72 percent in Cedar Ridge, which opened the route: credit, once prior instruction was on record."
    )
    told = cast.credit("The same score in the other district", sentence, SPANISH, "met", "score-after[1]")
    return Script((row,), (status,), (told,))


def nobody_said(cast: Cast) -> Script:
    """Tell of the same score where nobody has said whether there was instruction."""
    row = cast.sitting(SPANISH, 10, 14, "72")
    sentence = (
        "72 percent, and nobody has recorded whether there was prior instruction: undetermined, never a silent no."
    )
    told = cast.credit("Nobody has said", sentence, SPANISH, "undetermined", "prior_instruction[1]")
    return Script((row,), (), (told,))


def same_quarter_unknown(cast: Cast) -> Script:
    """Tell of two sittings in one quarter, and nobody has said whether this learner may."""
    rows = (cast.sitting(GEOMETRY, 10, 6, "60"), cast.sitting(GEOMETRY, 12, 2, "88"))
    sentence = (
        "Two tries in one quarter count only for a learner who may test at any time; nobody has said, so it "
        "is undetermined."
    )
    return Script(
        rows, (), (cast.credit("A question for a person", sentence, GEOMETRY, "undetermined", "any_time[2]"),)
    )


def same_quarter(cast: Cast) -> Script:
    """Tell of two sittings in one quarter, which this learner may not."""
    rows = (cast.sitting(GEOMETRY, 10, 6, "60"), cast.sitting(GEOMETRY, 12, 2, "88"))
    status = Status(cast.learner.id, ANY_TIME, False, basis="enrolment file")
    sentence = (
        "60 and 88 percent in one quarter: one sitting a quarter, so the second is not weighed, and both "
        "tries are used."
    )
    told = cast.credit("Twice in one quarter", sentence, GEOMETRY, "denied", "window[2]")
    return Script(rows, (status,), (told,))


def advanced_placement(cast: Cast) -> Script:
    """Tell of credit by an Advanced Placement examination."""
    row = cast.sitting(HISTORY, 5, 14, "4")
    row = replace(row, instrument="ap", score_min="1", score_max="5", source_system="score report")
    board = Approval(cast.learner.id, "board", HISTORY, cast.year.on(3, 10), True, "board of trustees")
    sentence = "4 on the Advanced Placement examination, where 3 is enough."
    told = cast.credit("Credit by Advanced Placement", sentence, HISTORY, "met", "ap[1]")
    return Script((row,), (board,), (told,))


def too_late(cast: Cast) -> Script:
    """Tell of a sitting after the school year began in which the course would ordinarily be taken."""
    began = Status(cast.learner.id, ORDINARY_START, True, cast.year.first_day.isoformat(), HISTORY, "course plan")
    sitting = Recorded(cast.sitting(HISTORY, 10, 20, "91"))
    sentence = "91 percent, after the school year of the course had begun: the course itself must be completed."
    told = cast.credit("Too late", sentence, HISTORY, "denied", "in-time[1]")
    return Script((), (began, sitting), (told,))
