"""Import and export of tables in the admin: entries, event entries, teams and drivers, as CSV and XLSX.

Buttons, addresses, permissions and the export come from django-import-export. The import is our own
(`championship.services.imports`), since it reads the season's own files strictly and keeps its preview in the database.
"""

from typing import Any

import tablib
from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST
from import_export.admin import ImportExportMixin
from import_export.formats import base_formats
from import_export.forms import ExportForm
from import_export.resources import Resource

from championship import rights
from championship.models import Event, Season, StagedImport
from championship.services import imports
from championship.services.import_rows import Scope, stored_rows, table_rows
from championship.services.import_tables import TABLES, ImportTable
from championship.services.imports import ImportGoneError, ImportMovedOnError, ImportPreview
from championship.services.spreadsheets import (
    MOST_BYTES,
    FileRefusedError,
    csv_lines,
    export_csv,
    export_xlsx,
)

MOST_SHOWN = 100


class _Harmless(base_formats.Format):
    """A file in which no cell is a formula, and which the import reads back as it was."""

    def is_binary(self) -> bool:
        return True

    def can_export(self) -> bool:
        return True


class HarmlessCSV(_Harmless):
    def get_title(self) -> str:
        return "CSV"

    def get_extension(self) -> str:
        return "csv"

    def get_content_type(self) -> str:
        return "text/csv; charset=utf-8"

    def export_data(self, dataset: tablib.Dataset, **_kwargs: Any) -> bytes:
        return export_csv([dataset.headers, *dataset])


class HarmlessXLSX(_Harmless):
    def get_title(self) -> str:
        return "XLSX (Excel, LibreOffice)"

    def get_extension(self) -> str:
        return "xlsx"

    def get_content_type(self) -> str:
        return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    def export_data(self, dataset: tablib.Dataset, **_kwargs: Any) -> bytes:
        return export_xlsx([dataset.headers, *dataset])


def _scope_fields(table: ImportTable) -> dict[str, forms.Field]:
    """The field that says whose rows a file holds, where it needs one."""
    if table.of_season:
        seasons = Season.objects.all()
        return {
            "season": forms.ModelChoiceField(seasons, initial=Season.objects.current, empty_label="Choose a season")
        }
    if table.of_event:
        events = Event.objects.select_related("season").order_by("-season__slug", "starts_on")
        return {"event": forms.ModelChoiceField(events, empty_label="Choose an event")}
    return {}


def _scope(table: ImportTable, cleaned: dict[str, Any]) -> Scope:
    return Scope(table=table, season=cleaned.get("season"), event=cleaned.get("event"))


