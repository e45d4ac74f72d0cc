"""How well matching tells copies of one story from other stories: precision, recall and F1, by kind of pair.

    python -m bench.matching [FILE …] [--made N] [--seeds 1 2 3 …] [--wrong]

FILE: pairs as JSON lines (gzip allowed): `label` 1 or 0, `kind`, and `a` and `b` with `title` and `text`. Besides, N
pairs of each kind are made of the stories in FILE and in the demo, anew for each seed: reprints as desks make them
(cut, new headline, a local paragraph, a dateline, words changed), and what only looks alike (reports made from
templates, posts of a live blog, yearly events, releases with the same small print, stories that quote the same).

It also says how thresholds chosen on half of the pairs do on the other half, how far each kind keeps from the line,
and, of two indexes, which finds the copies before anything is compared: the anchors in use, and whole-text MinHash.
"""

import argparse
import gzip
import json
import random
import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from rensa import RMinHash

from gazetteer.news.wire import likeness
from gazetteer.news.wire.likeness import LINES, Print, Thresholds, print_of

Text = dict[str, str]


@dataclass
class Pair:
    same: bool
    kind: str
    a: Text
    b: Text


# What was given


def read(path: Path) -> list[Pair]:
    content = path.read_bytes()
    text = (gzip.decompress(content) if path.suffix == ".gz" else content).decode()
    rows = [json.loads(line) for line in text.splitlines() if line.strip()]
    return [Pair(bool(row["label"]), row["kind"], row["a"], row["b"]) for row in rows]


def stories(pairs: Iterable[Pair]) -> list[Text]:
    """Each story of the file once: the first of a pair, and both where they are two stories."""
    found = {pair.a["text"]: pair.a for pair in pairs}
    found.update({pair.b["text"]: pair.b for pair in pairs if not pair.same})
    return sorted((each for each in found.values() if len(each["text"].split()) > 120), key=lambda each: each["text"])


# Copies of one story

CHANGED = (
    "also then later however earlier meanwhile officials people group plan area several early local major recent new "
    "said told added reported noted large small near around about nearly over under during after before while"
).split()
TOWNS = "Marlow Easterby Tolland Kirkby Wexham Ardley Penford Sutterton Holme Brackley".split()
LOCAL = (
    "In {town}, councillors said they were following the matter closely and would meet on {day} to discuss it.",
    "{name}, who lives in {town}, told this newspaper that neighbours had talked of little else since {day}.",
    "A spokesman for {town} council said residents with questions could ring the town hall from {day}, and that a "
    "note would go to every household; {name}, who chairs the committee, called for calm.",
)
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTHS = "January February March April May June July August September October November December".split()
NAMES = (
    "Ada Kern|Ben Holt|Cleo Marsh|Dan Weir|Ella Frost|Finn Dale|Gita Rao|Hugo Lund|Ines Prado|Jon Tamm|Kaja Berg|"
    "Leo Brandt|Mina Solari|Noor Aziz|Otto Falk|Pia Lehto|Quinn Abara|Rosa Vidal|Sam Okoro|Tess Moran"
).split("|")
AGENCIES = ("Northern Press", "AP", "Reuters", "Inter Wire", "dpa")
SMALL_PRINT = (
    "© {agency} 2026. All rights reserved. This material may not be published, broadcast or rewritten.",
    "With reporting by {name} in {town}. Editing by {other}.",
    "Staff and wire services",
)


def sentences(text: str) -> list[str]:
    return [each for each in re.split(r"(?<=[.!?])\s+", text) if each]


def paragraphs(text: str) -> list[str]:
    return [each for each in text.split("\n\n") if each.strip()]


def cut(text: str, dice: random.Random, least: float = 0.3, most: float = 0.75) -> str:
    """The first part of it, as desks cut from the end; ends with a whole sentence."""
    wanted = len(text.split()) * dice.uniform(least, most)
    kept: list[str] = []
    for each in sentences(text):
        if kept and len(" ".join(kept).split()) >= wanted:
            break
        kept.append(each)
    return " ".join(kept)


