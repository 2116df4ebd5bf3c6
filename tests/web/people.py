"""A small home in which learners are enrolled and many kinds of people hold roles."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from ledger.application import Ledger, open_ledger
from ledger.application.granting import grant_role
from ledger.application.learning import record
from ledger.domain.access import Place, Role
from ledger.domain.belonging import CourseEnrolled, LearnerEnrolled
from tests.web.support import ENVIRONMENT, FIRST_DAY, NOW, STATE, author, sign_in
from web import create_app
from web.ledgers import ledgers_of

NORTH, SOUTH = "us-tx/pine-valley/north", "us-tx/pine-valley/south"
HERE = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}

ENROLLED = {"S-1": (NORTH, "1"), "S-2": (NORTH, "1"), "S-3": (NORTH, "2"), "S-4": (SOUTH, "1")}
"""In which school and class some of the learners are; the others are nowhere."""

ROLES: dict[str, tuple[Role, Place]] = {
    "dir": ("state director", Place(kind="jurisdiction", organisation=STATE)),
    "reg": ("registrar", Place(kind="jurisdiction", organisation=STATE)),
    "aud": ("auditor", Place(kind="jurisdiction", organisation=STATE)),
    "pri": ("principal", Place(kind="jurisdiction", organisation=NORTH)),
    "adm": ("district admin", Place(kind="jurisdiction", organisation=NORTH)),
    "tea": ("teacher", Place(kind="class", organisation=NORTH, section="1")),
    "int": ("integrator", Place(kind="jurisdiction", organisation=STATE)),
}
"""One person of each kind, with the place where the role is held; `tea` reaches S-1 and S-2."""


@dataclass(frozen=True, slots=True)
class School:
    """An application that serves the home, and the learners in it by external id."""

    app: Flask
    home: Path
    learners: dict[str, str]

    def as_(self, name: str) -> FlaskClient:
        """Return a browser at which somebody is signed in."""
        return sign_in(self.app.test_client(), name)

    @contextmanager
    def ledger(self) -> Iterator[Ledger]:
        """Open the state's ledger beside the application."""
        with open_ledger(self.home, STATE, clock=lambda: NOW, environment=ENVIRONMENT) as ledger:
            yield ledger


def school_in(untouched: Path, folder: Path) -> Iterator[School]:
    """Make a copy of a home of one's own, with learners enrolled and roles given, and serve it."""
    home = folder / "home"
    shutil.copytree(untouched, home)
    with open_ledger(home, STATE, clock=lambda: NOW, environment=ENVIRONMENT) as ledger:
        learners = {name: str(ledger.vault.find(name)) for name in ENROLLED}
        for name, (organisation, section) in ENROLLED.items():
            enrolled = LearnerEnrolled(organisation=organisation, first_day="2025-08-18")
            taken = CourseEnrolled(course="ALG1", first_day="2025-08-18", section=section, organisation=organisation)
            record(ledger, author(ledger), learners[name], enrolled)
            record(ledger, author(ledger), learners[name], taken)
        for name, (role, place) in ROLES.items():
            give(ledger, name, role, place)
        for name, role in (("gua", "guardian"), ("sol", "learner")):
            give(ledger, name, role, Place(kind="learner", learner=learners["S-1"]))
    app = create_app(home, clock=lambda: NOW, environment=ENVIRONMENT)
    yield School(app, home, learners)
    ledgers_of(app).close()


def give(ledger: Ledger, name: str, role: Role, place: Place) -> None:
    """Give somebody a role."""
    grant_role(ledger, author(ledger), ledger.vault.person_id(name), role, place, first_day=FIRST_DAY)
