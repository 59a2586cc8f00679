from datetime import UTC, datetime

import pytest

from championship.services import signatures
from championship.services.results import ResultsError
from championship.services.saving import StaleVersionError
from tests import factories as make
from tests import result_factories as results

pytestmark = pytest.mark.django_db

NOW = datetime(2030, 12, 5, 20, tzinfo=UTC)


@pytest.fixture
def session(settings):
    settings.SITE_NOW = NOW
    return results.make_racing_season(rounds=1).rounds.get().race_session


@pytest.fixture
def anna():
    return make.make_user("anna")


@pytest.fixture
def ben():
    return make.make_user("ben")


@pytest.fixture
def alone(session, anna):
    return results.publish_results(
        session, ["7", "22"], from_archive=False, author=anna, single_signed_reason="Alone at night"
    )


def test_somebody_else_signs_afterwards_and_the_history_says_who(alone, ben):
    state = signatures.countersign(alone, by=ben)
    assert (state.countersigned_by, state.countersigned_at) == (ben, NOW)
    record = state.history.latest()
    assert (record.history_user, record.history_change_reason) == (ben, "Countersigned")


def test_nobody_countersigns_what_is_their_own(alone, anna):
    with pytest.raises(ResultsError, match="Nobody countersigns their own work"):
        signatures.countersign(alone, by=anna)


def test_a_version_is_countersigned_once(alone, ben):
    signatures.countersign(alone, by=ben)
    with pytest.raises(ResultsError, match="countersigned already, by ben"):
        signatures.countersign(alone, by=make.make_user("carl"))


def test_a_version_with_two_signatures_needs_no_third(session, anna, ben):
    version = results.publish_results(session, ["7"], from_archive=False, author=anna, checker=ben)
    with pytest.raises(ResultsError, match="has two signatures"):
        signatures.countersign(version, by=make.make_user("carl"))


def test_what_is_pending_is_set_with_a_reason(alone, ben):
    state = signatures.set_flags(alone, {"is_protested": True}, by=ben, reason=" Car 22 protests ", seen_version=1)
    assert (state.is_protested, state.is_under_investigation, state.version) == (True, False, 2)
    record = state.history.latest()
    assert (record.history_user, record.history_change_reason) == (ben, "Car 22 protests")


def test_what_is_pending_is_not_set_without_a_reason_or_over_another_save(alone, ben):
    with pytest.raises(ResultsError, match="Say why"):
        signatures.set_flags(alone, {"is_protested": True}, by=ben, reason=" ", seen_version=1)
    signatures.set_flags(alone, {"is_protested": True}, by=ben, reason="Protest", seen_version=1)
    with pytest.raises(StaleVersionError):
        signatures.set_flags(alone, {"is_subject_to_appeal": True}, by=ben, reason="Appeal", seen_version=1)
    alone.state.refresh_from_db()
    assert (alone.state.is_protested, alone.state.is_subject_to_appeal) == (True, False)
