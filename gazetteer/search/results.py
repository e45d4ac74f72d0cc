"""One page of results: what was found, what it can be narrowed to, and where to go when nothing was found."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from django.utils.translation import gettext as _

from gazetteer.search import asking, index, kinds, language, lines
from gazetteer.search.asking import PAGE_SIZE, Asked
from gazetteer.search.engines import base
from gazetteer.search.facets import Facet
from gazetteer.search.lines import Line
from gazetteer.search.query import FARTHEST, LAST_PAGE, RADIUS, Query
from gazetteer.web.formats import number

RADII = (1, 5, 10, 25, 50, 100, 250, 500)
MOST_WAYS = 5
MOST_WORDS_DROPPED = 4
SHOWN_INSTEAD = 5
MOST_KINDS = 20
SUGGESTED = 8


@dataclass(frozen=True)
class Value:
    """One value of a filter: what it is called, how many results have it, and the address with it set, or not set."""

    label: str
    count: int | None
    url: str
    is_chosen: bool = False


@dataclass(frozen=True)
class Group:
    """A filter with its values. `more_url`: where all of them stand."""

    name: str
    label: str
    values: list[Value]
    more_url: str = ""


@dataclass(frozen=True)
class Chip:
    """Something that is set, and the address without it. `what`: the name of the filter."""

    what: str
    label: str
    url: str


@dataclass(frozen=True)
class Way:
    """Another search that finds something, in words, with how many it finds."""

    label: str
    url: str
    count: int
    query: Query


@dataclass
class Results:
    """`found` is the engine's answer for this page."""

    asked: Asked
    found: base.Results

    @property
    def query(self) -> Query:
        return self.asked.query

    @property
    def total(self) -> int:
        return self.found.total

    @property
    def first(self) -> int:
        return (self.query.page - 1) * PAGE_SIZE + 1

    @property
    def has_next(self) -> bool:
        return self.query.page < LAST_PAGE and self.query.page * PAGE_SIZE < self.total

    @cached_property
    def lines(self) -> list[Line]:
        return [lines.line(hit, self.found.marks) for hit in self.found.hits]

    # ---- How the words were taken ------------------------------------------------------------------------------

    @property
    def is_partial(self) -> bool:
        """Whether only some of the words were found."""
        return bool(self.total) and self.found.how == "some"

    @property
    def is_corrected(self) -> bool:
        return bool(self.total) and self.found.how == "corrected"

    @cached_property
    def suggestion(self) -> tuple[str, str] | None:
        """“Did you mean”: the words put right, and the address that asks for them."""
        words = self.found.correction
        plain = self.asked.typed.text
        if not words or not plain or words.casefold() == plain.casefold():
            return None
        return words, self.query.changed(text=with_words(self.query.text, plain, words)).address()

    # ---- Kinds, order, filters ------------------------------------------------------------------------------------

    @cached_property
    def tabs(self) -> list[dict[str, object]]:
        """All kinds together, and each that has something, with its number."""
        counts = dict(self.facet("kind").values)
        every = {"label": _("All"), "url": self.query.changed(kind="").address(), "current": not self.query.kind}
        every["listing_count"] = sum(counts.values())
        return [every, *(self.tab(kind, counts) for kind in kinds.in_order() if self.is_shown(kind, counts))]

    def is_shown(self, kind: kinds.Kind, counts: dict[str, int]) -> bool:
        return bool(counts.get(kind.name)) or self.query.kind == kind.name

    def tab(self, kind: kinds.Kind, counts: dict[str, int]) -> dict[str, object]:
        return {
            "label": kind.label,
            "url": self.query.changed(kind=kind.name).address(),
            "current": self.query.kind == kind.name,
            "listing_count": counts.get(kind.name, 0),
        }

    @cached_property
    def sorts(self) -> list[dict[str, object]]:
        names = [("", _("Best match")), ("name", _("Name")), ("newest", _("Newest"))]
        if self.asked.near:
            names.append(("distance", _("Distance")))
        by_distance = self.asked.sort == "distance"
        current = "distance" if by_distance else self.query.sort
        return [
            {"label": label, "url": self.query.changed(sort=name).address(), "current": name == current}
            for name, label in names
        ]

    def facet(self, field: str) -> base.Facet:
        return self.found.facets.get(field, base.Facet())

    @cached_property
    def groups(self) -> list[Group]:
        """The filters that have something to choose."""
        made = (self.group(facet) for facet in self.asked.offered)
        return [
            group
            for group in made
            if group and (len(group.values) > 1 or self.query.values(group.name) or self.narrows(group))
        ]

    def narrows(self, group: Group) -> bool:
        """Whether the only value leaves anything out."""
        return any(value.count is not None and value.count < self.total for value in group.values)

    def group(self, facet: Facet) -> Group | None:
        wanted = list(facet.wanted(self.query))
        chosen = self.query.values(facet.name)
        counted = {value: number for each in wanted for value, number in self.facet(each.field).values}
        counts: dict[str, int | None] = dict.fromkeys(chosen)
        counts.update(facet.counts(self.query, counted, self.count))
        labels = facet.labels(list(counts))
        ranked = sorted(counts.items(), key=lambda pair: (pair[0] not in chosen, -(pair[1] or 0)))
        values = [self.value(facet, value, number, labels[value]) for value, number in ranked if value in labels]
        has_more = any(self.facet(each.field).more for each in wanted) and self.query.more != facet.name
        more = replace(self.query, more=facet.name).address() if has_more else ""
        return Group(facet.name, str(facet.label), values, more) if values else None

    def value(self, facet: Facet, value: str, number: int | None, label: str) -> Value:
        url = facet.toggled(self.query, value).address()
        return Value(label, number, url, value in self.query.values(facet.name))

    def count(self, query: Query, loosen: bool = False) -> int:
        """How many another search has; with all its words and none put right, unless it may be loosened."""
        same_words = query.text == self.query.text
        asked = Asked(query, self.asked.facets, self.asked.schema, self.asked.rules if same_words else None)
        return index.engine().search(asked.to_engine(limit=0, loosen=loosen)).total

    @cached_property
    def chips(self) -> list[Chip]:
        return list(chips(self.asked))

    # ---- Nothing found --------------------------------------------------------------------------------------------

    @cached_property
    def ways(self) -> list[Way]:
        """What finds something, the least given up first."""
        found: list[Way] = []
        for label, query in alternatives(self):
            count = self.count(query)
            if count:
                found.append(Way(label, query.address(), count, query))
            if len(found) >= MOST_WAYS:
                break
        return found or list(self.loosest())

    def loosest(self) -> Iterator[Way]:
        """Where giving up one thing is not enough: the words alone, or some of them."""
        bare = self.query.bare
        count = self.count(bare, loosen=True) if bare.text and bare != self.query else 0
        if count:
            yield Way(_("The same words without any filter"), bare.address(), count, bare)

    @cached_property
    def instead(self) -> "Results | None":
        """The first results of the best of them."""
        known = self.asked.facets
        return find(self.ways[0].query, known, facets=False, limit=SHOWN_INSTEAD) if self.ways else None


