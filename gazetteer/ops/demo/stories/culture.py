"""Culture: language and names, food and drink, books and going out."""

import re
import unicodedata
from collections import Counter
from functools import cache

from gazetteer.ops.demo.describe import lower_label
from gazetteer.ops.demo.forms import Bullets, Heading, PullQuote, Story, Table
from gazetteer.ops.demo.names import country_name, listed, spelled
from gazetteer.ops.demo.pictures.specs import bars, scene
from gazetteer.ops.demo.stories.writing import (
    CULTURE,
    LANGUAGE,
    StoryMaker,
    category,
    link,
    links,
    n,
    place,
    write,
)
from gazetteer.ops.demo.world import Row, World, count_countries, furthest, top

LANGUAGES = ("Culture", "Language")
FOOD = ("Culture", "Food and Drink")


@cache
def script_of(character: str) -> str:
    """The writing system of a letter, as the first word of its Unicode name says; "" for what is no letter."""
    if not character.isalpha():
        return ""
    word = unicodedata.name(character, "").split(" ")[0].split("-")[0]
    return {"CJK": "Chinese characters", "IDEOGRAPHIC": "", "MODIFIER": ""}.get(word, word.capitalize())


def scripts(text: str) -> set[str]:
    """The writing systems that a text uses."""
    return {found for character in text if (found := script_of(character))}


def writing_systems(world: World) -> Story:
    counts = Counter(found for row in world.rows for found in scripts(row["name"]))
    ranking = top(counts, 14)
    others = [row for row in world.rows if scripts(row["name"]) and "Latin" not in scripts(row["name"])]
    return write(
        f"Signs in {spelled(len(counts))} scripts",
        section=LANGUAGES,
        at="2023-02-21 07:00",
        by=LANGUAGE,
        lead=(
            f"The names in this directory are written in {spelled(len(counts))} scripts. {n(len(others))} of the "
            f"{n(len(world.rows))} have no Latin letter at all."
        ),
        body=[
            Table(
                "Names by script",
                (("Script", "Names"), *((name, n(number)) for name, number in ranking)),
            ),
            "A name is kept as it stands over the door, and the door decides. Where a second name in another script "
            "is known, it is "
            "kept beside the first, so that a search for either finds the place.",
            "Behind Latin come Chinese characters, which Chinese and Japanese names share, then Cyrillic and the two "
            "Japanese "
            "syllabaries. A name may use several at once, which is why the numbers cannot be added up.",
            PullQuote("The door decides."),
            f"The rarest have one name each. {listed([name for name, number in ranking if number == 1])} hang by a "
            "thread, and we "
            "are glad to have them.",
        ],
        counted="Counted: Unicode scripts of the letters in every name.",
        tags=("languages", "writing", "names"),
        picture=bars(
            "writing-systems",
            "Names by script, Latin left out",
            [item for item in ranking if item[0] != "Latin"][:8],
            caption="Names in scripts other than Latin.",
        ),
        series="Names of the world",
    )


def three_scripts(world: World) -> Story:
    rows = furthest(world.rows, lambda row: len(scripts(row["name"])), 40)
    most = [row for row in rows if len(scripts(row["name"])) >= 3]
    kinds = Counter(tuple(sorted(scripts(row["name"]))) for row in most)
    bank = next(row for row in most if "Tifinagh" in scripts(row["name"]))
    georgian = [row for row in most if "Georgian" in scripts(row["name"])]
    return write(
        "Three alphabets on one shopfront",
        section=LANGUAGES,
        at="2017-09-26 07:20",
        by=LANGUAGE,
        lead=(
            f"{spelled(len(most)).capitalize()} names in the directory mix three scripts. One is that of a bank: "
            f"{link(bank)}."
        ),
        body=[
            f"It is written in {listed(sorted(scripts(bank['name'])))}, once for each of the alphabets that its "
            "customers in "
            f"{place(bank['countries'][0])} may read. Tifinagh appears nowhere else in the list.",
            f"{listed(links(georgian))}, in {place('GE')}, do the same with Georgian, Latin and Cyrillic.",
            f"The others are Japanese, where mixing is not an exception but the way of writing: "
            f"{listed(links([row for row in most if row is not bank and row not in georgian][:4]))}. Chinese "
            "characters carry the "
            "meaning, one syllabary the grammar and the other the foreign words, and Latin letters are for style.",
            PullQuote("Mixing is not an exception but the way of writing."),
            f"In {n(max(kinds.values()))} of the {n(len(most))} cases the mixture is the same: "
            f"{listed(list(kinds.most_common(1)[0][0]))}.",
        ],
        counted="Counted: names whose letters belong to three or more scripts.",
        tags=("languages", "writing", "oddities"),
        series="Names of the world",
    )


