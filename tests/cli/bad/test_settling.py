"""Settling what cannot be settled, from the command line."""

from pathlib import Path

from tests.cli.support import Terminal, written

HEARD = ("--reason", "The family was heard.")
HEAD = "learner,question,subject,award,version,adoption\n"


def test_it_is_said_what_is_to_be(class_: Terminal) -> None:
    """Neither of the two rulings is usual."""
    said = class_.refused("settle", "S-1", "--question", "MASTERY", "--subject", "M.1", *HEARD)

    assert "say what is to be: --as-it-stands or --anew" == said


def test_one_or_many_but_not_both(class_: Terminal, tmp_path: Path) -> None:
    """A learner beside a file, and a learner without a question, are refused."""
    file = written(tmp_path, "some.csv", HEAD)
    wanted = "name one decision by LEARNER, --question and --subject, or many with --from FILE"
    both = class_.refused(
        *("settle", "S-1", "--question", "MASTERY", "--subject", "M.1", "--from", file, "--anew", *HEARD)
    )

    assert (wanted, wanted) == (both, class_.refused("settle", "S-1", "--anew", *HEARD))


def test_every_fault_of_a_file_is_told(class_: Terminal, tmp_path: Path) -> None:
    """What is missing or of another form is named with its line and column, and nothing is settled."""
    learner = class_.learner("S-1")
    file = written(
        tmp_path,
        "some.csv",
        f"{HEAD}S-1,MASTERY,competency/m1,standard,4,9\n{learner},GRADE,competency/m1,standard,four,-9\n"
        f"{learner},MASTERY,,standard,4,9\n",
    )

    assert [
        f"{file}:2 [learner]: it is the UUID of a learner, as the list prints it",
        (
            f"{file}:3 [question]: it is one of READINESS, MASTERY, SUPPORT, CREDIT, ADVANCEMENT, "
            "CERTIFICATION, GRADUATION"
        ),
        f"{file}:3 [version]: it is a whole number, as the list prints it",
        f"{file}:3 [adoption]: it is a whole number, as the list prints it",
        f"{file}:4 [subject]: subject is empty; every row needs one",
    ] == class_.refused("settle", "--from", file, "--anew", *HEARD).splitlines()


def test_a_file_without_the_columns_that_say_what_was_seen(class_: Terminal, tmp_path: Path) -> None:
    """Without version and adoption nobody knows what the person ruled on."""
    file = written(tmp_path, "some.csv", "learner,question,subject,award\n")
    said = class_.refused("settle", "--from", file, "--anew", *HEARD)

    assert ["version", "adoption"] == [name for name in ("version", "adoption") if name in said]
