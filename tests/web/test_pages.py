"""What each page says, and where its numbers lead."""

import pytest
from flask.testing import FlaskClient

from tests.web.support import Small, decision, digest_of, rows, words


def test_home_lists_the_ledgers(client: FlaskClient) -> None:
    """The first page names every ledger of the folder with what is in it."""
    said = words(client.get("/"))

    assert "us-tx State." in said
    assert "us-tx/pine-valley District. Below us-tx." in said
    assert "6 learners" not in said
    assert "learners 6" in said


def test_a_folder_without_ledgers_says_what_to_do(empty: FlaskClient) -> None:
    """Where there is no ledger the first page names the commands that make one."""
    said = words(empty.get("/"))

    assert "There is no ledger in this folder yet. Make one with mastery init" in said


def test_overview_counts_what_there_is(client: FlaskClient) -> None:
    """The overview gives counts, outcomes by question as numbers and shares, and the rules in force."""
    said = words(client.get("/us-tx/"))

    assert "The ledger of a state" in said
    assert "rules in force 5" in said
    assert "Mastery 36 stand ✓ 26 ○ 10" in said
    assert "✓ met Show the 26 72.2 %" in said
    assert "Mastery of a competency Mastery every competency 1 August 2020 State board of education, us-tx" in said


@pytest.mark.parametrize(("question", "outcome", "count"), [("MASTERY", "met", 26), ("CREDIT", "not_yet", 5)])
def test_a_number_leads_to_as_many_decisions(client: FlaskClient, question: str, outcome: str, count: int) -> None:
    """The list behind a number of the overview has just so many rows."""
    address = f"/us-tx/decisions?question={question}&outcome={outcome}&standing=1"
    linked = address.replace("&", "&amp;") in client.get("/us-tx/").text
    found = rows(client, address.replace("?", ".json?"))

    assert linked
    assert len(found) == count


def test_a_demonstration_tells_its_stories(client: FlaskClient, small: Small) -> None:
    """A story leads to its decision where it has one, else to its learner, on both first pages."""
    learner = small.learners["S-4"]
    found = decision(client, learner, "A1.4", "MASTERY")
    story = f"/us-tx/learners/{learner}/decisions/{found['version']}"

    assert all(f'href="{story}">A slip of the pen</a>' in client.get(page).text for page in ("/", "/us-tx/"))
    assert f'href="/us-tx/learners/{learner}">A year of work</a>' in client.get("/us-tx/").text
    assert client.get(story).headers["Location"] == f"/us-tx/decisions/{found['position']}"
    assert "A slip of the pen" not in client.get("/us-tx~pine-valley/").text


def test_an_empty_ledger_says_what_comes_next(client: FlaskClient) -> None:
    """A ledger with rules and without learners says how evidence comes in."""
    said = words(client.get("/us-tx~pine-valley/"))

    assert "Nothing was decided yet." in said
    assert "mastery import evidence" in said
    assert "Mastery of a competency" in said


def test_learners_are_found_by_part_of_a_name(client: FlaskClient) -> None:
    """A search needs no more than a part of the name, in any case."""
    assert [row["name"] for row in rows(client, "/us-tx/learners.json?q=RIV")] == ["Tomás Rivera"]


def test_learners_are_found_by_any_of_their_ids(client: FlaskClient, small: Small) -> None:
    """A UUID, the pseudonym and the id of the other system lead to the same learner."""
    learner = small.learners["S-2"]
    asked = [learner, learner.upper(), "S-2", f"{learner[:4]}-{learner[4:8]}"]

    assert [rows(client, f"/us-tx/learners.json?q={one}")[0]["learner"] for one in asked] == [learner] * 4


def test_a_search_goes_on_on_the_next_page(client: FlaskClient) -> None:
    """The pages of a search give every match once, in the order of the ids."""
    everyone = [row["learner"] for row in rows(client, "/us-tx/learners.json?q=a")]
    found, after = [], ""
    while after is not None:
        page = client.get(f"/us-tx/learners.json?q=a&rows=2&after={after}").get_json()
        found += [row["learner"] for row in page["rows"]]
        after = page["next"]

    assert len(everyone) > 2
    assert found == everyone


