"""The tree of categories at the desk."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data

from gazetteer.directory import actions
from gazetteer.directory.branches import moves
from gazetteer.directory.desk import tree
from gazetteer.directory.desk.tests.world import FRAMEWORK_WORDS, Town, html_of, seen, sign_in
from gazetteer.directory.models import Category, TreeChange

TREE = "/admin/categories/"


def form_of(category: Category | None = None, **values: Any) -> dict[str, Any]:
    """A category's form as the browser sends it."""
    fields: dict[str, Any] = {
        "name": category.name if category else "",
        "slug": category.slug if category else "",
        **dict.fromkeys(("parent", "names_by_lang", "description", "picture", "see_also", "schema_type"), ""),
        "open_to_submissions": "on",
        "shows_listings": "on",
        **values,
    }
    return nested_form_data(fields)


def url(name: str, category: Category) -> str:
    return reverse(f"categories:{name}", args=[category.pk])


def row(category: Category) -> Category:
    return Category.objects.get(pk=category.pk)


def names(html: str) -> list[str]:
    return re.findall(r'<span class="name">([^<]*)</span>', html)


def counts(html: str) -> dict[str, str]:
    return dict(re.findall(r'<span class="name">([^<]*)</span> <span class="count">([^<]*)</span>', html))


def test_no_screen_of_categories_says_a_word_of_the_framework(desk: Client, town: Town) -> None:
    screens = [TREE, TREE + "?q=caf", TREE + "?q=nothing", "/admin/categories/new/"]
    screens += [url(name, town.food) for name in ("edit", "history", "delete", "move", "merge", "restore")]
    for screen in screens:
        found = FRAMEWORK_WORDS.findall(seen(html_of(desk, screen)))
        assert not found, (screen, found)


def test_the_tree_shows_every_category_in_order_with_the_true_count_of_its_branch(desk: Client, town: Town) -> None:
    html = html_of(desk, TREE)
    assert names(html) == ["Food", "Bakeries", "Cafés", "Trades"]
    assert counts(html) == {"Food": "2", "Bakeries": "2", "Cafés": "0", "Trades": "0"}
    inside = html[html.index('category-tree">') :]
    assert inside.count("<ul>") == inside.count("</ul>")
    assert inside.count("<details") == inside.count("</details>")


def test_the_tree_costs_the_same_queries_however_large_it_is(
    desk: Client, town: Town, django_assert_max_num_queries: Any
) -> None:
    for number in range(60):
        actions.add_category(f"Heading {number}", town.trades)
    html_of(desk, TREE)
    with django_assert_max_num_queries(25):
        html = html_of(desk, TREE)
    assert len(names(html)) == 64


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch, town: Town) -> Town:
    """As if the town's tree were too large to be written whole; Cafés have Tea rooms, Trades have none below."""
    monkeypatch.setattr(tree, "WHOLE", 1)
    actions.add_category("Tea rooms", town.cafes)
    return town


def opening(category: Category) -> str:
    """The address of the link that opens it."""
    return f"{TREE}?open={category.pk}#category-{category.pk}"


def test_of_a_large_tree_only_what_is_opened_is_written_and_each_other_is_opened_by_a_link(
    desk: Client, large: Town
) -> None:
    closed = html_of(desk, TREE)
    assert names(closed) == ["Food", "Trades"]
    assert f'href="{opening(large.food)}"' in closed
    assert opening(large.trades) not in closed
    assert names(html_of(desk, opening(large.food))) == ["Food", "Bakeries", "Cafés", "Trades"]
    opened = html_of(desk, opening(large.cafes))
    assert names(opened) == ["Food", "Bakeries", "Cafés", "Tea rooms", "Trades"]
    inside = opened[opened.index('category-tree">') :]
    for element in ("ul", "li", "details", "a"):
        assert len(re.findall(f"<{element}[ >]", inside)) == inside.count(f"</{element}>"), element


def test_what_is_in_the_trash_opens_nothing_in_a_large_tree(desk: Client, large: Town) -> None:
    actions.trash_category(large.cafes)
    actions.trash_category(large.bakeries)
    html = html_of(desk, TREE)
    assert opening(large.food) not in html
    assert names(html_of(desk, opening(large.cafes))) == ["Food", "Trades"]


def test_in_a_large_tree_an_arrow_leaves_the_category_in_sight(desk: Client, large: Town) -> None:
    answer = desk.post(TREE, {"down": large.bakeries.pk}, follow=True)
    assert names(answer.content.decode()) == ["Food", "Cafés", "Bakeries", "Trades"]


def test_of_very_many_found_the_first_are_shown_and_it_says_so(
    desk: Client, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tree, "MOST_FOUND", 2)
    html = html_of(desk, TREE + "results/?q=food")
    assert names(html) == ["Food", "Bakeries"]
    assert "Only the first 2 are shown" in html
    assert "Only the first" not in html_of(desk, TREE + "results/?q=aker")
    assert "Only the first" not in html_of(desk, TREE)


def test_a_category_is_found_by_a_part_of_its_name(desk: Client, town: Town) -> None:
    assert names(html_of(desk, TREE + "results/?q=aker")) == ["Bakeries"]


