"""The pages on which a rule is changed: each step, what it shows, and where its numbers lead."""

import re
from dataclasses import replace

import pytest
from flask import Flask

from tests.web.changing import MASTERY, NEW, STRICTER, activated, proposed, said, somebody, submitted
from tests.web.support import Small, words
from web.ledgers import ledgers_of


def test_no_change_is_a_page_too(own: Flask) -> None:
    """Where nothing was proposed the list says so and leads on."""
    page = said(somebody(own, "m.ortiz"), "/us-tx/changes")

    assert "No change was proposed yet." in page
    assert "Propose a change" in page


def test_what_governs_and_what_could_is_offered(own: Flask) -> None:
    """One may begin with a rule in force, or with a policy of this place or of none."""
    page = said(somebody(own, "m.ortiz"), "/us-tx/changes/new")

    assert "Mastery of a competency competency-based/mastery@2000-01-01 Mastery every competency us-tx" in page
    assert "Credit by examination, grades 6 to 12" in page
    assert "us-ny/" not in page
    assert "Nurse aide: training and competency evaluation unverified" in page


def test_a_district_changes_what_came_from_above_by_its_own_adoption(own: Flask) -> None:
    """What was received is offered with other values and cannot be ended here."""
    page = somebody(own, "m.ortiz").client.get("/us-tx~pine-valley/changes/new").text

    assert "other values" in page
    assert "its end" not in page


def test_the_form_comes_filled_with_what_holds_now(own: Flask) -> None:
    """Values, subjects and scale of the adoption to be changed stand in the form."""
    ortiz = proposed(own, **{"param.purposes": "summative, formative", "subjects": "A1.1, A1.2"})
    ortiz.step("preview")
    ortiz.step("submit")
    lee = somebody(own, "d.lee")
    for step in ("approve", "schedule", "activate"):
        lee.step(step)
    rows = lee.client.get("/us-tx/policies.json").get_json()
    position = max(row["position"] for row in rows if row["policy"] == "competency-based/mastery")
    form = ortiz.client.get(f"{NEW}?like={position}").text

    assert 'name="param.level" type="text" value="4"' in form
    assert 'value="summative, formative"' in form
    assert 'value="A1.1, A1.2"' in form
    assert f'value="{STRICTER["scale"]}" selected' in form


def test_a_proposal_says_what_would_change(own: Flask) -> None:
    """Old and new value, whom it binds, by whose authority and why stand on the page of the change."""
    page = said(proposed(own), "/us-tx/changes/1")

    assert "Mastery of a competency : ○ proposed" in page
    assert "The level that has to be shown (left to this jurisdiction) 3 4" in page
    assert "It binds every learner, for what is decided from its first day on." in page
    assert "Board of trustees, 20 May 2026, minute 2026-14 the minute" in page
    assert "Level 3 was not enough for the next course." in page
    assert "It was not previewed yet." in page


def test_only_some_learners_may_be_bound(own: Flask) -> None:
    """Days, classes, schools, grades and courses of the form come out as sentences."""
    fields = {
        "clock": "evidence",
        "since": "2026-08-01",
        "until": "2027-07-31",
        "grades": "9, 10",
        "courses": "ALG1",
        "organisations": "us-tx/north-high",
    }
    page = said(proposed(own, **fields), "/us-tx/changes/1")

    assert "first evidence about the subject is dated from 1 August 2026 to 31 July 2027." in page
    assert "It binds learners in grade 9 or 10." in page
    assert "It binds learners enrolled at us-tx/north-high." in page


def test_an_entering_class_may_be_bound(own: Flask) -> None:
    """A class is a clock and its years."""
    fields = {"clock": "cohort", "cohort": "graduating-class", "first_class": "2030", "last_class": "2031"}

    assert "graduating class is 2030 to 2031." in said(proposed(own, **fields), "/us-tx/changes/1")


def test_a_preview_counts_and_leads_to_the_learners(own: Flask) -> None:
    """Each count of the preview is a link to as many rows, with both outcomes and the clauses in words."""
    ortiz = submitted(own)
    page = said(ortiz, "/us-tx/changes/1")
    counted = {kind: int(count) for kind, count in re.findall(r"(gain|lose|change otherwise) [−+↔]? ?(\d+)", page)}
    rows = {
        kind: ortiz.client.get(f"/us-tx/changes/1/preview.json?kind={kind}").get_json()["rows"]
        for kind in ("gain", "loss", "person", "other")
    }
    listed = said(ortiz, "/us-tx/changes/1/preview?kind=loss")

    assert counted == {"gain": 0, "lose": len(rows["loss"]), "change otherwise": len(rows["other"])}
    assert len(rows["loss"]) == 23
    assert {(row["without"], row["with_it"]) for row in rows["loss"]} == {("met", "not_yet")}
    assert "✓ mastered level 3 ○ not yet Level 4 or higher in 2 or more different kinds of task." in listed


