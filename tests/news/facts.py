"""What the record says about a fact that a claim of data/news/ names, in the words that a text may use for it.

Each fact is answered with all that the text has to say; a tuple is one thing said in one of several ways. Nothing is
known here that was not public at the moment of the story.
"""

import calendar
import math
from collections import Counter
from datetime import timedelta

from championship.models import (
    Classification,
    Decision,
    Driver,
    Entry,
    EntryList,
    Event,
    Invitation,
    PolePosition,
    RaceClass,
    Round,
    Session,
    StandingList,
    Title,
)
from championship.rules.durations import difference, duration
from championship.rules.text import fold

CARDINALS = (
    "none one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
).split()
ORDINALS = "last first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
SHORT = {1: "1st", 2: "2nd", 3: "3rd"}
TIMES = {1: "once", 2: "twice"}
COUNTRIES = {"FR": "France", "LU": "Luxembourg", "OM": "Oman", "DE": "Germany"}
WON = ("won", "wins", "win", "winner", "beat", "leads", "leader", "lead", "first", "1st")


def number(value):
    """In figures or in words."""
    value = int(value)
    words = CARDINALS[value : value + 1] + {1: ["single", "a lap"], 2: ["twice"]}.get(value, [])
    return (str(value), *words)


def place(value):
    """A place in words."""
    value = int(value)
    return WON if value == 1 else (ORDINALS[value], SHORT.get(value, f"{value}th"))


def seconds(milliseconds):
    return difference(milliseconds).removeprefix("+")


