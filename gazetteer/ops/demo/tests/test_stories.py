"""The stories are true: figures are counted again here, by other means, and must stand in the text."""

import gzip
import hashlib
import json
import math
import re
import unicodedata
from collections import Counter
from datetime import datetime

import pytest

from gazetteer.ops.demo.forms import Story, block_texts, plain, targets, texts, to_html, words
from gazetteer.ops.demo.stories import AUTHORS, SECTIONS
from gazetteer.ops.demo.world import FILE, Row, World

EDITION = "5a784b2c9d4053374c2d053c1cf5929ae6513aabf6d7d8f64a93534b28cece65"


@pytest.fixture(scope="session")
def raw() -> list[Row]:
    """The rows, read without the demo's own code."""
    return [json.loads(line) for line in gzip.decompress(FILE.read_bytes()).decode().splitlines()]


def told(stories: list[Story], headline_part: str) -> str:
    """Headline and text of the one story whose headline contains this."""
    [story] = [story for story in stories if headline_part in story.headline]
    return "\n".join([story.headline, *(plain(text) for text in texts(story))])


def km(a: Row, b: Row) -> float:
    """Distance by the law of cosines, where the stories use the haversine formula."""
    one, two = math.radians(a["lat"]), math.radians(b["lat"])
    turn = math.radians(a["lon"] - b["lon"])
    return 6371.0088 * math.acos(math.sin(one) * math.sin(two) + math.cos(one) * math.cos(two) * math.cos(turn))


def test_the_stories_were_written_for_this_very_list():
    assert hashlib.sha256(FILE.read_bytes()).hexdigest() == EDITION


def test_the_list_has_the_promised_size(raw):
    nodes = {tuple(path[:depth]) for row in raw for path in row["categories"] for depth in range(1, len(path) + 1)}
    assert (len(raw), len({row["id"] for row in raw}), len(nodes)) == (30953, 30953, 922)


def test_there_are_enough_stories_in_enough_sections_over_some_years(stories):
    assert len(stories) >= 80
    assert len({story.section[0] for story in stories}) >= 6
    assert {story.published_at.year for story in stories} >= set(range(2016, 2027))
    assert len({story.headline for story in stories}) == len(stories)
    assert sum(story.picture is not None for story in stories) * 3 >= len(stories)


def test_every_story_is_short_and_says_what_it_was_computed_from(stories):
    for story in stories:
        assert 140 <= words(story) <= 500, story.headline
        assert story.note


def test_every_story_stands_in_a_known_section_under_known_desks(stories):
    sections, desks = {form.path for form in SECTIONS}, {author.name for author in AUTHORS}
    for story in stories:
        assert story.section in sections
        assert set(story.authors) <= desks
    assert SECTIONS[0].path == ("World News",)
    assert {story.section[: len(path)] for path in sections for story in stories} >= sections


def test_every_link_leads_to_something(stories, world: World):
    for story in stories:
        for target in targets(story):
            kind, _, rest = target.partition(":")
            known = {"category": tuple(rest.split(" > ")) in world.branches, "place": rest in world.countries}
            assert known.get(kind, target in world.by_id), (story.headline, target)


def test_no_mark_or_slip_is_left_in_the_text(stories):
    for story in stories:
        for text in texts(story):
            assert not re.search(r"\[\[|\]\]|\bNone\b(?! of)|\.\.|  |(^|\. )the ", plain(text)), (
                story.headline,
                plain(text),
            )


def test_pictures_have_names_of_their_own_and_words(stories):
    pictures = [story.picture for story in stories if story.picture]
    assert len({picture.name for picture in pictures}) == len(pictures)
    assert all(picture.alt and picture.caption and picture.credit for picture in pictures)


def test_the_lead_story_has_the_date_of_its_source_but_a_headline_of_its_own(stories):
    [lead] = [story for story in stories if story.published_at == datetime(2019, 4, 13, 7, 47)]
    assert lead.section == ("World News",)
    assert "Summit with Trump" not in lead.headline
    assert lead.source is not None and "VOA" in lead.source.text
    assert lead.picture is not None and lead.picture.caption


def test_countries_by_airports_counted_again(stories, raw):
    counts = Counter(row["countries"][0] for row in raw if "icao" in row)
    text = told(stories, "One airport in four")
    assert f"Of the {sum(counts.values()):,} airports" in text
    assert f"{counts['US']:,} stand under the flag" in text
    assert f"comes second with {counts['AU']}" in text
    assert counts["US"] > sum(number for _, number in counts.most_common(5)[1:])


