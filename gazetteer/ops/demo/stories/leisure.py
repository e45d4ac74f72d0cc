"""Sport, Technology, and About this site."""

from collections import Counter
from dataclasses import replace
from datetime import datetime
from functools import cache
from urllib.parse import urlsplit

from gazetteer.ops.demo.forms import Bullets, Correction, Heading, PullQuote, Story, Table
from gazetteer.ops.demo.names import listed, spelled
from gazetteer.ops.demo.pictures.specs import bars, scene, share, world_dots
from gazetteer.ops.demo.stories.places import slashes
from gazetteer.ops.demo.stories.writing import (
    BUSINESS,
    CULTURE,
    DATA,
    PLACES,
    StoryMaker,
    category,
    link,
    links,
    n,
    per_cent,
    place,
    write,
)
from gazetteer.ops.demo.world import Row, World, count_countries, first_by, furthest, top

SPORT = ("Sport",)
TECHNOLOGY = ("Technology",)
ABOUT = ("About This Site",)
NETWORKS = {"youtube": "YouTube", "linkedin": "LinkedIn", "tiktok": "TikTok", "vk": "VK"}


def gyms(world: World) -> Story:
    rows = world.under("Sport and leisure", "Gym / Fitness Center")
    ranking = top(count_countries(rows), 6)
    round_the_clock = [row for row in rows if "24" in row["name"]]
    wide = furthest(rows, lambda row: len(row.get("countries", [])))[0]
    return write(
        f"{n(len(rows))} ways to lift the same weight",
        section=SPORT,
        at="2025-01-02 06:30",
        by=CULTURE,
        lead=(
            f"More than half of the directory's branch for {category('Sport and leisure')} is taken up by gyms: "
            f"{n(len(rows))} of "
            f"{n(world.count('Sport and leisure'))} names."
        ),
        body=[
            f"{place(ranking[0][0])} has {n(ranking[0][1])} of them, {place(ranking[1][0])} {n(ranking[1][1])} and "
            f"{place(ranking[2][0])} {n(ranking[2][1])}.",
            f"{spelled(len(round_the_clock)).capitalize()} carry the number 24 in their name, as a promise that "
            "nobody need ever find the "
            f"door shut: {listed(links(round_the_clock))}.",
            f"The brand that is listed in the most countries is {link(wide)}, in {n(len(wide['countries']))}.",
            PullQuote("The resolution is private. The mirror is everywhere the same."),
            "The category is named Gym / Fitness Center, with a stroke that has cost more than one program its "
            "composure. It is one "
            "category all the same.",
        ],
        counted="Counted: listings in the category Gym / Fitness Center, by country and by a number in their names.",
        tags=("gyms", "sport", "rankings"),
        picture=scene(
            "gyms",
            "weights",
            alt="Drawing of a rack of dumb-bells seen from the front, in rows of growing size.",
            caption="From light to heavy, left to right.",
        ),
    )


def old_clubs(world: World) -> Story:
    clubs = [world.named("Heidelberger Turnverein 1846 e.V."), world.named("Turngemeinde Schweinfurt 1848 e.V.")]
    others = [world.named("Caffè Vergnano 1882"), world.named("1825 Interiors")]
    pitches = world.under("Sport and leisure", "Sport Pitch")
    ranking = top(count_countries(pitches), 2)
    return write(
        "1846 and 1848: gymnasts with a year in their name",
        section=SPORT,
        at="2018-07-12 17:30",
        by=CULTURE,
        lead=(
            f"Two German clubs carry a year of the nineteenth century in their names: {link(clubs[0])} and "
            f"{link(clubs[1])}. They are "
            "listed as keepers of sports pitches."
        ),
        body=[
            "A club that calls itself after a year wants it known that it was there first. In Heidelberg that was "
            "two years earlier than "
            "in Schweinfurt, if the names are to be believed, and there is no reason why they should not be.",
            f"Only two other names in the directory contain a year of that century: {link(others[0])}, which sells "
            "coffee, and "
            f"{link(others[1])}, which sells furniture.",
            f"The category of {category('Sport and leisure', 'Sport Pitch', words='sports pitches')} has "
            f"{n(len(pitches))} names, "
            f"{n(ranking[0][1])} of them in {place(ranking[0][0])} and {n(ranking[1][1])} in {place(ranking[1][0])}. "
            "Most are not clubs "
            "but the towns that own the grass.",
            PullQuote("It was there first, and would like it known."),
            "Many more clubs are as old. They have simply not put it on the gate.",
        ],
        counted=(
            "Looked up: years from 1800 to 1899 in the names of listings; counted: listings in the "
            "category Sport Pitch."
        ),
        tags=("clubs", "Germany", "sport", "history"),
        picture=scene(
            "old-clubs",
            "pitch",
            alt="Drawing of a sports pitch seen from above, with white lines and a running track around it.",
            caption="A pitch of the usual shape.",
        ),
    )


