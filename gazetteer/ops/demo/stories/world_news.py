"""World News and its continents: what the directory's own facts say about countries and borders."""

from collections import defaultdict

from gazetteer.ops.demo.forms import Bullets, Heading, PullQuote, Story, Table
from gazetteer.ops.demo.names import country_name, in_country, listed, spelled
from gazetteer.ops.demo.pictures.specs import bars, country_dots, polar_dots, scene, two_places, world_dots
from gazetteer.ops.demo.stories.writing import (
    BUSINESS,
    DATA,
    PLACES,
    TRANSPORT,
    StoryMaker,
    category,
    latitude,
    link,
    links,
    longitude,
    n,
    per_cent,
    place,
    write,
)
from gazetteer.ops.demo.world import Row, World, count_countries, distance_km, first_by, furthest, top

WORLD = ("World News",)
ASIA, AFRICA, EUROPE = (*WORLD, "Asia"), (*WORLD, "Africa"), (*WORLD, "Europe")
AMERICAS, OCEANIA, POLAR = (*WORLD, "Americas"), (*WORLD, "Oceania"), (*WORLD, "Polar Regions")
ARCTIC_CIRCLE = 66.5636


def korea(world: World) -> Story:
    north = sorted((row for row in world.airports if row["countries"] == ["KP"]), key=lambda row: row["name"])
    south = [row for row in world.airports if row["countries"] == ["KR"]]
    line = first_by(south, lambda row: abs(row["lat"] - 38))[0]
    above = [row for row in south if row["lat"] > 38]
    apart = distance_km(world.airport("FNJ"), world.airport("GMP"))
    return write(
        f"{spelled(len(north)).capitalize()} airports north of the line, {n(len(south))} south of it",
        section=ASIA,
        at="2019-04-12 08:15",
        by=(TRANSPORT, PLACES),
        lead=(
            f"The Korean peninsula is divided in this directory as it is on the ground. {place('KP')} has "
            f"{spelled(len(north))} listed airports, {place('KR')} {n(len(south))}."
        ),
        body=[
            f"The northern ones are {listed(links(north))}.",
            f"Closest to the 38th parallel, which once divided the peninsula, is {link(line)} in the South. At "
            f"{latitude(line)} it is a little above that line, because the border of today does not follow it: it "
            "runs north "
            "of it on the eastern coast and south of it on the western.",
            f"{spelled(len(above)).capitalize()} of the South's airports lies north of the parallel.",
            f"The two capitals are close. From {link(world.airport('FNJ'))} to {link(world.airport('GMP'))} in Seoul "
            "is "
            f"{n(apart)} kilometres on the map. From London to Manchester it is "
            f"{n(distance_km(world.airport('LHR'), world.airport('MAN')))}.",
            PullQuote(f"From capital to capital it is {n(apart)} kilometres."),
        ],
        counted="Counted: airports in North and South Korea; their latitudes; the distance between two of them.",
        tags=("North Korea", "South Korea", "airports", "borders"),
        picture=country_dots(
            "korea-airports",
            [*north, *south],
            alt=(
                "Map of the Korean peninsula with a dot for every listed airport, thickly in the south and "
                "thinly in the north."
            ),
            caption="The listed airports of North and South Korea.",
        ),
        series="The Korean talks",
    )


