"""The short walks of the demonstration: one for each person, each step leading to a page that answers."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from ledger.demonstration import build_demo
from tests.web.auditing import long_work
from tests.web.changing import HERE, Person
from tests.web.support import sign_in, words
from web import create_app
from web.ledgers import ledgers_of

WALKERS = ("kim", "mira", "dana", "lee", "omar", "ana")
INTEGRITY = "/us-tx~dry-creek/integrity"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the home of a small demonstration."""
    home = tmp_path_factory.mktemp("toured") / "home"
    build_demo(home, learners=24)
    return home


@pytest.fixture(scope="module")
def demonstration(built: Path) -> Iterator[Flask]:
    """Serve it."""
    app = create_app(built)
    yield app
    ledgers_of(app).close()


@pytest.fixture
def alone(built: Path, tmp_path: Path) -> Iterator[Flask]:
    """Serve a copy of it to one test, which may write to it."""
    shutil.copytree(built, tmp_path / "home")
    app = create_app(tmp_path / "home")
    yield app
    ledgers_of(app).close()


def front(app: Flask, name: str) -> tuple[FlaskClient, str]:
    """Let one of the people come in; return the browser and the first page."""
    client = sign_in(app.test_client(), name)
    return client, client.get("/", follow_redirects=True).text


@pytest.mark.parametrize("name", WALKERS)
def test_each_step_leads_to_a_page(demonstration: Flask, name: str) -> None:
    """Whoever it is told to may open all of it."""
    client, page = front(demonstration, name)
    told = page[page.index('class="card tour"') :]
    steps = [one.replace("&amp;", "&") for one in re.findall(r'<a href="([^"]+)">', told[: told.index("</ol>")])]

    assert steps != []
    assert [200] * len(steps) == [client.get(one.partition("#")[0]).status_code for one in steps]


@pytest.mark.parametrize("name", ["learner", "guardian"])
def test_a_family_comes_to_its_targets(demonstration: Flask, name: str) -> None:
    """They are led to the page that is theirs, and are told no walk."""
    _, page = front(demonstration, name)

    assert 'class="card tour"' not in page
    assert "What ALG1 asks for" in page


def test_outside_of_a_demonstration_there_is_no_walk(client: FlaskClient) -> None:
    """Nobody else is told one."""
    assert 'class="card tour"' not in client.get("/us-tx/").text


def test_too_little_is_refused_by_a_learner(alone: Flask) -> None:
    """The first step of the district: what its button sends is refused, and the sentence names who would be awarded."""
    client, page = front(alone, "dana")
    form = re.findall(r'<form method="post" action="([^"]+credit-by-examination[^"]*)">(.*?)</form>', page)[0]
    sent = client.post(form[0], data=dict(re.findall(r'name="([^"]+)" value="([^"]*)"', form[1])), headers=HERE)

    assert 422 == sent.status_code
    assert "a student with 65 % on another approved test, after prior instruction, would be awarded" in words(sent)


def test_the_auditor_finds_the_row_that_was_edited(alone: Flask) -> None:
    """Sound, then edited by a button of the walk, then named, with the decision that rests on it."""
    client, _ = front(alone, "omar")
    person = Person(client)
    sound = words(long_work(person, f"{INTEGRITY}/verify", None, INTEGRITY))
    edited = person.send("/us-tx~dry-creek/practice/edit", page="/us-tx~dry-creek/")
    said = words(client.get(edited.headers["Location"]))
    wrong = words(long_work(person, f"{INTEGRITY}/verify", None, INTEGRITY))
    replayed = words(long_work(person, f"{INTEGRITY}/replay", None, INTEGRITY))

    assert "no change was found" in sound
    assert "Somebody edited a row." in said
    assert "event altered" in wrong
    assert "evidence altered" in replayed


def test_no_other_ledger_is_edited(alone: Flask) -> None:
    """The address answers for the practice ledger alone."""
    client, _ = front(alone, "omar")

    assert 404 == Person(client).send("/us-tx~pine-valley/practice/edit", page="/us-tx~dry-creek/").status_code


def test_a_rule_without_a_plugin_says_so(demonstration: Flask) -> None:
    """Its decision is made again from the archive, identical."""
    client, _ = front(demonstration, "omar")
    rows = client.get("/us-tx~dry-creek/decisions.json?policy=us-tx/dry-creek/measuring").get_json()["rows"]
    page = words(client.get(f"/us-tx~dry-creek/decisions/{rows[0]['position']}"))

    assert "No plugin brings it today." in page
    assert "identical" in page.lower()


def test_the_class_shows_what_the_average_hides(demonstration: Flask) -> None:
    """84.5 and B, and beside it the standard that is not mastered."""
    client, _ = front(demonstration, "ana")
    page = words(client.get("/us-tx~dry-creek/classes/us-tx~dry-creek~elementary/1"))

    assert "84.5 B hides: N1.3" in page
