"""The closed registry of records a policy is made of: a tag for each class, fixed for good.

A tag ends up in archived policies: it is never given to another class and never renamed. The default
of a field is never changed either, since a field at its default is not written.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from ledger.policy import facts, model, nodes, parameters, rules, sheet, terms
from ledger.policy.citation import Citation

CLASSES: Mapping[str, type[Any]] = MappingProxyType(
    {
        "policy": model.Policy,
        "citation": Citation,
        "grant": model.Grant,
        "words": model.Words,
        "parameter": parameters.ParameterDefinition,
        "dated_value": parameters.DatedValue,
        "table": sheet.Table,
        "entry": sheet.Entry,
        "definition": facts.FactDefinition,
        "field_is": facts.FieldIs,
        "field_in": facts.FieldIn,
        "counted": facts.Counted,
        "prepared": facts.Prepared,
        "ready": facts.Ready,
        "dated_from": facts.DatedFrom,
        "dated_before": facts.DatedBefore,
        "at_level": facts.AtLevel,
        "fact": terms.FactTerm,
        "param": terms.ParamTerm,
        "sum": terms.SumTerm,
        "times": terms.Times,
        "count_of": terms.CountOf,
        "compare": terms.Comparison,
        "exists": terms.Exists,
        "always": rules.Always,
        "clause": rules.Clause,
        "judged": nodes.Judged,
        "all_of": rules.AllOf,
        "any_of": rules.AnyOf,
        "at_least_of": rules.AtLeastOf,
        "each": rules.Each,
        "some": rules.Some,
        "not": rules.Not,
        "by_default": rules.ByDefault,
        "but_if": rules.ButIf,
        "by_case": rules.ByCase,
        "case": rules.Case,
        "enough_of": rules.EnoughOf,
        "take": rules.Take,
        "final_when": rules.FinalWhen,
        "panel": rules.Panel,
        "route": rules.Route,
        "route_taken": terms.RouteTaken,
    }
)
"""Every class a policy may hold, by the tag it is written under."""

TAGS: Mapping[type[Any], str] = MappingProxyType({kind: tag for tag, kind in CLASSES.items()})
"""The tag of each class."""
