"""How documents lie in Tantivy.

What Tantivy is given: words that `analysis` has folded already, texts of one weight in one field (`t0` and on) and what
else they are found by beside it (`o0`); all words once more without positions (`w`), by which a wrong letter is put
right; beginnings of names (`e`) for short halves of words.
"""

import json
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from hashlib import blake2b
from typing import Any

import tantivy

from gazetteer.search.engines import analysis, base, geo
from gazetteer.search.engines.base import (
    KIND,
    Code,
    Date,
    Document,
    Facts,
    Keyword,
    Number,
    Schema,
    Text,
    as_list,
    steps,
)

FORM = 1
"""Of the folders; an index of another form is none, and is built anew."""

SHORT = 3
"""Letters of the beginnings in `e`; longer halves are looked for among the words themselves."""

CURSOR = "\0cursor"

LIKE_WORDS = 40
"""Words of a document that are kept to find others like it."""

encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Form:
    """How the fields of a schema lie in Tantivy's."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self.groups = sorted({(each.is_name, each.weight) for each in schema.of(Text)}, reverse=True)
        self.group_of = {each.name: self.groups.index((each.is_name, each.weight)) for each in schema.of(Text)}
        self.texts = [
            (each.name, f"t{self.group_of[each.name]}", f"o{self.group_of[each.name]}", each.is_name)
            for each in schema.of(Text)
        ]
        self.codes = schema.of(Code)
        self.facts = schema.of(Facts)
        self.orders = schema.of(base.Order)
        self.numbers = schema.of(Number, Date)
        self.point = schema.point
        self.names = [each.name for each in schema.of(Text) if each.is_name]
        self.keywords = [KIND, *schema.of(Keyword)]
        self.digest = blake2b(repr((FORM, schema)).encode(), digest_size=8).hexdigest()
        self.tantivy = self.build()

    def build(self) -> tantivy.Schema:
        builder = tantivy.SchemaBuilder()

        def add(name: str, tokenizer: str = "raw", index: str = "basic", **options: bool) -> None:
            builder.add_text_field(name, tokenizer_name=tokenizer, index_option=index, **options)

        builder.add_bytes_field("doc", stored=True)
        for name in ("id", "codes", "whole", "cell", "e"):
            add(name)
        add("w", "whitespace")
        for number in range(len(self.groups)):
            add(f"t{number}", "whitespace", "position")
            add(f"o{number}", "whitespace", "freq")
        for keyword in self.keywords:
            add(f"k_{keyword.name}", fast=True)
        for facts in self.schema.of(Facts):
            builder.add_json_field(f"k_{facts.name}", fast=True, tokenizer_name="raw", index_option="basic")
        for order in self.schema.of(base.Order):
            add(f"s_{order.name}", fast=True)
        for number_field in self.schema.of(Number, Date):
            builder.add_float_field(f"s_{number_field.name}", fast=True)
        for name in ("lat", "lon", "boost"):
            builder.add_float_field(name, fast=True)
        builder.add_unsigned_field("number", fast=True, indexed=True)
        return builder.build()

    # ---- Documents ----------------------------------------------------------------------------------------------

    def document(self, document: Document) -> tantivy.Document:
        values: dict[str, list[Any]] = {
            "id": [document.id],
            "number": [number_of(document.id)],
            "boost": [float(document.boost)],
            "k_kind": [document.kind],
        }
        words = self.add_texts(document, values)
        self.add_others(document, values)
        kept = {"i": document.id, "k": document.kind, "s": document.shown, "w": " ".join(words[:LIKE_WORDS])}
        values["doc"] = [encode(kept).encode()]
        return tantivy.Document.from_dict({name: value for name, value in values.items() if value}, self.tantivy)

    def add_texts(self, document: Document, values: dict[str, list[Any]]) -> list[str]:
        default, names = self.schema.languages, 0
        every: dict[str, None] = {}
        given = document.values
        for name, words_in, others_in, is_name in self.texts:
            value = given.get(name)
            for each in (value if type(value) is list else as_list(value)) if value else ():
                if type(each) is str:
                    joined, others, words = analysed(each, default)
                elif each:
                    joined, others, words = analysed(each.text, each.languages or default)
                if not words:
                    continue
                every.update(dict.fromkeys(words))
                values.setdefault(words_in, []).append(joined)
                if others:
                    values.setdefault(others_in, []).append(others)
                if is_name:
                    self.add_whole(words, names, values)
            names += is_name
        values["w"] = [" ".join(every)]
        return list(every)

    def add_whole(self, words: Sequence[str], rank: int, values: dict[str, list[Any]]) -> None:
        whole = analysis.whole_of(words)
        found = values.setdefault("whole", [])
        for term in ((f"1:{whole}" if rank else f"0:{whole}"), "2:" + whole.replace(" ", "")):
            if term not in found:
                found.append(term)
        beginnings = {word[:size] for word in words for size in range(1, min(SHORT, len(word)) + 1)}
        beginnings.update(f"\0{whole[:size]}" for size in range(1, SHORT + 1))
        found = values.setdefault("e", [])
        found.extend(beginnings.difference(found))

    def add_others(self, document: Document, values: dict[str, list[Any]]) -> None:
        given = document.values
        for code in self.codes:
            for value in as_list(given[code.name]) if given.get(code.name) else ():
                forms = analysis.FORMS[code.form](value)
                values.setdefault("codes", []).extend([f"{code.form}:{form}" for form in forms])
        for keyword in self.keywords[1:]:
            if (value := given.get(keyword.name)) and (found := as_list(value)):
                if keyword.is_path:
                    found = [step for value in found for step in steps(value)]
                values[f"k_{keyword.name}"] = found if len(found) < 2 else list(dict.fromkeys(found))
        for facts in self.facts:
            if given_facts := given.get(facts.name):
                named = {name: list(dict.fromkeys(map(str, as_list(value)))) for name, value in given_facts.items()}
                values[f"k_{facts.name}"] = [named]
        for each in self.orders:
            values[f"s_{each.name}"] = as_list(given.get(each.name))
        for each in self.numbers:
            values[f"s_{each.name}"] = [number_in(value) for value in as_list(given.get(each.name))]
        if point := given.get(self.point) if self.point else None:
            lat, lon = float(point[0]), geo.wrapped(float(point[1]))
            values |= {"lat": [lat], "lon": [lon], "cell": geo.cells_of(lat, lon)}

    def cursor_document(self, cursor: str) -> tantivy.Document:
        return tantivy.Document.from_dict({"id": [CURSOR], "doc": [cursor.encode()]}, self.tantivy)


@lru_cache(maxsize=50_000)
def analysed(text: str, languages: tuple[str, ...]) -> tuple[str, str, tuple[str, ...]]:
    """Words joined, what else it is found by joined, words: many documents share categories and towns."""
    words = analysis.words(text)
    return " ".join(words), " ".join(analysis.others(text, languages)), tuple(words)


def number_of(id: str) -> int:
    """A number that stands for an id; by it the documents on the edge of a circle are told apart."""
    return int.from_bytes(blake2b(id.encode(), digest_size=8).digest(), "big")


def number_in(value: Any) -> float:
    return float(int(value.timestamp())) if isinstance(value, datetime) else float(value)
