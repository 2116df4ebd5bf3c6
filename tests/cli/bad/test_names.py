"""Names, options and values that cannot be."""

import shutil
from pathlib import Path

import msgspec
import pytest

from ledger.application.learning import record_evidence
from ledger.domain.shapes import Score
from ledger.errors import InputFaults
from ledger.importing.by_hand import evidence_by_hand
from ledger.values import random_identifier
from tests.cli.support import DISTRICT, Terminal

TASK = ("--kind", "task", "--purpose", "summative")
ADOPT = ("--jurisdiction", DISTRICT, "--from", "2026-08-01", "--authority", "Board", "--reason", "Why")


def test_without_a_ledger_the_first_step_is_told(tmp_path: Path) -> None:
    """Where there is no ledger yet, the command that makes one is named."""
    home = tmp_path / "none"

    assert f"there is no ledger in {home}; make one with `mastery init`" == Terminal(home).refused("learners")


def test_of_several_ledgers_one_must_be_named(school: Terminal) -> None:
    """Where several ledgers are, those there are is told."""
    school.ok("init", "us-tx", "--kind", "state", "--zone", "UTC")

    assert (
        f"several ledgers are in {school.home}: name one of us-tx, us-tx/pine-valley with --ledger"
    ) == school.refused("learners")
    assert f"there is no ledger 'us-ny' in {school.home}; there are us-tx, us-tx/pine-valley" == school.refused(
        "--ledger", "us-ny", "learners"
    )


def test_an_unknown_learner_is_named(school: Terminal) -> None:
    """Nothing is recorded about an unknown learner unless --new says so; nobody else's id is revealed."""
    unknown = random_identifier()

    assert "no learner has the id 'S-9'; `mastery learners` lists those there are" == school.refused("learner", "S-9")
    assert (
        f"nothing is on record about the learner '{unknown}'; `mastery learners` lists those there are"
    ) == school.refused("learner", unknown)
    assert "no learner has the id 'S-9'; to record something about a new learner, add --new" == school.refused(
        "record", "evidence", "S-9", "--competency", "M.1", *TASK, "--level", "3"
    )


def test_a_refused_record_makes_no_learner(school: Terminal) -> None:
    """Evidence that is refused leaves no trace of the new learner in the vault."""
    words = ("--new", "--competency", "M.1", *TASK, "--level", "9", "--occurred", "2999-01-01", "--attempt", "0")
    said = school.refused("record", "evidence", "S-9", *words)

    assert "--attempt: '0' is not a count of tries such as 1 or 2" == said
    preparation = ("record", "preparation", "S-9", "--new", "--competency", "M.9", "--kind", "tutoring")
    assert "no framework held here has a competency 'M.9'" in school.refused(*preparation)
    with school.open() as ledger:
        assert None is ledger.vault.find("S-9")
        today = ledger.today()
    said = school.refused("record", "evidence", "S-9", *words[:-2]).splitlines()
    levels = "Beginning (1), Developing (2), Proficient (3), Advanced (4)"
    assert [
        f"--level: '9' is no level of the scale Four levels; its levels are: {levels}",
        f"--occurred: 2999-01-01 is in the future (today is {today}); evidence is of something that happened",
    ] == said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--level", "3"), "say what it is evidence of: --competency, --course or --requirement"),
        (
            ("--competency", "M.1"),
            "give exactly one of --level, --score, --passed, --not-passed and --absent; missing is never zero",
        ),
        (
            ("--competency", "M.1", "--level", "3", "--passed"),
            "give exactly one of --level, --score, --passed, --not-passed and --absent; missing is never zero",
        ),
        (
            ("--competency", "M.11", "--level", "3"),
            "--competency: no competency has the id or code 'M.11' (did you mean 'M.1'?)",
        ),
        (("--course", "ALG", "--score", "NaN"), "--score: 'NaN' is not a plain decimal number such as 84 or 84.5"),
        (("--course", "ALG", "--score", "1e400"), "--score: '1e400' is not a plain decimal number such as 84 or 84.5"),
        (("--course", "ALG", "--score", "101", "--of", "100"), "--score: the score 101 is above its maximum 100"),
        (
            ("--course", "ALG", "--passed", "--occurred", "30.5.2026"),
            "--occurred: '30.5.2026' is not a date such as 2026-05-30 or 2026-05-30T14:05",
        ),
    ],
)
def test_evidence_that_cannot_be_is_refused(school: Terminal, words: tuple[str, ...], said: str) -> None:
    """Each value that cannot be is told with its option."""
    assert said == school.refused("record", "evidence", "S-9", "--new", *TASK, *words)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ("approval", "S-9", "--new", "--kind", "consent", "--by", "G", "--course", "A", "--competency", "M.1"),
            "give only one of --competency, --course and --requirement",
        ),
        (
            ("status", "S-9", "--new", "--code", "c", "--basis", "b", "--from", "2026-02-01", "--until", "2026-01-01"),
            "--until 2026-01-01 is before --from 2026-02-01",
        ),
    ],
)
def test_entries_that_cannot_be_are_refused(school: Terminal, words: tuple[str, ...], said: str) -> None:
    """Options that contradict each other are told."""
    assert said == school.refused("record", *words)


