"""The contract that every kind of custom value keeps, a plug-in's too, and what each of ours takes in."""

import datetime
import json
import xml.etree.ElementTree as ET
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.directory.fields import FieldType, all_types, field_type
from gazetteer.directory.fields.measure import Quantity
from gazetteer.directory.fields.price import Money

HOSTILE = '"><script>alert(1)</script>&{0}'
COLOURS = {
    "choices": [{"key": "r", "label": "Red", "labels_by_lang": {"de": "Rot"}}, {"key": "h", "label": HOSTILE}, "blue"]
}
EXAMPLES: dict[str, tuple[dict[str, Any], list[Any]]] = {
    "text": ({}, ["word", " two  words ", HOSTILE, 12]),
    "long_text": ({}, ["one\n\ntwo\nthree", HOSTILE]),
    "number": ({}, [5, "-3.50", 1.25, "0", "1e3", Decimal("7.10")]),
    "price": ({"currency": "EUR"}, ["12.50 GBP", "12", {"amount": "3", "currency": "JPY"}, "USD 4"]),
    "measure": ({"units": ["kg", "<b>"]}, ["12.5 kg", 3, {"amount": 2, "unit": "<b>"}]),
    "date": ({}, ["2026-03-31", datetime.date(1999, 12, 31)]),
    "month": ({}, ["2026-03", datetime.date(1999, 12, 31)]),
    "year": ({}, [1987, "-44", 2026.0]),
    "choice": (COLOURS, ["r", "red", "ROT", "blue", "h"]),
    "choices": (COLOURS, [["r", "blue"], "blue|Red", HOSTILE]),
    "yes_no": ({}, [True, False, "yes", "NO", 1, "0"]),
    "link": ({}, ["example.org", "https://example.org/?q=" + HOSTILE]),
    "video_link": ({}, ["https://youtu.be/abc", "https://films.example/w/1"]),
    "email": ({}, ["a@example.org", "mailto:b+c@example.org"]),
    "phone": ({"country": "GB"}, ["020 7946 0958", "+33 1 42 68 53 00"]),
    "time_zone": ({}, ["Europe/London", "america/new york", "UTC"]),
}
CASES = [(key, raw) for key, (_options, raws) in EXAMPLES.items() for raw in raws]
KEYS = sorted(EXAMPLES)


def kind_of(key: str) -> FieldType:
    return field_type(key, EXAMPLES[key][0], "Facts")


def test_every_kind_that_is_registered_is_held_to_the_contract():
    assert set(all_types()) == set(EXAMPLES)


@pytest.mark.parametrize(("key", "raw"), CASES)
def test_a_value_survives_storing_and_reading(key, raw):
    kind = kind_of(key)
    value = kind.clean(raw)
    stored = json.loads(json.dumps(kind.to_json(value)))
    assert kind.from_json(stored) == value
    assert kind.stored(raw) == stored


@pytest.mark.parametrize(("key", "raw"), CASES)
def test_a_value_survives_a_form_and_a_column_of_a_file(key, raw):
    kind = kind_of(key)
    value = kind.clean(raw)
    assert kind.clean(kind.to_text(value)) == value
    assert kind.clean(value) == value
    field = kind.form_field()
    assert isinstance(field, forms.Field)
    assert field.clean(field.prepare_value(value)) == value
    assert not field.has_changed(value, kind.to_text(value))


@pytest.mark.parametrize("language", ["en-gb", "de", "ar", "xx"])
@pytest.mark.parametrize(("key", "raw"), CASES)
def test_what_is_shown_is_safe_well_formed_and_says_something(key, raw, language):
    kind = kind_of(key)
    shown = kind.display(kind.clean(raw), language)
    assert "<script" not in shown
    assert "".join(ET.fromstring(f"<x>{shown}</x>".replace("<br>", "<br/>")).itertext()).strip()  # noqa: S314 (our own output)


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("raw", [None, "", "  ", [], {}])
def test_nothing_is_no_value(key, raw):
    kind = kind_of(key)
    assert kind.clean(raw) is None
    assert kind.stored(raw) is None
    assert kind.display(None, "en-gb") == ""
    assert kind.to_text(None) == ""


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("raw", [object(), {"a": 1}, [[1]], b"x", "a\x00b", "\x1b[31m", "🕳" * 30_000, float("nan")])
def test_what_is_no_value_is_refused_with_the_fields_name_or_taken_as_text(key, raw):
    kind = kind_of(key)
    try:
        value = kind.clean(raw)
    except ValidationError as error:
        assert error.messages[0].startswith("Facts: ")
        assert len(error.messages[0]) < 600
    else:
        assert key in {"text", "long_text"}
        assert isinstance(value, str)


@pytest.mark.parametrize("key", KEYS)
@given(raw=st.one_of(st.text(max_size=30), st.floats(), st.integers(), st.lists(st.text(max_size=5), max_size=3)))
def test_anything_at_all_is_taken_or_refused_and_what_is_taken_comes_back(key, raw):
    kind = kind_of(key)
    try:
        value = kind.clean(raw)
    except ValidationError:
        return
    if value is not None:
        assert kind.from_json(json.loads(json.dumps(kind.to_json(value)))) == value
        assert "<script" not in kind.display(value, "en-gb")


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("stored", [{"x": 1}, [None], 1.5, "\x00", True, "rubbish from elsewhere"])
def test_rubbish_in_the_database_never_breaks_a_page(key, stored):
    kind = kind_of(key)
    kind.display(kind.from_json(stored), "en-gb")


