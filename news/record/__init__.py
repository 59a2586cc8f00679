"""The newsroom as text: reading the files of `data/news/`. Pure Python, no Django."""

from news.record.errors import NewsRecordError
from news.record.read import read_folder, read_news
from news.record.schema import Claim, Drawing, NewsRecord, PageRecord, StoryRecord, TopicRecord

__all__ = [
    "Claim",
    "Drawing",
    "NewsRecord",
    "NewsRecordError",
    "PageRecord",
    "StoryRecord",
    "TopicRecord",
    "read_folder",
    "read_news",
]