def edited(text: str, dice: random.Random, share: float = 0.06) -> str:
    """Some words replaced, and some left out; names and numbers stay."""
    words = []
    for word in text.split(" "):
        plain = word.isalpha() and word.islower()
        if plain and dice.random() < share:
            words.append(dice.choice(CHANGED))
        elif not (plain and dice.random() < share / 3):
            words.append(word)
    return " ".join(words)


def headline(text: str, title: str, dice: random.Random) -> str:
    """Another headline: its words in another order, or the beginning of some sentence."""
    if dice.random() < 0.5:
        words = title.split()
        dice.shuffle(words)
        return " ".join(words[: max(len(words) - 2, 2)])
    return " ".join(dice.choice(sentences(text)).split()[: dice.randint(6, 11)])


def filled(line: str, dice: random.Random) -> str:
    name, other = dice.sample(NAMES, 2)
    return line.format(
        town=dice.choice(TOWNS), day=dice.choice(DAYS), name=name, other=other, agency=dice.choice(AGENCIES)
    )


def with_local(text: str, dice: random.Random) -> str:
    """A paragraph of one's own, in front, between or behind."""
    parts = paragraphs(text)
    parts.insert(dice.randint(0, len(parts)), filled(dice.choice(LOCAL), dice))
    return "\n\n".join(parts)


def with_dateline(text: str, dice: random.Random) -> str:
    return f"{dice.choice(TOWNS).upper()} ({dice.choice(AGENCIES)}) — {text}"


def with_small_print(text: str, dice: random.Random) -> str:
    return f"{text}\n\n{filled(dice.choice(SMALL_PRINT), dice)}"


def excerpt(text: str, dice: random.Random) -> str:
    return " ".join(text.split()[: dice.randint(30, 60)]) + " …"


def reprint(story: Text, dice: random.Random) -> Text:
    """All of it at once: cut, edited, a new headline, a dateline, a paragraph of one's own, small print."""
    text = with_local(edited(cut(story["text"], dice, 0.45, 0.9), dice, 0.05), dice)
    return {
        "title": headline(story["text"], story["title"], dice),
        "text": with_small_print(with_dateline(text, dice), dice),
    }


def again(change: Callable[[str, random.Random], str], new_headline: bool = False) -> Callable[..., Text]:
    def make(story: Text, dice: random.Random) -> Text:
        title = headline(story["text"], story["title"], dice) if new_headline else story["title"]
        return {"title": title, "text": change(story["text"], dice)}

    return make


COPIES: dict[str, Callable[[Text, random.Random], Text]] = {
    "cut": again(cut),
    "cut, new headline": again(cut, True),
    "words changed": again(lambda text, dice: edited(text, dice, 0.1), True),
    "local paragraph": again(with_local, True),
    "dateline": again(with_dateline),
    "excerpt": again(excerpt),
    "excerpt, new headline": again(excerpt, True),
    "cut to a third and local paragraph": again(lambda text, dice: with_local(cut(text, dice, 0.25, 0.4), dice), True),
    "all at once": reprint,
}


def made_copies(told: list[Text], number: int, dice: random.Random) -> Iterator[Pair]:
    for kind, make in COPIES.items():
        for story in dice.choices(told, k=number):
            yield Pair(True, kind, story, make(story, dice))
    for story in dice.choices(told, k=number):
        yield Pair(True, "two reprints", reprint(story, dice), reprint(story, dice))


# Stories that only look alike

