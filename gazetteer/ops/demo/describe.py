"""A short true description of a listing, composed from the facts of its row and nothing else.

The rows come from a name index (a name as it stands on shops, offices, networks and works of a kind) and from a table
of airports. Which of "brand", "operator", "network" or the neutral "name found on" is right depends on the category.
"""

import re
from html import escape
from typing import Any

from gazetteer.ops.demo.names import country_name, in_country, language_name, listed, spelled

Row = dict[str, Any]

BRANDED = frozenset(
    {"Shops", "Food and drink", "Hotels and travel", "Money", "Culture and going out", "Crafts", "Vending machines"}
)
BRANDED_KINDS = frozenset(
    {"Gas Station", "Car Rental", "Car Wash", "Pharmacy", "Gym / Fitness Center", "Parcel Locker"}
)
NETWORKS = frozenset({"Bus", "Train", "Metro", "Tram", "Trolleybus", "Ferry", "Light rail", "Cable car"})
# An oil company has petrol stations and also price totems, a bank has cash machines: the first of each pair tells more.
SAYS_LITTLE = (
    "Advertising Totem",
    "ATM",
    "Street cabinets",
    "Parking Lot",
    "Restroom",
    "Drinking Water",
    "Masts and towers",
)

OPERATORS = {
    "government": "a government body that operates {many}",
    "public": "a public body that operates {many}",
    "parastatal": "a parastatal body that operates {many}",
    "military": "a military body that operates {many}",
    "private": "a private operator of {many}",
    "private_non_profit": "a private non-profit operator of {many}",
    "religious": "a religious body that operates {many}",
    "charitable": "a charity that operates {many}",
    "ngo": "a non-governmental organisation that operates {many}",
    "association": "an association that operates {many}",
    "cooperative": "a cooperative that operates {many}",
    "university": "a university body that operates {many}",
}

# label of a category: (one, many), where lower-casing the label would not be English
NOUNS = {
    "ATM": ("cash machine", "cash machines"),
    "Aboriginal Lands": ("Aboriginal land", "Aboriginal lands"),
    "Anime / Manga Shop": ("anime and manga shop", "anime and manga shops"),
    "Bag / Luggage Store": ("bag and luggage shop", "bag and luggage shops"),
    "Barbecue / Grill": ("barbecue", "barbecues"),
    "Bedding / Mattress Store": ("bedding and mattress shop", "bedding and mattress shops"),
    "Copy Store": ("copy shop", "copy shops"),
    "DIY Store": ("DIY store", "DIY stores"),
    "Doctor": ("doctor's surgery", "doctors' surgeries"),
    "Dentist": ("dental practice", "dental practices"),
    "Drinking Water": ("drinking-water point", "drinking-water points"),
    "Electricity networks": ("electricity network", "electricity networks"),
    "Electricity producers": ("power plant", "power plants"),
    "Freemasonry": ("masonic lodge", "masonic lodges"),
    "Garbage Dumpster": ("waste container", "waste containers"),
    "Gas Station": ("filling station", "filling stations"),
    "Glaziery": ("glazier's", "glaziers"),
    "Gold buyer": ("gold buyer", "gold buyers"),
    "Gym / Fitness Center": ("gym", "gyms"),
    "Hifi Store": ("hi-fi shop", "hi-fi shops"),
    "Information": ("information point", "information points"),
    "Laundry": ("laundry", "laundries"),
    "Lifeguard": ("lifeguard post", "lifeguard posts"),
    "Masts and towers": ("mast or tower", "masts and towers"),
    "Nursery / Childcare": ("nursery", "nurseries"),
    "Parking Lot": ("car park", "car parks"),
    "Pest Control": ("pest control office", "pest control offices"),
    "Plant Hire": ("plant hire shop", "plant hire shops"),
    "Police": ("police station", "police stations"),
    "Physiotherapist": ("physiotherapy practice", "physiotherapy practices"),
    "RV Dealership": ("camper-van dealership", "camper-van dealerships"),
    "RV Park": ("caravan park", "caravan parks"),
    "Railway lines": ("railway line", "railway lines"),
    "Recycling": ("recycling point", "recycling points"),
    "Restroom": ("public toilet", "public toilets"),
    "Siren": ("warning siren", "warning sirens"),
    "Sports Center / Complex": ("sports centre", "sports centres"),
    "Storage Rental": ("self-storage site", "self-storage sites"),
    "Tool Rental": ("tool hire shop", "tool hire shops"),
    "Tractor": ("tractor dealer", "tractor dealers"),
    "Tractor Repair": ("tractor repair shop", "tractor repair shops"),
    "Training": ("training centre", "training centres"),
    "Trash Can": ("litter bin", "litter bins"),
    "Truck": ("lorry dealer", "lorry dealers"),
    "Truck Repair": ("lorry repair shop", "lorry repair shops"),
    "Truck Scale": ("weighbridge", "weighbridges"),
    "Veterinary": ("veterinary practice", "veterinary practices"),
    "Wastewater": ("wastewater plant", "wastewater plants"),
    "Water works": ("waterworks", "waterworks"),
    "Water Rescue": ("water rescue station", "water rescue stations"),
    "Window Construction": ("window maker's", "window makers"),
    "Dialysis": ("dialysis centre", "dialysis centres"),
    "Alternative Medicine": ("alternative medicine practice", "alternative medicine practices"),
    "Bicycle Rental": ("bicycle hire station", "bicycle hire stations"),
    "Car Rental": ("car hire office", "car hire offices"),
    "Motorcycle Rental": ("motorcycle hire office", "motorcycle hire offices"),
    "Bicycle Parking": ("bicycle park", "bicycle parks"),
    "Vehicle Inspection": ("vehicle inspection station", "vehicle inspection stations"),
    "Food Sharing": ("food sharing point", "food sharing points"),
    "Wi-Fi Hotspot": ("Wi-Fi hotspot", "Wi-Fi hotspots"),
    "Miniature Golf": ("miniature golf course", "miniature golf courses"),
    "Open Road Toll": ("open-road toll point", "open-road toll points"),
    "Retail Area": ("retail area", "retail areas"),
    "E-Cigarette Shop": ("e-cigarette shop", "e-cigarette shops"),
    "10Pin": ("ten-pin", "ten-pin"),
    "Coworking Space": ("coworking space", "coworking spaces"),
    "Fast Food": ("fast-food restaurant", "fast-food restaurants"),
    "Hvac": ("heating and air conditioning", "heating and air conditioning"),
    "Walking bus": ("walking bus", "walking buses"),
}
BRITISH = {
    "advisor": "adviser",
    "catalog": "catalogue",
    "center": "centre",
    "donut": "doughnut",
    "jewelry": "jewellery",
    "labor": "labour",
    "organization": "organisation",
    "parlor": "parlour",
    "tire ": "tyre ",
    "yogurt": "yoghurt",
}
LOWER_ALL_THE_SAME = frozenset({"Electrician", "Equestrian", "Fish", "Optician", "Vegan", "Vegetarian"})


