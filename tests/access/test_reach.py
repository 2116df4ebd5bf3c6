"""Where learners attend, as the read model lays it out, against the fold of their own streams."""

from datetime import date
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.domain.belonging import BelongingRetracted, CourseEnrolled, CourseLeft, GradeOfRecordSet
from ledger.domain.erasure import PayloadsErased
from ledger.domain.shapes import Payload
from ledger.facts.attending import attending_on, spans_of
from ledger.facts.belonging import Belonging
from ledger.projections.attending import class_members, learners_meant, learners_within, sections_of
from ledger.projections.filters import Filter
from ledger.projections.queries import find_decisions, find_learners, overview
from ledger.projections.rebuild import rebuild
from ledger.projections.runner import catch_up
from ledger.projections.within import Within
from ledger.storage.log import Log
from ledger.storage.read_models import ReadModels
from tests.facts.belongings import DAYS, NORTH, SOUTH, begun, day, enrolled, moved
from tests.projections.support import ADA, BEN, TEXT, add, decided, open_log, open_models

PINE = "us-xx/pine"
NEVER = "us-xx/pine/north-annexe"
PLACES = st.sampled_from([NORTH, SOUTH])
WHEN = st.integers(0, 10)


def taken(place: int, section: str | None, organisation: str | None, last: int | None) -> CourseEnrolled:
    """Let the learner take a course in a class."""
    last_day = None if last is None else day(max(place, last))
    return begun("ALG1", place, section=section, organisation=organisation, last_day=last_day)


ENTRIES = st.one_of(
    st.builds(enrolled, PLACES, WHEN, st.none(), st.sampled_from([None, "8", "9"])),
    st.builds(lambda one, first, more: enrolled(one, first, first + more), PLACES, WHEN, st.integers(0, 3)),
    st.builds(lambda place: moved(NORTH, SOUTH, place), WHEN),
    st.builds(lambda place: GradeOfRecordSet(grade="10", first_day=day(place)), WHEN),
    st.builds(taken, WHEN, st.sampled_from([None, "1", "2"]), st.sampled_from([None, NORTH, SOUTH]), st.none() | WHEN),
    st.builds(lambda place: CourseLeft(course="ALG1", day=day(place)), WHEN),
    st.integers(1, 6),
)
"""What may be recorded; a number retracts the entry of that version, where there is one."""


def written(entries: list[Payload | int]) -> tuple[list[Payload], Belonging]:
    """Return what is written of a learner, and what it comes to."""
    belonging, payloads = Belonging(), list[Payload]()
    for one in entries:
        if isinstance(one, int) and not belonging.holds(one):
            continue
        payload = BelongingRetracted(entry=one, reason=TEXT) if isinstance(one, int) else one
        payloads.append(payload)
        belonging.apply(len(payloads), payload)
    return payloads, belonging


@settings(deadline=None, max_examples=60)
@given(st.lists(ENTRIES, max_size=8))
def test_spans_say_of_every_day_what_the_fold_says(entries: list[Payload | int]) -> None:
    """On each day exactly the spans that cover it hold, one a course at most, and neighbours differ."""
    belonging = written(entries)[1]
    spans = list(spans_of(belonging))

    for one in [*DAYS, day(40)]:
        held = [span.attending for span in spans if span.first_day <= one <= (span.last_day or one)]
        assert list(attending_on(belonging, one)) == held
    for earlier, later in pairwise(spans):
        if earlier.attending == later.attending:
            assert earlier.last_day is not None
            assert (
                date.fromisoformat(later.first_day).toordinal() - date.fromisoformat(earlier.last_day).toordinal() > 1
            )


