"""Ohio: the Industry Credential Seal, enough points of approved credentials in one career field."""

from policies.ohio.credentials import CREDENTIAL_FIELDS, points_in_one_field
from policies.ohio.seals import seal
from policies.ohio.sources import SEALS

industry_credential = seal(
    "industry-credential-seal", "Industry Credential Seal", points_in_one_field(SEALS), CREDENTIAL_FIELDS
)
