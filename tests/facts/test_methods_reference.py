"""What the reference says of every method there is."""

from ledger.facts.methods import ITEM_METHODS, METHODS
from ledger.facts.methods.base import Better
from ledger.facts.reference import ArgumentReference, MethodKind, method_references

REFERENCES = {each.name: each for each in method_references()}
OF_NOTHING = ("when_none", "empty list", "always", "of nothing, 0")


def test_every_method_is_in_the_reference_once() -> None:
    """The reference names the methods of whole facts and those of members, and no other."""
    assert list(REFERENCES) == [*METHODS, *ITEM_METHODS]
    assert len(method_references()) == len(REFERENCES)


def test_every_method_of_whole_facts_is_named_with_its_version() -> None:
    """A method's name ends in its version, which is a number."""
    unversioned = [name for name in METHODS if not name.partition(".")[2].isdecimal()]

    assert unversioned == []


def test_every_formula_is_a_sentence_that_says_what_nothing_gives() -> None:
    """A formula ends with a full stop, says what there is of nothing, and stands under a title."""
    open_ended = [name for name, each in REFERENCES.items() if not each.formula.endswith(".")]
    silent = [name for name, each in REFERENCES.items() if not any(word in each.formula for word in OF_NOTHING)]
    unnamed = [name for name, each in REFERENCES.items() if not each.title or each.title != each.title.strip()]

    assert (open_ended, silent, unnamed) == ([], [], [])


def test_every_formula_names_the_arguments_it_takes() -> None:
    """Arguments of folds and members stand in the formula under their names, but for rounding, which says itself."""
    told = {
        (each.name, argument.name)
        for each in REFERENCES.values()
        if each.kind is not MethodKind.LOOK_UP
        for argument in each.arguments
        if f"`{argument.name}`" not in each.formula and argument.name != "round_to"
    }

    assert told == set()


def test_every_source_is_a_sentence() -> None:
    """A source, where a formula has one, ends like a sentence."""
    assert [each.name for each in REFERENCES.values() if each.source and not each.source.endswith(".")] == []


def test_a_fold_says_all_there_is_to_say() -> None:
    """The reference of a fold holds its types, measures, what it reads, its arguments and its claim."""
    weighted = REFERENCES["weighted.1"]

    assert (weighted.kind, weighted.types, weighted.measures) == (
        MethodKind.WHOLE,
        ("fraction",),
        ("level", "percent", "value"),
    )
    assert (weighted.reads, weighted.better, weighted.ordered) == (("evidence",), Better.NEVER_LOWERS_UNCUT, True)
    assert weighted.arguments == (
        ArgumentReference(
            "weight",
            "share of the latest, in percent from 0 to 100",
            ("a whole number", "a fraction"),
            "from 0 to 100",
            "",
            False,
        ),
        ArgumentReference(
            "round_to",
            "the multiple the result is rounded to, a half up; without it nothing is rounded",
            ("a whole number", "a fraction"),
            "more than 0",
            "",
            True,
        ),
    )


def test_look_ups_and_members_measure_nothing() -> None:
    """What folds no items has no measure, no order and no claim; a member reads what its list reads."""
    status, value = REFERENCES["status_day.1"], REFERENCES["item.value"]
    edge = next(argument for argument in status.arguments if argument.name == "edge")

    assert (status.kind, status.measures, status.better, status.ordered) == (MethodKind.LOOK_UP, (), None, False)
    assert (value.kind, value.reads, value.title) == (MethodKind.MEMBER, (), "value")
    assert (edge.allowed, edge.default, edge.optional) == ("first, last", "first", False)
