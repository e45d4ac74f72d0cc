"""The stories of profile `world`: each is computed from the directory's own facts when the demonstration is filled."""

from gazetteer.ops.demo.forms import Author, SectionForm, Story
from gazetteer.ops.demo.stories import business, culture, leisure, places, transport, world_news
from gazetteer.ops.demo.stories.lead import year_end_deadline
from gazetteer.ops.demo.stories.writing import BUSINESS, CULTURE, DATA, LANGUAGE, PLACES, TRANSPORT, StoryMaker
from gazetteer.ops.demo.world import World

MAKERS: tuple[StoryMaker, ...] = (
    year_end_deadline,
    *world_news.STORIES,
    *transport.STORIES,
    *business.STORIES,
    *places.STORIES,
    *culture.STORIES,
    *leisure.STORIES,
)

SECTIONS = (
    SectionForm(("World News",), "Countries and borders, and what a list of the world can say about them."),
    SectionForm(("World News", "Africa"), "From the Nile to the Cape."),
    SectionForm(("World News", "Americas"), "From Alaska to Tierra del Fuego."),
    SectionForm(("World News", "Asia"), "From the Bosporus to the Bering Strait."),
    SectionForm(("World News", "Europe"), "From Iceland to the Urals."),
    SectionForm(("World News", "Oceania"), "Australia and the islands of the Pacific."),
    SectionForm(("World News", "Polar Regions"), "The two ends of the earth."),
    SectionForm(("Transport",), "Ways to get about."),
    SectionForm(("Transport", "Airports"), "Runways, their names and their codes."),
    SectionForm(("Transport", "Rail, Road and Water"), "Buses, trams, ferries and bicycles."),
    SectionForm(("Business",), "Brands, and those who stand behind them."),
    SectionForm(("Business", "Shops"), "What is over the door."),
    SectionForm(("Business", "Money"), "Banks and their machines."),
    SectionForm(("Business", "Energy"), "Wires, pumps and plugs."),
    SectionForm(("Places",), "Towns, islands and distances."),
    SectionForm(("Science and Environment",), "Measuring the world, and looking after it."),
    SectionForm(("Culture",), "Books, songs and things out of slots."),
    SectionForm(("Culture", "Language"), "Names, and the letters they are written in."),
    SectionForm(("Culture", "Food and Drink"), "What people eat and drink under which name."),
    SectionForm(("Sport",), "Gyms, clubs and open water."),
    SectionForm(("Technology",), "Addresses, networks and numbers."),
    SectionForm(("About This Site",), "How this demonstration was made, and how it counts."),
)

AUTHORS = (
    Author(DATA, "Counts and checks", "Invented for the demonstration, as all desks here. Counts what can be counted."),
    Author(TRANSPORT, "Airports, buses, ferries", "Invented for the demonstration. Knows a code for every runway."),
    Author(BUSINESS, "Shops, money, energy", "Invented for the demonstration. Reads what stands over the door."),
    Author(LANGUAGE, "Names and letters", "Invented for the demonstration. Spells things as their owners do."),
    Author(PLACES, "Towns and distances", "Invented for the demonstration. Measures along the curve of the earth."),
    Author(CULTURE, "Food, books, going out", "Invented for the demonstration. Comes home late."),
)


def all_stories(world: World) -> list[Story]:
    """Every story of the profile, newest first."""
    return sorted((make(world) for make in MAKERS), key=lambda story: story.published_at, reverse=True)