TEMPLATES = {
    "weather": (
        "{day}'s weather for {town}: {sky}",
        "{town} can expect {sky} on {day}, with a high of {n} degrees and a low of {m} degrees. Winds will come from "
        "the {wind} at {n2} kilometres an hour. The chance of rain is {p} per cent in the morning and {p2} per cent "
        "in the afternoon.\n\nThe sun rises at {h}:{mm} and sets at {h2}:{mm2}. The outlook for {day2} is {sky2}, with "
        "temperatures around {k} degrees. The pollen count is {level}.",
    ),
    "market": (
        "Shares {move} on {day} as {name} results weigh",
        "The main index of the exchange in {town} closed {move} by {n}.{m} points, or {p}.{k} per cent, at "
        "{big},{n2}{m} on {day}. Volume was {k}.{m} million shares. Shares of {firm} {move2} {p2} per cent after it "
        "reported profits of {n2} million pounds for the quarter, while {firm2} {move2} {k} per cent.\n\nThe pound "
        "traded at {k}.{n} dollars. Oil was at {n2}.{k} dollars a barrel and gold at {big} dollars an ounce. Analysts "
        "at {firm} expect the central bank to hold interest rates at its next meeting.",
    ),
    "quake": (
        "Magnitude {k}.{m} earthquake shakes {town}",
        "A magnitude {k}.{m} earthquake struck {n} kilometres {wind} of {town} at {h}:{mm} on {day}, according to the "
        "geological survey. The epicentre was {n2} kilometres from {town2} at a depth of {p} kilometres. In the past "
        "ten days there have been {k2} earthquakes of magnitude 3.0 or greater centred nearby.\n\nThis report was "
        "written from data of the survey without an editor reading it.",
    ),
    "results": (
        "{firm} reports quarterly profit of {n2} million",
        "{firm} on {day} reported a profit of {n2}.{m} million pounds in its quarter that ended in {month}. The "
        "company, based in {town}, said it had a profit of {p} pence a share. The results {beat} expectations of "
        "analysts, who had on average estimated {p2} pence a share. Revenue was {big} million pounds.\n\nShares of "
        "{firm} have risen {n} per cent since the new year. In the last twelve months they {move2} {k} per cent.",
    ),
    "match": (
        "{town} {k} {town2} {k2}: {name} strikes",
        "{name} scored in minute {n} as {town} met {town2} in front of {big} people on {day}. {other} answered in "
        "minute {n2} before {third} settled it. {town} are now in place {p} with {m} points, {town2} in place {p2}. "
        "The next match of {town} is on {day2} against {town3}. The referee, {fourth}, showed {k2} yellow cards.",
    ),
    "yearly": (
        "{name} wins the {town} marathon",
        "{name} won the {town} marathon on Sunday in {k} hours, {n} minutes and {n2} seconds, ahead of {other} and "
        "{third}. {big} runners took part in the yearly race, which leads from the market square along the river and "
        "back through the old town. In the women's race {fourth} was first.\n\nThe race was first held in 1974. "
        "Streets in the centre were closed from 8:00 until the afternoon. The mayor thanked all helpers and said that "
        "the race was a feast for the whole town.",
    ),
    "lottery": (
        "Lottery numbers for {day}",
        "The winning numbers in {day}'s draw were {n}, {m}, {p}, {n2}, {k} and {p2}, with the bonus {k2}. The jackpot "
        "was {big} thousand pounds. {name} of the lottery said that one ticket sold in {town} had won. The next draw "
        "is on {day2}. Players must be eighteen or over.",
    ),
    "police": (
        "Man, {n2}, hurt in crash near {town}",
        "A man aged {n2} was taken to hospital after a crash on the A{n} near {town} on {day}. Police said that his "
        "car left the road at about {h}:{mm}. The road was closed for {k} hours. Anyone who saw what happened is asked "
        "to ring the police on 101 and to name incident {big}. A spokesman said that enquiries were under way.",
    ),
}


