"""Places, and Science and Environment: towns at work, water, land, clocks and climates."""

from collections import Counter, defaultdict

from gazetteer.ops.demo.forms import Bullets, Heading, PullQuote, Story, Table
from gazetteer.ops.demo.names import country_name, listed, spelled
from gazetteer.ops.demo.pictures.specs import bars, scene, share, world_dots
from gazetteer.ops.demo.stories.writing import (
    DATA,
    PLACES,
    TRANSPORT,
    StoryMaker,
    category,
    latitude,
    link,
    links,
    n,
    per_cent,
    place,
    write,
)
from gazetteer.ops.demo.world import EARTH_RADIUS_KM, World, count_countries, distance_km, first_by, furthest, top

PLACES_SECTION = ("Places",)
SCIENCE = ("Science and Environment",)
TROPIC = 23.4364


def gold_coast(world: World) -> Story:
    row = world.named("City of Gold Coast")
    councils = [
        other for other in world.names if other.get("operator_type") == "government" and len(other["categories"]) >= 5
    ]
    return write(
        "One city, nine duties: barbecues, showers and lifeguards on the Gold Coast",
        section=PLACES_SECTION,
        at="2022-01-26 07:00",
        by=PLACES,
        lead=(
            f"{link(row)}, in {place('AU')}, is listed under {spelled(len(row['categories']))} categories. Few "
            "public bodies in the "
            "directory do more."
        ),
        body=[
            f"They are {listed([path[1].lower() for path in row['categories']])}. Read in the right order, that is a "
            "day at the beach.",
            "It is the only name in the directory that is filed under "
            f"{category('Public services', 'Barbecue / Grill')}.",
            f"{n(len(councils))} government bodies are listed under five categories or more. They run schools and "
            "parks, dig out drains, "
            "empty bins and sound the siren when it is time, and their name is on the sign of each.",
            PullQuote("Read in the right order, that is a day at the beach."),
            "A category with a stroke in its name, such as the one for barbecues, is one category and not two: "
            f"{spelled(len(slashes(world)))} of the {n(len(world.branches))} in the tree are written so.",
        ],
        counted=(
            "Counted: categories of one listing; government bodies with five or more; category names with a stroke."
        ),
        tags=("Australia", "councils", "categories"),
        picture=scene(
            "gold-coast",
            "beach",
            alt=(
                "Drawing of a beach seen from above: bands of sand, foam and sea, with round parasols and "
                "one red and yellow flag."
            ),
            caption="Sand, sea and a flag to swim by.",
        ),
    )


def slashes(world: World) -> list[str]:
    """Names of categories that contain a slash."""
    return sorted({path[-1] for path in world.branches if "/" in path[-1]})


def water_towers(world: World) -> Story:
    rows = world.under("Water", "Water towers")
    ranking = top(count_countries(rows), 2)
    bulgarian = sorted(
        (row for row in rows if "BG" in row.get("countries", []) and row.get("alt_names", [""])[0].startswith("ViK")),
        key=lambda row: row["id"],
    )
    return write(
        "Where the water towers are named: Bulgaria",
        section=PLACES_SECTION,
        at="2023-03-22 08:45",
        by=PLACES,
        lead=(
            f"{n(len(rows))} names stand on water towers in the directory. {n(ranking[0][1])} of them are in "
            f"{place(ranking[0][0])}, and no other country has more than {spelled(ranking[1][1])}."
        ),
        body=[
            "Most begin with the same three letters. ViK is short for water supply and sewerage, and each district "
            "has its own: "
            + listed([f"{link(row)} ({row['alt_names'][0]})" for row in bulgarian[:4]])
            + " are some of them.",
            "There are water towers everywhere, of course. What is special is that somebody has noted, in district "
            "after district, whose "
            "they are. A list of names is always also a list of people who cared.",
            PullQuote("A list of names is always also a list of people who cared."),
            f"The branch {category('Water')} holds {n(world.count('Water'))} names in all: "
            + listed([f"{name.lower()} ({n(number)})" for name, number in top(world.children("Water"), 5)])
            + ".",
        ],
        counted="Counted: listings in the category Water towers, by country.",
        tags=("water", "Bulgaria", "oddities"),
        picture=scene(
            "water-towers",
            "towers",
            alt="Drawing of five water towers of different shapes in a row against an evening sky.",
            caption="Five towers, drawn from five habits of building.",
        ),
    )


