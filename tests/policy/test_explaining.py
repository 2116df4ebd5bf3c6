"""A finding in plain words."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.catalogue import load
from ledger.policy import (
    UNKNOWN,
    Citation,
    Confidence,
    FactType,
    Policy,
    Words,
    all_of,
    any_of,
    but_if,
    by_default,
    clause,
    fact,
    final_when,
    grant,
    not_,
    param,
    route,
    route_taken,
)
from ledger.policy.evaluate import decide
from ledger.policy.explaining import Explanation, Line, Mark, clauses, explain, explanation_text
from ledger.policy.finding import Stage
from ledger.policy.layout import policy_text_in_words
from ledger.policy.plain import policy_in_words
from tests.policy.examples import CHALLENGE, FOLIO, definition, policy
from tests.policy.strategies import DAYS, PARAMETERS, SHEET, sheets, stages

DAY = date(2026, 5, 30)
LAW = Citation("Law", "(a)", Confidence.VERBATIM)
TEXAS = load().find("us-tx/credit-by-examination", DAY)
MASTERY = load().find("competency-based/mastery", DAY)
SCORE, DONE = definition("score"), definition("done", FactType.BOOLEAN, False)
A, B = clause("a", "A.", fact.done, LAW), clause("b", "B.", fact.done, LAW)


def sitting(
    number: int, day: date | None, percent: int, examination: str = "criterion-referenced", **more: Any
) -> dict[str, Any]:
    """Describe a sitting of an examination."""
    return {
        "ordinal": number,
        "taken_on": day or UNKNOWN,
        "examination": examination,
        "percent": Fraction(percent),
        "earlier_in_window": 0,
        **more,
    }


def texas(*sittings: dict[str, Any], on: date = DAY, entitlements: bool = True, **facts: Any) -> Explanation:
    """Decide Texas credit by examination and explain the finding."""
    sheet = {"sittings": sittings, "sittings_taken": len(sittings), "today": on, **facts}
    finding = decide(TEXAS, sheet, on, overrides={"instruction_route": True})
    return explain(TEXAS, finding, on, entitlements=entitlements)


def line(explanation: Explanation, key: str) -> Line:
    """Return the line of one clause."""
    return next(found for _, top in explanation.stages for found in clauses(top) if found.key == key)


APRIL = date(2026, 4, 10)


def test_a_clause_shows_what_was_measured() -> None:
    """A failing clause says what the learner has and what is needed, with its source and its facts."""
    found = line(texas(sitting(1, APRIL, 79, prior_instruction=False)), "score[1]")

    assert found == Line(
        Mark.NOT_YET,
        "80 % on another approved test.",
        "score[1]",
        "has 79, needs 80",
        "19 TAC §74.24(c)",
        Confidence.VERBATIM,
        decisive=True,
        facts=("examination[1]", "percent[1]"),
        next="sit an approved examination",
    )


def test_a_clause_shows_the_value_of_its_own_day() -> None:
    """Two sittings under two cuts each show their own."""
    found = texas(sitting(1, date(2013, 6, 13), 85), sitting(2, APRIL, 79))

    assert [line(found, "score[1]").text, line(found, "score[2]").text] == [
        "90 % on another approved test.",
        "80 % on another approved test.",
    ]
    assert line(found, "ap[1]").text == "… or higher on the Advanced Placement examination (not in force)."


def test_a_met_clause_shows_only_what_speaks_for_it() -> None:
    """Comparisons that failed beside the one that carried the clause are left out."""
    found = texas(sitting(1, APRIL, 80))

    assert line(found, "window[1]").measure == "has 0, needs less than 1"
    assert line(found, "in-time[1]").measure == ""
    assert line(found, "score[1]").measure == "has 80, needs 80"


def test_the_answer_is_one_sentence_in_the_jurisdiction_s_words() -> None:
    """Met, not yet, denied and undetermined read as the jurisdiction says them."""
    answers = [
        texas(sitting(1, APRIL, 80)).answer,
        texas().answer,
        texas(sitting(1, APRIL, 79, prior_instruction=False)).answer,
        texas(on=date(2026, 8, 12), course_start=date(2026, 8, 12)).answer,
        texas(sitting(1, APRIL, 70)).answer,
    ]

    assert answers == [
        "Credit earned: Credit by examination, grades 6 to 12.",
        "Not yet: An approved examination for the course has been taken (has 0, needs 1).",
        "Not yet: 80 % on another approved test (has 79, needs 80); 3 more below.",
        "No credit by examination: An approved examination for the course has been taken (has 0, needs 1).",
        "Undetermined until this is known: prior instruction in the subject by the day of the sitting (1).",
    ]


def test_an_undetermined_answer_names_what_would_settle_it() -> None:
    """The facts needed come with their names and what they are."""
    found = texas(sitting(1, APRIL, 70))

    assert found.needs == (("prior_instruction[1]", "prior instruction in the subject by the day of the sitting (1)"),)
    assert line(found, "after-instruction[1]").measure == (
        "not known: prior instruction in the subject by the day of the sitting (1)"
    )


def test_what_is_missing_and_what_next_follow_from_the_finding() -> None:
    """Unmet clauses and next steps are listed; a denied claim has none."""
    found = texas()
    closed = texas(on=date(2026, 8, 12), course_start=date(2026, 8, 12))

    assert [each.key for each in found.missing] == ["sitting"]
    assert found.next == ("sit an approved examination",)
    assert (closed.missing, closed.next) == ((), ())


def test_a_clause_that_reads_an_entitlement_can_be_left_out() -> None:
    """For a transcript the clause, and a fact needed by it, disappear without a trace."""
    crowded = (sitting(1, APRIL, 60), sitting(2, date(2026, 5, 10), 90, earlier_in_window=1))
    whole, cut = texas(*crowded), texas(*crowded, entitlements=False)

    assert line(whole, "window[2]").sensitive
    assert [name for name, _ in whole.needs] == ["any_time[2]"]
    assert cut.needs == ()
    assert "window[2]" not in [found.key for _, top in cut.stages for found in clauses(top)]
    assert "homeless" in explanation_text(whole)
    assert "homeless" not in explanation_text(cut)
    assert "may test at any time" not in explanation_text(cut)


def test_nothing_that_reads_an_entitlement_is_left_for_a_transcript() -> None:
    """Conditions, bare tests and next steps go with the clauses that read an entitlement."""
    entitled = definition("entitled", FactType.BOOLEAN, UNKNOWN, sensitive=True)
    helped = clause("helped", "Has the safety net.", fact.entitled, LAW, next="ask for the safety net")
    rule = all_of(final_when(fact.entitled, A), fact.entitled, helped, by_default(A, but_if(fact.score >= 1, B)))
    asked = policy(rule, SCORE, DONE, entitled)
    finding = decide(asked, {"entitled": False}, DAY)
    whole, cut = (explain(asked, finding, DAY, entitlements=shown) for shown in (True, False))
    closed = explain(asked, decide(asked, {"entitled": True}, DAY), DAY, entitlements=False)

    assert "entitled" in explanation_text(whole)
    assert "ask for the safety net" in whole.next
    assert "entitled" not in explanation_text(cut) + explanation_text(closed)
    assert "safety net" not in explanation_text(cut) + explanation_text(closed)
    assert "Part of the rule:" in explanation_text(closed)


def test_a_sentence_about_a_value_that_was_not_read_shows_the_override() -> None:
    """What a jurisdiction set itself stands in every sentence that names it."""
    asked = policy(clause("c", "At {cut} points.", fact.done, LAW), DONE, parameters=(PARAMETERS[0],))
    found = explain(asked, decide(asked, {}, DAY, overrides={"cut": 9}), DAY, overrides={"cut": 9})

    assert line(found, "c").text == "At 9 points."


def test_a_day_before_the_first_edition_is_said() -> None:
    """Not in force is an answer of its own."""
    found = texas(on=date(2004, 1, 1))

    assert found.answer == "Not applicable: us-tx/credit-by-examination@2005-03-07 is not in force on 2004-01-01."
    assert found.stages == ()


def test_the_stage_that_shut_the_door_is_explained() -> None:
    """A learner who may not claim sees the clause of that stage."""
    finding = decide(CHALLENGE, {"tries": 3, "enrolled": False, "credit_sought": 100}, DAY)
    found = explain(CHALLENGE, finding, DAY)

    assert found.answer == "Ineligible: At most 2 tries at a course (has 3, needs at most 2)."
    assert [stage for stage, _ in found.stages] == [Stage.ELIGIBLE]


def test_the_text_of_an_explanation_reads_from_answer_to_next() -> None:
    """The plain text has the answer, the marked tree, what is missing, and what next."""
    finding = decide(MASTERY, {"kinds_at_level": 1, "latest_level": Fraction(5, 2)}, DAY)

    assert explanation_text(explain(MASTERY, finding, DAY)) == (
        "Not yet: Level 3 or higher in 2 or more different kinds of task (has 1, needs 2); 1 more below.\n"
        "\n"
        "Requires\n"
        "  [ ] All of these:\n"
        "    [ ] Level 3 or higher in 2 or more different kinds of task. (has 1, needs 2)"
        "  [Competency-based baseline of this product (no statute)]\n"
        "    [ ] The most recent work that counts is at level 3 or higher. (has 2.5, needs 3)"
        "  [Competency-based baseline of this product (no statute)]\n"
        "    [x] Every competency that comes before this one is mastered."
        "  [Competency-based baseline of this product (no statute)]\n"
        "\n"
        "Still missing\n"
        "  Level 3 or higher in 2 or more different kinds of task. (has 1, needs 2)\n"
        "  The most recent work that counts is at level 3 or higher. (has 2.5, needs 3)\n"
        "\n"
        "Next: show the level in another kind of task; prepare again, then show the level once more.\n"
    )


def test_a_met_finding_shows_its_level_and_what_it_gives() -> None:
    """The level and the grants stand at the end."""
    finding = decide(MASTERY, {"kinds_at_level": 2, "latest_level": Fraction(3)}, DAY)

    assert explanation_text(explain(MASTERY, finding, DAY)).endswith("Level: 3\n")
    assert explanation_text(texas(sitting(1, APRIL, 80))).endswith(
        "Gives credit: 1\nGives transcript: examination score\n"
    )


def test_what_is_given_tells_nothing_of_an_entitlement() -> None:
    """A grant, or a route's name, that hangs on an entitlement is cut where entitlements are; others stay."""
    facts = [
        definition("a", FactType.BOOLEAN, False),
        replace(definition("e", FactType.BOOLEAN, False), sensitive=True),
    ]
    rule = any_of(route("net", "Safety net", clause("n", "N.", fact.e, LAW)), clause("a", "A.", fact.a, LAW))
    given = (grant("credit", 1), grant("way", "low pass", when=fact.e), grant("pathway", route_taken))
    asked = policy(rule, *facts, grants=given)
    finding = decide(asked, {"e": True}, DAY)
    whole, cut = (explain(asked, finding, DAY, entitlements=shown).gives for shown in (True, False))

    assert (("credit", "1"), ("way", "low pass"), ("pathway", "Safety net")) == whole
    assert (("credit", "1"),) == cut


