"""`mastery events`."""

from ledger.cli.event_text import _SAYS
from ledger.domain.erasure import Erased
from ledger.domain.topics import TOPIC_OF
from tests.cli.support import Terminal


def test_every_event_can_be_said() -> None:
    """There is a sentence for every payload an event may hold."""
    assert set(TOPIC_OF) | {Erased} == set(_SAYS)


def test_the_log_is_shown(class_: Terminal) -> None:
    """The log is shown in order, an event a line, with what happened."""
    said = class_.ok("events").splitlines()

    assert ["position", "at", "stream", "version", "topic", "by", "what"] == said[0].split()
    assert 19 == len(said)
    assert said[1].endswith("the ledger ledger.test/pine of us-tx/pine-valley (district) began")
    assert said[3].endswith("Four levels: Beginning, Developing, Proficient, Advanced")
    adopted = "us-tx/pine-valley answers MASTERY with competency-based/mastery@2000-01-01 from 2020-01-01"
    assert said[5].endswith(adopted)
    assert said[8].endswith("M.1 is a priority standard of ALG from 2020-01-01")
    assert said[10].endswith("summative task, M.1 Adds whole numbers: level 3 (Proficient)")


def test_the_log_comes_in_parts(class_: Terminal) -> None:
    """With a limit, the position after which to go on is told."""
    first = class_.json("events", "--limit", "10")
    second = class_.json("events", "--after", first["next"])

    assert [*range(1, 19)] == [one["position"] for one in (*first["events"], *second["events"])]
    assert None is second["next"]
    assert "More: the same command with --after 10" == class_.ok("events", "--limit", "10").splitlines()[-1]
    assert "No event follows.\n" == class_.ok("events", "--after", "18")


def test_one_stream_is_shown(class_: Terminal) -> None:
    """A stream is shown with the versions of its events, each payload field by field in JSON."""
    found = class_.json("events", "--stream", f"learner/{class_.learner('S-2')}", "--after", "15")["events"]

    assert [2, 3, 4] == [one["version"] for one in found]
    assert {"learner.decided.1"} == {one["topic"] for one in found}
    assert "not_yet" == found[0]["data"]["outcome"]
    assert {"operator"} == {one["role"] for one in found}


def test_everything_recorded_can_be_shown(class_: Terminal) -> None:
    """Each kind of entry is said in a line."""
    (one,) = [one["evidence_id"] for one in class_.json("learner", "S-2")["evidence"]]
    class_.ok("correct", "S-2", one, "--level", "1", "--reason", "Why")
    class_.ok("withdraw", "S-2", one, "--reason", "Why")
    class_.ok("record", "preparation", "S-2", "--competency", "M.1", "--kind", "tutoring")
    class_.ok("record", "status", "S-2", "--code", "us-xx/status", "--course", "ALG", "--basis", "Law", "--not")
    class_.ok("record", "approval", "S-2", "--kind", "consent", "--course", "ALG", "--by", "G-1")
    class_.ok("record", "approval", "S-2", "--kind", "consent", "--by", "G-1", "--refused")
    class_.ok("tick", "--through", "2026-01-01")
    said = class_.ok("events", "--after", "18")

    for expected in (
        "corrected: summative task, M.1 Adds whole numbers: level 1 (Beginning)\n",
        f"evidence {one} withdrawn\n",
        "tutoring, M.1 Adds whole numbers\n",
        "us-xx/status does not hold, course ALG, the beginning to further notice\n",
        "consent given, course ALG\n",
        "consent refused\n",
        "the calendar moved to 2026-01-01\n",
    ):
        assert expected in said


def test_an_unknown_stream_is_refused(school: Terminal) -> None:
    """A stream that is not there is named."""
    assert "there is no stream 'learner/x' in this ledger; `mastery events` shows those there are" == school.refused(
        "events", "--stream", "learner/x"
    )
