"""The kinds of files: each gives the same rows of plain data."""

from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.directory.imports import paths
from gazetteer.directory.imports.problems import ImportFailed
from gazetteer.directory.imports.readers import Raw, Reader, csv, xlsx
from gazetteer.directory.imports.source import open_source
from gazetteer.directory.imports.tests.world import bring, listing, numbers, reasons
from gazetteer.directory.models import Category
from gazetteer.web.plugins import hookimpl, manager

NAME = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="|>\\ "), min_size=1).filter(
    lambda text: text == text.strip()
)


@given(st.lists(st.lists(NAME, min_size=1, max_size=4), max_size=4))
def test_paths_written_in_a_cell_are_read_back(written):
    assert paths.several_paths("|".join(paths.written(path) for path in written)) == written


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("A > B > C", [["A", "B", "C"]]),
        ("A>B|C", [["A", "B"], ["C"]]),
        (r"R\>B > Rock \| Pop|Gym / Fitness Center", [["R>B", "Rock | Pop"], ["Gym / Fitness Center"]]),
        ("A > > B", [["A", "", "B"]]),
        (r"C:\temp", [[r"C:\temp"]]),
        ("|", []),
    ],
)
def test_paths_in_a_cell(cell, read):
    assert paths.several_paths(cell) == read


def rows_of(folder, text, encoding="utf-8"):
    path = folder / "firms.csv"
    path.write_bytes(text.encode(encoding) if isinstance(text, str) else text)
    return list(csv.read(path))


def test_cells_become_lists_paths_and_dictionaries(tmp_path):
    [row] = rows_of(tmp_path, "name,phone,categories,social.facebook,address.city\nA,1|2,X > Y|Z,fb,Leeds\n")
    assert row.data == {
        "name": "A", "phone": ["1", "2"], "categories": [["X", "Y"], ["Z"]], "social": {"facebook": "fb"},
        "address": {"city": "Leeds"},
    }  # fmt: skip
    assert (row.number, row.whole) == (2, False)


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_the_sign_between_cells_is_found(tmp_path, sign):
    [row] = rows_of(tmp_path, sign.join(["id", "name"]) + "\r\n" + sign.join(["1", "A"]) + "\r\n")
    assert row.data == {"id": "1", "name": "A"}


def test_a_mark_quotation_marks_and_line_breaks_in_cells(tmp_path):
    first, second = rows_of(tmp_path, '\ufeffname,description\n"A, B","one\ntwo ""x"""\n\n=1+1,\n')
    assert first.data == {"name": "A, B", "description": 'one\ntwo "x"'}
    assert (second.data["name"], second.number) == ("=1+1", 4)


def test_short_rows_are_filled_and_long_ones_refused(tmp_path):
    short, long = rows_of(tmp_path, "name,email\nA\nB,b@example.org,more\n")
    assert short.data == {"name": "A", "email": ""}
    assert "3 cells and the table 2 columns" in long.refused


def test_a_row_that_is_not_utf_8_is_refused_with_its_line(tmp_path):
    good, bad = rows_of(tmp_path, b"name\nA\nCaf\xe9\n")
    assert good.data == {"name": "A"}
    assert "not UTF-8" in bad.refused and "line 3" in bad.refused


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("id,title\n1,A\n", "No column is named “name”"),
        ("name,name\nA,B\n", "Two columns are named “name”"),
        ("\n,\n", "first row is empty"),
        ("\xff\xfen\x00".encode("latin-1"), "is UTF-16"),
        ('name\n"' + "x" * 5_000_000 + '"\n', "longer than 4 MB"),
    ],
)
def test_a_table_that_is_none_is_told(tmp_path, text, reason):
    with pytest.raises(ImportFailed, match=reason):
        rows_of(tmp_path, text)


def workbook(folder, *rows):
    book: Any = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(folder / "firms.xlsx")
    return folder / "firms.xlsx"


def test_numbers_dates_and_truths_of_a_workbook_become_text(tmp_path):
    path = workbook(
        tmp_path,
        ["name", "phone", "lat", "created", "expires", "x", "established"],
        ["A", 441134960000.0, 53.8, date(2020, 1, 2), datetime(2030, 1, 2, 18, 30), True, 1999],
    )
    [row] = xlsx.read(path)
    assert row.data == {
        "name": "A", "phone": ["441134960000"], "lat": "53.8", "created": "2020-01-02",
        "expires": "2030-01-02T18:30:00", "x": "true", "established": "1999",
    }  # fmt: skip


def test_a_text_in_a_workbook_that_looks_like_a_formula_is_text(tmp_path):
    book: Any = openpyxl.Workbook()
    book.active.append(["name"])
    book.active.append(["=1+1"])
    book.active["A2"].data_type = "s"
    book.save(tmp_path / "firms.xlsx")
    assert [row.data for row in xlsx.read(tmp_path / "firms.xlsx")] == [{"name": "=1+1"}]


def test_what_is_no_workbook_or_too_large_is_told(tmp_path, monkeypatch):
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04 and nothing more")
    with pytest.raises(ImportFailed, match="not a workbook"):
        list(xlsx.read(tmp_path / "broken.xlsx"))
    monkeypatch.setattr(xlsx, "LARGEST_PART", 100)
    with pytest.raises(ImportFailed, match="Save it as CSV"):
        list(xlsx.read(workbook(tmp_path, ["name"], ["A"])))
    monkeypatch.undo()
    with pytest.raises(ImportFailed, match="first row is empty|is empty"):
        list(xlsx.read(workbook(tmp_path)))


@pytest.mark.django_db
def test_a_workbook_comes_in_as_json_lines_do(tmp_path):
    from gazetteer.directory.imports.run import import_file

    path = workbook(tmp_path, ["id", "name", "category"], [7, "A", "Shops > Gym / Fitness Center"], [7, "B", ""])
    report = import_file(path)
    assert numbers(report) == {"rows": 2, "new": 1, "refused": 1}
    assert "Row 3, id: row 2 of this file has the same id" in reasons(report)[0]
    assert Category.objects.get(depth=2).name == "Gym / Fitness Center"


@pytest.mark.django_db
def test_a_path_in_a_table_may_hold_its_own_signs(tmp_path):
    bring(tmp_path, "id,name,category", r"1,A,R\>B > Rock \| Pop", name="firms.csv")
    assert list(Category.objects.values_list("name", flat=True)) == ["R>B", "Rock | Pop"]
    assert listing("1").name == "A"


def test_a_plug_ins_reader_is_found_by_its_ending(tmp_path):
    reader = Reader("Colon", (".colon",), lambda path: iter([Raw(1, {"name": path.read_text()})]))

    class Plugin:
        @hookimpl
        def import_readers(self):
            return [reader]

    (tmp_path / "firms.colon").write_text("A")
    plugin = Plugin()
    manager().register(plugin)
    try:
        assert open_source(tmp_path / "firms.colon", None).reader is reader
    finally:
        manager().unregister(plugin)
