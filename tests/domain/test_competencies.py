"""An edition of a framework: its canonical text, its order, and what a newer one changes."""

import json
from graphlib import CycleError
from unicodedata import normalize

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import values
from ledger.domain.competencies import (
    CHILD,
    PREREQUISITE,
    REPLACED_BY,
    SAME_AS,
    Competency,
    Criterion,
    CriterionLevel,
    Edition,
    Link,
    Rubric,
    content,
    cycle_of,
    edition_digest,
    edition_of,
    kept,
    outline,
    references,
)
from ledger.domain.framework_changes import Difference, difference
from ledger.domain.scales import scale_defined, scales


def competency(identity: str, **more: object) -> Competency:
    """Return a competency whose other members matter only where given."""
    return msgspec.structs.replace(Competency(id=identity, statement=f"Do {identity}", label=identity), **more)


def link(kind: str, origin: str, destination: str, sequence: int | None = None) -> Link:
    """Return an association without an identifier."""
    return Link(kind=kind, origin=origin, destination=destination, sequence=sequence)


def edition(*items: Competency, links: tuple[Link, ...] = (), **more: object) -> Edition:
    """Return an edition of the framework `f`."""
    return msgspec.structs.replace(Edition(framework="f", title="Small", items=items, links=links), **more)


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8).map(lambda text: normalize("NFC", text))
graphs = st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")), max_size=12)


@given(st.lists(st.builds(Competency, id=texts, statement=texts, label=texts, code=st.none() | texts), max_size=4))
def test_content_round_trips(items: list[Competency]) -> None:
    """An edition read back from its canonical text is the same edition with the same digest."""
    written = edition(*items)
    again = edition_of(content(written))

    assert again == written
    assert edition_digest(again) == edition_digest(written)


def test_content_is_canonical_and_names_absent_members() -> None:
    """The canonical text has sorted keys and nulls, and its SHA-256 is the digest of the edition."""
    text = content(edition(competency("a")))

    assert text.encode() == values.canonical(json.loads(text))
    assert '"adoption_status":null' in text
    assert edition_digest(edition(competency("a"))) == values.digest(text.encode())


def test_digest_of_this_edition_never_changes() -> None:
    """The digest of a fixed edition stands here in full, so that a change of the model is noticed."""
    fixed = edition(competency("a", code="A"), competency("b"), links=(link(PREREQUISITE, "a", "b"),))

    assert edition_digest(fixed) == "4c72d804b198ef12d70cec92b202b18049d92c8e8fb4f3af7ac9eb26545dc53d"


def test_members_nobody_named_are_kept_as_canonical_text() -> None:
    """What the model does not name is one canonical text, and nothing is null."""
    assert kept({"b": 1, "a": ["é"]}) == '{"a":["é"],"b":1}'
    assert kept({}) is None


@given(graphs)
def test_rank_puts_prerequisites_first(pairs: list[tuple[str, str]]) -> None:
    """Every competency stands after its prerequisites, unless they go in a circle, which is refused."""
    found = edition(*map(competency, "abcdef"), links=tuple(link(PREREQUISITE, *pair) for pair in pairs))
    graph = {name: tuple(sorted({end for start, end in pairs if start == name})) for name in "abcdef"}
    if cycle_of(graph):
        with pytest.raises(CycleError):
            outline(found)
        return
    rank = outline(found).rank

    assert sorted(rank.values()) == list(range(6))
    assert all(rank[first] < rank[then] for first, then in pairs)


def test_rank_breaks_ties_by_id() -> None:
    """Competencies that wait for nothing stand in the order of their ids, whatever the file's order."""
    found = edition(*map(competency, "cab"), links=(link(PREREQUISITE, "b", "a"),))

    assert outline(found).rank == {"b": 0, "c": 1, "a": 2}


@given(graphs)
def test_cycle_is_a_path_that_closes(pairs: list[tuple[str, str]]) -> None:
    """Each node of a cycle points to the next, the last to the first, and the smallest stands first."""
    graph = {name: tuple(end for start, end in pairs if start == name) for name in "abcdef"}
    cycle = cycle_of(graph)

    assert all(then in graph[first] for first, then in zip(cycle, (*cycle[1:], *cycle[:1]), strict=True))
    assert cycle[:1] == tuple(sorted(cycle))[:1]


def test_prerequisites_outside_the_edition_are_not_waited_for() -> None:
    """A prerequisite that is no competency of the edition is kept as a link and asked of nobody."""
    found = edition(competency("a"), links=(link(PREREQUISITE, "elsewhere", "a"), link(PREREQUISITE, "a", "beyond")))

    assert outline(found).prerequisites == {"a": ()}


def test_same_edge_twice_counts_once() -> None:
    """Two links that say the same give one parent and one child."""
    found = outline(edition(competency("a"), competency("b"), links=(link(CHILD, "b", "a"), link(CHILD, "b", "a"))))

    assert found.parents["b"] == ("a",)
    assert found.children["a"] == ("b",)


def test_siblings_stand_by_sequence_then_enumeration_code_and_file() -> None:
    """Sequence numbers go first; without them 2 stands before 10, and equals keep the order of the file."""
    items = (
        competency("p"),
        competency("code-10", code="M.10"),
        competency("code-2", code="M.2"),
        competency("listed", list_enumeration="1"),
        competency("last", code="M.10"),
        competency("second"),
        competency("first"),
    )
    links = (
        *(link(CHILD, item.id, "p") for item in items[1:5]),
        link(CHILD, "second", "p", 2),
        link(CHILD, "first", "p", 1),
    )

    assert outline(edition(*items, links=links)).children["p"] == (
        "first",
        "second",
        "code-2",
        "code-10",
        "last",
        "listed",
    )


