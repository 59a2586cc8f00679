"""What a timing file would do, in words: on the button of its page, and for the command."""

from championship.rules.text import counted, series
from championship.services.timing_entry_values import EntriesPreview
from championship.services.timing_imports import AnyPreview
from championship.services.timing_results import ResultsPreview


def confirm_label(now: AnyPreview) -> str:
    """What confirming does: “Write a draft of 42 cars; 3 cars differ from v1”."""
    return _entries_label(now) if isinstance(now, EntriesPreview) else _results_label(now)


def base_words(now: ResultsPreview) -> str:
    """What the preview compares with: the draft, or the version that stands; "" for the first list of a session."""
    if now.draft is not None:
        return f"the draft of {now.draft.author}" if now.draft.author else "the draft"
    return f"v{now.stands.version}" if now.stands else ""


def people_words(now: ResultsPreview, slugs: tuple[str, ...]) -> str:
    """Drivers by name."""
    return ", ".join(now.names.get(slug, slug) for slug in slugs) or "nobody"


def _results_label(now: ResultsPreview) -> str:
    cars, base = counted(len(now.lines), "car"), base_words(now)
    if not base:
        return f"Write the first draft: {cars}"
    changed = len(now.changed_cars)
    differs = f"{counted(changed, 'car')} differ{'s' if changed == 1 else ''} from {base}"
    if not changed:
        differs = f"no car differs from {base}"
    if now.draft is None:
        return f"Write a draft of {cars}; {differs}"
    if now.keeps_others:
        added = counted(len(now.lines) - len(now.kept), "car")
        return f"Put {added} into the draft beside {len(now.kept)} that stay; {differs}"
    return f"Replace the draft with {cars}; {differs}"


def _entries_label(now: EntriesPreview) -> str:
    new, changed = now.new_cars, len(now.cars) - now.new_cars
    enters = f"Enter {counted(new, 'car')}" if new else ""
    changes = f"{'change' if enters else 'Change'} {counted(changed, 'car')}" if changed else ""
    return series([part for part in (enters, changes) if part])
