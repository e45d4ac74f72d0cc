"""Descriptions say what a row says, in grammatical English, and nothing else."""

import re
from html import unescape

from gazetteer.ops.demo.describe import description, nouns
from gazetteer.ops.demo.world import World

OCEAN_REEF = {
    "name": "Ocean Reef Club Airport", "city": "Key Largo", "region": "Florida", "countries": ["US"], "iata": "OCA",
    "icao": "07FA", "lat": 25.3254, "lon": -80.2748, "timezone": "America/New_York",
}  # fmt: skip
HALYK = {
    "name": "Halyk Bank",
    "alt_names": ["ხალიკ ბანკი"],
    "names_by_lang": {"ru": "Халык Банк"},
    "countries": ["KZ", "GE"],
    "wikidata": "Q1046186",
    "categories": [["Money", "ATM"], ["Money", "Bank"]],
}


def test_an_airport_is_told_with_its_codes_place_and_clock():
    assert description(OCEAN_REEF) == (
        "<p>Ocean Reef Club Airport (OCA, 07FA) is an airport in Key Largo, Florida, United States. "
        "It lies at 25.33° N, 80.27° W; clocks there follow America/New York.</p>"
    )


def test_a_brand_is_told_with_its_countries_names_and_id():
    assert description(HALYK) == (
        "<p>Halyk Bank is a brand of bank in Georgia and Kazakhstan. It is also listed under ATM.</p>"
        "<p>It is also known as ხალიკ ბანკი. It is called in Russian Халык Банк. Its Wikidata id is Q1046186.</p>"
    )


def test_who_operates_is_said_where_the_row_says_so():
    row = {"name": "Town", "operator_type": "government", "categories": [["Education", "School"]]}
    assert description(row) == "<p>Town is a government body that operates schools.</p>"


def test_a_name_in_many_countries_names_three_of_them():
    row = {"name": "X", "countries": ["AT", "BE", "CH", "DE", "FR", "NL"], "categories": [["Shops", "Bakery"]]}
    assert "found in six countries and territories, among them Austria, Belgium and France." in description(row)


def test_what_comes_from_outside_cannot_become_markup():
    row = {"name": "<b>A & B</b>", "alt_names": ["<script>"], "categories": [["Shops", "Bakery"]]}
    assert "&lt;b&gt;A &amp; B&lt;/b&gt; is a brand of bakery" in description(row)
    assert "<script>" not in description(row)


def test_every_row_of_the_demo_has_one_that_names_it(world: World):
    for row in world.rows:
        text = description(row)
        assert row["name"] in unescape(text)
        assert not re.search(r"\bNone\b|\[|\{|(?<!\.)\.\.(?!\.)| {2}", unescape(text).replace(row["name"], "X")), text


def test_nouns_are_singular_and_plural_english():
    assert nouns(["Shops", "Bakery"]) == ("bakery", "bakeries")
    assert nouns(["Motoring and cycling", "Car Wash"]) == ("car wash", "car washes")
    assert nouns(["Food and drink", "Fast Food", "Thai"]) == (
        "fast-food restaurant (Thai)",
        "fast-food restaurants (Thai)",
    )
    assert nouns(["Offices and companies", "Insurance"]) == ("insurance office", "insurance offices")
    assert nouns(["Shops", "Jewelry Store"]) == ("jewellery store", "jewellery stores")
