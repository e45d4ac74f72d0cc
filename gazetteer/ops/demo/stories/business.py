"""Business: shops, money and energy."""

from collections import Counter

from gazetteer.ops.demo.describe import nouns
from gazetteer.ops.demo.forms import Bullets, PullQuote, Story, Table
from gazetteer.ops.demo.names import country_name, listed, spelled
from gazetteer.ops.demo.pictures.specs import bars, scene, share
from gazetteer.ops.demo.stories.writing import (
    BUSINESS,
    CULTURE,
    DATA,
    StoryMaker,
    category,
    link,
    links,
    n,
    per_cent,
    place,
    write,
)
from gazetteer.ops.demo.world import World, count_countries, furthest, top

SHOPS = ("Business", "Shops")
MONEY = ("Business", "Money")
ENERGY = ("Business", "Energy")


def supermarkets(world: World) -> Story:
    rows = world.under("Shops", "Supermarket")
    ranking = top(count_countries(rows), 10)
    home = sum(len(row.get("countries", [])) == 1 for row in rows)
    return write(
        f"{n(len(rows))} ways to write Supermarket over the door",
        section=SHOPS,
        at="2024-11-05 06:15",
        by=BUSINESS,
        lead=(
            f"The directory knows {n(len(rows))} brands of supermarket, and {n(home)} of them, "
            f"{per_cent(home, len(rows))}, "
            "are listed in one country only."
        ),
        body=[
            f"{place(ranking[0][0])} has the most, {n(ranking[0][1])}, and {place(ranking[1][0])} follows with "
            f"{n(ranking[1][1])}. Then comes a group of Europeans close together: "
            f"{listed([f'{country_name(code)} {n(number)}' for code, number in ranking[2:6]])}.",
            "Food travels badly as a brand. What people eat, when they shop and how far they walk for it differ from "
            "valley to "
            "valley, and so do the names.",
            "The widest travelled of the trade is "
            f"{link(furthest(rows, lambda row: len(row.get('countries', [])))[0])}, listed "
            f"in {n(len(furthest(rows, lambda row: len(row.get('countries', [])))[0]['countries']))} countries.",
            PullQuote("Food travels badly as a brand."),
            f"For small purchases there are {n(world.count('Shops', 'Convenience Store'))} brands of "
            f"{category('Shops', 'Convenience Store', words='convenience store')} besides, and for the bold "
            f"{n(world.count('Shops', 'Wholesale Store'))} that sell by the pallet.",
        ],
        counted="Counted: listings in the category Supermarket, by country and by number of countries.",
        tags=("supermarkets", "shops", "rankings"),
        picture=bars(
            "supermarkets",
            "Brands of supermarket by country",
            [(country_name(code), number) for code, number in ranking],
            caption="Brands of supermarket listed in each country.",
        ),
    )


def bakers(world: World) -> Story:
    rows = world.under("Shops", "Bakery")
    ranking = top(count_countries(rows), 5)
    furthest_row = furthest(rows, lambda row: len(row.get("countries", [])))[0]
    return write(
        f"Germany's daily bread comes from {n(ranking[0][1])} brands",
        section=SHOPS,
        at="2018-02-13 06:05",
        by=(BUSINESS, CULTURE),
        lead=(
            f"Nearly one in three of the bakery brands in the directory is found in {place(ranking[0][0])}: "
            f"{n(ranking[0][1])} of "
            f"{n(len(rows))}."
        ),
        body=[
            f"{place(ranking[1][0])}, the other country that is never out of bread, has {n(ranking[1][1])}, then come "
            f"{listed([f'{place(code)} with {n(number)}' for code, number in ranking[2:5]])}.",
            "A brand here means a name on more than one door. The single baker at the corner, of whom there are many "
            "more, is "
            "not in an index of names that repeat.",
            f"One baker has gone further than all others. {link(furthest_row)} is listed in "
            f"{n(len(furthest_row['countries']))} countries.",
            PullQuote("The baker at the corner is not in a list of names that repeat."),
            f"Those who prefer it sweet should look under {category('Shops', 'Pastry Shop', words='pastry shops')}, "
            "of which there "
            f"are {n(world.count('Shops', 'Pastry Shop'))}, or go straight to "
            f"{category('Shops', 'Chocolate Store', words='chocolate')}, where "
            f"{n(world.count('Shops', 'Chocolate Store'))} names "
            "wait.",
        ],
        counted="Counted: listings in the category Bakery, by country.",
        tags=("bakeries", "Germany", "shops"),
        picture=scene(
            "bakers",
            "bread",
            alt="Drawing of a baker's shelf with rows of round and long loaves in warm browns.",
            caption="A baker's shelf before opening time.",
        ),
    )


