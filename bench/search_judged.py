"""The judged set: queries for known listings, drawn from the facts with a seed, and needs that were written by hand.

A query of a known listing is right if what is found is that listing, or another that the same query means as well: of
the same name, host, phone number or street. A need is judged by a rule over the facts.
"""

import random
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bench.search_rows import Row, address, paths, phones
from gazetteer.search.engines import analysis

DRAWN = {
    "name as given": 150, "without accents": 80, "one letter more": 50, "one letter less": 50, "another letter": 50,
    "two changed about": 50, "acronym": 70, "another script": 80, "name and town": 80, "phone": 70, "domain": 70,
    "street": 60, "half typed": 90,
}  # fmt: skip


@dataclass(frozen=True)
class Judged:
    """`right`: the numbers of the rows that answer it."""

    kind: str
    text: str
    right: frozenset[int]


def judged(rows: Sequence[Row], seed: int) -> list[Judged]:
    return [*known_items(rows, seed), *(Judged("need", need.text, answers(need, rows)) for need in NEEDS)]


def known_items(rows: Sequence[Row], seed: int) -> Iterator[Judged]:
    chance = random.Random(seed)
    shuffled = list(rows)
    chance.shuffle(shuffled)
    by_name = groups(rows, lambda row: [analysis.whole(row["name"])])
    unique = [row for row in shuffled if len(by_name[analysis.whole(row["name"])]) == 1]
    drawn = iter(unique)

    def take(kind: str, asked: Callable[[Row], str]) -> Iterator[Judged]:
        count = 0
        for row in drawn:
            if text := asked(row):
                yield Judged(kind, text, frozenset({row["number"]}))
                count += 1
                if count == DRAWN[kind]:
                    return

    yield from take("name as given", lambda row: row["name"])
    yield from take("half typed", lambda row: half(row["name"]))
    yield from take("name and town", lambda row: in_town(row))
    for kind, edit in EDITS.items():
        yield from take(kind, lambda row, edit=edit: mistyped(row["name"], edit, chance))  # type: ignore[misc]
    yield from of_kind("without accents", shuffled, lambda row: bare(row["name"]), by_name, analysis.whole)
    yield from of_group("acronym", shuffled, groups(rows, acronyms), acronyms, chance, most=10)
    yield from of_group("domain", shuffled, groups(rows, hosts), hosts, chance, most=10)
    yield from of_group("phone", shuffled, groups(rows, numbers), numbers, chance, most=10, written=other_format)
    yield from of_group("street", shuffled, groups(rows, streets), streets, chance, most=10)
    by_other = groups(rows, every_name)
    yield from of_kind("another script", shuffled, other_script, by_other, analysis.whole)


