"""The filters of an entry list: a plain GET form whose address can be shared."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import QueryDict

from championship.models import DriverAlias, EntryListLine, Rating, TeamAlias
from championship.rules.text import fold
from championship.selectors.entry_lines import country_name

MOST_SEARCH_LETTERS = 100
SEARCH_PROBLEMS = {
    "max_length": "Search: use at most %(limit_value)d characters. This address gives %(show_value)d.",
    "null_characters_not_allowed": "Search: leave out the null character (%%00) that this address gives.",
}
# More of a wrong value is not repeated to the reader.
MOST_LETTERS_QUOTED = 40

Choices = Sequence[tuple[str, str]]


def quoted(value: str) -> str:
    """A value as a message names it: without control characters, cut when long."""
    text = "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in value)
    cut = text if len(text) <= MOST_LETTERS_QUOTED else f"{text[:MOST_LETTERS_QUOTED]}\N{HORIZONTAL ELLIPSIS}"
    return f"“{cut}”"


class KnownValueField(forms.ChoiceField):
    """One of the slugs or codes that stand on the list; case does not matter."""

    def known(self, value: str) -> str:
        """The value as the list spells it, or as it was given when the list does not have it."""
        wanted = str(value).strip().casefold()
        return next((key for key, _label in self.choices if key and key.casefold() == wanted), str(value).strip())

    def to_python(self, value: object) -> str:
        return self.known(super().to_python(value))

    def bound_data(self, data: object, initial: object) -> object:
        return data if data is None else self.known(str(data))

    def validate(self, value: str) -> None:
        if value and not self.valid_value(value):
            raise ValidationError(self.unknown_message(value))

    def unknown_message(self, value: str) -> str:
        keys = ", ".join(key for key, _label in self.choices if key)
        return f"{self.label} {quoted(value)} is not on this list. Known here: {keys or 'none'}."


class KnownValuesField(KnownValueField, forms.MultipleChoiceField):
    """Several of them: the parameter may stand in the address more than once."""

    widget = forms.CheckboxSelectMultiple

    def to_python(self, value: Iterable[str] | None) -> list[str]:
        given = {self.known(one) for one in value or [] if str(one).strip()}
        keys = [key for key, _label in self.choices]
        return sorted(given, key=lambda key: (keys.index(key) if key in keys else len(keys), key))

    def bound_data(self, data: object, initial: object) -> object:
        return [self.known(one) for one in data] if isinstance(data, list) else data

    def validate(self, value: Sequence[str]) -> None:
        for one in value:
            KnownValueField.validate(self, one)

    def valid_value(self, value: str) -> bool:
        return any(key == value for key, _label in self.choices)


class EntryFilterForm(forms.Form):
    def clean(self) -> None:
        """Refuse a second value where the form can show only one: it would be lost without a word."""
        for name, field in self.fields.items():
            given = {value for value in self.data.getlist(name) if value.strip()}
            if len(given) > 1 and not isinstance(field, KnownValuesField):
                self.add_error(name, f"{field.label} takes one value, and this address gives {len(given)}.")


class KnownValueFilter(django_filters.Filter):
    field_class = KnownValueField


class KnownValuesFilter(django_filters.Filter):
    field_class = KnownValuesField


class EntryFilter(django_filters.FilterSet):
    """Filters over the lines of one entry list. What can be chosen is what stands on that list.

    A car matches a filter on drivers when one of its drivers does; several filters have to match all.
    """

    race_class = KnownValuesFilter("race_class__slug", lookup_expr="in", label="Class")
    q = django_filters.CharFilter(
        method="search",
        label="Search",
        max_length=MOST_SEARCH_LETTERS,
        error_messages=SEARCH_PROBLEMS,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "Number, team or driver"}),
    )
    manufacturer = KnownValueFilter("car_model__manufacturer__slug", label="Manufacturer")
    team = KnownValueFilter("team__slug", label="Team")
    team_country = KnownValueFilter("team_country", label="Team country")
    driver_country = KnownValueFilter("crew__nationality", distinct=True, label="Driver country")
    rating = KnownValueFilter("crew__rating", distinct=True, label="Rating")

    class Meta:
        model = EntryListLine
        fields: list[str] = []
        form = EntryFilterForm

    def __init__(self, data: QueryDict, *, queryset: QuerySet, rows: Sequence[EntryListLine], classes: Choices) -> None:
        """`rows` are the lines of the list with crews; `classes` the classes of the season (slug, name)."""
        super().__init__(data, queryset=queryset)
        # In the address the parameter is called `class`, which Python keeps for itself.
        self.filters = {"class" if name == "race_class" else name: f for name, f in self.filters.items()}
        self.rows = rows
        for name, choices in choices_of(rows, classes).items():
            empty = [] if name == "class" else [("", "All")]
            self.filters[name].extra["choices"] = [*empty, *choices]

    def search(self, queryset: QuerySet, _name: str, value: str) -> QuerySet:
        return queryset.filter(pk__in=search(self.rows, value))


def choices_of(rows: Sequence[EntryListLine], classes: Choices) -> dict[str, Choices]:
    """What can be asked of these lines: parameter -> (slug or code, name), in the order of the names."""
    seats = [seat for row in rows for seat in row.crew.all()]
    makers = {row.car_model.manufacturer.slug: row.car_model.manufacturer.name for row in rows}
    teams = {row.team.slug: row.team.name for row in rows}
    return {
        "class": classes,
        "manufacturer": _by_name(makers),
        "team": _by_name(teams),
        "team_country": _countries(str(row.team_country) for row in rows),
        "driver_country": _countries(str(seat.nationality) for seat in seats),
        "rating": Rating.choices,
    }


def _by_name(names: Mapping[str, str]) -> Choices:
    return sorted(names.items(), key=lambda item: fold(item[1]))


def _countries(codes: Iterable[str]) -> Choices:
    return _by_name({code: country_name(code) for code in codes if code})


def search(rows: Sequence[EntryListLine], text: str) -> list[int]:
    """Keys of the lines that `text` finds in numbers, teams and drivers, under the names of any time.

    A number on the list finds that car and no other: `7` is neither `007` nor `77`. Otherwise every word has to be
    the number of the car or a part of its names.
    """
    words = fold(text.replace("#", " ")).split()
    if len(words) == 1:
        exact = [row.pk for row in rows if row.car_number.casefold() == words[0]]
        if exact:
            return exact
    names = _names(rows)
    return [row.pk for row in rows if all(word == row.car_number.casefold() or word in names[row.pk] for word in words)]


def _names(rows: Sequence[EntryListLine]) -> dict[int, str]:
    """By line: every name of its team and drivers, as listed and as known now, folded."""
    teams: dict[int, list[str]] = {}
    for team, alias in TeamAlias.objects.filter(team__in={row.team_id for row in rows}).values_list("team", "name"):
        teams.setdefault(team, []).append(alias)
    seated = {seat.driver_id for row in rows for seat in row.crew.all() if seat.driver_id}
    drivers: dict[int, list[str]] = {}
    for driver, alias in DriverAlias.objects.filter(driver__in=seated).values_list("driver", "name"):
        drivers.setdefault(driver, []).append(alias)
    found = {}
    for row in rows:
        names = [row.team_name, row.team.name, *teams.get(row.team_id, [])]
        for seat in row.crew.all():
            if seat.driver is not None:
                names += [str(seat), seat.driver.name, *drivers.get(seat.driver_id, [])]
        found[row.pk] = fold(" | ".join(names))
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class AppliedFilters:
    """What the address asks for.

    `form` renders the filters; `values` has what is applied, parameter -> values, in one spelling; `problems` are
    sentences about what could not be understood, and then nothing is applied; `asked` counts the filters in the
    address; `query` is the shareable query string ("" without filters).
    """

    form: forms.Form
    values: dict[str, list[str]]
    problems: tuple[str, ...]
    asked: int

    @property
    def query(self) -> str:
        return urlencode(self.values, doseq=True)


def apply_filters(
    data: QueryDict, *, queryset: QuerySet, rows: Sequence[EntryListLine], classes: Choices
) -> tuple[AppliedFilters, frozenset[int]]:
    """The filters of an address and the keys of the lines that pass them: all lines when a value is not understood."""
    return applied_filters(EntryFilter(data, queryset=queryset, rows=rows, classes=classes), data, rows)


def applied_filters(
    filters: django_filters.FilterSet, data: QueryDict, rows: Sequence[Model]
) -> tuple[AppliedFilters, frozenset[int]]:
    """What an address asks of any filters over `rows`, and the keys of the rows that pass them, as `apply_filters`."""
    form = filters.form
    everything = frozenset(row.pk for row in rows)
    asked = sum(any(value.strip() for value in data.getlist(name)) for name in filters.filters)
    if not form.is_valid():
        problems = tuple(str(message) for messages in form.errors.values() for message in messages)
        return AppliedFilters(form=form, values={}, problems=problems, asked=asked), everything
    values = {name: value if isinstance(value, list) else [value] for name, value in form.cleaned_data.items() if value}
    applied = AppliedFilters(form=form, values=values, problems=(), asked=len(values))
    if not values:
        return applied, everything
    return applied, frozenset(filters.qs.order_by().values_list("pk", flat=True))