def scouts(world: World) -> Story:
    rows = world.under("Clubs", "Scout Group")
    widest = furthest(rows, lambda row: len(row.get("countries", [])))[0]
    ranking = top(count_countries([row for row in rows if row is not widest]), 3)
    rest = sorted((row for row in rows if row is not widest), key=lambda row: row["name"])
    return write(
        f"Be prepared, in {n(len(widest['countries']))} countries",
        section=SPORT,
        at="2023-08-01 10:00",
        by=PLACES,
        lead=(
            f"{link(widest)}, a scout movement, is listed in {n(len(widest['countries']))} countries. Nothing else "
            "in the directory is "
            "found in more."
        ),
        body=[
            f"The category {category('Clubs', 'Scout Group')} has {n(len(rows))} names. All the others belong to one "
            "country each: "
            f"{listed(links(rest))}.",
            f"{place(ranking[0][0])} alone has {spelled(ranking[0][1])} of these, for scouting is organised there by "
            "faith and by "
            "conviction, and each has a banner of its own.",
            PullQuote("Each has a banner of its own, and all of them wet socks."),
            f"Only one other category stands in the branch {category('Clubs')}: "
            f"{category('Clubs', 'Freemasonry')}, with {spelled(world.count('Clubs', 'Freemasonry'))} name. What the "
            "two have in common, "
            "apart from handshakes, the directory does not say.",
            "Nineteen names are not many for a branch at the top of a tree of thousands. It is there because the "
            "things it holds fit "
            "nowhere else, which is as good a reason as any.",
        ],
        counted="Counted: listings in the category Scout Group, by country.",
        tags=("scouts", "clubs", "records"),
    )


def special_sports(world: World) -> Story:
    goods = world.children("Shops", "Sporting Goods Store")
    halls = world.children("Sport and leisure", "Sports Center / Complex")
    ranking = top(halls, 5)
    return write(
        "Swimming first, indoor skydiving last",
        section=SPORT,
        at="2021-08-08 14:00",
        by=CULTURE,
        lead=(
            f"Where a sports centre says what it is for, it is most often for {ranking[0][0].lower()}: "
            f"{n(ranking[0][1])} names in the "
            "directory."
        ),
        body=[
            "The others, in order: "
            + listed([f"{name.lower()} ({n(number)})" for name, number in top(halls, 20)[1:]])
            + ".",
            "Shops are just as particular. Those for sporting goods divide into "
            + listed([f"{name.lower()} ({n(number)})" for name, number in top(goods, 9)])
            + f", while {n(world.count('Shops', 'Sporting Goods Store') - sum(goods.values()))} or so sell everything.",
            f"Bicycles stand apart, with {n(world.count('Shops', 'Bicycle Shop'))} brands of "
            f"{category('Shops', 'Bicycle Shop', words='shop')} to themselves.",
            PullQuote("Most sports are one name deep."),
            "Games that are played sitting down are in another branch: "
            f"{spelled(world.count('Shops', 'Tabletop Game Store'))} brands sell those "
            f"for a table, {n(world.count('Shops', 'Video Game Store'))} those for a screen.",
        ],
        counted="Counted: third-level categories below Sports Center / Complex and Sporting Goods Store.",
        tags=("sport", "swimming", "rankings"),
        picture=bars(
            "special-sports",
            "Sports centres by what they are for",
            ranking,
            caption="Names of sports centres, by the sport in their category.",
        ),
    )


