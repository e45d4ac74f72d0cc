"""Transport: airports and their codes, buses, trams, ferries and bicycles."""

from collections import Counter

from gazetteer.ops.demo.forms import Bullets, Heading, PullQuote, Story, Table
from gazetteer.ops.demo.names import country_name, in_country, listed, spelled
from gazetteer.ops.demo.pictures.specs import bars, board, scene, share, two_places, world_dots
from gazetteer.ops.demo.stories.writing import (
    LANGUAGE,
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
from gazetteer.ops.demo.world import World, count_countries, distance_km, first_by, furthest, top

AIRPORTS = ("Transport", "Airports")
GROUND = ("Transport", "Rail, Road and Water")


def most_airports(world: World) -> Story:
    ranking = top(world.airport_countries, 10)
    (first, most), (second, next_most) = ranking[:2]
    total = len(world.airports)
    return write(
        f"One airport in four on our list is in {in_country(first)}",
        section=AIRPORTS,
        at="2026-03-02 06:30",
        by=TRANSPORT,
        lead=(
            f"Of the {n(total)} airports in this directory, {n(most)} stand under the flag of {place(first)}: "
            f"{per_cent(most, total)} of the whole world, and more than the next four countries together."
        ),
        body=[
            f"{place(second)} comes second with {n(next_most)}, "
            f"{place(ranking[2][0])} third with {n(ranking[2][1])} and {place(ranking[3][0])} fourth with "
            f"{n(ranking[3][1])}. Then the numbers fall away: the tenth place, held by {place(ranking[9][0])}, "
            f"takes no more than {n(ranking[9][1])}.",
            "The list counts places that carry both an international code of three letters and a longer one for flight "
            "plans. A grass strip with neither is not in it, however many crops are dusted from it. Nor does a count "
            "of "
            "names say anything about traffic: an airstrip with one visitor a week weighs as much as a hub.",
            "The source files overseas territories by its own rules. Puerto Rico's airports, for one, are counted here "
            "under the United States, because that is how their rows arrive.",
            Table(
                "Airports in the directory, by country",
                (
                    ("Country", "Airports", "Share"),
                    *((country_name(code), n(number), f"{100 * number / total:.1f}%") for code, number in ranking),
                ),
            ),
        ],
        counted="Counted: listings with an airport code, by country.",
        tags=("airports", "rankings", "United States"),
        picture=bars(
            "most-airports",
            "Airports in the directory, by country",
            [(country_name(code), number) for code, number in ranking],
            caption="The ten countries with the most listed airports.",
        ),
        series="The airport counts",
    )


def alaska(world: World) -> Story:
    regions = Counter(row.get("region", "") for row in world.airports if row["countries"] == ["US"])
    (first, most), (second, next_most), (third, third_most) = top(regions, 3)
    busier = [code for code, number in world.airport_countries.items() if number > most]
    lit = [row for row in world.airports if row.get("region") == first and row["countries"] == ["US"]]
    return write(
        f"{first} would rank fifth among the world's countries for airports",
        section=("World News", "Americas"),
        at="2024-01-18 08:10",
        by=(TRANSPORT, PLACES),
        lead=(
            f"{first} lists {n(most)} airports. If it were a country, only {spelled(len(busier))} countries would "
            "have more, and one of those is the country that it belongs to."
        ),
        body=[
            f"The state that follows it, {second}, has {n(next_most)}, and {third} has {n(third_most)}. "
            f"Together the two still fall short of {first}'s figure.",
            f"The countries ahead are {listed([place(code) for code in sorted(busier, key=country_name)])}. "
            f"{n(sum(row['lat'] > 66.5636 for row in lit))} of the {first} airports lie north of the Arctic Circle.",
            PullQuote("Where there is no road, the runway is the road."),
            "Many of the names on the list are those of small settlements: "
            f"{listed(links([world.airport(code) for code in ('WOW', 'SHX', 'YAK', 'KKU')]))} are four of them. "
            "Some airports stand almost on each other's doorstep. The strips at "
            f"{link(world.airport('KKU'))} and {link(world.airport('CLP'))} are "
            f"{distance_km(world.airport('KKU'), world.airport('CLP')):.1f} kilometres apart, as the crow flies.",
            "As always with these counts, what is measured is the list. It holds airports that have a code for "
            "tickets and "
            "luggage, and in Alaska a good many very small ones do.",
        ],
        counted="Counted: airports by region, and by country.",
        tags=("airports", "Alaska", "rankings"),
        picture=world_dots(
            "alaska",
            world.airports,
            lit,
            alt="World map made of airport dots, the dots of Alaska shining in the far north-west.",
            caption=f"Every dot is a listed airport; the {n(most)} of {first} are lit.",
        ),
        series="The airport counts",
    )


def ends_of_the_earth(world: World) -> Story:
    north, runner_up = furthest(world.airports, lambda row: row["lat"], 2)
    south, next_south, third_south = first_by(world.airports, lambda row: row["lat"], 3)
    return write(
        "From Alert to the blue ice: the airports nearest the poles",
        section=AIRPORTS,
        at="2026-09-18 07:00",
        by=TRANSPORT,
        lead=(
            f"The northernmost airport in the directory is {link(north)} in {place('CA')}, at {latitude(north)}. "
            f"The southernmost is {link(south)} in {place('AQ')}, at {latitude(south)}."
        ),
        body=[
            f"From one to the other is {n(distance_km(north, south))} kilometres along the surface of the earth, "
            "which is "
            "not far short of the longest distance that can be flown before one begins to come back: half the way "
            "round "
            "the planet is about 20,015.",
            f"{link(runner_up)}, also in Canada, is next in the north at {latitude(runner_up)}. In the south the "
            "second "
            f"place goes to {link(next_south)}, which the list puts on Isla Rey Jorge. Its {latitude(next_south)} "
            "would "
            "make a decent address for a Norwegian town if the sign were turned round.",
            f"Leave the ice, and the southernmost airport becomes {link(third_south)} in {place('CL')}, at "
            f"{latitude(third_south)}; {link(world.airport('USH'))} in {place('AR')} is a few minutes of latitude "
            "behind.",
            Bullets(
                tuple(
                    f"{link(row)} ({row['iata']}): {latitude(row)}"
                    for row in furthest(world.airports, lambda row: row["lat"], 4)
                )
            ),
            "The two ends of the table are not of equal weight. The far north has settlements, weather stations and a "
            "coast to serve. The far south has a runway on a glacier.",
        ],
        counted=(
            "Counted: the greatest and least latitudes of all airports; distance on a sphere of 6,371 "
            "kilometres radius."
        ),
        tags=("airports", "Arctic", "Antarctica", "extremes"),
        picture=world_dots(
            "ends-of-the-earth",
            world.airports,
            [north, south],
            alt="World map made of airport dots with one dot marked far in the north and one far in the south.",
            caption=f"{north['name']} and {south['name']}, the two ends of the list.",
            labels=True,
        ),
        series="Ends of the map",
    )


def equator(world: World) -> Story:
    nearest = first_by(world.airports, lambda row: abs(row["lat"]), 6)
    within = sum(abs(row["lat"]) <= 1 for row in world.airports)
    first = nearest[0]
    return write(
        "The runway nearest the equator is in the Republic of the Congo",
        section=AIRPORTS,
        at="2021-03-20 09:37",
        by=TRANSPORT,
        lead=(
            f"{link(first)} is {abs(first['lat']) * 111.2:.1f} kilometres from the line that divides the north of the "
            f"world from the south. No other of the {n(len(world.airports))} airports in the directory comes closer."
        ),
        body=[
            f"{link(nearest[1])}, in the country across the river, is second at {abs(nearest[1]['lat']) * 111.2:.1f} "
            f"kilometres, {link(nearest[2])} in {place('UG')} third at {abs(nearest[2]['lat']) * 111.2:.1f}.",
            f"The band one degree either side of the equator holds {n(within)} listed airports. It crosses Africa, "
            "South "
            "America and the islands of Indonesia, and for the greater part of its length there is only water under "
            "it.",
            Table(
                "The six airports nearest the equator",
                (
                    ("Airport", "Country", "Latitude"),
                    *((row["name"], country_name(row["countries"][0]), latitude(row, 3)) for row in nearest),
                ),
            ),
            "A degree of latitude is about 111 kilometres, so the third decimal of a position is worth a hundred "
            "metres. "
            "At that scale it begins to matter which point of an airport is meant, and the list does not say.",
        ],
        counted="Counted: the least distances of latitude from zero, at 111.2 kilometres to the degree.",
        tags=("airports", "equator", "extremes"),
        series="Ends of the map",
    )


def meridian(world: World) -> Story:
    nearest = first_by(world.airports, lambda row: abs(row["lon"]), 6)
    west = sum(row["lon"] < 0 for row in world.airports)
    english = [row for row in nearest if row["countries"] == ["GB"]]
    return write(
        "Gao, in Mali, keeps closest to the line of Greenwich",
        section=AIRPORTS,
        at="2018-10-22 07:15",
        by=PLACES,
        lead=(
            "The meridian of Greenwich is a London line by name, but the airport that lies nearest to it is "
            f"{link(nearest[0])}, in {place('ML')}."
        ),
        body=[
            f"Its longitude is {longitude(nearest[0], 4)}. {link(nearest[1])} in {place('FR')} follows at "
            f"{longitude(nearest[1], 4)}, and only then comes the city that gave the line its name: "
            f"{link(english[0])}, at {longitude(english[0], 4)}.",
            f"{link(world.airport('LCY'))} is a little further out, at {longitude(world.airport('LCY'), 4)}.",
            Bullets(tuple(f"{link(row)}: {longitude(row, 4)}" for row in nearest), ordered=True),
            f"The line divides the list almost evenly. West of it lie {n(west)} airports, "
            f"{per_cent(west, len(world.airports))} "
            f"of the whole; east of it {n(len(world.airports) - west)}. North and south are another matter, as the "
            "equator "
            "has most of the land, and most of the airports, on one side.",
        ],
        counted="Counted: longitudes nearest to zero, and their signs.",
        tags=("airports", "Greenwich", "extremes"),
        series="Ends of the map",
    )


def loneliest(world: World) -> Story:
    lone = world.airport("IPC")
    neighbour = min((row for row in world.airports if row is not lone), key=lambda row: distance_km(lone, row))
    away = distance_km(lone, neighbour)
    others = [("MDY", "BKH"), ("HLE", "ASI"), ("MUS", "IWO"), ("AWK", "KWA"), ("BDA", "HNC")]
    return write(
        f"The loneliest airport: {n(away)} kilometres to the next runway",
        section=AIRPORTS,
        at="2022-08-09 06:50",
        by=(TRANSPORT, PLACES),
        lead=(
            f"From {link(lone)} on Isla de Pascua, which English maps call Easter Island, the nearest airport in the "
            f"directory is {link(neighbour)} in {place('PF')}, {n(away)} kilometres to the west."
        ),
        body=[
            "No other listed airport has its closest neighbour so far away, and what lies between the two is very "
            "nearly all ocean.",
            f"The runway on the ice of Antarctica, {link(world.airport('UGL'))}, comes second: "
            f"{n(distance_km(world.airport('UGL'), world.airport('TNM')))} kilometres separate it from its "
            "neighbour, which "
            "is in Antarctica too.",
            Heading("Others with no one next door"),
            Bullets(
                tuple(
                    f"{link(world.airport(one))}: {n(distance_km(world.airport(one), world.airport(two)))} "
                    "kilometres to "
                    f"{link(world.airport(two))}"
                    for one, two in others
                )
            ),
            "Two of these share their solitude. Saint Helena and Ascension are each other's nearest airport, so each "
            "is "
            "exactly as lonely as the other.",
            PullQuote("Each is the other's nearest neighbour, and neither could be called near."),
        ],
        counted="Counted: for every airport the great-circle distance to the nearest other one.",
        tags=("airports", "islands", "extremes", "Easter Island"),
        picture=world_dots(
            "loneliest-airport",
            world.airports,
            [lone, neighbour],
            alt="World map made of airport dots; two dots in the empty South Pacific are marked and joined.",
            caption=f"{lone['name']} and the airport nearest to it.",
            labels=True,
            joined=True,
        ),
        series="Ends of the map",
    )


def triple_letters(world: World) -> Story:
    triples = sorted(row["iata"] for row in world.airports if len(set(row["iata"])) == 1)
    missing = sorted(set("ABCDEFGHIJKLMNOPQRSTUVWXYZ") - {code[0] for code in triples})
    return write(
        f"AAA to YYY: {spelled(len(triples))} airports that say one letter three times",
        section=AIRPORTS,
        at="2016-02-29 08:00",
        by=LANGUAGE,
        lead=(
            f"Twenty-six codes could be made of a single letter. {n(len(triples))} of them are on the map, from "
            f"{link(world.airport('AAA'))} in {place('PF')} to {link(world.airport('YYY'))} in {place('CA')}."
        ),
        body=[
            Table(
                "Codes of one letter",
                (
                    ("Code", "Airport", "Country"),
                    *(
                        (code, world.airport(code)["name"], country_name(world.airport(code)["countries"][0]))
                        for code in triples
                    ),
                ),
            ),
            f"The letters without such an airport in the directory are {listed(missing)}.",
            f"Anaa has the best of it: {link(world.airport('AAA'))} not only opens every alphabetical list of "
            "airports, its "
            "code is also what remains of its name when the N is taken out.",
            "Three letters allow 17,576 codes. "
            f"The {n(len(world.airports))} airports of the directory use {per_cent(len(world.by_iata), 26**3)} of "
            "them, and "
            "no code is used twice: it is the one thing about an airport that must never be shared, since luggage is "
            "sent "
            "by it.",
        ],
        counted="Counted: three-letter codes made of one letter.",
        tags=("airports", "codes", "letters"),
        picture=board("triple-letters", triples, "The codes of one letter, in alphabetical order."),
        series="Codes and letters",
    )


WORDS = ("YES", "FUN", "SUN", "SEA", "PIE", "TEA", "INN", "PUB", "OLD", "NEW", "RED", "BIG")


def word_codes(world: World) -> Story:
    rows = [world.airport(code) for code in WORDS]
    return write(
        "Say YES: the airport codes that spell a word",
        section=AIRPORTS,
        at="2017-04-01 07:30",
        by=LANGUAGE,
        lead=(
            "An airport code is not meant to be read aloud, but chance has given some of them a meaning. "
            f"{link(world.airport('YES'))} in {place('IR')} is YES; {link(world.airport('OUI'))} in {place('LA')} "
            "agrees in "
            "French."
        ),
        body=[
            "A traveller in search of refreshment can find an "
            f"INN ({link(world.airport('INN'))}), a PUB ({link(world.airport('PUB'))}), a PIE "
            f"({link(world.airport('PIE'))}) and a cup of TEA ({link(world.airport('TEA'))}), with a CUP to put it in "
            f"({link(world.airport('CUP'))}).",
            f"There is SUN at {link(world.airport('SUN'))} and SEA at {link(world.airport('SEA'))}, and no SKY, as "
            "far as this "
            f"directory knows. For a family outing, {link(world.airport('MUM'))} in {place('MV')} and "
            f"{link(world.airport('DAD'))} in {place('VN')} are ready, and their SON is "
            f"{link(world.airport('SON'))} in {place('VU')}. FUN is to be had in {place('TV')}, at "
            f"{link(world.airport('FUN'))}.",
            PullQuote("MUM is in the Maldives, DAD in Vietnam, and their SON in Vanuatu."),
            "Some airports would perhaps rather have been given other letters. "
            f"{link(world.airport('SAD'))}, {link(world.airport('BAD'))} and {link(world.airport('FAT'))}, all three "
            "in the "
            "United States, carry on regardless.",
            Bullets(tuple(f"{row['iata']}: {link(row)}, {in_country(row['countries'][0])}" for row in rows)),
        ],
        counted="Looked up: English words of three letters among the codes of all airports.",
        tags=("airports", "codes", "letters", "oddities"),
        picture=board("word-codes", list(WORDS), "Twelve codes that can be read as words."),
        series="Codes and letters",
    )


def palindromes(world: World) -> Story:
    codes = sorted(world.by_iata)
    mirrored = [code for code in codes if code[0] == code[2]]
    pairs = [code for code in codes if code < code[::-1] and code[::-1] in world.by_iata]
    vowels = [code for code in codes if set(code) <= set("AEIOU")]
    return write(
        f"{n(len(mirrored))} airports keep their code in the mirror",
        section=AIRPORTS,
        at="2020-02-02 10:20",
        by=LANGUAGE,
        lead=(
            f"Read backwards, {n(len(mirrored))} of the {n(len(codes))} airport codes in the directory stay what "
            "they were. "
            "That is almost exactly the one in 26 that chance would give."
        ),
        body=[
            f"A three-letter code reads the same from both ends when its first letter is its last. "
            f"{n(len(codes))} divided by 26 is {len(codes) / 26:.0f}; the count is {n(len(mirrored))}, so the hands "
            "that gave "
            "out the codes neither sought such symmetry nor shunned it.",
            f"More travel lies in the codes that turn into another airport. There are {n(len(pairs))} such pairs. "
            f"{link(world.airport('DEL'))} in {place('IN')} becomes {link(world.airport('LED'))} in {place('RU')}.",
            Heading("All song, no consonants"),
            f"Some codes have nothing but vowels. There are {n(len(vowels))} of these, among them "
            f"{listed([f'{code} ({link(world.airport(code))})' for code in ('EUA', 'OUA', 'UIO', 'AUA', 'IOU')])}. "
            "The last is also what a borrower signs.",
            "Codes with no vowel at all are far more common: "
            f"{n(sum(not set(code) & set('AEIOU') for code in codes))} of them, or "
            f"{per_cent(sum(not set(code) & set('AEIOU') for code in codes), len(codes))}, if Y is taken for a "
            "consonant.",
        ],
        counted="Counted: codes whose first and third letters agree, pairs of mirrored codes, codes by their vowels.",
        tags=("airports", "codes", "letters"),
        series="Codes and letters",
    )


def first_letters(world: World) -> Story:
    letters = Counter(row["iata"][0] for row in world.airports)
    ranking = top(letters, 26)
    (first, most), (last, least) = ranking[0], ranking[-1]
    return write(
        f"{first} opens the most airport codes, {last} the fewest",
        section=AIRPORTS,
        at="2019-09-12 06:40",
        by=LANGUAGE,
        lead=(
            f"Of {n(len(world.airports))} airport codes, {n(most)} begin with {first}. {last} comes last of "
            f"the {spelled(len(ranking))} letters in use, with {n(least)}."
        ),
        body=[
            f"After {first} come {ranking[1][0]} with {n(ranking[1][1])}, {ranking[2][0]} with {n(ranking[2][1])} and "
            f"{ranking[3][0]} with {n(ranking[3][1])}. Letters that open many names of places open many codes.",
            f"Two letters are out of their natural place. Y, a rare beginning for a name in most languages, opens "
            f"{n(letters['Y'])} codes, and "
            f"{n(sum(row['countries'] == ['CA'] for row in world.airports if row['iata'][0] == 'Y'))} "
            f"of those airports are in {place('CA')}. And K, with {n(letters['K'])}, runs ahead of G.",
            "Every letter of the alphabet opens at least a few dozen codes.",
            PullQuote(f"Look under {first} first."),
            f"Rare letters have their uses. An airport that begins with {last} is seldom mistaken for another: "
            f"{listed(links([row for row in world.airports if row['iata'][0] == last][:4]))} are safe from confusion "
            "with "
            "almost everybody.",
        ],
        counted="Counted: first letters of three-letter codes.",
        tags=("airports", "codes", "letters"),
        picture=bars(
            "first-letters",
            "Airport codes by first letter",
            ranking[:12],
            caption="The twelve commonest first letters of airport codes.",
        ),
        series="Codes and letters",
    )


def canada_y(world: World) -> Story:
    canadian = [row for row in world.airports if row["countries"] == ["CA"]]
    with_y = [row for row in canadian if row["iata"][0] == "Y"]
    same = [row for row in canadian if row["icao"] == "C" + row["iata"]]
    return write(
        f"{n(len(with_y))} of Canada's {n(len(canadian))} airports begin with Y",
        section=("World News", "Americas"),
        at="2017-07-01 11:00",
        by=TRANSPORT,
        lead=(
            f"Toronto is {link(world.airport('YYZ'), 'YYZ')}, Vancouver {link(world.airport('YVR'), 'YVR')}, Montreal "
            f"{link(world.airport('YUL'), 'YUL')}: in {place('CA')}, an airport code that does not begin with Y is the "
            "exception."
        ),
        body=[
            f"The directory lists {n(len(canadian))} Canadian airports, and {n(len(with_y))} of them, "
            f"{per_cent(len(with_y), len(canadian))}, start with that letter. Most of the others begin with Z or X.",
            f"The longer code that pilots use is easy to guess from the short one: put a C in front. It works for "
            f"{n(len(same))} of the {n(len(canadian))}, from {link(same[0])} ({same[0]['icao']}) onwards.",
            "What the Y cannot do is to tell a traveller the place. With the first letter spent, two are left, and "
            "two letters "
            "are not many to remember a town by. YYZ keeps its secret.",
            f"Elsewhere Y is scarce: {n(sum(row['iata'][0] == 'Y' for row in world.airports) - len(with_y))} "
            "airports in all "
            f"the rest of the world have it in front. {link(world.airport('YKS'))} in {place('RU')} and "
            f"{link(world.airport('YIW'))} in {place('CN')} are two that come by it honestly, through their names.",
        ],
        counted="Counted: Canadian airports by the first letter of their code, and codes that differ by a leading C.",
        tags=("airports", "codes", "Canada"),
        picture=share(
            "canada-y",
            len(with_y),
            len(canadian),
            "Canadian airports whose code begins with Y",
            caption=f"{n(len(with_y))} of {n(len(canadian))} Canadian airport codes begin with Y.",
        ),
        series="Codes and letters",
    )


def add_a_k(world: World) -> Story:
    american = [row for row in world.airports if row["countries"] == ["US"]]
    matching = [row for row in american if row["icao"] == "K" + row["iata"]]
    return write(
        "Two codes, one rule: in America, add a K",
        section=AIRPORTS,
        at="2015-11-09 08:25",
        by=TRANSPORT,
        lead=(
            "Every airport in this directory has two codes, one of three letters for passengers and a longer one for "
            "pilots. "
            f"In {place('US')} it is usually enough to know one."
        ),
        body=[
            f"{n(len(matching))} of the {n(len(american))} airports there, {per_cent(len(matching), len(american))}, "
            "have a "
            f"long code that is the short one with a K before it. {link(world.airport('LAX'))} is LAX on the ticket "
            "and "
            f"{world.airport('LAX')['icao']} on the flight plan; {link(world.airport('JFK'))} is JFK and "
            f"{world.airport('JFK')['icao']}.",
            "The rule fails outside the mainland. Alaska's long codes begin with PA, so that "
            f"{link(world.airport('ANC'))} is {world.airport('ANC')['icao']}, and Hawaii's with PH: "
            f"{link(world.airport('HNL'))} is {world.airport('HNL')['icao']}.",
            "Other countries have no such habit. London's largest airport is "
            f"{link(world.airport('LHR'), 'LHR')} to those who fly and {world.airport('LHR')['icao']} to those who "
            "steer, and "
            "nothing in the one suggests the other.",
            "Both codes stand in the directory as names, so a search for either finds the airport.",
        ],
        counted="Counted: airports of the United States whose two codes differ by a leading K.",
        tags=("airports", "codes", "United States"),
        series="Codes and letters",
    )


def cities_with_many(world: World) -> Story:
    cities = Counter(
        (row["city"], row.get("region", ""), row["countries"][0]) for row in world.airports if row.get("city")
    )
    ranking = sorted(cities.items(), key=lambda item: (-item[1], item[0]))[:6]
    london = [row for row in world.airports if row.get("city") == "London" and row["countries"] == ["GB"]]
    return write(
        f"London and Houston share a record: {spelled(ranking[0][1])} airports each",
        section=AIRPORTS,
        at="2023-05-30 07:05",
        by=TRANSPORT,
        lead=(
            f"Two cities have {spelled(ranking[0][1])} listed airports to their name. One is London; the other, less "
            "obvious "
            "one is Houston, in Texas."
        ),
        body=[
            f"London's are {listed(links(london))}.",
            "The list goes by the city that each airport's own entry names, which is sometimes generous. Some of the "
            "airports above are a good way out, and a traveller who books one for the sake of the name may learn the "
            "county "
            "that it is really in.",
            Table(
                "Cities with the most listed airports",
                (
                    ("City", "Country", "Airports"),
                    *((city, country_name(code), str(number)) for (city, _, code), number in ranking),
                ),
            ),
            f"New York has {spelled(cities[('New York', 'New York', 'US')])} under this rule, since the airports "
            "across the "
            "river are entered under their own towns. A count by distance would tell another story; this one tells "
            "what the "
            "names say.",
        ],
        counted="Counted: airports by the city, region and country of their entry.",
        tags=("airports", "London", "Houston", "rankings"),
        series="The airport counts",
    )


def same_names(world: World) -> Story:
    names = Counter(row["name"] for row in world.airports)
    repeated = [name for name, number in names.items() if number > 1]
    (first, most), *_ = top(names, 1)
    rows = sorted((row for row in world.airports if row["name"] == first), key=lambda row: row["iata"])
    return write(
        f"Which {first.removesuffix(' Airport')}? There are {spelled(most)} airports of that name",
        section=AIRPORTS,
        at="2018-06-05 06:55",
        by=LANGUAGE,
        lead=(
            f"Ask for {first} and you may be sent to any of {spelled(most)} places. It is the commonest full name of "
            "an airport "
            "in the directory."
        ),
        body=[
            Bullets(tuple(f"{link(row, row['iata'])}: {in_country(row['countries'][0])}" for row in rows)),
            f"{n(len(repeated))} names are borne by more than one airport. "
            f"{spelled(names['Newcastle Airport']).capitalize()} answer to Newcastle, "
            f"{spelled(names['Columbus Municipal Airport'])} to Columbus Municipal.",
            "This is what the codes are for. A name may be repeated as often as people like to name places after one "
            "another; "
            "the three letters may not.",
            PullQuote("A name may be repeated. Three letters may not."),
            f"{spelled(names['Eureka Airport']).capitalize()} are called Eureka, and could hardly be further apart "
            "in spirit. One is "
            f"{link(world.airport('YEU'))} in {place('CA')}, at {latitude(world.airport('YEU'))}; the other lies in "
            f"{place('US')}.",
        ],
        counted="Counted: airports with the same full name.",
        tags=("airports", "names", "oddities"),
        series="Codes and letters",
    )


def westray(world: World) -> Story:
    one, two = world.airport("WRY"), world.airport("PPW")
    apart = distance_km(one, two)
    return write(
        f"{apart:.1f} kilometres: Westray and Papa Westray, airports within sight",
        section=AIRPORTS,
        at="2016-08-14 09:45",
        by=PLACES,
        lead=(
            f"{link(one)} and {link(two)}, both in Scotland, are {apart:.1f} kilometres apart. On a clear day each "
            "must be "
            "visible from the other."
        ),
        body=[
            "They are among the closest pairs of airports in the directory, and perhaps the most modest. Their "
            "positions are "
            f"{latitude(one, 3)} and {latitude(two, 3)}; a runner in good form could cover the distance in the time "
            "it takes to "
            "board a large aircraft, if there were not sea in between.",
            "Other neighbours in the list are near each other for other reasons: an air base beside a city's "
            "airport, two "
            "makers' airfields in one town, or a border.",
            Bullets(
                tuple(
                    f"{link(world.airport(a))} and {link(world.airport(b))}: "
                    f"{distance_km(world.airport(a), world.airport(b)):.1f} kilometres"
                    for a, b in (("BAO", "UTH"), ("CWS", "DTR"), ("CEA", "IAB"), ("OBU", "DCK"))
                )
            ),
            "All distances here are straight lines between the points that the list gives, which is what a crow "
            "would fly, "
            "and for once not much less than what an aeroplane would.",
        ],
        counted="Counted: great-circle distances between neighbouring airports.",
        tags=("airports", "Scotland", "islands", "extremes"),
        picture=two_places(
            "westray",
            one,
            two,
            alt="Plain chart with two points close together, joined by a dotted line with the distance between them.",
            caption=f"Westray and Papa Westray, {apart:.1f} kilometres from each other.",
        ),
        series="Ends of the map",
    )


def international(world: World) -> Story:
    proud = [row for row in world.airports if "International" in row["name"]]
    by_country = count_countries(proud)
    code, most = top(by_country, 1)[0]
    return write(
        "One airport in nine calls itself international",
        section=AIRPORTS,
        at="2022-11-16 07:20",
        by=LANGUAGE,
        lead=(
            f"{n(len(proud))} of {n(len(world.airports))} airports have the word International in their name. It is "
            "the "
            "commonest word there after Airport itself."
        ),
        body=[
            f"The most are in {place(code)}, with {n(most)}; {place(top(by_country, 2)[1][0])} has "
            f"{n(top(by_country, 2)[1][1])}. Next in the ranking of words come Municipal, Regional and Field.",
            f"The word is a claim and not a measurement. {link(world.airport('FUN'))}, the only listed airport of "
            f"{place('TV')}, makes it too, and with good reason: any flight to another listed airport is one to "
            "another country.",
            f"One name uses it twice over. {link(world.airport('BDA'))} is entered with the word doubled, which may "
            "be a slip, "
            "and this directory, which keeps its sources' spelling, keeps the slip as well.",
            PullQuote("A word that promises foreign parts, and keeps the promise more often than not."),
        ],
        counted="Counted: airport names that contain the word International.",
        tags=("airports", "names"),
        picture=share(
            "international",
            len(proud),
            len(world.airports),
            "Airports with International in their name",
            caption=f"{n(len(proud))} of {n(len(world.airports))} airports.",
        ),
    )


def euroairport(world: World) -> Story:
    basel, mulhouse = world.airport("BSL"), world.airport("MLH")
    return write(
        "One runway, two codes: the airport that is listed twice on purpose",
        section=("World News", "Europe"),
        at="2018-01-15 07:40",
        by=TRANSPORT,
        lead=(
            f"{link(basel)} has a name with three cities in it, and in this directory it has two entries: "
            f"{link(basel, 'BSL')} and {link(mulhouse, 'MLH')}."
        ),
        body=[
            "Both stand at the same point to the last decimal, so the distance between them is nought. They differ "
            "in their "
            f"codes, and in the town that each entry names: {basel['city']} for one, {mulhouse['city']} for the "
            "other. Both "
            f"are filed under {place('FR')}.",
            "Usually two rows that share a name and a position are one thing entered twice, and an editor would "
            "merge them. "
            "Here the two codes are both in use, and merging would lose one of them. A directory has to be able to "
            "leave such "
            "a pair alone and to say why: this is why.",
            PullQuote("The distance between them is nought. The difference is three letters."),
            "There is one more pair in the list without any distance between them, in Azerbaijan: "
            f"{link(world.airport('ZXT'))} and {link(world.airport('LHL'))}. Their names are those of two different "
            "places, so "
            "there a position has most likely been copied by mistake. We show the source's figures as they came.",
        ],
        counted="Counted: pairs of airports at a distance of nought.",
        tags=("airports", "codes", "borders", "oddities"),
        picture=board("euroairport", ["BSL", "MLH"], "Two codes for one runway."),
        series="Codes and letters",
    )


def buses(world: World) -> Story:
    kinds = world.children("Public transport")
    ranking = top(kinds, 7)
    everything = world.count("Public transport")
    by_country = top(count_countries(world.under("Public transport", "Bus")), 4)
    return write(
        "The bus carries the list: three networks in four",
        section=GROUND,
        at="2024-09-03 06:20",
        by=TRANSPORT,
        lead=(
            f"Of {n(everything)} names in {category('Public transport')}, {n(kinds['Bus'])} run buses. Everything on "
            "rails, "
            "wires and water together makes up the rest, and many of those run buses besides."
        ),
        body=[
            f"{place(by_country[0][0])} and {place(by_country[1][0])} are almost level, with {n(by_country[0][1])} "
            "bus names and "
            f"{n(by_country[1][1])}. {place(by_country[2][0])} follows with {n(by_country[2][1])}, "
            f"{place(by_country[3][0])} "
            f"with {n(by_country[3][1])}.",
            Table(
                "Public transport by kind",
                (("Kind", "Names"), *((kind, n(number)) for kind, number in ranking)),
            ),
            "The columns add up to more than the total, because a network that runs trams and buses stands in both "
            "and is "
            "counted once in the whole. That is true of every count on this site: a listing in two categories is "
            "still one "
            "listing.",
            f"At the other end of the scale are categories with a single name. The directory knows one network of "
            f"{category('Public transport', 'Cable car', words='cable cars')}, "
            f"{link(world.named('Mi Teleférico'))} in {place('BO')}, and one "
            f"{category('Public transport', 'Walking bus', words='walking bus')}, which has no wheels at all.",
        ],
        counted="Counted: listings under Public transport, by kind and country.",
        tags=("buses", "public transport", "rankings"),
        picture=bars(
            "buses",
            "Names in public transport, by kind",
            ranking,
            caption="Buses against the rest.",
        ),
    )


def metros(world: World) -> Story:
    rows = world.under("Public transport", "Metro")
    ranking = top(count_countries(rows), 6)
    chinese = [row for row in rows if row.get("countries") == ["CN"] and row.get("alt_names")][:5]
    return write(
        f"Under the ground, {in_country(ranking[0][0])} is far ahead",
        section=GROUND,
        at="2023-10-11 06:45",
        by=TRANSPORT,
        lead=(
            f"The directory has {n(len(rows))} metro networks. {n(ranking[0][1])} of them are in "
            f"{place(ranking[0][0])}, more "
            "than in the next three countries together."
        ),
        body=[
            f"{place(ranking[1][0])} is second with {n(ranking[1][1])}, then the numbers become small: "
            f"{listed([f'{country_name(code)} {spelled(number)}' for code, number in ranking[2:]])}.",
            "The Chinese networks are listed under the names that stand on their stations, with the English ones "
            "beside them: "
            + listed([f"{link(row)} is also {row['alt_names'][0]}" for row in chinese[:3]])
            + ". Either can be searched for.",
            "A name is not a line. A city whose underground has eleven lines under one name counts once here, and a "
            "city whose "
            "two companies share the tunnels counts twice. What the figure does show is how many cities have thought "
            "it worth "
            "while to give the thing a name.",
            PullQuote("A name is not a line, and a list of names is not a map of tunnels."),
        ],
        counted="Counted: listings in the category Metro, by country.",
        tags=("metro", "public transport", "China"),
        picture=scene(
            "metro",
            "lines",
            alt="Abstract drawing of coloured metro lines crossing on a pale ground, with round stations.",
            caption="Lines, drawn for the pleasure of it; they are no city's network.",
        ),
    )


def trolleybuses(world: World) -> Story:
    rows = world.under("Public transport", "Trolleybus")
    ranking = top(count_countries(rows), 5)
    czech = sorted((row for row in rows if row.get("countries") == ["CZ"]), key=lambda row: row["name"])
    return write(
        "Under two wires: Czechia leads the trolleybus table",
        section=GROUND,
        at="2026-09-08 06:35",
        by=TRANSPORT,
        lead=(
            f"Half tram and half bus, the trolleybus has {n(len(rows))} names in the directory. {n(ranking[0][1])} "
            "of them are in "
            f"{place(ranking[0][0])}."
        ),
        body=[
            f"They are {listed(links(czech))}.",
            f"{place(ranking[1][0])} comes next with {spelled(ranking[1][1])}. "
            f"{listed([place(code) for code, number in ranking[2:] if number == ranking[2][1]])} have "
            f"{spelled(ranking[2][1])} each.",
            "Several of the Czech names are those of whole regional networks, in which the trolleybus is one vehicle "
            "among "
            "others; the category says only that it is among them.",
            PullQuote("It needs a road like a bus and a wire like a tram, and makes less noise than either."),
            f"The category stands under {category('Public transport')}, beside its relatives the "
            f"{category('Public transport', 'Tram', words='trams')} ({n(world.count('Public transport', 'Tram'))}) and "
            f"{category('Public transport', 'Light rail', words='light railways')} "
            f"({n(world.count('Public transport', 'Light rail'))}).",
        ],
        counted="Counted: listings in the category Trolleybus, by country.",
        tags=("trolleybuses", "public transport", "Czechia"),
        picture=scene(
            "trolleybuses",
            "wires",
            alt="Drawing of a trolleybus in silhouette under a pair of overhead wires at sunset.",
            caption="Two poles up, and off it goes.",
        ),
    )


def ferries(world: World) -> Story:
    rows = world.under("Public transport", "Ferry")
    ranking = top(count_countries(rows), 4)
    shared = sorted((row for row in rows if len(row.get("countries", [])) > 1), key=lambda row: row["name"])
    return write(
        "Canada sends out the most ferries",
        section=GROUND,
        at="2019-07-25 07:50",
        by=TRANSPORT,
        lead=(
            f"{n(len(rows))} names in the directory run ferries, and {n(ranking[0][1])} of them are found in "
            f"{place(ranking[0][0])}, from {link(world.named('BC Ferries'))} in the west to "
            f"{link(world.named('Marine Atlantic'))} in the east."
        ),
        body=[
            f"{place(ranking[1][0])} has {spelled(ranking[1][1])} and {place(ranking[2][0])} {spelled(ranking[2][1])}; "
            f"{place(ranking[3][0])}, where one might not look for the sea first, has {spelled(ranking[3][1])}, "
            "because ferries "
            "cross rivers and city lakes as well.",
            f"{spelled(len(shared)).capitalize()} of the names stand under two countries: {listed(links(shared))}. "
            "For most of the others the far shore is home too.",
            "The shortest name in the category has two letters: "
            f"{link(world.named('SL', 'Public transport', 'Ferry'))}, of "
            f"{place('SE')}. The longest is Dutch and needs {n(max(len(row['name']) for row in rows))} characters; "
            "it describes "
            "a whole contract for carrying people over water.",
            PullQuote("For most ferries the far shore is home too."),
        ],
        counted="Counted: listings in the category Ferry, by country and by length of name.",
        tags=("ferries", "public transport", "Canada"),
        picture=scene(
            "ferries",
            "waves",
            alt="Drawing of a small white ferry on rows of stylised blue waves.",
            caption="A ferry on a sea of our own making.",
        ),
    )


def bicycles(world: World) -> Story:
    rows = world.under("Motoring and cycling", "Bicycle Rental")
    ranking = top(count_countries(rows), 8)
    closed = sorted((row for row in rows if row.get("dissolved")), key=lambda row: row["name"])
    return write(
        "Poland pedals level with giants in the list of hired bicycles",
        section=GROUND,
        at="2022-05-03 08:05",
        by=TRANSPORT,
        lead=(
            f"{n(len(rows))} names hire out bicycles in the directory. {place(ranking[0][0])} leads with "
            f"{n(ranking[0][1])}, and "
            f"right behind it, with {n(ranking[1][1])}, comes {place(ranking[1][0])}."
        ),
        body=[
            f"{place(ranking[2][0])} has {n(ranking[2][1])}, {place(ranking[3][0])} {n(ranking[3][1])} and "
            f"{place(ranking[4][0])} {n(ranking[4][1])}.",
            f"Schemes come and go. {spelled(len(closed)).capitalize()} of the entries are marked as dissolved: "
            f"{listed(links(closed))}. They stay in the list for the sake of readers who find the name on an old "
            "dock and "
            "wonder.",
            "Who runs them? Where the entry says so, it is mostly a private firm: "
            f"{n(sum(row.get('operator_type') == 'private' for row in rows))} entries are marked private and "
            f"{n(sum(row.get('operator_type') in ('government', 'public') for row in rows))} government or public.",
            f"Cars are shared too. {category('Motoring and cycling', 'Car Sharing Station', words='Car sharing')} has "
            f"{n(world.count('Motoring and cycling', 'Car Sharing Station'))} names, and there "
            f"{place('DE')} is at the front with "
            f"{n(count_countries(world.under('Motoring and cycling', 'Car Sharing Station'))['DE'])}.",
        ],
        counted="Counted: listings in the category Bicycle Rental, by country, kind of operator and whether dissolved.",
        tags=("bicycles", "public transport", "Poland"),
        picture=bars(
            "bicycles",
            "Bicycle hire schemes by country",
            [(country_name(code), number) for code, number in ranking],
            caption="Names in the category Bicycle Rental.",
        ),
    )


STORIES: tuple[StoryMaker, ...] = (
    most_airports,
    alaska,
    ends_of_the_earth,
    equator,
    meridian,
    loneliest,
    triple_letters,
    word_codes,
    palindromes,
    first_letters,
    canada_y,
    add_a_k,
    cities_with_many,
    same_names,
    westray,
    international,
    euroairport,
    buses,
    metros,
    trolleybuses,
    ferries,
    bicycles,
)
