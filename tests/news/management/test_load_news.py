from io import StringIO
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.core.management.base import CommandError

from championship.rules.pictures import FORMATS, LEAD_BYTES, PictureFile
from news.models import Page, Story

pytestmark = pytest.mark.django_db
FOLDER = Path(__file__).resolve().parents[3] / "data" / "news"


def run(*args):
    out = StringIO()
    call_command("load_news", *map(str, args), stdout=out)
    return out.getvalue()


def test_stories_are_loaded_once_with_light_pictures_and_a_second_run_changes_nothing(real_results):
    count = len(list((FOLDER / "stories").iterdir()))
    assert run(FOLDER, "--if-empty") == f"Loaded {count} stories and {Page.objects.count()} pages.\n"
    assert Page.objects.count() == len(list((FOLDER / "pages").iterdir()))
    for story in Story.objects.select_related("lead_picture"):
        leads = [PictureFile(name=story.lead_picture.name, crop="lead", width=1280, format=one) for one in FORMATS]
        assert max(default_storage.size(lead.path) for lead in leads) <= LEAD_BYTES
    before = list(Story.objects.values_list("slug", "version", "editions_saved"))
    assert len(before) == count
    assert run(FOLDER, "--if-empty") == "The newsroom has stories or pages already; nothing loaded.\n"
    with pytest.raises(CommandError, match=r"Nothing was loaded\. The newsroom has stories or pages already"):
        run(FOLDER)
    assert list(Story.objects.values_list("slug", "version", "editions_saved")) == before


def test_stories_about_a_season_that_is_not_there_are_refused_in_words():
    with pytest.raises(CommandError, match=r"stories/sepang-returns\.toml, events: There is no event"):
        run(FOLDER)
    assert not Story.objects.exists()


def test_files_that_are_no_news_are_refused(tmp_path):
    with pytest.raises(CommandError, match=r"Nothing was loaded\. 1 problem in the files of the newsroom"):
        run(tmp_path / "nowhere")
