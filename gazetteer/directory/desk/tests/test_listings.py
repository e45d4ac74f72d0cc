"""What the desk sees and does with listings at /admin/listings/."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now
from wagtail.admin.rich_text import DraftailRichTextArea

from gazetteer.accounts.models import User
from gazetteer.changes import clock
from gazetteer.directory import actions
from gazetteer.directory.desk import find
from gazetteer.directory.desk.panels import FEATURES
from gazetteer.directory.desk.tests.world import (
    FRAMEWORK_WORDS,
    Town,
    base_in,
    filings,
    form_of,
    html_of,
    seen,
    sign_in,
)
from gazetteer.directory.models import Listing, Placing


def edit_url(listing: Listing) -> str:
    return f"/admin/listings/edit/{listing.pk}/"


def post(client: Client, listing: Listing, **values: Any) -> Any:
    return client.post(edit_url(listing), form_of(listing, **values), follow=True)


def publish(client: Client, listing: Listing, **values: Any) -> Any:
    return post(client, listing, **values, **{"action-publish": "Publish"})


def row(listing: Listing) -> Listing:
    return Listing.objects.get(pk=listing.pk)


def every_screen(town: Town) -> list[str]:
    town.custom_field("Flour", town.food)
    first = town.oven.save_revision()
    actions.publish(row(town.oven))
    second = row(town.oven).save_revision()
    pk = town.oven.pk
    acts = [reverse(f"listings:{name}", args=[pk]) for name in ("verify", "merge", "restore")]
    bulk = ("publish", "unpublish", "move", "file", "feature", "end_feature", "verify", "delete", "restore")
    return [
        "/admin/",
        reverse("listings:list"),
        reverse("listings:list") + "?q=nothing-of-the-kind",
        reverse("listings:list") + f"?category={town.food.pk}&country=GB&town=Lee&state=live&featured=yes",
        reverse("listings:add"),
        *(reverse(f"listings:{name}", args=[pk]) for name in ("edit", "delete", "history", "usage", "unpublish")),
        reverse("listings:revisions_compare", args=[pk, first.pk, second.pk]),
        reverse("listings:revisions_revert", args=[pk, first.pk]),
        reverse("listings:workflow_history", args=[pk]),
        reverse("choose_heading:choose"),
        *acts,
        *(reverse("wagtail_bulk_action", args=["directory", "listing", act]) + f"?id={pk}" for act in bulk),
    ]


def test_no_screen_says_a_word_of_the_framework(desk: Client, town: Town) -> None:
    for url in every_screen(town):
        found = FRAMEWORK_WORDS.findall(seen(html_of(desk, url)))
        assert not found, (url, found)


def test_a_listing_is_written_and_published_in_one_go(desk: Client, town: Town) -> None:
    form = form_of(
        name="Crumb",
        city="York",
        country="GB",
        phones="01904 496000\n+44 1904 496001",
        alt_names="The Crumb",
        names_by_lang="fr = La Miette",
        social="instagram = @crumb",
        opening_hours="Mo-Fr 08:00-16:00",
        filings=filings(town.cafes, town.bakeries),
    )
    desk.post("/admin/listings/add/", {**form, "action-publish": "Publish"})
    crumb = Listing.objects.published().get(name="Crumb")
    assert crumb.phones == ["01904 496000", "+44 1904 496001"]
    assert (crumb.alt_names, crumb.names_by_lang) == (["The Crumb"], {"fr": "La Miette"})
    assert crumb.social == {"instagram": "https://www.instagram.com/crumb"}
    assert crumb.filings.get(is_primary=True).category == town.cafes
    assert {placing.place.address for placing in Placing.objects.filter(listing=crumb)} == {"gb", "gb/-/york"}
    html = desk.get(crumb.get_absolute_url()).content.decode()
    assert "Bread." in html
    assert "08:00" in html


def test_a_draft_of_a_published_listing_changes_nothing_for_visitors(desk: Client, town: Town) -> None:
    post(desk, town.oven, name="Kiln & Son")
    assert row(town.oven).name == "Oven & Son"
    assert "Kiln &amp; Son" in html_of(desk, edit_url(town.oven))


def test_places_follow_the_address_when_it_is_published(desk: Client, town: Town) -> None:
    publish(desk, town.oven, city="York", country="GB")
    places = {placing.place.address for placing in Placing.objects.filter(listing=town.oven)}
    assert places == {"gb", "gb/-/york"}


def test_another_category_becomes_the_primary_one(desk: Client, town: Town) -> None:
    there = town.oven.filings.get()
    publish(desk, town.oven, filings=filings(there, town.cafes, primary=town.cafes))
    found = {filing.category.name: filing.is_primary for filing in row(town.oven).filings.all()}
    assert found == {"Cafés": True, "Bakeries": False}


@pytest.mark.parametrize(
    ("field", "text", "complaint"),
    [
        ("phones", "+44 113 496 0000\nring us", "Line 2"),
        ("names_by_lang", "La Miette", "Line 1"),
        ("social", "instagram = @a\ninstagram = @b", "stands here twice"),
        ("countries", "Atlantis", "is no country"),
        ("opening_hours", "mon to fri 9-5", "Did you mean"),
        ("lat", "99", "needs both"),
        ("website", "javascript:alert(1)", "can be linked"),
        ("owner", "nobody@x.example", "Nobody here"),
        ("featured_until", "2099-01-01 12:00", "Tick this too"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence_and_nothing_changes(
    desk: Client, town: Town, field: str, text: str, complaint: str
) -> None:
    html = publish(desk, town.oven, **{field: text}).content.decode()
    assert complaint in html
    assert not row(town.oven).has_unpublished_changes


def test_html_from_the_editor_is_cleaned(desk: Client, town: Town) -> None:
    link = {"type": "LINK", "mutability": "MUTABLE", "data": {"url": "javascript:alert(1)"}}
    block = {
        "key": "a",
        "text": "<script>x</script>",
        "type": "unstyled",
        "depth": 0,
        "inlineStyleRanges": [],
        "entityRanges": [{"offset": 0, "length": 8, "key": 0}],
    }
    publish(desk, town.oven, description=json.dumps({"blocks": [block], "entityMap": {"0": link}}))
    assert "&lt;script&gt;" in row(town.oven).description
    assert "<script" not in row(town.oven).description
    assert "javascript" not in row(town.oven).description
    assert "<script" not in row(town.oven).description


def test_a_description_that_nobody_touched_stays_to_the_letter(desk: Client, town: Town) -> None:
    text = '<p>See <abbr title="x">it</abbr>.</p><dl><dt>a</dt></dl>'
    Listing.objects.filter(pk=town.oven.pk).update(description=text)
    shown = DraftailRichTextArea(features=FEATURES).format_value(text)
    publish(desk, town.oven, description=shown, email="oven@x.example")
    assert (row(town.oven).description, row(town.oven).email) == (text, "oven@x.example")


def test_custom_fields_of_its_categories_and_those_above_are_asked_for(desk: Client, town: Town) -> None:
    flour = town.custom_field("Flour", town.food)
    pipes = town.custom_field("Pipes", town.trades)
    html = html_of(desk, edit_url(town.oven))
    assert f'name="custom_{flour.pk}"' in html
    assert f'name="custom_{pipes.pk}"' not in html
    publish(desk, town.oven, **{f"custom_{flour.pk}": "Rye"})
    assert row(town.oven).custom == {str(flour.pk): "Rye"}


def test_a_required_custom_field_may_be_missing_in_a_draft_only(desk: Client, town: Town) -> None:
    town.custom_field("Flour", town.food, is_required=True)
    html = publish(desk, town.oven, email="o@x.example").content.decode()
    assert "This field is required" in html
    post(desk, town.oven, email="o@x.example")
    assert row(town.oven).has_unpublished_changes


def test_a_wrong_custom_value_is_refused_beside_its_field(desk: Client, town: Town) -> None:
    seats = town.custom_field("Seats", town.food, kind="number")
    assert "is not a number" in publish(desk, town.oven, **{f"custom_{seats.pk}": "many"}).content.decode()


def test_preview_shows_the_page_visitors_will_see(desk: Client, town: Town) -> None:
    url = f"/admin/listings/preview/{town.oven.pk}/"
    assert desk.post(url, form_of(town.oven, name="Kiln & Son")).json()["is_valid"]
    html = desk.get(url + "?mode=").content.decode()
    assert "<h1>Kiln &amp; Son</h1>" in html
    assert row(town.oven).name == "Oven & Son"


def test_a_new_listing_can_be_previewed_before_it_is_saved(desk: Client, town: Town) -> None:
    url = "/admin/listings/preview/"
    assert desk.post(url, form_of(name="Crumb", filings=filings(town.cafes))).json()["is_valid"]
    assert "<h1>Crumb</h1>" in desk.get(url + "?mode=").content.decode()
    assert not Listing.objects.filter(name="Crumb").exists()


def test_history_can_be_compared_and_an_old_version_put_back(desk: Client, town: Town) -> None:
    publish(desk, town.oven, phones="+44 113 496 0001")
    first = row(town.oven).latest_revision
    publish(desk, row(town.oven), phones="+44 113 496 0002")
    compare = html_of(desk, reverse("listings:revisions_compare", args=[town.oven.pk, first.pk, "latest"]))
    assert "0001" in compare
    assert "0002" in compare
    revert = reverse("listings:revisions_revert", args=[town.oven.pk, first.pk])
    assert "+44 113 496 0001" in html_of(desk, revert)
    form = form_of(row(town.oven), phones="+44 113 496 0001")
    desk.post(revert, {**form, "revision": first.pk, "action-publish": "Publish"})
    assert row(town.oven).phones == ["+44 113 496 0001"]


def test_a_listing_goes_to_the_trash_and_comes_back(desk: Client, town: Town) -> None:
    desk.post(f"/admin/listings/delete/{town.oven.pk}/")
    assert "Oven" not in html_of(desk, "/admin/listings/results/")
    assert "Oven" in html_of(desk, "/admin/listings/results/?state=trash")
    assert "in the trash" in html_of(desk, edit_url(town.oven))
    desk.post(f"/admin/listings/restore/{town.oven.pk}/", {"reason": "a mistake"})
    assert row(town.oven).is_published


def test_a_listing_is_verified_and_merged(desk: Client, town: Town) -> None:
    desk.post(f"/admin/listings/verify/{town.oven.pk}/", {"how": "by phone"})
    assert row(town.oven).verified_how == "by phone"
    url = f"/admin/listings/merge/{town.zebra.pk}/"
    assert "no such listing" in desk.post(url, {"into": "Oven"}).content.decode()
    assert "not merged itself" in desk.post(url, {"into": str(town.zebra.pk)}).content.decode()
    desk.post(url, {"into": f"http://x.example/listing/{town.oven.pk}/oven-son/"})
    assert row(town.zebra).merged_into == town.oven


# By the clock


@pytest.fixture
def clock_at(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Let it be that moment, and do what is due then."""

    def run(moment: Any) -> None:
        for name in ("django.utils.timezone.now", "gazetteer.directory.publishing.now"):
            monkeypatch.setattr(name, lambda: moment)
        clock.run_due(moment)

    return run