def fourteen_trades(world: World) -> Story:
    ranking = furthest(world.names, lambda row: len(row["categories"]), 5)
    first = ranking[0]
    others = [f"{link(row)} with {spelled(len(row['categories']))}" for row in ranking[1:]]
    one = sum(len(row["categories"]) == 1 for row in world.rows)
    return write(
        f"One name over {spelled(len(first['categories']))} trades",
        section=SHOPS,
        at="2021-01-28 06:25",
        by=BUSINESS,
        lead=(
            f"{link(first)} is listed under {n(len(first['categories']))} categories, more than any other name in "
            "the directory."
        ),
        body=[
            f"They are {listed([nouns(path)[0] for path in first['categories']])}. A customer could be fitted with "
            "spectacles, "
            "have the car mended, book a holiday and buy a hose without once reading a different sign.",
            f"The next in line are {listed(others)}. One of these is not a shop at all but a city.",
            f"{n(one)} of the {n(len(world.rows))} listings are content with one category. "
            f"{n(len(world.rows) - one)} have two or "
            "more, and in each of these cases one of the categories is the primary one, under which the listing is "
            "filed first.",
            PullQuote("However many categories a listing has, it is one listing."),
            "However many there are, the totals on this site count it once. That is why the numbers beside the "
            "branches add up to "
            "more than the number at the foot of the page, and why both are right.",
        ],
        counted="Counted: categories of every listing.",
        tags=("brands", "shops", "categories"),
    )


def charity_shops(world: World) -> Story:
    rows = world.under("Shops", "Charity Store")
    ranking = top(count_countries(rows), 4)
    goodwill = [row for row in world.names if "Goodwill" in row["name"]]
    return write(
        "Two in three charity shops are British",
        section=SHOPS,
        at="2019-12-03 07:00",
        by=BUSINESS,
        lead=(
            f"Of {n(len(rows))} names in the category {category('Shops', 'Charity Store')}, {n(ranking[0][1])} are "
            "found in "
            f"{place(ranking[0][0])}."
        ),
        body=[
            f"{place(ranking[1][0])} has {spelled(ranking[1][1])}, and "
            f"{listed([place(code) for code, _ in ranking[2:4]])} "
            f"{spelled(ranking[2][1])} each.",
            f"The American figure needs a footnote. {n(len(goodwill))} names in the directory contain the word "
            "Goodwill, nearly all "
            f"of them in {place('US')}, and nearly all are entered under "
            f"{category('Waste and recycling', 'Recycling')}, because what is marked on the map is the place where "
            "things are "
            "handed in. The shops go by the same name.",
            f"Where it is sold for profit, the second-hand trade has categories of its own: "
            f"{category('Shops', 'Thrift Store', words='thrift stores')} ({n(world.count('Shops', 'Thrift Store'))}) "
            "and "
            f"{category('Shops', 'Pawnshop', words='pawnshops')} ({n(world.count('Shops', 'Pawnshop'))}).",
            PullQuote("What one list calls a shop, another calls a skip."),
            f"Found in the most countries: {link(furthest(rows, lambda row: len(row.get('countries', [])))[0])}, in "
            f"{spelled(len(furthest(rows, lambda row: len(row.get('countries', [])))[0].get('countries', [])))} "
            "countries.",
        ],
        counted="Counted: listings in the category Charity Store, by country; names that contain Goodwill.",
        tags=("charity", "shops", "United Kingdom"),
    )


