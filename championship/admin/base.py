"""What the admin pages of all nouns share: the version check, a reason for each change, links, careful deletion.

The version check: on POST the row is locked first (the admin's change view is one transaction), the form compares
the version that the person saw with the stored one, and saving raises it. Rows below a page are covered by the lock
of their parent.
"""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.contrib.admin.utils import quote, unquote
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import Model, QuerySet
from django.forms import BaseFormSet, ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django_countries.fields import CountryField
from simple_history.admin import SimpleHistoryAdmin

from championship import rights
from championship.admin.countries import CountrySelect
from championship.admin.forms import WIDGETS, RowForm, RowFormSet, VersionedForm, is_stale
from championship.admin.history import HistoryPages
from championship.admin.picture_choice import PictureChoices
from championship.models import Season, StandingList, Title
from championship.services import consequences, history, saving

SOURCE = ("Where this comes from", {"fields": ("source",), "classes": ("collapse",)})


class PlainPages:
    """What pages and rows share: labels read together with their rows, few buttons beside a field, and duties.

    Where somebody has no duty, the pages of an event and of all that is part of it are only read.
    """

    # Relations that the label of a row needs, for a list without a query for each row.
    joined: tuple[str, ...] = ()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related(*self.joined)  # type: ignore[misc]

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return super().has_change_permission(request, obj) and not rights.refusal(request.user, obj)  # type: ignore[misc]

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return super().has_delete_permission(request, obj) and not rights.refusal(request.user, obj)  # type: ignore[misc]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Beside a choice only “add” is offered: a pencil and an eye on every seat only confuse."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_change_related = field.widget.can_view_related = field.widget.can_delete_related = False
        return field

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if isinstance(db_field, CountryField):
            kwargs["widget"] = CountrySelect
        return super().formfield_for_choice_field(db_field, request, **kwargs)  # type: ignore[misc]


class Rows(PlainPages):
    """Base of the inlines: rows that belong to the page above them."""

    form = RowForm
    formset = RowFormSet
    formfield_overrides = WIDGETS
    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: Model | None) -> bool:
        return super().has_add_permission(request, obj) and not rights.refusal(request.user, obj)  # type: ignore[misc]

    def get_formset(self, request: HttpRequest, obj: Model | None = None, **kwargs: Any) -> type[RowFormSet]:
        formset = super().get_formset(request, obj, **kwargs)
        formset.named_by_column = isinstance(self, admin.TabularInline)
        return formset


