"""The parts of a change: its rule side by side, its checks, groups, discussion, history and packet."""

import re
import shutil
from pathlib import Path

from flask import Flask

from ledger.application.governing import find_competency
from ledger.application.learning import record_evidence
from ledger.catalogue import Catalogue
from tests.web.changing import NEW, STRICTER, activated, proposed, said, somebody, submitted
from tests.web.support import ENVIRONMENT, NOW, Clock, at_level, author, evidence
from web import create_app
from web.ledgers import ledgers_of


def test_the_rule_stands_before_and_after_with_what_differs_marked(own: Flask) -> None:
    """The clauses that ask another level are marked word by word; the others stand once."""
    page = proposed(own).client.get("/us-tx/changes/1").text

    assert "<del>3</del>" in page
    assert "<ins>4</ins>" in page
    assert page.count('class="side-changed"') == 2
    assert "Every competency that comes before this one is mastered." in page
    assert "raises the bar" in page


def test_a_change_is_checked_like_a_request_to_merge(own: Flask) -> None:
    """Bounds, preview, the second person, other changes and sources each have a sentence."""
    ortiz = proposed(own)
    before = said(ortiz, "/us-tx/changes/1")
    ortiz.step("preview")
    ortiz.step("submit")
    after = said(ortiz, "/us-tx/changes/1")

    assert "Preview (waits) It was not previewed yet." in before
    assert "Preview (passed) It holds. Nothing was recorded since." in after
    assert "Another person (waits) It waits for a second person: ask tester or d.lee." in after
    assert "Other changes (passed) No other change under way concerns the same subjects on the same days." in after
    assert "Sources (passed)" in after


def test_the_checks_name_who_approved(own: Flask) -> None:
    """Once a change governs its checks say on what it rests."""
    page = said(activated(own), "/us-tx/changes/1")

    assert "Another person (passed) Approved by d.lee." in page
    assert "Preview (passed) It rests on the preview as of position" in page


def test_evidence_that_changes_no_answer_leaves_a_preview_as_it_is(own: Flask) -> None:
    """The page says how many events came since, and that none of them matters."""
    ortiz = submitted(own)
    _record(own, "S-5", "A1.1", "practice", "1")
    page = said(ortiz, "/us-tx/changes/1")

    assert "It holds. 1 event since, and no answer differs." in page
    assert "Preview it again; nobody can approve it before." not in page


def test_a_preview_whose_answers_changed_is_stale_and_blocks(own: Flask) -> None:
    """The page counts the events and the learners, and approval is refused until it is previewed again."""
    ortiz = submitted(own)
    _record(own, "S-6", "A1.5", "summative", "3")
    page = said(ortiz, "/us-tx/changes/1")
    response = somebody(own, "d.lee").step("approve")

    assert "since: what was recorded changes the answers about 1 learner. Preview it again" in page
    assert "Preview (stands in the way)" in page
    assert response.status_code == 409


def _record(app: Flask, learner: str, code: str, purpose: str, level: str) -> None:
    ledger = ledgers_of(app).open("us-tx").ledger
    known = ledger.vault.find(learner)
    assert known is not None
    assert find_competency(ledger, code)
    for kind in ("performance", "exam"):
        one = evidence(known, f"{kind} of {code}", "2026-06-04", at_level(ledger, code, level), kind, purpose)  # type: ignore[arg-type]
        record_evidence(ledger, author(ledger), known, one)
        if purpose == "practice":
            break


def test_groups_are_ranges_and_small_ones_are_hidden(own: Flask) -> None:
    """Six learners are too few to show any group of; the whole is counted all the same."""
    ortiz = submitted(own)
    ledger = ledgers_of(own).open("us-tx").ledger
    for learner in ("S-1", "S-2"):
        identity = ledger.vault.find(learner)
        assert identity is not None
        profile = ledger.vault.profile(identity)
        ledger.vault.put_profile(identity, type(profile)(groups=("English learner",)))
    page = said(ortiz, "/us-tx/changes/1/preview")

    assert "English learner hidden" in page
    assert re.search(r"All learners 6 0 \d", page)
    assert "English learner" not in ortiz.client.get("/us-tx/changes/1/preview.csv").text