def from_template(kind: str, dice: random.Random) -> Text:
    low = {key: str(dice.randint(1, 9)) for key in ("k", "k2")}
    high = {key: str(dice.randint(10, 60)) for key in ("n", "m", "n2", "p", "p2", "mm", "mm2")}
    towns, names, days = dice.sample(TOWNS, 3), dice.sample(NAMES, 4), dice.sample(DAYS, 2)
    firms = [f"{name.split()[1]} Group" for name in dice.sample(NAMES, 2)]
    skies = dice.sample(["sunny spells", "light rain", "fog and drizzle", "clear skies", "thunder and hail", "snow"], 2)
    values = {
        **low, **high,
        "h": str(dice.randint(4, 8)), "h2": str(dice.randint(16, 22)), "big": str(dice.randint(1_000, 99_000)),
        "town": towns[0], "town2": towns[1], "town3": towns[2], "day": days[0], "day2": days[1],
        "name": names[0], "other": names[1], "third": names[2], "fourth": names[3],
        "firm": firms[0], "firm2": firms[1], "month": dice.choice(MONTHS), "sky": skies[0], "sky2": skies[1],
        "wind": dice.choice(["north", "south", "east", "west"]), "level": dice.choice(["high", "low", "moderate"]),
        "move": dice.choice(["up", "down"]), "move2": dice.choice(["rose", "fell"]),
        "beat": dice.choice(["surpassed", "missed", "met"]),
    }  # fmt: skip
    title, text = TEMPLATES[kind]
    return {"title": title.format(**values), "text": text.format(**values)}


def live_blog(told: list[Text], dice: random.Random) -> Pair:
    """Two posts: each has news of its own in front, and the same background behind."""
    story, first, second = dice.sample(told, 3)
    parts = sentences(story["text"])
    background = " ".join(parts[-max(3, int(len(parts) * dice.uniform(0.25, 0.5))) :])
    posts = [" ".join(sentences(each["text"])[: dice.randint(2, 8)]) for each in (first, second)]
    title = story["title"]
    return Pair(False, "live blog", *({"title": f"Live: {title}", "text": f"{post}\n\n{background}"} for post in posts))


def same_quote(told: list[Text], dice: random.Random) -> Pair:
    """Two stories of their own that quote the same statement."""
    first, second, said = dice.sample(told, 3)
    quote = " ".join(said["text"].split()[: dice.randint(40, 70)])
    line = f"The statement in full: “{quote}”"
    texts = [f"{each['text']}\n\n{line}" for each in (first, second)]
    return Pair(
        False,
        "same quotation",
        *({"title": e["title"], "text": t} for e, t in zip((first, second), texts, strict=True)),
    )


def review(told: list[Text], dice: random.Random) -> Pair:
    """A review of the day, which begins several stories, and the excerpt that one of them came as."""
    some = dice.sample(told, 5)
    parts = [" ".join(sentences(each["text"])[:2]) for each in some]
    text = "\n\n".join([f"Good morning. This is what you need to know on {dice.choice(DAYS)}.", *parts])
    one = dice.choice(some[1:])
    brief = {"title": one["title"], "text": excerpt(one["text"], dice)}
    return Pair(False, "review of the day", {"title": f"Morning briefing: {dice.choice(DAYS)}", "text": text}, brief)


def releases(told: list[Text], dice: random.Random) -> Pair:
    """Two press releases of one company with the same words about it at the end."""
    first, second, about = dice.sample(told, 3)
    small = "About us: " + " ".join(about["text"].split()[: dice.randint(60, 120)])
    return Pair(
        False,
        "same small print",
        *({"title": each["title"], "text": f"{cut(each['text'], dice)}\n\n{small}"} for each in (first, second)),
    )


def made_others(told: list[Text], number: int, dice: random.Random) -> Iterator[Pair]:
    for kind in TEMPLATES:
        for _ in range(number):
            yield Pair(False, f"template: {kind}", from_template(kind, dice), from_template(kind, dice))
    for make in (live_blog, same_quote, releases, review):
        for _ in range(number):
            yield make(told, dice)
    yield from nearest(told, number, dice)