def georgian(world: World) -> Story:
    rows = [row for row in world.names if "Georgian" in scripts(row["name"])]
    total = world.countries["GE"]
    kinds = top(Counter(path[1] for row in rows for path in row["categories"]), 4)
    named = sum("ka" in row.get("names_by_lang", {}) for row in world.names)
    return write(
        "A script of one's own",
        section=LANGUAGES,
        at="2020-04-14 08:00",
        by=LANGUAGE,
        lead=f"{n(len(rows))} names in the directory are written in the Georgian script, more than in Arabic.",
        body=[
            f"{place('GE')} has {n(total)} listings, and of these "
            f"{n(sum('GE' in row.get('countries', []) for row in rows))} go by a "
            "name in the country's own letters.",
            "The letters have no capitals, so that a sign in Georgian is neither shouting nor whispering. To a "
            "foreign eye they look "
            "like handwriting that has been to a good school.",
            f"What they are written on: {listed([f'{lower_label(name)} ({n(number)})' for name, number in kinds])}.",
            PullQuote("A sign in Georgian is neither shouting nor whispering."),
            f"For {n(named)} names the index gives a Georgian form beside others, which is how a visitor who cannot "
            "read the sign "
            "may still find it.",
            f"A few: {listed(links([row for row in rows if row.get('alt_names')][:4]))}.",
        ],
        counted="Counted: names with letters of the Georgian script, and names by language.",
        tags=("languages", "writing", "Georgia"),
        series="Names of the world",
    )


def shortest(world: World) -> Story:
    one = sorted((row for row in world.names if len(row["name"]) == 1), key=lambda row: row["name"])
    two = [row for row in world.names if len(row["name"]) == 2]
    longest = furthest(world.names, lambda row: len(row["name"]), 3)
    return write(
        f"The shortest names: {listed([row['name'] for row in one])}",
        section=LANGUAGES,
        at="2021-12-02 06:50",
        by=LANGUAGE,
        lead=(
            f"{spelled(len(one)).capitalize()} names in the directory have a single character, {n(len(two))} have "
            "two. The longest "
            f"has {n(len(longest[0]['name']))}."
        ),
        body=[
            f"Of the shortest, {link(one[0])} sells telephones and {link(one[1])} does too; {link(one[2])} sells "
            "books, in "
            f"{place('UA')}, and means simply that it is there.",
            "A short name is easy to remember and hard to search for. Anybody who has typed one letter into a search "
            "box knows what "
            "comes back. Ours looks for whole names first.",
            Heading("And the longest"),
            Bullets(tuple(f"{link(row)}: {n(len(row['name']))} characters" for row in longest), ordered=True),
            "Long names belong to ministries, short ones to telephones. Between them lies everything that people "
            "actually call by "
            "name.",
            PullQuote("Long names belong to ministries, short ones to telephones."),
            f"The average name of a listing has {sum(len(row['name']) for row in world.rows) / len(world.rows):.0f} "
            "characters.",
        ],
        counted="Counted: characters in every name other than airports; the average over all listings.",
        tags=("names", "oddities", "records"),
        series="Names of the world",
    )