def test_a_draft_goes_live_at_its_time_and_a_published_listing_stays_until_then(
    desk: Client, town: Town, clock_at: Any
) -> None:
    later = now() + timedelta(days=2)
    publish(desk, town.oven, name="Kiln & Son", go_live_at=f"{later:%Y-%m-%d %H:%M}")
    assert (row(town.oven).name, row(town.oven).is_published) == ("Oven & Son", True)
    assert clock.moment_of("directory.publish", town.oven)
    clock_at(later + timedelta(hours=1))
    assert (row(town.oven).name, row(town.oven).is_published) == ("Kiln & Son", True)


def test_a_new_listing_goes_live_and_ends_at_its_times(desk: Client, town: Town, clock_at: Any) -> None:
    later = now() + timedelta(days=2)
    times: dict[str, Any] = {
        "go_live_at": f"{later:%Y-%m-%d %H:%M}",
        "expire_at": f"{later + timedelta(days=2):%Y-%m-%d %H:%M}",
    }
    desk.post("/admin/listings/add/", {**form_of(name="Crumb", **times), "action-publish": "Publish"})
    crumb = Listing.objects.get(name="Crumb")
    assert not crumb.live
    clock_at(later + timedelta(hours=1))
    assert row(crumb).is_published
    clock_at(later + timedelta(days=3))
    assert row(crumb).expired
    assert not row(crumb).is_published