def test_learners_are_narrowed_by_both_outcomes_and_by_school(own: Flask) -> None:
    """The pairs offered are those there are; a school nobody attends leaves nothing."""
    ortiz = submitted(own)
    pairs = re.findall(r'<option value="([a-z_]+-[a-z_]+)"', ortiz.client.get("/us-tx/changes/1/preview").text)
    rows = ortiz.client.get(f"/us-tx/changes/1/preview.json?rows=100&pair={pairs[0]}").get_json()["rows"]
    nobody = said(ortiz, "/us-tx/changes/1/preview?school=us-tx/nowhere")

    assert pairs
    assert {f"{row['without']}-{row['with_it']}" for row in rows} == {pairs[0]}
    assert "No answer would differ so." in nobody


def test_an_impact_nobody_has_worked_out_says_so(own: Flask) -> None:
    """Before the preview the part on the impact leads back to the change, and has no list."""
    ortiz = proposed(own)

    assert "It was not previewed yet." in said(ortiz, "/us-tx/changes/1/preview")
    assert ortiz.client.get("/us-tx/changes/1/preview.csv").status_code == 404


def test_people_discuss_a_change(own: Flask) -> None:
    """A comment stands with its author; it may say anything, and is text alone."""
    ortiz, lee = submitted(own), somebody(own, "d.lee")
    sent = lee.send("/us-tx/changes/1/discussion", {"text": "Too <b>steep</b>?\n\nBegin in January."})
    empty = lee.send("/us-tx/changes/1/discussion", {"text": "  "})
    page = ortiz.client.get("/us-tx/changes/1/discussion").text
    found = ortiz.client.get("/us-tx/changes/1/discussion.json").get_json()

    assert sent.headers["Location"] == "/us-tx/changes/1/discussion#said-4"
    assert empty.status_code == 422
    assert "Too &lt;b&gt;steep&lt;/b&gt;?" in page
    assert [(one["who"], one["version"], one["gone"]) for one in found] == [("d.lee", 4, False)]
    assert "Commented by d.lee" in said(ortiz, "/us-tx/changes/1/history")


def test_who_may_not_discuss_reads_only(own: Flask) -> None:
    """An analyst sees what was said and has no form; what is sent is refused."""
    submitted(own)
    kim = somebody(own, "k.state")

    assert "Nobody has said anything yet." in said(kim, "/us-tx/changes/1/discussion")
    assert "Say it" not in said(kim, "/us-tx/changes/1/discussion")
    assert kim.send("/us-tx/changes/1/discussion", {"text": "No."}, "/us-tx/policies").status_code == 403


def test_what_was_said_is_gone_with_its_author(own: Flask) -> None:
    """A comment lives in the vault: once the author's key is destroyed the page says that it is gone."""
    ortiz, lee = submitted(own), somebody(own, "d.lee")
    lee.send("/us-tx/changes/1/discussion", {"text": "Ask the family of Sol."})
    vault = ledgers_of(own).open("us-tx").ledger.vault
    vault.destroy(vault.person_id("d.lee"))

    assert "What was said here was erased with its author." in said(ortiz, "/us-tx/changes/1/discussion")


def test_what_happened_since_one_last_looked_is_told_once(own: Flask) -> None:
    """Others' steps since the last visit stand at the head and in the list; one's own do not."""
    ortiz, lee = submitted(own), somebody(own, "d.lee")
    assert "Since you last looked" not in said(ortiz, "/us-tx/changes/1")
    lee.send("/us-tx/changes/1/discussion", {"text": "Why now?"})
    ortiz.send("/us-tx/changes/1/discussion", {"text": "Because of the course."}, "/us-tx/policies")
    listed = said(ortiz, "/us-tx/changes")
    first, second = said(ortiz, "/us-tx/changes/1"), said(ortiz, "/us-tx/changes/1")

    assert "1 new" in listed
    assert "Since you last looked Commented by d.lee" in first
    assert "Commented by m.ortiz" not in first
    assert "Since you last looked" not in second