def test_a_moment_that_cannot_be_is_refused(school: Terminal) -> None:
    """A date that is none is told with the forms a date may have."""
    words = ("S-9", "--new", "--kind", "consent", "--by", "G", "--occurred", "yesterday")

    assert (
        "Error: Invalid value for '--occurred': 'yesterday' is not a date such as 2026-05-30 or 2026-05-30T14:05"
    ) == school.refused("record", "approval", *words).splitlines()[-1]


def test_evidence_by_hand_needs_what_a_row_needs(school: Terminal) -> None:
    """Fields that no file could do without are asked for here too."""
    with school.open() as ledger, pytest.raises(InputFaults) as refused:
        evidence_by_hand(ledger, {"kind": "task"})

    assert "the column 'purpose' is missing" in str(refused.value)


def test_an_approval_to_come_is_refused(school: Terminal) -> None:
    """Nobody has said yes in the future."""
    words = ("S-9", "--new", "--kind", "consent", "--by", "G", "--occurred", "2999-01-01")

    assert school.refused("record", "approval", *words).startswith("--occurred: 2999-01-01 is in the future (today is ")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--from", "30.5.2026"), "Invalid value for '--from': '30.5.2026' is not a date such as 2026-05-30"),
        (("--from", "2026-02-30"), "Invalid value for '--from': '2026-02-30' is not a date such as 2026-05-30"),
        (("--param", "level"), "Invalid value for '--param': 'level' is not NAME=VALUE, as in level=3"),
        (
            ("--reason", " "),
            "Invalid value for '--reason': a text is needed here, neither blank nor with broken characters",
        ),
    ],
)
def test_values_of_options_that_cannot_be_are_refused(school: Terminal, words: tuple[str, ...], said: str) -> None:
    """A value an option cannot have is told with the option, after how the command is used."""
    refused = school.refused("adopt", "competency-based/mastery", *ADOPT, *words)

    assert f"Error: {said}." in (refused.splitlines()[-1], f"{refused.splitlines()[-1]}.")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ("competency-based/master", *ADOPT),
            "there is no policy 'competency-based/master' (did you mean 'competency-based/mastery'?).",
        ),
        (
            ("competency-based/mastery@2001-01-01", *ADOPT),
            "competency-based/mastery has no edition of 2001-01-01; there is competency-based/mastery@2000-01-01.",
        ),
        (
            ("competency-based/mastery@first", *ADOPT),
            "'competency-based/mastery@first': after @ stands the first day of an edition, such as 2026-05-30",
        ),
        (
            ("competency-based/mastery", *ADOPT, "--param", "level=3", "--param", "level=2"),
            "the parameter 'level' is given twice",
        ),
        (
            ("competency-based/mastery", *ADOPT, "--scale", "Five levels"),
            "no scale is called 'Five levels' here; there is Four levels",
        ),
        (
            ("competency-based/mastery", *ADOPT, "--subject", "M.9"),
            "no framework held here has a competency 'M.9'; import one with `mastery import framework`",
        ),
    ],
)
def test_adoptions_that_cannot_be_are_refused(school: Terminal, words: tuple[str, ...], said: str) -> None:
    """An adoption that names what is not there is refused with what there is."""
    assert said == school.refused("adopt", *words)


def test_all_that_is_wrong_with_an_adoption_is_told_at_once(school: Terminal) -> None:
    """Unknown, ill-typed and unlawful values are told together, a line each."""
    words = ("--param", "tires=3", "--param", "score=70", "--param", "ap=many")
    said = school.refused("adopt", "us-tx/credit-by-examination", *ADOPT, *words).splitlines()

    assert ["param.ap", "param.score", "param.tires"] == sorted(
        line.partition(", ")[2].partition(":")[0] for line in said if "param." in line
    )


