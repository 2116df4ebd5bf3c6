"""`mastery pilots`, in a folder with a state and two districts."""

import csv
import io
from pathlib import Path

import pytest

from tests.cli.support import EVIDENCE, FRAMEWORK, SCALE, Terminal, written

PINE, OAK = "us-tx/pine", "us-tx/oak"
BOARD = ("--authority", "State board")
OPEN = (
    *("pilots", "open", "One kind", "--purpose", "Is one enough?", "--question", "mastery", *BOARD),
    *("--from", "2026-01-01", "--until", "2099-06-30", "--exit", "finish-under-pilot", "--finish-by", "2099-12-31"),
)
CERTIFY = ("pilots", "certify", "one kind", "--capacity", "superintendent", "--statement", "Complete")
EXIT = (
    "whoever is in the middle at the end finishes under the pilot, to 2099-12-31 at the longest; "
    "what was decided stands"
)
BOUND = "binding learners of us-tx/pine in grades 9 in courses ALG"


class Places(Terminal):
    """Types commands about a state, `at` a district of it."""

    def at(self, ledger: str, *words: object) -> str:
        """Type a command about one of the ledgers."""
        return self.ok("--ledger", ledger, *words)

    def said_no(self, ledger: str, *words: object) -> str:
        """Type a command about one of the ledgers that is refused."""
        return self.refused("--ledger", ledger, *words)


@pytest.fixture
def there(tmp_path: Path) -> Places:
    """A state with mastery adopted, Pine with two learners, and Oak with none."""
    places = Places(tmp_path / "home")
    zone = ("--zone", "America/Chicago")
    places.ok("init", "us-tx", "--kind", "state", *zone, "--name", "ledger.test/tx")
    places.at("us-tx", "import", "framework", written(tmp_path, "mathematics.csv", FRAMEWORK), "--name", "mathematics")
    places.at("us-tx", "import", "scale", written(tmp_path, "scale.toml", SCALE))
    adopt = ("adopt", "competency-based/mastery", "--jurisdiction", "us-tx", "--from", "2020-01-01", *BOARD)
    places.run("--ledger", "us-tx", *adopt, "--scale", "Four levels", "--reason", "One rule")
    for name in (PINE, OAK):
        above = ("--parent", "us-tx", "--upstream", "us-tx", "--name", f"ledger.test/{name}")
        places.ok("init", name, "--kind", "district", *zone, *above)
        places.at(name, "upstream", "pull")
    places.at(PINE, "import", "evidence", written(tmp_path, "results.csv", EVIDENCE))
    return places


@pytest.fixture
def piloted(there: Places) -> Places:
    """The same with a pilot in both districts, received by both."""
    there.at("us-tx", *OPEN, "--organisation", PINE, "--organisation", f"{OAK}=2026-09-01")
    for name in (PINE, OAK):
        there.at(name, "upstream", "pull")
    return there


def test_a_pilot_is_told_when_it_is_opened(there: Places) -> None:
    """`open` says by whom, for whom from when, how it ends, by what law, and what there is to adopt."""
    law = ("--waiver", "Statute 1", "--waiver-says", "A rule may be set aside.", "--waiver-link", "https://law.test/1")
    narrow = ("--grade", "9", "--course", "ALG")
    said = there.at("us-tx", *OPEN, "--organisation", f"{PINE}=2026-09-01", *narrow, *law).splitlines()

    assert said[0].startswith("The pilot 'One kind' is opened (position ")
    assert [
        "  MASTERY (standard), 2026-01-01 to 2099-06-30, under way",
        "  by State board, of us-tx: Is one enough?",
        "  us-tx/pine from 2026-09-01",
        "  only grades 9",
        "  only courses ALG",
        f"  {EXIT}",
        "  waiver: Statute 1: A rule may be set aside. (no bound set here)",
        f"  to adopt under it here: 2026-09-01 to 2099-06-30, {BOUND}",
        f"  to adopt under it here: 2099-07-01 to 2099-12-31, {BOUND} who began (course) by 2099-06-30",
        "  figures of us-tx/pine: not submitted",
    ] == said[2:]


def test_pilots_are_listed_where_they_are_known(piloted: Places) -> None:
    """A district lists what it received; where there is none, that is said."""
    shown = piloted.at(PINE, "pilots", "list")

    assert "One kind  MASTERY (standard)  2026-01-01  2099-06-30  under way" in shown
    assert "1 pilot.\n" == shown[shown.index("1 pilot") :]
    assert ["One kind"] == [one["title"] for one in piloted.json("--ledger", OAK, "pilots", "list")["pilots"]]


def test_a_pilot_is_extended_and_ended(piloted: Places) -> None:
    """Each says what became of the pilot; `show` says the same afterwards."""
    longer = piloted.at(
        *("us-tx", "pilots", "extend", "One kind", "--until", "2100-06-30", "--finish-by", "2101-01-31"),
        *(*BOARD, "--reason", "More is to be learned"),
    )
    sooner = piloted.at("us-tx", "pilots", "end", "One kind", "--until", "2098-06-30", *BOARD, "--reason", "Enough")
    (_, *shown) = piloted.at("us-tx", "pilots", "show", "One kind").splitlines()

    assert "The pilot 'One kind' lasts longer (position " in longer
    assert "2026-01-01 to 2100-06-30, under way" in longer
    assert "The pilot 'One kind' ends sooner (position " in sooner
    assert shown == sooner.splitlines()[2:]
    assert "  MASTERY (standard), 2026-01-01 to 2098-06-30, under way" == shown[0]


