"""The page on which something of the newsroom is written: an admin that saves through the services.

Stories have it, and whatever else is written the same way: a proxy of Story takes `WritingAdmin` as it is.
"""

from dataclasses import asdict
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.views.decorators.http import require_POST

from championship.admin.base import OfficialAdmin
from championship.admin.forms import WIDGETS, as_version
from championship.services.saving import StaleVersionError
from news import rights
from news.admin.newsroom.states import story_state
from news.admin.writing_forms import SUBJECTS, WritingForm
from news.models import Story
from news.selectors.block_choices import block_words
from news.selectors.newsroom import writing_url
from news.services import stories

TEXT = ("headline", "neutral_headline", "standfirst", "body")
FACTS = ("topic", "byline", "lead_picture")
WHERE = ("slug", "embargo_until")


def with_library(text: str) -> SafeString:
    """What a field of a picture says, with the way to a picture that is not in the library yet."""
    address = reverse("admin:championship_picture_add")
    return format_html('{} <a href="{}" target="_blank">Add a picture to the library</a>, in a new tab.', text, address)


class WritingAdmin(OfficialAdmin):
    """A page that saves through `news.services.stories`: every save is an edition, and none is public by itself."""

    form = WritingForm
    formfield_overrides = WIDGETS | {
        models.DateTimeField: {
            "form_class": forms.DateTimeField,
            "widget": forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        }
    }
    change_form_template = "admin/news/writing.html"
    change_list_template = "admin/news/written.html"
    # The state of the story links to its page, once there is one.
    view_on_site = False
    autocomplete_fields = SUBJECTS
    joined = ("live", "edited_by", "topic")
    fieldsets = (
        (None, {"fields": TEXT, "classes": ("writing-text",)}),
        ("Facts", {"fields": FACTS}),
        ("What it is about", {"fields": SUBJECTS, "classes": ("collapse",)}),
        ("Address and embargo", {"fields": WHERE, "classes": ("collapse",)}),
    )

    @property
    def kind(self) -> str:
        """What is written here (`Story.Kind`)."""
        return str(self.model().kind)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Story]:
        return super().get_queryset(request).filter(kind=self.kind)

    # --- rights -------------------------------------------------------------------------------------------

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # The history is found by key alone, whatever kind of text has it.
        return rights.may_see(request.user, self.kind if obj is None else obj.kind)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return rights.may_write(request.user, kind=self.kind)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return rights.may_write(request.user, obj, kind=self.kind)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def may_restore(self, request: HttpRequest, row: Any) -> bool:
        """Editions come back on their own page: a row of history knows neither links nor what readers see."""
        return False

    # --- the page -----------------------------------------------------------------------------------------

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        initial = super().get_changeform_initial_data(request)
        return {"byline": request.user.get_full_name(), **initial}  # type: ignore[union-attr]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and db_field.name in (*SUBJECTS, "topic", "lead_picture"):
            # Nobody leaves a text half written to add a team or a picture.
            field.widget.can_add_related = False
        if field is not None and db_field.name == "lead_picture":
            field.help_text = with_library(field.help_text)
        if field is not None and db_field.name == "slug":
            field.help_text = "Empty: made from the headline. A public story moves with its next publication."
        if field is not None and db_field.name == "embargo_until":
            field.label, field.help_text = "Embargo until (UTC)", str(db_field.help_text)
        return field

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        # The text needs the width.
        context["is_nav_sidebar_enabled"] = False
        if (story := kwargs.get("obj")) is not None:
            context["story_state"] = story_state(story, request.user)
        context["writing"] = self._for_scripts(request, context, kwargs.get("obj"))
        context["show_save_and_add_another"] = context["show_save_and_continue"] = False
        return super().render_change_form(request, context, **kwargs)

    def get_urls(self) -> list[Any]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_autosave"
        view = self.admin_site.admin_view(require_POST(self.autosave_view))
        return [path("<path:object_id>/autosave/", view, name=name), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        title = capfirst(str(self.opts.verbose_name_plural))
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    # --- saving -------------------------------------------------------------------------------------------

    def save_model(self, request: HttpRequest, obj: Story, form: ModelForm, change: bool) -> None:
        typed, links = form.typed, form.links  # type: ignore[attr-defined]
        by: Any = request.user
        if not change:
            stories.create(by=by, typed=typed, links=links, story=obj)
            return
        reason = form.cleaned_data.get("change_reason", "")
        stories.save(obj, by=by, typed=typed, links=links, seen_version=obj.version, reason=reason)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """The services saved the links with the text: an edition holds both."""

    def response_add(self, request: HttpRequest, obj: Story, post_url_continue: str | None = None) -> HttpResponse:
        return self._go_on(request, obj)

    def response_change(self, request: HttpRequest, obj: Story) -> HttpResponse:
        return self._go_on(request, obj)

    def _go_on(self, request: HttpRequest, story: Story) -> HttpResponse:
        """The page stays open: whoever saves mostly writes on."""
        words = "Saved as edition {}. Readers see nothing of it before it is published."
        messages.success(request, words.format(story.editions_saved))
        return self._opened(story, saved=request.POST.get("copy", "")[:40])

    def _opened(self, story: Story, **query: str) -> HttpResponse:
        found = urlencode({name: value for name, value in query.items() if value})
        return HttpResponseRedirect(f"{self._url('change', story.pk)}{'?' if found else ''}{found}")

    def changeform_view(self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any) -> Any:
        if request.method == "POST" and object_id and "_take_theirs" in request.POST:
            story = self.get_object(request, unquote(object_id))
            if story is not None and self.has_change_permission(request, story):
                try:
                    return self._take_theirs(request, story)
                except StaleVersionError:
                    # Somebody saved once more: the page shows what differs now.
                    pass
        return super().changeform_view(request, object_id, *args, **kwargs)

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> HttpResponse:
        """What is kept among the stories and is of another kind has its own page: the uses of a picture lead here."""
        elsewhere = Story.everything.filter(pk=as_version(object_id)).exclude(kind=self.kind).first()
        if elsewhere is not None:
            return HttpResponseRedirect(writing_url(elsewhere))
        return super()._get_obj_does_not_exist_redirect(request, opts, object_id)

    def _take_theirs(self, request: HttpRequest, story: Story) -> HttpResponse:
        """The page as the other person left it; what this one typed becomes an edition."""
        form = self.get_form(request, story, change=True)(request.POST, instance=story)
        form.is_valid()
        seen = as_version(request.POST.get("seen_version", ""))
        stories.take_theirs(story, by=request.user, typed=form.typed, seen_version=seen)  # type: ignore[arg-type]
        number = story.editions_saved - 1
        messages.success(request, f"This is what the other person left. Your own text is kept as edition {number}.")
        return self._opened(story, saved=request.POST.get("copy", "")[:40])

    def autosave_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Keep what is typed, for the script of the page: `{"version": 7}`, or why not.

        409 when somebody else saved (`who`, `at`), 422 for a text that has no room (`message`). Nothing is lost with
        either: the text is still on the page.
        """
        story = self.get_object(request, unquote(object_id))
        if story is None:
            raise Http404
        if not self.has_change_permission(request, story):
            raise PermissionDenied
        data = request.POST.copy()
        # The service compares; a form that did would show the work of both.
        data["seen_version"] = str(story.version)
        form = self.get_form(request, story, change=True)(data, instance=story)
        form.is_valid()
        # A headline that is empty for now is no mistake: it waits.
        asked = [name for name in stories.KEPT_BY_AUTOSAVE if request.POST.get(name, "").strip()]
        refused = {form.fields[name].label: form.errors[name][0] for name in asked if name in form.errors}
        if refused:
            return JsonResponse(
                {"message": " ".join(f"{label}: {words}" for label, words in refused.items())}, status=422
            )
        typed: Any = {name: value for name, value in form.typed.items() if name in request.POST}
        try:
            version = stories.autosave(
                story,
                by=request.user,  # type: ignore[arg-type]
                typed=typed,
                seen_version=as_version(request.POST.get("seen_version", "")),
            )
        except StaleVersionError as error:
            current: Any = error.current
            who = "You" if current.edited_by == request.user else str(current.edited_by or "Somebody")
            return JsonResponse({"who": who, "at": current.edited_at}, status=409)
        return JsonResponse({"version": version})

    def _for_scripts(self, request: HttpRequest, context: dict[str, Any], story: Story | None) -> dict[str, Any]:
        """What the scripts of the page need to know."""
        form = context["adminform"].form
        body = str(form["body"].value() or "") if "body" in form.fields else ""
        return {
            "key": f"writing/{self.opts.model_name}/{story.pk if story else 'new'}",
            "person": request.user.pk,
            "autosave": self._url("autosave", story.pk) if story else "",
            "kept": stories.KEPT_BY_AUTOSAVE,
            "blocks": {name: reverse(f"admin:news_story_block_{name}") for name in ("choices", "pictures", "names")}
            | {"library": reverse("admin:championship_picture_add")},
            "known": [asdict(words) for words in block_words(body)],
            "login": reverse("admin:login"),
            "token": settings.CSRF_COOKIE_NAME,
            "saved": request.GET.get("saved", "")[:40],
            "copy": request.POST.get("copy", "")[:40],
            "isMine": story is not None and story.edited_by_id == request.user.pk,
            # A page that answers a POST shows what is not stored.
            "isUnsaved": request.method == "POST",
            "isConflict": getattr(form, "stale", False),
            "edition": story.editions_saved if story else 0,
            "typedBy": str(story.edited_by) if story and story.edited_by and story.edited_by != request.user else "",
            "typedAt": story.edited_at if story and story.has_unsaved else None,
        }