@pytest.mark.parametrize(
    "words", [("explain",), ("explain", "S-1"), ("explain", "S-1", "2", "--at", "16")], ids=" ".join
)
def test_a_decision_must_be_named_in_one_way(class_: Terminal, words: tuple[str, ...]) -> None:
    """A decision is named by learner and version, or by position, not by less and not by both."""
    assert "name the decision by LEARNER and VERSION, or with --at POSITION" == class_.refused(*words)


def test_what_is_no_decision_cannot_be_explained(class_: Terminal) -> None:
    """A version or position that is no decision is told."""
    assert "there is no decision at position 1; `mastery decisions` lists them" == class_.refused(
        "explain", "--at", "1"
    )
    learner = class_.learner("S-2")
    assert f"version 1 of learner {learner} is not a decision; `mastery decisions` lists them" == class_.refused(
        "explain", "S-2", "1"
    )


def test_corrections_that_cannot_be_are_refused(class_: Terminal) -> None:
    """A correction that changes nothing, or of what is not there, is told."""
    (one,) = [one["evidence_id"] for one in class_.json("learner", "S-2")["evidence"]]
    other, learner = random_identifier(), class_.learner("S-2")

    assert "this is what the evidence says already; nothing was changed" == class_.refused(
        "correct", "S-2", one, "--level", "2", "--reason", "Why"
    )
    assert (
        f"learner {learner} has no evidence {other}; `mastery learner {learner}` lists what there is"
    ) == class_.refused("withdraw", "S-2", other, "--reason", "Why")
    assert "learner" in class_.refused("withdraw", "S-1", one, "--reason", "Why")


def test_results_that_differ_are_not_guessed(school: Terminal) -> None:
    """Where results differ from subject to subject, another subject needs a result of its own."""
    with school.open() as ledger:
        identity = ledger.vault.learner_id("S-9")
        said = evidence_by_hand(ledger, {"kind": "task", "purpose": "summative", "score": "3"}, ["M.1", "M.2"])
        first, second = said.results
        differing = (first, msgspec.structs.replace(second, score=Score(value="4")))
        said = msgspec.structs.replace(said, evidence_id=random_identifier(), results=differing)
        record_evidence(ledger, ledger.author("operator", "operator"), identity, said)

    assert "the results differ from subject to subject; give the new result too" == school.refused(
        "correct", "S-9", said.evidence_id, "--course", "ALG", "--reason", "Why"
    )


def test_a_day_to_come_is_no_tick(school: Terminal) -> None:
    """The calendar does not move into the future."""
    assert school.refused("tick", "--through", "2999-01-01").startswith("2999-01-01 has not come yet; today is ")


def test_a_name_that_cannot_be_makes_no_ledger(tmp_path: Path) -> None:
    """A jurisdiction or zone that cannot be is told before anything is made."""
    terminal = Terminal(tmp_path / "home")

    assert (
        "'US TX' is not a jurisdiction's name: use lower-case letters, digits and hyphens, with / between state, "
        "district and school, as in us-tx/pine-valley"
    ) == terminal.refused("init", "US TX", "--kind", "state", "--zone", "UTC")
    assert "'Texas' is not a time zone: use an IANA name such as America/Chicago" == terminal.refused(
        "init", "us-tx", "--kind", "state", "--zone", "Texas"
    )
    assert not terminal.home.exists()


def test_a_file_that_is_not_there_is_named(school: Terminal) -> None:
    """A file that is not there is told by click, with status 2."""
    assert "File 'nowhere.csv' does not exist." in school.refused("import", "evidence", "nowhere.csv")


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """What the operating system refuses is one sentence."""
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "ledgers").write_text("a file where a folder should be")
    result = Terminal(tmp_path / "home").run("init", "us-tx", "--kind", "state", "--zone", "UTC")

    assert 2 == result.exit_code
    assert result.stderr.startswith(str(tmp_path))
    assert 1 == len(result.stderr.splitlines())


def test_a_damaged_ledger_is_a_finding(school: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is not a ledger is told with status 1, and with where it was raised when asked to debug."""
    (file,) = (school.home / "ledgers").glob("*.db")
    shutil.copy(school.home / "vault.db", file)
    result = school.run("learners")

    assert (1, f"{file} is a database, but not a ledger\n") == (result.exit_code, result.stderr)
    monkeypatch.setenv("MASTERY_DEBUG", "1")
    with pytest.raises(Exception, match="is a database, but not a ledger"):
        school.run("learners")
