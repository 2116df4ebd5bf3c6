"""A finding in plain words: the answer, the tree behind it with marks and measures, what is missing, what next."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from ledger.policy.citation import Confidence
from ledger.policy.finding import Finding, Stage
from ledger.policy.model import Grant, Outcome, Policy
from ledger.policy.nodes import Sentence
from ledger.policy.order import MET, Pair, Rank
from ledger.policy.plain import source
from ledger.policy.result import Result
from ledger.policy.result import needs as needs_of
from ledger.policy.rules import Always, Each, EnoughOf, FinalWhen, Not, Route, Some
from ledger.policy.sheet import ABSENT, Between, Missing, Value, value_words
from ledger.policy.terms import Comparison, FactTerm, Node, Operator, RouteTaken, needed_facts, walk
from ledger.policy.wording import Wording, same_group, wording_on


class Mark(StrEnum):
    """How a line came out."""

    MET = "met"
    NOT_YET = "not yet"
    DENIED = "denied"
    NEEDS_PANEL = "needs a panel"
    OPEN = "not known"


_MARKS = {
    Rank.MET: Mark.MET,
    Rank.NOT_YET: Mark.NOT_YET,
    Rank.DENIED: Mark.DENIED,
    Rank.NEEDS_PANEL: Mark.NEEDS_PANEL,
}
_NEEDS = {
    Operator.AT_LEAST: "needs {}",
    Operator.MORE: "needs more than {}",
    Operator.AT_MOST: "needs at most {}",
    Operator.LESS: "needs less than {}",
    Operator.IS: "needs {}",
    Operator.IN: "needs one of {}",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an explanation and the lines below it.

    `key` is the clause with its list member (`area[writing]`), empty for a line that only combines;
    `measure` is like "has 74, needs 80"; `facts` names what the clause reads, members included;
    `sensitive` marks a clause that reads a legal entitlement.
    """

    mark: Mark
    text: str
    key: str = ""
    measure: str = ""
    cites: str = ""
    confidence: Confidence | None = None
    decisive: bool = False
    sensitive: bool = False
    facts: tuple[str, ...] = ()
    parts: "tuple[Line, ...]" = ()
    next: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """A finding in words.

    `word` is the jurisdiction's word for the outcome. `stages` holds the lines of each stage that
    was asked. `missing` are the sentences still unmet, `needs` the facts that would settle an
    undetermined answer, each as (name, what it is). `unverified` says that something in the policy
    was never seen in a source.
    """

    answer: str
    outcome: Outcome
    word: str
    stages: tuple[tuple[Stage, Line], ...]
    missing: tuple[Line, ...]
    needs: tuple[tuple[str, str], ...]
    next: tuple[str, ...]
    level: str
    gives: tuple[tuple[str, str], ...]
    conflict: bool
    unverified: bool = False


def explain(
    policy: Policy,
    finding: Finding,
    on: date,
    *,
    overrides: Mapping[str, Value] | None = None,
    entitlements: bool = True,
) -> Explanation:
    """Explain the finding of a policy on a day; without `entitlements`, leave out whatever reads one.

    `overrides` are the values a jurisdiction set itself, for sentences whose parameter was not read.
    """
    words = wording_on(policy, on, overrides)
    words = Wording(words.subject, {**words.values, **dict(finding.parameters)})
    speaker = _Speaker(words, finding, entitlements)
    stages = tuple((staged.stage, line) for staged in finding.tree if (line := speaker.stage(staged.result)))
    lines = [line for _, top in stages for line in clauses(top)]
    missing = tuple(line for line in lines if line.key in finding.missing())
    needs = tuple((name, words.fact(name)) for name in finding.needs if speaker.may_show(name))
    level = "" if isinstance(finding.level, Missing) else value_words(finding.level)
    gives = tuple((key, value_words(value)) for key, value in finding.grants if speaker.may_give(policy, key))
    deciding = [line for stage, top in stages if stage is finding.stage for line in clauses(top)]
    return Explanation(
        _answer(policy, finding, on, deciding, needs),
        finding.outcome,
        policy.words.of(finding.outcome),
        stages,
        missing,
        needs,
        tuple(dict.fromkeys(line.next for line in missing if line.next)),
        level,
        gives,
        finding.conflict,
        policy.unverified,
    )