def description(row: Row) -> str:
    """One or two paragraphs of HTML; every statement is a fact of the row, every fact is escaped."""
    sentences = airport_sentences(row) if row.get("icao") else organisation_sentences(row)
    return "".join(f"<p>{escape(text, quote=False)}</p>" for text in sentences if text)


def airport_sentences(row: Row) -> list[str]:
    codes = listed_codes(row)
    noun = with_article(airport_noun(row["name"]))
    first = f"{row['name']}{codes} is {noun}{airport_place(row)}."
    return [f"{first} {position_sentence(row)}"]


def listed_codes(row: Row) -> str:
    codes = [code for code in (row.get("iata"), row.get("icao")) if code]
    return f" ({', '.join(codes)})" if codes else ""


def airport_noun(name: str) -> str:
    """What the name itself says that the place is, else "airport"."""
    for ending, noun in (("heliport", "heliport"), ("seaplane base", "seaplane base"), ("airstrip", "airstrip")):
        if name.lower().endswith(ending):
            return noun
    return "airport"


def airport_place(row: Row) -> str:
    """ " in Key Largo, Florida, United States", without saying the same name twice."""
    names = [row.get("city"), row.get("region"), *(country_name(code) for code in row.get("countries", []))]
    different = list(dict.fromkeys(" ".join(name.split()) for name in names if name))
    if len(different) == 1 and row.get("countries"):
        different = [in_country(row["countries"][0])]
    return f" in {', '.join(different)}" if different else ""


def position_sentence(row: Row) -> str:
    if "lat" not in row:
        return ""
    north = "N" if row["lat"] >= 0 else "S"
    east = "E" if row["lon"] >= 0 else "W"
    zone = f"; clocks there follow {row['timezone'].replace('_', ' ')}" if row.get("timezone") else ""
    return f"It lies at {abs(row['lat']):.2f}° {north}, {abs(row['lon']):.2f}° {east}{zone}."