def test_a_refusal_names_what_failed_and_not_what_let_the_learner_in() -> None:
    """The clause of a stage that was passed is decisive too, and no reason to say no."""
    facts = [definition(name, FactType.BOOLEAN, False) for name in "ab"]
    entered = clause("entered", "Entered in time.", fact.a, LAW)
    shown = clause("shown", "Shown.", fact.b, LAW)
    asked = policy(shown, *facts, applies=entered)
    finding = decide(asked, {"a": True}, DAY)

    assert ("entered", "shown") == finding.decisive
    assert "Not yet: Shown." == explain(asked, finding, DAY).answer


def test_what_nobody_has_seen_is_flagged_wherever_it_decides() -> None:
    """An explanation under an unverified policy says so; one under a verified policy does not."""
    facts = [definition("a", FactType.BOOLEAN, False)]
    asked = policy(clause("a", "A.", fact.a, LAW), *facts)
    seen = replace(asked, cites=LAW)
    said = [explanation_text(explain(each, decide(each, {}, DAY), DAY)) for each in (asked, seen)]

    assert [True, False] == ["UNVERIFIED" in text for text in said]


def test_a_list_in_an_explanation_names_its_members() -> None:
    """Each member has a line of its own, an empty list says that there is none."""
    text = explanation_text(explain(FOLIO, decide(FOLIO, {"graduating_class": 2028, "areas": ()}, DAY), DAY))
    areas = ({"area": "writing", "area_level": 2}, {"area": "number", "area_level": 3})
    found = explain(FOLIO, decide(FOLIO, {"graduating_class": 2028, "areas": areas}, DAY), DAY)

    assert "For each of the areas: none on record." in text
    assert "[ ] area writing" in explanation_text(found)
    assert "[x] area number" in explanation_text(found)
    assert line(found, "area[writing]").measure == "has 2, needs 3"


