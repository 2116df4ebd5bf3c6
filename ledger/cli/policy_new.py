"""`mastery policies new`."""

import keyword
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import click

from ledger.catalogue import load
from ledger.cli import policy_templates as templates
from ledger.cli.printing import prints, show
from ledger.errors import UsageError

_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*(/[a-z][a-z0-9]*(-[a-z0-9]+)*)+")


@dataclass(frozen=True, slots=True)
class NewPolicy:
    """What was written for a new policy, and what to do with it, one sentence each."""

    policy: str
    written: tuple[str, ...]
    steps: tuple[str, ...]


@click.command()
@click.argument("policy")
@click.option(
    "--into",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    help="The folder to write into; the one you are in where not given.",
)
@prints(NewPolicy)
def new(policy: str, folder: Path, as_json: bool) -> None:
    """Write the files of a new policy: a rule, its values, its cases and its law, ready to be filled in.

    They are a package of their own that can be tested at once and installed later. Into a folder that is a package of
    policies itself, such as `policies/` of this product, only the state's own folder is written. Nothing is
    overwritten.

    Example: mastery policies new us-xx/credit-by-portfolio --into drafts
    """
    if not _ID.fullmatch(policy):
        raise UsageError(
            f"{policy!r} is not the id of a policy: write the jurisdiction, a slash and the name of the rule in small "
            "letters, digits and hyphens, such as us-xx/credit-by-portfolio."
        )
    names = _names(policy)
    inside = (folder / "__init__.py").is_file()
    files = dict(_inside(folder, names) if inside else _outside(folder, names))
    taken = [path for path in files if path.exists()]
    if taken:
        raise UsageError(
            f"{taken[0]} exists already; nothing was written. Name another folder with --into; a further rule of a "
            "package there is can be moved into it from that folder, and is then handed over by its ledger_policies."
        )
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    steps = _steps_inside(folder, names) if inside else _steps_outside(folder, names)
    show(NewPolicy(policy, tuple(str(path) for path in files), tuple(steps)), as_json, _lines)


def _names(policy: str) -> Mapping[str, str]:
    jurisdiction, _, name = policy.rpartition("/")
    rule = name.replace("-", "_")
    plugin = jurisdiction.replace("/", "-")
    found = {
        "policy": policy,
        "jurisdiction": jurisdiction,
        "place": jurisdiction.upper(),
        "title": name.replace("-", " ").capitalize(),
        "rule": f"{rule}_rule" if keyword.iskeyword(rule) else rule,
        "folder": plugin.replace("-", "_"),
        "plugin": plugin,
        "distribution": f"ledger-policies-{plugin}",
        "package": f"ledger_policies_{plugin.replace('-', '_')}",
    }
    is_known = jurisdiction in load().jurisdictions
    found["places"] = templates.filled(templates.KNOWN if is_known else templates.PLACE, found)
    return found


def _outside(folder: Path, names: Mapping[str, str]) -> Iterator[tuple[Path, str]]:
    project = folder / names["distribution"]
    package = project / names["package"]
    yield project / "pyproject.toml", templates.filled(templates.PROJECT, names)
    yield package / "__init__.py", templates.filled(templates.PACKAGE, names)
    yield from _rule(package, names)


def _inside(folder: Path, names: Mapping[str, str]) -> Iterator[tuple[Path, str]]:
    package = folder / names["folder"]
    yield package / "__init__.py", templates.filled(templates.INSIDE, names)
    yield from _rule(package, names)


def _rule(package: Path, names: Mapping[str, str]) -> Iterator[tuple[Path, str]]:
    yield package / "law.md", templates.filled(templates.LAW, names)
    for ending, template in templates.BESIDE.items():
        yield package / f"{names['rule']}{ending}", templates.filled(template, names)


def _steps_outside(folder: Path, names: Mapping[str, str]) -> Iterator[str]:
    project = folder / names["distribution"]
    plugin = f"./{project}" if project.parts == (project.name,) else str(project)
    package = project / names["package"]
    yield f"Say in {package / 'law.md'}, in your own words, what the law asks: one heading for each clause."
    yield f"Write the clauses into {package / names['rule']}.py; the values, with sources, into the .toml beside it."
    yield f"Write cases as you go, and run them: mastery policies test {names['policy']} --plugin {plugin}"
    yield f"Read it as a school board would: mastery policies show {names['policy']} --plugin {plugin}"
    yield f"When it is good: pip install {plugin}, and from then on --plugin {names['plugin']}"


def _steps_inside(folder: Path, names: Mapping[str, str]) -> Iterator[str]:
    package = folder / names["folder"]
    yield f"Hand it over in {folder / '__init__.py'}: `yield module({names['rule']}.__name__, {names['rule']}.policy)`."
    if "UTC" in names["places"]:
        yield f"Name its jurisdiction there: `{names['places']}`."
    yield f"Say in {package / 'law.md'}, in your own words, what the law asks: one heading for each clause."
    yield f"Write cases as you go, and run them: mastery policies test {names['policy']}"


def _lines(answer: NewPolicy) -> Iterator[str]:
    yield f"{answer.policy} is written:"
    yield from (f"  {path}" for path in answer.written)
    yield "Next:"
    yield from (f"  {number}. {step}" for number, step in enumerate(answer.steps, 1))
