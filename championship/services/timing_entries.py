"""What the file of a timed session would make of the entries of its event: new cars, crews, ratings, models, names."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from championship.models import CrewMember, Driver, Entry, EventEntry, Rating, TimingImport
from championship.record.schema import CrewSeat, EntryRow, EventEntryRow
from championship.rules.entry_lists import Change
from championship.rules.text import fold
from championship.services.rows import event_entry_row
from championship.services.timing_entry_values import (
    CarPlan,
    EntriesPreview,
    EntryProblem,
    Listing,
    fingerprint,
)
from championship.services.timing_matching import (
    Matched,
    Name,
    crews_at,
    match_classes,
    match_drivers,
    match_names,
)
from championship.services.timing_names import Book, car_model_book, class_book, driver_book, team_book
from championship.timing.tables import Remark, TimedCar, TimedDriver, TimingTable


def entries_preview(staged: TimingImport, table: TimingTable, matches: Mapping[str, Any]) -> EntriesPreview:
    """What applying the import now would write. Nothing is written."""
    return _Plan(staged, table, matches).preview()


class _Plan:
    """The rows of the event and its season beside the cars of the file."""

    def __init__(self, staged: TimingImport, table: TimingTable, matches: Mapping[str, Any]) -> None:
        event = staged.event
        self.staged, self.event = staged, event
        skipped = set(matches.get("skipped", ()))
        self.skipped = tuple(car.car_number for car in table.cars if car.car_number in skipped)
        self.file = table
        self.table = replace(table, cars=tuple(car for car in table.cars if car.car_number not in skipped))
        self.listed = set(matches.get("listed", ()))
        at_event = EventEntry.objects.filter(event=event).for_list().select_related("event__season")
        self.here = {row.entry.car_number: row for row in at_event}
        self.entries = {row.car_number: row for row in Entry.objects.filter(season=event.season_id).for_list()}
        self.books: dict[str, Book] = {
            "race_class": class_book(event.season),
            "team": team_book(),
            "car_model": car_model_book(),
            "driver": driver_book(),
        }
        names = matches.get("names", {})
        entered = {number: row.race_class.slug for number, row in self.entries.items()}
        self.classes = match_classes(self.table, entered, self.books["race_class"], names.get("race_class", {}))
        self.drivers = match_drivers(self.table, self._crews(), self.books["driver"], names.get("driver", {}))
        self.models = match_names(
            "car_model", list(self._models()), self.books["car_model"], names.get("car_model", {})
        )
        self.teams = match_names("team", list(self._teams()), self.books["team"], names.get("team", {}))
        self.problems: list[EntryProblem] = []
        self.remarks: list[Remark] = []
        self.listings: list[Listing] = []
        self.people = {driver.slug: driver for driver in Driver.objects.all()}
        self.ratings = self._latest_ratings()

    def _crews(self) -> dict[str, dict[str, str]]:
        """Who sits in each car at the event; of a car that is not there yet, who is nominated for the season."""
        season = {
            number: {
                seat.driver.slug: f"nominated for car {number} for the season" for seat in row.crew.all() if seat.driver
            }
            for number, row in self.entries.items()
        }
        return season | crews_at(self.here)

    def _models(self) -> Sequence[Name]:
        names = []
        for car in self.table.cars:
            row = self.here.get(car.car_number) or self.entries.get(car.car_number)
            near = {row.car_model.slug: f"the model of car {car.car_number} by its entry"} if row else {}
            names.append(Name(car.vehicle, car, near, {}))
        return names

    def _teams(self) -> Sequence[Name]:
        """The teams of cars that the season does not have; what the others are called is a matter of the listing."""
        return [
            Name(car.team, car, {}, {"name": car.team, "country": ""})
            for car in self.table.cars
            if car.car_number not in self.entries
        ]

    def _latest_ratings(self) -> dict[str, str]:
        rows = CrewMember.objects.filter(driver__isnull=False, event_entry__event__season=self.event.season_id)
        return dict(rows.order_by("event_entry__event__starts_on").values_list("driver__slug", "rating"))

    def preview(self) -> EntriesPreview:
        plans = [plan for car in self.table.cars if (plan := self._car(car))]
        changed = tuple(plan for plan in plans if plan.changes)
        matched: tuple[Matched, ...] = (self.classes, self.teams, self.models, self.drivers)
        in_classes = {self.classes.slug(car.race_class, car.car_number) for car in self.table.cars}
        numbers = {car.car_number for car in self.file.cars}
        shown = EntriesPreview(
            staged=self.staged,
            table=self.file,
            problems=tuple(self.problems),
            questions=tuple(question for one in matched for question in one.questions),
            listings=tuple(self.listings),
            cars=changed,
            unchanged=tuple(plan.car_number for plan in plans if not plan.changes),
            skipped=self.skipped,
            missing=tuple(
                number
                for number, row in self.here.items()
                if number not in numbers and row.entry.race_class.slug in in_classes
            ),
            remarks=tuple(self.remarks),
            aliases=tuple(alias for one in matched for alias in one.aliases),
            new_drivers=self.drivers.new,
            new_teams=self.teams.new,
            fingerprint="",
        )
        return replace(shown, fingerprint=fingerprint(shown))

    def _car(self, car: TimedCar) -> CarPlan | None:
        """What becomes of the car; None where that cannot be said yet."""
        number = car.car_number
        entry, here = self.entries.get(number), self.here.get(number)
        race_class = self.classes.slug(car.race_class, number)
        model = self.models.slug(car.vehicle, number)
        team = entry.team.slug if entry else self.teams.slug(car.team, number)
        if entry and race_class and entry.race_class.slug != race_class:
            text = f"It is in the class {entry.race_class.name} by its entry, in the file in {car.race_class}."
            self._problem(car, f"{text} Mend the entry, or leave the car as it is.")
        crew = self._crew(car)
        if not (race_class and model and team) or crew is None:
            return None
        before = event_entry_row(here) if here else None
        source = f"Timing file {self.staged.file_name}"
        fresh = EventEntryRow(
            event=self.event.slug,
            car_number=number,
            listed_name="",
            listed_country="",
            car_model=model,
            status="entered",
            withdrawn_on=None,
            withdrawal_reason="",
            source=source,
            crew=crew,
        )
        after = replace(before, car_model=model, crew=crew) if before else fresh
        after = replace(after, listed_name=self._listed_name(car, entry, here))
        if here and here.status != EventEntry.Status.ENTERED:
            text = f"It is {here.get_status_display().lower()} at the event, which stays so."
            self.remarks.append(Remark(line=car.line, car_number=number, text=text))
        new_entry = None
        if entry is None:
            new_entry = EntryRow(
                car_number=number,
                race_class=race_class,
                team=team,
                car_model=model,
                status="entered",
                withdrawn_on=None,
                withdrawal_reason="",
                source=source,
                crew=(),
            )
        return CarPlan(
            car_number=number,
            line=car.line,
            entry=new_entry,
            before=before,
            after=after,
            changes=tuple(self._changes(new_entry, before, after)),
        )

    def _problem(self, car: TimedCar, text: str) -> None:
        text = f"Car {car.car_number}: {text[:1].lower()}{text[1:]}"
        self.problems.append(EntryProblem(car_number=car.car_number, line=car.line, text=text))

    def _crew(self, car: TimedCar) -> tuple[CrewSeat, ...] | None:
        """The crew as the file has it, with what is known where it says nothing; None where a driver is unknown."""
        here = self.here.get(car.car_number)
        seats = {seat.driver.slug: seat for seat in here.crew.all() if seat.driver} if here else {}
        crew = []
        for number, driver in enumerate(car.drivers, start=1):
            slug = self.drivers.slug(driver.name, car.car_number)
            if not slug:
                return None
            rating = self._rating(car, driver, slug, seats[slug].rating if slug in seats else "")
            nationality = driver.nationality or (str(seats[slug].nationality) if slug in seats else self._country(slug))
            crew.append(CrewSeat(seat=number, driver=slug, rating=rating, nationality=nationality))  # type: ignore[arg-type]
        named = [seat.driver for seat in crew]
        if len(set(named)) < len(named):
            self._problem(car, "It has the same driver twice. Say who is meant, or leave the car as it is.")
        if not crew:
            self._problem(car, "The file names nobody in it. Leave the car as it is, or enter its crew by hand.")
        return tuple(crew)

    def _rating(self, car: TimedCar, driver: TimedDriver, slug: str, before: str) -> str:
        if driver.rating in Rating.values:
            return driver.rating
        if known := before or self.ratings.get(slug, ""):
            text = f"The file has no licence of {driver.name}; {known.capitalize()} as before."
            self.remarks.append(Remark(line=car.line, car_number=car.car_number, text=text))
            return known
        self._problem(car, f"The file has no licence of {driver.name}. Enter the car by hand, or leave it as it is.")
        return ""

    def _country(self, slug: str) -> str:
        return str(self.people[slug].country) if slug in self.people else self.drivers.new[slug].get("country", "")

    def _listed_name(self, car: TimedCar, entry: Entry | None, here: EventEntry | None) -> str:
        """Under which name the event lists the car: as before, unless a person takes the file's; "" is its team's."""
        if entry is not None:
            own, now = entry.team.name, here.team_name if here else entry.team.name
        else:
            slug = self.teams.slug(car.team, car.car_number)
            own = now = self.teams.new.get(slug, {}).get("name", "") or self.books["team"].names.get(slug, "")
        kept = here.listed_name if here else ""
        if not car.team or not now or fold(car.team) == fold(now):
            return kept
        is_taken = car.car_number in self.listed
        self.listings.append(Listing(car_number=car.car_number, now=now, in_file=car.team, is_taken=is_taken))
        if not is_taken:
            return kept
        return "" if fold(car.team) == fold(own) else car.team

    def _changes(self, entry: EntryRow | None, before: EventEntryRow | None, after: EventEntryRow) -> list[Change]:
        models = self.books["car_model"].names
        rows = []
        if entry is not None:
            team = self.teams.new.get(entry.team, {}).get("name") or self.books["team"].names[entry.team]
            rows.append(
                Change(what="Entry", before="", after=f"{self.books['race_class'].names[entry.race_class]}, {team}")
            )
        rows.append(Change(what="Listed as", before=before.listed_name if before else "", after=after.listed_name))
        rows.append(
            Change(what="Car", before=models[before.car_model] if before else "", after=models[after.car_model])
        )
        then = {seat.seat: seat for seat in before.crew} if before else {}
        now = {seat.seat: seat for seat in after.crew}
        for number in sorted({*then, *now}):
            rows.append(
                Change(
                    what=f"Seat {number}",
                    before=self._seat(then.get(number)),
                    after=self._seat(now.get(number)) or "nobody",
                )
            )
        return [row for row in rows if row.before != row.after]

    def _seat(self, seat: CrewSeat | None) -> str:
        if seat is None:
            return ""
        if seat.driver in self.people:
            name = str(self.people[seat.driver])
        elif seat.driver:
            new = self.drivers.new[seat.driver]
            name = f"{new['given_name']} {new['family_name']}"
        else:
            name = "to be announced"
        return f"{name} ({', '.join(part for part in (seat.rating, seat.nationality) if part)})"
