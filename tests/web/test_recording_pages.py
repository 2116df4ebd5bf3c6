"""Recording evidence on the pages: for a class, for one learner, pasted, taken back, corrected, withdrawn."""

import re

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.web.changing import HERE, Person, somebody
from tests.web.support import STATE, rows, words
from tests.web.teaching import CLASS, teach
from web.ledgers import ledgers_of

WORK = {"kind": "observation", "purpose": "summative", "task": "Bridge", "occurred": "2026-06-04", "by": "level"}


class Teacher(Person):
    """The teacher of the class, who records evidence of A1.3."""

    about = ""
    learners: dict[str, str]

    def form(self, fields: dict[str, str], step: str = "", about: str = "A1.3") -> TestResponse:
        """Send the form about a competency with results by learner."""
        page = f"{CLASS}/record?about={about}"
        hidden = dict(re.findall(r'name="(token|command|about)" value="([^"]*)"', self.client.get(page).text))
        return self.client.post(f"{CLASS}/record{step}", data={**hidden, **WORK, **fields}, headers=HERE)

    def field(self, learner: str, place: int = 0) -> str:
        """Name the field of a learner's result."""
        return f"result.{place}.{self.learners[learner]}"


@pytest.fixture
def teacher(own: Flask) -> Teacher:
    """The teacher, at a browser."""
    learners = teach(own)
    found = Teacher(somebody(own, "a.teach").client, "a.teach")
    found.learners = learners
    return found


def position(app: Flask) -> int:
    """Return the last position of the log."""
    return ledgers_of(app).open(STATE).position


def test_the_form_is_about_what_is_chosen(teacher: Teacher) -> None:
    """Without a competency the choice comes first; with one, every learner has a field with the scale's own words."""
    choice, form = words(teacher.client.get(f"{CLASS}/record")), teacher.client.get(f"{CLASS}/record?about=A1.3")

    assert "Priority standards of ALG1" in choice
    assert 3 == form.text.count('id="result.0.')
    assert "4 · Exceeding" in words(form)
    assert "Fill in results, and what they will decide is said here." in words(form)


def test_what_it_will_decide_is_said_and_nothing_is_recorded(own: Flask, teacher: Teacher) -> None:
    """The preview asks the rule, as a page and as a piece of one, and the log stays as it is."""
    before = position(own)
    fields = {teacher.field("S-1"): "4", teacher.field("S-2"): "absent", teacher.field("S-4"): "3"}
    page, piece = teacher.form(fields, "/preview"), teacher.form(fields, "/live")

    assert before == position(own)
    assert "This will decide ✓ still mastered for 2" in words(page)
    assert "No result for 1, with a reason: it is never a zero." in words(piece)
    assert "<html" not in piece.text


def test_a_class_is_recorded_in_one_step(own: Flask, teacher: Teacher) -> None:
    """The page after recording gives each learner's result and decisions, by the person signed in as a teacher."""
    done = teacher.form({"others": "3", teacher.field("S-2"): "excused"})
    page = words(teacher.client.get(done.location))
    ledger = ledgers_of(own).open(STATE).ledger
    events = [one for one in ledger.log.stream(f"learner/{teacher.learners['S-4']}") if one.role == "teacher"]
    assessor = events[0].data.evidence.assessor

    assert 303 == done.status_code
    assert "Recorded for 3 learners" in page
    assert "no result: excused" in page
    assert (ledger.vault.person_id("a.teach"), "us-tx/north-high", "teacher") == (
        assessor.who,
        assessor.organisation,
        assessor.capacity,
    )


def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_recorded(own: Flask, teacher: Teacher) -> None:
    """A form with a fault comes back as it was typed, with every fault; nobody of the class is recorded."""
    before = position(own)
    wrong = teacher.form({"kind": "", "occurred": "soon", teacher.field("S-1"): "9"})
    empty = teacher.form({})
    future = teacher.form({"others": "3", "occurred": "2026-12-24"})

    assert [422, 422, 422] == [wrong.status_code, empty.status_code, future.status_code]
    assert "Kind of evidence : Choose what kind of work it was." in words(wrong)
    assert "Day : 'soon' is not a day such as 2026-05-30." in words(wrong)
    assert "Sol Abara : '9' is no level of Four levels" in words(wrong)
    assert "Nothing is filled in: give at least one learner a result" in words(empty)
    assert "Sol Abara : Occurred 2026-12-24 is in the future" in words(future)
    assert before == position(own)