def nearest(told: list[Text], number: int, dice: random.Random) -> Iterator[Pair]:
    """Other stories that share the most words of six letters and more: the same topic, another event."""
    words = [frozenset(re.findall(r"\w{6,}", (each["title"] + " " + each["text"]).lower())) for each in told]
    scored = []
    for one in range(len(told)):
        for other in range(one):
            common = len(words[one] & words[other]) / min(len(words[one]), len(words[other]))
            scored.append((common, one, other))
    for _common, one, other in sorted(scored, reverse=True)[: 3 * number]:
        if dice.random() < 0.5 and told[one]["title"] != told[other]["title"]:
            yield Pair(False, "nearest other story", told[one], told[other])


# Judging


@dataclass
class Judged:
    pair: Pair
    found: likeness.Likeness
    prints: tuple[Print, Print]

    @property
    def said(self) -> bool:
        return likeness.is_same(*self.prints)


def judged(pairs: Iterable[Pair]) -> list[Judged]:
    found = []
    for pair in pairs:
        prints = (print_of(pair.a["title"], pair.a["text"]), print_of(pair.b["title"], pair.b["text"]))
        found.append(Judged(pair, likeness.likeness(*prints), prints))
    return found


def scores(found: list[Judged]) -> tuple[float, float, float]:
    return scored([(each.said, each.pair.same) for each in found])


def scored(answers: list[tuple[bool, bool]]) -> tuple[float, float, float]:
    """Precision, recall and F1 of pairs of (said to be the same, is the same)."""
    right = sum(1 for said, same in answers if said and same)
    precision = right / (sum(1 for said, _ in answers if said) or 1)
    recall = right / (sum(1 for _, same in answers if same) or 1)
    return precision, recall, 2 * precision * recall / ((precision + recall) or 1)


def table(found: list[Judged]) -> None:
    kinds: dict[tuple[bool, str], list[Judged]] = defaultdict(list)
    for each in found:
        kinds[not each.pair.same, each.pair.kind].append(each)
    print(f"{'':42}{'pairs':>7}{'wrong':>7}   contained   opening     agreement   (5 % and 95 %)")
    for (other, kind), some in sorted(kinds.items()):
        wrong = sum(1 for each in some if each.said != each.pair.same)
        spans = "   ".join(
            span([getattr(e.found, name) for e in some]) for name in ("contained", "opening", "agreement")
        )
        print(f"{'≠' if other else '='} {kind:40}{len(some):>7}{wrong:>7}   {spans}")
    precision, recall, f1 = scores(found)
    print(f"precision {precision:.4f}   recall {recall:.4f}   F1 {f1:.4f}   of {len(found)} pairs")


def span(values: list[float]) -> str:
    ordered = sorted(values)
    edge = len(ordered) // 20
    return f"{ordered[edge]:.2f}–{ordered[-1 - edge]:.2f}"


def show_wrong(found: list[Judged]) -> None:
    for each in found:
        if each.said != each.pair.same:
            print(
                f"  {'=' if each.pair.same else '≠'} {each.pair.kind}: {each.pair.a['title']} | {each.pair.b['title']}"
            )
            print(f"    {each.found}  words {each.prints[0].words}, {each.prints[1].words}")


# Thresholds and indexes


def cross_validated(found: list[Judged], dice: random.Random) -> None:
    """Thresholds chosen on half of the pairs, by F1, tried on the other half; and how far each may be moved."""
    mixed = dice.sample(found, len(found))
    halves = mixed[::2], mixed[1::2]
    for chosen_on, tried_on in (halves, halves[::-1]):
        best = max(grid(), key=lambda lines: (scores_by(chosen_on, lines)[2], -distance(lines)))
        precision, recall, f1 = scores_by(tried_on, best)
        print(f"chosen on one half: {shown(best)}; on the other: P {precision:.4f} R {recall:.4f} F1 {f1:.4f}")
    for name in ("contained", "opening", "agreement"):
        good = [value / 100 for value in range(5, 100, 5) if is_good(found, name, value / 100)]
        print(f"F1 of 0.97 and more with {name} from {min(good)} to {max(good)}, in use {getattr(LINES, name)}")


