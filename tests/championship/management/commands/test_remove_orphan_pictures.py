import io

import pytest
from django.core.management import call_command

from championship.services import pictures
from tests import factories as make
from tests.picture_files import picture_file

pytestmark = pytest.mark.django_db


def said(*arguments):
    out = io.StringIO()
    call_command("remove_orphan_pictures", *arguments, stdout=out)
    return out.getvalue().splitlines()


def test_files_that_no_picture_has_are_deleted_when_their_time_is_over(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    picture = make.make_picture()
    orphan = pictures.prepare(picture_file(shade=1)).name
    assert said() == ["0 sets of files deleted."]
    assert said("--kept-days", "0") == [orphan, "1 sets of files deleted."]
    assert [path.name for path in (tmp_path / "pictures").iterdir()] == [picture.name]