def test_featuring_ends_at_its_time(desk: Client, town: Town, clock_at: Any) -> None:
    until = now() + timedelta(days=2)
    publish(desk, town.oven, featured="on", featured_until=f"{until:%Y-%m-%d %H:%M}")
    assert row(town.oven).featured
    clock_at(until + timedelta(hours=1))
    assert not row(town.oven).featured


def test_an_expired_listing_can_be_published_again(desk: Client, town: Town) -> None:
    Listing.objects.filter(pk=town.oven.pk).update(expire_at=now() - timedelta(days=1))
    actions.expire(row(town.oven))
    publish(desk, row(town.oven))
    assert row(town.oven).is_published


# What came in meanwhile


def test_publishing_an_old_draft_tells_of_what_an_import_changed_and_keeps_it(desk: Client, town: Town) -> None:
    post(desk, town.oven, phones="+44 113 496 0009", email="desk@x.example")
    Listing.objects.filter(pk=town.oven.pk).update(phones=["+44 113 496 0005"], street="New Street 1")
    html = html_of(desk, edit_url(town.oven))
    assert "An import or program changed this listing" in html
    assert "+44 113 496 0005" in html
    assert "New Street 1" in html
    form = form_of(town.oven, phones="+44 113 496 0009", email="desk@x.example", street="New Street 1")
    answer = desk.post(edit_url(town.oven), {**form, "draft_base": base_in(html), "action-publish": "1"}, follow=True)
    assert "was kept" in seen(answer.content.decode())
    found = row(town.oven)
    assert (found.phones, found.email, found.street) == (["+44 113 496 0005"], "desk@x.example", "New Street 1")
    assert "+44 113 496 0009" in html_of(desk, edit_url(town.oven))


