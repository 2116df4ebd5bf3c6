"""A fold over a whole ledger: our typed scan beside a bare scan with untyped decode.

Both count events by topic and by the outcome of decisions, the smallest question that needs every event
decoded. Ours reads through the log, each event decoded into its type; bare runs the same query through
sqlite3 and decodes with `msgspec.json.decode`; the textbook side selects notifications and lets its mapper
make its events of them.
"""

from collections import Counter
from collections.abc import Callable

import msgspec

from benchmarks import bare, content, textbook
from benchmarks.measuring import Check, Measure, Report, Setting, Side, Target, Work, interleaved, ratio_of
from ledger.application import Ledger
from ledger.domain.learner import Decided
from ledger.domain.topics import TOPIC_OF
from ledger.importing import ImportOptions, import_evidence

ROWS_EACH = 16
LEARNERS = 1_000
PAGE = 500

Counts = Counter[tuple[str, str | None]]


def run(setting: Setting) -> Report:
    """Measure the fold of a ledger made by an import."""
    file = content.write_file(setting.directory / "fold.csv", setting.size(LEARNERS, 10), ROWS_EACH, 6)
    with content.classroom(setting.directory / "fold-home") as ledger:
        import_evidence(ledger, content.operator(ledger), file, ImportOptions())
        found: dict[str, Counts] = {}
        application = textbook.school(setting.directory / "fold-textbook.db")
        _twins(ledger, application)
        sides: dict[str, Side] = {
            "ours": lambda _: _work(found, "ours", lambda: _ours(ledger)),
            "bare": lambda _: _work(found, "bare", lambda: _bare(ledger)),
            "textbook": lambda _: _work(found, "textbook", lambda: _textbook(application)),
        }
        rates = interleaved(setting.rounds, sides)
    ratio = ratio_of(rates["ours"], rates["bare"])
    name = f"fold of a ledger of {found['ours'].total()} events"
    return Report(
        [Measure(name, "events/s", **rates, ratio=ratio, against="bare", target=Target(0.6))],
        [
            Check("fold: counts by topic and outcome", found["ours"], found["bare"]),
            Check("fold: the textbook's counts", _of_learners(found["ours"]), _of_learners(found["textbook"])),
        ],
    )


def _work(found: dict[str, Counts], side: str, count: Callable[[], Counts]) -> Work:
    def work() -> int:
        found[side] = count()
        return found[side].total()

    return work


def _ours(ledger: Ledger) -> Counts:
    counts: Counts = Counter()
    for event in ledger.log.scan():
        data = event.data
        counts[TOPIC_OF[type(data)], data.outcome if type(data) is Decided else None] += 1
    return counts


def _bare(ledger: Ledger) -> Counts:
    counts: Counts = Counter()
    connection = bare.opened(ledger.log.path)
    decode = msgspec.json.decode
    query = "SELECT position, originator_id, originator_version, topic, state FROM stored_events ORDER BY position"
    for row in connection.execute(query):
        counts[row[3], decode(row[4])["data"].get("outcome")] += 1
    connection.close()
    return counts


def _textbook(application: textbook.School) -> Counts:
    counts: Counts = Counter()
    after = 0
    while page := application.recorder.select_notifications(after + 1, PAGE):
        for notification in page:
            event = application.mapper.to_domain_event(notification)
            counts[type(event).__name__, getattr(event, "outcome", None)] += 1
        after = page[-1].id
    return counts


def _of_learners(counts: Counts) -> dict[tuple[bool, str | None], int]:
    """Return how many pieces of evidence there are, and how many decisions of each outcome."""
    wanted = ("learner.evidence-recorded.1", "learner.decided.1", "EvidenceRecorded", "Decided")
    return {(outcome is None, outcome): count for (topic, outcome), count in counts.items() if topic in wanted}


def _twins(ledger: Ledger, application: textbook.School) -> None:
    learners: dict[str, textbook.Learner] = {}
    for event in ledger.log.scan():
        if event.originator_id.startswith("learner/"):
            learner = learners.setdefault(event.originator_id, textbook.Learner(event.originator_id))
            textbook.tell(learner, event.data, textbook.ready(event.data))
    for learner in learners.values():
        application.save(learner)
