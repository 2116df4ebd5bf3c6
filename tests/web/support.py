"""A small home for the tests of the pages: a state with learners, evidence and decisions, and a district below."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from ledger import catalogue
from ledger.accounts.sessions import Sessions
from ledger.application import Ledger, initialise
from ledger.application.adopting import Adoption, adopt
from ledger.application.governing import define_scale, designate, import_framework, pull_upstream
from ledger.application.granting import grant_role
from ledger.application.learning import correct, record, record_evidence, subject_of, withdraw
from ledger.demonstration.summary import DemoSummary, Story, finish
from ledger.domain.access import Place, Role
from ledger.domain.competencies import Competency, Edition, Link
from ledger.domain.framework import Level, ScaleDefined
from ledger.domain.learner import Evidence, EvidenceKind, PreparationRecorded, Purpose, StatusSet
from ledger.domain.shapes import Authority, Result, Score, Source
from ledger.storage.envelope import Author
from ledger.values import identifier
from ledger.vault import Profile
from web.ledgers import ledgers_of
from web.sessions import PLAIN

STATE, DISTRICT = "us-tx", "us-tx/pine-valley"
SPRING, NOW = "2026-03-25T15:30:00.000000Z", "2026-06-05T15:30:00.000000Z"
TODAY, FIRST_DAY = date(2026, 6, 5), date(2020, 8, 1)
ENVIRONMENT: dict[str, str] = {}
BOARD = Authority(body="State board of education", date="2026-01-15", minute="7")
SCALE = "5" * 64

STATEMENTS = (
    "Solve linear equations in one unknown.",
    "Graph a line and read its slope and intercept.",
    "Write a linear function from a table, a graph or a story.",
    "Solve systems of two linear equations.",
    "Use the laws of exponents.",
    "Add, subtract and multiply polynomials.",
    "Factor quadratic expressions.",
    "Solve quadratic equations and interpret the solutions.",
)
PEOPLE = (
    ("Sol", "Abara", "43443442"),
    ("Mei", "Lindqvist", "44334333"),
    ("=cmd|' /C calc'!A0", "Ada", "33333333"),
    ("Tomás", "Rivera", "32422-1-"),
    ("Noor", "Haddad", "23"),
    ("Kai", "<script>alert(1)</script>", "3"),
)
"""Given name, family name, and the level reached in each competency; one name is a formula, one a script."""

ADOPTED = (
    ("competency-based/readiness", None, SCALE),
    ("competency-based/mastery", None, SCALE),
    ("competency-based/course", ("ALG1",), None),
    ("competency-based/course-advancement", ("ALG1",), None),
    ("us-tx/credit-by-examination", ("SPAN2",), None),
)
"""Policies, the subjects they are adopted for where not for all, and the scale on which they read levels."""


@dataclass
class Clock:
    """A clock that stands until it is set."""

    now: str = SPRING

    def __call__(self) -> str:
        """Return the instant it shows."""
        return self.now


@dataclass(frozen=True, slots=True)
class Small:
    """The home, and the learners in it by external id, `S-1` for the first."""

    home: Path
    learners: dict[str, str] = field(default_factory=dict)


def make_home(home: Path) -> Small:
    """Fill a folder with a state's ledger and a district's, and close them."""
    clock = Clock()
    small = Small(home)
    with initialise(home, STATE, kind="state", zone="America/Chicago", clock=clock, environment=ENVIRONMENT) as state:
        _govern(state)
        for number, (given, family, _) in enumerate(PEOPLE, start=1):
            identity = small.learners[f"S-{number}"] = state.vault.learner_id(f"S-{number}")
            state.vault.put_profile(identity, Profile(given_name=given, family_name=family))
        _work(state, small, range(1, 5))
        clock.now = NOW
        _work(state, small, range(5, 9))
        _examinations(state, small)
        decided = _changes(state, small.learners["S-4"])
        district(home, state, clock)
        staff(state)
    _tell(home, small.learners["S-4"], decided)
    return small


STAFF: tuple[tuple[str, tuple[Role, ...]], ...] = (
    ("tester", ("district admin", "approver", "registrar", "auditor", "state director")),
    ("m.ortiz", ("district admin",)),
    ("d.lee", ("approver",)),
    ("k.state", ("state analyst",)),
    ("a.teach", ()),
    ("p.head", ()),
    ("o.audit", ("auditor",)),
)
"""Who may sign in, and the roles they hold in the whole state."""


def staff(state: Ledger) -> None:
    """Give the staff their roles."""
    place = Place(kind="jurisdiction", organisation=state.jurisdiction)
    for name, roles in STAFF:
        for role in roles:
            grant_role(state, author(state), state.vault.person_id(name), role, place, first_day=FIRST_DAY)


def sign_in(client: FlaskClient, name: str) -> FlaskClient:
    """Let a person be signed in at a browser, whoever it is, without asking for a password."""
    client.set_cookie(PLAIN, secret_of(client.application, name))
    return client


def secret_of(app: Flask, name: str) -> str:
    """Begin a session of a person; return what the cookie holds."""
    known = ledgers_of(app)
    person = known.vault.person_id(name)
    return Sessions(known.access, known.clock).begin(person, "password", "a browser of the tests")


def author(ledger: Ledger) -> Author:
    """Return who does all of it."""
    return ledger.author("tester", "operator")


def evidence(
    identity: str, name: str, day: str, result: Result, kind: EvidenceKind = "exam", purpose: Purpose = "summative"
) -> Evidence:
    """Build a piece of evidence of one learner."""
    return Evidence(
        evidence_id=identifier(identity, name, day),
        source=Source(system="gradebook", record=name),
        kind=kind,
        purpose=purpose,
        task=name,
        instrument="criterion-referenced" if kind == "exam" else None,
        results=(result,),
        occurred=day,
    )


def at_level(ledger: Ledger, code: str, level: str) -> Result:
    """Return a level reached in a competency."""
    return Result(subject=subject_of(ledger, code), level=level, scale=SCALE)


def _govern(state: Ledger) -> None:
    links = tuple(
        Link(kind="prerequisite", origin=_item(number), destination=_item(number + 1)) for number in (1, 5, 6, 7)
    )
    items = tuple(
        Competency(id=_item(number), code=f"A1.{number}", label=says.rstrip("."), statement=says, kind="Target")
        for number, says in enumerate(STATEMENTS, start=1)
    )
    import_framework(
        state, author(state), Edition(framework="algebra", title="Algebra 1", items=items, links=links), b""
    )
    labels = ("Beginning", "Developing", "Meeting", "Exceeding")
    levels = tuple(Level(label=label, value=str(number)) for number, label in enumerate(labels, start=1))
    define_scale(state, author(state), ScaleDefined(scale="four", title="Four levels", digest=SCALE, levels=levels))
    codes = [f"A1.{number}" for number in range(1, 9)]
    designate(state, author(state), codes, "ALG1", first_day=FIRST_DAY, authority=BOARD)
    installed = catalogue.load()
    for name, subjects, scale in ADOPTED:
        policy = installed.find(name, TODAY)
        adoption = Adoption(policy, STATE, FIRST_DAY, BOARD, "first adoption", subjects=subjects, scale=scale)
        adopt(state, author(state), adoption)


def _item(number: int) -> str:
    return identifier("algebra", str(number))


def _work(state: Ledger, small: Small, numbers: range) -> None:
    for identity, (_, _, levels) in zip(small.learners.values(), PEOPLE, strict=True):
        for number in numbers:
            level = levels[number - 1 : number].strip("-")
            for one in _worked(state, identity, number, level) if level else ():
                record_evidence(state, author(state), identity, one)


def _worked(state: Ledger, identity: str, number: int, level: str) -> Iterator[Evidence]:
    code = f"A1.{number}"
    month = f"2026-0{1 + number // 2}"
    reached = at_level(state, code, level)
    yield evidence(identity, f"Warm-up {number}", f"{month}-03", at_level(state, code, "2"), "task", "practice")
    yield evidence(identity, f"Project {number}", f"{month}-12", reached, "performance")
    yield evidence(identity, f"Test {number}", f"{month}-20", reached)


def _examinations(state: Ledger, small: Small) -> None:
    course = subject_of(state, "SPAN2", "course")
    for learner, percent in (("S-1", "93"), ("S-2", "71.5")):
        identity = small.learners[learner]
        score = Result(subject=course, score=Score(value=percent, minimum="0", maximum="100"))
        record_evidence(state, author(state), identity, evidence(identity, "Spanish examination", "2026-04-02", score))
    status = StatusSet(code="us-tx/prior-instruction", holds=True, subject=course, first_day="2025-08-01")
    record(state, author(state), small.learners["S-2"], status)


def _changes(state: Ledger, identity: str) -> int:
    """Correct and withdraw evidence; return the version of the decision that the correction caused."""
    prepared = PreparationRecorded(subject=subject_of(state, "A1.2"), kind="tutoring", occurred="2026-05-10")
    record(state, author(state), identity, prepared)
    retake = evidence(identity, "Retake 2", "2026-05-20", at_level(state, "A1.2", "4"))
    record_evidence(state, author(state), identity, retake)
    better = evidence(identity, "Test 4", "2026-03-20", at_level(state, "A1.4", "3"))
    corrected = correct(state, author(state), identity, better, "read wrongly")
    gone = evidence(identity, "Test 7", "2026-04-20", at_level(state, "A1.7", "1"))
    withdraw(state, author(state), identity, gone.evidence_id, "of another learner")
    return corrected.version


def _tell(home: Path, learner: str, decided: int) -> None:
    stories = (
        Story("A slip of the pen", "A test was read wrongly and corrected.", STATE, learner, "S-4", decided),
        Story("A year of work", "Three kinds of outcome in one year.", STATE, learner, "S-4", None),
    )
    finish(home, DemoSummary(1, (STATE, DISTRICT), ("2025-08-18", "2026-05-29"), 6, 101, 4, 204, (), stories))


def district(home: Path, state: Ledger, clock: Clock) -> None:
    """Make the ledger of a district that receives what binds it from the state."""
    with initialise(
        home,
        DISTRICT,
        kind="district",
        zone="America/Chicago",
        parent=STATE,
        upstream=STATE,
        clock=clock,
        environment=ENVIRONMENT,
    ) as below:
        pull_upstream(below, author(below), state)


class _Words(HTMLParser):
    """Collects what a page says, without its tags."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def handle_data(self, data: str) -> None:
        """Keep a piece of text."""
        self.said.append(data)


def words(response: TestResponse) -> str:
    """Return what a page says, with single spaces."""
    parser = _Words()
    parser.feed(response.text)
    return " ".join(" ".join(parser.said).split())


def rows(client: FlaskClient, address: str) -> list[dict[str, Any]]:
    """Return the rows of a list's first page."""
    found: list[dict[str, Any]] = client.get(address).get_json()["rows"]
    return found


def decision(client: FlaskClient, learner: str, subject: str, question: str) -> dict[str, Any]:
    """Return the newest decision of the state about a learner's competency or course, by its code."""
    found = rows(client, f"/us-tx/decisions.json?rows=100&question={question}&learner={learner}")
    return next(row for row in found if subject in (row["subject_code"], row["subject_label"]))


def digest_of(client: FlaskClient, policy: str) -> str:
    """Return the digest under which the state archived a policy."""
    listed = client.get("/us-tx/policies.json").get_json()
    return str(next(row["digest"] for row in listed if row["policy"] == policy))
