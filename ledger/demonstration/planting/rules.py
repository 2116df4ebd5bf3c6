"""A rule lowered in May and restored in June, with credits between; another one raised for the same weeks."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta

from ledger.application import Ledger, changing
from ledger.application.adopting import Adoption
from ledger.application.proposing import Proposal, propose
from ledger.demonstration.planting.changed import work
from ledger.demonstration.planting.ordinary import entered
from ledger.demonstration.planting.people import Casting
from ledger.demonstration.planting.stage import Stage
from ledger.demonstration.planting.steps import Doing, Mark, Step, at
from ledger.domain.shapes import Authority
from ledger.storage.envelope import Author

RULES = "short-lived-rules"
LAST = "A1.12"
"""The last standard of the course, which some still have open in May."""
PROPOSER, APPROVER = "LO-superintendent", "LO-board-clerk"
BOARD = Authority(body="Board of Live Oak (invented)", minute="31")


def days(casting: Casting) -> tuple[date, date]:
    """Return the day in May on which the rules change, and the day in June on which they change back."""
    year = casting.year.first_day.year + 1
    return date(year, 5, 4), date(year, 6, 1)


def changes(casting: Casting) -> Iterator[Step]:
    """Yield both changes of rules, each by two people, and what undoes them: one after the other is done."""
    may, june = days(casting)
    lowered = Mark(RULES, "Mastery in one kind of task was enough for four weeks, then two again.", about="adoption")
    raised = Mark(
        RULES, "Readiness asked for the highest level for a few weeks: nobody gained.", innocent=True, about="adoption"
    )
    mastery, readiness = "competency-based/mastery", "competency-based/readiness"
    yield from _changed(mastery, {"kinds": "1"}, may - timedelta(days=7), may, lowered)
    yield from _changed(readiness, {"level": "4"}, may + timedelta(days=1), may + timedelta(days=2), raised)
    yield from _restored(mastery, june - timedelta(days=7), june)
    yield from _restored(readiness, june, june)


def _changed(policy: str, values: Mapping[str, str], before: date, first_day: date, mark: Mark) -> Iterator[Step]:
    def proposed(stage: Stage, author: Author) -> None:
        adoption = Adoption(
            policy=stage.catalogue.find(policy, first_day),
            jurisdiction=stage.ledger.jurisdiction,
            first_day=first_day,
            authority=BOARD,
            reason="To see more learners through before the summer.",
            overrides=values,
            scale=stage.ledger.governance().scales[-1].payload.digest,
        )
        propose(stage.ledger, author, Proposal(BOARD, adoption.reason, first_day, adoption=adoption))

    yield from _carried(f"change of {policy}", proposed, before, first_day, (mark,))


def _restored(policy: str, before: date, first_day: date) -> Iterator[Step]:
    def proposed(stage: Stage, author: Author) -> None:
        ends = stage.adoption(f"change of {policy} activated")
        propose(stage.ledger, author, Proposal(BOARD, "The rule of the state again.", first_day, ends=ends))

    yield from _carried(f"end of {policy}", proposed, before, first_day, ())


def _carried(name: str, proposed: Doing, before: date, first_day: date, marks: tuple[Mark, ...]) -> Iterator[Step]:
    """Yield every step of a change: proposed and previewed by one person on a day, the rest by another."""

    def meant(doing: Callable[[Ledger, Author, str], object]) -> Doing:
        return lambda stage, author: doing(stage.ledger, author, stage.change_id(name))

    yield _step(name, before, "10:00", proposed)
    yield _step(f"{name} previewed", before, "10:10", meant(changing.preview_change))
    yield _step(f"{name} submitted", before, "10:20", meant(changing.submit))
    yield _step(f"{name} approved", before, "10:30", meant(changing.approve), APPROVER)
    yield _step(f"{name} scheduled", before, "10:40", meant(changing.schedule), APPROVER)
    clock = "07:30" if before < first_day else "10:50"
    yield replace(_step(f"{name} activated", first_day, clock, meant(changing.activate), APPROVER), marks=marks)


def _step(name: str, day: date, clock: str, do: Doing, who: str = PROPOSER) -> Step:
    return Step(when=at(day, clock), name=name, do=do, who=who, role="administrator")


def between(casting: Casting) -> Iterator[Step]:
    """Yield credits in May: two that the rule before would not have given, one that it would have."""
    for place, kind in enumerate(("exam", "exam", "performance")):
        learner = casting.one(place + 1)
        march = replace(work(casting, learner, "exam", "3", 27), competency=LAST, task="A1.12 exam")
        yield entered(at(march.occurred, "16:00"), f"{learner.id} last exam", march, learner.section)
        may = date(casting.year.first_day.year + 1, 5, 12).isoformat()
        row = replace(march, kind=kind, task=f"A1.12 {kind} of May", occurred=may, scored=may)
        step = entered(at(may, f"15:1{place}"), f"{learner.id} work of May", row, learner.section)
        yield replace(step, marks=tuple(_gained(kind == "exam")))


def _gained(lowered: bool) -> Iterator[Mark]:
    for question in ("MASTERY", "CREDIT", "ADVANCEMENT"):
        if lowered:
            said = f"{question} was decided by the rule of May alone."
            yield Mark(RULES, said, about="decision", question=question)
        else:
            said = f"{question} was decided in May, and would have been by the rule before."
            yield Mark(RULES, said, innocent=True, about="decision", question=question)


def on_the_last_day(casting: Casting) -> Iterator[Step]:
    """Yield practice under the raised rule, and a decision on the very last day of the lowered one."""
    ready, last = casting.one(2), casting.one(3)
    day = date(casting.year.first_day.year + 1, 5, 13).isoformat()
    row = replace(work(casting, ready, "task", "4", 0), purpose="practice", occurred=day, scored=day)
    step = entered(at(day, "15:30"), f"{ready.id} practice", row, ready.section)
    said = "Readiness was met by the raised rule, and would have been by the one before."
    yield replace(step, marks=(Mark(RULES, said, innocent=True, about="decision", question="READINESS"),))
    _, restored = days(casting)
    sunday = (restored - timedelta(days=1)).isoformat()
    row = replace(work(casting, last, "exam", "2", 0), occurred=sunday, scored=sunday)
    step = entered(at(sunday, "18:00"), f"{last.id} exam", row, last.section)
    said = "A decision on the last day of a rule, by that rule."
    mark = Mark("outside-dates", said, innocent=True, about="decision", question="MASTERY")
    yield replace(step, marks=(mark,))


def all_rules(casting: Casting) -> Iterator[Step]:
    """Yield every part of this kind."""
    for part in (changes, between, on_the_last_day):
        yield from part(casting)