def no_letters(world: World) -> Story:
    rows = sorted(
        (row for row in world.names if not any(character.isalpha() for character in row["name"])),
        key=lambda row: row["name"],
    )
    digits = [row for row in world.names if any(character.isdigit() for character in row["name"])]
    year = [row for row in world.names if re.search(r"\b2000\b", row["name"])]
    return write(
        "36.6 and other names without a letter",
        section=LANGUAGES,
        at="2022-12-15 07:05",
        by=LANGUAGE,
        lead=(
            f"{spelled(len(rows)).capitalize()} names in the directory contain no letter of any alphabet: "
            f"{listed(links(rows))}."
        ),
        body=[
            "Two of them are the temperature of a healthy body, written once with a point and once with a comma, and "
            "both belong over "
            "pharmacies.",
            f"{n(len(digits))} names have at least one figure in them. There are years among them, hours, and a few "
            "prices, "
            "which must have seemed a good idea at the time.",
            f"{spelled(len(year)).capitalize()} names carry the number 2000: {listed(links(year))}. They once meant "
            "the future.",
            PullQuote("They once meant the future."),
            "Numbers need no translation, which is their charm, and no spelling, which is their use. Only in the "
            "alphabet they have no "
            "home: this directory files them before A, under a sign of their own.",
        ],
        counted="Counted: names without letters; names with figures; names with the number 2000.",
        tags=("names", "numbers", "oddities"),
        series="Names of the world",
    )


CELTIC = {"cy": "Welsh", "ga": "Irish", "kw": "Cornish", "gv": "Manx"}


def celtic(world: World) -> Story:
    rows = {tag: [row for row in world.names if tag in row.get("names_by_lang", {})] for tag in CELTIC}
    examples = [(rows[tag][0], tag) for tag in CELTIC]
    return write(
        "Heddlu, Uisce, Konsel: public life in four Celtic languages",
        section=LANGUAGES,
        at="2018-03-01 08:30",
        by=LANGUAGE,
        lead=(
            f"{n(len(rows['cy']))} listings carry a name in Welsh, {spelled(len(rows['ga']))} in Irish, "
            f"{spelled(len(rows['kw']))} in "
            f"Cornish and {spelled(len(rows['gv']))} in Manx."
        ),
        body=[
            Table(
                "One of each",
                (
                    ("Language", "Name", "In English"),
                    *(
                        (CELTIC[tag], row["names_by_lang"][tag], row["names_by_lang"].get("en", row["name"]))
                        for row, tag in examples
                    ),
                ),
            ),
            "Nearly all belong to public bodies: police, fire services, councils, water. Shops with two languages "
            "over the door are "
            "many in these places, but a shop seldom has a name in each.",
            f"The word for police is Heddlu in Welsh, as {link(rows['cy'][0])} shows; a council is Cyngor in Welsh "
            "and Konsel in "
            "Cornish.",
            f"The Cornish names are those of {listed(links(rows['kw']))}; the Manx one is that of "
            f"{listed(links(rows['gv']))}.",
            PullQuote("A shop seldom has a name in each."),
            "On a listing's page the names in other languages stand beside the first, each marked with its language, "
            "so that a screen "
            "reader may say them properly.",
        ],
        counted="Counted: listings with a name in Welsh, Irish, Cornish or Manx.",
        tags=("languages", "Welsh", "Irish", "United Kingdom"),
        series="Names of the world",
    )


def exclamation(world: World) -> Story:
    rows = [row for row in world.names if "!" in row["name"]]
    questions = [row for row in world.names if "?" in row["name"]]
    double = [row for row in rows if "!!" in row["name"]]
    ampersands = sum("&" in row["name"] for row in world.names)
    latin = [row for row in rows if scripts(row["name"]) == {"Latin"}]
    return write(
        f"{n(len(rows))} names raise their voice",
        section=LANGUAGES,
        at="2016-11-30 07:15",
        by=LANGUAGE,
        lead=(
            f"Of {n(len(world.names))} names in the directory that are not airports, {n(len(rows))} contain an "
            "exclamation mark. "
            f"{spelled(len(questions)).capitalize()} ask a question."
        ),
        body=[
            f"Among the loud ones are {listed(links(latin[:6]))}. {spelled(len(double)).capitalize()} of them needs "
            "two marks: "
            f"{listed(links(double))}.",
            f"The questions are those of {listed(links(questions))}. The former, translated from Portuguese, means: "
            "Who said that, "
            "Berenice? Nobody has answered so far.",
            PullQuote("Who said that, Berenice?"),
            f"Quieter signs are more common. The ampersand joins {n(ampersands)} names, and "
            f"{n(sum(chr(39) + 's' in row['name'] or '’s' in row['name'] for row in world.names))} "
            "have an apostrophe followed by an s, the mark of a shop that belongs to somebody.",
            "None of these signs matters to a search on this site: leave them out, and the name is found just the "
            "same.",
        ],
        counted="Counted: names with exclamation marks, question marks, ampersands, and an apostrophe before an s.",
        tags=("names", "punctuation", "oddities"),
        series="Names of the world",
    )