def test_what_an_import_changed_while_the_form_was_open_is_kept(desk: Client, town: Town) -> None:
    base = base_in(html_of(desk, edit_url(town.oven)))
    Listing.objects.filter(pk=town.oven.pk).update(street="New Street 1")
    publish(desk, town.oven, email="desk@x.example", draft_base=base)
    assert (row(town.oven).street, row(town.oven).email) == ("New Street 1", "desk@x.example")


def test_what_an_import_changed_in_an_unpublished_listing_while_its_form_was_open_is_kept(
    desk: Client, town: Town
) -> None:
    base = base_in(html_of(desk, edit_url(town.pete)))
    Listing.objects.filter(pk=town.pete.pk).update(street="New Street 1", city="York")
    post(desk, town.pete, email="desk@x.example", draft_base=base)
    assert (row(town.pete).street, row(town.pete).email) == ("New Street 1", "desk@x.example")
    base = base_in(html_of(desk, edit_url(town.pete)))
    Listing.objects.filter(pk=town.pete.pk).update(city="Hull")
    html = post(desk, row(town.pete), city="Selby", draft_base=base).content.decode()
    assert "changed this to “Hull”" in html
    assert row(town.pete).city == "Hull"
    post(desk, row(town.pete), city="Selby", draft_base=base_in(html))
    assert row(town.pete).city == "Selby"


def test_categories_that_an_import_added_stay_when_an_old_draft_is_published(desk: Client, town: Town) -> None:
    post(desk, town.oven, email="desk@x.example")
    actions.file_under(row(town.oven), town.trades)
    draft = row(town.oven).latest_revision
    draft.publish()
    assert {filing.category for filing in row(town.oven).filings.all()} == {town.bakeries, town.trades}


def test_a_draft_whose_category_is_gone_can_still_be_published(desk: Client, town: Town) -> None:
    post(desk, town.oven, filings=filings(town.oven.filings.get(), town.cafes))
    actions.merge_categories(town.cafes, town.trades)
    row(town.oven).latest_revision.publish()
    assert {filing.category for filing in row(town.oven).filings.all()} == {town.bakeries}


