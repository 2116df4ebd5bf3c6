"""A filled home, made once, and an application that serves it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from ledger.catalogue import Catalogue, load
from tests.web.auditing import signed
from tests.web.support import ENVIRONMENT, NOW, Small, make_home, sign_in
from web import create_app
from web.ledgers import ledgers_of


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Small:
    """Return a home with a state's and a district's ledger; nothing may be written to it."""
    return make_home(tmp_path_factory.mktemp("small") / "home")


@pytest.fixture(scope="session")
def app(small: Small) -> Iterator[Flask]:
    """Serve the home as it is on the fifth of June 2026."""
    app = create_app(small.home, clock=lambda: NOW, environment=ENVIRONMENT)
    yield app
    ledgers_of(app).close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Ask the application without a browser, as somebody of every role."""
    return sign_in(app.test_client(), "tester")


@pytest.fixture(scope="session")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home that nobody opens, to be copied."""
    return make_home(tmp_path_factory.mktemp("untouched") / "home").home


@pytest.fixture(scope="session")
def installed() -> Catalogue:
    """Return the installed policies, loaded once for all."""
    return load()


@pytest.fixture
def own(untouched: Path, installed: Catalogue, tmp_path: Path) -> Iterator[Flask]:
    """Serve a copy of the home to one test alone, which may write to it."""
    home = tmp_path / "home"
    shutil.copytree(untouched, home)
    app = create_app(home, clock=lambda: NOW, environment=ENVIRONMENT)
    ledgers_of(app).catalogue = installed
    yield app
    ledgers_of(app).close()


@pytest.fixture
def empty(tmp_path: Path) -> FlaskClient:
    """Ask an application whose folder holds no ledger."""
    return create_app(tmp_path, clock=lambda: NOW, environment=ENVIRONMENT).test_client()


@pytest.fixture(scope="session")
def covered(untouched: Path, installed: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """Serve a home whose log is signed; what tests add to it is disclosures, and what audits keep."""
    home = tmp_path_factory.mktemp("covered") / "home"
    shutil.copytree(untouched, home)
    app = create_app(home, clock=lambda: NOW, environment=ENVIRONMENT)
    ledgers_of(app).catalogue = installed
    signed(app)
    yield app
    ledgers_of(app).close()