def drinking_water(world: World) -> Story:
    rows = world.under("Public services", "Drinking Water")
    ranking = top(count_countries(rows), 5)
    toilets = world.under("Public services", "Restroom")
    there = top(count_countries(toilets), 3)
    return write(
        "A drink of water, free, from somebody",
        section=PLACES_SECTION,
        at="2019-08-28 07:30",
        by=PLACES,
        lead=(
            f"{n(len(rows))} names stand on taps and fountains where anybody may drink. {n(ranking[0][1])} of them "
            "are in "
            f"{place(ranking[0][0])}."
        ),
        body=[
            f"{listed([f'{place(code)} has {n(number)}' for code, number in ranking[1:4]])}.",
            f"The opposite need is served by {n(len(toilets))} names. Here {place(there[0][0])} leads with "
            f"{n(there[0][1])}, before "
            f"{place(there[1][0])} with {n(there[1][1])} and {place(there[2][0])} with {n(there[2][1])}.",
            "A fountain is the oldest of public services, and the least likely to carry a logo. When one does, it is "
            "that of a town, a "
            "waterworks or a club, hardly ever that of a seller of bottles.",
            PullQuote("The oldest of public services, and the least likely to carry a logo."),
            f"Both stand in the branch {category('Public services')}, with {n(world.count('Public services'))} "
            "names, next to the "
            f"{category('Public services', 'Telephone', words='public telephone')}, which still has "
            f"{n(world.count('Public services', 'Telephone'))}.",
        ],
        counted="Counted: listings in the categories Drinking Water and Restroom, by country.",
        tags=("water", "public services", "Italy"),
    )


def parks(world: World) -> Story:
    rows = world.under("Parks and land", "Park")
    ranking = top(count_countries(rows), 5)
    public = sum(row.get("operator_type") in ("government", "public") for row in rows)
    return write(
        "Three park keepers in five are American",
        section=PLACES_SECTION,
        at="2020-05-24 09:15",
        by=PLACES,
        lead=(
            f"{n(len(rows))} names look after parks, and {n(ranking[0][1])} of them, "
            f"{per_cent(ranking[0][1], len(rows))}, are in "
            f"{place(ranking[0][0])}."
        ),
        body=[
            f"{place(ranking[1][0])} is second with {n(ranking[1][1])}, then "
            + listed([f"{place(code)} with {n(number)}" for code, number in ranking[2:5]])
            + ".",
            f"Nearly all keepers are public. {n(public)} of the entries are marked as government or public bodies, "
            "from states down to "
            "districts that exist for no other purpose than to mow the grass.",
            "Elsewhere a park belongs to the town, and the town's name is all there is to say. In the United States "
            "it often belongs to "
            "an authority of its own, with a board, a budget and a name, and a name is what gets into a directory.",
            PullQuote("A name is what gets into a directory."),
            "Wilder land has its own categories: "
            f"{category('Parks and land', 'Protected Area', words='protected areas')} with "
            f"{n(world.count('Parks and land', 'Protected Area'))} names, and "
            f"{category('Parks and land', 'National Park', words='national parks')} with "
            f"{n(world.count('Parks and land', 'National Park'))}.",
        ],
        counted="Counted: listings in the category Park, by country and kind of operator.",
        tags=("parks", "United States", "rankings"),
        picture=scene(
            "parks",
            "park",
            alt="Drawing of a park from above: round tree crowns in many greens, curving paths and a pond.",
            caption="A park with no keeper but the illustrator.",
        ),
    )


