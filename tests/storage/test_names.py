"""Names: folders with odd characters, and names of logs and streams that must fit a leaf record."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.application import open_ledger
from ledger.application.governing import define_scale
from ledger.domain.framework import Level
from ledger.domain.scales import scale_defined
from ledger.domain.stream_names import framework_stream, is_name
from ledger.errors import UsageError
from ledger.storage.envelope import Unstamped
from ledger.storage.leaves import leaf_record
from ledger.storage.log import Log
from tests.storage.support import AUTHOR, evidence, open_recorder
from tests.support.ledgers import author, opened


@pytest.mark.parametrize("folder", ["a#b", "50%41", "what?", "file:", "a b&mode=memory", "é"])
def test_a_home_of_any_name_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str) -> None:
    """No character of a folder's name is taken for a part of an address, also where the path is relative."""
    monkeypatch.chdir(tmp_path)
    opened(Path(folder)).close()

    with open_ledger(tmp_path / folder, environment={}) as ledger:
        assert "us-xx" == ledger.opened.jurisdiction
    assert (tmp_path / folder / "ledgers" / "us-xx.db").is_file()


@given(st.text(), st.text())
def test_any_id_gives_a_stream_of_its_own(one: str, other: str) -> None:
    """Each framework id, whatever text it is, has a stream whose name fits, and no two share one."""
    assert is_name(framework_stream(one))
    assert (one == other) == (framework_stream(one) == framework_stream(other))


def test_a_plain_id_stands_in_its_stream_as_it_is() -> None:
    """An id of allowed characters is not changed; others are written as tilde and hexadecimal digits."""
    assert "framework/pine-valley/mathematics" == framework_stream("pine-valley/mathematics")
    assert "framework/a~20~22b~22~7E~C3~A9" == framework_stream('a "b"~é')


def test_every_leaf_record_is_json(tmp_path: Path) -> None:
    """A scale whose id needs an escape is stored in a stream that needs none."""
    ledger = opened(tmp_path)
    scale = scale_defined('a "b"', "t", (Level(label="a", value="1"),))
    define_scale(ledger, author(ledger), scale)
    _, stream, version, topic, state = list(ledger.log.recorder.scan())[-1]
    record = leaf_record(
        log=ledger.log.origin, stream=stream, version=version, topic=topic, instant=b"", actor=b"", state=state
    )

    assert "framework/a~20~22b~22" == json.loads(record)["stream"]


@pytest.mark.parametrize("name", ["", 'my "ledger"', "a b", "é", "a\n"])
def test_a_name_that_needs_an_escape_is_refused(tmp_path: Path, name: str) -> None:
    """Neither a ledger nor a log nor a stream may have it, and nothing is made."""
    open_recorder(tmp_path / "ledger.db")

    with pytest.raises(UsageError, match="cannot be the ledger's name to the world: ASCII letters, digits and"):
        opened(tmp_path / "home", name=name)
    with pytest.raises(UsageError, match="cannot name a log: ASCII letters"):
        Log(tmp_path / "ledger.db", name, b"k" * 32)
    with pytest.raises(UsageError, match="cannot name a stream: ASCII letters"):
        Unstamped(name, 1, evidence(1), AUTHOR)
    assert not (tmp_path / "home").exists()
