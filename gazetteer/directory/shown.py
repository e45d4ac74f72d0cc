"""A listing as its page shows it: every fact made ready, each read once and only when the template asks for it."""

import json
from datetime import datetime
from functools import cached_property
from math import cos, radians
from typing import Any

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import now
from django.utils.translation import gettext as _
from markupsafe import Markup

from gazetteer.directory import hours, lists, maps, week
from gazetteer.directory.addresses import Address, address_lines, postal_address
from gazetteer.directory.branch_pages import crumbs
from gazetteer.directory.custom import shown_values
from gazetteer.directory.links import Link, social_links, website_link
from gazetteer.directory.models import Category, Filing, Listing, Place
from gazetteer.directory.noting import note_beside, note_hours, note_near
from gazetteer.directory.phones import Phone, read_phones
from gazetteer.directory.querysets import categories_above
from gazetteer.directory.rows import Row, rows
from gazetteer.web import pictures
from gazetteer.web.formats import country_name, language_name, long_date

SIMILAR = 6
NEARBY = 6
NEARBY_DEGREES = 0.05
"""About 5.5 km to the north and south, and as far to the west and east."""

NEARBY_LOOKED_AT = 200
MOST_COUNTRIES = 12
KM_A_DEGREE = 110.0
"""Rather too few: a degree of latitude has from 110.6 to 111.7 km, and what is reached must not be missed."""