COLOURS = (
    "Red",
    "Blue",
    "Green",
    "White",
    "Black",
    "Yellow",
    "Orange",
    "Pink",
    "Golden",
    "Silver",
    "Purple",
    "Brown",
    "Grey",
)


def colours(world: World) -> Story:
    words = [set(row["name"].split()) for row in world.names]
    counts = Counter({colour: sum(colour in found for found in words) for colour in COLOURS})
    ranking = [(name, number) for name, number in top(counts, len(COLOURS)) if number]
    first = [row for row in world.names if ranking[0][0] in row["name"].split()][:4]
    return write(
        f"{ranking[0][0]} is the favourite colour of English signs",
        section=LANGUAGES,
        at="2024-03-19 07:10",
        by=CULTURE,
        lead=(
            f"{n(ranking[0][1])} names contain the word {ranking[0][0]}, more than any other colour. {ranking[1][0]} "
            "follows with "
            f"{n(ranking[1][1])}."
        ),
        body=[
            f"Among the winners are {listed(links(first))}.",
            Table("Names with a colour", (("Colour", "Names"), *((name, n(number)) for name, number in ranking))),
            "Only whole English words with a capital letter are counted, so that neither Redbox nor Greenwich comes "
            "in. Other "
            "languages have colours of their own and would need a count of their own.",
            f"Some names have two. {link(world.named('Black Red White'))} has three, which must be a record, and sells "
            "furniture in all of them.",
            PullQuote("Nobody, it seems, has ever put Beige over the door."),
        ],
        counted="Counted: names that contain the English word for a colour.",
        tags=("names", "colours", "oddities"),
        picture=bars("colours", "Names with an English colour", ranking[:8], caption="Colours in English names."),
        series="Names of the world",
    )


def kings(world: World) -> Story:
    words = [row["name"].split() for row in world.names]

    def having(word: str) -> list[Row]:
        return [row for row, found in zip(world.names, words, strict=True) if word in found]

    kings_, queens, royal = having("King"), having("Queen"), having("Royal")
    animals = {
        name: len(having(name)) for name in ("Bear", "Eagle", "Lion", "Tiger", "Fox", "Panda", "Elephant", "Cat")
    }
    return write(
        f"{n(len(kings_))} kings, {spelled(len(queens))} queens and no cat",
        section=LANGUAGES,
        at="2019-05-21 07:25",
        by=CULTURE,
        lead=(
            f"{n(len(kings_))} names in the directory contain the word King, {spelled(len(queens))} the word Queen. "
            "Among the animals, "
            "the bear does well, the eagle better, and the cat does not appear at all."
        ),
        body=[
            f"The kings rule over many things, such as {listed(links(kings_[:5]))}. The queens are "
            f"{listed(links(queens))}.",
            f"Royal, which can be either, has {n(len(royal))} names, and there it is often meant in earnest.",
            Bullets(
                tuple(
                    f"{name}: {spelled(number) if number else 'none'}"
                    for name, number in sorted(animals.items(), key=lambda item: (-item[1], item[0]))
                )
            ),
            f"The one panda is {link(having('Panda')[0])}, the one elephant {link(having('Elephant')[0])}.",
            PullQuote("The cat does not appear at all, and does not care."),
            "Only whole words count, as in all our counts of words. A cat hidden in a catering firm is not a cat.",
        ],
        counted="Counted: names that contain certain English words.",
        tags=("names", "animals", "oddities"),
        series="Names of the world",
    )