def test_awards_that_stand_are_told_apart(own: Flask) -> None:
    """Credit once given is not taken back by a change; the preview says of whom that is true."""
    ortiz = submitted(own)
    rows = ortiz.client.get("/us-tx/changes/1/preview.json?awarded=1").get_json()["rows"]

    assert {(row["question"], row["awarded"]) for row in rows} == {("CREDIT", True), ("ADVANCEMENT", True)}
    assert "the award stands" in said(ortiz, "/us-tx/changes/1/preview?awarded=1")


def test_lists_are_paged_and_come_as_tables(own: Flask) -> None:
    """A page holds as many rows as asked for; the whole list comes as CSV."""
    ortiz = submitted(own)
    first = ortiz.client.get("/us-tx/changes/1/preview.json?rows=10").get_json()
    second = ortiz.client.get(f"/us-tx/changes/1/preview.json?rows=10&after={first['next']}").get_json()
    table = ortiz.client.get("/us-tx/changes/1/preview.csv").text.splitlines()
    listed = ortiz.client.get("/us-tx/changes.csv").text.splitlines()

    assert len(first["rows"]) == len(second["rows"]) == 10
    assert first["rows"] != second["rows"]
    assert len(table) == 1 + 30
    assert "'=cmd" in ortiz.client.get("/us-tx/changes/1/preview.csv").text
    assert len(listed) == 2


def test_a_change_is_data_too(own: Flask) -> None:
    """Everything about a change comes as JSON."""
    found = submitted(own).client.get("/us-tx/changes/1.json").get_json()

    assert found["row"]["status"] == "submitted"
    assert found["preview"]["losses"] == 23
    assert [one["what"] for one in found["steps"]] == ["proposed", "previewed", "asked for approval"]


def test_nobody_approves_what_they_proposed(own: Flask) -> None:
    """Who may do both is told why, in place of the button, and the domain refuses what is sent all the same."""
    tester = somebody(own, "tester")
    tester.send(NEW, STRICTER)
    for step in ("preview", "submit"):
        tester.step(step)
    page = said(tester, "/us-tx/changes/1")
    response = tester.step("approve")

    assert "Approve: change 1 was proposed by the same person; another one has to approve it." in page
    assert 'aria-label="Approve"' not in tester.client.get("/us-tx/changes/1").text
    assert response.status_code == 409
    assert "That was not done Change 1 was proposed by the same person" in words(response)


def test_who_may_not_approve_is_told_who_could(own: Flask) -> None:
    """A district admin has no button to approve, and the names of those who do; what is sent is refused."""
    ortiz = submitted(own)
    page = said(ortiz, "/us-tx/changes/1")
    response = ortiz.step("approve")

    assert "Waiting for a second person: ask tester or d.lee." in page
    assert "Approve:" not in page
    assert response.status_code == 403
    assert "You may not approve or decline a change of rules here" in words(response)


def test_who_may_only_read_sees_no_step(own: Flask) -> None:
    """A state analyst reads the counts of a change, may take no step of it, and sees no single learner."""
    submitted(own)
    kim = somebody(own, "k.state")
    page, impact = said(kim, "/us-tx/changes/1"), said(kim, "/us-tx/changes/1/preview")

    assert "Preview it again" not in page
    assert "23 lose: show them" in page
    assert "What it would do to single learners is shown to those who may list learners." in impact
    assert kim.client.get("/us-tx/changes/1/preview.csv").status_code == 403
    assert kim.client.get("/us-tx/changes/new").status_code == 403


def test_another_person_takes_it_the_whole_way(own: Flask) -> None:
    """Approved, scheduled and activated by another person, it governs; the history names both."""
    lee = activated(own)
    page = said(lee, "/us-tx/changes/1/history")

    assert "Mastery of a competency : ✓ active" in page
    assert "Approved by d.lee" in page
    assert "Proposed by m.ortiz" in page
    assert "Roll back" in said(somebody(own, "m.ortiz"), "/us-tx/changes/1")
    assert "Roll back" not in said(lee, "/us-tx/changes/1")


@pytest.mark.parametrize(("step", "status"), [("decline", "declined"), ("withdraw", "withdrawn")])
def test_a_change_may_be_declined_and_withdrawn(own: Flask, step: str, status: str) -> None:
    """An approver sends it back, the proposer gives it up; the reason stands in the history."""
    ortiz = submitted(own)
    person = ortiz if step == "withdraw" else somebody(own, "d.lee")
    response = person.step(step, {"reason": "Not before the new school year."})
    page = said(person, "/us-tx/changes/1/history")

    assert response.headers["Location"] == f"/us-tx/changes/1?done={step}"
    assert status in page
    assert "Not before the new school year." in page


