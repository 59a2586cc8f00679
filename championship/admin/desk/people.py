"""Who sits at the desk, and who may do what there."""

from django.http import HttpRequest

from championship import rights
from championship.models import Event
from championship.selectors.desk_steps import RIGHTS, Person


def person_at(request: HttpRequest, event: Event) -> Person:
    return Person(
        pk=request.user.pk,
        rights=frozenset(right for right in RIGHTS if rights.may(request.user, right, event)),
    )
