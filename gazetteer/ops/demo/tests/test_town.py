"""Quillbrook is plainly invented, and uses every feature."""

import re
from collections import Counter
from datetime import date

from gazetteer.ops.demo.forms import targets, words
from gazetteer.ops.demo.town import FIELDS, dated, pictures_of, profile, rows
from gazetteer.ops.demo.town.drawings import draw
from gazetteer.ops.demo.town.stories import AUTHORS, SECTIONS, STORIES

FREE_NUMBERS = re.compile(r"\+44 (1632 960\d{3}|7700 900\d{3}|808 157 0\d{3})")


def test_it_has_a_hundred_and_fifty_firms_of_different_names():
    assert len(rows()) == len({row["id"] for row in rows()}) == len({row["name"] for row in rows()}) == 150


def test_no_number_or_address_can_reach_anybody():
    for row in rows():
        phones = row["phone"] if isinstance(row["phone"], list) else [row["phone"]]
        assert all(FREE_NUMBERS.fullmatch(phone) for phone in [*phones, row.get("emergency", phones[0])])
        mails = [row.get("email", "x@example.org"), row["owner_email"]]
        assert all(mail.endswith("@example.org") for mail in mails)
        links = [row.get("website"), row.get("menu"), row.get("film"), *row.get("social", {}).values()]
        assert all(link.startswith("https://example.org/") for link in links if link)


def test_the_tree_has_about_forty_categories_below_its_top():
    nodes = {tuple(path) for row in rows() for path in row["categories"]}
    assert 38 <= len(nodes) <= 48
    assert any("/" in path[-1] for path in nodes)


def test_every_feature_occurs():
    known = rows()
    status = Counter(row.get("status", "open") for row in known)
    assert status == {"open": 148, "closed": 1, "closed_temporarily": 1}
    assert sum("expires" in row for row in known) == 1
    assert sum("featured_until" in row for row in known) >= 1
    assert sum(len(row["categories"]) > 1 for row in known) >= 15
    assert {len(row.get("names_by_lang", {})) for row in known} >= {0, 1, 2, 3, 4}
    assert any("PH" in row.get("opening_hours", "") for row in known)
    assert any("Dec 24" in row.get("opening_hours", "") for row in known)
    assert sum(bool(pictures_of(row)) for row in known) > 60
    for form in FIELDS:
        assert any(form.key in row for row in known), form.key


def test_days_are_counted_from_the_day_it_is_filled():
    assert dated('{"expires": "{today+21}"}', date(2026, 11, 20)) == '{"expires": "2026-12-11"}'


def test_pictures_are_drawn_for_every_name_and_differ():
    bell = next(row for row in rows() if row["name"] == "Museum of Small Bells")
    drawn = {name: draw(bell, name) for name in pictures_of(bell)}
    assert len(drawn) >= 3
    assert len({picture.tobytes() for picture in drawn.values()}) == len(drawn)


def test_its_paper_has_a_dozen_stories_with_everything_a_story_can_have():
    assert len(STORIES) == 12
    assert sum(bool(story.corrections) for story in STORIES) >= 1
    assert sum(story.source is not None for story in STORIES) >= 1
    assert {type(block).__name__ for story in STORIES for block in story.body} == {
        "Paragraph", "Heading", "PullQuote", "Bullets", "Table", "Figure",
    }  # fmt: skip
    assert all(80 <= words(story) <= 350 for story in STORIES)
    assert {name for story in STORIES for name in story.authors} == {author.name for author in AUTHORS}
    assert {story.section for story in STORIES} <= {form.path for form in SECTIONS}


def test_every_link_of_its_stories_leads_to_a_firm():
    ids = {row["id"] for row in rows()}
    assert {target for story in STORIES for target in targets(story)} <= ids


def test_what_stands_on_the_front_page_is_in_the_paper():
    known = {story.headline for story in STORIES}
    chosen = profile()
    assert set(chosen.front) <= known
    assert {headline for headlines in chosen.tops.values() for headline in headlines} <= known