def test_the_loneliest_airport_is_the_loneliest(stories, raw):
    airports = [row for row in raw if "icao" in row]
    cells: dict[tuple[int, int], list[Row]] = {}
    for row in airports:
        cells.setdefault((round(row["lat"] / 8), round(row["lon"] / 8)), []).append(row)

    def has_company(row: Row) -> bool:
        y, x = round(row["lat"] / 8), round(row["lon"] / 8)
        near = (other for dy in (-1, 0, 1) for dx in (-1, 0, 1) for other in cells.get((y + dy, x + dx), []))
        return any(other is not row and km(row, other) < 800 for other in near)

    alone = {row["iata"]: min(km(row, o) for o in airports if o is not row) for row in airports if not has_company(row)}
    first, second = sorted(alone, key=lambda code: -alone[code])[:2]
    assert (first, second) == ("IPC", "UGL")
    assert f"{alone['IPC']:,.0f} kilometres to the next runway" in told(stories, "loneliest")


def test_ends_of_the_earth_found_again(stories, raw):
    airports = sorted((row for row in raw if "icao" in row), key=lambda row: row["lat"])
    text = told(stories, "blue ice")
    assert f"{airports[-1]['name']} in Canada, at {airports[-1]['lat']:.2f} degrees north" in text
    assert f"{airports[0]['name']} in Antarctica, at {-airports[0]['lat']:.2f} degrees south" in text


def test_arctic_airports_counted_again(stories, raw):
    arctic = [row for row in raw if "icao" in row and row["lat"] > 66.5636]
    text = told(stories, "sun can stay up")
    assert text.startswith(f"{len(arctic)} airports")
    assert {row["region"] for row in arctic if row["countries"] == ["US"]} == {"Alaska"}


def test_letters_of_codes_counted_again(stories, raw):
    codes = [row["iata"] for row in raw if "icao" in row]
    assert len(set(codes)) == len(codes)
    assert f"{sum(code[0] == code[-1] for code in codes)} airports keep their code" in told(stories, "in the mirror")
    letters = Counter(code[0] for code in codes).most_common()
    assert f"{letters[0][0]} opens the most airport codes, {letters[-1][0]} the fewest" in told(
        stories, "opens the most"
    )
    canadian = [row["iata"] for row in raw if "icao" in row and row["countries"] == ["CA"]]
    assert f"{sum(code[0] == 'Y' for code in canadian)} of Canada's {len(canadian)}" in told(stories, "of Canada's")


def test_scripts_counted_again_from_the_unicode_names(stories, raw):
    names = [row["name"] for row in raw]
    georgian = sum(any("GEORGIAN" in unicodedata.name(letter, "") for letter in name) for name in names)
    assert f"{georgian} names in the directory are written in the Georgian script" in told(
        stories, "script of one's own"
    )
    spelled_out = [[unicodedata.name(letter, "") for letter in name if letter.isalpha()] for name in names]
    others = sum(bool(letters) and not any("LATIN" in letter for letter in letters) for letters in spelled_out)
    assert f"{others:,} of the 30,953 have no Latin letter" in told(stories, "Signs in")


def test_brands_counted_again(stories, raw):
    def in_category(*path: str) -> list[Row]:
        return [row for row in raw if any(tuple(p[: len(path)]) == path for p in row["categories"])]

    supermarkets = in_category("Shops", "Supermarket")
    assert told(stories, "Supermarket over the door").startswith(f"{len(supermarkets)} ways")
    charging = in_category("Motoring and cycling", "Charging Station")
    fuel = in_category("Motoring and cycling", "Gas Station")
    assert f"{len(charging)} names for charging a car and {len(fuel)} for filling it" in told(stories, "charging than")
    bubbles = in_category("Food and drink", "Cafe", "Bubble Tea")
    in_taiwan = sum("TW" in row.get("countries", []) for row in bubbles)
    assert f"has {len(bubbles)} names in the directory, and {in_taiwan} of them" in told(stories, "Bubble tea")
    dissolved = sum(bool(row.get("dissolved")) for row in raw)
    assert f"{dissolved} names whose doors have closed" in told(stories, "doors have closed")
    assert sum("DE" in row.get("countries", []) for row in in_category("Shops", "Bakery")) == 78
    assert "comes from 78 brands" in told(stories, "daily bread")


def test_web_addresses_counted_again(stories, raw):
    addresses = [row["website"] for row in raw if row.get("website")]
    secure = sum(address.startswith("https://") for address in addresses)
    assert f"{secure:,} of the {len(addresses):,} web addresses" in told(stories, "without a lock")


def test_the_count_of_the_home_page_is_explained_with_true_numbers(stories, raw):
    text = told(stories, "how the counting goes")
    several = sum(len(row["categories"]) > 1 for row in raw)
    assert f"{several:,} have more than one" in text
    assert "30,953 listings, 922 categories" in text


def test_marks_become_links_and_everything_else_is_escaped():
    html = to_html("A <b> & [[wd:Q1|B & C]], [[wd:Q2|D]].", {"wd:Q1": "/listing/1/b/"}.get)
    assert html == 'A &lt;b&gt; &amp; <a href="/listing/1/b/">B &amp; C</a>, D.'


def test_tables_are_rectangular(stories):
    for story in stories:
        for block in story.body:
            rows = getattr(block, "rows", ())
            assert len({len(row) for row in rows}) <= 1, story.headline
            assert block_texts(block)