def islands(world: World) -> Story:
    rows = [
        row for row in world.airports if "Island" in row["name"].replace("(", " ").split() or "Island" in row["name"]
    ]
    ranking = top(count_countries(rows), 5)
    shown = [world.airport(code) for code in ("CWS", "MNF", "UGL") if code in world.by_iata]
    return write(
        f"{n(len(rows))} airports that own up to being on an island",
        section=PLACES_SECTION,
        at="2017-08-06 09:20",
        by=TRANSPORT,
        lead=(
            f"{n(len(rows))} airports have the word Island in their name. {n(ranking[0][1])} of these are in "
            f"{place(ranking[0][0])}, "
            f"{n(ranking[1][1])} in {place(ranking[1][0])}."
        ),
        body=[
            "Many more are on islands and do not say so, because the island's name is thought to be enough, or "
            "because the island is so "
            "large that nobody thinks of the sea.",
            "Other words for where an airport is are rarer: Bay appears in "
            f"{n(sum('Bay' in row['name'].split() for row in world.airports))} "
            f"names, Lake in {n(sum('Lake' in row['name'].split() for row in world.airports))}, River in "
            f"{n(sum('River' in row['name'].split() for row in world.airports))} and Creek in "
            f"{n(sum('Creek' in row['name'].split() for row in world.airports))}. Only Beach, with "
            f"{n(sum('Beach' in row['name'].split() for row in world.airports))}, sounds like a holiday.",
            "Short ones, for those who like to know where they land: "
            + listed([f"{link(row)} in {place(row['countries'][0])}" for row in shown[:2]])
            + ".",
            PullQuote("Only Beach sounds like a holiday."),
            "The directory's island airports with the largest sea around them are the subject of another story: "
            "look for "
            f"{link(world.airport('IPC'))}.",
        ],
        counted="Counted: airport names that contain Island, Bay, Lake, River, Creek or Beach.",
        tags=("airports", "islands", "names"),
    )


def long_countries(world: World) -> Story:
    longest: dict[str, tuple[float, str, str]] = {}
    for code in ("CA", "CL", "AU", "BR", "CN", "ID", "IN", "NO"):
        rows = [row for row in world.airports if row["countries"] == [code]]
        hull = [*first_by(rows, lambda row: row["lon"], 12), *furthest(rows, lambda row: row["lon"], 12),
                *first_by(rows, lambda row: row["lat"], 12), *furthest(rows, lambda row: row["lat"], 12)]  # fmt: skip
        longest[code] = max(
            (distance_km(one, two), link(one), link(two)) for index, one in enumerate(hull) for two in hull[index + 1 :]
        )
    ranking = sorted(longest.items(), key=lambda item: -item[1][0])
    (first, (most, one, two)), (second, (next_most, three, four)) = ranking[:2]
    return write(
        "The long way home: domestic distances",
        section=PLACES_SECTION,
        at="2025-08-15 07:40",
        by=PLACES,
        lead=(
            f"From {one} to {two} is {n(most)} kilometres, and one never leaves {place(first)}. Of eight large "
            "countries measured here "
            "it has the longest way home."
        ),
        body=[
            f"{place(second)} comes second: from {three} to {four} is {n(next_most)} kilometres.",
            Bullets(
                tuple(
                    f"{country_name(code)}: {n(distance)} kilometres, from {a} to {b}"
                    for code, (distance, a, b) in ranking[2:]
                )
            ),
            Heading("How it was measured"),
            f"All distances are along the surface of a sphere with a radius of {EARTH_RADIUS_KM:,.0f} kilometres. "
            "The earth is flatter "
            "than that at the poles, and an exact figure may differ by up to half a per cent.",
            "Two countries owe their place to an island far out at sea. A country is as long as its furthest runway.",
            PullQuote("A country is as long as its furthest runway."),
        ],
        counted="Counted: the greatest distance between two airports of each of eight countries.",
        tags=("distances", "airports", "countries"),
        picture=bars(
            "long-countries",
            "Greatest distance between two airports of a country, in kilometres",
            [(country_name(code), round(distance)) for code, (distance, _, _) in ranking],
            caption="Kilometres between the two airports of a country that lie furthest apart.",
        ),
        series="Ends of the map",
    )