def grid() -> Iterator[Thresholds]:
    for contained in (0.2, 0.25, 0.3, 0.35, 0.4):
        for opening in (0.3, 0.4, 0.5, 0.6):
            for agreement in (0.4, 0.5, 0.6, 0.7):
                yield replace(LINES, contained=contained, opening=opening, agreement=agreement)


def distance(lines: Thresholds) -> float:
    """From the ones in use: of those that do equally well the nearest is taken."""
    return sum(abs(getattr(lines, name) - getattr(LINES, name)) for name in ("contained", "opening", "agreement"))


def shown(lines: Thresholds) -> str:
    return f"contained {lines.contained} opening {lines.opening} agreement {lines.agreement}"


def is_good(found: list[Judged], name: str, value: float) -> bool:
    moved: dict[str, Any] = {name: value}
    return scores_by(found, replace(LINES, **moved))[2] >= 0.97


def scores_by(found: list[Judged], lines: Thresholds) -> tuple[float, float, float]:
    said = [likeness.decide(each.prints[0], each.prints[1], each.found, lines=lines) for each in found]
    return scored([(yes, each.pair.same) for yes, each in zip(said, found, strict=True)])


def indexes(found: list[Judged]) -> None:
    """Of the copies, how many each index would have found, how many of the others, and for how many rows a text."""
    same = [each for each in found if each.pair.same]
    others = [each for each in found if not each.pair.same]
    for least in (1, 2):
        hits = [sum(1 for e in some if in_common(e) >= least) / len(some) for some in (same, others)]
        rows = sum(len(print.anchors) for each in same for print in each.prints) / (2 * len(same))
        print(f"anchors, {least} in common: {hits[0]:.3f} of copies, {hits[1]:.3f} of others; {rows:.0f} rows a text")
    for bands, width in ((64, 2), (32, 4), (16, 8)):
        hits = [sum(1 for e in some if share_a_band(e, bands, width)) / len(some) for some in (same, others)]
        print(f"MinHash {bands} × {width}: {hits[0]:.3f} of copies, {hits[1]:.3f} of others; {bands} rows a text")


def in_common(each: Judged) -> int:
    return len(set(each.prints[0].anchors) & set(each.prints[1].anchors))


def share_a_band(each: Judged, bands: int, width: int) -> bool:
    """As an index of MinHash bands would find them (rensa's R-MinHash of the same shingles)."""
    digests = []
    for print_ in each.prints:
        sketch = RMinHash(num_perm=bands * width, seed=1)
        sketch.update([str(shingle) for shingle in print_.shingles])
        digests.append(sketch.digest())
    one, other = digests
    return any(one[at : at + width] == other[at : at + width] for at in range(0, bands * width, width))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.matching", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--made", type=int, default=60)
    parser.add_argument("--seeds", type=int, nargs="*", default=[1, 2, 3])
    parser.add_argument("--wrong", action="store_true", help="list the pairs that were judged wrongly")
    asked = parser.parse_args()
    given = [pair for path in asked.files for pair in read(path)]
    if given:
        report("given pairs", judged(given), asked.wrong)
    for seed in asked.seeds if asked.made else []:
        dice = random.Random(seed)
        told = stories(given)
        began = time.process_time()
        found = judged([*made_copies(told, asked.made, dice), *made_others(told, asked.made, dice)])
        spent = (time.process_time() - began) / len(found) / 2 * 1000
        report(f"made pairs, seed {seed} ({spent:.1f} ms a print)", found, asked.wrong)
        cross_validated(found, dice)
        indexes(found)


def report(title: str, found: list[Judged], wrong: bool) -> None:
    print(f"\n{title}")
    table(found)
    if wrong:
        show_wrong(found)


if __name__ == "__main__":
    main()