def test_the_history_is_data_too(own: Flask) -> None:
    """Every step has its version."""
    steps = submitted(own).client.get("/us-tx/changes/1/history.json").get_json()

    assert [(one["what"], one["version"]) for one in steps] == [
        ("proposed", 1),
        ("previewed", 2),
        ("asked for approval", 3),
    ]


def test_a_packet_names_no_learner(own: Flask) -> None:
    """The board reads the rule, the counts and three learners under letters; no name and no id of one stands in it."""
    ortiz = submitted(own)
    page = ortiz.client.get("/us-tx/changes/1/packet").text
    ledger = ledgers_of(own).open("us-tx").ledger
    learners = [one.removeprefix("learner/") for one in ledger.log.recorder.streams("learner/")]

    assert "Learner A: Mastery of" in page
    assert "Learner C" in page
    assert "For the body that decides" in page
    assert [one for one in learners if one in page or one[:4] + "-" + one[4:8] in page] == []
    assert [name for name in ledger.vault.names(learners).values() if name in page] == []


def test_a_packet_may_come_before_the_preview(own: Flask) -> None:
    """It says that nothing was previewed, and has no learners; who may not list learners never sees any."""
    early = said(proposed(own), "/us-tx/changes/1/packet")
    ortiz = somebody(own, "m.ortiz")
    for step in ("preview", "submit"):
        ortiz.step(step)
    analyst = said(somebody(own, "k.state"), "/us-tx/changes/1/packet")

    assert "It was not previewed yet." in early
    assert "Learner A" not in early
    assert "Learner A" not in analyst


def test_the_end_of_a_rule_is_shown_with_what_governs_again(own: Flask) -> None:
    """What was adopted stands before, what it had replaced after."""
    activated(own)
    ortiz = somebody(own, "m.ortiz")
    fields = {"first_day": "2026-06-05", "body": "Board of trustees", "reason": "Too many lost what they had shown."}
    ortiz.step("roll-back", fields)
    page = ortiz.client.get("/us-tx/changes/2").text

    assert "<del>4</del>" in page
    assert "<ins>3</ins>" in page


def test_a_change_that_is_in_the_way_is_refused_at_once(own: Flask) -> None:
    """Two changes of the same subjects on the same days are never both under way."""
    ortiz = proposed(own)
    response = ortiz.send(NEW, STRICTER)

    assert response.status_code == 422


def test_who_signed_in_long_ago_does_so_again_before_approving(
    untouched: Path, installed: Catalogue, tmp_path: Path
) -> None:
    """Approving, activating and rolling back lead to the sign-in first; a preview does not."""
    shutil.copytree(untouched, tmp_path / "home")
    clock = Clock(NOW)
    app = create_app(tmp_path / "home", clock=clock, environment=ENVIRONMENT)
    ledgers_of(app).catalogue = installed
    ortiz, lee = submitted(app), somebody(app, "d.lee")
    clock.now = "2026-06-05T15:45:00.000000Z"
    approved, previewed = lee.step("approve"), ortiz.step("preview")
    ledgers_of(app).close()

    assert approved.status_code == 303
    assert approved.headers["Location"].startswith("/sign-in?back=/us-tx/changes/1")
    assert not previewed.headers["Location"].startswith("/sign-in")


def test_what_is_said_stands_in_no_event(own: Flask) -> None:
    """The stored event of a comment holds the id of a text and its digest."""
    lee = activated(own)
    lee.send("/us-tx/changes/1/discussion", {"text": "Sol asked twice."})
    ledger = ledgers_of(own).open("us-tx").ledger
    rows = list(ledger.log.recorder.scan(topics=("change.commented.1",)))

    assert len(rows) == 1
    assert b"Sol" not in bytes(rows[0][4])