def most_listings(world: World) -> Story:
    ranking = top(world.countries, 10)
    named = count_countries(world.names)
    philippines = count_countries(world.under("Education", "School"))["PH"]
    return write(
        "The world as this directory sees it",
        section=WORLD,
        at="2026-05-11 06:00",
        by=DATA,
        lead=(
            f"{n(len(world.countries))} countries and territories appear in the directory. {place(ranking[0][0])} "
            "has the most "
            f"listings, {n(ranking[0][1])}; {place(ranking[1][0])} and {place(ranking[2][0])} follow with "
            f"{n(ranking[1][1])} and {n(ranking[2][1])}."
        ),
        body=[
            "No list of the world is the world. This one is made from two sources: a table of airports, which covers "
            "the earth "
            "quite evenly, and an index of names found on shops, offices and networks, which volunteers extend in "
            "the places "
            "and languages they know. Where there are many of them there are many names.",
            f"The effect is easy to see in sixth place. {place(ranking[5][0])} stands high with {n(ranking[5][1])} "
            "listings, "
            f"and {n(philippines)} of those are school districts, entered one by one.",
            Table(
                "Listings by country",
                (
                    ("Country", "Listings", "Without airports"),
                    *((country_name(code), n(number), n(named[code])) for code, number in ranking),
                ),
            ),
            "A listing that is found in several countries counts once in each of them, so the columns cannot be "
            "added up.",
            f"At the other end are {n(sum(number == 1 for number in world.countries.values()))} countries and "
            "territories with "
            "one listing each.",
        ],
        counted="Counted: listings by country code.",
        tags=("rankings", "countries"),
        picture=bars(
            "most-listings",
            "Listings by country",
            [(country_name(code), number) for code, number in ranking],
            caption="The ten countries with the most listings.",
        ),
    )


def neighbours_goma(world: World) -> Story:
    one, two = world.airport("GOM"), world.airport("GYI")
    apart = distance_km(one, two)
    return write(
        f"Two countries, two airports, {apart:.1f} kilometres",
        section=AFRICA,
        at="2020-11-04 09:10",
        by=PLACES,
        lead=(
            f"{link(one)} is in {place('CD')} and {link(two)} in {place('RW')}. Between the two there are "
            f"{apart:.1f} kilometres and a border."
        ),
        body=[
            "No other two airports of different countries are so close to each other in the directory, unless one "
            "counts "
            "those that share their runway on purpose.",
            "The list gives both of them one time zone, "
            f"{listed(sorted({one['timezone'], two['timezone']}))}, so that a traveller need not change a watch.",
            f"The pair that comes next lies on the other side of the world: {link(world.airport('SDM'))} in "
            f"{place('US')} and "
            f"{link(world.airport('TIJ'))} in {place('MX')}, "
            f"{distance_km(world.airport('SDM'), world.airport('TIJ')):.1f} "
            "kilometres apart.",
            PullQuote("A border makes two airports where a city would have made do with one."),
            "Airports near a border are no rarity, but most keep their distance. These were built by two states for "
            "two towns "
            "that happen to touch.",
        ],
        counted="Counted: great-circle distances between airports of different countries.",
        tags=("airports", "borders", "Rwanda"),
        picture=two_places(
            "goma-gisenyi",
            one,
            two,
            alt="Plain chart with two points close together, joined by a dotted line with the distance between them.",
            caption=f"Goma and Gisenyi, {apart:.1f} kilometres apart.",
        ),
        series="Ends of the map",
    )


def neighbours_tijuana(world: World) -> Story:
    one, two = world.airport("SDM"), world.airport("TIJ")
    san_diego = [row for row in world.airports if row.get("city") == "San Diego"]
    return write(
        f"From San Diego's edge to Tijuana's: {distance_km(one, two):.1f} kilometres, two countries",
        section=AMERICAS,
        at="2021-10-07 07:25",
        by=PLACES,
        lead=(
            f"{link(one)} lies in San Diego, {link(two)} in Tijuana. They are closer to each other than most "
            "terminals of a large "
            "airport are to the city that it serves."
        ),
        body=[
            f"San Diego has {spelled(len(san_diego))} listed airports, and the one named after Brown is the nearest "
            "to the "
            f"border of {place('US')} and {place('MX')}. Its latitude is {latitude(one)}; that of Tijuana's is "
            f"{latitude(two)}.",
            Bullets(
                tuple(
                    f"{link(row)}: {distance_km(row, two):.1f} kilometres from Tijuana's"
                    for row in first_by(san_diego, lambda row: distance_km(row, two), len(san_diego))
                )
            ),
            f"In the directory Tijuana's airport is filed under {two['region']}, which is how its source has it.",
            PullQuote("A long runway can be longer than the way across."),
            f"Only one pair of airports in two countries stands closer together: {link(world.airport('GOM'))} and "
            f"{link(world.airport('GYI'))}, by the great lakes of Africa.",
        ],
        counted="Counted: airports of San Diego and their distances from Tijuana's.",
        tags=("airports", "borders", "Mexico", "United States"),
        series="Ends of the map",
    )


