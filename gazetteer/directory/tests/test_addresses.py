import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.directory.addresses import Address, address_lines, country_name, postal_address


@pytest.mark.parametrize(
    ("address", "lines"),
    [
        (Address("12 rue de la Paix", "75002", "Paris", "Île-de-France", "FR"), ["12 rue de la Paix", "75002 Paris"]),
        (Address("Hauptstr. 5", "10115", "Berlin", "Berlin", "de"), ["Hauptstr. 5", "10115 Berlin"]),
        (Address("1 Main St", "90210", "Beverly Hills", "CA", "US"), ["1 Main St", "Beverly Hills, CA 90210"]),
        (Address("10 Downing Street", "SW1A 2AA", "London", "", "GB"), ["10 Downing Street", "London", "SW1A 2AA"]),
        (Address("Bahnhofstrasse 1", "8001", "Zürich", "ZH", "CH"), ["Bahnhofstrasse 1", "8001 Zürich"]),
        (Address("Via Roma 1", "20121", "Milano", "MI", "IT"), ["Via Roma 1", "20121 Milano MI"]),
        (Address("Via Roma 1", "20121", "Milano", "Lombardia", "IT"), ["Via Roma 1", "20121 Milano", "Lombardia"]),
        (
            Address("Av. Paulista 1", "01310-100", "São Paulo", "SP", "BR"),
            ["Av. Paulista 1", "São Paulo-SP", "01310-100"],
        ),
        (Address("Fő utca 2", "1011", "Budapest", "", "HU"), ["Budapest", "Fő utca 2", "1011"]),
        (Address("千代田1-1", "100-0001", "千代田区", "東京都", "JP"), ["〒100-0001", "東京都千代田区", "千代田1-1"]),
        (Address("1-1 Chiyoda", "100-0001", "Chiyoda", "Tokyo", "JP"), ["1-1 Chiyoda", "Chiyoda, Tokyo 100-0001"]),
        (Address("朝阳门外大街22号", "100020", "北京市", "", "CN"), ["100020", "北京市", "朝阳门外大街22号"]),
        (Address("1 Orchard Rd", "238823", "Singapore", "", "SG"), ["1 Orchard Rd", "Singapore 238823"]),
        (Address("Sheikh Zayed Rd", "", "Dubai", "", "AE"), ["Sheikh Zayed Rd", "Dubai"]),
        (Address("1 rue X", "L-1234", "Luxembourg", "", "LU"), ["1 rue X", "L-1234 Luxembourg"]),
        (Address("1 rue X", "1234", "Luxembourg", "", "LU"), ["1 rue X", "L-1234 Luxembourg"]),
        (Address("12 Connaught Rd", "999077", "Central", "", "HK"), ["12 Connaught Rd", "Central", "999077"]),
        (Address("Shop 4\n12 High St", "6011", "Wellington", "", "NZ"), ["Shop 4", "12 High St", "Wellington 6011"]),
    ],
    ids=lambda value: value.country if isinstance(value, Address) else "",
)
def test_an_address_is_written_as_in_its_country(address, lines):
    assert address_lines(address, "en-gb", home_country=address.country) == lines


@pytest.mark.parametrize(
    ("address", "lines"),
    [
        (Address(), []),
        (Address(city="Key Largo", region="Florida", country="US"), ["Key Largo, Florida", "United States"]),
        (Address(region="Florida", country="US"), ["Florida", "United States"]),
        (Address(postcode="90210", country="US"), ["90210", "United States"]),
        (Address(city="Paris"), ["Paris"]),
        (Address("1 X St", "123", "Y", "Z"), ["1 X St", "123 Y", "Z"]),
        (Address(country="FR"), ["France"]),
        (Address(region="Bretagne", country="FR"), ["Bretagne", "France"]),
        (Address(city="Tokyo", country="JP"), ["Tokyo", "Japan"]),
        (Address(city="Nowhere", country="XX"), ["Nowhere", "XX"]),
        (Address(city="Nowhere", country="../zz"), ["Nowhere", "../ZZ"]),
        (Address(" , ", "", " Bath,", "", "GB"), ["Bath", "United Kingdom"]),
    ],
)
def test_what_is_missing_leaves_no_trace(address, lines):
    assert address_lines(address, "en-gb") == lines


def test_the_writer_may_ask_for_latin_order():
    address = Address("Chiyoda 1-1", "100-0001", "千代田区", "", "JP")
    assert address_lines(address, "en-gb", latin=True)[0] == "Chiyoda 1-1"
    assert address_lines(address, "en-gb", latin=False)[0] == "〒100-0001"


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp", "Zs"]), max_size=12)
COUNTRY = st.sampled_from(
    ["", "US", "GB", "FR", "DE", "JP", "CN", "KR", "IT", "SG", "AE", "HK", "TR", "XX", "zz", "%A"]
)


@given(TEXT, TEXT, TEXT, COUNTRY)
def test_no_part_of_an_address_is_ever_lost(street, postcode, city, country):
    lines = address_lines(Address(street, postcode, city, "", country), "en-gb")
    written = "".join(lines).casefold()
    assert all(part.strip(" ,-–").casefold() in written for part in (street, postcode, city) if ",," not in part)
    assert all(line == line.strip() and line for line in lines)


@pytest.mark.parametrize(
    ("code", "language", "name"),
    [
        ("DE", "en-gb", "Germany"),
        ("de", "fr", "Allemagne"),
        ("DE", "xx", "Germany"),
        ("XX", "en-gb", "XX"),
        ("", "de", ""),
    ],
)
def test_countries_are_named_in_the_visitors_language(code, language, name):
    assert country_name(code, language) == name


def test_search_engines_get_what_is_known():
    assert postal_address(Address()) == {}
    assert postal_address(Address("Shop 4\n12 High St", "", "Bath", "", "gb")) == {
        "@type": "PostalAddress",
        "streetAddress": "Shop 4, 12 High St",
        "addressLocality": "Bath",
        "addressCountry": "GB",
    }
