"""What is searched for is counted, by words and never by persons."""

from datetime import timedelta

import pytest
from django.utils import timezone

from gazetteer.search import tally
from gazetteer.search.models import DayOfSearches
from gazetteer.search.tests.test_results import ask

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("little_world")]


def rows() -> dict[str, tuple[int, int, int]]:
    return {row.words: (row.searches, row.nothing, row.clicks) for row in DayOfSearches.objects.all()}


def test_a_search_is_counted_by_its_words_and_written_later(client, counted, django_assert_num_queries):
    for query in ("?q=Bänk", "?q=bank", "?q=zzzyx", "?q=bank&page=2", "?q=bank&country=fr", "?category=banks"):
        ask(client, query)
    assert rows() == {}
    counted.flush()
    assert rows() == {"bank": (2, 0, 0), "zzzyx": (1, 1, 0)}
    ask(client, "?q=bank")
    counted.flush()
    assert rows()["bank"] == (3, 0, 0)


def test_a_search_that_finds_only_some_of_the_words_found_nothing(client, counted):
    ask(client, "?q=savings+bank+zzzyx")
    counted.flush()
    assert rows() == {"savings bank zzzyx": (1, 1, 0)}


def test_a_click_counts_for_what_was_searched_for_and_nothing_else(client, counted):
    ask(client, "?q=bank")
    for words in ("Bank", "never searched for"):
        assert client.post("/search/clicked/", {"q": words}).status_code == 204
    counted.flush()
    assert rows() == {"bank": (1, 0, 1)}


def test_a_click_from_another_site_is_refused(client, counted):
    assert (
        client.post("/search/clicked/", {"q": "bank"}, headers={"origin": "https://elsewhere.example"}).status_code
        == 403
    )
    assert client.get("/search/clicked/").status_code == 405


@pytest.mark.parametrize("typed", ["jane@example.org", "call 021 555 12 34", "a" * 61])
def test_what_may_say_who_somebody_is_is_counted_without_its_words(counted, typed):
    counted.add(typed, "searches")
    counted.flush()
    assert rows() == {"": (1, 0, 0)}


def test_a_flood_of_different_searches_does_not_fill_the_memory(counted, monkeypatch):
    monkeypatch.setattr(tally, "MOST", 5)
    for number in range(50):
        counted.add(f"flood {number}", "searches")
    assert len(counted.counts) == 6
    assert sum(counted.counts.values()) == 50


def test_what_is_rare_and_a_week_old_goes_into_its_days_total():
    today = timezone.localdate()
    old, very_old = today - timedelta(days=8), today - timedelta(days=500)
    for day, words, searches in [
        (old, "rare", 2), (old, "common", 9), (old, "", 1), (today, "rare", 1), (very_old, "common", 9),
    ]:  # fmt: skip
        DayOfSearches.objects.create(day=day, words=words, searches=searches, clicks=1)
    tally.fold()
    tally.fold()
    left = {(row.day, row.words): (row.searches, row.clicks) for row in DayOfSearches.objects.all()}
    assert left == {(old, "common"): (9, 1), (old, ""): (3, 2), (today, "rare"): (1, 1)}


def test_the_report_shows_what_is_common_what_found_nothing_and_what_was_not_opened(admin_client, counted):
    for words, searches, nothing, clicks in [
        ("bank", 9, 0, 4),
        ("zzzyx", 5, 5, 0),
        ("crust", 4, 0, 0),
        ("once", 1, 0, 0),
    ]:
        DayOfSearches.objects.create(
            day=timezone.localdate(), words=words, searches=searches, nothing=nothing, clicks=clicks
        )
    page = admin_client.get("/admin/search/searches/").content.decode()
    most, nothing, unopened = page.split("<h2>")[1:4]
    assert most.index("bank") < most.index("zzzyx") < most.index("crust")
    assert "zzzyx" in nothing and "bank" not in nothing
    assert "crust" in unopened and "zzzyx" not in unopened and "bank" not in unopened
    assert "once" not in page.replace("Counted by words", "")
    for days in ("1", "30", "365", "x"):
        assert admin_client.get(f"/admin/search/searches/?days={days}").status_code == 200


def test_only_who_may_see_it_sees_the_report(client, django_user_model):
    client.force_login(django_user_model.objects.create(username="nobody"))
    assert client.get("/admin/search/searches/").status_code in (302, 403)