def test_roots_are_competencies_without_a_parent_competency() -> None:
    """A child of the framework itself and an item without any parent are both roots, in order."""
    found = edition(
        *map(competency, "abc"),
        links=(link(CHILD, "b", "f", 1), link(CHILD, "a", "f", 2), link(CHILD, "c", "a")),
    )

    assert outline(found).roots() == ("b", "a")


def test_only_a_code_of_one_competency_names_it() -> None:
    """A code two competencies carry is no name, and one without code has none."""
    found = outline(
        edition(competency("a", code="M.1"), competency("b", code="M.1"), competency("c", code="M.2"), competency("d"))
    )

    assert {code: item.id for code, item in found.by_code.items()} == {"M.2": "c"}
    assert found.by_id["d"].label == "d"


def test_references_say_all_a_text_may_mean() -> None:
    """An id or URI means one competency even where another carries it as its code; codes may be shared."""
    one = competency("a", code="M.1", uri="https://example.org/a")
    two = competency("b", code="M.1", local="a")
    found = {text: tuple(item.id for item in items) for text, items in references(edition(one, two)).items()}

    assert found == {
        "a": ("a",),
        "urn:uuid:a": ("a",),
        "https://example.org/a": ("a",),
        "b": ("b",),
        "urn:uuid:b": ("b",),
        "M.1": ("a", "b"),
    }


def test_equal_editions_do_not_differ() -> None:
    """An edition against itself is no change, and an empty difference is false."""
    found = edition(competency("a"), competency("b"), links=(link(CHILD, "b", "a"),))

    assert difference(found, found) == Difference()
    assert not difference(found, found)


def test_difference_names_each_kind_of_change() -> None:
    """A newer edition says what came, went, was reworded, retired, moved, re-ordered and newly required."""
    old = edition(
        *map(competency, "abcdezgh"),
        links=(
            link(CHILD, "a", "f", 1),
            link(CHILD, "b", "f", 2),
            link(CHILD, "c", "b"),
            link(PREREQUISITE, "a", "b"),
            link(SAME_AS, "a", "x"),
        ),
        version="1",
        rubrics=(Rubric(id="r", title="R"),),
    )
    new = edition(
        competency("i"),
        competency("a", statement="Do a well"),
        competency("b", code="B"),
        competency("c"),
        competency("d", retired="2026-08-01"),
        competency("e", kind="Standard"),
        *map(competency, "gh"),
        links=(
            link(CHILD, "a", "f", 2),
            link(CHILD, "b", "f", 1),
            link(CHILD, "c", "a"),
            link(PREREQUISITE, "a", "c"),
            link(REPLACED_BY, "g", "h"),
            link(SAME_AS, "a", "y"),
        ),
        version="2",
    )

    assert difference(old, new) == Difference(
        added=("i",),
        removed=("z",),
        reworded=("a",),
        recoded=("b",),
        retired=("d",),
        re_parented=("c",),
        reordered=("f",),
        new_prerequisites=(("c", "a"),),
        dropped_prerequisites=(("b", "a"),),
        replaced=(("g", "h"),),
        details=("e",),
        links=2,
        framework=("version", "rubrics"),
    )


def test_retirement_taken_back_or_moved_is_a_change() -> None:
    """A competency that is current again is reinstated; another day of retirement is a detail."""
    old = edition(competency("a", retired="2026-08-01"), competency("b", retired="2026-08-01"))
    new = edition(competency("a"), competency("b", retired="2027-08-01"))

    assert difference(old, new) == Difference(reinstated=("a",), details=("b",))


def ladder(*levels: tuple[str, str | None]) -> Rubric:
    """Return a rubric of one criterion with these labels and values."""
    made = tuple(CriterionLevel(label=label, value=value) for label, value in levels)
    return Rubric(id="r", title="Essay", criteria=(Criterion(levels=made),))


def test_one_ladder_of_many_rubrics_is_one_scale() -> None:
    """Rubrics that share their levels give one scale named for the framework; another ladder a second."""
    low_high, three = ladder(("Low", "1"), ("High", "2")), ladder(("Low", "1"), ("Mid", "2"), ("High", "3"))
    one = scales(edition(rubrics=(low_high, low_high)))
    two = scales(edition(rubrics=(low_high, three)))

    assert [(scale.title, [level.label for level in scale.levels]) for scale in one] == [("Small", ["Low", "High"])]
    assert [scale.title for scale in two] == ["Essay", "Essay"]
    assert two[0].scale == one[0].scale != two[1].scale


@pytest.mark.parametrize(
    "levels",
    [
        (("Low", "2"), ("High", "1")),
        (("Low", "1"), ("High", None)),
        (("Low", "1"), ("Low", "2")),
        (("Low", "1"),),
        (),
    ],
)
def test_levels_that_do_not_rise_are_no_scale(levels: tuple[tuple[str, str | None], ...]) -> None:
    """A criterion whose levels fall, lack a value, share a label or stand alone gives no scale."""
    assert scales(edition(rubrics=(ladder(*levels),))) == ()


def test_digest_of_a_scale_covers_everything_but_itself() -> None:
    """The digest is that of the canonical content without the digest, and another title changes it."""
    made = scale_defined("s", "Scale", ())
    bare = {"bands": [], "levels": [], "scale": "s", "title": "Scale"}

    assert made.digest == values.digest(values.canonical(bare))
    assert scale_defined("s", "Other", ()).digest != made.digest
