"""`mastery policies explain`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

import click

from ledger.catalogue import load
from ledger.cli.options import plugins
from ledger.cli.policy_cases import case_files
from ledger.cli.printing import prints, show
from ledger.errors import UnknownName
from ledger.policy.cases import Case, run
from ledger.policy.evaluate import changing_alone
from ledger.policy.explaining import Explanation, Line, clauses, explain, explanation_text
from ledger.policy.facts import FactDefinition
from ledger.policy.finding import Finding
from ledger.policy.judging.asking import in_worker
from ledger.policy.model import Outcome
from ledger.policy.sheet import Sheet, Value, value_words


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One fact of a case: what it is and its value; `given` false: the case says nothing, so it is as `when_none` says.

    `depth` is 0 for a fact of the sheet, 1 for a fact of a member of a list, and so on.
    """

    name: str
    says: str
    value: str
    given: bool
    depth: int


@dataclass(frozen=True, slots=True)
class CaseExplained:
    """A case, what came out, and why.

    `rests_on` says of each decisive clause why it is one; `failures` is empty where the case comes out as it says.
    """

    case: str
    policy: str
    on: str
    anchor: str
    sheet: tuple[SheetLine, ...]
    parameters: tuple[tuple[str, str], ...]
    outcome: str
    explanation: Explanation
    rests_on: tuple[tuple[str, str], ...]
    failures: tuple[str, ...]


@click.command("explain")
@click.argument("case")
@click.option("--policy", help="The policy meant, where several have a case of this name.")
@plugins
@prints(CaseExplained)
def explain_case(case: str, policy: str | None, plugins: tuple[str, ...], as_json: bool) -> None:
    """Explain a case: its facts, the rule with its marks, what the outcome rests on and why, what next.

    CASE is the name of a case, or a part of it that no other case has.

    Example: mastery policies explain "79 percent on an approved test" --policy us-tx/credit-by-examination
    """
    catalogue = load(plugins)
    wanted = {each.id for each in (catalogue.editions(policy) if policy else catalogue.policies)}
    every = [one for file in case_files(catalogue, wanted) for one in file.file.cases if one.policy.id in wanted]
    show(explained(_chosen(every, case)), as_json, _lines)


def _chosen(cases: list[Case], name: str) -> Case:
    found = [case for case in cases if case.name == name]
    found = found or [case for case in cases if name.lower() in case.name.lower()]
    if len(found) == 1:
        return found[0]
    if not found:
        near = get_close_matches(name, [case.name for case in cases], 1, 0)
        hint = f" (did you mean {near[0]!r}?)" if near else ""
        raise UnknownName(f"there is no case {name!r}{hint}.")
    named = "; ".join(f"{case.name!r} of {case.policy.id}" for case in found)
    raise UnknownName(f"several cases are meant by {name!r}: {named}. Give the whole name, or --policy.")


def explained(case: Case) -> CaseExplained:
    """Decide a case and say why it comes out as it does."""
    result = run(case, in_worker)
    words = explain(case.policy, result.finding, case.on, overrides=case.parameters)
    return CaseExplained(
        case.name,
        case.policy.edition,
        case.on.isoformat(),
        case.anchor,
        tuple(_sheet(case.policy.sheet, case.given, 0)),
        tuple((name, value_words(value)) for name, value in case.parameters.items()),
        result.finding.outcome.value,
        words,
        tuple(_reasons(result.finding, words)),
        result.failures,
    )


def _sheet(definitions: tuple[FactDefinition, ...], sheet: Sheet, depth: int) -> Iterator[SheetLine]:
    for definition in definitions:
        value = sheet.get(definition.name, definition.when_none)
        yield SheetLine(definition.name, definition.says, _value(value), definition.name in sheet, depth)
        for member in value if isinstance(value, tuple) else ():
            yield from _sheet(definition.members, member, depth + 1) if isinstance(member, Mapping) else ()


def _value(value: Value) -> str:
    return "none" if value == () else value_words(value)


def _reasons(finding: Finding, words: Explanation) -> Iterator[tuple[str, str]]:
    """Say of each clause, or open fact, that the outcome rests on what it has to do with it."""
    if finding.outcome is Outcome.UNDETERMINED and finding.needs:
        says = dict(words.needs)
        yield from ((name, f"{says.get(name, name)} is not known, and could settle it") for name in finding.needs)
        return
    lines = {line.key: line for _, top in words.stages for line in clauses(top)}
    alone = changing_alone(finding.tree) if finding.tree else ()
    for key in finding.decisive:
        weight = "alone it would change the answer" if key in alone else "with the others it carries the answer"
        yield key, f"{_came_out(lines[key])}; {weight}"


def _came_out(line: Line) -> str:
    return line.mark.value + (f" ({line.measure})" if line.measure else "")


def _lines(answer: CaseExplained) -> Iterator[str]:
    yield f"{answer.case} ({answer.policy}, decided for {answer.on}; {answer.anchor})"
    yield ""
    yield "Facts"
    for line in answer.sheet:
        yield f"{'  ' * (line.depth + 1)}{line.name} = {line.value}" + ("" if line.given else " (not given)")
    if answer.parameters:
        yield "Values set by the case"
        yield from (f"  {name} = {value}" for name, value in answer.parameters)
    yield ""
    yield from explanation_text(answer.explanation).rstrip("\n").split("\n")
    yield ""
    yield "It rests on"
    yield from (f"  {key}: {why}" for key, why in answer.rests_on)
    yield ""
    yield from answer.failures or ("It comes out as the case says.",)