@settings(deadline=None, max_examples=25)
@given(st.lists(ENTRIES, max_size=7), st.lists(ENTRIES, max_size=7), st.integers(1, 9), WHEN)
def test_reach_is_what_the_streams_say(
    ada: list[Payload | int], ben: list[Payload | int], page: int, place: int
) -> None:
    """By any pages, the learners within schools and classes are those whose own stream says so on the day."""
    on = date.fromisoformat(day(place))
    with TemporaryDirectory() as folder:
        log, models = open_log(Path(folder) / "ledger.db"), open_models(Path(folder))
        found = {}
        for learner, entries in ((ADA, ada), (BEN, ben)):
            payloads, found[learner] = written(entries)
            for payload in payloads:
                add(log, f"learner/{learner}", payload)
        catch_up(log, models, page=page)
        reached = {
            (organisation, section): learners_within(models, [organisation] if section is None else [], sections, on)
            for organisation in (PINE, NORTH, SOUTH, NEVER)
            for section in (None, "1", "2")
            for sections in ([] if section is None else [(organisation, section)],)
        }
        differences = rebuild(log, models)
        log.close()

    assert () == differences
    for (organisation, section), learners in reached.items():
        expected = {learner for learner, one in found.items() if attends(one, day(place), organisation, section)}
        assert expected == set(learners)


def attends(belonging: Belonging, on: str, organisation: str, section: str | None) -> bool:
    """Say whether a learner attends a place or what is below it, or a class of it."""
    held = [one for one in attending_on(belonging, on) if one.organisation]
    if section is not None:
        return any((one.organisation, one.section) == (organisation, section) for one in held)
    return any(one.organisation == organisation or str(one.organisation).startswith(organisation + "/") for one in held)


def filled(log: Log, models: ReadModels) -> date:
    """Record two learners, one in each school, with a decision about each."""
    add(log, f"learner/{ADA}", enrolled(NORTH, 0), begun("ALG1", 0, section="1"), decided())
    add(log, f"learner/{BEN}", enrolled(SOUTH, 0, grade="9"), begun("ALG1", 0, section="1"), decided())
    catch_up(log, models)
    return date.fromisoformat(day(3))


def test_a_class_has_its_members_and_a_school_its_classes(log: Log, models: ReadModels) -> None:
    """A class of the same name in another school is another class."""
    on = filled(log, models)
    members = class_members(models, SOUTH, "1", on)

    assert [(BEN, "ALG1", "9")] == [(one.learner, one.course, one.grade) for one in members]
    assert [(SOUTH, "1", "ALG1", 1)] == [
        (one.organisation, one.section, one.course, one.learners) for one in sections_of(models, [SOUTH], on)
    ]
    assert 2 == len(sections_of(models, ["us-xx/pine"], on))
    assert () == sections_of(models, [], on)
    assert () == class_members(models, SOUTH, "1", date(2020, 1, 1))


def test_lists_and_counts_are_narrowed_to_whom_one_reaches(log: Log, models: ReadModels) -> None:
    """With nobody reached, nothing is listed and nothing counted; a learner named is meant wherever enrolled."""
    on = filled(log, models).isoformat()
    for within, expected in (
        (Within(on), set()),
        (Within(on, frozenset({NORTH})), {ADA}),
        (Within(on, frozenset(), frozenset({(SOUTH, "1")})), {BEN}),
        (Within(on, frozenset({NORTH}), frozenset(), frozenset({BEN})), {ADA, BEN}),
        (Within(on, frozenset({"us-xx"})), {ADA, BEN}),
    ):
        counted = overview(models, within)

        assert expected == {row.learner for row in find_learners(models, Filter(within=within)).rows}
        assert expected == {row.learner for row in find_learners(models, Filter(outcome="met", within=within)).rows}
        assert expected == {row.learner for row in find_decisions(models, Filter(within=within)).rows}
        assert (len(expected), len(expected)) == (counted.learners, counted.decisions)
        assert expected == set(learners_meant(models, within))


def test_where_somebody_belonged_is_forgotten_with_the_payloads(log: Log, models: ReadModels) -> None:
    """After an erasure nobody is reached through what was erased, and read models made anew say the same."""
    on = filled(log, models)
    add(log, f"learner/{ADA}", PayloadsErased(versions=(1, 2), basis="order", decisions=False))
    catch_up(log, models)

    assert frozenset({BEN}) == learners_within(models, [PINE], [], on)
