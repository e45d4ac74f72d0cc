"""Publishing an old draft never puts back what an import or machine changed since."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import now

from gazetteer.changes import clock
from gazetteer.directory import actions, drafts
from gazetteer.directory.models import Category, Listing, ListingTag, TaggedListing

pytestmark = pytest.mark.django_db


@pytest.fixture
def bakery() -> Category:
    return actions.add_category("Bakeries")


@pytest.fixture
def oven(bakery: Category) -> Listing:
    """Published, as an import leaves it: live, without any revision."""
    listing = Listing.objects.create(name="Oven", phones=["1"], street="Old Street", custom={"7": "rye"}, live=True)
    actions.file_under(listing, bakery, primary=True)
    return listing


def row(listing: Listing) -> Listing:
    return Listing.objects.get(pk=listing.pk)


def draft_with(listing: Listing, **values: Any) -> None:
    draft = row(listing).get_latest_revision_as_object()
    for name, value in values.items():
        setattr(draft, name, value)
    draft.save_revision()


def machine(listing: Listing, **values: Any) -> None:
    Listing.objects.filter(pk=listing.pk).update(**values)


def publish(listing: Listing) -> Listing:
    actions.publish(row(listing))
    return row(listing)


def test_what_the_draft_left_alone_keeps_what_the_machine_wrote(oven: Listing) -> None:
    draft_with(oven, phones=["2"])
    machine(oven, street="New Street", custom={"7": "rye", "8": 3})
    found = publish(oven)
    assert (found.phones, found.street, found.custom) == (["2"], "New Street", {"7": "rye", "8": 3})
    assert drafts.last_conflicts(found) == []


def test_what_both_changed_keeps_the_machines_and_the_conflict_is_known_before_and_after(oven: Listing) -> None:
    draft_with(oven, phones=["2"], custom={"7": "spelt"})
    machine(oven, phones=["3"], custom={"7": "oats"})
    assert [each["column"] for each in drafts.pending(row(oven))] == ["custom.7", "phones"]
    found = publish(oven)
    assert (found.phones, found.custom) == (["3"], {"7": "oats"})
    conflicts = {each["column"]: (each["draft"], each["kept"]) for each in drafts.last_conflicts(found)}
    assert conflicts == {"custom.7": ("spelt", "oats"), "phones": (["2"], ["3"])}


def test_an_editor_who_has_seen_the_conflict_can_publish_their_words_after_all(oven: Listing) -> None:
    draft_with(oven, phones=["2"])
    machine(oven, phones=["3"])
    publish(oven)
    draft_with(oven, phones=["2"])
    found = publish(oven)
    assert (found.phones, drafts.last_conflicts(found)) == (["2"], [])


def test_a_draft_saved_again_stands_on_what_the_machine_wrote_and_its_conflict_stays(oven: Listing) -> None:
    draft_with(oven, phones=["2"])
    machine(oven, phones=["3"], street="New Street")
    opened = row(oven).get_latest_revision_as_object()
    assert (opened.phones, opened.street) == (["2"], "New Street")
    draft_with(oven, email="o@x.example")
    assert [each["column"] for each in drafts.pending(row(oven))] == ["phones"]
    machine(oven, street="Newest Street")
    found = publish(oven)
    assert (found.phones, found.street, found.email) == (["3"], "Newest Street", "o@x.example")


def test_a_value_the_draft_took_away_goes_and_one_it_never_had_stays(oven: Listing) -> None:
    draft_with(oven, custom={}, street="")
    machine(oven, custom={"7": "rye", "8": 3})
    found = publish(oven)
    assert (found.custom, found.street) == ({"8": 3}, "")


def test_categories_and_tags_join_and_go_each_by_itself(oven: Listing, bakery: Category) -> None:
    cafe, shop, mill = (actions.add_category(name) for name in ("Cafés", "Shops", "Mills"))
    actions.file_under(row(oven), cafe)
    draft = row(oven)
    draft.filings.add(draft.filings.model(category=shop))
    draft.filings.remove(draft.filings.get(category=cafe))
    draft.tags.add("warm")
    draft.save_revision()
    actions.file_under(row(oven), mill)
    TaggedListing.objects.create(content_object=oven, tag=ListingTag.objects.create(name="old", slug="old"))
    found = publish(oven)
    assert {filing.category for filing in found.filings.all()} == {bakery, shop, mill}
    assert found.filings.get(is_primary=True).category == bakery
    assert {tag.name for tag in found.tags.all()} == {"warm", "old"}


def test_the_primary_category_is_the_drafts_unless_a_machine_chose_another(oven: Listing, bakery: Category) -> None:
    cafe, shop = (actions.add_category(name) for name in ("Cafés", "Shops"))
    draft = row(oven)
    draft.filings.set([draft.filings.model(category=cafe, is_primary=True), draft.filings.model(category=bakery)])
    draft.save_revision()
    assert publish(oven).filings.get(is_primary=True).category == cafe
    draft_with(oven, email="o@x.example")
    actions.file_under(row(oven), shop, primary=True)
    assert publish(oven).filings.get(is_primary=True).category == shop


def test_a_revert_on_purpose_does_put_the_old_values_back(oven: Listing) -> None:
    draft_with(oven, phones=["2"])
    first = publish(oven).live_revision
    draft_with(oven, phones=["3"])
    publish(oven)
    assert first is not None
    old = first.as_object()
    old.publish(old.save_revision(previous_revision=first), previous_revision=first)
    assert row(oven).phones == ["2"]


def test_what_belongs_to_the_listing_as_a_whole_is_never_in_a_draft(oven: Listing) -> None:
    draft_with(oven, phones=["2"])
    actions.verify(row(oven), "by phone")
    machine(oven, import_digest="d", feed="chamber", external_id="1")
    found = publish(oven)
    assert (found.verified_how, found.feed, found.external_id, found.import_digest) == ("by phone", "chamber", "1", "d")


def test_a_scheduled_draft_leaves_an_imported_listing_in_its_place_until_then(oven: Listing) -> None:
    later = now().replace(microsecond=0) + timedelta(days=1)
    draft_with(oven, phones=["2"], go_live_at=later)
    found = publish(oven)
    assert (found.is_published, found.phones) == (True, ["1"])
    moment = clock.moment_of("directory.publish", found)
    assert moment is not None
    assert moment.due_at == later
    actions.unpublish(found)
    assert clock.moment_of("directory.publish", found) is None
    assert row(oven).scheduled_revision is None


def test_a_revision_that_names_a_category_that_is_gone_is_still_read(oven: Listing, bakery: Category) -> None:
    draft_with(oven, phones=["2"])
    mill = actions.add_category("Mills")
    actions.merge_categories(bakery, mill)
    found = publish(oven)
    assert [(filing.category, filing.is_primary) for filing in found.filings.all()] == [(mill, True)]
