"""The files `mastery policies new` writes, with places for the names."""

from collections.abc import Mapping
from string import Template

RULE = '''\
"""$title. A draft: put the law in place of the example below."""

from datetime import date

from ledger.policy import (
    Citation,
    Confidence,
    FactDefinition,
    FactType,
    FieldIs,
    Policy,
    Question,
    Reads,
    clause,
    fact,
    grant,
    param,
)

LAW = Citation("Name the statute or the rule here", confidence=Confidence.MEMORY)

SHEET = (
    FactDefinition(
        "score",
        "best score in an examination for the course",
        "best.1",
        FactType.FRACTION,
        Reads.EVIDENCE,
        measure="percent",
        unit="percent",
        where=(FieldIs("kind", "exam"),),
    ),
)

policy = Policy(
    "$policy",
    date(2000, 1, 1),
    Question.CREDIT,
    "$title",
    LAW,
    clause(
        "score",
        "{score} percent or more in an examination for the course.",
        fact.score >= param.score,
        LAW["(section)"],
        next="sit an examination",
    ),
    jurisdiction="$jurisdiction",
    subject="course",
    sheet=SHEET,
    grants=(grant("credit", param.credit),),
)
'''

PARAMETERS = """\
# Values of $policy. Each has the days it holds, a source, and how sure we are of it:
# V the text of the rule was read, S a summary of it, M it is believed and was not seen.

[score]
says = "percent in an examination for the course"
type = "integer"
unit = "percent"
keep = "exact"

[[score.value]]
value = 80
cites = "Name the section here"
confidence = "M"

[credit]
says = "credit for the course"
type = "fraction"
unit = "credit"
keep = "local"

[[credit.value]]
value = 1
cites = "Local: the amount the district gives for the course"
confidence = "M"
"""

CASES = """\
# Cases of $policy. What `given` leaves out is as the fact's when_none says.

[[case]]
name = "the score at the line"
on = 2026-05-30
given = { score = 80 }
expect = { outcome = "met", because = ["score"], next = [], grants = { credit = "1" } }
anchor = "law.md#score"

[[case]]
name = "the score just below the line"
on = 2026-05-30
given = { score = 79 }
expect = { outcome = "not_yet", because = ["score"], next = ["sit an examination"], grants = {} }
anchor = "law.md#score"

[[case]]
name = "no examination on record"
on = 2026-05-30
given = {}
expect = { outcome = "not_yet", because = ["score"] }
anchor = "law.md#score"
"""

LAW = """\
# $title

Authority: name the statute and the rule, the edition that was read, and the day it was read.

## Score

Say in your own words what the law asks. Each clause of the rule gets a heading like this one, and
every case names the heading it rests on.

## Not encoded

Say what the law also says and this encoding leaves out, and why.
"""

PACKAGE = '''\
"""Rules of $place as policies of the mastery ledger."""

from collections.abc import Iterator

from ledger.policy import Jurisdiction
from ledger.policy.hookspecs import hookimpl
from ledger.policy.modules import PolicyModule, module

from $package import $rule


@hookimpl
def ledger_jurisdictions() -> Iterator[Jurisdiction]:
    """Give the places whose rules these are; a district or a school names its parent."""
    $places


@hookimpl
def ledger_policies() -> Iterator[PolicyModule]:
    """Give every policy, with the files beside it."""
    yield module($rule.__name__, $rule.policy)
'''

PLACE = 'yield Jurisdiction("$jurisdiction", "$place", "state", zone="UTC")'
KNOWN = "yield from ()  # $jurisdiction comes with another plugin"

INSIDE = '''\
"""Rules of $place."""
'''

PROJECT = """\
[build-system]
requires = ["setuptools>=77"]
build-backend = "setuptools.build_meta"

[project]
name = "$distribution"
version = "0.1.0"
description = "Rules of $place as policies of the mastery ledger."
requires-python = ">=3.11"
dependencies = ["mastery-ledger"]

[project.entry-points."ledger.policies"]
$plugin = "$package"

[tool.setuptools]
packages = ["$package"]

[tool.setuptools.package-data]
$package = ["*.toml", "*.md"]

[tool.pytest.ini_options]
mastery_policies = true
testpaths = ["$package"]
"""

BESIDE: Mapping[str, str] = {".py": RULE, ".toml": PARAMETERS, ".cases.toml": CASES}
"""What stands under the rule's own name."""


def filled(template: str, names: Mapping[str, str]) -> str:
    """Put names in their places."""
    return Template(template).substitute(names)