def fiji(world: World) -> Story:
    rows = [row for row in world.airports if row["countries"] == ["FJ"]]
    west = [row for row in rows if row["lon"] < 0]
    westernmost, easternmost = (
        first_by(world.airports, lambda row: row["lon"])[0],
        furthest(world.airports, lambda row: row["lon"])[0],
    )
    return write(
        "In Fiji, the far east is next door to the far west",
        section=OCEANIA,
        at="2018-12-31 12:00",
        by=PLACES,
        lead=(
            f"The easternmost airport in the directory, by longitude, is {link(easternmost)}. The westernmost is "
            f"{link(westernmost)}. Both are in {place('FJ')}, {n(distance_km(easternmost, westernmost))} kilometres "
            "apart."
        ),
        body=[
            f"The line of 180 degrees, where east and west meet at the back of the world, runs through the islands. "
            f"{n(len(rows) - len(west))} of Fiji's {n(len(rows))} listed airports lie on the eastern side of the "
            "count and "
            f"{spelled(len(west))} on the western.",
            f"{easternmost['name']} is at {longitude(easternmost, 3)}, {westernmost['name']} at "
            f"{longitude(westernmost, 3)}. On a "
            "flat map that is cut at this line the two are as far apart as anything can be.",
            "The calendar is kinder than the map. All of Fiji keeps one date and one time, so that nobody has to "
            "change "
            "the year on the way to the next island.",
            PullQuote("As far apart as a flat map can put them, and neighbours on a globe."),
            "For a directory the line is a trap. A search for airports near one of these must look across the edge, "
            "where the "
            "longitude jumps from plus to minus. Ours measures along the surface of a sphere and does not notice the "
            "jump.",
        ],
        counted="Counted: greatest and least longitudes; airports of Fiji by the sign of theirs.",
        tags=("airports", "Fiji", "date line", "extremes"),
        picture=world_dots(
            "fiji",
            world.airports,
            [easternmost, westernmost],
            alt=(
                "World map made of airport dots; one dot at the far right edge and one at the far left edge are marked."
            ),
            caption="The easternmost and the westernmost airport, which are neighbours.",
            labels=True,
        ),
        series="Ends of the map",
    )


def arctic(world: World) -> Story:
    rows = [row for row in world.airports if row["lat"] > ARCTIC_CIRCLE]
    ranking = top(count_countries(rows), 8)
    nearest = first_by(world.airports, lambda row: abs(row["lat"] - ARCTIC_CIRCLE))[0]
    return write(
        f"{n(len(rows))} airports where the sun can stay up all night",
        section=POLAR,
        at="2023-06-21 05:00",
        by=TRANSPORT,
        lead=(
            f"North of the Arctic Circle there is at least one day a year without a sunset. {n(len(rows))} airports "
            "of the "
            f"directory lie there, spread over {spelled(len(ranking))} countries."
        ),
        body=[
            f"{place(ranking[0][0])} has {n(ranking[0][1])}, all in Alaska; {place(ranking[1][0])} has "
            f"{n(ranking[1][1])}, "
            f"{place(ranking[2][0])} {n(ranking[2][1])} and {place(ranking[3][0])} {n(ranking[3][1])}.",
            Table(
                "Airports north of the Arctic Circle",
                (("Country", "Airports"), *((country_name(code), n(number)) for code, number in ranking)),
            ),
            f"The circle is taken at {ARCTIC_CIRCLE:.2f} degrees. {link(nearest)} in {place('FI')} lies closer to it "
            "than any other "
            f"airport: its latitude of {latitude(nearest, 4)} puts it about "
            f"{n((nearest['lat'] - ARCTIC_CIRCLE) * 111_200)} metres on the far side.",
            f"{place('IS')} misses the list by a hair. Its airport nearest to the circle, "
            f"{link(world.airport('GRY'))}, is at "
            f"{latitude(world.airport('GRY'), 4)}.",
            "In the south the corresponding circle is crossed by a single listed airport: "
            f"{link(world.airport('UGL'))}.",
        ],
        counted=f"Counted: airports above {ARCTIC_CIRCLE} degrees north, and below the same degree south.",
        tags=("airports", "Arctic", "rankings"),
        picture=polar_dots(
            "arctic",
            world.airports,
            alt="Map looking down on the North Pole, a dot for every airport and a dashed ring for the Arctic Circle.",
            caption="Airports of the north, seen from above the pole; the dashed ring is the Arctic Circle.",
        ),
        series="Ends of the map",
    )