def bubble_tea(world: World) -> Story:
    rows = world.under("Food and drink", "Cafe", "Bubble Tea")
    ranking = top(count_countries(rows), 6)
    home = sorted((row for row in rows if row.get("countries") == ["TW"]), key=lambda row: row["name"])
    wide = furthest(rows, lambda row: len(row.get("countries", [])), 2)
    return write(
        f"Bubble tea: half of {n(len(rows))} names are at home in Taiwan",
        section=FOOD,
        at="2026-09-16 09:30",
        by=CULTURE,
        lead=(
            f"Tea with pearls of starch at the bottom has {n(len(rows))} names in the directory, and "
            f"{n(ranking[0][1])} of them are "
            f"found in {place(ranking[0][0])}."
        ),
        body=[
            f"{place(ranking[1][0])} follows with {n(ranking[1][1])}, {place(ranking[2][0])} with {n(ranking[2][1])} "
            "and "
            f"{place(ranking[3][0])} with {n(ranking[3][1])}.",
            f"{n(len(home))} names are listed in Taiwan and nowhere else. The two that have gone furthest are "
            f"{link(wide[0])}, in "
            f"{n(len(wide[0]['countries']))} countries, and {link(wide[1])}, in {n(len(wide[1]['countries']))}.",
            PullQuote("A straw wide enough for a marble, and a trade to go with it."),
            f"Among the kinds of {category('Food and drink', 'Cafe', words='cafe')} it takes second place, after the "
            f"{category('Food and drink', 'Cafe', 'Coffee Shop', words='coffee shop')} with "
            f"{n(world.count('Food and drink', 'Cafe', 'Coffee Shop'))}. The plain "
            f"{category('Food and drink', 'Cafe', 'Tea', words='tea house')} has "
            f"{spelled(world.count('Food and drink', 'Cafe', 'Tea'))}.",
            "Half of the names are written in Chinese characters; their English forms, where known, stand beside them.",
        ],
        counted="Counted: listings in the category Bubble Tea, by country.",
        tags=("tea", "Taiwan", "food"),
        picture=scene(
            "bubble-tea",
            "cups",
            alt="Drawing of four tall cups of tea in pastel colours with wide straws and dark pearls at the bottom.",
            caption="Four cups, none alike.",
        ),
    )


def kitchens(world: World) -> Story:
    places_to_eat = (["Food and drink", "Restaurant"], ["Food and drink", "Fast Food"])
    kinds = Counter(
        kind
        for row in world.names
        for kind in {path[2] for path in row["categories"] if path[:2] in places_to_eat and len(path) > 2}
    )
    single = sorted(name for name, number in kinds.items() if number == 1)
    ranking = top(kinds, 8)
    return write(
        f"A menu of {n(len(kinds))} kitchens",
        section=FOOD,
        at="2025-04-24 11:30",
        by=CULTURE,
        lead=(
            f"The restaurants and fast-food brands of the directory are sorted into {n(len(kinds))} kinds of cooking. "
            f"{ranking[0][0]} is served by the most, {n(ranking[0][1])}."
        ),
        body=[
            "After it come " + listed([f"{name} ({n(number)})" for name, number in ranking[1:6]]) + ".",
            "Some kinds are countries, some are dishes and some are ways of holding the thing. That is untidy, and "
            "it is how people "
            "talk: nobody goes out for Italian when they want a pizza.",
            f"{n(len(single))} kinds have a single name each, from {single[0]} to {single[-1]}. Anybody who wants "
            "them has no choice to "
            "make.",
            PullQuote("Nobody goes out for Italian when they want a pizza."),
            "Eating in still beats eating out of the hand, but not by brands: "
            f"{n(world.count('Food and drink', 'Fast Food'))} names are "
            f"listed as {category('Food and drink', 'Fast Food', words='fast food')} and "
            f"{n(world.count('Food and drink', 'Restaurant'))} as "
            f"{category('Food and drink', 'Restaurant', words='restaurants')}.",
        ],
        counted="Counted: third-level categories below Restaurant and Fast Food, and their listings.",
        tags=("food", "restaurants", "rankings"),
        picture=bars(
            "kitchens", "Restaurant and fast-food names by kind", ranking, caption="The commonest kinds of cooking."
        ),
    )