def test_learners_are_narrowed_by_a_decision(client: FlaskClient) -> None:
    """A question and an outcome keep the learners who have such a standing decision."""
    found = rows(client, "/us-tx/learners.json?question=CREDIT&outcome=met")

    assert {row["name"] for row in found} == {"Sol Abara", "Mei Lindqvist", "=cmd|' /C calc'!A0 Ada"}


def test_nobody_found_says_so(client: FlaskClient) -> None:
    """An empty search says how learners are found."""
    assert "No learner matches. A name is found by any part of it" in words(client.get("/us-tx/learners?q=zzz"))


def test_a_learner_sees_what_is_missing_and_what_next(client: FlaskClient, small: Small) -> None:
    """A target says where the learner is, what is missing with its measure, what comes next, and what there is."""
    said = words(client.get(f"/us-tx/learners/{small.learners['S-4']}"))

    assert "✓ 2" in said
    assert "Still missing Level 3 or higher in 2 or more different kinds of task. has 1, needs 2" in said
    assert "What next Show the level in another kind of task." in said
    assert "20 May 2026 Retake 2 exam summative level 4 (Exceeding) gradebook" in said
    assert "10 May 2026 Preparation: tutoring A1.2" in said


def test_a_target_is_a_number_a_mark_and_a_word(client: FlaskClient, small: Small) -> None:
    """The grid gives the latest work, the mark of the decision and the jurisdiction's own word."""
    said = words(client.get(f"/us-tx/learners/{small.learners['S-4']}"))

    assert "A1.1 latest work 3 ✓ mastered" in said
    assert "A1.7 latest work 2 ○ not yet" not in said
    assert "A1.6 latest work" not in said or "A1.6 latest work – " in said


def test_corrected_and_withdrawn_evidence_is_marked(client: FlaskClient, small: Small) -> None:
    """What was corrected or withdrawn stays in the list and says so."""
    said = words(client.get(f"/us-tx/learners/{small.learners['S-4']}"))

    assert "Test 4 corrected exam summative level 3 (Meeting)" in said
    assert "Test 7 withdrawn" in said


def test_credits_are_listed_with_their_decision(client: FlaskClient, small: Small) -> None:
    """A course that is met shows what it gives."""
    said = words(client.get(f"/us-tx/learners/{small.learners['S-2']}"))

    assert "For Gives Amount or label Decided ALG1 credit 1 5 June 2026" in said


def test_a_decision_is_explained_and_made_again(client: FlaskClient, small: Small) -> None:
    """A decision gives its answer, a mark and a measure per clause, its source, and the verdict of making it again."""
    found = decision(client, small.learners["S-4"], "A1.4", "MASTERY")
    said = words(client.get(f"/us-tx/decisions/{found['position']}"))

    assert "Mastery of A1.4 : ○ not yet Not yet: Level 3 or higher in 2 or more different kinds of task" in said
    assert "Made again just now from the ledger alone: identical ." in said
    assert "○ Not yet. Level 3 or higher in 2 or more different kinds of task. has 1, needs 2 decides" in said
    assert "Competency-based baseline of this product (no statute) (read in a summary)" in said
    assert "Adopted by State board of education, us-tx, from 1 August 2020" in said
    assert "Digests and positions rule" in said


def test_a_fact_leads_to_its_evidence(client: FlaskClient, small: Small) -> None:
    """The numbers beside a fact are links to the rows of the evidence on the same page."""
    found = decision(client, small.learners["S-1"], "A1.1", "MASTERY")
    page = client.get(f"/us-tx/decisions/{found['position']}").text
    view = client.get(f"/us-tx/decisions/{found['position']}.json").get_json()
    behind = {one["version"] for one in view["evidence"]}

    assert len(behind) == 2
    assert all(f'href="#evidence-{version}"' in page and f'id="evidence-{version}"' in page for version in behind)


def test_a_decision_that_rests_on_decisions_lists_them(client: FlaskClient, small: Small) -> None:
    """Credit for a course shows the mastery decisions it read, and the members in the order of their codes."""
    found = decision(client, small.learners["S-2"], "ALG1", "CREDIT")
    said = words(client.get(f"/us-tx/decisions/{found['position']}"))
    codes = [said.index(f"standard A1.{number}: ") for number in range(1, 9)]

    assert "No piece of evidence was read: it rests on the decisions below." in said
    assert codes == sorted(codes)


