"""No number tells of few learners, and none can be had by subtraction."""

from hypothesis import given
from hypothesis import strategies as st

from ledger.pilots.hiding import FEWEST, Cell, joined_at_the_end, shown

CELLS = st.integers(0, 30).map(lambda number: Cell(number, number))
TABLES = st.dictionaries(st.sampled_from("abcdef"), CELLS, max_size=6)


@given(TABLES)
def test_no_small_cell_is_shown(table: dict[str, Cell]) -> None:
    """Whatever is shown is none, or tells of ten learners at least."""
    found = shown(table)

    assert table.keys() == found.keys()
    assert all(count in (0, table[name].count) for name, count in found.items() if count is not None)
    assert not any(0 < count < FEWEST for count in found.values() if count is not None)


@given(TABLES)
def test_nothing_hidden_follows_from_the_sum(table: dict[str, Cell]) -> None:
    """What is hidden are at least two numbers that hold something, or all that is shown beside it is none."""
    hidden = [name for name, count in shown(table).items() if count is None]
    small = [name for name, cell in table.items() if cell.is_small]

    assert set(small) <= set(hidden)
    assert not small or len(hidden) >= 2 or len(table) == 1 or set(hidden) == set(table)


@given(TABLES)
def test_what_is_large_enough_is_shown(table: dict[str, Cell]) -> None:
    """Where no number tells of few, nothing is hidden."""
    large = {name: cell for name, cell in table.items() if not cell.is_small}

    assert {name: cell.count for name, cell in large.items()} == shown(large)


def test_many_answers_of_few_learners_are_hidden() -> None:
    """What counts is how many learners stand behind a number, not how large it is."""
    found = shown({"met": Cell(120, 40), "not_yet": Cell(60, 9), "denied": Cell(20, 15)})

    assert {"met": 120, "not_yet": None, "denied": None} == found


def test_a_single_small_cell_hides_its_table() -> None:
    """Beside nothing but zeros a small number would follow from the sum; all is hidden."""
    assert {"met": None, "not_yet": None} == shown({"met": Cell(3, 3), "not_yet": Cell(0, 0)})


def test_the_small_end_of_a_distribution_is_joined() -> None:
    """Three and four tries, each of few, become three or more; what is still small after that is joined on."""
    table = {1: Cell(50, 40), 2: Cell(30, 25), 3: Cell(12, 11), 4: Cell(4, 4), 7: Cell(1, 1)}

    assert {"1": Cell(50, 40), "2": Cell(30, 25), "3 or more": Cell(17, 11)} == joined_at_the_end(table)


def test_a_distribution_of_few_is_one_number() -> None:
    """Where even all together are few, one number is left, and it is small."""
    found = joined_at_the_end({1: Cell(2, 2), 2: Cell(3, 3), 3: Cell(0, 0)})

    assert {"1 or more": Cell(5, 3)} == found
    assert {} == joined_at_the_end({})
