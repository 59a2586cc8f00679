from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from championship import rights
from championship.admin.base import OfficialAdmin
from championship.admin.picture_forms import FileWork, PictureForm, work_on_file
from championship.models import Picture
from championship.rules.pictures import FORMATS, PictureFile
from championship.selectors.pictures import (
    Use,
    crop_frames,
    office_address,
    picture_bytes,
    picture_uses,
    shown_picture,
    thumbnail_url,
)
from championship.services import pictures
from championship.services.pictures import PictureInUseError


@admin.register(Picture)
class PictureAdmin(OfficialAdmin):
    """The library. A file is worked on before the page's transaction, which holds the lock of the database."""

    form = PictureForm
    list_display = ("pictured", "credit", "licence", "uploaded_at")
    list_filter = ("licence", "is_decorative")
    search_fields = ("title", "alt", "credit")
    search_help_text = "Title, description or credit"
    readonly_fields = ("preview", "used_in", "uploaded")
    joined = ("uploaded_by",)

    def get_fieldsets(self, request: HttpRequest, obj: Model | None = None) -> Any:
        words = ("title", "alt", "is_decorative", "credit", "licence", "source")
        focus = ("focus_x", "focus_y")
        may_change = obj is None or self.has_change_permission(request, obj)
        file = ("upload", "kept") if may_change else ()
        if obj is None:
            return ((None, {"fields": (*file, *words)}), ("Point of interest", {"fields": (focus,)}))
        return (
            ("Point of interest", {"fields": ("preview", focus)}),
            (None, {"fields": words}),
            ("File", {"fields": (*file, "uploaded", "used_in")}),
        )

    # --- rights -------------------------------------------------------------------------------------------

    def has_add_permission(self, request: HttpRequest) -> bool:
        return rights.may(request.user, "add_picture")

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return rights.may(request.user, "change_picture")

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return rights.may(request.user, "delete_picture")

    # --- files -------------------------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        file = path(
            "files/<picture_file:file>", self.admin_site.admin_view(self.file_view), name="championship_picture_file"
        )
        return [file, *super().get_urls()]

    def file_view(self, request: HttpRequest, file: PictureFile) -> HttpResponse:
        """A file of a picture, whether readers see it or not."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        content = picture_bytes(file, among=Picture.objects.all())
        if content is None:
            raise Http404
        return HttpResponse(content, content_type=FORMATS[file.format])

    # --- what the page shows ------------------------------------------------------------------------------

    @admin.display(description="picture", ordering="title")
    def pictured(self, picture: Picture) -> SafeString:
        return format_html(
            '<span class="picture-choice"><img class="thumb" src="{}" alt="" width="56" height="56" loading="lazy">'
            "{}</span>",
            thumbnail_url(picture),
            picture.title,
        )

    @admin.display(description="uploaded")
    def uploaded(self, picture: Picture) -> str:
        who = picture.uploaded_by or "the site"
        return f"{picture.uploaded_at:%d %B %Y, %H:%M} UTC by {who}, {picture.width} × {picture.height} pixels"

    @admin.display(description="preview")
    def preview(self, picture: Picture) -> SafeString:
        """The picture with its point of interest and the frames of its crops, and the crops as they are stored."""
        context = {
            "picture": picture,
            "shown": shown_picture(picture, address=office_address),
            "frames": crop_frames(picture),
            "x": picture.width * picture.focus_x / 100,
            "y": picture.height * picture.focus_y / 100,
            "radius": max(picture.width, picture.height) / 60,
        }
        return render_to_string("admin/championship/picture/preview.html", context)

    @admin.display(description="where it is shown")
    def used_in(self, picture: Picture) -> SafeString | str:
        uses = picture_uses(picture)
        if not uses:
            return "Nowhere yet. Choose it on the page of a team, a driver, an entry, a circuit, an event or a story."
        rows = [{"use": use, "change_url": self.change_url(use)} for use in uses]
        return render_to_string("admin/championship/picture/uses.html", {"rows": rows})

    def change_url(self, use: Use) -> str:
        """The page on which an editor takes the picture out; "" for rows without one."""
        options = use.row._meta
        try:
            name = f"{self.admin_site.name}:{options.app_label}_{options.model_name}_change"
            return reverse(name, args=[use.row.pk])
        except NoReverseMatch:
            return ""

    # --- saving -------------------------------------------------------------------------------------------

    def changeform_view(self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any) -> Any:
        picture = self.get_object(request, unquote(object_id)) if object_id else None
        may = self.has_change_permission(request) if object_id else self.has_add_permission(request)
        if request.method == "POST" and may and (picture is not None or not object_id):
            request.file_work = work_on_file(request, picture)  # type: ignore[attr-defined]
        return super().changeform_view(request, object_id, *args, **kwargs)

    def get_form(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, **kwargs)
        form.work = getattr(request, "file_work", FileWork())
        return form

    def save_model(self, request: HttpRequest, obj: Picture, form: ModelForm, change: bool) -> None:
        seen = obj.version if change else None
        reason = form.cleaned_data.get("change_reason", "")
        prepared = form.work.prepared  # type: ignore[attr-defined]
        try:
            pictures.save(obj, prepared=prepared, by=request.user, reason=reason, seen_version=seen)
        except ValidationError as error:
            # Between our check and our write somebody sent the same file: the check sees it now (`changeform_view`).
            raise IntegrityError(str(error)) from error

    def response_add(self, request: HttpRequest, obj: Picture, post_url_continue: str | None = None) -> HttpResponse:
        """A new picture stays open: its point of interest is chosen on the preview."""
        if "_addanother" not in request.POST and "_popup" not in request.POST:
            request.POST = request.POST.copy()
            request.POST["_continue"] = "1"
        return super().response_add(request, obj, post_url_continue)

    # --- deleting -----------------------------------------------------------------------------------------

    def get_deleted_objects(self, objs: QuerySet[Picture] | list[Picture], request: HttpRequest) -> Any:
        """What shows the picture holds on to it, whatever kind of relation it has."""
        deleted, counts, lacking, _ = super().get_deleted_objects(objs, request)
        uses = [use for picture in objs for use in picture_uses(picture)]
        links = [
            format_html('{}: <a href="{}">{}</a>', use.kind, address, use.name)
            if (address := self.change_url(use) or use.url)
            else f"{use.kind}: {use.name}"
            for use in uses
        ]
        # Whoever may not delete what shows it should read that it is shown, not that a right is missing.
        return deleted, counts, set() if links else lacking, links

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None) -> Any:
        try:
            return super().delete_view(request, object_id, extra_context)
        except PictureInUseError as error:
            messages.error(request, str(error))
            return HttpResponseRedirect(request.get_full_path())

    def delete_model(self, request: HttpRequest, obj: Picture) -> None:
        pictures.delete(obj, reason=request.POST.get("change_reason", "")[:100])
