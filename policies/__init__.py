"""The policies that come with the product; they use the plugin interface and nothing else."""

from collections.abc import Iterator

from ledger.policy.hookspecs import hookimpl
from ledger.policy.model import Jurisdiction
from ledger.policy.modules import PolicyModule, module
from policies.certification import nurse_aide
from policies.competency_based import course, mastery, readiness
from policies.emerging import course as emerging_course
from policies.new_york import appeal, compensatory_option, exam, special_appeal
from policies.new_york import diploma as new_york_diploma
from policies.ohio import (
    attested_seals,
    career,
    citizenship_seal,
    college_ready_seal,
    competency,
    credit_flexibility,
    industry_credential_seal,
    military_enlistment_seal,
    ohiomeansjobs_seal,
    science_seal,
    technology_seal,
)
from policies.ohio import graduation as ohio_graduation
from policies.pennsylvania import graduation as pennsylvania_graduation
from policies.shared import relearn_then_retake, support
from policies.texas import (
    acceleration,
    attendance,
    course_credit,
    credit_by_examination,
    graduation_committee,
    houston,
    semester_examination,
)
from policies.traditional import course as traditional_course
from policies.virginia import diploma, expedited_retake, locally_awarded_credit, standard_credit, verified_credit


@hookimpl
def ledger_jurisdictions() -> Iterator[Jurisdiction]:
    """Give the states whose law is encoded here."""
    yield Jurisdiction("us-ny", "New York", "state", zone="America/New_York")
    yield Jurisdiction("us-oh", "Ohio", "state", zone="America/New_York")
    yield Jurisdiction("us-pa", "Pennsylvania", "state", zone="America/New_York")
    yield Jurisdiction("us-tx", "Texas", "state", zone="America/Chicago")
    yield Jurisdiction(
        "us-tx/houston", "Houston Independent School District", "district", parent="us-tx", zone="America/Chicago"
    )
    yield Jurisdiction("us-va", "Virginia", "state", zone="America/New_York")


@hookimpl
def ledger_policies() -> Iterator[PolicyModule]:
    """Give the competency-based baseline and the encoded law of the states."""
    yield from _baselines()
    yield from _new_york()
    yield from _ohio()
    yield module(pennsylvania_graduation.__name__, pennsylvania_graduation.graduation)
    yield from _texas()
    yield from _virginia()


def _baselines() -> Iterator[PolicyModule]:
    yield module(readiness.__name__, readiness.readiness)
    yield module(mastery.__name__, mastery.mastery)
    yield module(course.__name__, course.credit, course.advancement)
    yield module(
        traditional_course.__name__,
        traditional_course.credit,
        traditional_course.advancement,
        traditional_course.hidden_gaps,
    )
    yield module(emerging_course.__name__, emerging_course.credit, emerging_course.early_start, emerging_course.support)
    yield module(relearn_then_retake.__name__, relearn_then_retake.mastery)
    yield module(support.__name__, support.stalled, support.behind, support.ready_to_accelerate)
    yield module(nurse_aide.__name__, nurse_aide.certification)


def _new_york() -> Iterator[PolicyModule]:
    yield module(appeal.__name__, appeal.appeal_of_2005, appeal.appeal)
    yield module(special_appeal.__name__, special_appeal.special_appeal)
    yield module(compensatory_option.__name__, compensatory_option.compensatory_option)
    yield module(exam.__name__, exam.exam)
    yield module(new_york_diploma.__name__, new_york_diploma.regents, new_york_diploma.local)


def _texas() -> Iterator[PolicyModule]:
    yield module(credit_by_examination.__name__, credit_by_examination.credit)
    yield module(acceleration.__name__, acceleration.advancement)
    yield module(attendance.__name__, attendance.attendance)
    yield module(course_credit.__name__, course_credit.credit)
    yield module(semester_examination.__name__, semester_examination.credit)
    yield module(graduation_committee.__name__, graduation_committee.graduation)
    yield module(houston.__name__, houston.credit)


def _virginia() -> Iterator[PolicyModule]:
    yield module(standard_credit.__name__, standard_credit.credit)
    yield module(verified_credit.__name__, verified_credit.credit)
    yield module(locally_awarded_credit.__name__, locally_awarded_credit.credit)
    yield module(expedited_retake.__name__, expedited_retake.retake)
    yield module(diploma.__name__, diploma.standard, diploma.advanced)


def _ohio() -> Iterator[PolicyModule]:
    yield module(competency.__name__, competency.competency)
    yield module(
        career.__name__,
        career.webxams,
        career.industry_credentials,
        career.apprenticeship,
        career.state_licence,
        career.work_based_learning,
        career.workkeys,
    )
    yield module(citizenship_seal.__name__, citizenship_seal.citizenship)
    yield module(science_seal.__name__, science_seal.science)
    yield module(technology_seal.__name__, technology_seal.technology)
    yield module(college_ready_seal.__name__, college_ready_seal.college_ready)
    yield module(military_enlistment_seal.__name__, military_enlistment_seal.military_enlistment)
    yield module(ohiomeansjobs_seal.__name__, ohiomeansjobs_seal.ohiomeansjobs)
    yield module(industry_credential_seal.__name__, industry_credential_seal.industry_credential)
    yield module(
        attested_seals.__name__, attested_seals.honors_diploma, attested_seals.biliteracy, attested_seals.local
    )
    yield module(ohio_graduation.__name__, ohio_graduation.readiness, ohio_graduation.competency_and_readiness)
    yield module(credit_flexibility.__name__, credit_flexibility.credit)