class OfficialAdmin(HistoryPages, PictureChoices, PlainPages, SimpleHistoryAdmin):
    """A page for one noun whose model is `Versioned`.

    `fixed` names the fields that are read-only once the row is saved: they stand in addresses, or decide what the
    rows below may be.
    """

    form = VersionedForm
    formfield_overrides = WIDGETS
    fixed: tuple[str, ...] = ()
    list_per_page = 60
    show_full_result_count = False

    class Media:
        js = ("js/admin-forms.js",)

    # --- form ---------------------------------------------------------------------------------------------

    def get_form(self, request: HttpRequest, obj: Model | None = None, **kwargs: Any) -> type[ModelForm]:
        form = super().get_form(request, obj, **kwargs)
        # Made for this request alone; a new row, or one that moves, says its event only when it is filled in.
        form.person = request.user
        return form

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        return (*super().get_readonly_fields(request, obj), *(self.fixed if obj else ()))

    def get_prepopulated_fields(self, request: HttpRequest, obj: Model | None = None) -> dict[str, Any]:
        return {} if obj else super().get_prepopulated_fields(request, obj)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """What the address says, without rows that do not exist; most of what is added is of the current season."""
        initial = super().get_changeform_initial_data(request)
        related = {field.name: field.related_model for field in self.opts.get_fields() if field.related_model}
        initial = {name: value for name, value in initial.items() if _names_rows(related.get(name), value)}
        if "season" not in initial and any(field.name == "season" for field in self.opts.fields):
            season = Season.objects.current()
            initial["season"] = season.pk if season else None
        return initial

    def get_formset_kwargs(self, request: HttpRequest, obj: Model, inline: Any, prefix: str) -> dict[str, Any]:
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        if obj.pk and request.method == "POST":
            kwargs["stale"] = is_stale(obj, request.POST.get("seen_version", ""))
        return kwargs

    # --- saving -------------------------------------------------------------------------------------------

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Model | None:
        if request.method == "POST" and connection.in_atomic_block:
            row = super().get_object(request, object_id, from_field)
            if row is not None:
                # Waits for whoever is saving this row; what is read after it is what they left.
                self.model._default_manager.select_for_update(no_key=True).filter(pk=row.pk).first()
        return super().get_object(request, object_id, from_field)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().changeform_view(request, *args, **kwargs)
        except IntegrityError:
            # Between our check and our write somebody stored the same car number, slug or round. The check sees
            # it now, and the person gets the page back with a message and with what he or she typed.
            return super().changeform_view(request, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Model, form: ModelForm, change: bool) -> None:
        obj._history_user = request.user  # type: ignore[attr-defined]
        seen = obj.version if change else None  # type: ignore[attr-defined]
        saving.save(obj, reason=form.cleaned_data.get("change_reason", ""), seen_version=seen)

    def save_formset(self, request: HttpRequest, form: ModelForm, formset: BaseFormSet, change: bool) -> None:
        formset.change_reason = form.cleaned_data.get("change_reason", "")  # type: ignore[attr-defined]
        formset.save()  # type: ignore[attr-defined]

    def save_related(
        self, request: HttpRequest, form: ModelForm, formsets: Sequence[BaseFormSet], change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        done = self.what_was_done(form, formsets) if change else "added"
        say_what_follows(request, consequences.follow(form.instance, done=done))

    def what_was_done(self, form: ModelForm, formsets: Sequence[BaseFormSet]) -> str:
        """The change that was just saved, for readers of the tables that follow from it."""
        return "changed"

    # --- links --------------------------------------------------------------------------------------------

    def object_tools(self, request: HttpRequest, obj: Model) -> list[tuple[str, str]]:
        """(label, address) of what an official may do next with this row; shown above its form."""
        return []

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        obj = kwargs.get("obj")
        context["object_tools"] = self.object_tools(request, obj) if obj is not None else []
        context["no_duty"] = rights.refusal(request.user, obj)
        form = context["adminform"].form
        rows = [
            difference
            for inline in context["inline_admin_formsets"]
            for difference in getattr(inline.formset, "differences", ())
        ]
        context["stale"] = getattr(form, "stale", False)
        context["differences"] = [*getattr(form, "differences", ()), *rows]
        return super().render_change_form(request, context, **kwargs)

    def list_url(self, model: type[Model], **query: Any) -> str:
        """The list page of `model`, filtered: `list_url(EventEntry, event__id__exact=3)`."""
        name = f"{self.admin_site.name}:{model._meta.app_label}_{model._meta.model_name}_changelist"
        return f"{reverse(name)}?{urlencode(query)}" if query else reverse(name)

    # --- deleting -----------------------------------------------------------------------------------------

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        with transaction.atomic():
            row = self.get_object(request, unquote(object_id))
            may_delete = row is not None and self.has_delete_permission(request, row)
            if request.method == "POST" and may_delete and is_stale(row, request.POST.get("seen_version", "")):
                messages.error(request, f"{row} was changed by somebody else. Look at it again before you delete it.")
                return HttpResponseRedirect(request.get_full_path())
            seen = row.version if row is not None else ""  # type: ignore[attr-defined]
            return super().delete_view(request, object_id, {"seen_version": seen, **(extra_context or {})})

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        tables = history.delete(obj, reason=request.POST.get("change_reason", "")[:100])
        say_what_follows(request, tables)

    def response_delete(self, request: HttpRequest, obj_display: str, obj_id: str) -> HttpResponse:
        name = f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}"
        address = reverse(f"{name}_history", args=[quote(obj_id)])
        message = format_html('Deleted by mistake? <a href="{}">Its history can bring it back.</a>', address)
        response = super().response_delete(request, obj_display, obj_id)
        if self.has_add_permission(request):
            messages.info(request, message)
        return response


def say_what_follows(request: HttpRequest, tables: Sequence[StandingList]) -> None:
    """Tell the official which titles have new tables, if any."""
    if tables:
        found = Title.objects.filter(pk__in={table.title_id for table in tables}).select_related("race_class")
        messages.info(request, f"Points follow from this. New tables: {', '.join(title.name for title in found)}.")


def _names_rows(model: type[Model] | None, value: Any) -> bool:
    """Whether `value` of an address is the key of a row of `model`, or keys of rows; True without a model."""
    if model is None:
        return True
    keys = value if isinstance(value, list) else [value]
    try:
        wanted = {model._meta.pk.to_python(key) for key in keys}
        return all(model._default_manager.filter(pk=key).exists() for key in wanted)
    except ValidationError:
        return False


class JoinedFilter(admin.RelatedFieldListFilter):
    """A filter whose choices say their season without a query for each."""

    join = "season"

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> list[tuple[Any, str]]:
        rows = field.related_model._default_manager.select_related(self.join)
        ordering = self.field_admin_ordering(field, request, model_admin)
        return [(row.pk, str(row)) for row in (rows.order_by(*ordering) if ordering else rows)]
