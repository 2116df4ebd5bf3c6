"""A class of learners with names, in the small ledgers of the tests."""

from collections.abc import Sequence

from ledger.application import Ledger
from ledger.application.learning import record
from ledger.domain.belonging import CourseEnrolled
from ledger.projections.runner import catch_up
from ledger.storage.read_models import ReadModels
from ledger.vault import Profile
from tests.support.ledgers import author

SCHOOL, SECTION, COURSE = "us-xx/north", "3", "algebra"
PEOPLE = (("Sol", "Abara"), ("Mei", "Lindqvist"), ("Tomás", "Rivera"), ("Noor", "Haddad"))


def class_of(
    ledger: Ledger,
    people: Sequence[tuple[str, str]] = PEOPLE,
    *,
    course: str = COURSE,
    first_day: str = "2026-01-12",
    last_day: str | None = "2026-07-31",
) -> list[str]:
    """Enrol people in a class; they are S-1, S-2 ... and are returned by UUID."""
    learners = []
    for number, (given, family) in enumerate(people, start=1):
        learners.append(learner := ledger.vault.learner_id(f"S-{number}"))
        ledger.vault.put_profile(learner, Profile(given_name=given, family_name=family))
        taken = CourseEnrolled(
            course=course, first_day=first_day, last_day=last_day, section=SECTION, organisation=SCHOOL
        )
        record(ledger, author(ledger), learner, taken)
    return learners


def read_models(ledger: Ledger) -> ReadModels:
    """Return the read models, up to date."""
    models = ReadModels(ledger.home.read_file(ledger.jurisdiction))
    catch_up(ledger.log, models)
    return models
