"""Whatever is wrong with a file is told with its row, its field and what to do; the rest comes in."""

import gzip
import json
import zlib

import pytest
from django.core.management import CommandError, call_command

from gazetteer.directory.imports.problems import ImportFailed
from gazetteer.directory.imports.readers import LONGEST_ROW
from gazetteer.directory.imports.run import HOPELESS, import_file
from gazetteer.directory.imports.tests.world import BAKERY, GYM, bring, listing, numbers, reasons, write, written_report
from gazetteer.directory.models import ImportRun, Listing

pytestmark = pytest.mark.django_db

GOOD = {"id": "good", "name": "Good"}

REFUSED = {
    "no JSON": (b"{name: 1}", "not JSON"),
    "no object": (b"[1, 2]", "no object"),
    "no UTF-8": (b'{"name": "\xff\xfe"}', "not UTF-8 (byte 11)"),
    "no number": (b'{"name": "A", "lat": NaN}', "NaN is not a number"),
    "too deep": (b'{"name": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "nested too deeply"),
    "too many digits": (b'{"name": ' + b"9" * 5_000 + b"}", "not JSON"),
    "too long": (b'{"name": "' + b"x" * LONGEST_ROW + b'"}', "longer than 4 MB"),
    "no name": (b'{"id": "1"}', "needs a name"),
    "blank name": (b'{"name": "  \\t "}', "needs a name"),
    "name of a wrong kind": (b'{"name": {"en": "A"}}', "needs a name"),
    "name with a NUL": (b'{"name": "A\\u0000B"}', "needs a name"),
    "name with half a character": (b'{"name": "A\\ud800"}', "needs a name"),
    "endless name": (json.dumps({"name": "x" * 301}).encode(), "needs a name"),
    "id of a wrong kind": (b'{"id": ["1"], "name": "A"}', "neither text nor a number"),
    "endless id": (json.dumps({"id": "x" * 301, "name": "A"}).encode(), "longer than 300"),
    "id with a NUL": (b'{"id": "a\\u0000", "name": "A"}', "cannot be stored"),
    "feed with half a character": (b'{"id": "a", "feed": "\\udfff", "name": "A"}', "cannot be stored"),
}


@pytest.mark.parametrize(("row", "reason"), REFUSED.values(), ids=REFUSED)
def test_a_row_that_cannot_be_read_is_refused_alone(tmp_path, row, reason):
    report = bring(tmp_path, row, GOOD)
    assert numbers(report) == {"rows": 2, "new": 1, "refused": 1}
    assert any(text.startswith("Row 1") and reason in text for text in reasons(report))


LEFT_OUT: dict[str, tuple[object, str, object]] = {
    "website": ("javascript:alert(1)", "website", ""),
    "email": ("not an address", "email", ""),
    "phone": ("call us", "phones", []),
    "countries": (["Narnia"], "countries", []),
    "lat": (91, "lat", None),
    "lon": ("east", "lon", None),
    "opening_hours": ("whenever we like", "opening_hours", ""),
    "timezone": ("Mars/Base", "timezone", ""),
    "language": ("the Queen's", "language", ""),
    "wikidata": ("42", "wikidata", ""),
    "status": ("haunted", "status", "open"),
    "created": ("yesterday", "id", None),
    "expires": ("2026-02-31", "expire_at", None),
    "names_by_lang": (["A"], "names_by_lang", {}),
    "social": ({"facebook": "javascript:x"}, "social", {}),
    "address": ("1 High Street", "street", ""),
    "category": ("Shops > Bakery", "id", None),
    "categories": (["Shops", "Bakery"], "id", None),
    "images": ("../../etc/passwd", "id", None),
    "description": ({"en": "x"}, "description", ""),
    "established": ("x" * 31, "established", ""),
    "tags": (["a\x00b"], "id", None),
    "alt_names": ([["x"]], "alt_names", []),
    "owner_email": (True, "owner_email", ""),
}


@pytest.mark.parametrize("name", LEFT_OUT)
def test_a_wrong_value_is_left_out_alone_and_told(tmp_path, name):
    value, column, empty = LEFT_OUT[name]
    report = bring(tmp_path, {**GOOD, name: value, "source": "us"})
    assert numbers(report) == {"rows": 1, "new": 1}
    assert any(text.startswith("Row 1") and name in text for text in reasons(report))
    assert listing("good").source == "us"
    if column != "id":
        assert getattr(listing("good"), column) == empty


def test_of_several_values_only_the_wrong_ones_are_left_out(tmp_path):
    bring(tmp_path, {**GOOD, "phone": ["0113 496 0000", "none"], "countries": ["GB", "Narnia", "germany"]})
    assert listing("good").phones == ["0113 496 0000"]
    assert listing("good").countries == ["GB", "DE"]


def test_an_id_that_comes_twice_is_refused_with_the_row_that_had_it(tmp_path):
    report = bring(tmp_path, BAKERY, GYM, {**BAKERY, "name": "Other"})
    assert numbers(report) == {"rows": 3, "new": 2, "refused": 1}
    assert reasons(report) == ["Row 3, id: row 1 of this file has the same id (refused)"]
    assert listing("b1").name == "Alice's Bakery"


def test_a_number_and_its_text_are_the_same_id(tmp_path):
    report = bring(tmp_path, {"id": 7, "name": "A"}, {"id": "7", "name": "B"}, {"id": 7.0, "name": "C"})
    assert numbers(report) == {"rows": 3, "new": 1, "refused": 2}


def test_a_byte_order_mark_and_empty_lines_do_no_harm(tmp_path):
    report = bring(tmp_path, b"\xef\xbb\xbf" + json.dumps(GOOD).encode(), "", "   ", GYM)
    assert numbers(report) == {"rows": 2, "new": 2}


def test_a_name_that_looks_like_a_formula_is_text_and_marked_so_in_the_report(tmp_path):
    report = bring(tmp_path, {**GOOD, "name": "=1+1", "email": "=cmd()"}, {"name": "x", "=HYPERLINK()": 1})
    assert listing("good").name == "=1+1"
    assert "\n=" not in written_report(report) and ",=" not in written_report(report)


def failing(path, **choices):
    with pytest.raises(ImportFailed) as failure:
        import_file(path, **choices)
    return str(failure.value)


def test_no_file_a_folder_and_an_empty_file_are_told_apart(tmp_path):
    (tmp_path / "empty.jsonl").touch()
    (tmp_path / "blank.jsonl").write_text("\n\n")
    assert "There is no file" in failing(tmp_path / "none.jsonl")
    assert "is a folder" in failing(tmp_path)
    assert "is empty" in failing(tmp_path / "empty.jsonl")
    assert "holds no rows" in failing(tmp_path / "blank.jsonl")


def test_a_file_of_an_unknown_kind_is_told_with_the_kinds_there_are(tmp_path):
    assert ".jsonl" in failing(write(tmp_path, GOOD, name="firms.pdf"))


def test_a_file_cut_short_keeps_the_batches_before_and_says_so(tmp_path):
    path = write(tmp_path, *({"id": n, "name": f"Firm {n}"} for n in range(5_000)), name="firms.jsonl.gz")
    path.write_bytes(path.read_bytes()[:-20])
    assert "cut short" in failing(path)
    assert ImportRun.objects.get().state == "failed"
    assert 0 < Listing.objects.count() < 5_000
    assert Listing.objects.count() == ImportRun.objects.get().rows_done


def test_a_bomb_without_line_breaks_is_given_up(tmp_path, monkeypatch):
    monkeypatch.setattr("gazetteer.directory.imports.readers.files.GIVEN_UP", 16 * 1024 * 1024)
    path = tmp_path / "bomb.jsonl.gz"
    path.write_bytes(gzip.compress(b"0" * 64 * 1024 * 1024))
    assert "It holds no listings" in failing(path)


def test_a_file_whose_first_thousand_rows_are_no_listings_is_given_up(tmp_path):
    path = write(tmp_path, *["nonsense"] * (HOPELESS + 500))
    assert "None of the first 1,000 rows is a listing" in failing(path)


def test_damage_inside_a_packed_file_is_told(tmp_path):
    path = tmp_path / "firms.jsonl.gz"
    packed = bytearray(gzip.compress(json.dumps(BAKERY).encode() * 200))
    packed[40:60] = b"\x00" * 20
    path.write_bytes(packed)
    assert "damaged" in failing(path)
    with pytest.raises(zlib.error):
        zlib.decompress(bytes(packed[10:-8]), -15)


def test_the_command_fails_if_no_row_could_be_taken(tmp_path, capsys):
    with pytest.raises(CommandError, match="every row was refused"):
        call_command("import_listings", str(write(tmp_path, {"id": "1"})), verbosity=0)


def test_the_command_tells_what_it_did(tmp_path, capsys):
    call_command("import_listings", str(write(tmp_path, BAKERY, {"id": "1"})), verbosity=0)
    assert "2 rows: 1 new, 0 changed, 0 the same, 1 refused" in capsys.readouterr().out
