"""What left the ledger, to whom and why; and what lets somebody outside see that nothing was left out.

A disclosure stands in the stream of each learner it concerns, `learner/<uuid>`: it is the record of
disclosures that a family may ask for (34 CFR 99.32). A commitment stands in the stream `ledger`.
"""

from ledger.domain.shapes import Payload, VaultText


class Disclosed(Payload, frozen=True, kw_only=True):
    """Events of the learner were given to somebody, in a file.

    `to` is the vault id of the person or organisation; `basis` names the law, rule or order it rests on
    and `purpose` is a code for what it is for, as in `audit`; `form` is a code for what was given, as in
    `bundle`. `file` is the SHA-256 of the file in hexadecimal digits, null where there was none. `size`
    is that of the log it stands on, `through` the last version of this stream in it. `decisions` are the
    versions of the decisions that were asked for, none where the whole stream was.
    """

    to: str
    basis: str
    purpose: str
    form: str
    size: int
    through: int
    file: str | None = None
    decisions: tuple[int, ...] = ()


class NamesDisclosed(Payload, frozen=True, kw_only=True):
    """Somebody who sees pseudonyms was shown who this learner is.

    `to` is the vault id of that person; `basis` names the law, rule or order it rests on, `purpose` says what
    for, under the learner's key. The name was shown until an instant at the latest, and in one session alone;
    `case` is the auditor's case it was for, null for none.
    """

    to: str
    basis: str
    purpose: VaultText
    until: str
    case: str | None = None


class HeadsCommitted(Payload, frozen=True, kw_only=True):
    """The ledger states the last event of each of its streams, as the log stood at a size.

    `root` is the root, in hexadecimal digits, of the hash tree (RFC 9162) over one record for each
    stream, `{"leaf","n","stream"}`: its last leaf in hexadecimal digits, that version, its name. The
    streams that are not a learner's come first, each kind sorted by name; `streams` counts all,
    `governing` those first ones.
    """

    size: int
    root: str
    streams: int
    governing: int
