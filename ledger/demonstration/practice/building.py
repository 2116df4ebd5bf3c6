"""Builds the small district: what it receives, what it adopts, who is in its class, and what they did."""

from collections.abc import Iterable, Mapping

from ledger.application import Ledger
from ledger.application.adopting import Adoption, adopt
from ledger.application.governing import define_scale, designate, find_competency, import_framework, pull_upstream
from ledger.application.learning import record, subject_of
from ledger.application.ticking import tick
from ledger.catalogue import Catalogue
from ledger.demonstration.acting import Desk
from ledger.demonstration.files import framework_file, framework_text, scale_text
from ledger.demonstration.governing import SINCE, Hands
from ledger.demonstration.plan import SchoolYear
from ledger.demonstration.practice import content
from ledger.demonstration.practice.rule import gone
from ledger.demonstration.records import Recorded
from ledger.domain.belonging import CourseEnrolled, LearnerEnrolled
from ledger.domain.framework import ScaleDefined
from ledger.domain.learner import StatusSet
from ledger.domain.shapes import Authority, Payload
from ledger.errors import InputFaults
from ledger.interchange.framework_csv import read_framework_csv
from ledger.interchange.frameworks import Converted
from ledger.interchange.scale_toml import read_scale
from ledger.policy import Policy
from ledger.vault import Profile

BOARD = Authority(body=f"Board of {content.DRY_CREEK.name}", minute="3")


def build_practice(hands: Hands, state: Ledger, catalogue: Catalogue, year: SchoolYear) -> None:
    """Make everything there is in the small district; a repeat changes nothing."""
    _govern(hands, state, catalogue)
    known = _enrol(hands, year)
    desk = Desk(hands, dict.fromkeys((one[0] for one in content.CLASSMATES), content.TEACHER))
    for number, row in enumerate(content.rows(year), start=1):
        desk.act(number, Recorded(row))
    _end_the_course(hands, known.values(), year)
    tick(hands.ledger, hands.author("tick"), hands.ledger.today())


def _govern(hands: Hands, state: Ledger, catalogue: Catalogue) -> None:
    """Bring in letters and the framework, receive what binds, and adopt the district's own rules."""
    letters = _letters()
    define_scale(hands.ledger, hands.author("letters"), letters)
    pull_upstream(hands.ledger, hands.author("pull"), state)
    data, name = framework_text(content.NUMBERS).encode(), framework_file(content.NUMBERS)
    converted = read_framework_csv(data, name, content.NUMBERS.name, content.NUMBERS.title)
    if not isinstance(converted, Converted):
        raise InputFaults(converted)
    import_framework(hands.ledger, hands.author("framework"), converted.edition, data)
    codes = [standard.code for standard in content.NUMBERS.standards]
    hands.once(
        "designate",
        lambda author: designate(hands.ledger, author, codes, content.COURSE, first_day=SINCE, authority=BOARD),
    )
    course = catalogue.find("traditional/course", SINCE)
    _adopt(hands, course, "The first class is given letters.", content.COURSE, letters.digest)
    measured = find_competency(hands.ledger, codes[-1])[2]
    levels = hands.ledger.governance().scales[-1].payload.digest
    _adopt(hands, gone(catalogue, SINCE), "Measuring is judged by a rule of our own.", measured, levels)


def _letters() -> ScaleDefined:
    text = scale_text(content.LETTERS, content.LETTERS_TITLE, content.LETTER_BANDS)
    scale = read_scale(text.encode(), f"{content.LETTERS}.scale.toml")
    if not isinstance(scale, ScaleDefined):
        raise InputFaults(scale)
    return scale


def _adopt(hands: Hands, policy: Policy, reason: str, subject: str, scale: str) -> None:
    adoption = Adoption(
        policy=policy,
        jurisdiction=hands.ledger.jurisdiction,
        first_day=SINCE,
        authority=BOARD,
        reason=reason,
        subjects=(subject,),
        scale=scale,
    )
    hands.once(f"adopt {policy.id}", lambda author: adopt(hands.ledger, author, adoption))


def _enrol(hands: Hands, year: SchoolYear) -> Mapping[str, str]:
    """Name everybody in the vault, and enrol them in the school and its one class; return their UUIDs."""
    vault, first_day = hands.ledger.vault, year.first_day.isoformat()
    known = vault.learner_ids([learner for learner, _, _ in content.CLASSMATES])
    profiles = {known[one]: Profile(given_name=given, family_name=name) for one, given, name in content.CLASSMATES}
    vault.put_profiles(profiles)
    course = CourseEnrolled(
        course=content.COURSE,
        section=content.SECTION,
        organisation=content.SCHOOL,
        session=f"{year.first_day.year}-{year.last_day.year}",
        first_day=first_day,
    )
    school = LearnerEnrolled(organisation=content.SCHOOL, grade=content.GRADE, first_day=first_day)
    for identity in known.values():
        _record_once(hands, identity, school)
        _record_once(hands, identity, course)
    return known


def _end_the_course(hands: Hands, learners: Iterable[str], year: SchoolYear) -> None:
    """Say when the course was; after the work of the year, so that it is decided once, on all of it."""
    session = StatusSet(
        code="course-session",
        holds=True,
        subject=subject_of(hands.ledger, content.COURSE, "course"),
        first_day=year.first_day.isoformat(),
        last_day=year.last_day.isoformat(),
    )
    for identity in learners:
        _record_once(hands, identity, session)


def _record_once(hands: Hands, learner: str, said: Payload) -> None:
    name = f"{type(said).__name__} {learner}"
    hands.once(name, lambda author: record(hands.ledger, author, learner, said))
