"""`mastery adopt` and `mastery designate`."""

from tests.cli.support import DISTRICT, Terminal, adopt


def test_an_adoption_is_told(school: Terminal) -> None:
    """`adopt` says who answers what with which edition, from when, and with which values of its own."""
    said = adopt(
        school, "competency-based/readiness", "--until", "2030-07-31", "--param", "level=2.5", "--subject", "M.1"
    )
    identity = school.json("events", "--after", 10)["events"][-1]["data"]["selector"]["ids"][0]

    assert (
        f"us-tx/pine-valley answers READINESS of a competency ({identity}) with "
        "competency-based/readiness@2000-01-01, from 2020-01-01 to 2030-07-31 (position 11).\n"
        '  level = {"fraction":[5,2]}\n'
        "What is recorded from now on is decided by it.\n"
        "warning: The scale Four levels has no bands: scores are not read as levels and do not count.\n"
    ) == said


def test_an_adoption_is_told_in_json(school: Terminal) -> None:
    """`adopt --json` prints the adoption as stored; the scale is named by its title."""
    words = ("adopt", "competency-based/course-advancement@2000-01-01", "--jurisdiction", DISTRICT)
    board = ("--authority", "Board", "--dated", "2026-01-15", "--minute", "7", "--link", "https://board.test/7")
    options = ("--from", "2026-08-01", "--subject", "ALG", "--scale", "Four levels", *board, "--reason", "Why")
    found = school.json(*words, *options)

    assert 11 == found["position"]
    assert {"kind": "course", "ids": ["ALG"]} == found["adoption"]["selector"]
    authority = {"body": "Board", "date": "2026-01-15", "minute": "7", "link": "https://board.test/7"}
    assert authority == found["adoption"]["authority"]
    assert 64 == len(found["adoption"]["scale"])


def test_a_designation_is_told_and_taken_back(school: Terminal) -> None:
    """`designate` names the standards of a course; with --not it takes them back."""
    board = ("--from", "2026-08-01", "--authority", "Department")

    assert "M.2 are priority standards of GEO from 2026-08-01 (position 10).\n" == school.ok(
        "designate", "M.2", "--course", "GEO", *board
    )
    assert "M.2 are no longer priority standards of GEO from 2026-08-01 (position 11).\n" == school.ok(
        "designate", "M.2", "--course", "GEO", "--not", *board
    )


def test_a_designation_is_told_in_json(school: Terminal) -> None:
    """`designate --json` prints the competencies by id."""
    found = school.json("designate", "M.1", "--course", "GEO", "--from", "2026-08-01", "--authority", "Department")

    assert (10, "GEO", True, 1) == (found["position"], found["course"], found["priority"], len(found["competencies"]))


def test_an_adoption_says_what_it_does_not_do(class_: Terminal) -> None:
    """Learners on record are not decided anew by an adoption, and it says so."""
    assert (
        "2 learners on record already: what stands for them is kept; what was never asked about them is asked by "
        "`mastery tick`."
    ) == adopt(class_, "competency-based/readiness").splitlines()[-1]


def test_whoever_acts_is_named_in_the_log(school: Terminal) -> None:
    """`--as` names who acts; the log holds a vault id."""
    school.ok("--as", "T-1", "designate", "M.1", "--course", "GEO", "--from", "2026-08-01", "--authority", "Board")
    (event,) = school.json("events", "--after", 9)["events"]

    with school.open() as ledger:
        assert ledger.vault.find_person("T-1") == event["actor"]
