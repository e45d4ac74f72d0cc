import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.directory.phones import Phone, check_phone, read_phone, read_phones


@pytest.mark.parametrize(
    ("raw", "country", "href", "text"),
    [
        ("020 7946 0958", "GB", "tel:+442079460958", "+44 20 7946 0958"),
        ("(212) 555-0123", "US", "tel:+12125550123", "+1 212-555-0123"),
        ("030/901820", "DE", "tel:+4930901820", "+49 30 901820"),
        ("01 42 68 53 00", "FR", "tel:+33142685300", "+33 1 42 68 53 00"),
        ("+81 3-3213-1111", "", "tel:+81332131111", "+81 3-3213-1111"),
        ("0033142685300", "", "tel:+33142685300", "+33 1 42 68 53 00"),
        ("06 698 83145", "IT", "tel:+390669883145", "+39 06 6988 3145"),  # Italy keeps the nought
        ("٠٢٠ ٧٩٤٦ ٠٩٥٨", "GB", "tel:+442079460958", "+44 20 7946 0958"),
        ("1-800-FLOWERS", "US", "tel:+18003569377", "+1 800-356-9377"),
    ],
)
def test_a_number_is_read_with_its_country_and_can_be_tapped(raw, country, href, text):
    phone = read_phone(raw, country)
    assert (phone.href, phone.text) == (href, text)
    assert check_phone(raw, country) == ""


def test_readers_in_the_same_country_see_it_as_they_write_it():
    assert read_phone("+442079460958", "GB", home_country="gb").text == "020 7946 0958"
    assert read_phone("+442079460958", "GB", home_country="FR").text == "+44 20 7946 0958"


def test_an_extension_is_shown_and_dialled():
    phone = read_phone("020 7946 0958 ext. 12", "GB")
    assert (phone.href, phone.extension) == ("tel:+442079460958;ext=12", "12")
    assert "12" in phone.text
    assert phone.e164 == "+442079460958"


@pytest.mark.parametrize(
    "raw", ["ask at the bar", "123", "Tel. by request 020 7946 0958", "<b>1</b>", "tel:javascript:alert(1)", "9" * 400]
)
def test_what_is_no_number_stays_as_it_was_given_and_cannot_be_tapped(raw):
    assert read_phone(f" {raw} ", "GB") == Phone(raw)
    assert "cannot" in check_phone(raw, "GB") or "is not a phone number" in check_phone(raw, "GB")


@pytest.mark.parametrize("country", ["", "XX", "zz", "../"])
def test_a_number_without_its_country_is_kept_and_the_message_says_so(country):
    assert read_phone("020 7946 0958", country) == Phone("020 7946 0958")
    assert check_phone("020 7946 0958", country)


def test_the_message_says_what_to_do():
    assert "begin the number with +" in check_phone("020 7946 0958")
    assert "+44 20 7946 0958" in check_phone("12", "GB")
    assert check_phone("  ") == ""


@pytest.mark.parametrize(
    ("raw", "hrefs"),
    [
        ("020 7946 0958; 020 7946 0959", ["tel:+442079460958", "tel:+442079460959"]),
        ("020 7946 0958 / 020 7946 0959", ["tel:+442079460958", "tel:+442079460959"]),
        ("020 7946 0958\n+44 20 7946 0958", ["tel:+442079460958"]),
        (["020 7946 0958|020 7946 0959", ""], ["tel:+442079460958", "tel:+442079460959"]),
        ("020 7946 0958; ask Ann", ["tel:+442079460958", ""]),
        ("", []),
        ([], []),
    ],
)
def test_several_numbers_are_parted_and_each_stands_once(raw, hrefs):
    assert [phone.href for phone in read_phones(raw, "GB")] == hrefs


@given(st.text(max_size=60), st.sampled_from(["", "GB", "DE", "US", "XX"]))
def test_nothing_given_is_ever_lost(raw, country):
    phones = read_phones(raw, country)
    assert bool(phones) == any(part.strip() for line in raw.splitlines() for part in line.replace("|", ";").split(";"))
    for phone in phones:
        assert phone.text
        assert phone.href == "" or phone.href.startswith("tel:+")
