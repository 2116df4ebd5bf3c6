"""The kinds of problems the API can meet; each has a page of its own, whose address never changes."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem: its name in an address, the status, a title, what it means, and what to do."""

    name: str
    status: int
    title: str
    means: str
    todo: str


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        one.name: one
        for one in (
            Kind(
                "malformed",
                400,
                "It cannot be read",
                "What was sent is not JSON, or not such JSON as is taken here: a key stands twice in an object, a "
                "text is broken, a number is none, or a line of NDJSON is no object.",
                "Mend what is sent. Nothing of it was stored.",
            ),
            Kind(
                "key-missing",
                400,
                "The idempotency key is missing",
                "Every command needs the header Idempotency-Key, 8 to 64 visible ASCII characters, so that a command "
                "sent twice is carried out once.",
                "Choose a new key, such as a random UUID, for each command, and send the same key again when you "
                "repeat that command.",
            ),
            Kind(
                "unauthorized",
                401,
                "Nobody is signed in",
                "The request shows no token, or one that is unknown, ended or expired. Cookies are not looked at here.",
                "Send the header Authorization: Bearer followed by a token that holds.",
            ),
            Kind(
                "forbidden",
                403,
                "It is not allowed",
                "Whoever holds the token can reach this, but none of the roles allows what was asked.",
                "Ask somebody who grants roles, or use a token of somebody who may.",
            ),
            Kind(
                "not-found",
                404,
                "There is nothing here",
                "Nothing has this address, or it lies where the holder of the token cannot look: the two are told "
                "apart for nobody.",
                "Check the address, and what the token reaches: GET /api/v1/me.",
            ),
            Kind(
                "method-not-allowed",
                405,
                "This method is not for this address",
                "The address exists, and the header Allow names the methods it knows.",
                "Use one of the methods allowed.",
            ),
            Kind(
                "not-acceptable",
                406,
                "It cannot be answered in that form",
                "The header Accept names no form in which this address answers.",
                "Accept application/json, or leave the header out.",
            ),
            Kind(
                "refused",
                409,
                "It is not possible now",
                "The request was understood, and something stands against it: a rule of this ledger, or the state "
                "things are in. The sentence says what.",
                "Read the sentence; what it asks for has to come first. Nothing was stored.",
            ),
            Kind(
                "not-signed-yet",
                409,
                "No checkpoint covers it yet",
                "A proof needs a signed checkpoint over the event, and none was made since it was written.",
                "Ask again once the signer has run; whoever runs the server starts it with `mastery signer`.",
            ),
            Kind(
                "key-reused",
                409,
                "The idempotency key was used for something else",
                "A command was sent with a key that was used before with another body or at another address, and that "
                "command was carried out.",
                "Choose a new key for a new command.",
            ),
            Kind(
                "stale-version",
                412,
                "Somebody else was first",
                "The header If-Match names another version than there is now; `version` in the answer is the present "
                "one.",
                "Read the thing again, look at what has changed, and send the command with the new ETag if it still "
                "makes sense.",
            ),
            Kind(
                "position-not-reached",
                412,
                "The ledger is not that far",
                "The header Ledger-Min-Position names a position that this ledger did not reach within two seconds.",
                "Check that the position is one of this ledger, and ask again.",
            ),
            Kind(
                "too-large",
                413,
                "It is too large",
                "What was sent is longer than is taken here. Nothing of it was stored.",
                "Send it in parts: evidence as several bodies of at most 10 MB.",
            ),
            Kind(
                "wrong-type",
                415,
                "It is not of the right type",
                "The header Content-Type names another type than this address takes.",
                "Send application/json, or the type that the documentation of the operation names.",
            ),
            Kind(
                "faults",
                422,
                "Something is missing or wrong",
                "What was sent can be read, and something in it does not fit. `errors` names every place, what is "
                "wrong there, and what is allowed.",
                "Mend what `errors` names. Nothing was stored.",
            ),
            Kind(
                "unusable-policy",
                422,
                "The law or a bound stands against it",
                "The rule as it was sent may not be adopted: a value lies outside of what the law leaves open, a bound "
                "set above is not kept, or something in it is not verified.",
                "Each of `errors` names the clause; change the value, or adopt another policy.",
            ),
            Kind(
                "version-needed",
                428,
                "The version is missing",
                "What changes an existing thing needs the header If-Match with its ETag, so that nobody overwrites "
                "what they have not seen.",
                "Read the thing first and send its ETag in If-Match.",
            ),
            Kind(
                "too-many",
                429,
                "Too many attempts",
                "There were too many requests that failed to sign in.",
                "Wait as long as the header Retry-After says.",
            ),
            Kind(
                "broken",
                500,
                "Something went wrong here",
                "The answer could not be made. What went wrong is written where the server was started.",
                "Tell whoever runs the server. Nothing was stored.",
            ),
            Kind(
                "busy",
                503,
                "Not available now",
                "The ledger is busy or cannot be reached. Nothing was stored.",
                "Try again in a moment, with the same idempotency key.",
            ),
        )
    }
)
