"""Whether two texts are one story: copies as desks make them are, what only looks alike is not; in any script."""

import gzip
import json
import os
from pathlib import Path

import pytest

from gazetteer.news.wire.likeness import Print, anchors_of, is_same, likeness, print_of, tokens_of

FERRY = (
    "The ferry to Holm will sail every hour from next spring, the harbour board in Kirkby decided on Tuesday evening. "
    "Until now it has gone three times a day, and islanders had asked for more since the bridge at Ardley was closed "
    "in 2019.\n\n"
    "The board will buy a second boat for 4.2 million pounds. It is to be built in Wexham and will carry 60 cars. "
    "“We have waited long enough,” said Ada Kern, who runs the shop on Holm and sits on the board.\n\n"
    "Fares stay as they are until 2027. After that they may rise by three per cent a year. The harbour master, Ben "
    "Holt, warned that the quay must be dredged first, which the county has put off twice. Work is to begin in "
    "October and should last for eleven weeks."
)
LOCAL = "In Penford, residents who work on the island told this newspaper that they could hardly believe it."
WEATHER = (
    "Kirkby can expect {sky} on {day}, with a high of {high} degrees and a low of {low} degrees. Winds will come from "
    "the {wind} at {speed} kilometres an hour. The chance of rain is {rain} per cent in the morning and falls in the "
    "afternoon. The sun rises at {up} and sets at {down}. Skippers should ask the harbour office before they sail."
)
TUESDAY = WEATHER.format(
    sky="sun", day="Tuesday", high=21, low=12, wind="west", speed=14, rain=10, up="6:10", down="20:31"
)
FRIDAY = WEATHER.format(
    sky="rain", day="Friday", high=15, low=9, wind="north", speed=31, rain=80, up="6:16", down="20:24"
)


def same(one: str, other: str, title: str = "Ferry to sail every hour", other_title: str = "More ferries") -> bool:
    found = is_same(print_of(title, one), print_of(other_title, other))
    assert found == is_same(print_of(other_title, other), print_of(title, one)), "whichever comes first"
    return found


@pytest.mark.parametrize(
    "copy",
    [
        FERRY,
        " ".join(FERRY.split()[:40]) + " …",
        "\n\n".join(FERRY.split("\n\n")[:2]),
        f"KIRKBY (Northern Press) — {FERRY}",
        f"{LOCAL}\n\n{FERRY}",
        "\n\n".join([*FERRY.split("\n\n")[:1], LOCAL]),
        FERRY.replace("every hour", "each hour").replace("decided", "ruled").replace("asked for more", "wanted more"),
        FERRY.replace("4.2 million", "4.3 million"),
        "\n\n".join(FERRY.split("\n\n")[i] for i in (0, 2, 1)),
        FERRY.upper(),
    ],
    ids=["as it is", "excerpt", "cut", "dateline", "local in front", "cut and local", "reworded", "a number put right",
         "other order", "capitals"],
)  # fmt: skip
def test_a_reprint_is_the_same_story(copy: str) -> None:
    assert same(FERRY, copy)


@pytest.mark.parametrize(
    "other",
    [
        "The ferry to Holm ran aground on Monday night with eleven people on board. Nobody was hurt. Ben Holt, the "
        "harbour master in Kirkby, said that the tide had been lower than the tables had it, and that the boat would "
        "be pulled free on Tuesday. Ada Kern, who runs the shop on Holm, took the passengers in.",
        f"{LOCAL} They had come to hear of another matter altogether, the school in Tolland, which is to close. "
        f"Parents have gathered 900 names against it, and will march on Saturday.\n\nAsked about the ferry "
        f"they quoted the board: {FERRY.split('—')[0].split('.')[-3]}.",
        "Council leaders met for two hours and left without a word. A decision is not expected before the new year, "
        f"whatever was promised in summer to the schools of the town and the islands.\n\n{FERRY.split(chr(10))[-1]}",
    ],
    ids=["same people, another event", "quotes it", "other news before the same background"],
)
def test_another_story_about_the_same_is_another_story(other: str) -> None:
    assert not same(FERRY, other)


def test_two_reports_from_one_template_are_two_stories() -> None:
    assert likeness(print_of("", TUESDAY), print_of("", FRIDAY)).contained > 0.3, "else this would test nothing"
    assert not same(TUESDAY, FRIDAY)
    assert same(TUESDAY, f"KIRKBY (dpa) — {TUESDAY}")


def test_a_review_of_the_day_is_none_of_its_stories() -> None:
    parts = ["Good morning, this is what the day brings to readers on the coast.", TUESDAY, FERRY[:220], LOCAL]
    assert not same("\n\n".join(parts), FERRY[:220])


