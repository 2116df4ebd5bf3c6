"""Writing a policy from another in a form: checked, read aloud, tried, proposed, and adopted like any other."""

import pytest
from flask import Flask

from ledger import catalogue
from ledger.catalogue.writing import writing_problems
from ledger.policy.layout import policy_text_in_words
from ledger.policy.plain import policy_in_words
from tests.web.changing import MASTERY, Person, said, somebody
from tests.web.support import SCALE, TODAY, words
from web.clone_form import read_clone, with_writing_problems
from web.ledgers import ledgers_of

POLICY = catalogue.load().find("competency-based/mastery", TODAY)

CLONE = f"/us-tx/changes/clone/{MASTERY}"
SHOWN = {
    "clauses": "1",
    "title": "Mastery with work shown",
    "name": "mastery-shown",
    "first_day": "2026-06-05",
    "source": "Board policy EIA (LOCAL)",
    "read": "yes",
    "c1.place": "all",
    "c1.says": "{value} or more pieces of work in a performance.",
    "c1.cites": "Board policy EIA (LOCAL), section 3",
    "c1.read": "yes",
    "c1.fact": "new",
    "c1.about": "pieces of performance work",
    "c1.method": "count.1",
    "c1.measure": "presence",
    "c1.purposes": "summative",
    "c1.kinds": "performance",
    "c1.compares": "at least",
    "c1.value": "2",
}
PROPOSED = {
    "first_day": "2026-06-05",
    "scale": SCALE,
    "clock": "decision",
    "body": "Board of trustees",
    "reason": "Work has to be seen.",
}


def checked(person: Person, **changes: str) -> str:
    """Return what the form says when it is read aloud, with some fields otherwise."""
    response = person.send(CLONE, {**SHOWN, "do": "check", **changes})
    assert response.status_code in (200, 422), response.text
    return words(response)


def test_a_policy_is_written_proposed_and_governs(own: Flask) -> None:
    """From the form to the adoption: the ledger holds the policy whole, and its page says where it was written."""
    ortiz, lee = somebody(own, "m.ortiz"), somebody(own, "d.lee")
    sent = ortiz.send(CLONE, {**SHOWN, "do": "propose"})
    address = sent.headers["Location"]
    assert ortiz.send(address, PROPOSED).status_code == 303
    for step in ("preview", "submit"):
        ortiz.step(step)
    for step in ("approve", "schedule", "activate"):
        lee.step(step)
    rows = ortiz.client.get("/us-tx/policies.json?q=shown").get_json()
    page = said(ortiz, f"/us-tx/policies/archived/{rows[0]['digest']}")

    assert address.startswith("/us-tx/changes/new/policy/us-tx/mastery-shown@2026-06-05?draft=")
    assert [(one["edition"], one["state"]) for one in rows] == [("us-tx/mastery-shown@2026-06-05", "in force")]
    assert "written here" in page
    assert "2 or more pieces of work in a performance." in page
    assert "That is 6 learners on record today" in page
    assert "written here" in said(ortiz, "/us-tx/policies/available/us-tx/mastery-shown@2026-06-05")


def test_it_is_read_aloud_and_tried_before_anything_is_stored(own: Flask) -> None:
    """Both rules stand side by side, counts follow, and the log is as it was."""
    ortiz = somebody(own, "m.ortiz")
    ledger = ledgers_of(own).open("us-tx").ledger
    before = ledger.log.recorder.max_notification_id()
    page = checked(ortiz)

    assert "Every check of a policy was made, and found nothing." in page
    assert "(4) 2 or more pieces of work in a performance." in page
    assert "about 6 learners 0 would be gained, 30 lost" in page
    assert ledger.log.recorder.max_notification_id() == before
    assert not ledger.home.drafts.exists()


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"c1.place": "any"}, "Any one of these:"),
        ({"c1.place": "final"}, "2 or more pieces of work in a performance."),
        ({"c1.place": "eligible"}, "Who may ask"),
        ({"c1.place": "person", "c1.body": "mastery-committee", "c1.says": "They agree."}, "They agree."),
        ({"c1.fact": "fact:latest_level", "c1.value": "3.5"}, "3.5 or more pieces of work"),
        ({"c1.method": "mean.1", "c1.measure": "percent", "c1.value": "80", "c1.arg.round_to": "1"}, "80 or more"),
        ({"c1.method": "distinct.1", "c1.arg.field": "task"}, "2 or more pieces of work in a performance."),
        ({"c1.method": "best.1", "c1.measure": "passed", "c1.compares": "holds", "c1.says": "Passed."}, "Passed."),
        ({"c1.method": "last_date.1", "c1.compares": "at most", "c1.value": "2026-06-01"}, "1 June 2026 or more"),
        ({"c1.level": "3", "c1.next": "show more"}, "2 or more pieces of work in a performance."),
    ],
)
def test_clauses_stand_where_they_are_put(changes: dict[str, str], expected: str) -> None:
    """For every place, for facts of the policy and of one's own, for whole and exact numbers, days and yes or no."""
    form = read_clone({**SHOWN, **changes}, POLICY, "us-tx")
    assert form.policy is not None, dict(form.problems)
    said = policy_text_in_words(policy_in_words(form.policy, TODAY))

    assert writing_problems(form.policy) == ()
    assert expected in " ".join(said.split())


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"name": "Mastery Shown"}, "Its name here : Give 2 to 40 small letters, digits and hyphens"),
        ({"c1.says": ""}, "Clause 1, the sentence : It is missing."),
        ({"c1.value": ""}, "Clause 1, the value : It is missing."),
        ({"c1.value": "many"}, "Clause 1, the value : 'many' is not a plain decimal such as 2.5."),
        ({"c1.level": "high"}, "Clause 1, only work at this level or above : 'high' is not a plain decimal"),
        ({"c1.place": "nowhere"}, "Clause 1, where it stands : It is none of those offered."),
        ({"c1.method": "distinct.1"}, "Clause 1, field : It is missing: the field whose values are told apart."),
        ({"c1.method": "distinct.1", "c1.arg.field": "mood"}, "'mood' is not one of"),
        ({"c1.measure": "beauty"}, "has no measure 'beauty'"),
        ({"c1.says": "{often} pieces."}, "often"),
        ({"c1.fact": "fact:nothing"}, "nothing"),
        ({"c1.method": "last_date.1", "c1.value": "2026-02-30"}, "'2026-02-30' is not a day such as 2026-05-30."),
        ({"first_day": "soon"}, "First day it may govern : 'soon' is not a day such as 2026-05-30."),
    ],
)
def test_what_is_wrong_stands_at_its_clause(changes: dict[str, str], expected: str) -> None:
    """Whatever is wrong is told at once, each at the clause it is about."""
    form = read_clone({name: text for name, text in {**SHOWN, **changes}.items() if text}, POLICY, "us-tx")
    if form.policy is not None:
        form = with_writing_problems(form, writing_problems(form.policy))
    told = [f"{label} : {said}" for _, label, said in form.errors()]

    assert any(expected in one for one in told), told


