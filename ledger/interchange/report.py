"""Collects what is wrong with one file, and what is only worth a word."""

from dataclasses import dataclass, field

from ledger.errors import Fault


@dataclass(slots=True)
class _Remark:
    pointer: str
    line: int
    words: dict[str, object]
    count: int = 1


@dataclass(slots=True)
class Report:
    """The faults and warnings of one file.

    Warnings of one kind become one sentence with their `{count}` and the place of the first.
    """

    file: str
    faults: list[Fault] = field(default_factory=list)
    _remarks: dict[str, _Remark] = field(default_factory=dict)

    def fault(self, why: str, *, pointer: str = "", line: int = 0, name: str = "") -> None:
        """Note a fault; nothing of the file is used."""
        self.faults.append(Fault(self.file, line, pointer, name, why))

    def warn(self, sentence: str, *, pointer: str = "", line: int = 0, **words: object) -> None:
        """Note something that does not stop the file; `words` fill the sentence, the first time counts."""
        found = self._remarks.get(sentence)
        if found:
            found.count += 1
        else:
            self._remarks[sentence] = _Remark(pointer, line, words)

    @property
    def warnings(self) -> tuple[Fault, ...]:
        """Each kind of warning once, in the order they were first met."""
        return tuple(
            Fault(self.file, remark.line, remark.pointer, "", sentence.format(count=remark.count, **remark.words))
            for sentence, remark in self._remarks.items()
        )
