"""Every policy's form, through the page: what is typed comes back out of the page as what was typed."""

import html
import re
from typing import Any

from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.web.changing import Person
from tests.web.test_policy_form import ON, POLICIES, values
from web.policy_form import PREFIX, parameter_schema, read_parameters, written

HERE = sorted(edition for edition, policy in POLICIES.items() if policy.jurisdiction in ("", "us-tx"))
_INPUT = re.compile(r'<input id="(param\.[^"]+)"[^>]* value="([^"]*)"')
_SELECT = re.compile(r'<select id="(param\.[^"]+)".*?</select>', re.DOTALL)


def typed_on(page: str) -> dict[str, str]:
    """Return what stands in the inputs of the parameters of a page."""
    found = {name: html.unescape(value) for name, value in _INPUT.findall(page)}
    for select in _SELECT.finditer(page):
        chosen = re.search(r"<option[^>]* selected>([^<]*)</option>", select[0])
        found[select[1]] = html.unescape(chosen[1]) if chosen else ""
    return {name: value for name, value in found.items() if value}


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_what_is_typed_comes_back(client: FlaskClient, data: Any) -> None:
    """For any values of any policy that may be proposed here: typed, shown again and read, they are the same."""
    policy = POLICIES[data.draw(st.sampled_from(HERE))]
    fields = sorted(parameter_schema(policy, ON).fields)
    held = {one.name: data.draw(values(one)) for one in policy.parameters if one.name in fields}
    typed = {PREFIX + name: written(value) for name, value in held.items()}
    sent = Person(client).send(f"/us-tx/changes/new/policy/{policy.edition}", {**typed, "first_day": ON.isoformat()})
    read = read_parameters(policy, typed_on(sent.text), ON)

    assert sent.status_code == 422
    assert read.problems == {}
    assert parameter_schema(policy, ON).load(read.given) == {
        name: value for name, value in held.items() if written(value)
    }