class Shown:
    """What `directory/listing.html` reads."""

    def __init__(self, listing: Listing, language: str) -> None:
        self.listing = listing
        self.language = language
        self.now = now()

    # where it stands

    @cached_property
    def filings(self) -> list[Filing]:
        found = [filing for filing in self.listing.filings.all() if not filing.category.is_hidden]
        return sorted(found, key=lambda filing: (not filing.is_primary, filing.category.path))

    @cached_property
    def primary(self) -> Category | None:
        return self.filings[0].category if self.filings else None

    @cached_property
    def categories(self) -> list[Category]:
        return [filing.category for filing in self.filings]

    @cached_property
    def crumbs(self) -> list[dict[str, str]]:
        above = categories_above(self.primary) if self.primary else []
        return crumbs(above, self.listing.name)

    @cached_property
    def places(self) -> list[dict[str, str]]:
        """Its places, countries first; of a brand found in very many countries only the first."""
        found = sorted((placing.place for placing in self.listing.placings.all()), key=lambda place: place.address)
        return [{"name": place_label(place), "url": place.get_absolute_url()} for place in found[:MOST_COUNTRIES]]

    @cached_property
    def more_places(self) -> int:
        return max(0, len(self.listing.placings.all()) - MOST_COUNTRIES)

    @cached_property
    def tags(self) -> list[dict[str, str]]:
        from urllib.parse import urlencode

        names = [item.tag.name for item in self.listing.tagged_items.all()]
        return [{"name": name, "url": f"/search/?{urlencode({'q': name})}"} for name in names]

    # what it is called and looks like

    @cached_property
    def translations(self) -> list[tuple[str, str]]:
        """(language code, name) of names that differ from the one at the head."""
        names = self.listing.names_by_lang.items()
        return sorted((code, str(name)) for code, name in names if name and name != self.listing.name)

    @cached_property
    def gallery(self) -> list[pictures.ShownPicture]:
        shown = [pictures.shown(each.picture, caption=each.caption) for each in self.listing.pictures.all()]
        return [each for each in shown if each]

    @cached_property
    def logo(self) -> pictures.ShownPicture | None:
        return pictures.shown(self.listing.logo, alt=_("Logo of %(name)s") % {"name": self.listing.name})

    @property
    def description(self) -> Markup:
        return Markup(self.listing.description)  # noqa: S704 (cleaned by nh3 at the door)

    # when it is open

    @cached_property
    def hours(self) -> hours.Hours:
        it = self.listing
        position = None if it.lat is None or it.lon is None else (it.lat, it.lon)
        return hours.Hours(it.opening_hours, it.timezone, it.country, position)

    @cached_property
    def week(self) -> "week.Week | None":
        zone = hours.zone_of(self.listing.timezone)
        today = self.now.astimezone(zone).date()
        if self.listing.opening_hours:
            note_hours(self.now.astimezone(zone), None)
        return week.week_of(self.hours, self.language, today) if self.listing.opening_hours else None

    @cached_property
    def open_state(self) -> dict[str, str] | None:
        if self.listing.status != Listing.Status.OPEN:
            return {"state": "closed", "text": str(self.listing.get_status_display()).capitalize()}
        if not self.listing.opening_hours:
            return None
        state = hours.open_state(self.hours.text, self.hours.zone, self.hours.country, self.now, self.hours.position)
        note_hours(self.now.astimezone(hours.zone_of(self.listing.timezone)), state.until)
        words = hours.describe_state(state, self.now, self.language)
        return {"state": state.state, "text": words} if words else None

    # how to reach it

    @cached_property
    def address(self) -> Address:
        it = self.listing
        return Address(it.street, it.postcode, it.city, it.region, it.country)

    @cached_property
    def address_lines(self) -> list[str]:
        return address_lines(self.address, self.language) if any((self.listing.street, self.listing.city)) else []

    @cached_property
    def phones(self) -> list[dict[str, str]]:
        found: list[Phone] = read_phones(self.listing.phones, self.listing.country)
        return [{"shown": phone.text, "uri": phone.href} for phone in found]

    @cached_property
    def website(self) -> Link | None:
        return website_link(self.listing.website) if self.listing.website else None

    @cached_property
    def social(self) -> list[Link]:
        return social_links(self.listing.social)

    @cached_property
    def map(self) -> Markup | None:
        it = self.listing
        if it.lat is None or it.lon is None:
            return None
        return maps.locator_svg(
            it.lat,
            it.lon,
            approximate=it.position_approximate,
            label=it.name,
            country=it.country,
            language=self.language,
        )

    @cached_property
    def directions_url(self) -> str:
        it = self.listing
        return maps.directions_url(it.lat, it.lon, it.name) if it.lat is not None and it.lon is not None else ""

    # further facts

    @cached_property
    def facts(self) -> list[tuple[str, Any]]:
        it = self.listing
        known = [
            (_("Also known as"), ", ".join(dict.fromkeys([*it.alt_names, *it.acronyms]))),
            (_("Founded"), it.established),
            (_("Language"), language_name(it.language) if it.language else ""),
            (_("Wikidata"), self.wikidata),
        ]
        return [*known, *shown_values(it, self.language)]

    @property
    def wikidata(self) -> SafeString | str:
        item = self.listing.wikidata
        if not item[1:].isdigit():
            return ""
        return format_html('<a href="https://www.wikidata.org/wiki/{0}" rel="nofollow noopener">{0}</a>', item)

    @cached_property
    def provenance(self) -> list[str]:
        """When it was last verified, from which source, under which licence."""
        it = self.listing
        said = []
        if it.verified_at:
            said.append(_("Last verified on %(date)s.") % {"date": long_date(it.verified_at)})
        if it.verified_how:
            said.append(f"{it.verified_how}.")
        if it.source:
            said.append(_("Source: %(source)s.") % {"source": it.source})
        if it.licence:
            said.append(_("Licence of the facts: %(licence)s.") % {"licence": it.licence})
        return said

    # what else there is

    @cached_property
    def similar(self) -> list[Row]:
        """Its neighbours by name in its primary category."""
        if self.primary is None:
            return []
        branch = Category.objects.select_related("branch").get(pk=self.primary.pk).branch
        wish = lists.Wish(order="name", after=self.listing.pk, size=SIMILAR)
        ids = lists.page_of(branch, wish).ids
        if len(ids) < SIMILAR:
            ids += lists.page_of(branch, lists.Wish(order="name", size=SIMILAR + 1)).ids
        others = [pk for pk in dict.fromkeys(ids) if pk != self.listing.pk][:SIMILAR]
        note_beside(branch, self.listing, others, SIMILAR)
        return rows(others)

    @cached_property
    def nearby(self) -> list[tuple[Row, str]]:
        """The closest listings within a few kilometres, with their distance."""
        it = self.listing
        if it.lat is None or it.lon is None or it.position_approximate:
            return []
        here = (it.lat, it.lon)
        found = Listing.objects.published().near(*here, NEARBY_DEGREES).exclude(pk=it.pk)
        points = list(found.order_by("lat", "lon", "pk").values_list("pk", "lat", "lon")[:NEARBY_LOOKED_AT])
        distances = sorted((maps.distance_km(here, (lat or 0, lon or 0)), pk) for pk, lat, lon in points)
        closest = {pk: distance for distance, pk in distances[:NEARBY]}
        is_full = len(closest) == NEARBY and len(points) < NEARBY_LOOKED_AT
        reach = max(closest.values()) / KM_A_DEGREE if is_full else NEARBY_DEGREES
        reach = min(reach, NEARBY_DEGREES)
        note_near(*here, reach, min(180.0, reach / max(0.01, cos(radians(here[0])))))
        return [(row, kilometres(closest[row.id])) for row in rows(list(closest))]

    # for search engines

    @cached_property
    def structured(self) -> Markup:
        """schema.org, of the type that its category names (https://schema.org/LocalBusiness and its kin)."""
        it = self.listing
        type_ = next((each.schema_type for each in self.categories if each.schema_type), "Organization")
        data: dict[str, Any] = {
            "@context": "https://schema.org",
            "@type": type_,
            "@id": f"{settings.SITE_URL}{it.get_absolute_url()}",
            "name": it.name,
            "alternateName": [*it.alt_names, *(name for _code, name in self.translations)],
            "url": self.website.url if self.website else "",
            "telephone": [phone["uri"].removeprefix("tel:") for phone in self.phones if phone["uri"]],
            "address": {"@type": "PostalAddress", **postal_address(self.address)} if self.address_lines else {},
            "geo": {"@type": "GeoCoordinates", "latitude": it.lat, "longitude": it.lon} if self.map else {},
            "sameAs": [link.url for link in self.social]
            + ([f"https://www.wikidata.org/entity/{it.wikidata}"] if self.wikidata else []),
            "foundingDate": it.established,
            "image": [f"{settings.SITE_URL}{picture.src}" for picture in self.gallery],
            "openingHoursSpecification": self.specification,
        }
        kept = json.dumps({name: value for name, value in data.items() if value}, ensure_ascii=False)
        return Markup(kept.replace("<", "\\u003c"))  # noqa: S704 (no tag can begin in it)

    @property
    def specification(self) -> list[dict[str, object]]:
        zone = hours.zone_of(self.listing.timezone)
        today: datetime = self.now.astimezone(zone)
        return week.opening_hours_specification(self.hours, today.date()) if self.listing.opening_hours else []


def place_label(place: Place) -> str:
    return place.town or place.region or country_name(place.country)


def kilometres(distance: float) -> str:
    if distance < 1:
        return _("%(number)s m") % {"number": max(10, round(distance * 100) * 10)}
    return _("%(number).1f km") % {"number": distance}
