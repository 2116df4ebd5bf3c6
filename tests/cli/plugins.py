"""Policy plugins as other distributions would install them, written into a folder."""

from collections.abc import Mapping
from pathlib import Path

GOOD = {
    "rules_elsewhere/__init__.py": """\
from ledger.policy.hookspecs import hookimpl
from ledger.policy.modules import module
from rules_elsewhere import bare, rule

@hookimpl
def ledger_policies():
    yield module(rule.__name__, rule.rule)
    yield module(bare.__name__, bare.rule)
""",
    "rules_elsewhere/rule.py": """\
from datetime import date
from ledger.policy import Citation, FactDefinition, FactType, Policy, Question, Reads, clause, fact

ACT = Citation("Act 1")
COUNT = FactDefinition("works", "works", "count.1", FactType.INTEGER, Reads.EVIDENCE, when_none=0, lowest=0)
rule = Policy(
    "elsewhere/rule", date(2026, 1, 1), Question.MASTERY, "Two works", ACT,
    clause("two", "Two works or more.", fact.works >= 2, ACT),
    jurisdiction="", subject="competency", sheet=(COUNT,),
)
""",
    "rules_elsewhere/bare.py": """\
from dataclasses import replace
from rules_elsewhere import rule as other

rule = replace(other.rule, id="elsewhere/bare")
""",
    "rules_elsewhere/rule.toml": "",
    "rules_elsewhere/bare.toml": "",
    "rules_elsewhere/law.md": "# Works\n",
    "rules_elsewhere/rule.cases.toml": """\
[[case]]
name = "one is enough"
on = 2026-05-30
given = { works = 1 }
expect = { outcome = "met", because = ["two"] }
anchor = "law.md#works"
""",
}

BAD = {
    "rules_broken/__init__.py": """\
from datetime import date
from ledger.policy import Citation, FactDefinition, FactType, Policy, Question, Reads, but_if, by_default, clause, fact
from ledger.policy.hookspecs import hookimpl

ACT = Citation("Act 1")

def policy(name, rule, cites=ACT, sheet=()):
    return Policy(name, date(2026, 1, 1), Question.MASTERY, "Title", cites, rule, jurisdiction="", subject="competency",
                  sheet=sheet)

COUNT = FactDefinition("works", "works", "count.1", FactType.INTEGER, Reads.EVIDENCE, when_none=0, lowest=0, highest=9)
FEW = clause("few", "Few.", fact.works >= 1, ACT)
MANY = clause("many", "Many.", fact.works >= 9, ACT)

@hookimpl
def ledger_policies():
    yield policy("broken/undeclared", clause("a", "A.", fact.nothing >= 1, ACT))
    yield policy("broken/uncited", clause("a", "A.", fact.works >= 1, None), sheet=(COUNT,))
    yield policy("broken/colliding", by_default(
        clause("base", "Base.", fact.works >= 3, ACT),
        but_if(fact.works >= 2, FEW, ACT),
        but_if(fact.works >= 4, MANY, ACT),
    ), sheet=(COUNT,))
""",
}

RAISING = {"rules_raising.py": "raise RuntimeError('no rule today')\n"}


def install(folder: Path, name: str, target: str, files: Mapping[str, str]) -> str:
    """Write a distribution with one plugin into a folder; return the plugin's name."""
    described = folder / f"{name}-1.0.dist-info"
    described.mkdir(parents=True)
    (described / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    (described / "entry_points.txt").write_text(f"[ledger.policies]\n{name} = {target}\n")
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(content)
    return name
