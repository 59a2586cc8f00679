"""Models of car by manufacturer, and the cars of one model."""

from dataclasses import dataclass
from itertools import groupby

from django.db.models import Exists, OuterRef

from championship.models import CarModel, EntryListLine
from championship.rules.text import fold
from championship.selectors.appearances import (
    SeasonOfCars,
    appearances,
    by_season,
    in_order_of_events,
    newest_season,
)
from championship.selectors.careers import Career, model_career
from championship.selectors.entry_lines import EntryLine, entry_line
from championship.selectors.published_results import published_cars


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelItem:
    """A model, with the cars that run it in the newest season in which it is listed."""

    name: str
    url: str
    season_label: str
    cars: tuple[EntryLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ManufacturerItem:
    name: str
    models: tuple[ModelItem, ...]

    @property
    def cars(self) -> int:
        return sum(len(model.cars) for model in self.models)


@dataclass(frozen=True, slots=True, kw_only=True)
class CarModelPage:
    """One model; `seasons` is empty when no newest list has it."""

    name: str
    manufacturer: str
    seasons: tuple[SeasonOfCars, ...]
    career: Career


def manufacturers() -> tuple[ManufacturerItem, ...]:
    """Manufacturers and models with a car on a newest published list, by name; one query.

    As with teams, a model that was on an older list only keeps its page and is not shown here.
    """
    rows = list(in_order_of_events(EntryListLine.objects.on_newest_lists().without_crew()))
    cars = newest_season(rows, lambda row: row.car_model_id)
    models = sorted(
        {row.car_model_id: row.car_model for row in rows}.values(),
        key=lambda model: (fold(model.manufacturer.name), fold(model.name)),
    )
    return tuple(
        ManufacturerItem(name=name, models=tuple(_item(model, cars[model.pk]) for model in group))
        for name, group in groupby(models, key=lambda model: model.manufacturer.name)
    )


def car_model_page(slug: str) -> CarModelPage | None:
    """The page of one model; None until a published list or classification names it."""
    listed = EntryListLine.objects.published().filter(car_model=OuterRef("pk"))
    raced = published_cars().filter(car_model=OuterRef("pk"))
    model = CarModel.objects.filter(Exists(listed) | Exists(raced), slug=slug).select_related("manufacturer").first()
    if model is None:
        return None
    found = appearances(EntryListLine.objects.filter(car_model=model))
    return CarModelPage(
        name=model.name,
        manufacturer=model.manufacturer.name,
        seasons=by_season(found),
        career=model_career(model),
    )


def _item(model: CarModel, rows: list[EntryListLine]) -> ModelItem:
    return ModelItem(
        name=model.name,
        url=model.get_absolute_url(),
        season_label=rows[0].race_class.season.label,
        cars=tuple(entry_line(row, with_crew=False) for row in rows),
    )
