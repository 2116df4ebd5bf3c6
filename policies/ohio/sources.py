"""Where the rules of Ohio come from, and the words its schools use."""

from datetime import date

from ledger.policy import Citation, Confidence, Words

FIRST_DAY = date(2019, 7, 1)
"""The first day on which a student of the first cohort could enter grade 9."""

COMPETENCY = Citation("ORC 3313.618(B) (agency page on competency)", confidence=Confidence.V)
WHOLE = Citation("ORC 3313.618(B) (agency pages; that it serves both subjects: summaries)", confidence=Confidence.S)
CAREER = Citation("ORC 3313.618(B) (agency page on career experience)", confidence=Confidence.V)
SEALS = Citation("ORC 3313.6114 (agency pages on seals)", confidence=Confidence.V)
UNSEEN_SCORES = Citation("ORC 3313.6114 (agency pages on seals; equivalent scores not seen)", confidence=Confidence.M)
UNSEEN_SEALS = Citation("ORC 3313.6114 names the seal; what it asks for was not seen", confidence=Confidence.M)
COHORT = Citation("ORC 3313.618 (agency summary for 2023 and beyond)", confidence=Confidence.V)
FLEXIBILITY = Citation("SB 311 of 2006; OAC 3301-35-06 (summaries)", confidence=Confidence.S)

COMPETENCY_WORDS = Words(met="competency shown", learner="student", target="subject")
DEMONSTRATION_WORDS = Words(met="shown", learner="student", target="demonstration")
SEAL_WORDS = Words(met="seal earned", learner="student", target="diploma seal")