def antarctica(world: World) -> Story:
    rows = sorted((row for row in world.airports if row["countries"] == ["AQ"]), key=lambda row: row["lat"])
    inland, coastal = rows
    return write(
        f"A continent with {spelled(len(rows))} airports",
        section=POLAR,
        at="2016-01-20 10:00",
        by=PLACES,
        lead=(
            f"{place('AQ')} is larger than Europe, and the directory lists {spelled(len(rows))} airports for it: "
            f"{listed(links(rows))}."
        ),
        body=[
            f"They are {n(distance_km(inland, coastal))} kilometres apart. {link(inland)} says in its name what it "
            "is made of: "
            f"blue ice, at {latitude(inland)}. {link(coastal)} is on an island off the tip that points to South "
            "America, at "
            f"{latitude(coastal)}.",
            f"The clocks of both follow {inland['timezone'].replace('_', ' ')}. Where all "
            "meridians meet, a time zone is a matter of agreement: one keeps the time of those who bring the supplies.",
            f"The entries are from the same source as all other airports, and both carry codes of Chile's kind, "
            f"{inland['icao']} and {coastal['icao']}.",
            PullQuote("It says in its name what it is made of."),
            f"By comparison, {place('GL')}, which has ice of its own, lists {n(world.airport_countries['GL'])}.",
        ],
        counted="Counted: airports in Antarctica and Greenland; the distance between two of them.",
        tags=("Antarctica", "airports"),
        picture=scene(
            "antarctica",
            "ice",
            alt=(
                "Drawing of pale blue ice ridges under a low sun, with a straight runway of markers "
                "leading to the horizon."
            ),
            caption="Blue ice, from imagination.",
        ),
        series="Ends of the map",
    )


def papua_new_guinea(world: World) -> Story:
    rows = [row for row in world.airports if row["countries"] == ["PG"]]
    fewer = [code for code in ("DE", "MX", "ZA", "TR", "IT", "ES") if world.airport_countries[code] < len(rows)]
    return write(
        f"Papua New Guinea lists {n(len(rows))} airports, more than Germany",
        section=OCEANIA,
        at="2020-09-16 07:55",
        by=TRANSPORT,
        lead=(
            f"{place('PG')} has {n(len(rows))} listed airports. That is more than "
            f"{listed([f'{place(code)} ({n(world.airport_countries[code])})' for code in fewer])} can show."
        ),
        body=[
            "Hardly anything else in the directory is from there: airports are "
            f"{per_cent(len(rows), world.countries['PG'])} of "
            "the country's listings. In Germany they are "
            f"{per_cent(world.airport_countries['DE'], world.countries['DE'])}.",
            f"{place('AU')}, across the strait, has {n(world.airport_countries['AU'])}, and in the whole of Oceania "
            "there are "
            f"{n(world.count('Airports', 'Oceania'))}.",
            "The names are short and of many languages: "
            f"{listed(links(first_by(rows, lambda row: len(row['name']), 5)))} are "
            "among the shortest.",
            PullQuote("A country in which the list of airports is very nearly the list."),
            "It would be wrong to read wealth into such a number, or poverty. It tells of valleys that are better "
            "reached "
            "from above, and of a source that has looked there closely.",
        ],
        counted="Counted: airports and all listings by country.",
        tags=("airports", "Papua New Guinea", "rankings"),
        series="The airport counts",
    )


