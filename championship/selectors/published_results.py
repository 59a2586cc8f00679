"""What the public knows of results at the site's moment: the newest version of each race, the newest tables."""

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from championship.models import Classification, Result, Standing, StandingList


def race_results() -> QuerySet[Result]:
    """The cars of every round's race, in the newest version of its classification, in the order of the season."""
    return (
        Result.objects.filter(
            classification__in=Classification.objects.newest(), classification__session__round__isnull=False
        )
        .select_related("classification", "race_class__season")
        .order_by(
            "classification__session__event__starts_on",
            "classification__session__event_id",
            F("classification__session__date").asc(nulls_first=True),
            F("classification__session__starts_at").asc(nulls_first=True),
            "classification__session__slug",
            "position",
        )
    )


def published_cars() -> QuerySet[Result]:
    """The cars of every version that the public has seen: whoever is among them has a page."""
    return Result.objects.filter(classification__in=Classification.objects.published().order_by())


def with_fastest_laps(results: QuerySet[Result]) -> QuerySet[Result]:
    """The same with `has_fastest_lap`: nobody of the class went faster in that race."""
    faster = Result.objects.filter(
        classification=OuterRef("classification"),
        race_class=OuterRef("race_class"),
        best_lap_time__lt=OuterRef("best_lap_time"),
    )
    return results.annotate(has_fastest_lap=Q(best_lap_time__isnull=False) & ~Exists(faster))


def newest_status(session: str) -> Subquery:
    """The status of the newest classification of a session, to annotate with; None while there is none.

    `session` is the path to it from the row that is annotated: "race_session" for a round, "pk" for a session.
    """
    return Subquery(Classification.objects.newest().filter(session=OuterRef(session)).values("status")[:1])


def latest_tables() -> QuerySet[StandingList]:
    """Of every title the newest table after the last round that counts, provisional results included."""
    known = StandingList.objects.newest().filter(basis=StandingList.Basis.ALL, is_void=False)
    later = known.filter(title=OuterRef("title"), round__number__gt=OuterRef("round__number"))
    return known.filter(~Exists(later))


def latest_standings() -> QuerySet[Standing]:
    """The lines of `latest_tables`, the newest season first, title by title from the top."""
    return (
        Standing.objects.filter(standing_list__in=latest_tables())
        .select_related("standing_list__title__race_class__season", "standing_list__round")
        .order_by(
            F("standing_list__title__race_class__season__slug").desc(),
            "standing_list__title__race_class__position",
            "standing_list__title__group",
            "-standing_list__title__contender",
            "order",
        )
    )
