"""What pytest loads wherever this product is installed: three options, and nothing else until they are used.

The tests themselves are in `ledger.policy.pytest_plugin`, which is imported only when asked for.
"""

from importlib import import_module

import pytest

SWITCH = "mastery_policies"
"""The option, in an ini file and on the command line, that makes policy cases into tests."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options."""
    group = parser.getgroup("mastery", "policies of the mastery ledger")
    group.addoption("--mastery-policies", action="store_true", help="Collect *.cases.toml beside rules as tests.")
    group.addoption("--mastery-coverage", action="store_true", help="For each policy, test what its cases try.")
    group.addoption("--mastery-mutate", action="store_true", help="For each policy, test which mistakes cases notice.")
    parser.addini(SWITCH, "Collect *.cases.toml beside rules as tests.", type="bool", default=False)


def pytest_configure(config: pytest.Config) -> None:
    """Bring in the tests where they are asked for."""
    if config.getini(SWITCH) or config.getoption("--mastery-policies"):
        config.pluginmanager.register(import_module("ledger.policy.pytest_plugin"), "mastery-policy-cases")