def fire_brigades(world: World) -> Story:
    rows = world.under("Public services", "Fire Station")
    ranking = top(count_countries(rows), 4)
    sdis = [row for row in rows if row["name"].startswith("SDIS")]
    return write(
        "France keeps its fire brigades by number",
        section=PLACES_SECTION,
        at="2016-12-04 07:50",
        by=PLACES,
        lead=(
            f"{n(ranking[0][1])} of the {n(len(rows))} names on fire stations belong to {place(ranking[0][0])}, and "
            f"{n(len(sdis))} of those begin with the same four letters: SDIS."
        ),
        body=[
            "The letters are followed by a number, which is that of the department. "
            f"{listed(links(sorted(sdis, key=lambda row: row['name'])[:4]))} are the first in the list. Whoever "
            "knows the number plates "
            "of France knows its fire engines.",
            f"{place(ranking[1][0])} is next with {n(ranking[1][1])} names, then {place(ranking[2][0])} with "
            f"{n(ranking[2][1])} and "
            f"{place(ranking[3][0])} with {n(ranking[3][1])}.",
            PullQuote("Whoever knows the number plates knows the fire engines."),
            f"The police have {n(world.count('Public services', 'Police'))} names and the ambulances "
            f"{n(world.count('Emergency services', 'Ambulance Station'))}. Prisons, at the other end of that road, "
            "have "
            f"{n(world.count('Public services', 'Prison'))}.",
            "A number is a poor name for a thing one is proud of, but it has a virtue. Nobody has to argue about the "
            "spelling.",
        ],
        counted="Counted: listings in the category Fire Station, by country; names that begin with SDIS.",
        tags=("fire brigades", "France", "public services"),
    )


def clocks(world: World) -> Story:
    zones: dict[str, set[str]] = defaultdict(set)
    for row in world.airports:
        zones[row["countries"][0]].add(row["timezone"])
    names = Counter(row["timezone"] for row in world.airports)
    ranking = top(Counter({code: len(found) for code, found in zones.items()}), 6)
    common = top(names, 3)
    return write(
        f"{n(len(names))} names for the time of day",
        section=SCIENCE,
        at="2024-10-27 02:00",
        by=DATA,
        lead=(
            f"The airports of this directory keep their clocks by {n(len(names))} time zones. {place(ranking[0][0])} "
            "uses "
            f"{n(ranking[0][1])} of them, {place(ranking[1][0])} {n(ranking[1][1])}."
        ),
        body=[
            "There are not that many different times. A zone in the list is a place together with its history: two "
            "towns that agree "
            "today but changed their clocks in different years have different names, so that old timetables can be "
            "read.",
            Table(
                "Time zones in use, by country",
                (("Country", "Zones"), *((country_name(code), n(number)) for code, number in ranking)),
            ),
            f"The zone with the most airports is {common[0][0].replace('_', ' ')}, with {n(common[0][1])}; "
            f"{common[1][0].replace('_', ' ')} has {n(common[1][1])} and {common[2][0].replace('_', ' ')} "
            f"{n(common[2][1])}. "
            f"All {n(world.airport_countries['CN'])} listed airports of {place('CN')} "
            + ("share one." if len(zones["CN"]) == 1 else f"share {spelled(len(zones['CN']))}."),
            PullQuote("A time zone is a place together with its history."),
            "A listing's opening hours are judged by its own clock, and not by the visitor's or the server's. That "
            "is why every airport "
            "here carries the name of its zone.",
        ],
        counted="Counted: time zones of all airports, by country.",
        tags=("time", "airports", "Canada", "Russia"),
        picture=scene(
            "clocks",
            "clocks",
            alt="Drawing of twelve clock faces in a grid, every one showing a different hour.",
            caption="It is always some time somewhere.",
        ),
    )