def one_airport(world: World) -> Story:
    single = sorted((code for code, number in world.airport_countries.items() if number == 1), key=country_name)
    rows = {row["countries"][0]: row for row in world.airports if row["countries"][0] in single}
    shown = [code for code in ("LU", "MT", "BH", "BN", "FO", "NR", "TV", "HK") if code in rows]
    return write(
        f"{n(len(single))} countries and territories with just one airport",
        section=WORLD,
        at="2022-02-14 06:30",
        by=PLACES,
        lead=(
            f"In {n(len(single))} countries and territories of the directory nobody needs to ask which airport is "
            "meant."
        ),
        body=[
            f"They are {listed([in_country(code) for code in single])}.",
            Heading("Small, but not always"),
            "Most are islands, and small. Some are small without being islands, and a few are neither poor in "
            "flights nor in "
            "people: the one airport of "
            f"{place('HK')} is {link(rows['HK'])}.",
            Bullets(tuple(f"{country_name(code)}: {link(rows[code])}" for code in shown)),
            "One listed airport does not mean one airfield. The list counts places with a code for tickets, and a "
            "second strip "
            "without one is not in it.",
            f"At the other end is {place(top(world.airport_countries, 1)[0][0])}, where the question which airport "
            "is meant has "
            f"{n(top(world.airport_countries, 1)[0][1])} answers.",
        ],
        counted="Counted: countries by the number of their airports.",
        tags=("airports", "countries", "islands"),
        series="The airport counts",
    )


def no_airport(world: World) -> Story:
    without = sorted((code for code in world.countries if code not in world.airport_countries), key=country_name)
    return write(
        "Where the directory has shops but no airport",
        section=EUROPE,
        at="2021-08-26 07:10",
        by=PLACES,
        lead=(
            f"{spelled(len(without)).capitalize()} countries and territories have listings of some kind, but no "
            "airport among "
            "them."
        ),
        body=[
            f"They are {listed([in_country(code) for code in without])}.",
            "Four are small states of Europe, and have airports of their neighbours within a short drive. "
            f"{place('AD')} has {n(world.countries['AD'])} listings all the same, {place('LI')} "
            f"{n(world.countries['LI'])}, "
            f"{place('MC')} {n(world.countries['MC'])} and {place('SM')} {n(world.countries['SM'])}.",
            f"Two are in the list by a habit of the source. Puerto Rico's airports are filed under {place('US')}, and "
            f"{link(world.airport('MHQ'))}, which is on the Åland Islands, under {place('FI')}. Their shops are "
            "filed under "
            "their own codes. Both ways are in use in the world; it is only when the two sources meet that the seam "
            "shows.",
            PullQuote("It is only when two sources meet that the seam shows."),
            "A directory that mended such things in silence would be neater and less honest. We show the codes as "
            "they came "
            "and say so here.",
        ],
        counted="Compared: countries of all listings with those of airports.",
        tags=("countries", "airports", "how we work"),
    )


def school_districts(world: World) -> Story:
    schools = world.under("Education", "School")
    ranking = top(count_countries(schools), 5)
    districts = [row for row in schools if row.get("countries") == ["PH"] and "District" in row["name"]]
    return write(
        f"The Philippines, district by district: {n(ranking[0][1])} names for one country's schools",
        section=ASIA,
        at="2024-06-10 06:45",
        by=DATA,
        lead=(
            f"Those who run schools make up {n(len(schools))} listings, and {n(ranking[0][1])} of them, "
            f"{per_cent(ranking[0][1], len(schools))}, are in {place('PH')}."
        ),
        body=[
            f"{place(ranking[1][0])} comes next with {n(ranking[1][1])}, {place(ranking[2][0])} with "
            f"{n(ranking[2][1])} and "
            f"{place(ranking[3][0])} with {n(ranking[3][1])}.",
            f"{n(len(districts))} of the Philippine names contain the word District. Many of "
            "them come in families: an East and a West of the same town, a North and a South, or a row numbered in "
            "Roman "
            "figures.",
            f"Examples, picked by the alphabet: {listed(links(sorted(districts, key=lambda row: row['name'])[:4]))}.",
            "Somebody must have sat down and entered them all. A name index is made by people, and every so often "
            "one of them "
            "decides that a thing should be complete.",
            PullQuote("Every so often somebody decides that a thing should be complete."),
            f"All {n(len(schools))} stand in the category {category('Education', 'School')}.",
        ],
        counted="Counted: listings in the category School, by country and by a word in their names.",
        tags=("schools", "Philippines", "education"),
    )


