"""Plugins found, asked, checked and frozen; every problem at once; the old catalogue stays."""

import importlib.util
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from ledger.catalogue import Catalogue, load, reload
from ledger.errors import PolicyProblems, UnknownName
from ledger.policy import Jurisdiction
from ledger.policy.canonical import policy_digest
from ledger.policy.hookspecs import hookimpl
from ledger.policy.modules import PolicyModule
from tests.policy.sound import SCORE, sound

BAD = Path(__file__).parent / "bad"


@dataclass(frozen=True)
class Installed:
    """A plugin as an entry point gives it."""

    name: str
    load: Callable[[], Any]


def plugin(name: str, *policies: Any, places: tuple[Any, ...] = (), facts: tuple[Any, ...] = ()) -> Installed:
    """Install a plugin that gives these values."""
    given = ModuleType(name)
    vars(given)["ledger_policies"] = hookimpl(lambda: list(policies))
    vars(given)["ledger_jurisdictions"] = hookimpl(lambda: list(places))
    vars(given)["ledger_facts"] = hookimpl(lambda: list(facts))
    return Installed(name, lambda: given)


EXAMPLE = Jurisdiction("us-ex", "Example", "state")
BUILT_IN = plugin("built-in", sound(), places=(EXAMPLE,))


def bad(name: str) -> Installed:
    """Install a plugin of the folder of bad examples."""

    def imported() -> ModuleType:
        spec = importlib.util.spec_from_file_location(f"bad_{name}", BAD / f"{name}.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    return Installed(name, imported)


@pytest.fixture
def packages() -> Iterator[None]:
    """Let the bad plugins that are packages be imported."""
    sys.path.insert(0, str(BAD))
    yield
    sys.path.remove(str(BAD))


def said(*plugins: Installed) -> list[str]:
    """Return every problem of loading these plugins beside a sound built-in one."""
    with pytest.raises(PolicyProblems) as refused:
        load([each.name for each in plugins], found=[BUILT_IN, *plugins])

    return [f"{problem.plugin}: {problem}" for problem in refused.value.problems]


def test_the_built_in_policies_come_through_the_entry_point() -> None:
    """The installed entry point gives the baselines and the states, each with its parameters, cases and law."""
    catalogue = load()
    places = {policy.jurisdiction for policy in catalogue.policies if policy.jurisdiction}

    assert {"us-ny", "us-oh", "us-pa", "us-tx", "us-tx/houston", "us-va"} == set(catalogue.jurisdictions) == places
    assert all(beside.cases and beside.law for beside in catalogue.beside.values())
    assert {parameter.name for parameter in catalogue.find("competency-based/course", date(2026, 1, 1)).parameters} == {
        "credit"
    }


def test_a_policy_carries_the_parameters_of_the_file_beside_its_module() -> None:
    """Values, days and sources come from the TOML file."""
    policy = load().find("us-tx/credit-by-examination", date(2026, 1, 1))
    score = {parameter.name: parameter for parameter in policy.parameters}["score"]

    assert [(90, date(2013, 6, 13)), (80, None)] == [(value.value, value.last_day) for value in score.values]


def test_only_enabled_plugins_are_imported() -> None:
    """A plugin nobody enabled is not even imported."""
    catalogue = load(found=[BUILT_IN, bad("raises_on_import")])

    assert [policy.id for policy in catalogue.policies] == ["us-ex/sound"]


def test_the_order_in_which_plugins_are_found_changes_nothing() -> None:
    """Two orders give the same catalogue with the same digest."""
    others = [plugin("b", sound("us-ex/b")), plugin("a", sound("us-ex/a"), facts=(SCORE,))]
    one, other = (load(["a", "b"], found=found) for found in ([*others, BUILT_IN], [BUILT_IN, *reversed(others)]))

    assert one.policies == other.policies
    assert one.digest == other.digest
    assert set(one.facts) == {"score"}


def test_another_rule_is_another_catalogue() -> None:
    """The digest follows what the policies say."""
    changed = plugin("built-in", replace(sound(), title="Other"), places=(EXAMPLE,))

    assert load(found=[BUILT_IN]).digest != load(found=[changed]).digest


def editions() -> Catalogue:
    """Return a catalogue with two editions of one policy."""
    old = sound(until=date(2021, 12, 31))
    return load(found=[plugin("built-in", sound(effective=date(2023, 1, 1)), old, places=(EXAMPLE,))])


@pytest.mark.parametrize(
    ("on", "edition"),
    [
        (date(2020, 1, 1), "us-ex/sound@2020-01-01"),
        (date(2021, 12, 31), "us-ex/sound@2020-01-01"),
        (date(2023, 1, 1), "us-ex/sound@2023-01-01"),
    ],
)
def test_the_edition_in_force_on_a_day_is_found(on: date, edition: str) -> None:
    """First and last days are in force."""
    assert edition == editions().find("us-ex/sound", on).edition


@pytest.mark.parametrize("on", [date(2019, 12, 31), date(2022, 6, 1)])
def test_a_day_without_an_edition_is_said(on: date) -> None:
    """Before the first edition, and between two, there is none."""
    with pytest.raises(UnknownName) as refused:
        editions().find("us-ex/sound", on)

    assert str(refused.value) == (
        f"us-ex/sound has no edition in force on {on}; its first is in force from 2020-01-01."
    )


def test_an_edition_is_found_by_its_first_day() -> None:
    """An edition is named by its first day, whatever is in force."""
    assert policy_digest(sound(until=date(2021, 12, 31))) == policy_digest(
        editions().edition("us-ex/sound", date(2020, 1, 1))
    )
    with pytest.raises(UnknownName) as refused:
        editions().edition("us-ex/sound", date(2020, 1, 2))

    assert str(refused.value) == (
        "us-ex/sound has no edition of 2020-01-02; there is us-ex/sound@2020-01-01, us-ex/sound@2023-01-01."
    )


@pytest.mark.parametrize(
    ("name", "hint"),
    [("us-ex/sonud", "did you mean 'us-ex/sound'?"), ("zzz", "there is us-ex/sound")],
)
def test_an_unknown_policy_is_named_with_the_nearest(name: str, hint: str) -> None:
    """A misspelt policy id brings the one probably meant, or all there are."""
    with pytest.raises(UnknownName) as refused:
        editions().find(name, date(2020, 1, 1))

    assert str(refused.value) == f"there is no policy {name!r} ({hint})."


ARGUMENT = (
    "Plugin 'hook_with_an_argument' for hook 'ledger_policies' hookimpl definition: ledger_policies(catalogue) "
    "Argument(s) {'catalogue'} are declared in the hookimpl but can not be found in the hookspec"
)
PROBLEMS = {
    "raises_on_import": "cannot be imported: ZeroDivisionError: division by zero (raises_on_import.py, line 3)",
    "and_between_terms": "cannot be imported: TypeError: Compare has no truth value yet: write all_of(a, b), "
    "any_of(a, b) or not_(a); do not chain 1 <= a <= 3. (and_between_terms.py, line 5)",
    "equals_between_terms": "cannot be imported: TypeError: clause 'kind' got a plain False: == compares the terms "
    "themselves; write fact.kind.is_('ap'). (equals_between_terms.py, line 5)",
    "float_in_a_rule": "cannot be imported: TypeError: 2.5 is a float: give a whole number in the fact's smallest "
    "unit. (float_in_a_rule.py, line 5)",
    "misspelt_hook": "there is no hook 'ledger_polices' (did you mean 'ledger_policies'?).",
    "hook_with_an_argument": ARGUMENT,
    "raises_in_a_hook": "ledger_policies: raised KeyError: 'us-ex' (raises_in_a_hook.py, line 11)",
    "gives_anything": "ledger_policies: gave 'us-ex/policy', which is not what this hook is for.",
    "undeclared_fact": "clause 'score': fact.scor is not declared in the sheet (did you mean 'score'?).",
    "missing_citation": "clause 'score': has no citation: name the instrument and the place in it.",
    "colliding_exceptions": "requires: exceptions 'after-instruction' and 'transfer' both hold for "
    "{prior_instruction: yes, transferred: yes}. Nest one inside the other or use by_case.",
    "unknown_parameter": "clause 'score': param.cut is not declared (there are none).",
    "wrong_type": "clause 'score': fact.score is a day, 80 is a number.",
    "circular_questions": "fact 'done': reads GRADUATION decisions, which are made after CREDIT: a policy reads "
    "earlier questions only.",
    "missing_parent": "jurisdiction 'us-ex/lakeside': its parent 'us-xe' is not known (did you mean 'us-ex'?).",
    "duplicate_edition": "duplicate_edition: us-ex/sound@2020-01-01: this edition is given twice, by built-in and by "
    "duplicate_edition; a correction is an edition with a first day of its own.",
}


@pytest.mark.parametrize("name", PROBLEMS)
def test_a_bad_plugin_is_a_problem_and_not_a_crash(name: str) -> None:
    """Whatever a plugin does wrong is said in a sentence with its name."""
    found = said(bad(name))
    for prefix in (f"{name}: {name}: ", f"{name}: {name}, ", f"{name}: us-ex/policy, "):
        found = [sentence.removeprefix(prefix) for sentence in found]

    assert [PROBLEMS[name]] == found


@pytest.mark.usefixtures("packages")
def test_the_file_beside_a_rule_is_checked_with_it() -> None:
    """A float, a missing citation, an unused and an unknown parameter are all reported, each with its place."""
    found = [sentence.removeprefix("bad_file: ").removeprefix("bad_file, ") for sentence in said(bad("bad_file"))]

    assert found == [
        "bad_package/rule.toml, cut, value 1: a citation is missing: say in `cites` where this value comes from",
        "bad_package/rule.toml, cut, value 1: 2.5 is a float: give a whole number in the fact's smallest unit.",
        "bad_package/rule.toml, spare: is read by no policy of its module.",
        "us-ex/policy, clause 'score': fact.scor is not declared in the sheet (did you mean 'score'?).",
    ]


def test_every_problem_of_every_plugin_is_reported_at_once() -> None:
    """One load names what is wrong with all of them."""
    found = said(*(bad(name) for name in PROBLEMS))

    assert {sentence.partition(":")[0] for sentence in found} == set(PROBLEMS)


def test_a_failed_reload_keeps_the_old_catalogue() -> None:
    """The old catalogue stays in use and the problems are handed over."""
    old = load(found=[BUILT_IN])
    kept, problems = reload(old, ["undeclared_fact"], found=[BUILT_IN, bad("undeclared_fact")])

    assert kept is old
    assert [problem.plugin for problem in problems] == ["undeclared_fact"]


def test_a_reload_that_succeeds_replaces_the_old_catalogue() -> None:
    """A sound reload gives the new catalogue and no problem."""
    old = load(found=[BUILT_IN])
    new, problems = reload(old, ["more"], found=[BUILT_IN, plugin("more", sound("us-ex/more"))])

    assert problems == ()
    assert [policy.id for policy in new.policies] == ["us-ex/more", "us-ex/sound"]


def test_an_edition_given_twice_is_refused() -> None:
    """Two plugins cannot give one edition, whatever they say in it."""
    (found,) = said(plugin("again", sound()))

    assert found == (
        "built-in: us-ex/sound@2020-01-01: this edition is given twice, by again and by built-in; "
        "a correction is an edition with a first day of its own."
    )


def test_jurisdictions_and_facts_are_held_against_one_another() -> None:
    """Repeated names, unknown parents and policies of unknown places are found."""
    orphan = Jurisdiction("us-ex-1", "District", "district", parent="us-xe")
    stray = replace(sound("us-fr/stray"), jurisdiction="us-fr")
    found = said(plugin("more", stray, places=(EXAMPLE, orphan), facts=(SCORE, SCORE)))

    assert found == [
        "more: more: jurisdiction 'us-ex' is given twice.",
        "more: more: fact 'score' is given twice.",
        "more: more, jurisdiction 'us-ex-1': its parent 'us-xe' is not known (did you mean 'us-ex'?).",
        "more: us-fr/stray: its jurisdiction 'us-fr' is not known (did you mean 'us-ex'?).",
    ]


def test_a_fact_its_method_cannot_give_is_found() -> None:
    """What a definition asks for is held against the method, once it is known."""
    wrong = replace(sound("us-ex/wrong"), sheet=(replace(SCORE, arguments=(("n", 3),)),))
    unknown = replace(sound("us-ex/unknown"), sheet=(replace(SCORE, method="bets.1", measure="weight"),))
    found = said(plugin("more", wrong, unknown))

    assert found == [
        "more: us-ex/wrong, fact 'score': best.1 takes no argument 'n': it takes none.",
        "more: us-ex/unknown, fact 'score': there is no fact method 'bets.1' (did you mean 'best.1'?).",
    ]


def test_a_plugin_that_is_not_installed_is_named_with_the_nearest() -> None:
    """Enabling a name nobody installed is a problem."""
    with pytest.raises(
        PolicyProblems, match=r"bilt-in: no plugin of this name is installed \(did you mean 'built-in'\?\)"
    ):
        load(["bilt-in"], found=[BUILT_IN])


def test_without_the_built_in_policies_there_is_no_catalogue() -> None:
    """An installation that lost its own entry point says so."""
    with pytest.raises(PolicyProblems, match=r"built-in: no plugin of this name is installed \(there is none\)"):
        load(found=[])


def test_the_calls_of_hooks_can_be_traced(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """LEDGER_TRACE_PLUGINS=1 writes each call and what it gave to standard error."""
    monkeypatch.setenv("LEDGER_TRACE_PLUGINS", "1")
    load(found=[plugin("built-in", places=(EXAMPLE,))])

    assert capsys.readouterr().err.splitlines()[:2] == [
        "ledger_jurisdictions",
        f"ledger_jurisdictions of built-in gave [[{EXAMPLE!r}]]",
    ]


def test_a_module_names_the_files_beside_it() -> None:
    """Parameters, cases and law follow from the module's name."""
    given = PolicyModule("policies.texas.rule", ())

    assert (given.package, given.parameters, given.cases, given.law) == (
        "policies.texas",
        "rule.toml",
        "rule.cases.toml",
        "law.md",
    )
