"""A plain text page becomes a story, and the report says everything that was decided on the way."""

import datetime
from zoneinfo import ZoneInfo

import pytest

from gazetteer.news.imports.article import NotAStory, ParsedArticle, parse
from gazetteer.news.imports.captions import Confidence, read_caption, sentences
from gazetteer.news.imports.dates import read_date_line
from gazetteer.news.imports.decode import UnreadableFile, decode
from gazetteer.news.tests.pages import PAGE

PARIS = ZoneInfo("Europe/Paris")
MORNING = datetime.datetime(2019, 4, 13, 7, 47)


def read(text: str) -> ParsedArticle:
    return parse(text, zone=PARIS, sections=["World News"])


def said(story: ParsedArticle) -> str:
    return "\n".join(f"{note.line} {note.text}" for note in story.notes)


def test_a_page_gives_its_headline_date_lead_and_paragraphs() -> None:
    story = read(PAGE)
    assert story.headline == "Ferry Line to Reopen After Nine Years"
    assert story.published_at == MORNING.replace(tzinfo=PARIS)
    assert story.lead.startswith("The ferry between Halden and Fisk")
    assert [block.kind for block in story.blocks] == ["paragraph"] * 3


def test_a_caption_among_the_paragraphs_is_taken_out_and_the_report_says_why() -> None:
    story = read(PAGE)
    assert story.caption == "Workers lay the last planks of the rebuilt pier in Fisk, April 11, 2019."
    assert not any("planks" in block.value for block in story.blocks)
    assert "9 Read as the caption of the picture (high confidence: it is one sentence in the present tense" in said(
        story
    )


def test_the_furniture_at_the_end_is_dropped_and_listed_with_lines_and_reasons() -> None:
    story = read(PAGE)
    assert [note.line for note in story.dropped] == [16, 18, 20]
    assert [note.text.split("”: ")[1] for note in story.dropped] == [
        "the label of a section",
        "the heading of a list beside the story",
        "the totals line of the page",
    ]
    assert not any("categories" in block.value for block in story.blocks)


def test_an_odd_quotation_mark_is_kept_and_reported() -> None:
    story = read(PAGE)
    assert '<p>”It is a good day," said the mayor.</p>' in [block.value for block in story.blocks]
    assert "11 Begins with a closing quotation mark (”); kept as given." in said(story)


def test_marks_in_the_text_become_no_markup() -> None:
    story = read(PAGE.replace("said the mayor", "said <script>alert(1)</script> & left"))
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; left" in story.blocks[1].value


@pytest.mark.parametrize(
    "line",
    [
        "Saturday, 13 April 2019 07:47",
        "13 April 2019 07:47",
        "13 April 2019, 07:47",
        "April 13, 2019 7:47 AM",
        "Apr. 13, 2019 at 7:47 a.m.",
        "Sat, 13 Apr 2019 07:47:00",
        "13th April 2019, 7.47am",
        "Published: 13 April 2019 07:47",
        "Published on Saturday, April 13th, 2019 | 07:47",
        "2019-04-13 07:47",
        "2019-04-13T07:47:00",
        "13.04.2019 07:47",
        "13/04/2019 07:47",
        "07:47, Saturday 13 April 2019",
        "samedi 13 avril 2019 07h47",
        "Samstag, 13. April 2019 07:47 Uhr",
        "13 de abril de 2019 07:47",
    ],
)
def test_a_date_line_has_many_shapes(line: str) -> None:
    found = read_date_line(line, PARIS, ("en-gb", "fr", "de", "es"))
    assert found is not None
    assert found.moment == MORNING.replace(tzinfo=PARIS)


@pytest.mark.parametrize(
    ("line", "hours"),
    [
        ("13 April 2019 07:47 UTC", 0),
        ("2019-04-13T07:47:00Z", 0),
        ("13 April 2019 07:47 EDT", -4),
        ("Sat, 13 Apr 2019 07:47:00 +0900", 9),
        ("2019-04-13T07:47-05:00", -5),
        ("April 13, 2019 7:47 AM (KST)", 9),
    ],
)
def test_a_zone_named_in_the_date_line_is_kept(line: str, hours: int) -> None:
    found = read_date_line(line, PARIS)
    assert found is not None
    assert found.moment == MORNING.replace(tzinfo=datetime.timezone(datetime.timedelta(hours=hours)))


@pytest.mark.parametrize(
    "line",
    [
        "Kim met Trump on 12 June 2018 in Singapore",
        "31 February 2019",
        "13 April",
        "2019",
        "25:70 13 April 2019",
        "Fighting in 1914",
        "10 killed in May 2019 floods",
        "",
    ],
)
def test_what_is_not_a_date_alone_is_no_date_line(line: str) -> None:
    assert read_date_line(line, PARIS) is None


def test_a_date_that_can_be_read_in_two_ways_is_read_day_first_and_reported() -> None:
    found = read_date_line("04/05/2019 10:00", PARIS)
    assert found is not None
    assert (found.moment.day, found.moment.month) == (4, 5)
    assert found.notes == ["04/05/2019 can be read in two ways; it was read day before month."]


def test_a_wrong_day_of_the_week_and_a_missing_time_are_reported() -> None:
    found = read_date_line("Monday, 13 April 2019", PARIS)
    assert found is not None
    assert len(found.notes) == 2


def test_the_headline_may_stand_before_the_date_and_labels_before_both() -> None:
    story = read(
        "Home > World News\n\nWorld News\n\nFerry to Reopen\n\n13 April 2019 07:47\n\n"
        "The ferry will sail in May.\n\nBoats stopped in 2010.\n"
    )
    assert story.headline == "Ferry to Reopen"
    assert story.lead == "The ferry will sail in May."
    assert len(story.dropped) == 2


