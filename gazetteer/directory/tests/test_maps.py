import math
import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.directory.geo.outlines import all_polygons, land_at, vector
from gazetteer.directory.maps import check_directions, directions_url, distance_km, locator_caption, locator_svg

CITIES = [
    ("FR", 48.85, 2.35), ("DE", 52.5, 13.4), ("NZ", -36.85, 174.76), ("RU", 55.75, 37.6), ("US", 39.7, -105.0),
    ("CA", 45.4, -75.7), ("BR", -15.8, -47.9), ("LS", -29.3, 27.5), ("LU", 49.6, 6.1), ("IN", 28.6, 77.2),
    ("CN", 39.9, 116.4), ("AU", -33.9, 151.2), ("XK", 42.66, 21.16), ("AQ", -90.0, 0.0), ("AQ", -78.46, 106.8),
]  # fmt: skip


@pytest.mark.parametrize(("country", "lat", "lon"), CITIES)
def test_a_city_lies_in_its_country(country, lat, lon):
    land = land_at(vector(lat, lon))
    assert land is not None
    assert land.country == country


def test_the_high_seas_belong_to_nobody():
    assert land_at(vector(0, -140)) is None
    assert land_at(vector(90, 0)) is None


def test_a_point_just_off_the_coast_is_of_the_listings_country():
    assert land_at(vector(51.05, 1.5), "FR").country == "FR"  # type: ignore[union-attr]
    assert land_at(vector(51.05, 1.5), "GB").country == "GB"  # type: ignore[union-attr]


def dot_of(svg: str) -> tuple[float, float]:
    found = re.search(r'<circle class="locator-(?:dot|ring)" cx="([-\d.]+)" cy="([-\d.]+)"', svg)
    assert found
    return float(found[1]), float(found[2])


@given(st.floats(-90, 90), st.floats(-360, 360), st.booleans())
def test_any_position_on_earth_gets_a_short_well_formed_map_with_its_mark_on_it(lat, lon, approximate):
    svg = locator_svg(lat, lon, approximate)
    ET.fromstring(svg)  # noqa: S314 (our own output)
    x, y = dot_of(svg)
    assert 0 <= x <= 480
    assert 0 <= y <= 360
    assert len(svg) < 6_500
    assert "nan" not in svg
    assert "inf" not in svg


@pytest.mark.parametrize("position", [(91, 0), (math.nan, 0), (0, math.inf), (0, 400), (-1e300, 0)])
def test_what_is_no_position_has_no_map(position):
    assert locator_svg(*position) == ""


def test_both_sides_of_the_180th_meridian_are_one_place():
    west, east = dot_of(locator_svg(66.3, 179.9, country="RU")), dot_of(locator_svg(66.3, -179.9, country="RU"))
    assert math.dist(west, east) < 5
    assert locator_svg(-16.8, 182, country="FJ") == locator_svg(-16.8, -178, country="FJ")


def test_north_is_up_and_east_is_right():
    (x, y), (east, _y), (_x, north) = (dot_of(locator_svg(*p, country="FR")) for p in ((47, 2), (47, 4), (49, 2)))
    assert east > x
    assert north < y


def test_at_the_pole_every_longitude_is_the_same_spot():
    assert math.dist(dot_of(locator_svg(-90, 0)), dot_of(locator_svg(-90, 123))) < 0.2


def test_the_map_says_in_words_what_it_shows():
    svg = locator_svg(52.5, 13.4, label="Zoo", country="DE", language="en-gb")
    assert 'role="img"' in svg
    assert "<title>Map of Germany with the position of Zoo</title>" in svg
    assert locator_caption(False) == ""


def test_an_approximate_position_is_a_ring_and_said_to_be_so():
    svg = locator_svg(52.5, 13.4, approximate=True, label="Zoo", country="DE")
    assert "locator-ring" in svg
    assert "locator-dot" not in svg
    assert "approximate position of Zoo" in svg
    assert "approximate" in locator_caption(True)


def test_a_hostile_name_stays_text():
    svg = locator_svg(52.5, 13.4, label='"><script>alert(1)</script>{0}', country="DE")
    assert "<script" not in svg
    ET.fromstring(svg)  # noqa: S314 (our own output)


def test_a_map_is_drawn_in_the_pages_own_colours():
    svg = locator_svg(52.5, 13.4, width=200)
    assert "currentColor" in svg
    assert 'width="200" height="150"' in svg


def test_every_circle_holds_its_outline():
    for polygon in all_polygons()[::37]:
        cosine = math.cos(math.radians(polygon.radius))
        for v in polygon.coarse[0]:
            assert sum(a * b for a, b in zip(v, polygon.middle, strict=True)) >= cosine - 1e-4


@pytest.mark.parametrize(
    ("a", "b", "km"),
    [
        ((0, 0), (0, 0), 0),
        ((0, 0), (0, 180), math.pi * 6371.0088),
        ((90, 0), (-90, 50), math.pi * 6371.0088),
        ((0, 179.5), (0, -179.5), math.radians(1) * 6371.0088),
        ((51.4700, -0.4543), (40.6413, -73.7781), 5540),  # Heathrow to Kennedy
    ],
)
def test_distances_are_along_the_great_circle(a, b, km):
    assert distance_km(a, b) == pytest.approx(km, rel=0.001, abs=1e-9)


def test_near_points_are_told_apart():
    assert distance_km((52.5, 13.4), (52.5 + 1e-6, 13.4)) == pytest.approx(0.000111, rel=0.01)


def test_directions_lead_to_openstreetmap_unless_the_operator_says_otherwise():
    assert directions_url(52.5, -13.25) == "https://www.openstreetmap.org/directions?to=52.5%2C-13.25"
    own = "https://maps.example/?q={lat},{lon}&name={name}"
    assert directions_url(1, 2, "A & {lat}", own) == "https://maps.example/?q=1,2&name=A%20%26%20%7Blat%7D"


@pytest.mark.parametrize(
    ("pattern", "says"),
    [("https://x.example/{lat}/{lon}", ""), ("javascript:{lat}{lon}", "https://"), ("https://x.example/", "{lat}")],
)
def test_an_operators_pattern_is_checked(pattern, says):
    assert says in check_directions(pattern)
    assert bool(check_directions(pattern)) == bool(says)