def southern_africa(world: World) -> Story:
    by_country: dict[str, set[str]] = defaultdict(set)
    for row in world.names:
        for code in row.get("countries", []):
            by_country[code].add(row["id"])
    neighbours = ["NA", "BW", "SZ", "LS", "ZM", "MZ", "ZW"]
    shared = {code: len(by_country[code] & by_country["ZA"]) for code in neighbours}
    return write(
        "South of the Zambezi, the same signs over the shops",
        section=AFRICA,
        at="2022-09-05 07:35",
        by=BUSINESS,
        lead=(
            f"Of the {n(len(by_country['NA']))} names listed in {place('NA')}, airports left aside, "
            f"{n(shared['NA'])} are found "
            f"in {place('ZA')} too."
        ),
        body=[
            f"It is much the same in {place('BW')}, with {n(shared['BW'])} of {n(len(by_country['BW']))}, in "
            f"{place('SZ')}, with "
            f"{n(shared['SZ'])} of {n(len(by_country['SZ']))}, and in {place('LS')}, with {n(shared['LS'])} of "
            f"{n(len(by_country['LS']))}.",
            Table(
                "Names shared with South Africa",
                (
                    ("Country", "Names", "Also in South Africa", "Share"),
                    *(
                        (
                            country_name(code),
                            n(len(by_country[code])),
                            n(shared[code]),
                            per_cent(shared[code], len(by_country[code])),
                        )
                        for code in neighbours
                    ),
                ),
            ),
            f"Further north the share falls: {place('KE')} has {n(len(by_country['KE'] & by_country['ZA']))} such "
            "names of "
            f"{n(len(by_country['KE']))}, {place('NG')} {n(len(by_country['NG'] & by_country['ZA']))} of "
            f"{n(len(by_country['NG']))}.",
            "The index does not say where a name began, only where it is found. But a country of a few million with "
            "a hundred "
            "names, nine in ten of them shared with one neighbour, tells its own story of who does business where.",
            PullQuote("The index does not say where a name began, only where it is found."),
        ],
        counted="Counted: names other than airports by country, and how many are listed in South Africa too.",
        tags=("South Africa", "Namibia", "shops", "borders"),
    )


def ghana_fuel(world: World) -> Story:
    rows = world.under("Motoring and cycling", "Gas Station")
    ghana = sorted((row for row in rows if "GH" in row.get("countries", [])), key=lambda row: row["name"])
    own = [row for row in ghana if row["countries"] == ["GH"]]
    ranking = top(count_countries(rows), 8)
    return write(
        f"Ghana fills up under {spelled(len(ghana))} names",
        section=AFRICA,
        at="2025-02-11 06:50",
        by=BUSINESS,
        lead=(
            f"In the list of filling stations {place('GH')} stands eighth in the world, with {n(len(ghana))} names, "
            "level with "
            f"{place('ES')}."
        ),
        body=[
            f"{n(len(own))} of them are found nowhere else: {listed(links(own))}.",
            f"The table is led by {place(ranking[0][0])} with {n(ranking[0][1])} names, {place(ranking[1][0])} with "
            f"{n(ranking[1][1])}, and {place(ranking[2][0])} and {place(ranking[3][0])} with {n(ranking[2][1])} each.",
            "Names, it must be said once more, are not pumps. A country with three chains may have more stations "
            "than one with "
            "thirty. What many names do show is that many have tried.",
            PullQuote("Many names show that many have tried."),
            f"The category is called {category('Motoring and cycling', 'Gas Station')} here, after the source. Readers "
            "who say filling station will find that word in the descriptions.",
        ],
        counted="Counted: listings in the category Gas Station, by country.",
        tags=("Ghana", "fuel", "rankings"),
    )