def read_by(grant: Grant, policy: Policy) -> tuple[str, ...]:
    """Name the facts that a grant tells something about; the route taken tells about those of every route."""
    parts = [grant.when, *([grant.value] if isinstance(grant.value, Node) else [])]
    if isinstance(grant.value, RouteTaken):
        parts += [node for rule in policy.rules for node in walk(rule) if isinstance(node, Route)]
    return tuple(dict.fromkeys(name for part in parts for name in needed_facts(part)))


def clauses(line: Line) -> Iterator[Line]:
    """Yield every line with a sentence of the rule, in its order."""
    if line.key:
        yield line
    for part in line.parts:
        yield from clauses(part)


@dataclass(frozen=True, slots=True)
class _Speaker:
    """Turns the results of one finding into lines."""

    words: Wording
    finding: Finding
    entitlements: bool

    def may_give(self, policy: Policy, key: str) -> bool:
        """Say whether what is given under a key may be told: nothing that hangs on a cut entitlement."""
        grants = [grant for grant in policy.grants if grant.key == key]
        return all(self.may_show(name) for grant in grants for name in read_by(grant, policy))

    def stage(self, result: Result) -> Line | None:
        return None if isinstance(result.node, Always) else self.line(result)

    def may_show(self, name: str) -> bool:
        definition = self.words.subject.facts.get(name.partition("[")[0])
        return self.entitlements or definition is None or not definition.sensitive

    def line(self, result: Result) -> Line | None:
        if isinstance(result.node, Sentence):
            return self._clause(result)
        if isinstance(result.node, FinalWhen) and result.conditions[0].pair[1] is not Rank.MET:
            return self.line(result.parts[0])
        if not result.parts and not isinstance(result.node, Each | Some):
            facts = needed_facts(result.node)
            is_shown = all(self.may_show(name) for name in facts)
            return Line(_mark(result.pair), self.words.test(result.node), facts=facts) if is_shown else None
        return Line(_mark(result.pair), self._group(result), parts=tuple(self._below(result)))

    def _below(self, result: Result) -> Iterator[Line]:
        for place, part in enumerate(result.parts):
            if same_group(result.node, part.node):
                yield from self._below(part)
            elif (line := self._member(result, place, part)) is not None:
                yield line

    def _group(self, result: Result) -> str:
        chosen_by = [getattr(result.node, name, None) for name in ("when", "term", "list")]
        read = [name for part in chosen_by if isinstance(part, Node) for name in needed_facts(part)]
        if not all(self.may_show(name) for name in read):
            return "Part of the rule:"
        if isinstance(result.node, Each | Some) and not result.parts:
            return f"{self.words.group(result.node)} none on record."
        return self.words.group(result.node)

    def _member(self, result: Result, place: int, part: Result) -> Line | None:
        line = self.line(part)
        if line is None or not result.members:
            return line
        name = getattr(result.node, "name", None)
        said = "entry" if name is None else self.words.fact(name.name)
        return Line(line.mark, f"{said} {result.members[place]}", parts=(line,))

    def _clause(self, result: Result) -> Line | None:
        node = result.node
        facts = needed_facts(node)
        if not all(self.may_show(name) for name in facts):
            return None
        suffix = result.key[len(node.id) :]  # type: ignore[attr-defined]
        definitions = self.words.subject.facts
        cites, confidence = source(node.cites)  # type: ignore[attr-defined]
        return Line(
            _mark(result.pair),
            self.words.clause(node, suffix),  # type: ignore[arg-type]
            result.key,
            "; ".join(dict.fromkeys(self._measures(result))),
            cites,
            confidence,
            result.key in self.finding.decisive,
            any(name in definitions and definitions[name].sensitive for name in facts),
            tuple(name + suffix if self.words.subject.homes.get(name) else name for name in facts),
            tuple(self._below(result)),
            getattr(node, "next", ""),
        )

    def _measures(self, result: Result) -> Iterator[str]:
        """Yield what was measured inside a clause and speaks for how it came out, labelled where there are several."""
        if isinstance(result.node, EnoughOf):
            yield _measure(result)
        is_met = result.pair == MET
        every = [each for test in result.conditions for each in _compared(test)]
        decided = [each for each in every if (each.pair == MET) is is_met]
        kinds = (
            [] if is_met else [each for each in decided if not _is_measure(each)]
        )  # of another kind: numbers say nothing
        found = kinds or [each for each in decided if _is_measure(each)]
        for compared in found:
            if is_met and compared.needed == 0:
                continue  # "has 0, needs at most 0" tells nobody anything
            alone = len(found) == 1 and _is_measure(compared)
            label = "" if alone else f"{self.words.term(compared.node.left)}: "  # type: ignore[attr-defined]
            yield label + _measure(compared)
        if not result.settled:
            yield from (f"not known: {self.words.fact(name)}" for name in needs_of(result) if self.may_show(name))