def lifeguards(world: World) -> Story:
    guards = world.under("Emergency services", "Lifeguard")
    rescue = world.under("Emergency services", "Water Rescue")
    both = sorted({row["id"]: row for row in guards if row in rescue}.values(), key=lambda row: row["name"])
    return write(
        "Out of the deep end: those who watch the water",
        section=SPORT,
        at="2022-07-16 09:00",
        by=PLACES,
        lead=(
            f"{n(len(guards))} names watch over bathers and {n(len(rescue))} go out to rescue those in trouble "
            "further off. "
            f"{spelled(len(both)).capitalize()} do both: {listed(links(both))}."
        ),
        body=[
            "Lifeguards on the list: "
            + listed(links(sorted((r for r in guards if r not in both), key=lambda row: row["name"])))
            + ".",
            "Rescuers: "
            + listed(links(sorted((r for r in rescue if r not in both), key=lambda row: row["name"])))
            + ".",
            "Many of them are not the state. They are societies, some very old, which people join in order to be "
            "woken at night and put "
            "to sea.",
            PullQuote("People join in order to be woken at night and put to sea."),
            "One keeps watch on a lake that two countries share, and does not ask on which side the boat has gone "
            "over.",
        ],
        counted="Counted: listings in the categories Lifeguard and Water Rescue.",
        tags=("rescue", "swimming", "emergency services"),
        picture=scene(
            "lifeguards",
            "lifebelt",
            alt="Drawing of a red and white lifebelt on dark blue water with widening rings around it.",
            caption="Thrown in good time.",
        ),
    )


def bowling(world: World) -> Story:
    kinds = world.children("Sport and leisure")
    ranking = top(kinds, 8)
    small = sorted(name for name, number in kinds.items() if number == 1)
    return write(
        "Trampolines draw with bowling",
        section=SPORT,
        at="2017-01-21 15:00",
        by=CULTURE,
        lead=(
            "Six brands run bowling alleys, six run trampoline parks, and six look after playgrounds: three equal "
            "ways of spending an "
            "afternoon."
        ),
        body=[
            Table("Sport and leisure by kind", (("Kind", "Names"), *((name, n(number)) for name, number in ranking))),
            f"Amusement arcades have {spelled(kinds['Amusement Arcade'])} names, of which one offers laser tag; "
            "dance halls have "
            f"{spelled(kinds['Dance Hall'])}, escape rooms {spelled(kinds['Escape Room'])}.",
            "Kinds with a single name are " + listed([name.lower() for name in small]) + ".",
            PullQuote("Three equal ways of spending an afternoon."),
            "An index like this grows where chains grow. Football, which hardly anybody runs as a chain, is nearly "
            "invisible in it; "
            "fitness, which is hardly anything else, fills the page.",
        ],
        counted="Counted: categories below Sport and leisure, and their listings.",
        tags=("sport", "leisure", "rankings"),
    )


def host(row: Row) -> str:
    return host_of(row["website"]) if "website" in row else ""


@cache
def host_of(address: str) -> str:
    return urlsplit(address).hostname or ""


def short_addresses(world: World) -> Story:
    rows = [row for row in world.names if host(row)]
    shortest = first_by(rows, lambda row: len(host(row)), 8)
    longest = furthest(rows, lambda row: len(host(row)))[0]
    return write(
        "Three letters and a dot: the shortest web addresses",
        section=TECHNOLOGY,
        at="2023-01-17 07:10",
        by=DATA,
        lead=(
            f"{host(shortest[0])} and {host(shortest[1])} are the shortest hosts in the directory, four characters "
            "each with the dot "
            f"counted in. They belong to {link(shortest[0])} and {link(shortest[1])}."
        ),
        body=[
            Bullets(tuple(f"{host(row)}: {link(row)}" for row in shortest)),
            f"The longest has {n(len(host(longest)))} characters: {host(longest)}. It belongs to {link(longest)}, "
            "which keeps roads.",
            f"{n(len(rows))} of the {n(len(world.names))} names that are not airports have a web address. "
            f"{n(sum(host(row).startswith('www.') for row in rows))} of the addresses begin with www, which is three "
            "letters to write and "
            "nine syllables to say.",
            PullQuote("Three letters to write and nine syllables to say."),
            "A short address used to be a sign of having come early. By now it is a sign of having paid.",
        ],
        counted="Counted: characters in the host part of every website.",
        tags=("web", "addresses", "records"),
    )