def test_decisions_on_one_question_lead_to_each_other(client: FlaskClient, small: Small) -> None:
    """A replaced decision leads to the next one, and that one back."""
    learner = small.learners["S-4"]
    last = decision(client, learner, "A1.4", "MASTERY")
    listed = rows(client, f"/us-tx/decisions.json?question=MASTERY&learner={learner}&subject={last['subject']}")
    first = listed[-1]
    forward = client.get(f"/us-tx/decisions/{first['position']}").text
    back = client.get(f"/us-tx/decisions/{last['position']}").text

    assert not first["stands"]
    assert "This decision was replaced." in forward
    assert f'rel="next" href="/us-tx/decisions/{listed[-2]["position"]}"' in forward
    assert f'rel="prev" href="/us-tx/decisions/{listed[1]["position"]}"' in back


def test_decisions_come_in_pages(client: FlaskClient) -> None:
    """The pages of the list give every decision once, the newest first."""
    found, after = [], ""
    while after is not None:
        page = client.get(f"/us-tx/decisions.json?rows=70&after={after}").get_json()
        found += [row["position"] for row in page["rows"]]
        after = page["next"]

    assert len(found) == client.get("/us-tx/overview.json").get_json()["overview"]["decisions"]
    assert found == sorted(found, reverse=True)


def test_a_page_leads_to_the_next_with_the_same_filter(client: FlaskClient) -> None:
    """The link to the next page keeps what was asked."""
    page = client.get("/us-tx/decisions?question=MASTERY&rows=5").text
    after = client.get("/us-tx/decisions.json?question=MASTERY&rows=5").get_json()["next"]

    assert f'href="/us-tx/decisions?question=MASTERY&amp;rows=5&amp;after={after}"' in page


def test_decisions_are_narrowed_by_their_day(client: FlaskClient) -> None:
    """Both ends of the span count."""
    found = rows(client, "/us-tx/decisions.json?decided_from=2026-03-25&decided_to=2026-03-25")

    assert {row["decided_on"] for row in found} == {"2026-03-25"}


def test_policies_are_those_in_force_and_those_to_adopt(client: FlaskClient) -> None:
    """The list says of each policy whom it governs, since when and by whose authority."""
    said = words(client.get("/us-tx/policies"))

    assert "In force today" in said
    assert "us-tx/credit-by-examination@2005-03-07 Credit SPAN2 1 August 2020 State board of education, us-tx" in said


def test_a_policy_is_said_in_plain_words(client: FlaskClient) -> None:
    """An archived policy shows its clauses with the values of the day, each with its source."""
    digest = digest_of(client, "us-tx/credit-by-examination")
    said = words(client.get(f"/us-tx/policies/archived/{digest}?on=2026-06-05"))
    before = words(client.get(f"/us-tx/policies/archived/{digest}?on=2013-06-13"))

    assert "80 % on another approved test. 19 TAC §74.24(c) (read in the source)" in said
    assert "90 % on another approved test." in before
    assert "Adopted by State board of education (us-tx) from 1 August 2020, minute 7: first adoption." in said
    assert "90 until 13 June 2013 Commissioner's letter" in said


def test_an_installed_policy_is_shown_without_being_adopted(client: FlaskClient) -> None:
    """A policy of the catalogue has the same page, and says that it governs nobody."""
    said = words(client.get("/us-tx~pine-valley/policies/available/shared/behind@2000-01-01"))

    assert "Nobody: it is installed and not adopted in this ledger." in said


def test_a_name_that_is_a_script_stays_a_name(client: FlaskClient) -> None:
    """Names are written, never run."""
    page = client.get("/us-tx/learners?q=script").text

    assert "Kai &lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert page.count("<script") == page.count('<script src="/static/') == 1


def test_times_are_those_of_the_ledger(client: FlaskClient) -> None:
    """An instant is written in the zone of the ledger, which the foot names."""
    page = client.get("/us-tx/learners").text

    assert '<time datetime="2026-06-05T15:30:00.000000Z">5 June 2026, 10:30</time>' in page
    assert "Times are those of America/Chicago." in page