# The list


def test_listings_are_found_by_the_beginning_of_the_name_by_number_or_by_a_pasted_address(
    desk: Client, town: Town
) -> None:
    for query in ("zeb", "ZÉBRA", str(town.zebra.pk), f"http://127.0.0.1/listing/{town.zebra.pk}/zebra/"):
        html = html_of(desk, f"/admin/listings/results/?q={query}")
        assert "Zebra Boulangerie" in html
        assert "Oven" not in seen(html)


@pytest.mark.parametrize(
    ("choice", "found"),
    [
        ("", {"Oven", "Zebra", "Pete"}),
        ("state=live", {"Oven", "Zebra"}),
        ("state=draft", {"Pete"}),
        ("state=expired", set()),
        ("country=GB", {"Oven", "Pete"}),
        ("town=leeds", {"Oven", "Pete"}),
        ("town=par", {"Zebra"}),
        ("featured=yes", {"Oven"}),
        ("owner=yes", {"Zebra"}),
        ("owner=no&country=FR", set()),
        ("feed=chamber", {"Oven"}),
        ("category=FOOD", {"Oven", "Zebra"}),
        ("category=TRADES", {"Pete"}),
        ("category=FOOD&country=GB&state=live&featured=yes&owner=no&feed=chamber&q=ov", {"Oven"}),
        ("ordering=sort_name", {"Oven", "Zebra", "Pete"}),
        ("p=99", {"Oven", "Zebra", "Pete"}),
        ("p=rubbish&ordering=rubbish&category=x", {"Oven", "Zebra", "Pete"}),
    ],
)
def test_the_list_narrows(desk: Client, town: Town, choice: str, found: set[str]) -> None:
    Listing.objects.filter(pk=town.oven.pk).update(featured=True, feed="chamber", external_id="1")
    Listing.objects.filter(pk=town.zebra.pk).update(owner=User.objects.get())
    choice = choice.replace("FOOD", str(town.food.pk)).replace("TRADES", str(town.trades.pk))
    html = seen(html_of(desk, f"/admin/listings/results/?{choice}"))
    assert {name for name in ("Oven", "Zebra", "Pete") if name in html} == found


def test_the_choice_of_a_category_shows_names_as_they_are_and_remembers_what_was_chosen(
    desk: Client, town: Town
) -> None:
    odd = actions.add_category('Rock & "Roll" <b>', town.trades)
    html = html_of(desk, f"/admin/listings/?category={odd.pk}")
    assert f'<option value="{odd.pk}" selected>– Rock &amp; &quot;Roll&quot; &lt;b&gt;</option>' in html
    assert f'<option value="{town.trades.pk}">Trades</option>' in html


def test_no_list_counts_the_table_of_listings(desk: Client, town: Town, django_assert_max_num_queries: Any) -> None:
    for number in range(40):
        town.listing(f"Café {number}", "York", "GB", town.cafes)
    html_of(desk, "/admin/listings/")
    for choice in ("", "?q=caf", f"?category={town.cafes.pk}", "?country=GB", "?state=live", "?p=2"):
        with django_assert_max_num_queries(45) as captured:
            html_of(desk, f"/admin/listings/{choice}")
        counts = [query["sql"] for query in captured.captured_queries if "COUNT(" in query["sql"].upper()]
        assert not [sql for sql in counts if "directory_listing" in sql or "branchrow" in sql], counts


def test_what_is_gone_from_a_category_is_read_in_the_order_of_its_own_index(town: Town) -> None:
    """In the order of changes it would be looked for among all listings of the site."""
    first, second = town.oven, town.zebra
    wish = {state: find.Wish(state=state, branches=[[town.food.branch_id]]) for state in ("trash", "merged")}
    for listing, hours in ((first, 1), (second, 2)):
        later = now() + timedelta(hours=hours)
        Listing.objects.filter(pk=listing.pk).update(changed_at=later, merged_into=town.pete)
    assert find.other_ids(wish["merged"]) == [first.pk, second.pk]
    for listing, hours in ((first, 2), (second, 1)):
        Listing.objects.filter(pk=listing.pk).update(deleted_at=now() + timedelta(hours=hours))
    assert find.other_ids(wish["trash"]) == [first.pk, second.pk]


