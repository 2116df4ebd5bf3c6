"""A form that is sent twice does what it says once."""

import re

from flask import Flask

from tests.web.changing import HERE, NEW, STRICTER, proposed, somebody


def test_a_form_sent_again_does_nothing_again(own: Flask) -> None:
    """The number a form was given makes its repeat lead to what the first one did."""
    ortiz = somebody(own, "m.ortiz")
    form = {**ortiz.hidden(NEW), **STRICTER}
    sent = [ortiz.client.post(NEW, data=form, headers=HERE).headers["Location"] for _ in range(2)]

    assert sent == ["/us-tx/changes/1?done=proposed"] * 2
    assert len(ortiz.client.get("/us-tx/changes.json").get_json()) == 1


def test_each_form_has_a_number_of_its_own(own: Flask) -> None:
    """Two forms of one page are two commands."""
    ortiz = proposed(own)
    numbers = re.findall(r'name="command" value="([^"]+)"', ortiz.client.get("/us-tx/changes/1").text)

    assert len(numbers) == len(set(numbers)) >= 2
