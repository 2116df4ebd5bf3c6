"""Ohio: seals that rest on what somebody else attests, an honors diploma, biliteracy, and a district's own seals."""

from ledger.policy import UNKNOWN, FactDefinition, FactType, FieldIs, Reads, clause, fact, param
from policies.ohio.records import on_record
from policies.ohio.seals import seal
from policies.ohio.sources import SEALS, UNSEEN_SEALS

honors_diploma = seal(
    "honors-diploma-seal",
    "Honors Diploma Seal",
    clause(
        "honors-diploma",
        "The student has earned a state honors diploma.",
        fact.honors_diplomas >= 1,
        UNSEEN_SEALS,
        next="earn an honors diploma",
    ),
    on_record(
        "honors_diplomas",
        "state honors diplomas",
        FieldIs("kind", "credential"),
        FieldIs("instrument", "us-oh/honors-diploma"),
        unit="diplomas",
    ),
    cites=UNSEEN_SEALS,
)

biliteracy = seal(
    "biliteracy-seal",
    "Seal of Biliteracy",
    clause(
        "biliteracy",
        "The student is attested to be literate in two languages.",
        fact.biliteracy_attestations >= 1,
        UNSEEN_SEALS,
        next="show literacy in a second language",
    ),
    on_record(
        "biliteracy_attestations",
        "attestations of literacy in two languages",
        FieldIs("kind", "credential"),
        FieldIs("instrument", "us-oh/biliteracy"),
        unit="attestations",
    ),
    cites=UNSEEN_SEALS,
)

local = seal(
    "local-seal",
    "Local diploma seal",
    clause(
        "district-guidelines",
        "The district attests that the student meets its own guidelines for the seal.",
        fact.attestations >= 1,
        SEALS,
        next="meet the district's guidelines for the seal",
    ),
    FactDefinition("seal", "the seal asked for", "subject.1", FactType.TEXT, Reads.FRAMEWORK, when_none=UNKNOWN),
    on_record(
        "attestations",
        "attestations of the district",
        FieldIs("kind", "credential"),
        FieldIs("instrument", "us-oh/local-seal"),
        unit="attestations",
    ),
    applies=clause(
        "local",
        "It is one of the seals that districts define: community service, fine and performing arts, student "
        "engagement.",
        fact.seal.in_(param.local_seals),
        SEALS,
    ),
)