def test_a_change_is_undone_by_another(own: Flask) -> None:
    """Rolling back proposes the end of what was adopted; once it governs both pages name the other."""
    lee, ortiz = activated(own), somebody(own, "m.ortiz")
    fields = {"first_day": "2026-06-05", "body": "Board of trustees", "reason": "Too many lost what they had shown."}
    response = ortiz.step("roll-back", fields)
    for step in ("preview", "submit"):
        ortiz.step(step, change=2)
    for step in ("approve", "schedule", "activate"):
        lee.step(step, change=2)

    assert response.headers["Location"] == "/us-tx/changes/2?done=roll-back"
    assert "It undoes change 1 ." in said(ortiz, "/us-tx/changes/2")
    assert "It was undone by change 2 ." in said(ortiz, "/us-tx/changes/1")
    assert "↶ rolled back" in said(ortiz, "/us-tx/changes/1")
    assert "Nothing is to be settled" in said(ortiz, "/us-tx/differing")


def test_an_adoption_is_ended(own: Flask) -> None:
    """The form says since when it governs; the change is one like any other."""
    ortiz = somebody(own, "m.ortiz")
    rows = ortiz.client.get("/us-tx/policies.json").get_json()
    position = next(row["position"] for row in rows if row["policy"] == "us-tx/credit-by-examination")
    address = f"/us-tx/changes/new/end/{position}"
    form = said(ortiz, address)
    wrong = ortiz.send(address, {"first_day": "2026-06-05"})
    sent = ortiz.send(address, {"first_day": "2026-06-05", "body": "Board", "reason": "No longer offered."})
    page = said(ortiz, "/us-tx/changes/1")

    assert "It governs SPAN2 in us-tx since 1 August 2020." in form
    assert wrong.status_code == 422
    assert "Body that decides : It is missing." in words(wrong)
    assert sent.status_code == 303
    assert "End of Credit by examination, grades 6 to 12" in page
    assert "What governed before governs again from 5 June 2026 on." in page


def test_an_emergency_is_confirmed(own: Flask) -> None:
    """It needs two people and no day, tells those concerned, and lasts once the body confirms it."""
    ortiz = proposed(own, emergency="yes")
    for step in ("preview", "submit"):
        ortiz.step(step)
    lee = somebody(own, "d.lee")
    lee.step("approve")
    before = said(lee, "/us-tx/changes/1")
    lee.step("activate")
    asked, history = said(lee, "/us-tx/changes/1"), said(lee, "/us-tx/changes/1/history")
    response = lee.step("confirm", {"body": "Board of trustees"})

    assert "Scheduled" not in before
    assert "To be confirmed by 5 July 2026, else it ends" in asked
    assert "Notice given" in history
    assert response.headers["Location"] == "/us-tx/changes/1?done=confirm"
    assert "To be confirmed confirmed" in said(lee, "/us-tx/changes/1")


def test_people_and_learners_are_named_as_elsewhere(own: Flask, small: Small) -> None:
    """A learner's name may hold anything, and is only text."""
    page = submitted(own).client.get("/us-tx/changes/1/preview").text

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>" not in page
    assert len(small.learners) == 6


def test_a_change_that_binds_a_class_may_be_changed_in_turn(own: Flask) -> None:
    """The form takes over whom the adoption binds."""
    ortiz = proposed(own, clock="cohort", cohort="graduating-class", first_class="2030", grades="9")
    for step in ("preview", "submit"):
        ortiz.step(step)
    lee = somebody(own, "d.lee")
    for step in ("approve", "schedule", "activate"):
        lee.step(step)
    position = ledgers_of(own).open("us-tx").ledger.governance().adoptions[-1].position
    form = ortiz.client.get(f"{NEW}?like={position}").text
    other = ortiz.client.get(f"/us-tx/changes/new/policy/shared/relearn-then-retake@2000-01-01?like={position}").text

    assert '<option value="cohort" selected>' in form
    assert 'value="graduating-class"' in form
    assert 'name="first_class" type="text" value="2030"' in form
    assert 'name="grades" type="text" value="9"' in form
    assert 'name="param.level" type="text" value="4"' in form
    assert 'value="graduating-class"' in other
    assert 'value="4"' not in other


def test_a_district_takes_over_what_the_state_adopted(own: Flask) -> None:
    """What came from above is proposed in the name of the district."""
    governs = somebody(own, "m.ortiz").client.get("/us-tx~pine-valley/policies.json").get_json()
    position = next(row["position"] for row in governs if row["edition"] == MASTERY)
    ortiz = somebody(own, "m.ortiz")
    form = ortiz.client.get(f"/us-tx~pine-valley/changes/new/policy/{MASTERY}?like={position}").text

    assert 'name="jurisdiction" type="text" value="us-tx/pine-valley"' in form


def test_a_policy_that_is_no_longer_installed_may_be_proposed_from_the_archive(own: Flask) -> None:
    """What this ledger holds whole needs no plugin."""
    ledgers = ledgers_of(own)
    installed = ledgers.catalogue
    ledgers.catalogue = replace(installed, policies=tuple(one for one in installed.policies if one.edition != MASTERY))

    assert "Propose: Mastery of a competency" in said(somebody(own, "m.ortiz"), NEW)
