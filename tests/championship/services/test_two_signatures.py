"""Two people stand behind every list, whichever way somebody goes: services, models, querysets, SQL, the admin.

Each attack has its control: the same way, with somebody else's signature or with a reason, is open.
"""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from championship.models import Classification, ClassificationDraft, ClassificationState, freezing
from championship.models.base import FrozenError
from championship.services import drafts, publishing
from championship.services.results import ResultsError, publish_version
from tests import factories as make
from tests import result_factories as results
from tests.championship.admin.posting import signed_in

pytestmark = pytest.mark.django_db

FILE = ["7", "22", "99"]
NOW = datetime(2030, 12, 5, 20, tzinfo=UTC)
DRAFTS, VERSIONS, STATES = (
    model._meta.db_table for model in (ClassificationDraft, Classification, ClassificationState)
)


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
def draft(session, anna):
    return drafts.create_draft(session=session, lines=results.draft_lines(session, FILE), by=anna)


@pytest.fixture
def signed(session, anna, ben):
    return results.publish_results(session, FILE, from_archive=False, author=anna, checker=ben)


@pytest.fixture
def alone(session, anna):
    return results.publish_results(session, FILE, from_archive=False, author=anna, single_signed_reason="Night")


def refused(act, error=IntegrityError):
    with pytest.raises(error), transaction.atomic():
        act()


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


# The draft


def test_services_let_no_author_check_or_publish_alone_without_a_reason(session, draft, anna, ben):
    seen = publishing.preview(draft, "provisional").fingerprint
    refused(lambda: drafts.check_draft(draft, by=anna, seen_version=1), ResultsError)
    refused(lambda: drafts.retype(draft, order=FILE, by=anna, seen_version=1), ResultsError)
    for reason in ("", "   "):
        values = {"seen": seen, "by": anna, "single_signed_reason": reason}
        refused(lambda values=values: publishing.publish_provisional(draft, **values), ResultsError)
    assert not Classification.objects.exists()
    assert publishing.publish_provisional(draft, seen=seen, by=ben).checker == ben


def test_no_way_into_the_draft_makes_its_author_the_checker(draft, anna, ben):
    for name in ("checker", "retyped_by"):
        setattr(draft, name, anna)
        refused(draft.full_clean, ValidationError)
        refused(draft.save)
        rows = ClassificationDraft.objects.filter(pk=draft.pk)
        refused(lambda rows=rows, name=name: rows.update(**{name: anna}))
        refused(lambda draft=draft, name=name: ClassificationDraft.objects.bulk_update([draft], [name]))
        refused(lambda name=name: sql(f"UPDATE {DRAFTS} SET {name}_id = author_id"))  # noqa: S608
        rows.update(**{name: ben})
        setattr(draft, name, ben)
    assert (ClassificationDraft.objects.get().checker, ClassificationDraft.objects.get().retyped_by) == (ben, ben)


def test_who_checked_a_draft_does_not_become_its_author(draft, ben):
    checked = drafts.check_draft(draft, by=ben, seen_version=1)
    refused(lambda: ClassificationDraft.objects.filter(pk=checked.pk).update(author=ben))
    saved = drafts.save_draft(checked, lines=drafts.draft_lines(checked), by=ben, seen_version=2)
    assert (saved.author, saved.checker) == (ben, None)


# The version


@pytest.mark.parametrize(("checker", "is_refused"), [("nobody", True), ("author", True), ("other", False)])
def test_no_version_is_written_without_two_people(session, anna, ben, checker, is_refused):
    who = {"nobody": None, "author": anna, "other": ben}[checker]

    def write():
        publish_version(
            session=session,
            version=1,
            status="provisional",
            published_at=NOW,
            published_precision="minute",
            lines=results.draft_lines(session, FILE),
            decisions=(),
            author=anna,
            checker=who,
        )

    if is_refused:
        refused(write, ValidationError)
    else:
        write()
    assert Classification.objects.exists() != is_refused


def test_a_model_that_is_saved_past_its_checks_is_refused_by_the_database(session, anna):
    def write():
        with freezing():
            Classification(session=session, version=1, status="official", published_at=NOW, author=anna).save()

    def insert(reason):
        columns = "session_id version status published_at published_precision document_number cause author_id"
        columns += " single_signed_reason is_retyped warnings warnings_reason from_archive source"
        values = (session.pk, 1, "official", NOW, "minute", "", "", anna.pk, reason, False, "", "", False, "")
        marks = ", ".join(["%s"] * len(values))
        sql(f"INSERT INTO {VERSIONS} ({', '.join(columns.split())}) VALUES ({marks})", *values)  # noqa: S608

    refused(write)
    refused(lambda: insert(""))
    insert("Night")


def test_a_published_version_keeps_its_signatures(signed, alone, ben):
    for version in (signed, alone):
        rows = Classification.objects.filter(pk=version.pk)
        refused(lambda rows=rows: rows.update(checker=ben), FrozenError)
        refused(version.save, FrozenError)
        refused(version.delete, FrozenError)
    refused(lambda: sql(f"UPDATE {VERSIONS} SET checker_id = author_id WHERE id = %s", signed.pk))  # noqa: S608
    refused(lambda: sql(f"UPDATE {VERSIONS} SET checker_id = NULL WHERE id = %s", signed.pk))  # noqa: S608
    refused(lambda: sql(f"UPDATE {VERSIONS} SET single_signed_reason = '' WHERE id = %s", alone.pk))  # noqa: S608


def test_warnings_never_lose_their_reason(alone):
    refused(lambda: sql(f"UPDATE {VERSIONS} SET warnings = 'Car 4' WHERE id = %s", alone.pk))  # noqa: S608
    refused(lambda: sql(f"UPDATE {VERSIONS} SET warnings_reason = 'So' WHERE id = %s", alone.pk))  # noqa: S608


# The second signature afterwards


def test_an_author_does_not_countersign_through_the_model_and_no_signature_lacks_its_moment(alone, anna, ben):
    state = alone.state
    state.countersigned_by, state.countersigned_at = anna, NOW
    refused(state.full_clean, ValidationError)
    rows = ClassificationState.objects.filter(pk=state.pk)
    refused(lambda: rows.update(countersigned_by=ben))
    refused(lambda: sql(f"UPDATE {STATES} SET countersigned_at = %s", NOW))  # noqa: S608
    rows.update(countersigned_by=ben, countersigned_at=NOW)


def test_the_admin_offers_no_way_to_sign(alone, anna):
    client = signed_in("anna")
    state = f"/admin/championship/classificationstate/{alone.state.pk}/change/"
    typed = {"seen_version": "1", "countersigned_by": anna.pk, "countersigned_at_0": "2030-12-05", "is_current": "on"}
    client.post(state, typed)
    assert (
        client.post(f"/admin/championship/classification/{alone.pk}/change/", {"checker": anna.pk}).status_code == 403
    )
    listed = "/admin/championship/classificationstate/"
    client.post(listed, {"action": "delete_selected", "_selected_action": alone.state.pk, "post": "yes"})
    found = ClassificationState.objects.get()
    assert (found.countersigned_by, Classification.objects.get().checker) == (None, None)