def video_shops(world: World) -> Story:
    rows = sorted(world.under("Shops", "Video Store"), key=lambda row: row["name"])
    closed = [row for row in rows if row.get("dissolved")]
    return write(
        f"Be kind, rewind: {spelled(len(rows))} names in the video shop",
        section=SHOPS,
        at="2023-11-06 06:40",
        by=CULTURE,
        lead=(
            f"The category {category('Shops', 'Video Store')} has {spelled(len(rows))} names, and "
            f"{spelled(len(closed))} of "
            "those are marked as dissolved."
        ),
        body=[
            f"The closed ones are {listed(links(closed))}. Their names stay in the list, as they stay in the memory "
            "of everybody who "
            "once paid a fine for a film returned late.",
            f"The open ones, {listed(links([row for row in rows if row not in closed]))}, are Japanese names. One of "
            "them is listed "
            f"in {place('TW')} too, and sells books and music as well as films.",
            PullQuote("The tape is gone; the name is still on somebody's map."),
            f"Compare the {category('Shops', 'Video Game Store', words='shops for video games')}, with "
            f"{n(world.count('Shops', 'Video Game Store'))} names, the "
            f"{category('Shops', 'Music Store', words='music shops')}, with "
            f"{spelled(world.count('Shops', 'Music Store'))}, and the "
            f"{category('Shops', 'Bookstore', words='bookshops')}, with "
            f"{n(world.count('Shops', 'Bookstore'))}. Paper has outlasted them all.",
            "Cinemas, which video was once expected to finish off, are represented by "
            f"{n(world.count('Culture and going out', 'Cinema'))} names.",
        ],
        counted="Counted: listings in the category Video Store and its neighbours; entries marked as dissolved.",
        tags=("video", "shops", "closures"),
        picture=scene(
            "video-shops",
            "tapes",
            alt="Drawing of a shelf of video cassettes seen from their spines, in faded colours, one place empty.",
            caption="One space left on the shelf.",
        ),
    )


def dissolved(world: World) -> Story:
    rows = [row for row in world.names if row.get("dissolved")]
    ranking = top(count_countries(rows), 3)
    kinds = top(Counter(kind for row in rows for kind in {path[1] for path in row["categories"]}), 6)
    known = [
        world.named(name) for name in ("Blockbuster", "Thomas Cook", "Barneys New York", "Praktiker", "Hudson's Bay")
    ]
    return write(
        f"{n(len(rows))} names whose doors have closed",
        section=("Business",),
        at="2025-10-31 06:00",
        by=BUSINESS,
        lead=(
            f"A directory must also know what is no more. {n(len(rows))} entries are marked as dissolved, among them "
            f"{listed(links(known))}."
        ),
        body=[
            f"{place(ranking[0][0])} has lost {n(ranking[0][1])} of the names, {place(ranking[1][0])} "
            f"{n(ranking[1][1])}, and "
            f"{place(ranking[2][0])} {n(ranking[2][1])}.",
            Table(
                "Dissolved entries by kind",
                (("Category", "Entries"), *((kind, n(number)) for kind, number in kinds)),
            ),
            "Banks lead, since banks are merged rather than shut, and the name is what disappears. Buses come next "
            "for much the same "
            "reason: when a region takes over the network, the old livery goes.",
            "Why keep them? Because a sign outlives a firm. Somebody will read the name on a wall, on a receipt or "
            "in a novel and "
            "look it up, and an honest answer is better than none.",
            PullQuote("A sign outlives a firm."),
        ],
        counted="Counted: entries marked as dissolved, by country and category.",
        tags=("closures", "brands", "banks"),
        picture=scene(
            "dissolved",
            "shutters",
            alt="Drawing of a row of shop fronts at night, all shutters down but one, whose window is lit.",
            caption="After closing time.",
        ),
    )


def home_birds(world: World) -> Story:
    single = [row for row in world.names if len(row.get("countries", [])) == 1]
    two = sum(len(row.get("countries", [])) == 2 for row in world.names)
    pairs = Counter(" ".join(sorted(row["countries"])) for row in world.names if len(row.get("countries", [])) == 2)
    ranking = [(pair.split(), number) for pair, number in top(pairs, 6)]
    return write(
        "Five names in six never leave home",
        section=("Business",),
        at="2020-07-21 06:20",
        by=DATA,
        lead=(
            f"{n(len(single))} of the {n(len(world.names))} names in the directory that are not airports are listed "
            "in exactly one "
            f"country: {per_cent(len(single), len(world.names))}."
        ),
        body=[
            f"Those that cross a border mostly cross one. {n(two)} names are listed in two countries, and their "
            "favourite pairs are "
            "neighbours:",
            Bullets(
                tuple(f"{country_name(a)} and {country_name(b)}: {n(number)} names" for (a, b), number in ranking),
                ordered=True,
            ),
            "A common language helps, a common border helps more, and both together do best.",
            PullQuote("A common language helps, a common border helps more."),
            f"For {n(sum(not row.get('countries') and not row.get('worldwide') for row in world.names))} names the "
            "index gives "
            f"neither a country nor the word worldwide. We leave the field empty rather than guess.",
        ],
        counted="Counted: names other than airports by the number and the pairs of their countries.",
        tags=("brands", "countries", "borders"),
        picture=share(
            "home-birds",
            len(single),
            len(world.names),
            "Names listed in exactly one country",
            caption=f"{n(len(single))} of {n(len(world.names))} names are listed in one country.",
        ),
    )