def padlocks(world: World) -> Story:
    schemes = Counter(urlsplit(row["website"]).scheme for row in world.names if row.get("website"))
    total = sum(schemes.values())
    plain = [row for row in world.names if row.get("website", "").startswith("http:")]
    by_country, all_by_country = count_countries(plain), count_countries(r for r in world.names if r.get("website"))
    shares = sorted(
        ((by_country[code] / number, code) for code, number in all_by_country.items() if number >= 100), reverse=True
    )
    return write(
        "One address in seven still comes without a lock",
        section=TECHNOLOGY,
        at="2020-02-11 07:20",
        by=DATA,
        lead=(
            f"{n(schemes['https'])} of the {n(total)} web addresses in the directory begin with https, "
            f"{n(schemes['http'])} with plain "
            "http. The s stands for secure."
        ),
        body=[
            "An address in a list is a memory of how somebody once wrote it down. Many of the plain ones will by now "
            "lead on to a locked "
            "page; the list only says what was entered.",
            "Among countries with at least a hundred addresses the share of plain ones is greatest in "
            f"{place(shares[0][1])}, with "
            f"{100 * shares[0][0]:.0f} per cent, followed by {place(shares[1][1])} with {100 * shares[1][0]:.0f}. It "
            "is least in "
            f"{place(shares[-1][1])}, with {100 * shares[-1][0]:.0f} per cent.",
            PullQuote("An address in a list is a memory of how somebody once wrote it down."),
            "Visitors lose nothing by it, since a browser tries the locked door first. A site that has none will say "
            "so.",
            "This site, for its part, asks nothing of any other host while you read it. Addresses like these are "
            "links, and are not "
            "followed until you press one.",
        ],
        counted="Counted: schemes of all websites, and by country where there are at least a hundred.",
        tags=("web", "security"),
        picture=share(
            "padlocks",
            schemes["https"],
            total,
            "Web addresses that begin with https",
            caption=f"{n(schemes['https'])} of {n(total)} addresses begin with https.",
        ),
    )


def endings(world: World) -> Story:
    counts = Counter(host(row).rsplit(".", 1)[-1] for row in world.names if host(row))
    ranking = top(counts, 8)
    total = sum(counts.values())
    single = sum(number == 1 for number in counts.values())
    beyond = [row for row in world.names if host(row) and not host(row).isascii()]
    return write(
        f"Dot com and {n(len(counts) - 1)} others",
        section=TECHNOLOGY,
        at="2024-07-30 07:25",
        by=DATA,
        lead=(
            f"The web addresses of the directory have {n(len(counts))} different endings. "
            f"{per_cent(ranking[0][1], total)} end in "
            f"{ranking[0][0]}."
        ),
        body=[
            Table(
                "Endings of web addresses",
                (("Ending", "Addresses"), *((f".{name}", n(number)) for name, number in ranking)),
            ),
            f"{n(single)} endings are used once. They are the long new ones, most of them, that name a trade or a "
            "town, and that looked "
            "like the future when they were sold.",
            Heading("Beyond a to z"),
            f"{n(len(beyond))} addresses are written with letters that the first addresses could not have: "
            + listed([f"{host(row).removeprefix('www.')} ({link(row)})" for row in beyond[:4]])
            + ". Underneath, each is still plain letters with a code in front; the beautiful form is for people.",
            PullQuote("The beautiful form is for people."),
            f"The ending for government in the United States alone has {n(counts['gov'])} addresses, that for "
            "organisations "
            f"{n(counts['org'])}.",
        ],
        counted="Counted: last parts of the hosts of all websites; hosts with letters beyond ASCII.",
        tags=("web", "addresses", "rankings"),
        picture=bars(
            "endings",
            "Web addresses by ending",
            [(f".{name}", number) for name, number in ranking],
            caption="The commonest endings of web addresses.",
        ),
    )


