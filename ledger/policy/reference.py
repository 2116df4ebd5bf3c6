"""docs/authors/words.md, written from the rule language itself: `python -m ledger.policy.reference`."""

import inspect
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import MISSING, fields
from datetime import date
from enum import Enum
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

from ledger.policy import by_code, cases, facts, model, nodes, parameter_files, parameters, rules, sheet, terms
from ledger.policy.citation import Citation, Confidence

PAGE = Path("docs/authors/words.md")

INTRODUCTION = """# Words of the rule language

Every word a policy may use, written by `python -m ledger.policy.reference` from the code, and held against it by the
tests. All of them are imported from `ledger.policy`. What a fact may be is in [facts.md](facts.md); how to go from the
text of a law to a policy is in [guide.md](guide.md).

A rule is a value. Nothing is computed where it is written: `and`, `or`, `not`, `if` and `==` between terms are refused
with a sentence, because they would ask before there is a learner. There are no floats, no division and no functions of
your own, but for the clause that no other word can say: [judged](#judged).

Every node comes to one of four results, in this order: *denied*, *not yet*, *needs a panel*, *met*; where a fact is not
known, to a lowest and a highest of them. While these two differ the answer is *undetermined*, and says what is needed.
"""

RULES: tuple[tuple[Callable[..., Any], type[Any]], ...] = (
    (rules.clause, nodes.Clause),
    (rules.all_of, nodes.AllOf),
    (rules.any_of, nodes.AnyOf),
    (rules.at_least_of, nodes.AtLeastOf),
    (rules.each, nodes.Each),
    (rules.some, nodes.Some),
    (rules.route, nodes.Route),
    (rules.not_, nodes.Not),
    (rules.by_default, nodes.ByDefault),
    (rules.but_if, nodes.ButIf),
    (rules.by_case, nodes.ByCase),
    (rules.enough_of, nodes.EnoughOf),
    (rules.take, nodes.Take),
    (rules.final_when, nodes.FinalWhen),
    (rules.panel, nodes.Panel),
    (rules.route, nodes.Route),
    (by_code.judged, nodes.Judged),
)
TERMS: tuple[tuple[str, Callable[..., Any] | None, type[Any]], ...] = (
    ("fact.x", None, terms.FactTerm),
    ("param.p", None, terms.ParamTerm),
    ("param.p.by(key, ...)", terms.ParamTerm.by, terms.ParamTerm),
    ("a + b", None, terms.SumTerm),
    ("times(factor, term)", terms.times, terms.Times),
    ("count_of(members, where)", terms.count_of, terms.CountOf),
    ("a >= b, a > b, a <= b, a < b", None, terms.Comparison),
    ("a.is_(b)", terms.Term.is_, terms.Comparison),
    ("a.in_(values)", terms.Term.in_, terms.Comparison),
    ("a.exists()", terms.Term.exists, terms.Exists),
    ("route_taken", None, terms.RouteTaken),
    ("table({key: value, ...})", sheet.table, sheet.Table),
)
RECORDS: tuple[type[Any], ...] = (
    model.Policy,
    model.Words,
    model.Jurisdiction,
    Citation,
    facts.FactDefinition,
    parameters.ParameterDefinition,
    parameters.DatedValue,
)
CHOICES: tuple[type[Enum], ...] = (
    model.Question,
    model.Outcome,
    model.Standing,
    model.Effect,
    facts.FactType,
    facts.Reads,
    facts.Order,
    parameters.ParameterType,
    parameters.Keep,
    Confidence,
    sheet.Missing,
)
FILES = ((parameter_files, "Values: `<rule>.toml`"), (cases, "Cases: `<rule>.cases.toml`"))


def reference() -> str:
    """Write the page."""
    parts = [INTRODUCTION, "# Rules\n", "### always\n\n" + _doc(nodes.Always) + "\n"]
    parts += [_word(function.__name__ + _arguments(function), function, node) for function, node in RULES]
    parts += ["# Terms and tests\n"]
    parts += [_word(word, function, node) for word, function, node in TERMS]
    parts += ["# A policy and what belongs to it\n"]
    parts += [_record(RECORDS[0]), _word(f"grant{_arguments(model.grant)}", model.grant, model.Grant)]
    parts += [_record(kind) for kind in RECORDS[1:]]
    parts += ["# Which items a fact counts\n"]
    parts += [_record(kind) for kind in filters()]
    parts += ["# Closed sets\n"]
    parts += [_choices(kind) for kind in CHOICES]
    parts += ["# Files beside a rule\n"]
    parts += [f"## {title}\n\n{_page_of(module)}\n" for module, title in FILES]
    return "\n".join(parts)


def filters() -> tuple[type[Any], ...]:
    """Return every filter there is."""
    return tuple(facts.Filter.__args__)