def test_scores_are_recorded_with_the_highest_there_is(teacher: Teacher) -> None:
    """By score the highest there is must be told, and a decimal comma is read."""
    fields = {"by": "score", teacher.field("S-1"): "17,5"}
    refused = teacher.form(fields)
    done = teacher.form({**fields, "maximum": "20"})

    assert "Highest score there is : Give the highest score there is, such as 20 or 100." in words(refused)
    assert "17.5 of 20" in words(teacher.client.get(done.location))


def test_one_piece_of_work_is_evidence_of_several_competencies(teacher: Teacher) -> None:
    """Each competency has a result of its own, in one piece of evidence; five at once are too many."""
    page = teacher.client.get(f"{CLASS}/record?about=A1.3&about=A1.4")
    about = re.findall(r'name="about" value="([^"]*)"', page.text)[0]
    fields = {"about": about, teacher.field("S-1"): "3", teacher.field("S-1", 1): "2"}
    done = teacher.form(fields, about="A1.3&about=A1.4")

    assert "A1.3 level 3 (Meeting) A1.4 level 2 (Developing)" in words(teacher.client.get(done.location))
    many = "&".join(f"about=A1.{one}" for one in range(1, 6))
    assert 400 == teacher.client.get(f"{CLASS}/record?{many}").status_code


def test_a_retake_is_locked_on_the_page_until_preparation_is_recorded(teacher: Teacher) -> None:
    """The form says why and leads to the preparation; with it on record the retake is recorded."""
    teacher.form({teacher.field("S-4"): "2"})
    again = {"retake": "Bridge", "task": "", "occurred": "2026-06-05", teacher.field("S-4"): "3"}
    preview, refused = teacher.form(again, "/preview"), teacher.form(again)
    address = re.search(r'href="([^"]*/preparation[^"]*)"', preview.text)
    assert address
    page = address[1].replace("&amp;", "&")
    sent = {"about": re.findall(r"about=([^&]*)", page)[0], "kind": "tutoring", "occurred": "2026-06-05"}
    where = f"{CLASS}/preparation"
    nobody = teacher.send(where, sent, page)
    ahead = teacher.send(where, {**sent, "occurred": "2026-07-01"}, page)
    prepared = teacher.send(where, {**sent, "retake": "Bridge", f"who.{teacher.learners['S-4']}": "yes"}, page)

    assert "retake locked for 1 since the try of 4 June 2026 no preparation is on record: Tomás Rivera." in words(
        preview
    )
    assert 422 == refused.status_code
    assert "Retake locked: since the try of 4 June 2026 no preparation is on record" in words(refused)
    assert "Choose at least one learner." in words(nobody)
    assert "It lies in the future." in words(ahead)
    assert "The retake is open." in words(teacher.client.get(prepared.location))
    assert 303 == teacher.form(again).status_code


def test_what_was_recorded_is_taken_back_by_whoever_recorded_it(own: Flask, teacher: Teacher) -> None:
    """One press takes back one learner's, another everybody's; nobody else is offered either."""
    done = teacher.form({"others": "3"}).location
    one = teacher.send(f"{done.split('?')[0]}/back", {"learner": teacher.learners["S-1"]}, done)
    after = words(teacher.client.get(one.location))
    twice = teacher.send(f"{done.split('?')[0]}/back", {"learner": teacher.learners["S-1"]}, done)
    other = teacher.send(f"{done.split('?')[0]}/back", {"learner": "nobody"}, done)
    everybody = teacher.send(f"{done.split('?')[0]}/back", {}, done)

    assert "Recorded for 2 learners" in after
    assert "taken back" in after
    assert 409 == twice.status_code
    assert "It is withdrawn already." in words(twice)
    assert 404 == other.status_code
    assert "Taken back" in words(teacher.client.get(everybody.location))
    assert "Take back" not in words(somebody(own, "tester").client.get(done))
    assert 404 == teacher.client.get(f"{CLASS}/recorded/nothing").status_code


def test_a_learner_is_recorded_alone(own: Flask, teacher: Teacher) -> None:
    """The same form serves one learner, from the learner's own page."""
    page = f"/us-tx/learners/{teacher.learners['S-1']}/record?about=A1.3"
    fields = {**WORK, "about": "A1.3", teacher.field("S-1"): "4"}
    done = teacher.send(page.split("?")[0], fields, page)

    assert "Recorded for 1 learner" in words(teacher.client.get(done.location))
    assert teacher.client.get(
        f"{done.location}&format=json" if "?" in done.location else f"{done.location}?format=json"
    ).get_json()


