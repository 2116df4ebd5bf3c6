"""Naming subjects, levels and scores for people."""

from dataclasses import replace

from ledger.domain.governance import Governance
from ledger.domain.shapes import Result, Subject
from ledger.inquiry.views import ResultView, SubjectView
from ledger.policy.explaining import Explanation, Line

MOST_NAMED = 4
"""Members an answer names; the rest is counted."""


class Naming:
    """Finds the labels of subjects and levels in the frameworks and scales a ledger holds."""

    def __init__(self, governance: Governance) -> None:
        self._governance = governance
        self._labels: dict[str, str] | None = None
        self._subjects: dict[tuple[str, str | None], SubjectView] = {}

    def subject(self, subject: Subject) -> SubjectView:
        """Return a subject with the names of the edition it was written under."""
        key = (subject.key, subject.framework)
        if key not in self._subjects:
            self._subjects[key] = self._subject(subject)
        return self._subjects[key]

    def by_key(self, key: str) -> SubjectView:
        """Return a subject by its key, with the names of the edition held now."""
        kind, _, identity = key.partition("/")
        edition = None
        for digest in self._governance.current_editions(self._governance.position).values():
            if identity in self._governance.outline(digest).by_id:
                edition = digest
        return self.subject(Subject(kind=kind, id=identity, framework=edition))  # type: ignore[arg-type]

    def _subject(self, subject: Subject) -> SubjectView:
        item = None
        if subject.framework is not None:
            try:
                item = self._governance.outline(subject.framework).by_id.get(subject.id)
            except KeyError:
                item = None
        if item is None:
            return SubjectView(subject.key, subject.kind, subject.id, "", subject.id, "")
        return SubjectView(subject.key, subject.kind, subject.id, item.code or "", item.label, item.statement)

    def named(self, explanation: Explanation) -> Explanation:
        """Put labels where an explanation names members of a list by their ids."""
        return replace(
            explanation,
            answer=self._answer(explanation),
            stages=tuple((stage, self._line(line)) for stage, line in explanation.stages),
            missing=tuple(self._missing(line) for line in explanation.missing),
        )

    def _answer(self, explanation: Explanation) -> str:
        """Say for which members of a list the answer is open: a sentence about each of them names none."""
        labels = [label for line in explanation.missing if (label := self._member(line))]
        if not labels:
            return explanation.answer
        more = f" and {len(labels) - MOST_NAMED} more" if len(labels) > MOST_NAMED else ""
        return f"{explanation.answer.rstrip('.')} (open: {', '.join(labels[:MOST_NAMED])}{more})."

    def _member(self, line: Line) -> str:
        return self.label(line.key.partition("[")[2].rstrip("]"))

    def _line(self, line: Line) -> Line:
        *words, last = line.text.split(" ")
        label = "" if line.key else self.label(last)
        text = " ".join((*words, label)) if label else line.text
        return replace(line, text=text, parts=tuple(self._line(part) for part in line.parts))

    def _missing(self, line: Line) -> Line:
        label = self._member(line)
        return replace(line, text=f"{label}: {line.text}") if label else line

    def label(self, identity: str) -> str:
        """Return the label of a competency by its id, empty for anything else."""
        if self._labels is None:
            current = self._governance.current_editions(self._governance.position).values()
            outlines = [self._governance.outline(digest) for digest in current]
            self._labels = {
                identity: item.code or item.label for outline in outlines for identity, item in outline.by_id.items()
            }
        return self._labels.get(identity, "")

    def result(self, result: Result) -> ResultView:
        """Return a result in words."""
        return ResultView(self.subject(result.subject), self._words(result))

    def _words(self, result: Result) -> str:
        if result.absent_reason is not None:
            return f"no result: {result.absent_reason}"
        if result.passed is not None:
            return "passed" if result.passed else "not passed"
        if result.score is not None:
            most = f" of {result.score.maximum}" if result.score.maximum is not None else ""
            return f"{result.score.value}{most}"
        label = self._label(result)
        return f"level {result.level} ({label})" if label not in ("", result.level) else f"level {result.level}"

    def _label(self, result: Result) -> str:
        scale = self._governance.scale(result.scale) if result.scale else None
        labels = {level.value: level.label for level in scale.levels} if scale else {}
        return labels.get(result.level or "", "")