def test_a_category_is_added_below_another(desk: Client, town: Town) -> None:
    assert f'value="{town.cafes.pk}"' in html_of(desk, f"/admin/categories/new/?parent={town.cafes.pk}")
    form = form_of(name="Tea rooms", parent=town.cafes.pk, names_by_lang="fr = Salons de thé", see_also="food/bakeries")
    desk.post("/admin/categories/new/", form)
    made = Category.objects.get(name="Tea rooms")
    assert (made.address, made.name_in("fr")) == ("food/cafés/tea-rooms", "Salons de thé")
    assert list(made.related.all()) == [town.bakeries]


def test_a_new_name_and_address_leave_the_old_address_leading_there(desk: Client, town: Town) -> None:
    desk.post(url("edit", town.food), form_of(town.food, name="Eating", slug="eating", description="All <b>food</b>."))
    assert (row(town.food).name, row(town.food).description) == ("Eating", "All <b>food</b>.")
    assert row(town.bakeries).address == "eating/bakeries"
    assert desk.get("/directory/food/bakeries/").headers["Location"] == "/directory/eating/bakeries/"


def test_a_wrong_line_is_refused_and_nothing_changes(desk: Client, town: Town) -> None:
    html = desk.post(url("edit", town.food), form_of(town.food, name="X", see_also="no/such")).content.decode()
    assert "Line 1: there is no category" in html
    assert row(town.food).name == "Food"


def test_a_category_moves_elsewhere_with_its_listings(desk: Client, town: Town) -> None:
    desk.post(url("move", town.bakeries), {"under": town.trades.pk, "reason": "baking is a trade"})
    assert row(town.bakeries).address == "trades/bakeries"
    assert counts(html_of(desk, TREE)) == {"Food": "0", "Cafés": "0", "Trades": "2", "Bakeries": "2"}
    desk.post(url("move", town.bakeries), {"under": ""})
    assert row(town.bakeries).address == "bakeries"


def test_a_category_cannot_move_into_its_own_branch(desk: Client, town: Town) -> None:
    html = desk.post(url("move", town.food), {"under": town.cafes.pk}).content.decode()
    assert "cannot be moved into its own branch" in html
    assert row(town.food).address == "food"


def test_an_arrow_changes_the_order_among_neighbours(desk: Client, town: Town) -> None:
    desk.post(TREE, {"down": town.bakeries.pk})
    assert names(html_of(desk, TREE)) == ["Food", "Cafés", "Bakeries", "Trades"]
    desk.post(TREE, {"up": town.trades.pk})
    assert names(html_of(desk, TREE)) == ["Trades", "Food", "Cafés", "Bakeries"]
    desk.post(TREE, {"up": town.trades.pk})
    assert names(html_of(desk, TREE))[0] == "Trades"


def test_a_change_of_order_is_made_at_once_even_in_a_large_branch(
    desk: Client, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "DONE_AT_ONCE", 0)
    desk.post(TREE, {"down": town.food.pk})
    assert names(html_of(desk, TREE))[0] == "Trades"


def test_a_large_change_is_shown_with_its_stage_until_it_is_done(
    desk: Client, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "DONE_AT_ONCE", 0)
    answer = desk.post(url("move", town.bakeries), {"under": town.trades.pk}, follow=True)
    assert "step by step" in answer.content.decode()
    html = html_of(desk, TREE)
    assert "Moving “Bakeries”: waiting" in html
    assert row(town.bakeries).address == "food/bakeries"
    moves.carry_on()
    assert TreeChange.objects.get().stage == "done"
    assert "Moving “" not in html_of(desk, TREE)


def test_a_category_is_merged_into_another(desk: Client, town: Town) -> None:
    desk.post(url("merge", town.bakeries), {"into": town.trades.pk})
    assert not Category.objects.filter(pk=town.bakeries.pk).exists()
    assert counts(html_of(desk, TREE))["Trades"] == "2"
    assert desk.get("/directory/food/bakeries/").headers["Location"] == "/directory/trades/"


def test_a_category_goes_to_the_trash_and_comes_back(desk: Client, town: Town) -> None:
    desk.post(url("delete", town.food), {"reason": "for now"})
    html = html_of(desk, TREE)
    assert names(html) == ["Trades"]
    assert url("restore", town.food) in html
    desk.post(url("restore", town.food), {})
    assert names(html_of(desk, TREE)) == ["Food", "Bakeries", "Cafés", "Trades"]


def test_who_looks_after_one_branch_changes_only_what_is_in_it(town: Town, client: Client) -> None:
    sign_in(client, "cat", "Category editors", town.food)
    html = html_of(client, TREE)
    assert url("edit", town.cafes) in html
    assert url("edit", town.trades) not in html
    client.post(url("edit", town.cafes), form_of(town.cafes, name="Coffee"))
    assert row(town.cafes).name == "Coffee"
    client.post(url("edit", town.trades), form_of(town.trades, name="Crafts"))
    client.post(url("move", town.cafes), {"under": town.trades.pk})
    client.post(url("move", town.cafes), {"under": ""})
    client.post(url("delete", town.cafes), {})
    client.post(TREE, {"down": town.food.pk})
    assert (row(town.trades).name, row(town.cafes).address) == ("Trades", "food/cafés")
    assert names(html_of(client, TREE))[0] == "Food"