def tropics(world: World) -> Story:
    inside = [row for row in world.airports if abs(row["lat"]) <= TROPIC]
    south = [row for row in world.airports if row["lat"] < 0]
    nearest = first_by(world.airports, lambda row: abs(row["lat"] - TROPIC))[0]
    nearest_south = first_by(world.airports, lambda row: abs(row["lat"] + TROPIC))[0]
    return write(
        "A third of the world's listed airports lie in the tropics",
        section=SCIENCE,
        at="2021-12-21 16:00",
        by=DATA,
        lead=(
            f"{n(len(inside))} of {n(len(world.airports))} airports, {per_cent(len(inside), len(world.airports))}, "
            "stand between the "
            "two tropics, where the sun is straight overhead at least once a year."
        ),
        body=[
            "The belt is broader than most people think: it covers two fifths of the earth's surface. If airports "
            "were sown evenly over "
            f"the globe it would hold {n(0.398 * len(world.airports))} of them.",
            f"Nearest to the northern line lies {link(nearest)} in {place(nearest['countries'][0])}, at "
            f"{latitude(nearest, 4)}; nearest "
            f"to the southern is {link(nearest_south)} in {place(nearest_south['countries'][0])}, at "
            f"{latitude(nearest_south, 4)}.",
            f"Unevenness of another kind: only {n(len(south))} airports, "
            f"{per_cent(len(south), len(world.airports))}, lie south of the "
            "equator. The southern half of the world has the larger oceans and the smaller share of everything that "
            "needs ground to "
            "stand on.",
            PullQuote("The south has the oceans; the north has the runways."),
            "The lines themselves move. They stand where the tilt of the earth's axis puts them, and that changes by "
            "a few metres from "
            "one year to the next. We have used 23.4364 degrees.",
        ],
        counted="Counted: airports by latitude, within 23.4364 degrees of the equator and south of it.",
        tags=("airports", "tropics", "equator"),
        picture=world_dots(
            "tropics",
            world.airports,
            inside,
            alt="World map made of airport dots; those in a broad belt along the equator are lit.",
            caption="Airports between the tropics, lit.",
        ),
    )


def great_circles(world: World) -> Story:
    pairs = [("LHR", "SYD"), ("JFK", "SIN"), ("SCL", "CPT"), ("HND", "GRU")]
    rows = [(world.airport(a), world.airport(b)) for a, b in pairs]
    one, two = rows[0]
    flat = (((one["lat"] - two["lat"]) ** 2 + (one["lon"] - two["lon"]) ** 2) ** 0.5) * 111.2
    return write(
        "As the crow flies: how this paper measures",
        section=SCIENCE,
        at="2026-09-03 08:05",
        by=DATA,
        lead=(
            "When we say that two places are so many kilometres apart, we mean along the curve of the earth. From "
            f"{link(one)} to "
            f"{link(two)} that is {n(distance_km(one, two))}."
        ),
        body=[
            f"A ruler on a map whose degrees are squares would say {n(flat)} for the same journey. The map is flat, "
            "and the earth is "
            "not.",
            Table(
                "Some long ways",
                (("From", "To", "Kilometres"), *((a["name"], b["name"], n(distance_km(a, b))) for a, b in rows)),
            ),
            "The formula is two centuries old and takes a line of code. It treats the earth as a ball of 6,371 "
            "kilometres radius, which "
            "is right to about half a per cent, and it does not mind in the least about the poles or the date line.",
            PullQuote("The map is flat, and the earth is not."),
            "Nobody flies such a line exactly. There are winds, borders and rules, and an airport is never quite "
            "where its dot is. As "
            "a measure of how far apart things are it has no rival.",
        ],
        counted="Computed: great-circle distances (haversine formula, mean radius 6,371.0088 kilometres).",
        tags=("distances", "maps", "how we work"),
        picture=world_dots(
            "great-circles",
            world.airports,
            [one, two],
            alt="World map made of airport dots; London and Sydney are marked and joined by a curved line.",
            caption="The shortest way from London to Sydney is not a straight line on this map.",
            labels=True,
            joined=True,
        ),
    )


