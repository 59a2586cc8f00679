from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Permission

from championship.services import consequence_preview, recalls, standings
from championship.services.results import ResultsError
from tests import factories as make
from tests import result_factories as results

pytestmark = pytest.mark.django_db

PUBLISHED = datetime(2030, 12, 5, 18, 30, tzinfo=UTC)


@pytest.fixture
def session(settings):
    settings.SITE_NOW = PUBLISHED
    return results.make_racing_season(rounds=1).rounds.get().race_session


def person(name, *rights):
    user = make.make_user(name)
    user.user_permissions.set(Permission.objects.filter(codename__in=rights))
    return user


@pytest.fixture
def anna():
    return person("anna", recalls.OWN)


@pytest.fixture
def version(session, anna):
    return results.publish_results(
        session,
        ["7", "22"],
        at=PUBLISHED,
        status="provisional",
        from_archive=False,
        author=anna,
        checker=make.make_user("ben"),
    )


def take_back(version, by, **values):
    found = consequence_preview.of_recalling(version, by=by)
    return recalls.take_back(version, by=by, **{"reason": "The wrong file", "foreseen": found.fingerprint} | values)


def test_ones_own_version_is_recalled_within_the_minutes_of_the_season(version, anna, settings):
    settings.SITE_NOW = PUBLISHED + timedelta(minutes=10, seconds=-1)
    assert recalls.refusal(version, anna) == ""
    assert take_back(version, anna) is None
    assert version.state.__class__.objects.get().recall_reason == "The wrong file"


def test_who_checked_it_signed_it_too(version, settings):
    ben = version.checker
    ben.user_permissions.set(Permission.objects.filter(codename=recalls.OWN))
    assert recalls.refusal(version, type(ben).objects.get(pk=ben.pk)) == ""


def test_after_the_minutes_it_is_refused(version, anna, settings):
    settings.SITE_NOW = PUBLISHED + timedelta(minutes=10)
    words = "You may recall your own version for 10 minutes, and they are over."
    assert recalls.refusal(version, anna) == words
    with pytest.raises(ResultsError, match="they are over"):
        take_back(version, anna)


def test_another_ones_version_needs_the_right_to_recall_any(version, settings):
    settings.SITE_NOW = PUBLISHED + timedelta(days=100)
    assert recalls.refusal(version, person("carl", recalls.OWN)) == "You may recall only what you signed yourself."
    assert recalls.refusal(version, person("dora")) == "You may not recall a version."
    assert recalls.refusal(version, person("emil", recalls.ANY)) == ""


def test_another_consequence_than_the_one_that_was_shown_is_refused(version, session):
    emil = person("emil", recalls.ANY)
    found = consequence_preview.of_recalling(version, by=emil)
    results.make_pole(session.round, "22")
    standings.refresh(session.event.season, cause="Pole position")
    with pytest.raises(ResultsError, match="Something was changed since this preview"):
        recalls.take_back(version, by=emil, reason="The wrong file", foreseen=found.fingerprint)
    version.state.refresh_from_db()
    assert version.state.is_current