def test_a_pasted_block_becomes_the_filled_form(own: Flask, teacher: Teacher) -> None:
    """Rows are matched to learners, shown filled in with what they will decide, and recorded by the next press."""
    before = position(own)
    cells = "Learner\tA1.3\tA1.4\r\nAbara, Sol\tExceeding\t3\r\nS-4\t2,0\tabsent\r\n"
    form = teacher.send(f"{CLASS}/paste", {**WORK, "cells": cells})

    assert 200 == form.status_code
    assert "2 rows were matched. Nothing is recorded yet" in words(form)
    assert 2 == form.text.count('<option value="3" selected>') + form.text.count('<option value="2" selected>')
    assert before == position(own)


def test_every_wrong_line_of_a_pasted_block_is_named(own: Flask, teacher: Teacher) -> None:
    """Faults come with their line and column, the text stays in its box, and nothing is half taken over."""
    cells = "Somebody\t3\nSol Abara\t7\nMei Lindqvist\t4"
    page = teacher.send(f"{CLASS}/paste", {**WORK, "about": "A1.3", "cells": cells})
    lost = teacher.send(f"{CLASS}/paste", {**WORK, "cells": "Sol Abara\t3"})
    wide = teacher.send(
        f"{CLASS}/paste", {**WORK, "cells": "Name\tA1.1\tA1.2\tA1.3\tA1.4\tA1.5\nSol Abara\t1\t1\t1\t1\t1"}
    )

    assert [422, 422, 422] == [page.status_code, lost.status_code, wide.status_code]
    assert "Line 1, Somebody : Nobody in this class has this name or id." in words(page)
    assert "Line 2, A1.3 : '7' is no level of Four levels" in words(page)
    assert "Mei Lindqvist 4" in words(page)
    assert "Choose what it is evidence of, or paste a first row" in words(lost)
    assert "5 competencies are named; 4 fit at once" in words(wide)


def evidence_page(client_rows: Person, learner: str) -> str:
    """Return the page of the newest evidence of a learner."""
    page = client_rows.client.get(f"/us-tx/learners/{learner}.json").get_json()
    newest = max(page["evidence"], key=lambda one: one["version"])
    return f"/us-tx/learners/{learner}/evidence/{newest['evidence_id']}"


def test_later_evidence_is_corrected_or_withdrawn_with_a_reason(own: Flask, teacher: Teacher) -> None:
    """A registrar corrects and withdraws, always with a reason; a teacher is not offered it."""
    teacher.form({teacher.field("S-1"): "2"})
    page = evidence_page(teacher, teacher.learners["S-1"])
    mine, registrar = words(teacher.client.get(page)), somebody(own, "tester")
    bare = registrar.send(f"{page}/correct", {"result.0": "4"}, page)
    wrong = registrar.send(f"{page}/correct", {"result.0": "8", "reason": "read wrongly"}, page)
    right = registrar.send(f"{page}/correct", {"result.0": "4", "reason": "read wrongly"}, page)
    after = words(registrar.client.get(page))
    late = registrar.send(f"{page}/back", {}, page)
    gone = registrar.send(f"{page}/withdraw", {"reason": "of another learner"}, page)

    assert "You recorded it. Until" in mine
    assert "Correct what it says" not in mine
    assert "Reason : Say why; the reason is kept in the vault." in words(bare)
    assert "Result : '8' is no level of Four levels" in words(wrong)
    assert "level 4 (Exceeding)" in after
    assert "It cannot be taken back: another person recorded it" in after
    assert [303, 409, 303] == [right.status_code, late.status_code, gone.status_code]
    assert "It is withdrawn and counts for nothing." in words(registrar.client.get(page))
    assert 403 == teacher.send(f"{page}/withdraw", {"reason": "mine"}, page).status_code


def test_evidence_is_taken_back_from_its_own_page(teacher: Teacher) -> None:
    """The page of one's own fresh evidence has the press that takes it back."""
    teacher.form({teacher.field("S-1"): "2"})
    page = evidence_page(teacher, teacher.learners["S-1"])
    done = teacher.send(f"{page}/back", {}, page)

    assert 303 == done.status_code
    assert teacher.client.get(f"{page}.json").get_json()["evidence"]["withdrawn"]
    assert 404 == teacher.client.get(f"{page[:-4]}0000").status_code
    assert rows(teacher.client, f"/us-tx/decisions.json?learner={teacher.learners['S-1']}")