def pizza(world: World) -> Story:
    def both(kind: str) -> list[Row]:
        found = {
            row["id"]: row
            for place_ in ("Restaurant", "Fast Food")
            for row in world.under("Food and drink", place_, kind)
        }
        return list(found.values())

    pizzas, burgers = both("Pizza"), both("Burger")
    pizza_in, burger_in = count_countries(pizzas), count_countries(burgers)
    for_pizza = sorted(code for code in set(pizza_in) | set(burger_in) if pizza_in[code] > burger_in[code])
    for_burger = sorted(code for code in set(pizza_in) | set(burger_in) if burger_in[code] > pizza_in[code])
    biggest = [code for code, _ in top(count_countries([*pizzas, *burgers]), 6)]
    return write(
        f"Pizza {n(len(pizzas))}, burgers {n(len(burgers))}",
        section=FOOD,
        at="2022-02-09 12:00",
        by=CULTURE,
        lead=(
            f"Restaurants and fast food taken together, {n(len(pizzas))} brands sell pizza and {n(len(burgers))} "
            "sell burgers. Country "
            f"by country the burger wins {n(len(for_burger))} times, the pizza {n(len(for_pizza))}."
        ),
        body=[
            Table(
                "Brands, where there are the most",
                (
                    ("Country", "Pizza", "Burgers"),
                    *((country_name(code), n(pizza_in[code]), n(burger_in[code])) for code in biggest),
                ),
            ),
            f"In {place('US')} the score is {n(pizza_in['US'])} to {n(burger_in['US'])}, in {place('GB')} "
            f"{n(pizza_in['GB'])} to "
            f"{n(burger_in['GB'])}. {place('IT')}, which gave the world the one, is content with "
            f"{spelled(pizza_in['IT'])} "
            f"{'brand' if pizza_in['IT'] == 1 else 'brands'} of it: where every corner makes its own, there is "
            "little for a brand "
            "to do.",
            PullQuote("Where every corner makes its own, there is little for a brand to do."),
            "The pizza brand that is listed in the most countries is "
            f"{link(furthest(pizzas, lambda row: len(row.get('countries', [])))[0])}; "
            f"among burgers it is {link(furthest(burgers, lambda row: len(row.get('countries', [])))[0])}. Those "
            "that are simply "
            "marked worldwide are not in this contest.",
        ],
        counted="Counted: listings under Pizza and Burger, below Restaurant and Fast Food, each once, by country.",
        tags=("food", "pizza", "burgers", "rankings"),
        picture=scene(
            "pizza",
            "pizza",
            alt="Drawing, seen from above, of a pizza with one slice pulled out, on a chequered cloth.",
            caption="One slice is spoken for.",
        ),
    )


def coffee(world: World) -> Story:
    rows = world.under("Food and drink", "Cafe", "Coffee Shop")
    ranking = top(count_countries(rows), 6)
    wide = furthest(rows, lambda row: len(row.get("countries", [])), 3)
    named = sum("Coffee" in row["name"].split() for row in world.names)
    return write(
        f"{n(len(rows))} brands of coffee house, and Britain nearly leads",
        section=FOOD,
        at="2024-10-01 07:30",
        by=CULTURE,
        lead=(
            f"Of {n(len(rows))} coffee-shop brands in the directory, {n(ranking[0][1])} are found in "
            f"{place(ranking[0][0])} and "
            f"{n(ranking[1][1])} in {place(ranking[1][0])}."
        ),
        body=[
            f"{place(ranking[2][0])} is third with {n(ranking[2][1])}, and {place(ranking[3][0])} fourth with "
            f"{n(ranking[3][1])}.",
            f"{n(named)} names of all kinds have the word Coffee in them. It needs no translation in most languages "
            "and no explanation "
            "in any.",
            f"The coffee houses that are listed in the most countries are {listed(links(wide))}. One of them is "
            "better known for "
            "wardrobes.",
            PullQuote("It needs no translation in most languages and no explanation in any."),
            f"Those who make it at home will find {spelled(world.count('Shops', 'Coffee Store'))} brands under "
            f"{category('Shops', 'Coffee Store', words='coffee stores')}; those who want it from a slot, "
            f"{spelled(world.count('Vending machines', 'Vending Machine', 'Coffee'))} kinds of machine.",
        ],
        counted="Counted: listings in the category Coffee Shop, by country; names that contain Coffee.",
        tags=("coffee", "food", "rankings"),
        picture=scene(
            "coffee",
            "coffee",
            alt="Drawing of coffee cups seen from above in a grid, each with a different ring of foam.",
            caption="The same again, please.",
        ),
    )