@pytest.mark.parametrize(
    ("one", "other", "yes"),
    [
        ("Ferry to Holm will sail every hour", "Holm ferry to sail every hour", True),
        ("Magnitude 5.2 quake shakes coast near Wexham", "Magnitude 4.1 quake shakes coast near Wexham", False),
        ("Storm warning issued for Kirkby harbour tonight", "Storm warning issued for Marlow harbour tonight", False),
        ("Fire in Kirkby", "Fire in Kirkby", False),
    ],
    ids=["same words", "another number", "another place", "too little to say"],
)
def test_items_without_text_are_told_by_headline_numbers_and_names(one: str, other: str, yes: bool) -> None:
    assert same("", "", one, other) is yes


def test_two_items_of_one_source_are_two_stories_unless_they_are_nearly_equal() -> None:
    one, other = print_of("", FERRY), print_of("", FERRY[:400])
    assert is_same(one, other)
    assert not is_same(one, other, same_source=True)
    assert is_same(one, print_of("", FERRY + " More soon."), same_source=True)


CHINESE = (
    "港务局周二晚间决定，从明年春天起，前往霍尔姆岛的渡轮将每小时开行一班。迄今为止渡轮每天只开三班，自2019年阿德利大桥关闭以来，"
    "岛上居民一直要求增加班次。港务局将斥资四百二十万英镑购买第二艘船，新船将在韦克瑟姆建造，可搭载六十辆汽车。票价在2027年前保持不变。"
)
THAI = (
    "คณะกรรมการท่าเรือมีมติเมื่อคืนวันอังคารว่าเรือข้ามฟากไปเกาะโฮล์มจะออกทุกชั่วโมงตั้งแต่ฤดูใบไม้ผลิหน้า "
    "จนถึงตอนนี้เรือออกวันละสามเที่ยว และชาวเกาะขอเพิ่มเที่ยวเรือมาตั้งแต่สะพานปิดในปี 2019 คณะกรรมการจะซื้อเรือลำที่สอง"
)
ARABIC = (
    "قرر مجلس الميناء مساء الثلاثاء أن تبحر العبارة إلى جزيرة هولم كل ساعة ابتداء من الربيع المقبل. "
    "وكانت العبارة تبحر حتى الآن ثلاث مرات في اليوم، وكان سكان الجزيرة يطالبون بالمزيد منذ إغلاق الجسر في عام ٢٠١٩. "
    "وسيشتري المجلس قاربا ثانيا."
)


@pytest.mark.parametrize("text", [CHINESE, THAI, ARABIC], ids=["Chinese", "Thai", "Arabic"])
def test_scripts_without_spaces_and_from_right_to_left_are_compared_as_well(text: str) -> None:
    half = text[: len(text) * 2 // 3]
    assert same(text, half)
    others = {CHINESE, THAI, ARABIC} - {text}
    assert not any(same(text, other) for other in others)
    assert set(print_of("", text).anchors) & set(print_of("", half).anchors), "an index would find it"


def test_numbers_are_the_same_in_any_digits_and_words_without_their_accents() -> None:
    assert [each.plain for each in tokens_of("٢٠١٩ Élan 1,5")] == ["2019", "elan", "1.5"]


def test_a_passage_in_common_leaves_an_anchor_in_common_wherever_it_stands() -> None:
    passage = list(range(1000, 1020))
    one, other = [*range(50), *passage, *range(60, 90)], [*range(200, 260), *passage]
    hashed = [[hash((each, "salt")) & 0x7FFFFFFF for each in some] for some in (one, other)]
    assert set(anchors_of(hashed[0])) & set(anchors_of(hashed[1]))


def test_nothing_at_all_is_no_story() -> None:
    assert not same("", "", "", "")
    assert isinstance(print_of("", "…—!"), Print)


PAIRS = Path(os.environ.get("SHARED_DATA", "")) / "dedupe" / "news_neardup_dev.jsonl.gz"


@pytest.mark.skipif(not os.environ.get("SHARED_DATA"), reason="SHARED_DATA does not say where the data is")
def test_of_the_known_pairs_all_but_three_in_a_hundred_are_told_rightly_and_nothing_unrelated_is_joined() -> None:
    rows = [json.loads(line) for line in gzip.decompress(PAIRS.read_bytes()).decode().splitlines()]
    said = [is_same(*(print_of(row[side]["title"], row[side]["text"]) for side in "ab")) for row in rows]
    right = sum(1 for row, yes in zip(rows, said, strict=True) if yes and row["label"])
    assert not any(yes and not row["label"] for row, yes in zip(rows, said, strict=True))
    assert right >= 0.97 * sum(row["label"] for row in rows)