class ImportForm(forms.Form):
    """The file, and whose rows it holds."""

    file = forms.FileField(
        label="File",
        help_text="CSV in UTF-8 or XLSX, at most 2 MB, with the names of the columns in the first row.",
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )

    def __init__(self, *args: Any, table: ImportTable, person: rights.Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.fields = {**_scope_fields(table), **self.fields}

    def clean(self) -> None:
        if words := rights.refusal(self.person, self.cleaned_data.get("event")):
            self.add_error("event", words)

    def clean_file(self) -> UploadedFile:
        upload: UploadedFile = self.cleaned_data["file"]
        if (upload.size or 0) > MOST_BYTES:
            raise forms.ValidationError("The file has more than 2 MB. An entry list has far less.")
        return upload


class ConfirmForm(forms.Form):
    staged = forms.UUIDField()


class TableExportForm(ExportForm):
    """The format, and whose rows."""

    def __init__(self, formats: list[Any], resources: list[Any], **kwargs: Any) -> None:
        super().__init__(formats, resources, **kwargs)
        self.fields = {**_scope_fields(resources[0].table), **self.fields}
        self.fields["format"].label = "File"


class TableResource(Resource):
    """A table as the library exports it: the columns and rows of the season's own file."""

    table: ImportTable

    @classmethod
    def get_display_name(cls) -> str:
        return cls.table.file

    def export(self, queryset: Any = None, **kwargs: Any) -> tablib.Dataset:
        scope = _scope(self.table, kwargs["export_form"].cleaned_data)
        header, *rows = table_rows(self.table, stored_rows(scope))
        return tablib.Dataset(*rows, headers=header)


class _TableImportExport(ImportExportMixin, admin.ModelAdmin):
    """What the mixins below share; each names its table."""

    table: ImportTable
    import_template_name = "admin/championship/import.html"
    export_template_name = "admin/championship/export.html"
    export_form_class = TableExportForm
    formats = [HarmlessCSV, HarmlessXLSX]

    # --- who may ------------------------------------------------------------------------------------------

    def has_import_permission(self, request: HttpRequest) -> bool:
        return self.has_add_permission(request) and self.has_change_permission(request)

    def has_export_permission(self, request: HttpRequest) -> bool:
        return bool(self.has_view_permission(request))

    # --- import -------------------------------------------------------------------------------------------

    def import_action(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Choose a file; then what it would change, or what is wrong with it. Nothing is written but the preview."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        posted = request.method == "POST"
        data = (request.POST, request.FILES) if posted else (None, None)
        form = ImportForm(*data, table=self.table, person=request.user)
        shown = None
        if form.is_valid():
            upload = form.cleaned_data["file"]
            try:
                content = csv_lines(upload.read())
            except FileRefusedError as error:
                form.add_error("file", f"{upload.name}: {error}")
            else:
                scope = _scope(self.table, form.cleaned_data)
                shown = imports.preview(scope=scope, file_name=upload.name, content=content)
        return self._import_page(request, form, shown)

    @method_decorator(require_POST)
    def process_import(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Apply what was shown. When that is something else by now, show it again instead."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        confirm = ConfirmForm(request.POST)
        name = f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}"
        try:
            if not confirm.is_valid():
                raise ImportGoneError
            staged = StagedImport.objects.select_related("event").filter(pk=confirm.cleaned_data["staged"]).first()
            if words := rights.refusal(request.user, staged):
                raise PermissionDenied(words)
            done = imports.apply(staged=confirm.cleaned_data["staged"], table=self.table, by=request.user)
        except ImportGoneError:
            messages.error(
                request, "That import was applied already, or its preview is too old. Choose the file again."
            )
            return HttpResponseRedirect(reverse(f"{name}_import"))
        except ImportMovedOnError as moved:
            text = "Somebody changed these data since you looked. Nothing was written; this is what would change now."
            messages.warning(request, text)
            return self._import_page(request, ImportForm(table=self.table, person=request.user), moved.preview)
        text = f"Imported {done.file_name}: {done.new} new, {done.changed} changed, {done.unchanged} as they were."
        messages.success(request, text)
        return HttpResponseRedirect(reverse(f"{name}_changelist"))

    def _import_page(self, request: HttpRequest, form: ImportForm, shown: ImportPreview | None) -> HttpResponse:
        staged = None
        if shown is not None and shown.changes:
            staged = imports.stage(shown, by=request.user)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": f"Import {self.opts.verbose_name_plural}",
            "form": form,
            "columns": self.table.columns,
            "required": self.table.required,
            "has_crew": self.table.has_crew,
            "shown": shown,
            "problems": shown.problems[:MOST_SHOWN] if shown else (),
            "staged": staged,
        }
        request.current_app = self.admin_site.name  # type: ignore[attr-defined]
        return TemplateResponse(request, self.import_template_name, context)

    # --- export -------------------------------------------------------------------------------------------

    def get_export_queryset(self, request: HttpRequest) -> Any:
        """Nothing of the list page's filters: a file holds the whole table of its season or event."""
        return self.get_queryset(request).none()

    def get_valid_export_item_pks(self, request: HttpRequest) -> list[int]:
        """No row can be asked for alone."""
        return []

    def _do_file_export(
        self, file_format: Any, request: HttpRequest, queryset: Any, export_form: Any = None
    ) -> HttpResponse:
        response = super()._do_file_export(file_format, request, queryset, export_form=export_form)
        cleaned = export_form.cleaned_data
        season, event = cleaned.get("season"), cleaned.get("event")
        of = f"{event.season.slug}-{event.slug}-" if event else f"{season.slug}-" if season else ""
        name = "entries" if self.table.has_crew else self.table.name
        response["Content-Disposition"] = f'attachment; filename="{of}{name}.{file_format.get_extension()}"'
        return response


class EntryResource(TableResource):
    table = TABLES["entries"]


class EventEntryResource(TableResource):
    table = TABLES["event_entries"]


class TeamResource(TableResource):
    table = TABLES["teams"]


class DriverResource(TableResource):
    table = TABLES["drivers"]


class EntryImportExport(_TableImportExport):
    """For the admin of Entry."""

    table = TABLES["entries"]
    resource_classes = [EntryResource]


class EventEntryImportExport(_TableImportExport):
    """For the admin of EventEntry."""

    table = TABLES["event_entries"]
    resource_classes = [EventEntryResource]


class TeamImportExport(_TableImportExport):
    """For the admin of Team."""

    table = TABLES["teams"]
    resource_classes = [TeamResource]


class DriverImportExport(_TableImportExport):
    """For the admin of Driver."""

    table = TABLES["drivers"]
    resource_classes = [DriverResource]