def test_items_of_which_enough_are_asked_are_lines_below_the_clause() -> None:
    """enough_of shows each member with the clause it was judged by, and how many count."""
    items = ({"item_kind": "artefact", "item_sound": True}, {"item_kind": "placement", "item_sound": False})
    sheet = {"graduating_class": 2028, "areas": ({"area": "writing", "area_level": 3},), "items": items}
    found = line(explain(FOLIO, decide(FOLIO, sheet, DAY), DAY), "items")

    assert [(each.mark, each.text) for each in found.parts] == [(Mark.MET, "entry 1"), (Mark.NOT_YET, "entry 2")]
    assert found.measure == "has 1, needs 3"


def test_conflicting_exceptions_are_marked() -> None:
    """A finding in which two exceptions hold says so."""
    rule = by_default(A, but_if(fact.done, clause("x", "X.", not_(fact.done), LAW)), but_if(fact.score >= 1, B))
    asked = policy(rule, SCORE, DONE)
    found = explain(asked, decide(asked, {"score": 1, "done": True}, DAY), DAY)

    assert found.conflict
    assert found.answer == "Undetermined: several exceptions to one rule hold at once; a person has to say which."


def test_bare_tests_are_lines_too() -> None:
    """A test that stands as a rule without a sentence is shown in words, and one below not_ has no measure."""
    asked = policy(all_of(fact.score >= 3, clause("n", "N.", not_(fact.score >= 9), LAW)), SCORE)
    found = explain(asked, decide(asked, {"score": 2}, DAY), DAY)

    assert [(each.mark, each.text) for each in found.stages[0][1].parts] == [
        (Mark.NOT_YET, "score is 3 or more"),
        (Mark.MET, "N."),
    ]
    assert line(found, "n").measure == ""