def organisation_sentences(row: Row) -> list[str]:
    path = telling_category(row)
    first = f"{row['name']} is {kind_phrase(path, row.get('operator_type'))}{found_where(row)}."
    return [" ".join(filter(None, (first, also_listed(row, path), closed(row)))), known_as(row)]


def telling_category(row: Row) -> list[str]:
    """The category that says most about what the organisation is."""
    paths: list[list[str]] = row["categories"]
    return min(paths, key=lambda path: SAYS_LITTLE.index(path[1]) + 1 if path[1] in SAYS_LITTLE else 0)


def kind_phrase(path: list[str], operator_type: str | None) -> str:
    one, many = nouns(path)
    if path[0] == "Public transport" and path[1] in NETWORKS:
        return with_article(f"{path[1].lower()} network")
    if operator_type and (phrase := OPERATORS.get(operator_type.partition(";")[0])):
        return phrase.format(many=many)
    if path[0] in BRANDED or path[1] in BRANDED_KINDS:
        return f"a brand of {one}"
    return f"a name found on {many}"


def nouns(path: list[str]) -> tuple[str, str]:
    """ "supermarket", "supermarkets" for a category's path; the third level is put in brackets."""
    one, many = office_nouns(path) or NOUNS.get(path[1]) or regular_nouns(path[1])
    if len(path) < 3 or path[2] == "Yes":  # "Yes" is the source's word for "unspecified"
        return one, many
    special = path[2] if path[2] not in NOUNS else NOUNS[path[2]][0]
    return f"{one} ({lower_label(special)})", f"{many} ({lower_label(special)})"


def office_nouns(path: list[str]) -> tuple[str, str] | None:
    if path[0] != "Offices and companies" or path[1] == "Factory":
        return ("factory", "factories") if path[1] == "Factory" else None
    label = lower_label(path[1])
    return NOUNS.get(path[1]) or (f"{label} office", f"{label} offices")


def regular_nouns(label: str) -> tuple[str, str]:
    one = lower_label(label).replace(" / ", " and ")
    if one.endswith("s") and not one.endswith("ss"):
        return one.removesuffix("s"), one
    if one.endswith(("s", "x", "ch", "sh")):
        return one, f"{one}es"
    if re.search(r"[^aeiou]y$", one):
        return one, f"{one[:-1]}ies"
    return one, f"{one}s"


def lower_label(label: str) -> str:
    """A label in running text: lower case but for abbreviations and names of peoples, in British spelling."""
    text = label if is_proper(label) else label.lower()
    for american, british in BRITISH.items():
        text = text.replace(american, british)
    return text


def is_proper(label: str) -> bool:
    if label in LOWER_ALL_THE_SAME:
        return False
    return label.isupper() or label.endswith(("an", "ish", "ese", "Thai", "Tex-Mex", "Greek", "Czech", "French"))


def with_article(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeio' else 'a'} {noun}"


def found_where(row: Row) -> str:
    if row.get("worldwide"):
        return " worldwide"
    codes = row.get("countries", [])
    names = [in_country(code) for code in sorted(codes, key=country_name)]
    if len(names) > 5:
        return f", found in {spelled(len(names))} countries and territories, among them {listed(names[:3])}"
    return f" in {listed(names)}" if names else ""


def also_listed(row: Row, told: list[str]) -> str:
    others = list(dict.fromkeys(path[-1] for path in row["categories"] if path != told and path[-1] != told[-1]))
    return f"It is also listed under {listed(others)}." if others else ""


def closed(row: Row) -> str:
    return "Its entry is marked as dissolved." if row.get("dissolved") else ""


def known_as(row: Row) -> str:
    names = (" ".join(name.split()) for name in row.get("alt_names", []))
    others = list(dict.fromkeys(name for name in names if name != row["name"]))
    also = f"It is also known as {listed(others[:4]).removesuffix('.')}." if others else ""
    wikidata = f"Its Wikidata id is {row['wikidata']}." if row.get("wikidata") else ""
    return " ".join(filter(None, (also, name_by_language(row, others[:4]), wikidata)))


def name_by_language(row: Row, told: list[str]) -> str:
    """At most three names in other languages that the text has not shown yet."""
    shown = {row["name"], *told}
    names: list[str] = []
    for tag, name in sorted(row.get("names_by_lang", {}).items()):
        language = language_name(tag)
        if language and name not in shown:
            shown.add(name)
            names.append(f"in {language} {name}")
    return f"It is called {listed(names[:3]).removesuffix('.')}." if names else ""