def social(world: World) -> Story:
    counts = Counter(network for row in world.names for network in row.get("social", {}))
    ranking = top(counts, len(counts))
    none = sum(not row.get("social") for row in world.names)
    most = furthest(world.names, lambda row: len(row.get("social", {})))[0]
    shown = {name: NETWORKS.get(name, name.capitalize()) for name in counts}
    return write(
        f"Where brands talk: {n(ranking[0][1])} pages on one network",
        section=TECHNOLOGY,
        at="2025-05-06 07:00",
        by=BUSINESS,
        lead=(
            f"{n(len(world.names) - none)} names in the directory link to at least one social network. "
            f"{shown[ranking[0][0]]} is linked by "
            f"{n(ranking[0][1])} of them, {shown[ranking[1][0]]} by {n(ranking[1][1])}."
        ),
        body=[
            Table("Links by network", (("Network", "Names"), *((shown[name], n(number)) for name, number in ranking))),
            f"{n(none)} names have none, and are none the worse for it. The greatest number of networks for one name "
            "is "
            f"{n(len(most['social']))}: {link(most)}.",
            "A link in the list says that there is a page, and not that there is life on it. Names leave networks "
            "more quietly than they "
            "join them.",
            PullQuote("Names leave networks more quietly than they join them."),
            "The list keeps the older name of one network, since that is what its addresses still say.",
            "On the pages of this site such links are plain links. No picture, counter or script is fetched from any "
            "of these networks.",
        ],
        counted="Counted: social networks that the entries link to.",
        tags=("social networks", "brands", "rankings"),
        picture=bars(
            "social",
            "Names by social network",
            [(shown[name], number) for name, number in ranking[:8]],
            caption="Links from listings to social networks.",
        ),
    )


def lowest_numbers(world: World) -> Story:
    rows = [row for row in world.names if row.get("wikidata")]
    low = first_by(rows, lambda row: int(row["wikidata"][1:]), 8)
    high = furthest(rows, lambda row: int(row["wikidata"][1:]))[0]
    return write(
        "Q30 to Q141462391: a number for everything" if high["wikidata"] == "Q141462391" else "A number for everything",
        section=TECHNOLOGY,
        at="2022-10-29 09:00",
        by=DATA,
        lead=(
            f"{n(len(rows))} of the directory's names have a Wikidata id, a Q with a number that means one thing in "
            "all languages. The "
            f"lowest, {low[0]['wikidata']}, belongs to {link(low[0])}."
        ),
        body=[
            Bullets(tuple(f"{row['wikidata']}: {link(row)}" for row in low)),
            f"The highest is {high['wikidata']}, of {link(high)}. Low numbers were given first, to things that "
            "everybody thought of at "
            "once: countries, cities, car makers. The high ones are for things that somebody had to notice.",
            "Names change, are translated, are shared by several and spelt in five ways. The number stays. It is how "
            "two lists made by "
            "people who never met can be laid over each other.",
            PullQuote("The number stays."),
            "No id occurs twice in the directory, which is what ids are for. "
            f"{spelled(len(world.names) - len(rows)).capitalize()} names, "
            "apart from airports, have none.",
        ],
        counted="Compared: Wikidata ids of all listings.",
        tags=("Wikidata", "names", "records"),
    )