def banks(world: World) -> Story:
    rows = world.under("Money", "Bank")
    machines = {row["id"] for row in world.under("Money", "ATM")}
    both = [row for row in rows if row["id"] in machines]
    without = sorted((row for row in rows if row["id"] not in machines), key=lambda row: row["name"])
    ranking = top(count_countries(rows), 5)
    return write(
        f"{n(len(rows))} banks, and {spelled(len(without))} without a cash machine",
        section=MONEY,
        at="2022-03-22 06:05",
        by=BUSINESS,
        lead=(
            f"Of the {n(len(rows))} brands of bank in the directory, {n(len(both))} have cash machines of the same "
            "name. "
            f"The other {spelled(len(without))} are {listed(links(without))}."
        ),
        body=[
            f"It follows that the {category('Money', 'ATM')} category, with {n(len(machines))} names, is the "
            f"{category('Money', 'Bank')} category with a few guests. "
            f"{n(len(machines) - len(both))} names have machines and no bank to go with them.",
            f"Banks are most numerous in {place(ranking[0][0])}, with {n(ranking[0][1])} names, followed at a "
            "distance by "
            f"{listed([f'{place(code)} ({n(number)})' for code, number in ranking[1:]])}.",
            f"Most banks are homely things. {n(sum(len(row.get('countries', [])) == 1 for row in rows))} of them are "
            "listed in one "
            f"country; {link(furthest(rows, lambda row: len(row.get('countries', [])))[0])} is in "
            f"{n(len(furthest(rows, lambda row: len(row.get('countries', [])))[0]['countries']))}.",
            PullQuote("A bank is a name with a hole in the wall."),
            f"Other doors to money are few: {n(world.count('Money', 'Currency Exchange'))} names change it, "
            f"{spelled(world.count('Money', 'Money Transfer Station'))} send it, and "
            f"{n(world.count('Shops', 'Pawnshop'))} lend it "
            "against a watch.",
        ],
        counted="Compared: listings in the categories Bank and ATM.",
        tags=("banks", "cash machines", "rankings"),
        picture=share(
            "banks",
            ranking[0][1],
            len(rows),
            "Brands of bank that are listed in the United States",
            caption=f"{n(ranking[0][1])} of {n(len(rows))} brands of bank are listed in the United States.",
        ),
    )


def charging(world: World) -> Story:
    charging_rows = world.under("Motoring and cycling", "Charging Station")
    fuel_rows = world.under("Motoring and cycling", "Gas Station")
    both = {row["id"] for row in charging_rows} & {row["id"] for row in fuel_rows}
    ranking = top(count_countries(charging_rows), 6)
    fuel = count_countries(fuel_rows)
    return write(
        "More names for charging than for filling up",
        section=ENERGY,
        at="2026-01-15 06:00",
        by=BUSINESS,
        lead=(
            f"The directory lists {n(len(charging_rows))} names for charging a car and {n(len(fuel_rows))} for "
            "filling it. "
            f"{n(len(both))} names do both."
        ),
        body=[
            f"{place(ranking[0][0])} alone accounts for {n(ranking[0][1])} of the charging names, against "
            f"{n(fuel['DE'])} for fuel, "
            "because there the work is done by town utilities, each under its own name.",
            Table(
                "Names for charging and for fuel",
                (
                    ("Country", "Charging", "Fuel"),
                    *((country_name(code), n(number), n(fuel[code])) for code, number in ranking),
                ),
            ),
            f"{place('US')} keeps the old order: {n(fuel['US'])} names for fuel, "
            f"{n(count_countries(charging_rows)['US'])} for "
            "charging.",
            PullQuote("The pump has chains. The plug still has neighbours."),
            "More names do not mean more plugs. They mean that the business has not yet been sorted out, which is "
            "what a young trade "
            "looks like in a list of names.",
        ],
        counted="Counted: listings in the categories Charging Station and Gas Station, by country.",
        tags=("charging", "fuel", "cars", "Germany"),
        picture=scene(
            "charging",
            "charging",
            alt="Drawing of a car plugged in at a charging post, with the shadow of an old petrol pump behind it.",
            caption="Old shape, new plug.",
        ),
    )


