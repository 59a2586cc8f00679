"""What a browser would send back from a page of the admin: every field of its form, hidden ones included."""

from html.parser import HTMLParser

from django.contrib.auth.models import Group, User
from django.core.files.base import File
from django.http import HttpResponse
from django.test import Client

from tests import factories as make

OFFICIALS = ("Timekeeper", "Stewards' secretary", "Entries secretary")

Fields = dict[str, str | list[str]]


class _Form(HTMLParser):
    def __init__(self, form_id: str) -> None:
        super().__init__()
        self.form_id = form_id
        self.inside = False
        self.fields: dict[str, list[str]] = {}
        self.select: tuple[str, bool, list[str], list[str]] | None = None
        self.textarea: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = {name: value or "" for name, value in attrs}
        flags = {name for name, _ in attrs}
        if tag == "form":
            self.inside = at.get("id", "") == self.form_id or (not self.form_id and at.get("id") != "logout-form")
        if not self.inside or "disabled" in flags:
            return
        name = at.get("name", "")
        if tag == "input" and name and at.get("type") not in ("submit", "button", "image", "file"):
            if at.get("type") in ("checkbox", "radio"):
                if "checked" in flags:
                    self.fields.setdefault(name, []).append(at.get("value", "on"))
            else:
                self.fields.setdefault(name, []).append(at.get("value", ""))
        elif tag == "select":
            self.select = (name, "multiple" in flags, [], [])
        elif tag == "option" and self.select:
            self.select[2 if "selected" in flags else 3].append(at.get("value", ""))
        elif tag == "textarea":
            self.textarea = name
            self.fields[name] = [""]

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        elif tag == "select" and self.select:
            name, multiple, chosen, others = self.select
            values = chosen if multiple or chosen else others[:1]
            if values:
                self.fields[name] = values
            self.select = None
        elif tag == "textarea":
            self.textarea = None

    def handle_data(self, data: str) -> None:
        if self.textarea is not None:
            # A browser drops the line break that follows the tag.
            self.fields[self.textarea] = [self.fields[self.textarea][0] + data.removeprefix("\n")]


def fields_of(response: HttpResponse, form_id: str = "") -> Fields:
    """Names and values of the form with this id (default: the page's first own form) as they would be sent."""
    parser = _Form(form_id)
    parser.feed(response.content.decode())
    return {name: values if len(values) > 1 else values[0] for name, values in parser.fields.items()}


def fill(client: Client, address: str, form_id: str = "", **typed: object) -> tuple[HttpResponse, Fields]:
    """Open a page, type, and send. Double underscores in names stand for hyphens: `crew__0__seat=1`.

    Returns the answer and what was sent.
    """
    return send(client, address, fields_of(client.get(address), form_id), **typed)


def send(client: Client, address: str, fields: Fields, **typed: object) -> tuple[HttpResponse, Fields]:
    """Send `fields` with something typed over them; None empties a checkbox or a list."""
    sent = dict(fields)
    for name, value in typed.items():
        key = name.replace("__", "-")
        if value is None:
            sent.pop(key, None)
        else:
            sent[key] = value if isinstance(value, list | File) else str(value)
    return client.post(address, sent), sent


def errors_of(response: HttpResponse) -> list[str]:
    """Every message of the page's form and of the rows below it."""
    context = response.context
    found = [text for texts in context["adminform"].form.errors.values() for text in texts]
    for inline in context["inline_admin_formsets"]:
        found += list(inline.formset.non_form_errors())
        found += [text for errors in inline.formset.errors for texts in errors.values() for text in texts]
    return found


def signed_in(name: str, group: str | tuple[str, ...] = OFFICIALS) -> Client:
    """A client of a person with this role, or with these; the default may do all that officials do."""
    user = User.objects.filter(username=name).first() or make.make_user(name)
    roles = (group,) if isinstance(group, str) else group
    user.groups.add(*(Group.objects.get(name=name) for name in roles if name))
    client = Client()
    client.force_login(user)
    return client
