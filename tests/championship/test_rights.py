"""Who may do what, where: every permission is named in championship/roles.toml, and duties limit it to events."""

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser, Group, Permission, User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from championship import rights
from championship.models import Adjustment, Decision, EligibilityOverride, EventDuty, Session
from championship.rules.roles import roles
from tests import factories as make
from tests import result_factories as results

# Of every model whether its rows are part of an event.
OF_AN_EVENT = {
    *("AppliedDecision", "Classification", "ClassificationDraft", "ClassificationState", "CrewMember", "Decision"),
    *("DecisionEffect", "Document", "DocumentFile", "EntryList", "EntryListLine", "EntryListSeat", "Event"),
    *("EventDuty", "EventEntry", "PolePosition", "Result", "ResultDriver", "Round", "Score", "Session"),
    *("StagedImport", "TimingImport"),
}
OF_NO_EVENT = {
    *("Adjustment", "CarModel", "CarModelAlias", "Circuit", "ContentStamp", "Driver", "DriverAlias"),
    *("EligibilityOverride", "Entry", "Invitation", "Manufacturer", "Picture", "PointsScaleLine", "PointsSettings"),
    *(
        "RaceClass",
        "RaceClassAlias",
        "Season",
        "SeasonCrewMember",
        "Standing",
        "StandingList",
        "Team",
        "TeamAlias",
        "Title",
    ),
}


def permissions():
    return [
        codename
        for model in apps.get_app_config("championship").get_models()
        for codename in (
            *(f"{verb}_{model._meta.model_name}" for verb in model._meta.default_permissions),
            *(codename for codename, _ in model._meta.permissions),
        )
    ]


def test_every_permission_stands_in_exactly_one_right():
    named = [codename for right in roles().rights for codename in right.permissions]
    assert sorted(named) == sorted(permissions())
    print(f"{len(named)} permissions in {len(roles().rights)} rights")


def test_a_permission_that_nobody_thought_of_is_found():
    named = [codename for right in roles().rights for codename in right.permissions]
    assert sorted(named) != sorted([*permissions(), "add_trackwalk"])


def test_every_model_has_a_way_to_its_event_or_none():
    models = [
        model
        for model in apps.get_app_config("championship").get_models()
        if not model.__name__.startswith("Historical")
    ]
    assert {model.__name__ for model in models} == OF_AN_EVENT | OF_NO_EVENT
    for model in models:
        fields = {field.attname for field in model._meta.concrete_fields}
        has_way = any(f"{way}_id" in fields for way in rights.WAYS) or model.__name__ == "Event"
        assert has_way == (model.__name__ in OF_AN_EVENT), model.__name__
    print(f"{len(models)} models")


@pytest.mark.django_db
def test_the_groups_have_exactly_the_permissions_of_the_file():
    for name in roles().names.values():
        own = Group.objects.get(name=name).permissions.filter(content_type__app_label="championship")
        assert sorted(own.values_list("codename", flat=True)) == sorted(roles().permissions(name))
    others = Permission.objects.filter(group__isnull=False).exclude(
        content_type__app_label__in=("championship", "news")
    )
    assert not others.exists()


@pytest.fixture
def events():
    season = make.make_season()
    race_class = make.make_race_class(season)
    found = [make.make_event(season, slug) for slug in ("sepang", "dubai")]
    for event in found:
        results.make_decision(
            make.make_round(event, found.index(event) + 1).race_session,
            make.make_event_entry(event, make.make_entry(race_class)).entry.car_number,
            {"kind": "time_added", "time": 5_000},
        )
    return found


def person(name, *duties):
    user = make.make_user()
    user.groups.add(Group.objects.get(name=name))
    for event in duties:
        EventDuty.objects.create(user=user, event=event)
    return user


@pytest.mark.django_db
def test_without_a_duty_the_role_holds_at_every_event(events):
    stewards = person("Stewards' secretary")
    assert [rights.may(stewards, "publish_decision", event) for event in events] == [True, True]
    assert rights.may(stewards, "publish_decision")
    assert not rights.may(stewards, "publish_entrylist", events[0])


@pytest.mark.django_db
def test_a_duty_limits_writing_to_its_event_and_reading_not_at_all(events):
    stewards = person("Stewards' secretary", events[0])
    assert [rights.may(stewards, "publish_decision", event) for event in events] == [True, False]
    assert [rights.may(stewards, "view_decision", event) for event in events] == [True, True]
    assert rights.may(stewards, "publish_decision")
    assert not rights.may(stewards, "publish_entrylist", events[0])
    assert rights.refusal(stewards, events[1]) == (
        "You are on duty at 4 Hours of Sepang 2030/31 only. To work at another event, ask an administrator."
    )


@pytest.mark.django_db
def test_two_duties_open_two_events(events):
    third = make.make_event(events[0].season, "abu-dhabi")
    stewards = person("Stewards' secretary", *events)
    assert [rights.may(stewards, "publish_decision", event) for event in (*events, third)] == [True, True, False]
    assert "Dubai 2030/31 and 4 Hours of Sepang 2030/31 only" in rights.refusal(stewards, third)


@pytest.mark.django_db
def test_an_administrator_needs_no_duty_and_a_visitor_has_no_right(events):
    boss = make.make_user("boss", is_superuser=True)
    EventDuty.objects.create(user=boss, event=events[0])
    assert rights.may(boss, "publish_decision", events[1])
    assert not rights.may(AnonymousUser(), "view_decision", events[0])
    assert rights.refusal(AnonymousUser(), events[0]) == ""


@pytest.mark.django_db
def test_rows_are_refused_by_the_event_that_they_are_part_of(events):
    stewards = person("Stewards' secretary", events[0])
    here, there = (Decision.objects.get(session__event=event) for event in events)
    assert rights.refusal(stewards, here) == rights.refusal(stewards, here.effects.get()) == ""
    assert rights.refusal(stewards, there) == rights.refusal(stewards, there.effects.get()) != ""
    assert rights.refusal(stewards, Session(event=events[1])) != ""
    assert rights.refusal(stewards, Session()) == ""
    for row in (Adjustment(round=events[1].rounds.get()), EligibilityOverride(), events[1].season):
        assert rights.refusal(stewards, row) == ""


@pytest.mark.django_db
def test_duties_are_read_once_for_a_request(events):
    user = User.objects.get(pk=person("Stewards' secretary", events[0]).pk)
    with CaptureQueriesContext(connection) as captured:
        for event in events * 3:
            rights.may(user, "publish_decision", event)
    assert len([query for query in captured if "eventduty" in query["sql"]]) == 1
