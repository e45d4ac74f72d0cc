"""`gazetteer import article`: a page on disk becomes a story, once."""

import datetime
import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from gazetteer.news import actions
from gazetteer.news.models import Article, Section
from gazetteer.news.tests.pages import PAGE
from gazetteer.news.tests.world import World, set_zone

ADDRESS = "/news/2019/04/13/ferry-line-to-reopen-after-nine-years/"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    file = tmp_path / "page.txt"
    file.write_text(PAGE, encoding="utf-8")
    return file


def bring(file: Path, *options: str, section: str = "World News") -> str:
    out = io.StringIO()
    call_command("import_article", str(file), "--section", section, *options, stdout=out)
    return out.getvalue()


def test_a_page_becomes_a_published_story_at_its_own_date(db: None, page: Path, client: Client) -> None:
    said = bring(page, "--publish")
    assert f"Published: {ADDRESS}" in said
    html = client.get(ADDRESS).content.decode()
    assert "Saturday, 13 April 2019 07:47" in html
    assert "<h1>Ferry Line to Reopen After Nine Years</h1>" in html
    assert "<figcaption>Workers lay the last planks of the rebuilt pier in Fisk, April 11, 2019." in html
    assert "30953 listings" not in html.split('class="prose"')[1].split("</div>")[0]


def test_the_report_says_what_was_decided_and_what_was_left_out(db: None, page: Path) -> None:
    said = bring(page, "--publish")
    for words in (
        "Date:      2019-04-13 07:47",
        "Caption:   Workers lay",
        "line 9: Read as the caption",
        "line 20: “There are 30953 listings and 922 categories in our website”: the totals line",
        "The section “World News” did not exist and was made.",
    ):
        assert words in said


def test_without_publish_it_is_a_draft(db: None, page: Path, client: Client) -> None:
    assert "draft" in bring(page)
    assert not Article.objects.published().exists()
    bring(page, "--publish")
    assert Article.objects.published().count() == 1


def test_the_same_page_again_changes_nothing_and_keeps_the_address(db: None, page: Path) -> None:
    bring(page, "--publish")
    before = Article.objects.values().get()
    assert "nothing was changed" in bring(page, "--publish")
    assert Article.objects.values().get() == before


def test_the_same_page_again_keeps_what_an_editor_did_since(newsroom: World, page: Path) -> None:
    bring(page, "--publish")
    article = Article.objects.get()
    article.lead, article.section = "Rewritten here.", newsroom.town
    actions.publish(article)
    bring(page, "--publish")
    article = Article.objects.get()
    assert (article.lead, article.section) == ("Rewritten here.", newsroom.town)


def test_a_corrected_page_changes_what_it_corrects_and_not_what_an_editor_rewrote(db: None, page: Path) -> None:
    bring(page, "--publish")
    article = Article.objects.get()
    article.lead = "Rewritten here."
    actions.publish(article)
    page.write_text(PAGE.replace("on Friday", "on Monday").replace("at 6 in", "at 7 in"), encoding="utf-8")
    said = bring(page, "--publish")
    article = Article.objects.get()
    assert article.lead == "Rewritten here."
    assert "at 7 in the morning" in str(article.body)
    assert "The file's lead is new, but an editor has rewritten it; it was kept." in said
    assert "Changed: body." in said


def test_a_dry_run_writes_nothing(db: None, page: Path) -> None:
    assert "this would be a new story" in bring(page, "--dry-run")
    assert not Article.objects.exists()
    assert not Section.objects.exists()


def test_a_story_in_the_trash_is_not_brought_back(db: None, page: Path) -> None:
    bring(page, "--publish")
    actions.trash(Article.objects.get())
    assert "in the trash" in bring(page, "--publish")
    assert not Article.objects.published().exists()


def test_the_section_is_found_by_name_or_address_however_it_is_written(newsroom: World, page: Path) -> None:
    bring(page, section="world/asia")
    assert Article.objects.get().section == newsroom.asia
    page.write_text(PAGE.replace("Ferry", "Boat"), encoding="utf-8")
    bring(page, section=" SPORT ")
    assert Article.objects.order_by("-id")[0].section == newsroom.sport


def test_a_known_author_is_linked_and_an_unknown_one_kept_in_words(newsroom: World, page: Path, client: Client) -> None:
    page.write_text(PAGE.replace("Years\n", "Years\n\nBy Ada and Ben\n"), encoding="utf-8")
    bring(page)
    assert [line.author for line in Article.objects.get().bylines.all()] == [newsroom.ada, newsroom.ben]
    page.write_text(PAGE.replace("Ferry", "Boat").replace("Years\n", "Years\n\nBy Zoë Dahl\n"), encoding="utf-8")
    bring(page, "--publish")
    story = Article.objects.order_by("-id")[0]
    assert (story.byline_note, story.bylines.count()) == ("Zoë Dahl", 0)
    assert "Zoë Dahl" in client.get(story.get_absolute_url()).content.decode()


def test_a_page_without_a_date_is_dated_when_it_is_published(db: None, page: Path) -> None:
    page.write_text("Ferry sails\n\nIt sails.\n\nIt is red.\n", encoding="utf-8")
    assert "No date line was found" in bring(page, "--publish")
    assert Article.objects.get().address_date == datetime.datetime.now(datetime.UTC).date()


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4", b"\x00\x01\x02" * 100, b"13 April 2019\n", b"<html></html>"])
def test_what_is_no_story_is_refused_and_nothing_is_written(db: None, tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "bad.txt"
    file.write_bytes(data)
    with pytest.raises(CommandError, match="Nothing was imported"):
        bring(file, "--publish")
    assert not Article.objects.exists()
    assert not Section.objects.exists()


def test_a_file_that_is_not_there_is_an_error_in_words(db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Cannot read"):
        bring(tmp_path / "none.txt")


def test_the_date_is_read_in_the_sites_zone(db: None, page: Path) -> None:
    set_zone("Asia/Seoul")
    page.write_text(PAGE.replace("07:47", "23:47"), encoding="utf-8")
    bring(page, "--publish")
    story = Article.objects.get()
    assert story.published_at == datetime.datetime(2019, 4, 13, 14, 47, tzinfo=datetime.UTC)
    assert story.get_absolute_url() == ADDRESS


def test_files_of_other_formats_are_read_as_the_wire_reads_them(db: None, tmp_path: Path) -> None:
    file = tmp_path / "pier.md"
    file.write_text("# New pier\n\n13 April 2019 07:47\n\nThe *town* opens a pier.\n\n> We are glad.\n\nIt is long.\n")
    assert "/news/2019/04/13/new-pier/" in bring(file, "--publish")
    story = Article.objects.get()
    assert (story.headline, story.lead) == ("New pier", "The town opens a pier.")
    assert [block.block_type for block in story.body] == ["quote", "paragraph"]
    assert "nothing was changed" in bring(file, "--publish")
    file.write_text("no headline here" * 40)
    with pytest.raises(CommandError, match=r"pier\.md"):
        bring(file)
