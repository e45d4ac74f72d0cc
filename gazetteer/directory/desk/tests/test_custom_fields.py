"""Custom fields at the desk: defined in plain words, asked for where they belong."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from gazetteer.directory.desk.tests.world import FRAMEWORK_WORDS, Town, html_of, seen, sign_in
from gazetteer.directory.models import CustomField

NEW = "/admin/custom-fields/new/"


def form_of(**values: Any) -> dict[str, Any]:
    """A custom field's form as the browser sends it."""
    names = ("label", "type", "branches", "help", "labels_by_lang", "key", "set_choices", "set_units", "set_currency")
    more = ("set_least", "set_most", "set_decimals", "set_longest", "set_country")
    return {**dict.fromkeys((*names, *more), ""), "position": 0, "is_public": "on", **values}


def edit(field: CustomField) -> str:
    return reverse("custom_fields:edit", args=[field.pk])


def test_no_screen_of_custom_fields_says_a_word_of_the_framework(desk: Client, town: Town) -> None:
    field = town.custom_field("Flour", town.food)
    screens = ["/admin/custom-fields/", NEW]
    screens += [reverse(f"custom_fields:{name}", args=[field.pk]) for name in ("edit", "delete", "restore", "history")]
    for screen in screens:
        found = FRAMEWORK_WORDS.findall(seen(html_of(desk, screen)))
        assert not found, (screen, found)


def test_a_choice_is_defined_for_a_branch_and_asked_for_in_the_listings_below(desk: Client, town: Town) -> None:
    form = form_of(label="Kind of flour", type="choice", branches="food", set_choices="Rye\nsp = Spelt")
    desk.post(NEW, form)
    field = CustomField.objects.get()
    assert (field.key, list(field.categories.all())) == ("kind_of_flour", [town.food])
    assert field.options == {"choices": [{"key": "rye", "label": "Rye"}, {"key": "sp", "label": "Spelt"}]}
    html = html_of(desk, f"/admin/listings/edit/{town.oven.pk}/")
    assert "Kind of flour" in html
    assert "Spelt" in html
    assert "Kind of flour" not in html_of(desk, f"/admin/listings/edit/{town.pete.pk}/")


def test_a_label_may_change_and_what_is_stored_stays(desk: Client, town: Town) -> None:
    choices = [{"key": "rye", "label": "Rye", "labels_by_lang": {"fr": "Seigle"}}]
    field = town.custom_field("Flour", town.food, kind="choice", options={"choices": choices})
    html = html_of(desk, edit(field))
    assert "rye = Rye" in html
    assert 'name="set_units"' not in html
    desk.post(edit(field), form_of(label="Flours", branches="", set_choices="rye = Rye flour", type="number", key="x"))
    field.refresh_from_db()
    assert field.options == {"choices": [{**choices[0], "label": "Rye flour"}]}
    assert (field.label, field.type, field.key) == ("Flours", "choice", "flour")
    assert not field.categories.exists()


@pytest.mark.parametrize(
    ("values", "complaint"),
    [
        ({"type": "choice"}, "at least one choice"),
        ({"type": "number", "set_least": "5", "set_most": "2"}, "less than the least"),
        ({"type": "price", "set_currency": "euro"}, "three letters"),
        ({"type": "text", "branches": "no/such"}, "there is no category"),
        ({"type": "text", "labels_by_lang": "Farine"}, "Line 1"),
        ({"type": ""}, "required"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(
    desk: Client, town: Town, values: dict[str, str], complaint: str
) -> None:
    assert complaint in desk.post(NEW, form_of(label="Flour", **values)).content.decode()
    assert not CustomField.objects.exists()


def test_a_field_goes_to_the_trash_with_its_values_kept_and_comes_back(desk: Client, town: Town) -> None:
    field = town.custom_field("Flour", town.food)
    desk.post(reverse("custom_fields:delete", args=[field.pk]), {"reason": "not now"})
    assert "Flour" not in html_of(desk, f"/admin/listings/edit/{town.oven.pk}/")
    assert "In the trash" in html_of(desk, "/admin/custom-fields/")
    desk.post(reverse("custom_fields:restore", args=[field.pk]), {})
    assert "Flour" in html_of(desk, f"/admin/listings/edit/{town.oven.pk}/")


def test_who_looks_after_a_branch_defines_no_fields(town: Town, client: Client) -> None:
    sign_in(client, "cat", "Category editors", town.food)
    client.post(NEW, form_of(label="Flour", type="text"))
    assert not CustomField.objects.exists()
