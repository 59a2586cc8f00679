"""Several chief editors who save one story at once, over HTTP, through the pages that save there.

`main` needs Django set up on a database that is migrated, empty, and nobody else's. Each save reads what a page shows
and counts on in it, so that a lost save is seen in the end: one of the own count is missing in the text, an edition is
not there, or readers got another text than the one that was seen. To prove another page, add a function to PATHS that
makes one attempt.
"""

import json
import os
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from news.models import Story, StoryEdition
from news.services import stories
from tests.browser.server import site_server
from tests.championship.admin.posting import Fields, fields_of
from tests.news_factories import publish_story
from tests.saving_people import PEOPLE, Person, all_save, counts_in, signed_in_opener

# What every form of a story says about the page that it stood on.
TOKENS = ("csrfmiddlewaretoken", "seen_version")
SENT, RETURNED, ASIDE = "Sent to review", "Taken back from review", "Set aside"


@dataclass(kw_only=True)
class Editor(Person):
    """`seen` is, by note for readers, what the text said that was published with it."""

    story: int
    seen: dict[str, Counter] = field(default_factory=dict)

    @property
    def writing(self) -> str:
        return f"/admin/news/story/{self.story}/change/"

    def newsroom(self, page: str) -> str:
        return f"/admin/newsroom/{self.story}/{page}/"

    def typed(self, fields: Fields) -> str:
        """The text of the page with the own count raised."""
        return f"<p>{self.counted_on(str(fields['body']))}</p>"


def save(who: Editor) -> bool:
    """Count on in the text, and save it as an edition."""
    fields = fields_of(who.get(who.writing), "story_form")
    if who.post(who.writing, fields | {"body": who.typed(fields)}).status != 302:
        return False
    who.counted["text"] += 1
    return True


def autosave(who: Editor) -> bool:
    """Count on in the text, as the script of the page does while somebody types."""
    fields = fields_of(who.get(who.writing), "story_form")
    sent = {name: fields[name] for name in TOKENS} | {"body": who.typed(fields)}
    if who.post(f"/admin/news/story/{who.story}/autosave/", sent).status != 200:
        return False
    who.counted["text"] += 1
    return True


def take_theirs(who: Editor) -> bool:
    """Set the own text aside as an edition, and go on with the one that is there."""
    fields = fields_of(who.get(who.writing), "story_form")
    sent = fields | {"body": f"<p>aside {who.number}</p>", "_take_theirs": "on"}
    return who.post(who.writing, sent).status == 302


def restore(who: Editor) -> bool:
    """Bring back the newest edition, as if nothing was typed since: whoever was faster would be lost."""
    page = who.get(who.writing)
    known = json.loads(re.search(r'<script id="writing-data"[^>]*>(.*?)</script>', page.text)[1])
    if known["typedAt"] is not None:
        save(who)
        return False
    fields = fields_of(page, "story_form")
    sent = {name: fields[name] for name in TOKENS}
    return who.post(who.newsroom(f"editions/{known['edition']}/restore"), sent).leads_to.endswith("/editions/")


def publish(who: Editor) -> bool:
    """Show readers the text as the page shows it."""
    page = who.get(who.newsroom("publish"))
    promise = re.search(r'name="promise" value="([^"]*)"', page.text)
    if promise is None:
        # Somebody just did: there is nothing new to publish.
        save(who)
        return False
    note = f"note {who.number}.{who.accepted['publish']}"
    sent = fields_of(page) | {"promise": promise[1], "update_note": note}
    if who.post(who.newsroom("publish"), sent).status != 302:
        return False
    who.seen[note] = counts_in(re.search(r'class="story-body.*?</div>', page.text, re.DOTALL)[0])
    return True


def review(who: Editor) -> bool:
    """Send it to review, or take it back out of it, by turns."""
    fields = fields_of(who.get(who.writing), "story_form")
    sent = {name: fields[name] for name in TOKENS}
    is_turn_to_send = who.counted[SENT] <= who.counted[RETURNED]
    page, words = ("submit", SENT) if is_turn_to_send else ("return", RETURNED)
    if who.post(who.newsroom(page), sent).leads_to != "/admin/newsroom/":
        return False
    who.counted[words] += 1
    return True


PATHS: tuple[Callable[[Editor], bool], ...] = (save, autosave, take_theirs, restore, publish, review)


def main(times: int, is_unprotected: bool) -> None:
    """Print what eight chief editors with `times` accepted saves each left; `is_unprotected` is the control.

    Without the protection nobody looks at the version that a page was shown.
    """
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    story = publish_story(body="<p>0=0</p>", at=None)
    paths = PATHS
    if is_unprotected:
        protected = stories.autosave
        stories.autosave = lambda story, *, seen_version, **values: protected(
            story, seen_version=Story.objects.get(pk=story.pk).version, **values
        )
        paths = (autosave,)
    server = site_server()
    try:
        site = f"http://{server.host}:{server.port}"
        people = [
            Editor(
                number=number, site=site, opener=signed_in_opener(f"editor-{number}", ["Chief editor"]), story=story.pk
            )
            for number in range(1, PEOPLE + 1)
        ]
        attempts = all_save(people, times, paths)
    finally:
        server.terminate()
    accepted = sum((who.accepted for who in people), Counter())
    errors = sum(who.errors for who in people)
    print(json.dumps({"accepted": accepted, "attempts": attempts, "errors": errors, "lost": lost(people)}))


def lost(people: list[Editor]) -> dict[str, int]:
    """How many accepted saves of each kind left nothing behind."""
    story = Story.objects.get()
    counts = counts_in(story.body)
    history = Counter(story.history.values_list("history_change_reason", flat=True))
    public = {edition.update_note: counts_in(edition.body) for edition in story.editions.exclude(update_note="")}
    counted = sum((who.counted for who in people), Counter())
    aside = StoryEdition.objects.filter(reason=ASIDE).count()
    return {
        "text": sum(who.counted["text"] - counts[who.number] for who in people),
        "published": sum(public.get(note) != seen for who in people for note, seen in who.seen.items()),
        "set aside": sum(who.accepted["take_theirs"] for who in people) - aside,
        "restored": sum(who.accepted["restore"] for who in people)
        - sum(number for words, number in history.items() if words and words.endswith("brought back"))
        + aside,
        "review": counted[SENT] - history[SENT] + counted[RETURNED] - history[RETURNED],
    }
