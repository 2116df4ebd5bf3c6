"""A filled home behind the API: one that is only read, and one for each test that writes."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from ledger.catalogue import Catalogue, load
from tests.api.support import Program, program
from tests.web.support import ENVIRONMENT, NOW, Small, make_home
from web import create_app
from web.ledgers import ledgers_of


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """Return the installed policies, loaded once."""
    return load()


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Small:
    """Return a home that nobody opens, to be copied."""
    return make_home(tmp_path_factory.mktemp("api") / "home")


def serve(home: Path, catalogue: Catalogue) -> Flask:
    """Serve a home as it is on the fifth of June 2026."""
    app = create_app(home, clock=lambda: NOW, environment=ENVIRONMENT)
    ledgers_of(app).catalogue = catalogue
    app.config["API_PATIENCE"] = 0
    return app


@pytest.fixture(scope="session")
def app(made: Small, catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """Serve a copy of the home; nothing may be written to it."""
    home = tmp_path_factory.mktemp("read") / "home"
    shutil.copytree(made.home, home)
    served = serve(home, catalogue)
    yield served
    ledgers_of(served).close()


@pytest.fixture
def own(made: Small, catalogue: Catalogue, tmp_path: Path) -> Iterator[Flask]:
    """Serve a copy of the home to one test alone, which may write to it."""
    home = tmp_path / "home"
    shutil.copytree(made.home, home)
    served = serve(home, catalogue)
    yield served
    ledgers_of(served).close()


@pytest.fixture
def reader(app: Flask) -> Program:
    """Return a program that reads, for somebody of every role."""
    return program(app)


@pytest.fixture(scope="session")
def shared(made: Small, catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """Serve a copy of the home to every test that writes what is in no other's way."""
    home = tmp_path_factory.mktemp("shared") / "home"
    shutil.copytree(made.home, home)
    served = serve(home, catalogue)
    yield served
    ledgers_of(served).close()


@pytest.fixture
def writer(shared: Flask) -> Program:
    """Return a program that writes where others write too, for somebody of every role."""
    return program(shared)


@pytest.fixture
def alone(own: Flask) -> Program:
    """Return a program that writes where nobody else does, for somebody of every role."""
    return program(own)
