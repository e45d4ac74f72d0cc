import string
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.directory.names import ALPHABETS, alphabet, initial, key_range, make_slug, sort_key


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Zürich Café", "zurich cafe"),
        ("The Bakery", "the bakery"),
        ("McDonald's", "mcdonalds"),
        ("McDonald’s", "mcdonalds"),
        ("AT&T", "at t"),
        ("Ørsted", "orsted"),
        ("Łódź", "lodz"),
        ("STRAẞE", "strasse"),
        ("İstanbul", "istanbul"),
        ("ﬁsh & chips", "fish chips"),
        ("  24/7   Gym ", "24 7 gym"),
        ("Ёлка", "елка"),
        ("Ὀδυσσεύς", "οδυσσευσ"),
        ("أحمد", "احمد"),
        ("ガス", "かす"),
        ("★★★", "~"),
        ("", "~"),
        ("\u0000\u202e", "~"),
    ],
)
def test_a_sort_key_forgets_accents_case_and_punctuation(name: str, key: str) -> None:
    assert sort_key(name) == key


def test_vowel_signs_of_indian_scripts_stay_in_their_words() -> None:
    assert " " not in sort_key("दिल्ली")


@given(st.text(max_size=300))
def test_a_sort_key_is_short_and_never_empty_and_its_own_key(name: str) -> None:
    key = sort_key(name)
    assert 0 < len(key) <= 60
    assert sort_key(key) == key
    assert not any(unicodedata.combining(c) for c in key)


@pytest.mark.parametrize(
    ("name", "letter"), [("zoo", "Z"), ("Élan", "E"), ("7-Eleven", "0"), ("٣ نجوم", "0"), ("Ялта", "Я"), ("★", "#")]
)
def test_each_name_stands_under_one_letter(name: str, letter: str) -> None:
    assert initial(sort_key(name)) == letter


@pytest.mark.parametrize("script", ALPHABETS)
def test_every_letter_of_every_alphabet_can_be_reached(script: str) -> None:
    letters = ALPHABETS[script]
    assert len(set(letters)) == len(letters)
    for letter in letters:
        assert sort_key(letter) == letter


def test_the_bar_of_a_language_ends_with_digits_and_the_rest() -> None:
    assert alphabet("en-gb") == [*string.ascii_uppercase, "0", "#"]
    assert alphabet("ru")[0] == "А"
    assert alphabet("xx-unknown")[0] == "A"


@given(st.text(min_size=1, max_size=30))
def test_a_letters_range_holds_just_the_names_under_it(name: str) -> None:
    key = sort_key(name)
    for letter in ["A", "Z", "Я", "ا"]:
        low, high = key_range(letter) or ("", "")
        assert (low <= key < high) == (initial(key) == letter)


@pytest.mark.parametrize("letter", ["", "#", "★", "AB", "\u0000", "\u0301"])
def test_what_is_no_letter_has_no_range(letter: str) -> None:
    assert key_range(letter) is None


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Joe's Diner", "joes-diner"),
        ("Gym / Fitness Center", "gym-fitness-center"),
        ("北京 Café", "北京-café"),
        ("★★★", "listing"),
        ("___", "listing"),
        ("", "listing"),
        ("../../etc/passwd", "etcpasswd"),
        ("<script>alert(1)</script>", "scriptalert1script"),
    ],
)
def test_a_slug_keeps_the_letters_of_any_script(name: str, slug: str) -> None:
    assert make_slug(name) == slug


def test_a_long_slug_is_cut_at_a_word() -> None:
    assert make_slug("word " * 40) == "-".join(["word"] * 16)
    assert make_slug("x" * 200) == "x" * 80
    assert make_slug("a" * 80 + " b") == "a" * 80


@given(st.text(max_size=200))
def test_a_slug_is_always_usable_in_an_address(name: str) -> None:
    slug = make_slug(name)
    assert 0 < len(slug) <= 80
    assert not set(slug) & set("/?#% \\\"'<>&")
