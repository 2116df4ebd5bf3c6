"""The pages of learners and guardians: what they say, in which language, and to nobody else."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from ledger.application import Ledger
from ledger.application.learning import record
from ledger.domain.access import Place
from ledger.domain.belonging import LearnerEnrolled
from tests.web.people import HERE, School, give, school_in
from tests.web.support import author, words
from web.catalogue import collected, held, untranslated

SPANISH = {"Accept-Language": "es-MX,es;q=0.9,en;q=0.5"}


@pytest.fixture(scope="module")
def school(untouched: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[School]:
    """Return a school with a learner S-1, a guardian of S-1, and a guardian of S-1 and S-4."""
    for found in school_in(untouched, tmp_path_factory.mktemp("targets")):
        with found.ledger() as ledger:
            for name, learner in (("both", "S-1"), ("both", "S-4"), ("kai", "S-4")):
                role = "learner" if name == "kai" else "guardian"
                give(ledger, name, role, Place(kind="learner", learner=found.learners[learner]))  # type: ignore[arg-type]
        yield found


@pytest.fixture
def own_school(untouched: Path, tmp_path: Path) -> Iterator[School]:
    """Return a school to write to."""
    yield from school_in(untouched, tmp_path)


def enrol(ledger: Ledger, learner: str) -> None:
    """Enrol a learner in a school, and in no course."""
    record(
        ledger, author(ledger), learner, LearnerEnrolled(organisation="us-tx/pine-valley/north", first_day="2026-06-01")
    )


def target(school: School, client: FlaskClient, learner: str, code: str) -> str:
    """Return the address of a target by the code of its competency."""
    rows = client.get(f"/us-tx/my/{school.learners[learner]}.json").get_json()["targets"]
    key = next(one["subject"]["key"] for one in rows if one["subject"]["code"] == code)
    return f"/us-tx/my/{school.learners[learner]}/target?about={key}"


def test_a_learner_comes_to_their_own_page(school: School) -> None:
    """It speaks to the learner, counts what is reached, and says what is left of the nearest targets."""
    client = school.as_("sol")
    led = client.get("/us-tx/my")
    said = words(client.get(led.headers["Location"]))

    assert led.headers["Location"] == f"/us-tx/my/{school.learners['S-1']}"
    assert "My targets" in said
    assert "reached. As of 5 June 2026." in said
    assert "What ALG1 asks for" in said


def test_a_guardian_reads_about_the_learner(school: School) -> None:
    """The page names the learner, and a guardian of two chooses first."""
    one = school.as_("gua").get("/us-tx/my", follow_redirects=True)
    both = school.as_("both").get("/us-tx/my")

    assert "Targets of Sol Abara" in words(one)
    assert "Whose targets?" in words(both)
    assert all(f'href="/us-tx/my/{school.learners[name]}"' in both.text for name in ("S-1", "S-4"))


@pytest.mark.parametrize("rest", ["", ".json", ".csv", "/everything.json", "/target?about=competency/x"])
def test_another_learner_is_not_there(school: School, rest: str) -> None:
    """Neither a learner nor a guardian reaches anybody else, in any form."""
    other = school.learners["S-2"]

    assert [404, 404] == [school.as_(who).get(f"/us-tx/my/{other}{rest}").status_code for who in ("sol", "gua")]


def test_a_teacher_has_no_targets(school: School) -> None:
    """Who teaches a learner reads the record, and is told so."""
    response = school.as_("tea").get(f"/us-tx/my/{school.learners['S-1']}")

    assert response.status_code == 403
    assert "you may not read your own targets" in words(response).lower()


def test_a_target_says_what_counts_and_what_does_not(school: School) -> None:
    """Work that counts stands apart from work that does not, each of those with its reason, and why it is so."""
    client = school.as_("kai")
    said = words(client.get(target(school, client, "S-4", "A1.4")))

    assert "What counts" in said
    assert "What does not count, and why" in said
    assert "It was practice, or a check along the way. This rule does not count those." in said
    assert "level or higher" in said or "level 3 or higher" in said
    assert "Ask " in said


def test_what_was_withdrawn_says_so(school: School) -> None:
    """A piece that was taken out of the record is still told, and counts for nothing."""
    client = school.as_("kai")
    view = client.get(target(school, client, "S-4", "A1.7").replace("/target?", "/target.json?")).get_json()

    assert [(one["counts"], one["why"]) for one in view["pieces"] if one["task"] == "Test 7"] == [(False, "withdrawn")]


def test_a_course_leads_to_its_standards(school: School) -> None:
    """What a course is made of stands with the outcome of each, and each leads to its own page."""
    client = school.as_("sol")
    page = client.get(f"/us-tx/my/{school.learners['S-1']}/target?about=course/ALG1")

    assert "What it is made of" in words(page)
    assert 8 == page.text.count('<li><span class="pill')


def test_a_target_nobody_asks_for_is_not_there(school: School) -> None:
    """The sentence names what was asked for."""
    response = school.as_("sol").get(f"/us-tx/my/{school.learners['S-1']}/target?about=course/NONE")

    assert response.status_code == 404
    assert "No rule asks this learner for 'course/NONE'" in words(response)


def test_the_language_is_that_of_the_browser(school: School) -> None:
    """Spanish is spoken to whoever reads Spanish, and what a rule says is marked as English."""
    response = school.as_("gua").get("/us-tx/my", headers=SPANISH, follow_redirects=True)

    assert '<html lang="es"' in response.text
    assert response.headers["Content-Language"] == "es"
    assert "Metas de Sol Abara" in words(response)
    assert "alcanzadas. Al 5 de junio de 2026." in words(response)
    assert '<span lang="en">' in response.text


def test_a_language_can_be_chosen(school: School) -> None:
    """The choice is kept, and leads back; another language than those there are changes nothing."""
    client = school.as_("sol")
    own = f"/us-tx/my/{school.learners['S-1']}"
    token = client.get(own).text.partition('name="token" value="')[2].partition('"')[0]

    def choose(language: str) -> str:
        fields = {"token": token, "back": own, "language": language}
        return client.post("/language", data=fields, headers=HERE).headers["Location"]

    assert own == choose("es")
    assert "Mis metas" in words(client.get(own))
    assert own == choose("de")
    assert "Mis metas" in words(client.get(own))


def test_pages_of_staff_stay_in_english(school: School) -> None:
    """What is not translated says so by its language."""
    response = school.as_("tea").get("/us-tx/classes", headers=SPANISH)

    assert '<html lang="en"' in response.text
    assert "Content-Language" not in response.headers


def test_every_text_is_translated() -> None:
    """The catalogue holds what is marked, no more and no less, and a person translated each in every number."""
    assert {one.id for one in collected() if one.id} == {one.id for one in held("es") if one.id}
    assert [] == untranslated("es")


def test_a_translation_keeps_what_is_put_in() -> None:
    """Every gap of a text is in its translation too."""
    wrong = [message.id for message in held("es") if message.id and list(message.check())]

    assert wrong == []


def test_everything_is_taken_away_without_other_people(school: School) -> None:
    """The file holds every entry and decision, whose it is, and nobody else by name or id."""
    response = school.as_("gua").get(f"/us-tx/my/{school.learners['S-1']}/everything.json")
    data = response.get_json()

    assert response.headers["Content-Disposition"] == 'attachment; filename="my-record.json"'
    assert data["name"] == "Sol Abara"
    assert len(data["events"]) == data["events"][-1]["version"]
    assert [one for one in data["decisions"] if one["because"]] != []
    assert not any(f'"{name}"' in response.text for name in ("who", "attested_by", "actor"))


def test_the_targets_are_a_table_too(school: School) -> None:
    """The CSV has a line for each target of the page, and names what is left of it."""
    client, own = school.as_("sol"), f"/us-tx/my/{school.learners['S-1']}"
    rows = list(csv.DictReader(client.get(f"{own}.csv").text.splitlines()))
    targets = client.get(f"{own}.json").get_json()["targets"]
    page = client.get(own)

    assert [one["subject"]["key"] for one in targets] == [one["subject"] for one in rows]
    assert [bool(one["main"]["missing"]) for one in targets] == [bool(one["left"]) for one in rows]
    assert f'href="{own}.csv"' in page.text


def test_the_page_can_be_printed(school: School) -> None:
    """A button prints where there is a script, and the style for paper leaves out what cannot be pressed."""
    page = school.as_("sol").get("/us-tx/my", follow_redirects=True)
    with school.app.test_client().get("/static/my.css") as given:
        style = given.text

    assert "data-print" in page.text
    assert "@media print" in style


def test_who_looked_is_told_in_spanish(school: School) -> None:
    """The page of readers speaks the same language."""
    page = school.as_("gua").get(f"/us-tx/learners/{school.learners['S-1']}/readers", headers=SPANISH)

    assert "Quién ha visto el registro de Sol Abara" in words(page)


def test_before_anything_is_asked_the_page_says_what_will_come(own_school: School) -> None:
    """A learner about whom nothing was recorded but the enrolment is told so."""
    with own_school.ledger() as ledger:
        learner = ledger.vault.learner_id("S-new")
        enrol(ledger, learner)
        give(ledger, "new", "learner", Place(kind="learner", learner=learner))
    said = words(own_school.as_("new").get("/us-tx/my", follow_redirects=True))

    assert "Nothing is asked here yet." in said