def data_centres(world: World) -> Story:
    rows = world.under("Telecom and networks", "Data Center")
    masts = world.under("Telecom and networks", "Masts and towers")
    cabinets = world.under("Telecom and networks", "Street cabinets")
    children = top(world.children("Telecom and networks"), 6)
    known = [row for row in rows if row["name"] in ("Cloudflare", "Equinix", "DigitalOcean", "OVHcloud")]
    ai = next(row for row in world.names if host(row) == "x.ai")
    return write(
        "The cloud has an address, and so has the box at the kerb",
        section=TECHNOLOGY,
        at="2026-08-20 07:00",
        by=BUSINESS,
        lead=(
            f"{n(len(rows))} names in the directory run data centres. {n(len(masts))} stand on masts and towers, and "
            f"{n(len(cabinets))} on "
            "the grey cabinets in the street that nobody looks at."
        ),
        body=[
            f"Some of the first kind are well known: {listed(links(known))}.",
            Table(
                "Telecom and networks by kind", (("Kind", "Names"), *((name, n(number)) for name, number in children))
            ),
            "The order is instructive. The nearer a thing stands to people's doors, the more names there are for it: "
            "the last metres of a "
            "wire belong to hundreds, the middle to a few dozen.",
            PullQuote("The nearer to the door, the more names."),
            f"One name with the shortest of addresses, {link(ai)}, is listed under "
            f"{listed([path[-1].lower() for path in ai['categories']])}.",
        ],
        counted="Counted: categories below Telecom and networks, and their listings.",
        tags=("networks", "data centres", "telecom"),
        picture=scene(
            "data-centres",
            "racks",
            alt="Drawing of an aisle between tall racks in dark blue, small lights glowing in rows.",
            caption="An aisle in a cloud.",
        ),
    )


def welcome(world: World) -> Story:
    return write(
        "What you are looking at",
        section=ABOUT,
        at="2026-02-19 08:00",
        by=DATA,
        lead=(
            "This is a demonstration of Gazetteer: a newspaper and a directory in one program. The "
            f"{n(len(world.rows))} listings are "
            "real, and every story was worked out from them."
        ),
        body=[
            "Everything here can be changed. Sections, stories, categories, listings, colours, the name at the top: "
            "an editor does all of "
            "it at the desk, without a programmer.",
            "The stories are there so that the pages have something to say. Each ends with a line that tells what "
            "was counted, and anybody "
            "with the list can count again. Their dates are spread over some years, so that there is an archive to "
            "leaf through; they are "
            "not the days on which the things happened.",
            Heading("What is real and what is not"),
            Bullets(
                (
                    "The listings are real names, with the facts that two open sources give for them.",
                    "The figures in the stories are real, for this edition of the list.",
                    "The desks that sign the stories are invented. Nobody is quoted, because nobody was asked.",
                    "The pictures were drawn by a program that belongs to this site.",
                )
            ),
            "The one story that is not about the list is the report on the Korean talks, which retells in our own "
            "words what Voice of "
            "America reported in April 2019.",
            PullQuote("Anybody with the list can count again."),
        ],
        counted="Counted: all listings.",
        tags=("about", "how we work"),
    )


def how_we_count(world: World) -> Story:
    sums = sum(len(row["categories"]) for row in world.rows)
    children = world.children()
    return write(
        f"{n(len(world.rows))} listings, {n(len(world.branches))} categories: how the counting goes",
        section=ABOUT,
        at="2026-02-18 08:00",
        by=DATA,
        lead=(
            f"At the foot of the home page stand two numbers: {n(len(world.rows))} listings and "
            f"{n(len(world.branches))} categories. Both "
            "can be checked, and this is how."
        ),
        body=[
            f"A category is a node of the tree, at any level. {spelled(len(children)).capitalize()} stand at the "
            "top, and from there "
            "the branches go down two levels more.",
            f"A listing may stand in several. The {n(len(world.rows))} listings have {n(sums)} places in the tree "
            "between them, and "
            f"{n(sum(len(row['categories']) > 1 for row in world.rows))} have more than one. In every branch, a "
            "listing is counted once, "
            "however many of the branch's categories it is in.",
            f"So the counts of the {spelled(len(children))} branches add up to {n(sum(children.values()))}, which is "
            "more than there are "
            "listings. That is as it should be.",
            f"{n(sum(number == 1 for number in world.branches.values()))} categories have exactly one listing. They "
            "look lonely, but a "
            "category is a promise that the next one will be filed properly.",
            PullQuote("A category is a promise that the next one will be filed properly."),
            f"{spelled(len(slashes(world))).capitalize()} categories have a stroke in their names: "
            f"{listed(slashes(world))}. Each is one "
            "category.",
        ],
        counted="Counted: listings, categories, and listings under several.",
        tags=("about", "how we work", "categories"),
    )