def groups(rows: Sequence[Row], keys: Callable[[Row], Sequence[str]]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        for key in keys(row):
            found[key].add(row["number"])
    return found


def of_kind(
    kind: str,
    rows: Sequence[Row],
    asked: Callable[[Row], str],
    by_key: dict[str, set[int]],
    key: Callable[[str], str],
) -> Iterator[Judged]:
    count = 0
    for row in rows:
        text = asked(row)
        right = by_key.get(key(text), set()) | {row["number"]} if text else set()
        if text and len(right) <= 10:
            yield Judged(kind, text, frozenset(right))
            count += 1
            if count == DRAWN[kind]:
                return


def of_group(
    kind: str,
    rows: Sequence[Row],
    by_key: dict[str, set[int]],
    keys: Callable[[Row], Sequence[str]],
    chance: random.Random,
    most: int,
    written: Callable[[str, random.Random], str] = lambda key, chance: key,
) -> Iterator[Judged]:
    """Rows that at most `most` share the key of."""
    count = 0
    for row in rows:
        found = [key for key in keys(row) if len(by_key[key]) <= most]
        if found:
            yield Judged(kind, written(found[0], chance), frozenset(by_key[found[0]]))
            count += 1
            if count == DRAWN[kind]:
                return


# ---- How it is asked for ---------------------------------------------------------------------------------------------


def half(name: str) -> str:
    """The first two thirds, so that it ends within a word; of names of eight letters and more."""
    return name[: max(5, len(name) * 2 // 3)].rstrip() if len(name) >= 8 and len(analysis.words(name)) > 1 else ""


def in_town(row: Row) -> str:
    town = address(row)["city"]
    return f"{row['name']} {town}" if town and analysis.fold(town) not in analysis.fold(row["name"]) else ""


def bare(name: str) -> str:
    """Without accents, if it has any."""
    apart = unicodedata.normalize("NFKD", name)
    kept = "".join(c for c in apart if not unicodedata.combining(c))
    is_latin = all(analysis.script_of(c) == "LATIN" for c in kept if c.isalpha())
    return unicodedata.normalize("NFC", kept) if is_latin and kept != apart else ""


LETTERS = "abcdefghijklmnopqrstuvwxyz"
EDITS: dict[str, Callable[[str, int, random.Random], str]] = {
    "one letter more": lambda word, at, chance: word[:at] + chance.choice(LETTERS) + word[at:],
    "one letter less": lambda word, at, _chance: word[:at] + word[at + 1 :],
    "another letter": lambda word, at, chance: word[:at] + chance.choice(LETTERS) + word[at + 1 :],
    "two changed about": lambda word, at, _chance: word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :],
}


def mistyped(name: str, edit: Callable[[str, int, random.Random], str], chance: random.Random) -> str:
    """One letter wrong in one word of five letters and more, not in its first letter."""
    long = list(re.finditer(r"[a-zA-Z]{5,}", name))
    if not long or not name.isascii():
        return ""
    found = chance.choice(long)
    word = found[0]
    wrong = edit(word, chance.randrange(1, len(word) - 1), chance)
    return name[: found.start()] + wrong + name[found.end() :] if wrong.lower() != word.lower() else ""


def acronyms(row: Row) -> list[str]:
    return [each for each in row.get("acronyms") or [] if len(each) > 1]


def hosts(row: Row) -> list[str]:
    found = analysis.host(row.get("website") or "")
    return [found] if "." in found and (row.get("website") or "").rstrip("/").count("/") == 2 else []


def numbers(row: Row) -> list[str]:
    return [each for each in phones(row) if len(analysis.digits(each)) > 8]


def other_format(phone: str, chance: random.Random) -> str:
    """The number as somebody else writes it: at home with a 0, without spaces, with dots, from abroad with 00."""
    code, _space, rest = phone.lstrip("+").partition(" ")
    digits = "".join(c for c in rest if c.isdigit())
    return chance.choice([
        f"0{digits}", f"(0{digits[:1]}) {digits[1:4]} {digits[4:]}", f"00{code}{digits}", f"+{code}{digits}",
        f"0{digits[:1]}.{digits[1:4]}.{digits[4:]}", f"+{code} (0){digits[:1]}-{digits[1:]}",
    ])  # fmt: skip


def streets(row: Row) -> list[str]:
    where = address(row)
    street = where["street"].strip()
    return [f"{street} {where['city']}"] if re.match(r"\d", street) and where["city"] else []


def every_name(row: Row) -> list[str]:
    names = [row["name"], *(row.get("alt_names") or []), *map(str, (row.get("names_by_lang") or {}).values())]
    return [analysis.whole(name) for name in names]


def other_script(row: Row) -> str:
    """A name in a script that the main name is not in."""
    own = script(row["name"])
    names = [*map(str, (row.get("names_by_lang") or {}).values()), *(row.get("alt_names") or [])]
    return next((name for name in names if script(name) not in (own, "LATIN", "")), "")


def script(text: str) -> str:
    counted = Counter(analysis.script_of(c) for c in text if c.isalpha())
    return counted.most_common(1)[0][0] if counted else ""


# ---- Needs ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Need:
    """`what`: a pattern that its name or category has; `country`, `city`: where it is (empty: anywhere)."""

    text: str
    what: str
    country: str = ""
    city: str = ""


def answers(need: Need, rows: Sequence[Row]) -> frozenset[int]:
    pattern = re.compile(need.what, re.I)
    return frozenset(row["number"] for row in rows if is_there(need, row) and pattern.search(facts(row)))


def is_there(need: Need, row: Row) -> bool:
    if need.country and need.country not in (row.get("countries") or []):
        return False
    town = f"{address(row)['city']} {row['name']}".casefold()
    return not need.city or need.city.casefold() in town


def facts(row: Row) -> str:
    names = [row["name"], *(row.get("alt_names") or []), *map(str, (row.get("names_by_lang") or {}).values())]
    return " | ".join([*names, row.get("description") or "", *(" ".join(path) for path in paths(row))])


NEEDS = (
    Need("universities in Kenya", "universit", "KE"),
    Need("university Nairobi", "universit", "KE", "nairobi"),
    Need("universities in Ghana", "universit", "GH"),
    Need("university Lagos", "universit", "NG", "lagos"),
    Need("hospitals in Japan", "hospital|healthcare", "JP"),
    Need("hospital Tokyo", "hospital|healthcare", "JP", "tokyo"),
    Need("hospitals in Seoul", "hospital|healthcare", "KR", "seoul"),
    Need("bank", r"\bbank"),
    Need("banks in Germany", r"bank\b|sparkasse", "DE"),
    Need("bank Zürich", "bank", "CH"),
    Need("observatory", "observator"),
    Need("observatories in Chile", "observator", "CL"),
    Need("astronomical observatory", "observator"),
    Need("museum of natural history", "natural history|naturk|histoire naturelle|historia natural"),
    Need("museums in London", "museum", "GB", "london"),
    Need("archives in France", "archiv", "FR"),
    Need("research institute Berlin", "research|institut|forschung", "DE", "berlin"),
    Need("max planck institute", "max[- ]planck"),
    Need("fraunhofer", "fraunhofer"),
    Need("cancer research", "cancer|oncolog|krebs"),
    Need("marine biology", "marine|oceano"),
    Need("agricultural university", "agricultur|agrar"),
    Need("technical university Munich", "techni.*(munich|münchen)"),
    Need("medical university", "medic|medizin"),
    Need("business school", "business school|school of business|management"),
    Need("ministry of health", "ministry of health|health"),
    Need("ministry of agriculture", "agricultur"),
    Need("supermarkets in France", "supermarket|supermarch|carrefour", "FR"),
    Need("supermarket", "supermarket"),
    Need("convenience store Japan", "convenience", "JP"),
    Need("fast food", "fast food"),
    Need("pizza", "pizz"),
    Need("coffee shops", "coffee|caf[eé]"),
    Need("fuel stations in Italy", "fuel|gas station|petrol", "IT"),
    Need("pharmacy", "pharmac"),
    Need("bicycle shop", "bicycle|bike|cycle"),
    Need("airports in Iceland", "airport", "IS"),
    Need("airport Alaska", "airport|airfield|seaplane", "US"),
    Need("airport Auckland", "airport", "NZ", "auckland"),
    Need("hotels Queenstown", "hotel|motel|lodge", "NZ", "queenstown"),
    Need("motel Rotorua", "motel|hotel", "NZ", "rotorua"),
    Need("bed and breakfast Nelson", r"bed (&|and) breakfast|b ?& ?b|homestay", "NZ", "nelson"),
    Need("dentist Christchurch", "dent", "NZ", "christchurch"),
    Need("dentists Auckland", "dent", "NZ", "auckland"),
    Need("plumber Wellington", "plumb", "NZ", "wellington"),
    Need("driving school Hamilton", "driving", "NZ", "hamilton"),
    Need("car rental Wellington", "rental|rent a car", "NZ", "wellington"),
    Need("winery Marlborough", "wine|vineyard"),
    Need("wineries Blenheim", "wine|vineyard", "NZ", "blenheim"),
    Need("bakery Dunedin", "bake|bakery", "NZ", "dunedin"),
    Need("ski resort", r"\bski\b"),
    Need("swimming pool", "swim|pool"),
    Need("art gallery Auckland", "galler|art", "NZ", "auckland"),
    Need("child care Tauranga", "child|kindergarten|preschool", "NZ", "tauranga"),
    Need("pest control", "pest"),
    Need("golf club", "golf"),
    Need("travel agent Dunedin", "travel", "NZ", "dunedin"),
    Need("furniture Hamilton", "furnitur", "NZ", "hamilton"),
    Need("fishing charters", "fish"),
    Need("universität wien", "universit", "AT", ""),
    Need("universités à Lyon", "universit", "FR", "lyon"),
    Need("hôpitaux en France", "hospital|hôpital|hospit|healthcare|clinique", "FR"),
    Need("krankenhaus", "krankenhaus|hospital|klinik"),
    Need("bibliothèque", "biblioth|library"),
    Need("banco de españa", "banco"),
    Need("大学", "大学|大學|universit"),
    Need("университет москва", "университет|universit", "RU"),
    Need("national park", "national park"),
    Need("space agency", "space"),
    Need("electric vehicle charging", "charging|electric"),
)
