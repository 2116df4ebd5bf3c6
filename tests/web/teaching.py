"""A class in the small home: three learners, their teacher, and the head of their school."""

from datetime import date

from flask import Flask

from ledger.application.granting import grant_role
from ledger.application.learning import record
from ledger.domain.access import Place
from ledger.domain.belonging import CourseEnrolled
from tests.web.support import STATE, author
from web.ledgers import ledgers_of

SCHOOL, SECTION, COURSE = "us-tx/north-high", "3", "ALG1"
CLASS = "/us-tx/classes/us-tx~north-high/3"
MEMBERS = ("S-1", "S-2", "S-4")


def teach(app: Flask) -> dict[str, str]:
    """Enrol learners in a class, and give its teacher and the head of the school their roles; return the learners."""
    state = ledgers_of(app).open(STATE).ledger
    learners = {name: str(state.vault.find(name)) for name in MEMBERS}
    for learner in learners.values():
        taken = CourseEnrolled(
            course=COURSE, first_day="2025-08-18", last_day="2026-06-30", section=SECTION, organisation=SCHOOL
        )
        record(state, author(state), learner, taken)
    places = {
        "a.teach": ("teacher", Place(kind="class", organisation=SCHOOL, section=SECTION)),
        "p.head": ("principal", Place(kind="jurisdiction", organisation=SCHOOL)),
    }
    for name, (role, place) in places.items():
        person = state.vault.person_id(name)
        grant_role(state, author(state), person, role, place, first_day=date(2025, 8, 1))  # type: ignore[arg-type]
    return learners


def at_home(app: Flask, *learners: str) -> None:
    """Give a guardian the role that shows the first learner's record at home, and another one that of all of them."""
    state = ledgers_of(app).open(STATE).ledger
    for name, some in (("g.home", learners[:1]), ("g.both", learners)):
        person = state.vault.person_id(name)
        for learner in some:
            place = Place(kind="learner", learner=str(state.vault.find(learner)))
            grant_role(state, author(state), person, "guardian", place, first_day=date(2025, 8, 1))
