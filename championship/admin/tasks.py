"""The frame of the officials' tasks: pages beside the form of a row that show first what they are about to do."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from championship import rights


class TaskPages(admin.ModelAdmin):
    """Adds task pages to a ModelAdmin. `tasks` are (name, label, permission as `rights.may` takes it); the view is the
    method `<name>_view`.

    A task named `publish` on the admin of events lies at `<id>/publish/` and is called
    `admin:championship_event_publish`. Its link stands above the row's form for those who have the permission.
    """

    tasks: tuple[tuple[str, str, str], ...] = ()

    def all_tasks(self) -> list[tuple[str, str, str]]:
        """The tasks of all mixins of this class, in the order of its bases."""
        found = [task for base in type(self).__mro__ for task in base.__dict__.get("tasks", ())]
        return list(dict.fromkeys(found))

    def get_urls(self) -> list[URLPattern]:
        own = [
            path(
                f"<path:object_id>/{name.replace('_', '-')}/",
                self.admin_site.admin_view(getattr(self, f"{name}_view")),
                name=self.task_name(name),
            )
            for name, _, _ in self.all_tasks()
        ]
        return own + [url for url in super().get_urls() if url.name not in {pattern.name for pattern in own}]

    def offers(self, task: str, row: Any) -> bool:
        """Whether the task makes sense for `row` as it is; without sense there is no link to it."""
        return True

    def task_name(self, name: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{name}"

    def object_tools(self, request: HttpRequest, obj: Model) -> list[tuple[str, str]]:
        links = [
            (label, reverse(f"{self.admin_site.name}:{self.task_name(name)}", args=[obj.pk]))
            for name, label, permission in self.all_tasks()
            if self.may(request, permission, obj) and self.offers(name, obj)
        ]
        return [*links, *super().object_tools(request, obj)]  # type: ignore[misc]

    def task_row(self, request: HttpRequest, object_id: str, permission: str) -> Any:
        """The row that the task is about. Raises PermissionDenied, or Http404 when there is none."""
        if not self.may(request, permission, None):
            raise PermissionDenied
        row = self.get_object(request, unquote(object_id))
        if row is None:
            raise Http404
        if not self.may(request, permission, row):
            raise PermissionDenied(rights.refusal(request.user, row))
        return row

    def may(self, request: HttpRequest, permission: str, row: Model | None) -> bool:
        return rights.may(request.user, permission, rights.event_of(row))

    def task_page(
        self, request: HttpRequest, template: str, row: Model, title: str, context: dict[str, Any]
    ) -> TemplateResponse:
        change = f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_change"
        request.current_app = self.admin_site.name  # type: ignore[attr-defined]
        return TemplateResponse(
            request,
            f"admin/championship/{template}.html",
            {
                **self.admin_site.each_context(request),
                "opts": self.opts,
                "title": title,
                "row": row,
                "row_url": reverse(change, args=[row.pk]),
                **context,
            },
        )