def _mark(pair: Pair) -> Mark:
    return _MARKS[pair[0]] if pair[0] == pair[1] else Mark.OPEN


def _compared(result: Result) -> Iterator[Result]:
    """Yield the known comparisons of a test; what stands below not_ reads the other way round."""
    if isinstance(result.node, Comparison) and not result.unknown:
        yield result
    if not isinstance(result.node, Not):
        for part in (*result.conditions, *result.parts):
            yield from _compared(part)


def _is_measure(compared: Result) -> bool:
    sides = (compared.got, compared.needed)
    return any(isinstance(side, int | Fraction | date | Between) and not isinstance(side, bool) for side in sides)


def _measure(compared: Result) -> str:
    node = compared.node
    how = node.operator if isinstance(node, Comparison) else Operator.AT_LEAST
    has = f"has {value_words(compared.got)}"
    if compared.needed is ABSENT:
        is_fact = isinstance(node, Comparison) and isinstance(node.right, FactTerm)
        return f"{has}, {'nothing to compare it with is on record' if is_fact else 'this route is not in force'}"
    return f"{has}, {_NEEDS[how].format(value_words(compared.needed))}"


def _answer(policy: Policy, finding: Finding, on: date, lines: list[Line], needs: tuple[tuple[str, str], ...]) -> str:
    word = policy.words.of(finding.outcome)
    if finding.stage is Stage.IN_FORCE:
        return _capital(f"{word}: {policy.edition} is not in force on {on}.")
    if finding.outcome is Outcome.MET:
        return _capital(f"{word}: {policy.title}.")
    if finding.conflict and finding.outcome is Outcome.UNDETERMINED:
        return _capital(f"{word}: several exceptions to one rule hold at once; a person has to say which.")
    if finding.outcome is Outcome.UNDETERMINED and needs:
        return _capital(f"{word} until this is known: {'; '.join(says for _, says in needs)}.")
    return _capital(f"{word}: {_reasons([line for line in lines if line.decisive], policy)}.")


def _reasons(decisive: list[Line], policy: Policy) -> str:
    """Say what a refusal rests on: what is not met goes before what is, which only a `not_` makes a reason."""
    if not decisive:
        return policy.title
    failed = [line for line in decisive if line.mark is not Mark.MET] or decisive
    nearest = sorted(failed, key=lambda line: not line.measure.startswith("has "))
    texts = dict.fromkeys(line.text.rstrip(".") + (f" ({line.measure})" if line.measure else "") for line in nearest)
    first, *rest = texts
    return first + (f"; {len(rest)} more below" if rest else "")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


_SIGNS: Mapping[Mark, str] = {
    Mark.MET: "[x]",
    Mark.NOT_YET: "[ ]",
    Mark.DENIED: "[-]",
    Mark.NEEDS_PANEL: "[~]",
    Mark.OPEN: "[?]",
}


def explanation_text(explanation: Explanation) -> str:
    """Lay an explanation out as plain text."""
    return "\n".join(_text_lines(explanation)) + "\n"


def _text_lines(explanation: Explanation) -> Iterator[str]:
    yield explanation.answer
    if explanation.unverified:
        yield "UNVERIFIED: the policy rests on something nobody has seen in its source."
    for stage, line in explanation.stages:
        yield ""
        yield _capital(stage.value)
        yield from _line_text(line, 1)
    if explanation.missing:
        yield ""
        yield "Still missing"
        yield from (f"  {line.text}" + (f" ({line.measure})" if line.measure else "") for line in explanation.missing)
    if explanation.next:
        yield ""
        yield f"Next: {'; '.join(explanation.next)}."
    if explanation.level:
        yield f"Level: {explanation.level}"
    for key, value in explanation.gives:
        yield f"Gives {key}: {value}"


def _line_text(line: Line, depth: int) -> Iterator[str]:
    measure = f" ({line.measure})" if line.measure else ""
    flag = ", unverified" if line.confidence is Confidence.MEMORY else ""
    cites = f"  [{line.cites}{flag}]" if line.cites else ""
    yield f"{'  ' * depth}{_SIGNS[line.mark]} {line.text}{measure}{cites}"
    for part in line.parts:
        yield from _line_text(part, depth + 1)