class Facts:
    """The record as it was public at a moment."""

    def __init__(self, moment):
        self.moment = moment

    def __call__(self, fact):
        kind, *words = fact.split()
        return [answer for answer in getattr(self, kind.replace("-", "_"))(*words) if answer]

    # What was public

    def version(self, name):
        """The classification of `sepang/race-1`, of `abu-dhabi/race-2@1` its first version."""
        name, _, version = name.partition("@")
        event, slug = name.split("/")
        rows = Classification.objects.filter(session__event__slug=event, session__slug=slug)
        if version:
            return rows.published(self.moment).get(version=version)
        return rows.newest(self.moment).get()

    def line(self, name, car):
        return self.version(name).results.get(car_number=car)

    def table(self, title, after):
        after, _, version = after.partition("@")
        moment = self.moment
        if version:
            session = Round.objects.get(number=after).race_session
            moment = session.classifications.get(version=version).published_at
            assert moment <= self.moment
        lists = StandingList.objects.newest(moment).filter(round__number=after, basis=StandingList.Basis.ALL)
        return next(row for row in lists if row.title.slug == title)

    def lines_of_list(self, event=None):
        return list(EntryList.objects.newest(self.moment).get(event=event).lines.select_related("race_class", "entry"))

    def race_results(self, until=99):
        for one in Round.objects.filter(number__lte=until).order_by("number"):
            found = Classification.objects.filter(session=one.race_session).newest(self.moment)
            yield one, found.get().results.all()

    # The season

    def season(self, _what):
        days = [one.date for one in Session.objects.filter(kind=Session.Kind.RACE)]
        yield number((max(days) - min(days)).days)

    def days(self, first, last):
        """From one race to another, both days counted."""
        dates = [
            Session.objects.get(event__slug=name.split("/")[0], slug=name.split("/")[1]).date for name in (first, last)
        ]
        yield number((dates[1] - dates[0]).days + 1)

    def circuit(self, slug, what):
        circuit = Event.objects.get(circuit__slug=slug).circuit
        yield f"{circuit.length_m / 1000:.3f}" if what == "length" else number(circuit.turns)

    def race(self, name, what):
        event, slug = name.split("/")
        session = Session.objects.get(event__slug=event, slug=slug)
        yield {
            "round": lambda: number(session.round.number),
            "round-ordinal": lambda: ORDINALS[session.round.number],
            "weekday": lambda: calendar.day_name[session.date.weekday()],
            "day": lambda: str(session.date.day),
            "month": lambda: calendar.month_name[session.date.month],
            "hours": lambda: number(session.duration_minutes / 60),
        }[what]()

    def list(self, event, what):
        published = EntryList.objects.newest(self.moment).get(event__slug=event).published_at
        yield str(published.day) if what == "day" else calendar.month_name[published.month]

    def scale(self, what, more=""):
        points = Title.objects.first().race_class.season.points_settings
        scale = {line.position: line.points for line in points.scale.all()}
        if what == "pole":
            yield number(points.pole_points)
        elif what == "most":
            yield number((scale[1] + points.pole_points) * int(more or Round.objects.count()))
        else:
            yield number(scale[int(what)] * (2 if more == "twice" else 1))

    def prize(self, title, what, more=""):
        found = next(row for row in Invitation.objects.all() if row.title.slug == title)
        race = found.race.partition(" of ")[0] if more == "begins" else found.race
        yield {
            "race": race,
            "year": str(found.year),
            "kind": {"invitation": ("invitation", "invited"), "priority": "priority"}[found.kind],
        }[what]

    def count(self, what, *words):
        yield number(getattr(self, f"count_{what.replace('-', '_')}")(*words))

    count_rounds = staticmethod(Round.objects.count)
    count_classes = staticmethod(RaceClass.objects.count)
    count_titles = staticmethod(Title.objects.count)
    count_invitations = staticmethod(lambda: Invitation.objects.filter(kind=Invitation.Kind.INVITATION).count())
    count_doubles = staticmethod(lambda: sum(event.rounds.count() == 2 for event in Event.objects.all()))
    count_races = staticmethod(lambda event: Round.objects.filter(event__slug=event).count())

    def count_scoring(self):
        return Title.objects.first().race_class.season.points_settings.scale.filter(points__gt=0).count()

    def count_class_races(self, event):
        return self.count_races(event) * self.count_classes()

    def count_winners(self, event):
        found = [rows.filter(class_position=1) for one, rows in self.race_results(2) if one.event.slug == event]
        return len({row.car_number for rows in found for row in rows})

    def count_penalties(self):
        return Decision.objects.count()

    def count_newcomers(self, name):
        return len(self.newcomers_of(name))

    def newcomers_of(self, name):
        known = {line.entry_id for line in self.lines_of_list()}
        return [row for row in self.version(name).results.all() if row.event_entry.entry_id not in known]

    def newcomers(self, name, race_class):
        yield from (row.car_number for row in self.newcomers_of(name) if row.race_class.slug == race_class)

    # The entry list

    def chosen(self, *words):
        """Lines of the season's list in a class, of a country, of a team or of a make."""
        for line in self.lines_of_list():
            about = {line.race_class.slug, str(line.team_country), line.team.slug, line.car_model.manufacturer.slug}
            if set(words) <= about:
                yield line

    def count_cars(self, *words):
        return len(list(self.chosen(*words)))

    def count_teams(self, *words):
        return len({line.team_id for line in self.chosen(*words)})

    def count_models(self, *words):
        return len({line.car_model_id for line in self.chosen(*words)})

    def count_makes(self, *words):
        return len({line.car_model.manufacturer_id for line in self.chosen(*words)})

    def count_drivers(self, country, where=""):
        lines = self.chosen(country) if where else self.lines_of_list()
        return sum(str(seat.nationality) == country for line in lines for seat in line.crew.all())

    def entry(self, car, what):
        entry = Entry.objects.get(car_number=car)
        if what == "drivers":
            line = next(line for line in self.lines_of_list() if line.car_number == car)
            yield from (f"{seat.given_name} {seat.family_name}" for seat in line.crew.all())
            return
        yield {
            "number": car,
            "team": entry.team.name,
            "class": entry.race_class.name,
            "make": (entry.car_model.manufacturer.name, f"{entry.car_model.manufacturer.name}s"),
            "country": COUNTRIES.get(str(entry.team.country)),
        }[what]

    def driver(self, slug):
        yield Driver.objects.get(slug=slug).name

    # Races

    def result(self, name, car, what):
        row = self.line(name, car)
        if what == "drivers":
            yield from (one.driver.name for one in row.drivers.select_related("driver"))
            return
        yield {
            "team": lambda: row.event_entry.entry.team.name,
            "place": lambda: place(row.class_position),
            "position": lambda: place(row.position),
            "laps": lambda: number(row.laps),
            "time": lambda: duration(row.total_time),
            "best-lap": lambda: duration(row.best_lap_time),
            "status": lambda: ("not classified", "neither was classified")[: 2 if not row.class_position else 0],
            "crew-size": lambda: number(row.drivers.count()),
        }[what]()

    def apart(self, name, one, other):
        first, second = self.line(name, one), self.line(name, other)
        assert first.laps == second.laps
        return second.total_time - first.total_time

    def margin(self, name, one, other):
        yield seconds(self.apart(name, one, other))

    def seconds(self, name, one, other):
        yield f"{self.apart(name, one, other) / 1000:.3f}"

    def seconds_above(self, name, one, other):
        yield number(math.ceil(timedelta(milliseconds=self.apart(name, one, other)).total_seconds()))

    def laps_ahead(self, name, one, other):
        yield number(self.line(name, one).laps - self.line(name, other).laps)

    def session(self, name, what):
        version = self.version(name)
        rows = list(version.results.all())
        yield {
            "cars": lambda: number(len(rows)),
            "classified": lambda: number(sum(row.class_position is not None for row in rows)),
            "lead-lap": lambda: number(sum(row.laps == rows[0].laps for row in rows)),
            "best-lap": lambda: duration(min(row.best_lap_time for row in rows if row.best_lap_time)),
            "state": version.get_status_display,
            "version": lambda: number(version.version),
        }[what]()

    def pole(self, name, race_class, what):
        event, slug = name.split("/")
        found = PolePosition.objects.get(
            round__race_session__event__slug=event, round__race_session__slug=slug, race_class__slug=race_class
        )
        entry = found.event_entry.entry
        yield {
            "driver": lambda: found.driver.name,
            "car": lambda: entry.car_number,
            "team": lambda: entry.team.name,
            "car-team": lambda: entry.team.name,
            "time": lambda: duration(found.lap_time),
        }[what]()

    def poles(self, car, event=""):
        found = PolePosition.objects.filter(event_entry__entry__car_number=car)
        yield number(found.filter(round__event__slug=event).count() if event else found.count())

    def penalised_in_first(self, places):
        """How many of the penalised cars had been so far in front before."""
        cars = [decision.event_entry.entry.car_number for decision in Decision.objects.all()]
        before = self.version("abu-dhabi/race-2@1").results.filter(car_number__in=cars)
        yield number(before.filter(class_position__lte=int(places)).count())

    def penalty(self, car, what):
        decision = Decision.objects.get(event_entry__entry__car_number=car)
        effects = {effect.kind: effect for effect in decision.effects.all()}
        time = effects["time_added"].time
        yield {
            "reason": lambda: decision.reason,
            "laps": lambda: number(effects["laps_removed"].laps),
            "time": lambda: duration(time) if time >= 60_000 else f"{time / 1000:.3f}",
            "seconds": lambda: str(time // 1000),
        }[what]()

    # Tables

    def standing(self, title, after, car, what):
        row = self.table(title, after).standings.get(entry__car_number=car)
        if what == "points":
            yield number(row.points)
        elif what == "position":
            yield (*place(row.position), "behind") if row.position > 1 else place(1)
        else:
            yield row.entry.team.name

    def lead(self, title, after):
        first, second = self.table(title, after).standings.order_by("order")[:2]
        yield number(first.points - second.points)

    def gain(self, title, after, car):
        """What a car has gained up to the newest table."""
        newest = StandingList.objects.newest(self.moment).order_by("-round__number", "-published_at")
        table = next(row for row in newest.filter(basis=StandingList.Basis.ALL) if row.title.slug == title)
        then = self.table(title, after).standings.get(entry__car_number=car).points
        yield number(table.standings.get(entry__car_number=car).points - then)

    def won(self, until):
        return Counter(row.car_number for _, rows in self.race_results(until) for row in rows.filter(class_position=1))

    def wins(self, car, until, form):
        count = self.won(until)[car]
        yield ORDINALS[count] if form == "ordinal" else TIMES[count]

    def most_wins(self, until, _form):
        yield TIMES[max(self.won(until).values())]

    def places(self, car):
        """All its places, in one series."""
        found = [rows.get(car_number=car).class_position for _, rows in self.race_results()]
        yield ", ".join(ORDINALS[one] for one in found)

    def scored(self, car, every):
        assert all(rows.get(car_number=car).class_position <= 10 for _, rows in self.race_results())
        yield every

    def champion(self, title, what):
        rows = self.table(title, str(Round.objects.count())).standings.filter(is_champion=True)
        assert rows
        for row in rows:
            if what == "drivers":
                yield row.driver.name
            elif what == "points":
                yield number(row.points)
            else:
                yield row.entry.team.name if what == "team" else row.entry.car_number


def is_said(answer, words):
    """Whether a text says an answer of the record, in one of its ways."""
    ways = answer if isinstance(answer, tuple) else (answer,)
    text = _even(words)
    return any(f" {_even(way)} " in f" {text} " for way in ways)


def _even(text):
    """Without capitals, accents and the marks between words; what stands inside a figure stays."""
    letters = fold(text).replace("’s ", " ")
    return " ".join(word.strip(".,;:()“”’") for word in letters.split()).replace("-", " ")