def cable_car(world: World) -> Story:
    row = world.named("Mi Teleférico")
    singles = sorted(path for path, number in world.branches.items() if number == 1 and path[0] == "Public transport")
    return write(
        "One network hangs from a rope, and it is Bolivia's",
        section=AMERICAS,
        at="2019-10-29 08:20",
        by=TRANSPORT,
        lead=(
            f"Among {n(world.count('Public transport'))} names in public transport there is a single network of "
            "cable cars: "
            f"{link(row)}, in {place('BO')}."
        ),
        body=[
            f"It has the category {category('Public transport', 'Cable car')} to itself. Cable cars that carry "
            "skiers up a slope "
            "are not in the list; this one carries people to work, as a tram would, and is listed as a tram would be.",
            f"Its Wikidata id is {row['wikidata']}."
            + (f" Its own site is at {row['website']}." if row.get("website") else ""),
            f"{spelled(len(singles)).capitalize()} categories of public transport have one member only. The other is "
            "the "
            f"{category('Public transport', 'Walking bus', words='walking bus')}.",
            PullQuote("Listed as a tram would be, because it does what a tram does."),
            "In the tree of categories a thing that exists only once has a place of its own all the same, since the "
            "next one may be "
            "under construction.",
            f"Bolivia has {n(world.countries['BO'])} listings in all, {n(world.airport_countries['BO'])} of them "
            "airports.",
        ],
        counted="Counted: categories of public transport with one listing; listings of Bolivia.",
        tags=("Bolivia", "public transport", "oddities"),
    )


def shared_everywhere(world: World) -> Story:
    ranking = furthest(world.names, lambda row: len(row.get("countries", [])), 10)
    single = sum(len(row.get("countries", [])) == 1 for row in world.names)
    many = sum(len(row.get("countries", [])) >= 20 for row in world.names)
    return write(
        "Scouts and insurers: the names found in the most countries",
        section=WORLD,
        at="2025-07-08 06:10",
        by=BUSINESS,
        lead=(
            f"Two names share the top of the table of countries: {link(ranking[0])} and {link(ranking[1])} are each "
            "listed in "
            f"{n(len(ranking[0]['countries']))}."
        ),
        body=[
            "One is a scout movement, the other an insurer. It would be hard to think of two more different reasons "
            "to be "
            "everywhere.",
            f"{link(ranking[2])} comes third with {n(len(ranking[2]['countries']))} countries, {link(ranking[3])} "
            "fourth with "
            f"{n(len(ranking[3]['countries']))} and {link(ranking[4])} fifth with {n(len(ranking[4]['countries']))}.",
            f"They are the exception. {n(single)} names, {per_cent(single, len(world.names))} of all that are not "
            "airports, are "
            f"listed in one country only, and no more than {n(many)} in twenty or more.",
            Table(
                "Names listed in the most countries",
                (
                    ("Name", "Countries", "Categories"),
                    *((row["name"], n(len(row["countries"])), n(len(row["categories"]))) for row in ranking),
                ),
            ),
            f"A further {n(sum(bool(row.get('worldwide')) for row in world.names))} names are marked as found "
            "worldwide, most of "
            "them without a list of countries. They would lead the table if worldwide were a number.",
        ],
        counted="Counted: countries of every name other than airports.",
        tags=("brands", "countries", "rankings"),
        picture=bars(
            "most-countries",
            "Names by number of countries",
            [
                (row["name"].split()[0] if not row["name"].isascii() else row["name"], len(row["countries"]))
                for row in ranking[:8]
            ],
            caption="Countries in which each name is listed.",
        ),
    )


