"""Ohio: the Military Enlistment Seal, by a contract to enlist or by junior officers' training."""

from ledger.policy import FieldIs, any_of, clause, fact, param
from policies.ohio.records import different, on_record
from policies.ohio.seals import seal
from policies.ohio.sources import SEALS

military_enlistment = seal(
    "military-enlistment-seal",
    "Military Enlistment Seal",
    any_of(
        clause(
            "enlistment", "A signed contract to enter the armed forces (form DD 4).", fact.enlistment_forms >= 1, SEALS
        ),
        clause(
            "jrotc",
            "{jrotc_years} years of an approved Junior Reserve Officers' Training Corps (JROTC) programme.",
            fact.jrotc_years >= param.jrotc_years,
            SEALS,
            next="go on with the JROTC programme",
        ),
    ),
    on_record("enlistment_forms", "signed enlistment forms DD 4", FieldIs("instrument", "dd-4"), unit="forms"),
    different(
        "jrotc_years",
        "school years of an approved JROTC programme",
        "item",
        FieldIs("instrument", "us-oh/jrotc"),
        unit="years",
    ),
)
