"""A suggested case as the text of a case file."""

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction

from ledger.policy.analysis.suggesting import Suggestion
from ledger.policy.cases import anchors
from ledger.policy.model import Policy
from ledger.policy.sheet import Missing, Sheet, Value, value_words


def case_text(suggestion: Suggestion, policy: Policy, law: str) -> str:
    """Write a suggestion as one [[case]]; its anchor is guessed from the clause it rests on."""
    because = ", ".join(_quoted(key) for key in suggestion.finding.decisive)
    lines = [
        "[[case]]",
        f"name = {_quoted(suggestion.name)}",
        f"policy = {_quoted(policy.id)}",
        f"on = {suggestion.on.isoformat()}",
        f"given = {_table(suggestion.given, '    ')}",
        f"expect = {{ outcome = {_quoted(suggestion.finding.outcome.value)}, because = [{because}] }}",
        f"anchor = {_quoted(anchor_of(suggestion, law))}",
    ]
    return "\n".join(lines)


def anchor_of(suggestion: Suggestion, law: str) -> str:
    """Return the heading of the law that is called like a clause the case rests on, else the first one."""
    known = list(_in_order(law))
    for key in suggestion.finding.decisive:
        if (name := key.partition("[")[0]) in known:
            return f"law.md#{name}"
    return f"law.md#{known[0]}" if known else "law.md#"


def _in_order(law: str) -> Iterator[str]:
    for line in law.splitlines():
        yield from anchors(line) if line.startswith("#") else ()


def _table(sheet: Sheet, indent: str) -> str:
    parts = [f"{name} = {_value(value, indent)}" for name, value in sheet.items()]
    return f"{{ {', '.join(parts)} }}" if parts else "{}"


def _value(value: Value, indent: str) -> str:
    if isinstance(value, Missing):
        return _quoted(value.value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Fraction | int):
        text = value_words(value)
        return text if Fraction(value).denominator == 1 else _quoted(text)
    if isinstance(value, tuple):
        return _members(value, indent)
    return _quoted(str(value))


def _members(members: tuple[object, ...], indent: str) -> str:
    tables = [_table(member, indent + "    ") for member in members if isinstance(member, Mapping)]
    return "[" + "".join(f"\n{indent}{table}," for table in tables) + ("\n]" if tables else "]")


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