def recycling(world: World) -> Story:
    rows = world.under("Waste and recycling", "Recycling")
    ranking = top(count_countries(rows), 5)
    goodwill = sum("Goodwill" in row["name"] and row.get("countries") == ["US"] for row in rows)
    return write(
        f"{n(len(rows))} names on the bottle bank",
        section=SCIENCE,
        at="2018-03-18 07:45",
        by=PLACES,
        lead=(
            f"The directory lists {n(len(rows))} names on recycling points: {n(ranking[0][1])} in "
            f"{place(ranking[0][0])}, "
            f"{n(ranking[1][1])} in {place(ranking[1][0])} and {n(ranking[2][1])} in {place(ranking[2][0])}."
        ),
        body=[
            f"The American number is not what it seems. {n(goodwill)} of its names contain the word Goodwill, a "
            "family of charities that "
            "take in what others no longer want and sell it again.",
            f"Without them {place('US')} would have {n(ranking[0][1] - goodwill)} names, and the first place would "
            "go to "
            f"{place(ranking[1][0])}.",
            "Things to throw things into are hardly named at all: there are "
            f"{spelled(world.count('Waste and recycling', 'Trash Can'))} names "
            f"for litter bins and {spelled(world.count('Waste and recycling', 'Garbage Dumpster'))} for skips.",
            PullQuote("Nobody signs a litter bin."),
            f"Next come {listed([f'{place(code)} with {n(number)}' for code, number in ranking[3:5]])}.",
            "The whole branch of waste and recycling has "
            f"{n(world.count('Waste and recycling'))} names, hardly more than this one category.",
        ],
        counted="Counted: listings in the category Recycling, by country; names that contain Goodwill.",
        tags=("recycling", "environment", "rankings"),
        picture=scene(
            "recycling",
            "bottles",
            alt="Drawing of glass bottles in greens, browns and clear, lined up like a crowd.",
            caption="Sorted by colour, as one should.",
        ),
    )


def sirens(world: World) -> Story:
    rows = world.under("Emergency services", "Siren")
    ranking = top(count_countries(rows), 3)
    monitoring = world.under("Telecom and networks", "Monitoring stations")
    watch = top(count_countries(monitoring), 3)
    return write(
        "Those who sound the alarm, and those who listen",
        section=SCIENCE,
        at="2020-09-10 11:00",
        by=DATA,
        lead=(
            f"{n(len(rows))} names in the directory run warning sirens. {n(ranking[0][1])} are in "
            f"{place(ranking[0][0])} and "
            f"{n(ranking[1][1])} in {place(ranking[1][0])}."
        ),
        body=[
            f"Behind every siren somebody has to watch. {n(len(monitoring))} names run "
            f"{category('Telecom and networks', 'Monitoring stations', words='monitoring stations')}, which measure "
            "air, water, ground "
            f"or radiation. Most of these are in {place(watch[0][0])} ({n(watch[0][1])}), then in {place(watch[1][0])} "
            f"({n(watch[1][1])}) and {place(watch[2][0])} ({n(watch[2][1])}).",
            "The second place is worth a look. Such a number can mean that a country has many stations, or that one "
            "careful person has "
            "mapped them, or both.",
            PullQuote("Behind every siren somebody has to watch."),
            "Others who are there when it is too late for warnings: "
            f"{n(world.count('Emergency services', 'Ambulance Station'))} names on "
            f"ambulance stations, {n(world.count('Emergency services', 'Emergency Phone'))} on emergency telephones "
            "and "
            f"{n(world.count('Emergency services', 'Disaster Response Station'))} on stations for disaster response.",
        ],
        counted="Counted: listings in the categories Siren and Monitoring stations, by country.",
        tags=("emergency services", "environment", "Colombia", "Germany"),
    )