def continents(world: World) -> Story:
    children = world.children("Airports")
    ranking = top(children, 7)
    return write(
        "Seven continents, and the airports of each",
        section=WORLD,
        at="2020-04-06 06:00",
        by=DATA,
        lead=(
            f"The branch {category('Airports')} of the directory divides into {spelled(len(children))} continents. "
            f"{ranking[0][0]} has more than a third of all."
        ),
        body=[
            Table(
                "Airports by continent",
                (("Continent", "Airports"), *((name, n(number)) for name, number in ranking)),
            ),
            f"{ranking[1][0]} follows with {n(ranking[1][1])}. {ranking[2][0]}, third, and {ranking[3][0]}, fourth, "
            "are close: "
            f"{n(ranking[2][1])} to {n(ranking[3][1])}.",
            "Each continent divides again into its countries, but only where a country has at least a handful. The "
            "others stay "
            "with the continent, so that nobody has to open a drawer for a single card.",
            PullQuote("Nobody should have to open a drawer for a single card."),
            f"In all the tree of categories has {n(len(world.branches))} nodes. The airports take "
            f"{n(sum(path[0] == 'Airports' for path in world.branches))} of them.",
        ],
        counted="Counted: listings under each continent in the branch Airports; nodes of the tree.",
        tags=("airports", "continents", "rankings"),
        picture=bars(
            "continents",
            "Airports by continent",
            ranking[:6],
            caption="Airports by continent; Antarctica's two would not be visible.",
        ),
        series="The airport counts",
    )


def norway_long(world: World) -> Story:
    rows = [row for row in world.airports if row["countries"] == ["NO"]]
    one, two = longest(rows)
    british = longest([row for row in world.airports if row["countries"] == ["GB"]])
    french = longest([row for row in world.airports if row["countries"] == ["FR"]])
    return write(
        f"Norway is {n(distance_km(one, two))} kilometres long, airport to airport",
        section=EUROPE,
        at="2017-05-17 09:00",
        by=PLACES,
        lead=(
            f"The two airports of {place('NO')} that lie furthest apart are {link(one)} and {link(two)}: "
            f"{n(distance_km(one, two))} kilometres."
        ),
        body=[
            f"That is further than from one end of {place('FR')} to the other, where {link(french[0])} and "
            f"{link(french[1])} are "
            f"{n(distance_km(*french))} kilometres apart, and very much further than in {place('GB')}: from "
            f"{link(british[0])} to {link(british[1])} is {n(distance_km(*british))}.",
            "The measure is fairer than it looks. It takes no notice of coasts and corners, only of places where an "
            "aeroplane "
            "can come down, and every country is measured with the same stick.",
            f"It does count islands. Without Svalbard the figure for Norway would be "
            f"{n(distance_km(*longest([row for row in rows if row.get('region') != 'Svalbard'])))}.",
            PullQuote("Every country is measured with the same stick."),
            f"{n(len(rows))} Norwegian airports are in the list. "
            f"{n(sum(row['lat'] > ARCTIC_CIRCLE for row in rows))} of them lie north of the Arctic Circle.",
        ],
        counted="Counted: the greatest distance between two airports of a country, for each of three.",
        tags=("Norway", "airports", "distances"),
        picture=country_dots(
            "norway",
            rows,
            alt="Map of Norway made of its airports, from the south coast to the islands of Svalbard.",
            caption="The listed airports of Norway.",
        ),
        series="Ends of the map",
    )


def longest(rows: list[Row]) -> tuple[Row, Row]:
    """The two rows furthest from each other."""
    pairs = ((one, two) for index, one in enumerate(rows) for two in rows[index + 1 :])
    return max(pairs, key=lambda pair: distance_km(*pair))


STORIES: tuple[StoryMaker, ...] = (
    korea,
    most_listings,
    neighbours_goma,
    neighbours_tijuana,
    fiji,
    arctic,
    antarctica,
    papua_new_guinea,
    one_airport,
    no_airport,
    school_districts,
    southern_africa,
    ghana_fuel,
    cable_car,
    shared_everywhere,
    continents,
    norway_long,
)