def test_a_clause_with_several_measures_labels_each() -> None:
    """Two numbers in one clause are told apart."""
    two = clause("two", "Two.", all_of(fact.score >= 3, fact.score < fact.best), LAW)
    asked = policy(two, SCORE, definition("best"))
    found = explain(asked, decide(asked, {"score": 2, "best": 1}, DAY), DAY)
    alone = explain(asked, decide(asked, {"score": 2}, DAY), DAY)

    assert line(found, "two").measure == "score: has 2, needs 3; score: has 2, needs less than 1"
    assert "has 2, nothing to compare it with is on record" in line(alone, "two").measure


def test_a_route_that_is_shut_says_so_in_its_measure() -> None:
    """A number compared with a parameter that is not in force has nothing to reach."""
    asked = policy(clause("c", "C.", fact.score >= param.shut, LAW), SCORE, parameters=(PARAMETERS[1],))

    assert line(explain(asked, decide(asked, {"score": 2}, DAY), DAY), "c").measure == (
        "has 2, this route is not in force"
    )


def test_the_words_of_outcomes_are_the_jurisdiction_s() -> None:
    """Each outcome is said in the policy's own word."""
    asked = policy(A, DONE, words=Words(not_yet="in progress"))

    assert explain(asked, decide(asked, {}, DAY), DAY).word == "in progress"


@settings(deadline=None, max_examples=100, suppress_health_check=list(HealthCheck))
@given(stages(), st.data())
def test_anything_that_can_be_decided_can_be_explained(parts: dict[str, Any], data: st.DataObject) -> None:
    """Every clause of a finding has a line, marked as it came out, and both texts can be laid out."""
    asked: Policy = policy(parts.pop("requires"), *SHEET, parameters=PARAMETERS, **parts)
    finding = decide(asked, data.draw(sheets(asked.applies, asked.eligible, asked.requires)), DAYS[1])
    found = explain(asked, finding, DAYS[1])
    lines = [each for _, top in found.stages for each in clauses(top)]

    assert [clause.key for clause in finding.sentences()] == [each.key for each in lines]
    assert {each.key for each in lines if each.decisive} <= set(finding.decisive)
    assert finding.next == found.next
    assert explanation_text(found)
    assert policy_text_in_words(policy_in_words(asked, DAYS[1]))