def sources(world: World) -> Story:
    by_source = Counter(row["source"] for row in world.rows)
    return write(
        "Where the listings come from",
        section=ABOUT,
        at="2026-02-17 08:00",
        by=DATA,
        lead=(
            f"Two open collections stand behind this directory. One gave {n(by_source.most_common()[0][1])} "
            "listings, the other "
            f"{n(by_source.most_common()[1][1])}."
        ),
        body=[
            "The larger is the name-suggestion-index, which volunteers of OpenStreetMap keep so that the same shop "
            "is spelt in the same "
            "way everywhere. Its names are under the BSD licence; ids, websites and networks come from Wikidata and "
            "are in the public "
            "domain. The labels of the categories are from the tagging schema of the iD editor.",
            "The smaller is airportsdata, a table of airports under the MIT licence. It gave codes, positions and "
            "time zones.",
            Heading("What we changed"),
            "We arranged the tree for visitors, and we wrote a sentence or two of description for each listing, made "
            "of its facts and "
            "nothing else. Mistakes of the sources were left as they are: a name doubled here, a position copied "
            "there. Where a story "
            "depends on one, it says so.",
            PullQuote("Mistakes of the sources were left as they are."),
            "There are no telephone numbers, street addresses or opening hours in this edition, because the sources "
            "have none. "
            f"{n(sum('website' in row for row in world.rows))} listings have a website and "
            f"{n(sum('lat' in row for row in world.rows))} a "
            "position on the map.",
            "The full notices stand in the file NOTICE that comes with the program.",
        ],
        counted="Counted: listings by source, with a website, and with a position.",
        tags=("about", "sources", "licences"),
    )


def the_map(world: World) -> Story:
    story = write(
        "A map drawn by its runways",
        section=ABOUT,
        at="2026-02-16 08:00",
        by=(DATA, PLACES),
        lead=(
            f"Put a dot on black paper for each of {n(len(world.airports))} airports, and the continents appear by "
            "themselves."
        ),
        body=[
            "Several pictures on this site are made like that. The land behind the dots is only the faintest shadow; "
            "what draws the "
            "coast of Brazil is the string of towns along it, and what looks like a river in Siberia is one.",
            f"The list is generous to some. {place('US')} and {place('AU')} stand out more brightly than their "
            "people would make them, "
            f"with {n(world.airport_countries['US'])} and {n(world.airport_countries['AU'])} dots. {place('IN')} is "
            "dim, with "
            f"{n(world.airport_countries['IN'])}.",
            "Where nothing shines there is desert, ice, forest or sea, or a border that nobody flies across.",
            PullQuote("What looks like a river in Siberia is one."),
            "The drawing is done by a short program when the demonstration is set up, and comes out the same every "
            "time.",
        ],
        counted="Counted: airports by country.",
        tags=("about", "maps", "airports"),
        picture=world_dots(
            "the-map",
            world.airports,
            [],
            alt="Map of the world made of small dots on a dark ground; North America and Europe are densest.",
            caption=f"{n(len(world.airports))} dots, one for each listed airport.",
        ),
    )
    return replace(
        story,
        corrections=(
            Correction(
                datetime(2026, 2, 17, 9, 30),
                "This line shows how a correction looks to readers. For once nothing was wrong: it was put here for "
                "demonstration.",
            ),
        ),
    )


STORIES: tuple[StoryMaker, ...] = (
    gyms,
    old_clubs,
    scouts,
    special_sports,
    lifeguards,
    bowling,
    short_addresses,
    padlocks,
    endings,
    social,
    lowest_numbers,
    data_centres,
    welcome,
    how_we_count,
    sources,
    the_map,
)
