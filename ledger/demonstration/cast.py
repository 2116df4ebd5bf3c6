"""What a story is told with: one learner, their year, and short ways to say what happened."""

from dataclasses import dataclass

from ledger.demonstration.plan import SchoolYear
from ledger.demonstration.records import Learner, Row, Telling


@dataclass(frozen=True, slots=True)
class Cast:
    """The learner a story happens to, and the school year it happens in."""

    learner: Learner
    year: SchoolYear

    def work(self, code: str, kind: str, level: str, week: int, *, purpose: str = "summative", task: str = "") -> Row:
        """Return work on a standard, judged at a level, in a week of the year."""
        return Row(
            learner=self.learner.id,
            competency=code,
            kind=kind,
            purpose=purpose,
            level=level,
            task=task or f"{code} {kind} of week {week}",
            occurred=self.year.day(week, 2),
            scored=self.year.day(week, 4),
        )

    def sitting(self, course: str, month: int, day: int, percent: str) -> Row:
        """Return a sitting of the district's own approved examination for a course."""
        return Row(
            learner=self.learner.id,
            course=course,
            kind="exam",
            score=percent,
            score_min="0",
            score_max="100",
            instrument="criterion-referenced",
            occurred=self.year.on(month, day),
            capacity="machine",
            source_system="testing office",
        )

    def mastery(self, title: str, sentence: str, code: str, outcome: str, *because: str) -> Telling:
        """Tell of a decision about mastery of a standard."""
        return Telling(title, sentence, self.learner.id, "MASTERY", code, outcome, because)

    def credit(self, title: str, sentence: str, course: str, outcome: str, *because: str) -> Telling:
        """Tell of a decision about credit for a course."""
        return Telling(title, sentence, self.learner.id, "CREDIT", course, outcome, because)