@pytest.mark.parametrize("key", KEYS)
def test_a_form_says_what_is_wrong_and_keeps_what_was_typed(key):
    class Form(forms.Form):
        fact = kind_of(key).form_field(required=True, help_text="Help")

    assert Form({"fact": ""}).errors["fact"]
    assert "Help" in str(Form())


@pytest.mark.parametrize(
    ("key", "options", "raw", "says"),
    [
        ("text", {"longest": 3}, "four", "3 characters at most, and has 4"),
        ("number", {}, "1,5", "Write it like 1234.5"),
        ("number", {}, "1_000", "Write it like 1234.5"),
        ("number", {"least": 1}, 0, "1 or more"),
        ("number", {"most": 5}, 6, "5 or less"),
        ("number", {"decimals": 1}, "1.25", "1 digits after the point"),
        ("number", {}, "1e400", "is not a number"),
        ("price", {}, "12.50", "Write it like 12.50 EUR"),
        ("price", {}, "12.50 QQQ", "Write it like 12.50 EUR"),
        ("measure", {"units": ["kg", "g"]}, "3 lb", "kg, g"),
        ("measure", {}, "3", "unit is missing"),
        ("date", {}, "31/03/2026", "year-month-day"),
        ("date", {}, "2026-02-30", "year-month-day"),
        ("month", {}, "2026-13", "year-month"),
        ("year", {}, "0", "like 1987"),
        ("year", {}, "19871", "like 1987"),
        ("choice", COLOURS, "green", "Red"),
        ("choices", COLOURS, "Red|green", "green"),
        ("yes_no", {}, "perhaps", "neither yes nor no"),
        ("link", {}, "javascript:alert(1)", "http"),
        ("video_link", {}, "https://youtube.com/", "film itself"),
        ("email", {}, "a@b", "name@example.org"),
        ("phone", {}, "020 7946 0958", "begin the number with +"),
        ("time_zone", {}, "Mars/Olympus", "Europe/London"),
    ],
)
def test_an_error_says_what_to_do(key, options, raw, says):
    with pytest.raises(ValidationError) as caught:
        field_type(key, options, "Facts").clean(raw)
    assert caught.value.messages[0].startswith("Facts: ")
    assert says in caught.value.messages[0]


@pytest.mark.parametrize(
    ("key", "options", "raw", "language", "html"),
    [
        ("number", {}, "1234.5", "de", "1.234,5"),
        ("number", {}, "1234567.89012", "en-gb", "1,234,567.89012"),
        ("price", {}, "1234.50 EUR", "de", "1.234,50\N{NO-BREAK SPACE}€"),
        ("price", {}, "12 GBP", "en-gb", "£12.00"),
        ("measure", {}, "80 m²", "en-gb", "80\N{NO-BREAK SPACE}m²"),
        ("date", {}, "2026-03-31", "en-gb", '<time datetime="2026-03-31">31 March 2026</time>'),
        ("month", {}, "2026-03", "de", '<time datetime="2026-03">März 2026</time>'),
        ("year", {}, "1987", "ar", "1987"),
        ("choice", COLOURS, "r", "de", "Rot"),
        ("choices", COLOURS, "blue|r", "en-gb", "Red, blue"),
        ("yes_no", {}, "0", "en-gb", "no"),
        ("long_text", {}, "a\nb\n\nc", "en-gb", "<p>a<br>b</p><p>c</p>"),
        ("email", {}, "a@example.org", "en-gb", '<a href="mailto:a@example.org">a@example.org</a>'),
        ("phone", {"country": "GB"}, "020 7946 0958", "en-gb", '<a href="tel:+442079460958">+44 20 7946 0958</a>'),
        ("time_zone", {}, "Europe/Berlin", "de", "Berlin"),
    ],
)
def test_values_are_shown_as_the_visitors_language_has_them(key, options, raw, language, html):
    kind = field_type(key, options)
    assert kind.display(kind.clean(raw), language) == html


def test_equal_values_are_stored_equally():
    number = field_type("number")
    assert {json.dumps(number.stored(raw)) for raw in ("1.50", 1.5, "1.5", Decimal("1.5000"))} == {'"1.5"'}
    assert field_type("price").clean("12.5 eur") == Money(Decimal("12.5"), "EUR")
    assert field_type("measure").clean("5.0 kg") == Quantity(Decimal(5), "kg")


def test_values_of_a_plug_in_that_is_gone_are_kept_and_shown_plainly():
    kind = field_type("weather", name="Sky")
    assert kind.display(kind.from_json({"a": "<b>"}), "en-gb") == "{&#34;a&#34;: &#34;&lt;b&gt;&#34;}"
    assert kind.display(kind.from_json("sunny"), "en-gb") == "sunny"
    with pytest.raises(ValidationError, match="Sky: the plug-in"):
        kind.clean("rain")