def with_words(text: str, old: str, new: str) -> str:
    return text.replace(old, new) if old in text else new


# ---- Asking ------------------------------------------------------------------------------------------------------


def find(query: Query, known: dict[str, Facet], facets: bool = True, limit: int = PAGE_SIZE) -> Results:
    """`known`: the filters of the site. Raises `base.NoIndex` where nothing has been indexed yet."""
    engine = index.engine()
    asked = Asked(query, known, engine.schema)
    if query.is_empty:
        return Results(asked, base.Results())
    wanted = [base.Wanted("kind", MOST_KINDS)] if facets else []
    wanted += [each for facet in asked.offered for each in facet.wanted(query)] if facets else []
    return Results(asked, engine.search(asked.to_engine(wanted, limit)))


# ---- What is set --------------------------------------------------------------------------------------------------


def chips(asked: Asked) -> Iterator[Chip]:
    """Each value that is set, with the address without it."""
    query = asked.query
    for name, values in query.filters:
        facet = asked.facets[name]
        labels = facet.labels(values)
        for value in values:
            yield Chip(str(facet.label), labels.get(value, value), query.toggled(name, value).address())
    if query.near:
        yield Chip(
            _("Near"), near_label(asked), query.changed(near="", radius=RADIUS, sort=without_distance(query)).address()
        )
    if query.box:
        yield Chip(_("Map"), _("Part of the map"), query.changed(box=None).address())