def protected_land(world: World) -> Story:
    rows = world.under("Parks and land", "Protected Area")
    ranking = top(count_countries(rows), 4)
    first = world.by_id["wd:Q30"]
    return write(
        "Who guards the wild",
        section=SCIENCE,
        at="2022-05-22 08:00",
        by=PLACES,
        lead=(
            f"{n(len(rows))} names in the directory look after protected land. {n(ranking[0][1])} are in "
            f"{place(ranking[0][0])}, and "
            f"then comes {place(ranking[1][0])} with {n(ranking[1][1])}."
        ),
        body=[
            f"{place(ranking[2][0])} and {place(ranking[3][0])} follow with {n(ranking[2][1])} and {n(ranking[3][1])}.",
            (
                f"The grandest keeper on the list is a country. {link(first)} is entered under its own name, as the "
                "owner of protected "
                "land, and its Wikidata id, Q30, is the lowest in the whole directory."
            ),
            "Protection comes in degrees, and so do the categories. Besides the protected areas there are "
            f"{category('Parks and land', 'National Park', words='national parks')} with "
            f"{n(world.count('Parks and land', 'National Park'))} names and "
            f"{category('Parks and land', 'Nature reserve', words='nature reserves')} with "
            f"{n(world.count('Parks and land', 'Nature reserve'))}.",
            PullQuote("The grandest keeper on the list is a country."),
            "The army owns wild land as well, and protects it in its own way: "
            f"{n(world.count('Parks and land', 'Military Area'))} names "
            "are listed under military areas.",
        ],
        counted="Counted: listings in the category Protected Area, by country; lowest Wikidata id.",
        tags=("nature", "Sweden", "environment"),
    )


def hemispheres(world: World) -> Story:
    west = sum(row["lon"] < 0 for row in world.airports)
    quarters = Counter(
        ("north" if r["lat"] >= 0 else "south") + " " + ("east" if r["lon"] >= 0 else "west") for r in world.airports
    )
    ranking = top(quarters, 4)
    return write(
        "Four quarters of the world, and one with the fewest runways",
        section=SCIENCE,
        at="2019-03-20 21:58",
        by=DATA,
        lead=(
            "Cut the globe along the equator and the line of Greenwich, and the listed airports fall into four "
            "unequal heaps. The "
            f"{ranking[0][0].replace(' ', '-')} quarter has {n(ranking[0][1])}, the "
            f"{ranking[3][0].replace(' ', '-')} {n(ranking[3][1])}."
        ),
        body=[
            Table(
                "Airports by quarter of the globe",
                (
                    ("Quarter", "Airports", "Share"),
                    *((name.title(), n(number), per_cent(number, len(world.airports))) for name, number in ranking),
                ),
            ),
            f"East and west come out almost even, {n(len(world.airports) - west)} to {n(west)}. It is north and "
            "south that differ.",
            "The cut is arbitrary, at least in one direction. The equator is given by nature, while the line through "
            "Greenwich was "
            "chosen by a conference. Move it, and the quarters change.",
            PullQuote("The equator is given by nature, the meridian by a conference."),
            "No airport in the list has nought for either figure. Four decimals of a degree are about eleven metres, "
            "and nobody has yet "
            "laid a runway's middle on the line as exactly as that.",
        ],
        counted="Counted: airports by the signs of latitude and longitude.",
        tags=("airports", "equator", "Greenwich"),
        picture=share(
            "hemispheres",
            quarters["north west"] + quarters["north east"],
            len(world.airports),
            "Airports north of the equator",
            caption=(
                f"{n(quarters['north west'] + quarters['north east'])} of {n(len(world.airports))} airports "
                "lie north of the equator."
            ),
        ),
    )


STORIES: tuple[StoryMaker, ...] = (
    gold_coast,
    water_towers,
    drinking_water,
    parks,
    islands,
    long_countries,
    fire_brigades,
    clocks,
    tropics,
    great_circles,
    recycling,
    sirens,
    protected_land,
    hemispheres,
)
