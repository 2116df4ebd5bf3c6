"""What a change would do to each group: ranges that hold the count, hidden where small, noted where unfair."""

from hypothesis import given
from hypothesis import strategies as st

from ledger.inquiry.impact_groups import Impact, impact_among
from ledger.simulation.breakdown import Grouping
from ledger.values import digest


def impact(members: dict[str, int], losing: dict[str, int], others: int = 0, others_losing: int = 0) -> Impact:
    """Return the impact on groups of so many learners, of whom so many lose, and on others who are in no group."""
    groups: dict[str, tuple[str, ...]] = {}
    lost: set[str] = set()
    for name, size in {**members, "": others}.items():
        learners = [f"{name}-{number}" for number in range(size)]
        groups |= dict.fromkeys(learners, (name,) if name else ())
        lost |= set(learners[: losing.get(name, 0) if name else others_losing])
    grouping = Grouping(groups, lambda about: bytes.fromhex(digest(about)))
    return impact_among("us-xx", list(groups), set(), lost, grouping)


def test_a_small_group_is_hidden() -> None:
    """Of fewer than ten nothing is shown."""
    found = impact({"few": 9}, {"few": 9}, others=200)

    assert [(str(one.learners), str(one.lose), one.least, one.unfair) for one in found.groups] == [
        ("hidden", "hidden", None, False)
    ]


def test_a_group_that_loses_far_more_often_is_noted() -> None:
    """Where even the least its share can be is over one and a quarter times that of the whole."""
    found = impact({"English learner": 140}, {"English learner": 100}, others=1000, others_losing=20)

    assert [one.group for one in found.unfair] == ["English learner"]


def test_a_group_that_loses_like_all_is_not() -> None:
    """No note where every group loses as often as the whole."""
    found = impact({"one": 200, "other": 200}, {"one": 40, "other": 40}, others=100, others_losing=20)

    assert found.unfair == ()
    assert (found.learners, found.lose, found.gain) == (500, 100, 0)


def test_nobody_on_record_is_no_group() -> None:
    """An empty ledger has an impact of nothing."""
    found = impact({}, {})

    assert found == Impact(0, 0, 0, ())


@given(st.integers(0, 300), st.integers(0, 300), st.integers(10, 300))
def test_what_is_shown_holds_what_is_so(size: int, lost: int, others: int) -> None:
    """For any group the range holds the count, and the share lies between the least and the most."""
    lost = min(size, lost)
    found = impact({"group": size}, {"group": lost}, others=others)

    for one in found.groups:
        if one.lose.at_least is not None and one.lose.below is not None:
            assert one.lose.at_least <= lost < one.lose.below
        if one.least is not None and one.most is not None:
            assert one.least <= 100 * lost / size <= one.most