def without_distance(query: Query) -> str:
    return "" if query.sort == "distance" else query.sort


def near_label(asked: Asked) -> str:
    where = (asked.located.label if asked.located else "") or (
        _("This position") if asked.query.point else asked.query.near
    )
    return _("%(place)s, within %(km)s km") % {"place": where, "km": number(asked.query.radius)}


def alternatives(results: Results) -> Iterator[tuple[str, Query]]:
    """Searches that ask for less, each with words for it: first those that give up the least."""
    asked, query = results.asked, results.query
    if results.suggestion:
        words, _url = results.suggestion
        yield (
            _("Search for “%(words)s”") % {"words": words},
            query.changed(text=with_words(query.text, asked.typed.text, words)),
        )
    if asked.near:
        for km in wider(query.radius):
            yield _("Within %(km)s km") % {"km": number(km)}, query.changed(radius=km)
    yield from without_one_filter(asked)
    if query.kind:
        yield _("In everything, not only in this kind"), query.changed(kind="")
    yield from without_one_word(asked)
    if query.text and (query.filters or query.near or query.box or query.kind):
        yield _("The same words without any filter"), query.bare


def wider(radius: float) -> list[float]:
    return [float(km) for km in (*RADII, FARTHEST) if km > radius][:3]


def without_one_filter(asked: Asked) -> Iterator[tuple[str, Query]]:
    query = asked.query
    for name, values in query.filters:
        label = asked.facets[name].label
        said = ", ".join(asked.facets[name].labels(values).values()) or ", ".join(values)
        yield _("Without “%(filter)s: %(value)s”") % {"filter": label, "value": said}, query.with_values(name, ())
    if query.near:
        yield (
            _("Anywhere, not only near “%(place)s”") % {"place": near_name(asked)},
            query.changed(near="", radius=RADIUS, sort=without_distance(query)),
        )
    if query.box:
        yield _("On the whole map"), query.changed(box=None)


def near_name(asked: Asked) -> str:
    return (asked.located.label if asked.located else "") or asked.query.near


def without_one_word(asked: Asked) -> Iterator[tuple[str, Query]]:
    typed, query = asked.typed, asked.query
    parts = pieces(query.text)
    if len(parts) < 2:
        return
    for part in sorted(parts, key=len)[:MOST_WORDS_DROPPED]:
        rest = list(parts)
        rest.remove(part)
        yield _("Without “%(word)s”") % {"word": part.strip('"“”„«»')}, query.changed(text=" ".join(rest))
    if typed.phrases:
        words = " ".join([typed.text, *typed.phrases]).strip()
        yield _("The words in any order"), query.changed(text=words)


def pieces(text: str) -> list[str]:
    """The words, phrases and narrowings of a text, each as it was typed."""
    return [found[0] for found in language.TOKEN.finditer(text)]


def suggestions(query: Query, limit: int = SUGGESTED) -> list[Line]:
    """The first few for what has been typed so far."""
    if not query.text:
        return []
    asked = base.Query(
        text=query.text,
        kinds=(query.kind,) if query.kind else (),
        limit=limit,
        languages=asking.spoken(),
        counted=False,
    )
    found = index.engine().suggest(asked)
    return [lines.line(hit, found.marks) for hit in found.hits]