def _word(heading: str, function: Callable[..., Any] | None, node: type[Any]) -> str:
    said = dict.fromkeys([*([_doc(function)] if function else []), _doc(node)])
    name, bracket, _ = heading.partition("(")
    title, usage = (name, [f"    {heading}"]) if bracket and name.isidentifier() else (heading, [])
    return f"### {title}\n\n" + "\n\n".join([*usage, *said]) + "\n"


def _doc(thing: Any) -> str:
    return inspect.cleandoc(thing.__doc__ or "")


def _arguments(function: Callable[..., Any]) -> str:
    """Write the parameters of a function without their types."""
    given = inspect.signature(function).parameters.values()
    bare = [each.replace(annotation=inspect.Parameter.empty) for each in given]
    return str(inspect.Signature(bare)).replace("None", "none").replace("Always()", "always")


_NAMES = {**vars(sheet), **vars(terms), **vars(facts)}
_NAMES["Argument"] = get_type_hints(facts.FieldIs, localns=_NAMES)["value"]
"""What the types of fields are made of; the alias is a text, which `|` cannot take."""


def _record(kind: type[Any]) -> str:
    holds = get_type_hints(kind, localns=_NAMES)
    rows = [(f"`{each.name}`", said(holds[each.name]), _default(each)) for each in fields(kind) if each.name != "_"]
    return (
        f"### {kind.__name__}\n\n{_doc(kind)}\n\n" + "\n".join(_table(("field", "holds", "if left out"), rows)) + "\n"
    )


_TEXTS = tuple[str, ...]
_PLAIN: Mapping[Any, str] = {
    str: "a text",
    int: "a whole number",
    bool: "true or false",
    date: "a day",
    Fraction: "a fraction",
    type(None): "nothing",
    terms.Node: "a rule",
    terms.Term: "a term",
    terms.ParamTerm: "a parameter",
    sheet.Missing: "ABSENT or UNKNOWN",
}
_SPECIAL: Mapping[Any, str] = {facts.Filter: "a filter", _TEXTS: "several texts"}
_CONSTANT = {int, Fraction, bool, str, date}


def said(kind: Any) -> str:
    """Say in words what a field of a type holds."""
    inside = get_args(kind)
    if kind in _SPECIAL:
        return _SPECIAL[kind]
    if get_origin(kind) is Literal:
        return "one of " + ", ".join(f"`{value}`" for value in inside)
    if get_origin(kind) is tuple:
        return f"several, each {said(inside[0])}" if inside[-1] is Ellipsis else " and ".join(map(said, inside))
    if inside:
        rest = [part for part in inside if part not in _CONSTANT] if set(inside) >= _CONSTANT else inside
        words = [said(part) for part in rest if get_origin(part) is not tuple or rest is inside or part == _TEXTS]
        return " or ".join([*(["a constant"] if rest is not inside else []), *words])
    return _PLAIN.get(kind) or f"[{kind.__name__}](#{kind.__name__.lower()})"


def _default(field: Any) -> str:
    if field.default is MISSING:
        return "must be given"
    value: Any = field.default
    if isinstance(value, nodes.Always):
        return "always"
    if value is None or value == () or value == "":
        return "nothing"
    if hasattr(value, "__dataclass_fields__"):
        return "its own defaults"
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"`{getattr(value, 'value', value)}`"


def _choices(kind: type[Enum]) -> str:
    said = _said_of_members(kind)
    rows = [(f"`{kind.__name__}.{name}`", f"`{each.value}`", said.get(name, "")) for name, each in _members(kind)]
    return f"### {kind.__name__}\n\n{_doc(kind)}\n\n" + "\n".join(_table(("name", "in files", "means"), rows)) + "\n"


def _members(kind: type[Enum]) -> Iterator[tuple[str, Any]]:
    for name, each in kind.__members__.items():
        if each.value != "":
            yield name, each


def _said_of_members(kind: type[Enum]) -> dict[str, str]:
    """Return what stands in the code below each member."""
    found = re.findall(r'^    ([A-Z_]+) = [^\n]*\n    """(.*?)"""', inspect.getsource(kind), re.MULTILINE | re.DOTALL)
    return {name: " ".join(text.split()) for name, text in found}


def _page_of(module: Any) -> str:
    """Return a module's own description; what is indented there is an example in TOML."""
    said = _doc(module)
    block = re.compile(r"((?:^    .*\n|^\n(?=    ))+)", re.MULTILINE)
    return block.sub(lambda found: f"\n```toml\n{inspect.cleandoc(found[1])}\n```\n", said + "\n").strip()


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(headings)} |"
    yield "|" + "---|" * len(headings)
    for row in rows:
        yield f"| {' | '.join(row)} |"


if __name__ == "__main__":
    PAGE.write_text(reference(), encoding="utf-8")
    sys.stdout.write(f"{PAGE} is written\n")
