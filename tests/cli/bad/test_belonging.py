"""`mastery record` about where a learner belongs, given what cannot be."""

import pytest

from tests.cli.support import Terminal

ONE_OF = "give --from, --completed or --left, and only one of them"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(("course", "S-2", "ALG"), ONE_OF, id="neither begun nor ended"),
        pytest.param(
            ("course", "S-2", "ALG", "--from", "2025-08-18", "--left", "2025-12-19"), ONE_OF, id="begun and left"
        ),
        pytest.param(
            ("course", "S-2", "ALG", "--left", "2025-12-19", "--section", "3"),
            "--until and --section go with --from",
            id="left a section",
        ),
        pytest.param(
            ("course", "S-2", "ALG", "--left", "2025-12-19", "--until", "2026-12-19"),
            "--until and --section go with --from",
            id="left until",
        ),
        pytest.param(
            ("enrolment", "S-2", "--organisation", "North", "--from", "2025-08-18"),
            "organisation: 'North' is not an organisation: name it below its district, in small letters, digits and "
            "hyphens, as in us-tx/pine-valley/north-high",
            id="a title",
        ),
        pytest.param(
            ("grade", "S-9", "--grade", "9", "--from", "2025-08-18"),
            "no learner has the id 'S-9'; to record something about a new learner, add --new",
            id="nobody",
        ),
    ],
)
def test_what_cannot_be_is_refused(class_: Terminal, words: tuple[str, ...], said: str) -> None:
    """The command says what is wrong, and writes nothing."""
    assert said == class_.refused("record", *words)


def test_what_is_no_entry_is_not_retracted(class_: Terminal) -> None:
    """Evidence is not taken back by its version."""
    said = class_.refused("record", "retraction", "S-2", "--entry", "1", "--reason", "Mistaken")

    assert said.startswith("version 1 of learner ")