def pubs(world: World) -> Story:
    rows = world.under("Food and drink", "Pub")
    ranking = top(count_countries(rows), 4)
    japanese = sorted(
        (row for row in rows if row.get("countries") == ["JP"] and row.get("alt_names")), key=lambda row: row["id"]
    )
    return write(
        "A pint in Britain, a skewer in Japan: what a list calls a pub",
        section=FOOD,
        at="2021-07-19 17:00",
        by=CULTURE,
        lead=(
            f"Two countries share the category {category('Food and drink', 'Pub')} between them. {n(ranking[0][1])} "
            "of its "
            f"{n(len(rows))} names are found in {place(ranking[0][0])} and {n(ranking[1][1])} in "
            f"{place(ranking[1][0])}."
        ),
        body=[
            "They would hardly recognise each other. The Japanese houses are places where one sits late over small "
            "dishes, and the map "
            "has no better word for them than the British one.",
            "Among them are " + listed([f"{link(row)} ({row['alt_names'][0]})" for row in japanese[:4]]) + ".",
            "Categories are like that everywhere. They are made in one country, carried to others, and filled with "
            "what comes nearest.",
            PullQuote("Made in one country, carried to others, and filled with what comes nearest."),
            "After these two come "
            f"{listed([f'{place(code)} with {spelled(number)}' for code, number in ranking[2:]])}. Bars have a "
            f"{category('Food and drink', 'Bar', words='category of their own')}, with "
            f"{n(world.count('Food and drink', 'Bar'))} names.",
        ],
        counted="Counted: listings in the category Pub, by country.",
        tags=("pubs", "Japan", "United Kingdom", "food"),
    )


def vending(world: World) -> Story:
    kinds = world.children("Vending machines", "Vending Machine")
    ranking = top(kinds, 6)
    story = world.under("Vending machines", "Vending Machine", "Short Story")[0]
    tubes = sorted(world.under("Vending machines", "Vending Machine", "Bicycle Tube"), key=lambda row: row["name"])
    papers = sorted(world.under("Vending machines", "Vending Machine", "Newspapers"), key=lambda row: row["name"])
    return write(
        "Insert a coin, take a short story",
        section=("Culture",),
        at="2017-10-17 07:35",
        by=CULTURE,
        lead=(
            f"{n(world.count('Vending machines'))} names run vending machines, for {n(len(kinds))} kinds of goods. "
            "One of them sells, "
            f"or gives away, literature: {link(story)}."
        ),
        body=[
            "The commonest goods are more bodily: "
            f"{listed([f'{name.lower()} ({n(number)})' for name, number in ranking])}.",
            f"Cyclists are looked after. {listed(links(tubes))} put inner tubes behind glass, where a shop would be "
            "shut.",
            f"And this trade is there as well: {spelled(len(papers))} names sell newspapers from boxes, among them "
            f"{listed(links(papers[:4]))}. One pays and takes a copy, and nobody has ever found out how many take two.",
            PullQuote("One pays and takes a copy, and nobody has ever found out how many take two."),
            "A machine is a shop with the shopkeeper left out. What remains is a name, a slot and a kind of goods, "
            "which happens to be "
            "all that a directory needs.",
        ],
        counted="Counted: kinds of goods below Vending Machine, and their listings.",
        tags=("vending machines", "books", "newspapers", "oddities"),
        picture=scene(
            "vending",
            "machine",
            alt="Drawing of a vending machine whose compartments hold books, drinks, a tube and a newspaper.",
            caption="A shop with the shopkeeper left out.",
        ),
    )