def test_figures_go_from_hand_to_hand(piloted: Places, tmp_path: Path) -> None:
    """Submitted by one person, certified by another, written into a file, received once."""
    file = tmp_path / "pine.figures.json"
    submitted = piloted.at(PINE, "--as", "analyst", "pilots", "submit", "One kind")
    certified = piloted.at(PINE, "--as", "chief", *CERTIFY)
    exported = piloted.at(PINE, "pilots", "export", "One kind", file)
    received = piloted.at("us-tx", "pilots", "receive", file)
    again = piloted.at("us-tx", "pilots", "receive", "--from", PINE, "--pilot", "One kind")

    assert submitted.startswith("Submitted at position ")
    assert "    learners: hidden\n    with evidence: hidden\n    answers: hidden\n    met: hidden\n" in submitted
    assert submitted.endswith("Another person certifies them: mastery pilots certify\n")
    assert certified.startswith("The figures of us-tx/pine are certified (position ")
    assert f"The certified figures of us-tx/pine are in {file}.\n" == exported
    assert received.startswith("The figures of us-tx/pine are received (position ")
    assert "These figures of us-tx/pine are held already.\n" == again
    assert "figures of us-tx/pine: received (certified at position " in piloted.at(
        "us-tx", "pilots", "show", "One kind"
    )


def test_events_of_a_pilot_are_told_in_a_line(piloted: Places) -> None:
    """`mastery events` says of each event what happened to the pilot."""
    piloted.at(PINE, "--as", "analyst", "pilots", "submit", "One kind")
    piloted.at(PINE, "--as", "chief", *CERTIFY)
    piloted.at("us-tx", "pilots", "receive", "--from", PINE, "--pilot", "One kind")
    more = (*BOARD, "--reason", "r")
    piloted.at("us-tx", "pilots", "extend", "One kind", "--until", "2099-07-31", *more)
    piloted.at("us-tx", "pilots", "end", "One kind", "--until", "2099-01-31", *more)
    told = {
        ledger: [
            one["summary"] for one in piloted.json("--ledger", ledger, "events", "--after", 1, "--limit", 90)["events"]
        ]
        for ledger in ("us-tx", PINE)
    }
    position = next(one for one in told[PINE] if one.startswith("figures of")).rpartition(" ")[2]

    assert [
        "pilot 'One kind': MASTERY, 2026-01-01 to 2099-06-30",
        "figures of us-tx/pine received from ledger.test/us-tx/pine",
        "the pilot lasts to 2099-07-31",
        "the pilot ends on 2099-01-31",
    ] == told["us-tx"][-4:]
    assert [
        f"figures of us-tx/pine submitted, of position {position}",
        "figures certified by the superintendent",
    ] == told[PINE][-2:]


def test_what_was_not_submitted_is_said_in_words(piloted: Places) -> None:
    """`compare` says hidden and not submitted where there is no number, and puts each rule to all."""
    piloted.at(PINE, "--as", "analyst", "pilots", "submit", "One kind")
    piloted.at(PINE, "--as", "chief", *CERTIFY)
    piloted.at("us-tx", "pilots", "receive", "--from", PINE, "--pilot", "One kind")
    said = piloted.at("us-tx", "pilots", "compare", "One kind", "--with", "us-tx/elm")
    lines = [line.rstrip() for line in said.splitlines()]

    assert "One kind: MASTERY (standard), 2026-01-01 to 2099-06-30" == lines[0]
    assert "1 of 3 organisations submitted figures." == lines[1]
    assert "  us-tx/elm (to compare with): not submitted" in lines
    assert [("hidden", "not submitted", "not submitted")] == [
        tuple(" ".join(line.split()[2:]) for line in lines if line.startswith("learners  "))
    ]
    assert [["us-tx/pine", "hidden"], ["us-tx/oak"], ["us-tx/elm"]] == [
        line.split()[:2] if "hidden" in line else line.split()[:1] for line in lines[-4:-1]
    ]
    assert lines[-2].count("not available: submit figures") == 3
    assert "Hidden: fewer than 10 learners, or a number from which such a one would follow." == lines[-1]


def test_a_comparison_is_a_table_for_programs(piloted: Places) -> None:
    """`--csv` prints a row for each number, the cells of the matrix among them; `--json` prints the same."""
    text = piloted.at("us-tx", "pilots", "compare", "One kind", "--csv")
    rows = list(csv.DictReader(io.StringIO(text)))
    found = piloted.json("--ledger", "us-tx", "pilots", "compare", "One kind", "--no-matrix")
    without = [row for row in rows if row["measure"] != "met under the rule of"]

    assert [row["state"] for row in without] == [row["state"] for row in found["rows"]] == ["not submitted"] * 14
    assert 4 == len(rows) - len(without)
    assert {""} == {row["value"] for row in without}
    assert [] == found["matrix"]


def test_half_a_waiver_is_refused(there: Places) -> None:
    """A citation without the sentence is no waiver; nothing is opened."""
    said = there.said_no("us-tx", *OPEN, "--organisation", PINE, "--waiver", "Statute 1")

    assert "a waiver has a citation and a sentence: give both --waiver and --waiver-says" in said


@pytest.mark.parametrize(
    "words", [(), ("--from", PINE), ("--pilot", "One kind")], ids=["nothing", "no pilot", "no ledger"]
)
def test_received_is_a_file_or_a_ledger(piloted: Places, words: tuple[str, ...]) -> None:
    """Neither a file nor a ledger and a pilot: it is said what to name."""
    said = piloted.said_no("us-tx", "pilots", "receive", *words)

    assert "name a file, or a ledger of this folder and a pilot with --from and --pilot" in said


def test_a_first_day_that_is_none_is_refused(there: Places) -> None:
    """After the equals sign of an organisation stands a day."""
    said = there.said_no("us-tx", *OPEN, "--organisation", f"{PINE}=autumn")

    assert "'autumn' is not a date such as 2026-05-30" in said
