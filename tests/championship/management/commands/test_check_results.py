import pytest
from django.core.management import CommandError, call_command

from championship.models import Standing
from tests import factories as make
from tests import result_factories as results

pytestmark = pytest.mark.django_db


@pytest.fixture
def season():
    season = results.make_racing_season(rounds=1)
    results.publish_results(season.rounds.get(), ["7", "22", "99"])
    return season


def test_when_all_is_well_it_says_so_in_one_line(season, capsys):
    call_command("check_results")
    assert capsys.readouterr().out == "Results, scores and tables fit together.\n"


def test_what_is_wrong_is_listed_and_the_command_fails(season, capsys):
    results.unguarded(Standing).filter(order=1, standing_list__title__contender="teams").update(points=99)
    with pytest.raises(CommandError, match="2 things are wrong") as caught:
        call_command("check_results", "2030-31")
    assert caught.value.returncode == 1
    assert capsys.readouterr().out.splitlines() == [
        f"2030/31: LMP2 Teams after round 1, {basis}: line 1 has 99.00 points, the sum of its scores is 25.00."
        for basis in ("provisional results included", "official results only")
    ]


def test_one_thing_is_told_in_the_singular(season, capsys):
    table = Standing.objects.filter(standing_list__title__contender="teams", standing_list__basis="all")
    results.unguarded(Standing).filter(pk=table.get(order=1).pk).update(points=99)
    with pytest.raises(CommandError, match="1 thing is wrong"):
        call_command("check_results")


def test_only_the_season_that_is_named_is_checked(season, capsys):
    results.unguarded(Standing).filter(order=1).update(points=99)
    make.make_season("2031-32")
    call_command("check_results", "2031-32")
    assert capsys.readouterr().out == "Results, scores and tables fit together.\n"


def test_an_unknown_season_is_said():
    with pytest.raises(CommandError, match="There is no season “2019-20”"):
        call_command("check_results", "2019-20")