def bookcases(world: World) -> Story:
    rows = world.under("Education", "Public Bookcase")
    known = sorted((row for row in rows if row.get("countries")), key=lambda row: row["name"])
    ranking = top(count_countries(rows), 2)
    return write(
        "Take a book, leave a book",
        section=("Culture",),
        at="2026-09-12 08:00",
        by=CULTURE,
        lead=(
            f"{n(len(rows))} names look after public bookcases, the smallest kind of library there is. "
            f"{spelled(ranking[0][1])} of them are "
            f"listed in {place(ranking[0][0])}, {spelled(ranking[1][1])} in {place(ranking[1][0])}."
        ),
        body=[
            Bullets(
                tuple(f"{link(row)}: {listed([country_name(code) for code in row['countries']])}" for row in known[:8])
            ),
            "Some are run by friends of reading, some by towns, one by a railway and several by suppliers of "
            "electricity.",
            f"Proper libraries, with opening hours and a person who says hush, have "
            f"{n(world.count('Education', 'Library'))} names in the directory. "
            f"{n(count_countries(world.under('Education', 'Library'))['US'])} of these are in {place('US')}.",
            PullQuote("The smallest kind of library there is."),
            "A bookcase in the street has no catalogue, no fines and no closing time. It is also one of the few "
            "things that get fuller "
            "when everybody takes what they like.",
        ],
        counted="Counted: listings in the categories Public Bookcase and Library, by country.",
        tags=("books", "libraries"),
        picture=scene(
            "bookcases",
            "books",
            alt="Drawing of a small glazed bookcase on a post in a street, full of books of all sizes.",
            caption="Open all night.",
        ),
    )


def karaoke(world: World) -> Story:
    rows = world.under("Culture and going out", "Karaoke Box")
    ranking = top(count_countries(rows), 2)
    cinemas = world.under("Culture and going out", "Cinema")
    films = top(count_countries(cinemas), 3)
    return write(
        "A room to sing in",
        section=("Culture",),
        at="2018-09-08 19:30",
        by=CULTURE,
        lead=(
            f"{spelled(ranking[0][1]).capitalize()} of the {n(len(rows))} names that let rooms for karaoke are "
            "Japanese, and "
            f"{spelled(ranking[1][1])} are found in {place(ranking[1][0])}."
        ),
        body=[
            f"They are {listed(links(sorted(rows, key=lambda row: row['id'])))}.",
            f"The branch {category('Culture and going out')} is one of the smaller ones in the directory, with "
            f"{n(world.count('Culture and going out'))} names. Most of it is cinema: {n(len(cinemas))} brands, of "
            "which "
            f"{n(films[0][1])} are found in {place(films[0][0])}, {n(films[1][1])} in {place(films[1][0])} and "
            f"{n(films[2][1])} in "
            f"{place(films[2][0])}.",
            "Theatres, concert halls and museums are missing, and that is no slight. An index of names that repeat "
            "has no place for "
            "what exists only once.",
            PullQuote("An index of names that repeat has no place for what exists only once."),
            f"What can be repeated is the rest of the evening: {n(world.count('Culture and going out', 'Casino'))} "
            "brands of casino, "
            f"{n(world.count('Culture and going out', 'Internet Cafe'))} of internet cafe and "
            f"{spelled(world.count('Culture and going out', 'Photo Booth'))} of photo booth, to remember it by.",
        ],
        counted="Counted: listings in Culture and going out, by kind and country.",
        tags=("karaoke", "Japan", "cinema", "going out"),
    )


STORIES: tuple[StoryMaker, ...] = (
    writing_systems,
    three_scripts,
    georgian,
    shortest,
    no_letters,
    celtic,
    exclamation,
    colours,
    kings,
    bubble_tea,
    kitchens,
    pizza,
    coffee,
    pubs,
    vending,
    bookcases,
    karaoke,
)
