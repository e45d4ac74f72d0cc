"""The public site in its languages: complete, with the same gaps to fill, and compiled."""

import re
import string

import pytest
from django.utils import translation

from gazetteer.pages import actions, translations
from gazetteer.pages.tests.world import make_story

NAMED = re.compile(r"%\((\w+)\)")


def gaps(text: str) -> set[str]:
    braces = {name for _text, name, _form, _conversion in string.Formatter().parse(text.replace("%(", "(")) if name}
    return set(NAMED.findall(text)) | braces


def pairs(language: str):
    for message in translations.read(language):
        if message.id:
            forms = message.string if isinstance(message.string, tuple) else (message.string,)
            yield translations.name(message.id if isinstance(message.id, str) else message.id[1]), forms


@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_every_sentence_of_the_catalogue_is_translated(language):
    assert translations.missing(translations.read(language)) == []


@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_a_translation_has_no_gap_that_the_sentence_does_not_fill(language):
    assert [(text, form) for text, forms in pairs(language) for form in forms if gaps(form) - gaps(text)] == []


@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_the_compiled_catalogue_is_the_written_one(language):
    compiled = translations.path_of(language).with_suffix(".mo").read_bytes()
    assert compiled == translations.mo_bytes(translations.read(language))


def test_sentences_are_collected_from_templates_and_code():
    found = {translations.name(message.id) for message in translations.collect() if message.id}
    assert {"Search", "Advertisement", "New in the directory", "Imprint", "One result"} <= found
    assert "web address" not in found  # spoken to the desk


@pytest.mark.parametrize(
    ("language", "said"), [("de", "Suchen"), ("fr", "Chercher"), ("es", "Buscar"), ("ar", "بحث"), ("en-gb", "Search")]
)
def test_django_finds_the_catalogues(language, said):
    with translation.override(language):
        assert translation.gettext("Search") == said


@pytest.mark.parametrize(("number", "said"), [(1, "نتيجة واحدة"), (2, "نتيجتان"), (5, "5 نتائج"), (40, "40 نتيجة")])
def test_arabic_has_all_its_plurals(number, said):
    with translation.override("ar"):
        assert translation.ngettext("One result", "%(number)s results", number) % {"number": number} == said


def test_the_front_page_speaks_arabic_from_right_to_left_with_its_totals(client, world):
    actions.compose_default_home()
    actions.change_settings(other_languages=["ar"])
    make_story("Story in English", world.world)
    page = client.get("/ar/").content.decode()
    assert '<html lang="ar" dir="rtl">' in page
    assert "في موقعنا 3 من المدرجات و3 من الفئات" in page
    assert '<a href="/ar/directory/">الدليل</a>' in page
