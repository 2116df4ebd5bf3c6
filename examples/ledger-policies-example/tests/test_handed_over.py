"""What no case can say: that the catalogue takes the package, and that a score never does harm."""

from datetime import date

from ledger.catalogue import load
from ledger.policy import Outcome
from ledger.policy.evaluate import decide

DAY = date(2026, 5, 30)
FACTS = {"enrolled": False, "tries": 1, "taken_on": DAY, "course_begins": date(2026, 8, 17)}


def test_the_catalogue_takes_the_package() -> None:
    """The installed plugin is loaded by its name, without a problem."""
    assert load(("example",)).find("example-midland/course-challenge", DAY).title == "Credit by challenging a course"


def test_a_better_score_never_does_harm() -> None:
    """Once a score is enough, every better one is."""
    policy = load(("example",)).find("example-midland/course-challenge", DAY)
    met = [decide(policy, {**FACTS, "score": score}, DAY).outcome is Outcome.MET for score in range(101)]

    assert met == sorted(met)
    assert met.count(True) == 21
