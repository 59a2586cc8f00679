"""The previews of a story that were made, and which of them work."""

from dataclasses import dataclass
from datetime import datetime

from championship import clock
from news.models import Story


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewRow:
    """`ends_at` is when it stops working, or stopped. `pill` and `label` say it as the pills of pages do."""

    pk: int
    made_at: datetime
    who: str
    ends_at: datetime
    works: bool
    is_revoked: bool

    @property
    def label(self) -> str:
        return "Works" if self.works else "Revoked" if self.is_revoked else "Expired"

    @property
    def pill(self) -> str:
        return "official" if self.works else "withdrawn"


def preview_rows(story: Story) -> tuple[PreviewRow, ...]:
    """The newest first; one query."""
    now = clock.now()
    return tuple(
        PreviewRow(
            pk=row.pk,
            made_at=row.made_at,
            who=str(row.made_by or ""),
            ends_at=row.revoked_at or row.expires_at,
            works=row.revoked_at is None and row.expires_at > now,
            is_revoked=row.revoked_at is not None,
        )
        for row in story.previews.select_related("made_by")
    )