def test_what_is_typed_stays_where_something_is_wrong(own: Flask) -> None:
    """The form comes back with everything in it, and a list of what is to be put right."""
    response = somebody(own, "m.ortiz").send(CLONE, {**SHOWN, "do": "check", "c1.value": "many"})

    assert response.status_code == 422
    assert "Clause 1, the value : 'many' is not a plain decimal such as 2.5." in words(response)
    assert 'value="Mastery with work shown"' in response.text


def test_a_clause_is_added_and_a_method_says_what_it_needs(own: Flask) -> None:
    """Both show the form again as it was, with one clause more, or the inputs of the method chosen."""
    ortiz = somebody(own, "m.ortiz")
    more = ortiz.send(CLONE, {**SHOWN, "do": "more"}).text
    method = ortiz.send(CLONE, {**SHOWN, "do": "method", "c1.method": "n_times.1"}).text

    assert "Clause 2" in more
    assert 'name="c1.arg.n"' in method
    assert 'name="c1.arg.cut"' in method


def test_a_policy_of_another_place_is_written_for_this_one(own: Flask) -> None:
    """A clone is a policy of this place, whatever it was written from; what was never read is unverified."""
    page = checked(somebody(own, "m.ortiz"), read="", **{"c1.read": ""})

    assert "us-tx/mastery-shown@2026-06-05" in page


def test_a_draft_that_is_not_there_is_not_found(own: Flask) -> None:
    """Neither a digest nobody wrote nor anything else opens a file."""
    ortiz = somebody(own, "m.ortiz")
    answers = [
        ortiz.client.get(f"/us-tx/changes/new/policy/{MASTERY}?draft={name}").status_code
        for name in ("0" * 64, "../../vault", "x")
    ]

    assert answers == [404, 404, 404]


def test_a_draft_that_was_altered_is_not_proposed(own: Flask) -> None:
    """A file whose bytes are no longer those of its name is as good as none."""
    ortiz = somebody(own, "m.ortiz")
    address = ortiz.send(CLONE, {**SHOWN, "do": "propose"}).headers["Location"]
    file = next(ledgers_of(own).open("us-tx").ledger.home.drafts.iterdir())
    file.write_bytes(file.read_bytes().replace(b"performance", b"perf0rmance"))

    assert ortiz.client.get(address).status_code == 404


def test_what_cannot_be_tried_says_why(own: Flask) -> None:
    """A policy whose edition is archived with another text could not be adopted."""
    ortiz = somebody(own, "m.ortiz")
    address = ortiz.send(CLONE, {**SHOWN, "do": "propose"}).headers["Location"]
    ortiz.send(address, PROPOSED)
    page = checked(ortiz, **{"c1.value": "3"})

    assert "It cannot be tried:" in page
    assert "a changed rule is a new edition" in page


def test_only_who_may_propose_writes_policies(own: Flask) -> None:
    """An approver has neither the form nor its address."""
    lee = somebody(own, "d.lee")

    assert lee.client.get(CLONE).status_code == 403
    assert "Write your own from it" not in said(lee, f"/us-tx/policies/available/{MASTERY}")