def test_a_page_without_a_date_line_has_no_date_and_says_so() -> None:
    story = read("Ferry to Reopen\n\nThe ferry will sail in May.\n")
    assert story.published_at is None
    assert "No date line was found" in said(story)


def test_byline_dateline_source_heading_and_list_are_read_and_reported() -> None:
    story = read(
        "13 April 2019 07:47\n\nFerry to Reopen\n\nBy Anna Berg\n\nFISK, Norland (AP) — The ferry will sail.\n\n"
        "What changes\n\n- The pier is new\n- The boat is old\n\nIt costs five crowns.\n\nSource: Halden Post\n"
    )
    assert (story.byline, story.dateline, story.source) == ("Anna Berg", "FISK, Norland", "Halden Post")
    assert story.lead == "The ferry will sail."
    assert [block.kind for block in story.blocks] == ["heading", "list", "paragraph"]
    assert story.blocks[1].value == "<ul><li>The pier is new</li><li>The boat is old</li></ul>"
    assert len(story.notes) == 5


def test_lines_broken_for_width_are_one_paragraph() -> None:
    story = read(
        "13 April 2019\n\nFerry to Reopen\n\nThe ferry between Halden and Fisk will sail again in the month\n"
        "of May of this year, the board of the harbour said on Friday after\na long meeting.\n\nNobody was against.\n"
    )
    assert story.lead.endswith("on Friday after a long meeting.")
    assert "3 lines broken for width" in said(story)


@pytest.mark.parametrize(
    ("text", "confidence"),
    [
        ("FILE - Anna Berg speaks in Halden, May 3, 2018.", Confidence.CERTAIN),
        ("Photo: Anna Berg with a model of the pier", Confidence.CERTAIN),
        ("Anna Berg opens the pier in Fisk on May 3, 2018. (AP Photo/Jo Dahl)", Confidence.CERTAIN),
        ("People wait for the boat at Fisk, 3 May 2018.", Confidence.HIGH),
        ("U.S. President Donald Trump shakes hands with Kim Jong Un in Hanoi, Feb. 27, 2019.", Confidence.HIGH),
        ("Anna Berg was born in Halden on May 3, 1961.", Confidence.LOW),
        ("The pier opened in Fisk on May 3, 2018.", Confidence.LOW),
        ('Anna Berg calls it "done" in Fisk, May 3, 2018.', Confidence.LOW),
    ],
)
def test_how_sure_a_caption_is(text: str, confidence: Confidence) -> None:
    caption = read_caption(text)
    assert caption is not None
    assert caption.confidence is confidence


@pytest.mark.parametrize(
    "text", ["The boat is old.", "People wait. The boat leaves Fisk, 3 May 2018.", "It all began in Fisk."]
)
def test_an_ordinary_paragraph_is_no_caption(text: str) -> None:
    assert read_caption(text) is None


def test_what_only_may_be_a_caption_stays_in_the_text_and_is_named() -> None:
    doubtful = "Anna Berg was born in Halden on May 3, 1961."
    story = read(PAGE.replace("Workers lay the last planks of the rebuilt pier in Fisk, April 11, 2019.", doubtful))
    assert story.caption == ""
    assert f"<p>{doubtful}</p>" in [block.value for block in story.blocks]
    assert "9 This may be a caption but was kept in the text" in said(story)


def test_a_credit_is_parted_from_the_caption() -> None:
    caption = read_caption("Anna Berg opens the pier in Fisk on May 3, 2018. (AP Photo/Jo Dahl)")
    assert caption is not None
    assert (caption.text, caption.credit) == ("Anna Berg opens the pier in Fisk on May 3, 2018.", "AP Photo/Jo Dahl")


def test_full_stops_of_abbreviations_end_no_sentence() -> None:
    assert sentences("The U.S. President met Mr. Berg and Gen. Dahl in St. Fisk.") == 1
    assert sentences("It rains. It pours.") == 2


@pytest.mark.parametrize("text", ["13 April 2019 07:47\n", "13 April 2019 07:47\n\nFerry to Reopen\n"])
def test_a_page_without_headline_or_text_is_refused(text: str) -> None:
    with pytest.raises(NotAStory):
        read(text)


def test_a_paragraph_where_the_headline_should_be_is_refused_with_its_line() -> None:
    with pytest.raises(NotAStory, match="Line 3 should be the headline"):
        read("13 April 2019 07:47\n\n" + "The ferry will sail again. " * 20 + "\n\nMore text here.\n")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_any_unicode_encoding_is_read(encoding: str) -> None:
    assert decode(PAGE.encode(encoding)).text == PAGE


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", "Der Fährverkehr zwischen den Häfen wird im Frühjahr wieder aufgenommen, sagte Frau Müller. " * 5),
        ("cp1252", "“The café on the pier re-opens,” said Zoë Dahl – the mayor’s sister. " * 5),
        ("cp1251", "Паром между двумя портами снова начнёт ходить в мае, сообщил мэр города. " * 5),
        ("euc_kr", "두 항구를 오가는 여객선이 오월에 다시 운항한다고 시장이 밝혔다. " * 5),
    ],
)
def test_an_old_encoding_is_worked_out_and_said(encoding: str, text: str) -> None:
    decoded = decode(text.encode(encoding))
    assert decoded.text == text
    assert decoded.guessed


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04....", "Word"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "picture"),
        (bytes(range(256)) * 40, "not a text file"),
        (b"<!DOCTYPE html><p>Hello</p>", "web page"),
        (b"12345 67890 \n---", "not one word"),
        (b"x" * (5 * 1024 * 1024 + 1), "at most"),
    ],
)
def test_what_is_no_plain_text_is_refused_with_a_reason(data: bytes, words: str) -> None:
    with pytest.raises(UnreadableFile, match=words):
        decode(data)