CHOICES = [
    ("category=FOOD", {"Oven", "Zebra", "Rye"}),
    ("category=FOOD&state=draft", {"Rye"}),
    ("category=BAKERIES&state=draft&country=GB", {"Rye"}),
    ("category=TRADES&country=FR", set()),
    ("country=GB", {"Oven", "Pete", "Rye"}),
    ("country=GB&state=draft&q=ry", {"Rye"}),
    ("country=GB&owner=yes", {"Oven"}),
    ("town=y&state=draft", {"Rye"}),
    ("town=nowhere", set()),
    ("category=EMPTY", set()),
]


@pytest.mark.parametrize("size", [0, 1_000], ids=["large", "small"])
@pytest.mark.parametrize(("choice", "found"), CHOICES)
def test_large_and_small_branches_are_looked_through_differently_and_show_the_same(
    desk: Client, town: Town, monkeypatch: pytest.MonkeyPatch, choice: str, found: set[str], size: int
) -> None:
    """What stands in a small branch is read whole; a large one's drafts are asked one by one (`find.READ_WHOLE`)."""
    monkeypatch.setattr(find, "READ_WHOLE", {"category": size, "place": size})
    monkeypatch.setattr(find, "SORTED_AT_ONCE", size)
    town.listing("Rye", "York", "GB", town.bakeries, town.cafes, live=False)
    Listing.objects.filter(pk=town.oven.pk).update(owner=User.objects.get(), featured=True)
    parts = {"FOOD": town.food, "BAKERIES": town.bakeries, "TRADES": town.trades}
    for name, category in {**parts, "EMPTY": actions.add_category("Nothing here")}.items():
        choice = choice.replace(name, str(category.pk))
    html = seen(html_of(desk, f"/admin/listings/results/?{choice}"))
    assert {name for name in ("Oven", "Zebra", "Pete", "Rye") if name in html} == found


def test_the_list_turns_its_pages_without_counting(desk: Client, town: Town) -> None:
    for number in range(40):
        town.listing(f"Café {number:02}", "York", "GB", town.cafes)
    first = html_of(desk, "/admin/listings/results/?ordering=sort_name")
    assert "Café 00" in first
    assert "p=2" in first
    second = html_of(desk, "/admin/listings/results/?ordering=sort_name&p=2")
    assert "Zebra" in second
    assert "p=3" not in second


# Many at once


def bulk(client: Client, act: str, *listings: Listing, **data: Any) -> Any:
    url = reverse("wagtail_bulk_action", args=["directory", "listing", act])
    return client.post(url + "?" + "&".join(f"id={listing.pk}" for listing in listings), data)


def test_many_are_published_taken_down_and_put_in_the_trash_with_a_reason(desk: Client, town: Town) -> None:
    both = (town.oven, town.pete)
    bulk(desk, "publish", *both, reason="checked")
    assert row(town.pete).is_published
    bulk(desk, "unpublish", *both, reason="a storm")
    assert not Listing.objects.published().filter(pk__in=[each.pk for each in both]).exists()
    bulk(desk, "delete", *both, reason="gone")
    assert row(town.oven).deleted_at
    bulk(desk, "restore", *both)
    assert row(town.oven).deleted_at is None
    html = html_of(desk, reverse("listings:history", args=[town.oven.pk]))
    for sentence in ("Published", "Taken down", "Put in the trash", "Taken out of the trash"):
        assert sentence in html


def test_publishing_many_publishes_the_newest_draft_of_each(desk: Client, town: Town) -> None:
    post(desk, town.oven, name="Kiln & Son")
    bulk(desk, "publish", town.oven)
    assert row(town.oven).name == "Kiln & Son"


