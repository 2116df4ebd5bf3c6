"""An auditor's case: opened on a basis, a sample drawn by a seed, notes, replay, bundle, conclusion; and names."""

import csv
import io
import zipfile
from dataclasses import dataclass

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from ledger.domain.learner import Decided
from tests.web.auditing import BASIS, auditor, kept_case, long_work, opened, signed
from tests.web.changing import Person, somebody
from tests.web.support import NOW, words
from web.ledgers import ledgers_of

CASES = "/us-tx/cases"


@dataclass
class Held:
    """A case, and the auditor who holds it."""

    app: Flask
    person: Person
    address: str

    def send(self, step: str, **fields: str) -> TestResponse:
        """Send a form of the case."""
        return self.person.send(f"{self.address}/{step}", fields, self.address)

    def page(self) -> TestResponse:
        """Return the page of the case."""
        return self.person.client.get(self.address)

    def rows(self) -> list[dict[str, str]]:
        """Return the decisions of the case, as CSV has them."""
        return list(csv.DictReader(io.StringIO(self.person.client.get(f"{self.address}.csv").text)))


@pytest.fixture
def held(own: Flask) -> Held:
    """A case into which two decisions were drawn, and one of each rare kind besides."""
    return Held(own, auditor(own), kept_case(own))


def test_a_sample_is_drawn_by_a_seed(held: Held) -> None:
    """In proportion to what was decided, and as many again of the rare kinds; by pseudonym; once."""
    said, rows = words(held.page()), held.rows()
    again = held.send("sample", wanted="2", seed="autumn")

    assert "Case 1, opened 5 June 2026, 10:30 on 34 CFR 99.35." in said
    assert "2 of 224 decisions up to position" in said
    assert {"drawn", "besides"} == {one["how"] for one in rows}
    assert all(one["learner"].startswith("learner ") for one in rows)
    assert 422 == again.status_code
    assert "This case has its sample: to draw another would be to choose; open another case for that." in words(again)


def test_the_same_seed_draws_the_same(own: Flask, held: Held) -> None:
    """Another auditor with the seed finds the very same decisions."""
    other = Held(own, held.person, kept_case(own))

    assert [one["position"] for one in held.rows()] == [one["position"] for one in other.rows()]
    assert held.address != other.address


def test_a_case_is_its_auditor_s_alone(own: Flask, held: Held) -> None:
    """Nobody else reads it or writes to it, whatever roles they hold."""
    tester = somebody(own, "tester")

    assert [404, 404] == [
        tester.client.get(held.address).status_code,
        tester.send(f"{held.address}/notes", {"text": "x"}, CASES).status_code,
    ]
    assert "Spring credits" not in words(tester.client.get(CASES))


def test_decisions_are_put_by_hand(held: Held) -> None:
    """By their positions; one that is none, or that the case holds, is refused with a sentence."""
    known = {one["position"] for one in held.rows()}
    events = opened(held.app).ledger.log.scan(0, None)
    position = next(one.position for one in events if isinstance(one.data, Decided) and str(one.position) not in known)
    added = held.send("decisions", positions=str(position))
    twice = held.send("decisions", positions=f"{position}")
    none = held.send("decisions", positions="1")
    wrong = held.send("decisions", positions="12, twelve")

    assert 303 == added.status_code
    assert str(position) in {one["position"] for one in held.rows()}
    assert "The case holds these decisions already" in words(twice)
    assert "There is no decision at position 1" in words(none)
    assert "Give 1 to" in words(wrong)
    assert 'value="12, twelve"' in wrong.text


def test_notes_and_findings_stay(held: Held) -> None:
    """About a decision or about the case; what is empty is said at its field."""
    position = held.rows()[0]["position"]
    held.send("notes", text="No document behind it.", position=position, finding="yes")
    held.send("notes", text="Ask the registrar.")
    empty = held.send("notes", text=" ")
    said = words(held.page())

    assert "finding: No document behind it." in {one["notes"] for one in held.rows()}
    assert "1 finding" in said
    assert "Ask the registrar." in said
    assert 422 == empty.status_code
    assert "Write down what you saw." in words(empty)


def test_its_decisions_are_made_again(held: Held) -> None:
    """Each says what came of it, and the sample says how many exceptions are still possible."""
    before = {one["verdict"] for one in held.rows()}
    said = words(long_work(held.person, f"{held.address}/replay", None, held.address))

    assert {""} == before
    assert {"identical"} == {one["verdict"] for one in held.rows()}
    assert "at most" in said


def test_a_bundle_of_it_is_taken_away(held: Held) -> None:
    """A ZIP file with what an offline verifier needs; that it was given out stands with every learner."""
    signed(held.app)
    before = opened(held.app).position
    page = long_work(held.person, f"{held.address}/bundle", None, held.address)
    job = page.request.path
    with held.person.client.get(f"{job}/file") as file:
        names = zipfile.ZipFile(io.BytesIO(file.data)).namelist()

    assert "bundle.json" in names
    assert opened(held.app).position > before


def test_a_concluded_case_is_over(held: Held) -> None:
    """Its conclusion stands first, and nothing more is written to it."""
    held.send("conclude", text="Nothing was found.")
    later = held.send("notes", text="One more.")

    assert "Concluded Nothing was found." in words(held.page())
    assert "This case is concluded: open another to go on." in words(later)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"title": "", "basis": BASIS}, "Give it a name by which you will know it again."),
        ({"title": "Spring", "basis": ""}, "Name the law, rule or order that entitles you to look."),
        ({"title": "x" * 300, "basis": BASIS}, "characters fit."),
    ],
)
def test_a_case_needs_a_name_and_a_basis(own: Flask, fields: dict[str, str], sentence: str) -> None:
    """What was typed is kept, with the sentence."""
    response = auditor(own).send(CASES, fields)

    assert 422 == response.status_code
    assert sentence in words(response)


def test_names_are_disclosed_on_a_basis(own: Flask, held: Held) -> None:
    """Told to this session alone, for some hours, written into each learner's record, and hidden again at will."""
    learner = opened(own).ledger.vault.find("S-1")
    page = "/us-tx/names"
    missing = held.person.send(page, {"learner": str(learner)})
    before = opened(own).position
    told = held.person.send(page, {"learner": str(learner), "basis": BASIS, "purpose": "To compare a transcript."})
    shown = words(held.person.client.get(f"/us-tx/learners/{learner}"))
    other = words(auditor(own).client.get(f"/us-tx/learners/{learner}"))
    at_home = opened(own).position
    held.person.send("/us-tx/names/hide", None, page)
    hidden = words(held.person.client.get(f"/us-tx/learners/{learner}"))

    assert 422 == missing.status_code
    assert "Name it: it goes into the record of every learner concerned." in words(missing)
    assert 303 == told.status_code
    assert at_home > before
    assert "Sol Abara" in shown
    assert "Sol Abara" not in other
    assert "Sol Abara" not in hidden


def test_names_of_a_case_are_told_together(own: Flask, held: Held) -> None:
    """All its learners at once, until the hours are over."""
    case = held.address.rpartition("/")[2]
    page = f"/us-tx/names?case={case}"
    told = held.person.send("/us-tx/names", {"case": case, "basis": BASIS, "purpose": "To ask the schools."}, page)
    named = {one["learner"] for one in held.rows()}
    ledgers_of(own).clock = lambda: NOW.replace("2026-06-05", "2026-06-06").replace("T15", "T02")
    later = auditor(own)

    assert held.address == told.headers["Location"]
    assert not any(one.startswith("learner ") for one in named)
    assert all(one.startswith("learner ") for one in {row["learner"] for row in Held(own, later, held.address).rows()})
