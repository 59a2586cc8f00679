"""A calendar file (RFC 5545). Times are UTC, which every program reads alike; the track's clock is in the text."""

from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from icalendar import Calendar, Event, Timezone, vDDDTypes

from championship.selectors.calendar import CalendarFeed, FeedSession

# How often a program that has subscribed may ask again: times change on the day before a race.
REFRESH_AFTER = timedelta(hours=3)


def calendar_file(feed: CalendarFeed) -> HttpResponse:
    """The feed as a file that a browser hands to the calendar program."""
    calendar = Calendar()
    calendar.add("prodid", "-//Asian Le Mans Series//Calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", feed.name)
    calendar.add("x-wr-calname", feed.name)
    calendar.add("refresh-interval", vDDDTypes(REFRESH_AFTER), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDDDTypes(REFRESH_AFTER))
    for session in feed.sessions:
        calendar.add_component(_event(session))
    if not feed.sessions:
        # A calendar without any component is not valid; a zone says nothing and makes it so.
        calendar.add_component(Timezone.from_tzid("UTC"))
    response = HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'inline; filename="{feed.file_name}.ics"'
    return response


def _event(session: FeedSession) -> Event:
    event = Event()
    # The key never changes, so that a program that has subscribed moves the session instead of adding another.
    event.add("uid", f"{session.key}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("dtstamp", session.changed_at)
    event.add("last-modified", session.changed_at)
    event.add("sequence", session.sequence)
    event.add("summary", session.summary)
    event.add("description", session.description)
    event.add("categories", [session.kind])
    event.add("status", session.status)
    if session.starts_at is None:
        event.add("dtstart", session.date)
        event.add("dtend", session.date + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
    else:
        event.add("dtstart", session.starts_at)
        if session.ends_at:
            event.add("dtend", session.ends_at)
    event.add("location", session.location)
    event.add("geo", (session.latitude, session.longitude))
    event.add("url", f"{settings.SITE_URL}{session.path}")
    return event