def grids(world: World) -> Story:
    rows = world.under("Energy", "Electricity networks")
    ranking = top(count_countries(rows), 6)
    town = [row for row in world.names if "stadtwerke" in row["name"].lower()]
    kinds = top(Counter(kind for row in town for kind in {path[1] for path in row["categories"]}), 3)
    return write(
        f"Who holds the wires: {n(len(rows))} networks and a German word",
        section=ENERGY,
        at="2021-11-18 06:30",
        by=BUSINESS,
        lead=(
            f"{n(len(rows))} names run electricity networks in the directory. {place(ranking[0][0])} and "
            f"{place(ranking[1][0])} "
            f"together have almost half of them: {n(ranking[0][1])} and {n(ranking[1][1])}."
        ),
        body=[
            f"After these two the numbers drop to {n(ranking[2][1])} for {place(ranking[2][0])} and "
            f"{n(ranking[3][1])} for "
            f"{place(ranking[3][0])}.",
            f"The German figure has much to do with one word. {n(len(town))} names in the directory contain "
            "Stadtwerke, the works of a "
            "town: a utility that belongs to the place and looks after whatever runs through its pipes and cables.",
            f"They are not only in the wire business. {n(kinds[0][1])} of them appear under {kinds[0][0].lower()}, "
            f"{n(kinds[1][1])} under {kinds[1][0].lower()} and {n(kinds[2][1])} under {kinds[2][0].lower()}, those "
            "grey boxes at "
            "the kerb.",
            PullQuote("One word, on more than a third of a country's networks."),
            f"Where the power comes from is another category: {category('Energy', 'Electricity producers')} has "
            f"{n(world.count('Energy', 'Electricity producers'))} names, and {category('Energy', 'Pipelines')} "
            f"{n(world.count('Energy', 'Pipelines'))}.",
        ],
        counted=(
            "Counted: listings in the category Electricity networks, by country; names that contain "
            "Stadtwerke, by category."
        ),
        tags=("electricity", "Germany", "utilities"),
        picture=scene(
            "grids",
            "pylons",
            alt="Drawing of electricity pylons marching across hills at dusk, their wires in long curves.",
            caption="Pylons on no particular hill.",
        ),
    )


def hotels(world: World) -> Story:
    rows = world.under("Hotels and travel", "Hotel")
    ranking = top(count_countries(rows), 5)
    world_wide = sum(bool(row.get("worldwide")) for row in rows)
    wide = furthest(rows, lambda row: len(row.get("countries", [])), 3)
    return write(
        "A bed under the same name, wherever you are",
        section=("Business",),
        at="2016-06-22 06:45",
        by=BUSINESS,
        lead=(
            f"{n(world_wide)} of {n(len(rows))} hotel brands in the directory are marked as found worldwide: "
            f"{per_cent(world_wide, len(rows))}, against "
            f"{per_cent(sum(bool(r.get('worldwide')) for r in world.names), len(world.names))} "
            "of all names."
        ),
        body=[
            "No wonder, one may say: a hotel is a shop that sells being away from home, and it helps if the name is "
            "the same there as "
            "here.",
            f"Of those that are listed by country, most are in {place(ranking[0][0])} ({n(ranking[0][1])}), then in "
            f"{listed([f'{place(code)} ({n(number)})' for code, number in ranking[1:]])}. "
            f"{listed(links(wide))} have the longest lists of countries.",
            PullQuote("A hotel sells being away from home."),
            f"Cheaper beds are rarer as brands: {n(world.count('Hotels and travel', 'Hostel'))} names run hostels and "
            f"{n(world.count('Hotels and travel', 'Motel'))} motels. And for those who carry their own stove there "
            "is one name "
            f"under {category('Hotels and travel', 'Wilderness Hut', words='wilderness huts')}, "
            f"{link(world.under('Hotels and travel', 'Wilderness Hut')[0])} in {place('BG')}.",
        ],
        counted="Counted: listings in the category Hotel, by country and whether marked as worldwide.",
        tags=("hotels", "travel", "brands"),
    )


STORIES: tuple[StoryMaker, ...] = (
    supermarkets,
    bakers,
    fourteen_trades,
    charity_shops,
    video_shops,
    dissolved,
    home_birds,
    banks,
    charging,
    grids,
    hotels,
)