def test_many_are_moved_filed_featured_and_verified(desk: Client, town: Town) -> None:
    bulk(desk, "move", town.oven, town.zebra, category=town.cafes.pk)
    assert [filing.category for filing in row(town.oven).filings.all()] == [town.cafes]
    bulk(desk, "file", town.oven, category=town.trades.pk)
    found = {filing.category.name: filing.is_primary for filing in row(town.oven).filings.all()}
    assert found == {"Cafés": True, "Trades": False}
    bulk(desk, "feature", town.oven, until="2099-01-01 12:00")
    assert clock.moment_of("directory.unfeature", town.oven)
    assert "has passed" in bulk(desk, "feature", town.zebra, until="2001-01-01 12:00").content.decode()
    bulk(desk, "verify", town.oven, how="by phone")
    assert row(town.oven).verified_at
    bulk(desk, "end_feature", town.oven)
    assert not row(town.oven).featured


def test_nothing_is_deleted_and_a_whole_list_is_never_changed_by_one_tick(desk: Client, town: Town) -> None:
    desk.post(reverse("wagtail_bulk_action", args=["directory", "listing", "delete"]) + "?id=all")
    assert Listing.objects.in_trash().count() == 0
    bulk(desk, "delete", town.oven)
    assert Listing.objects.filter(pk=town.oven.pk).exists()


# Who may do what


def test_who_looks_after_one_branch_sees_and_edits_only_what_is_in_it(town: Town, client: Client) -> None:
    sign_in(client, "cat", "Category editors", town.food)
    html = seen(html_of(client, "/admin/listings/results/"))
    assert "Oven" in html
    assert "Pete" not in html
    assert "Pete" not in seen(html_of(client, f"/admin/listings/results/?q={town.pete.pk}"))
    publish(client, town.oven, email="cat@x.example")
    assert row(town.oven).email == "cat@x.example"
    for name in ("edit", "history", "delete", "unpublish", "preview_on_edit", "verify", "lock"):
        url = reverse(f"listings:{name}", args=[town.pete.pk])
        client.post(url, form_of(town.pete, email="cat@x.example", how="x"))
        assert client.get(url).status_code == 302, name  # to the desk's first page, with a sentence
    for act in ("publish", "delete", "move"):
        bulk(client, act, town.pete, category=town.food.pk)
    found = row(town.pete)
    assert (found.email, found.live, found.deleted_at, found.locked) == ("", False, None, False)
    assert found.filings.get().category == town.trades


def test_who_looks_after_one_branch_files_only_there(town: Town, client: Client) -> None:
    sign_in(client, "cat", "Category editors", town.food)
    there = town.oven.filings.get()
    html = publish(client, town.oven, filings=filings(there, town.trades)).content.decode()
    assert "neither put listings into “Trades”" in html
    html = client.post("/admin/listings/add/", form_of(name="Crumb")).content.decode()
    assert "that you look after" in html
    client.post("/admin/listings/add/", {**form_of(name="Crumb", filings=filings(town.cafes)), "action-publish": "1"})
    assert Listing.objects.published().filter(name="Crumb").exists()
    answer = bulk(client, "move", town.oven, category=town.trades.pk).content.decode()
    assert "Select a valid choice" in answer
    assert row(town.oven).filings.get().category == town.bakeries


def test_a_locked_listing_cannot_be_changed_by_another(town: Town, client: Client) -> None:
    sign_in(client, "edda", "Editors")
    client.post(f"/admin/listings/lock/{town.oven.pk}/")
    sign_in(client, "edwin", "Editors")
    publish(client, town.oven, name="Kiln")
    assert row(town.oven).name == "Oven & Son"


def test_who_may_not_publish_submits_and_an_editor_approves(town: Town, client: Client) -> None:
    writers = Group.objects.create(name="Writers")
    wanted = ["access_admin", "view_listing", "add_listing", "change_listing"]
    writers.permissions.set(Permission.objects.filter(codename__in=wanted))
    sign_in(client, "wendy", "Writers")
    form = form_of(name="Crumb", filings=filings(town.cafes))
    client.post("/admin/listings/add/", {**form, "action-publish": "Publish"})
    crumb = Listing.objects.get(name="Crumb")
    assert not crumb.live
    client.post(edit_url(crumb), {**form_of(crumb), "action-submit": "Submit"})
    state = row(crumb).current_workflow_task_state
    assert state is not None
    sign_in(client, "edda", "Editors")
    client.post(reverse("listings:workflow_action", args=[crumb.pk, "approve", state.pk]), {})
    assert row(crumb).is_published
