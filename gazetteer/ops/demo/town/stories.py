"""A fortnight of Quillbrook's paper. The town, its people and everything they say are invented."""

from datetime import datetime

from gazetteer.ops.demo.forms import (
    Author,
    Block,
    Bullets,
    Correction,
    Figure,
    Heading,
    Paragraph,
    Picture,
    PullQuote,
    SectionForm,
    Source,
    Story,
    Table,
)
from gazetteer.ops.demo.pictures.specs import bars, scene

TABITHA, ROWAN, EDITH = "Tabitha Fenwright", "Rowan Oakapple", "Edith Marlpit"
NOTE = "Quillbrook is an invention, and so is everything in this story."

AUTHORS = (
    Author(TABITHA, "Town reporter", "An invented reporter in an invented town. Sits through council meetings."),
    Author(ROWAN, "Sport and outings", "An invented reporter in an invented town. Owns three bicycles."),
    Author(EDITH, "Culture and letters", "An invented reporter in an invented town. Answers every letter."),
)
SECTIONS = (
    SectionForm(("Town",), "What the council does, and what it puts off."),
    SectionForm(("Town", "Streets"), "Holes, lamps and names."),
    SectionForm(("Business",), "Doors that open and doors that close."),
    SectionForm(("Culture",), "The Regal, the bells and the pencils."),
    SectionForm(("Sport",), "Rovers, rowers and mallets."),
    SectionForm(("Out and About",), "Walks, pools and markets."),
    SectionForm(("Letters",), "What readers think of all this."),
)


def tell(  # one line of a story each; all are named where they are written
    headline: str,
    section: tuple[str, ...],
    at: str,
    by: str | tuple[str, ...],
    lead: str,
    body: list[str | Block],
    tags: tuple[str, ...],
    *,
    picture: Picture | None = None,
    source: Source | None = None,
    corrections: tuple[Correction, ...] = (),
    series: str = "",
) -> Story:
    return Story(
        headline=headline,
        section=section,
        published_at=datetime.fromisoformat(at),
        dateline="QUILLBROOK",
        lead=lead,
        body=tuple(Paragraph(block) if isinstance(block, str) else block for block in body),
        authors=(by,) if isinstance(by, str) else by,
        note=NOTE,
        tags=tags,
        picture=picture,
        source=source,
        corrections=corrections,
        series=series,
    )


LEAD = "Council votes to give the weir its bell back"
STORIES = (
    tell(
        LEAD,
        ("Town",),
        "2026-09-17 18:40",
        TABITHA,
        "After forty-one years in a crate at the Drill Hall, the flood bell is to hang over the weir again. The "
        "council voted "
        "nine to two on Thursday evening, with one member asleep.",
        [
            "The bell was taken down in 1985, when a telephone was thought to be enough. It will be rung by hand, "
            "and only when "
            "the brook has reached the third step of [[town:the-ferry-house|the Ferry House]].",
            "[[town:museum-of-small-bells|The Museum of Small Bells]], which has looked after the bell since then, "
            "will lend its "
            "own ringer for the first winter. The frame comes from [[town:oakapple-workshop|Oakapple Workshop]], "
            "which offered to "
            "make it for the price of the timber.",
            PullQuote(
                "A telephone tells one person. A bell tells everybody, including the ducks.", "Mayor Philippa Underhay"
            ),
            Heading("What it costs"),
            Table(
                "The bell, item by item",
                (
                    ("Item", "Pounds"),
                    ("Oak frame", "640"),
                    ("Rope and wheel", "210"),
                    ("Ringer's gloves, two pairs", "38"),
                ),
            ),
            "Councillor Amos Trendle, who voted against, said that the money would be better spent on the lamp in "
            "Otter Bank, which "
            "has been out since Easter. The lamp is on the agenda for October.",
            "The bell will be rung once for practice, on the first Sunday of November at noon. Nobody need leave the "
            "house.",
        ],
        ("council", "weir", "bells"),
        picture=scene(
            "weir-bell",
            "waves",
            alt="Drawing of a small white ferry on rows of stylised blue waves.",
            caption="High water, as the illustrator remembers it.",
        ),
        corrections=(
            Correction(
                datetime(2026, 9, 18, 9, 5),
                "An earlier version said that the bell came down in 1958. It was 1985; the figures had changed places.",
            ),
        ),
        series="The weir bell",
    ),
    tell(
        "The lamp in Otter Bank, a history",
        ("Town", "Streets"),
        "2026-09-15 08:10",
        TABITHA,
        "It has been mended four times since Easter, each time for about a week. On Otter Bank they have begun to "
        "keep a diary.",
        [
            "The first repair, in April, lasted until the electrician had turned the corner. The second was undone "
            "by a nest, which "
            "was allowed to stay until the young had left it.",
            Bullets(
                (
                    "April: a fuse.",
                    "May: a nest.",
                    "July: the wrong fuse.",
                    "August: the right fuse, in the wrong lamp.",
                ),
                ordered=True,
            ),
            "[[town:bright-spark-electrics|Bright Spark Electrics]] has now offered to look at the cable, which "
            "nobody has done yet. "
            "[[town:sockett-electrical|Sockett Electrical]], two doors on, says that it was going to offer the same.",
            PullQuote("We know the way by now. It is the visitors we worry about.", "A resident of Otter Bank"),
            "The council asks people to carry a torch and to report any other lamp that is out by telephoning the "
            "town hall, not by "
            "shouting up at the window.",
        ],
        ("council", "lamps", "Otter Bank"),
    ),
    tell(
        "Dusty Corner closes after fifty-four years",
        ("Business",),
        "2026-09-12 07:30",
        TABITHA,
        "The bell over the door of Dusty Corner rang for the last time on Friday. The shop had sold old things for "
        "so long that "
        "some of them had become old in it.",
        [
            "Wilfred Hartnoll opened [[town:dusty-corner|Dusty Corner]] with eleven chairs and a stuffed pike. He "
            "leaves with one "
            "chair, which he has sat in, and the pike, which nobody ever asked the price of.",
            PullQuote("People come in to sell me things and go out with more than they brought.", "Wilfred Hartnoll"),
            "The rooms will be let. [[town:latchkey-lettings|Latchkey Lettings]] has had four enquiries, one of them "
            "from "
            "[[town:attic-salt|Attic Salt]] across the street, which would like to have the window.",
            "What was left in the cellar is to be auctioned at [[town:the-drill-hall|the Drill Hall]] on the last "
            "Saturday of the "
            "month. The catalogue has one line: various.",
        ],
        ("shops", "antiques", "closures"),
        picture=scene(
            "dusty-corner-closes",
            "shutters",
            alt="Drawing of a row of shop fronts at night, all shutters down but one, whose window is lit.",
            caption="The last window alight.",
        ),
    ),
    tell(
        "Where the bread goes: a morning at four bakers' doors",
        ("Business",),
        "2026-09-09 06:45",
        (TABITHA, EDITH),
        "By eight o'clock Quillbrook has eaten most of what was baked in the night. We stood at four doors and "
        "counted.",
        [
            "At [[town:crumb-kettle|Crumb & Kettle]] the first customer was waiting at twenty past six, with a dog. At "
            "[[town:oddfellow-s-loaf|Oddfellow's Loaf]] nobody came until seven, and then everybody did.",
            Table(
                "Loaves sold before nine",
                (
                    ("Baker", "Loaves", "Buns"),
                    ("Crumb & Kettle", "61", "118"),
                    ("Oddfellow's Loaf", "74", "90"),
                    ("The Proving Drawer", "48", "135"),
                    ("Tansley's Bakehouse", "52", "77"),
                ),
            ),
            "[[town:the-proving-drawer|The Proving Drawer]] sells more buns than bread because the school is round "
            "the corner. "
            "[[town:tansley-s-bakehouse|Tansley's Bakehouse]] sells neither after ten, and shuts.",
            PullQuote("If you want a lardy cake, set an alarm.", "Overheard in Tanner's Hill"),
            "None of the four thinks that there are too many. There used to be seven.",
        ],
        ("bakers", "shops", "bread"),
        picture=bars(
            "loaves",
            "Loaves sold before nine",
            [("Oddfellow's Loaf", 74), ("Crumb & Kettle", 61), ("Tansley's", 52), ("Proving Drawer", 48)],
            caption="Loaves sold before nine on one Tuesday, by our count.",
        ),
    ),
    tell(
        "The Pencil Museum sharpens its hours",
        ("Culture",),
        "2026-09-07 09:20",
        EDITH,
        "From October the Quillbrook Pencil Museum will open on Wednesdays as well, so that schools can come without "
        "bringing a "
        "packed lunch and a raincoat.",
        [
            "[[town:quillbrook-pencil-museum|The museum]] has nine thousand pencils, one of them eleven feet long. "
            "It has never been "
            "used, as no sharpener fits.",
            "New in the autumn is a room of stubs, given by readers of this paper. Each has a label with the name of "
            "its owner and "
            "what was written last.",
            PullQuote("We collect the end of the story.", "Agnes Lorimer, keeper of stubs"),
            "Admission is one pencil of any length.",
        ],
        ("museums", "pencils", "schools"),
    ),
    tell(
        "The Regal brings back the organ, for one night",
        ("Culture",),
        "2026-09-04 17:00",
        EDITH,
        "The organ of the Regal, silent since the talkies, will accompany a silent film on the second Friday of "
        "October, if the "
        "bellows hold.",
        [
            "They were patched over the summer by [[town:dovetail-joinery|Dovetail Joinery]] with leather from three "
            "old armchairs. "
            "At the rehearsal on Monday they held for forty minutes, which is eleven minutes short of the film.",
            PullQuote("The last reel will be played on the piano, if need be, or hummed.", "The manager of the Regal"),
            "Tickets are to be had at [[town:the-regal|the Regal]] and at [[town:inkwell-daughter|Inkwell & "
            "Daughter]].",
            Figure(
                scene(
                    "regal-shelf",
                    "tapes",
                    alt="Drawing of a shelf of video cassettes seen from their spines, one place empty.",
                    caption="From the Regal's cupboard: films that came later.",
                )
            ),
            "After that the organ will be shut again. [[town:the-little-limelight|The Little Limelight]] has asked "
            "whether it might "
            "borrow the armchairs.",
        ],
        ("cinema", "music"),
        series="The Regal",
    ),
    tell(
        "Rovers lose by a sheep",
        ("Sport",),
        "2026-09-06 19:15",
        ROWAN,
        "Quillbrook Rovers were a goal up and eight minutes from home when a sheep came on. It was not booked.",
        [
            "While both sides chased it, the visitors from Upper Nettle took a throw that nobody had given and "
            "equalised. The "
            "referee, who had been holding the gate, let it stand. The second goal came from the restart.",
            PullQuote("I have seen worse marking, and from people.", "The captain of the Rovers"),
            "[[town:quillbrook-rovers|The Rovers]] will appeal, though it is not clear to whom. The sheep belongs to "
            "a farm beyond "
            "the railway and has been here before.",
            Bullets(("Rovers 1, Upper Nettle 2", "Crowd: 83, and the sheep", "Next: away at Tollbridge")),
        ],
        ("football", "Rovers"),
        picture=scene(
            "rovers",
            "pitch",
            alt="Drawing of a sports pitch seen from above, with white lines and a running track around it.",
            caption="The pitch, before the gate was left open.",
        ),
    ),
    tell(
        "Croquet club admits the fast mallet",
        ("Sport",),
        "2026-08-29 18:05",
        ROWAN,
        "The Marchshire Croquet Club has voted to allow mallets made after 1950. The vote was close, and tea was "
        "late because of it.",
        [
            "Opponents fear that balls will travel further than the lawn, which ends at the brook. Supporters point "
            "out that they do so "
            "already.",
            PullQuote("The brook has eleven of ours. It may as well have twelve.", "The treasurer of the club"),
            "[[town:marchshire-croquet-club|The club]] will post a junior member with a net below the fourth hoop "
            "for the rest of the "
            "season.",
            "A motion to allow shoes with laces was put off until the spring.",
        ],
        ("croquet", "clubs"),
    ),
    tell(
        "Lido stays shut until the heron moves",
        ("Out and About",),
        "2026-08-24 07:55",
        ROWAN,
        "The lido was to open again on Monday with new tiles and warm showers. It did not, because somebody is "
        "sitting in the deep "
        "end.",
        [
            "The heron arrived while the pool was half full and has eaten nothing, as there is nothing in it. The "
            "pool attendants have "
            "been told to wait.",
            "Until then season tickets for [[town:quillbrook-lido|the lido]] are good at "
            "[[town:riverside-leisure-centre|the Riverside Leisure Centre]], whose pool is shorter and has no heron.",
            PullQuote("It looks at us as if we were late.", "A lifeguard"),
            "The council's adviser on birds says that it will go when it is bored, and that herons are not easily "
            "bored.",
        ],
        ("lido", "swimming", "birds"),
        picture=scene(
            "lido",
            "lifebelt",
            alt="Drawing of a red and white lifebelt on dark blue water with widening rings around it.",
            caption="Not in use for the present.",
        ),
    ),
    tell(
        "Six walks that end at a door with a handle",
        ("Out and About",),
        "2026-08-16 10:00",
        ROWAN,
        "A walk is as good as the place where it stops. We have tried six, and none took longer than the light lasted.",
        [
            Bullets(
                (
                    "Along the weir path to [[town:the-ferryman-s-rest|the Ferryman's Rest]]: forty minutes.",
                    "Up Tanner's Hill and down again to [[town:the-three-otters|the Three Otters]]: an hour.",
                    "By the railway to [[town:station-house|Station House]]: twenty-five minutes, level all the way.",
                    "Round the long meadow to [[town:the-weir-tea-rooms|the Weir Tea Rooms]]: fifty minutes, boots "
                    "advised.",
                    "Through the allotments to [[town:the-lamplighter|the Lamplighter]]: half an hour; do not pick "
                    "anything.",
                    "To nowhere and back: as you like. There is soup at [[town:the-copper-pan|the Copper Pan]].",
                )
            ),
            "All six can be done with a dog. Two can be done with a pram, and one, the level one, with wheels of any "
            "kind.",
            PullQuote("Do not pick anything."),
            "The paths are looked after by volunteers, who meet at [[town:bellfounders-hall|Bellfounders Hall]] on "
            "first Saturdays and "
            "would be glad of somebody who owns a saw.",
        ],
        ("walks", "pubs", "dogs welcome"),
        picture=scene(
            "walks",
            "park",
            alt="Drawing of a park from above: round tree crowns in many greens, curving paths and a pond.",
            caption="Not to scale, and not quite to truth.",
        ),
    ),
    tell(
        "Letters: bells, buns and the lamp",
        ("Letters",),
        "2026-09-18 12:00",
        EDITH,
        "What readers wrote this week, shortened where it helped.",
        [
            Heading("On the weir bell"),
            "My grandmother was woken by it in 1947 and never let us forget it. I shall vote for anybody who lets me "
            "be woken in my turn. "
            "(H. Clutterbuck, Quay Steps)",
            Heading("On our count of loaves"),
            "You left out the one that I bake myself, which is eaten by nine as well. (Mrs P. Applegarth, Heron Lane)",
            Heading("On the lamp"),
            "I am the nest. (Unsigned, Otter Bank)",
            PullQuote("I am the nest.", "A reader in Otter Bank"),
            "Letters reach the editor at 3 Market Square. Those about parking are read last.",
        ],
        ("letters", "weir", "lamps"),
    ),
    tell(
        "High water in spring: a notice from the river wardens",
        ("Town",),
        "2026-03-03 06:30",
        TABITHA,
        "The river wardens of Marchshire expect the brook to rise to the second step this week. Nothing need be "
        "moved yet.",
        [
            "They ask households on Quay Steps to have the boards ready, and everybody else to leave the car where "
            "it is: moved cars, they "
            "write, are what the rescue has to move.",
            "Sandbags can be had at [[town:everything-but-the-sink|Everything But The Sink]] against a signature.",
            PullQuote("Moved cars are what the rescue has to move.", "The river wardens"),
            "The next notice follows when the second step is wet.",
        ],
        ("weir", "floods", "notices"),
        source=Source(
            "Marchshire River Wardens",
            "From a notice of the Marchshire River Wardens (invented)",
            "https://example.org/wardens/",
        ),
        series="The weir bell",
    ),
)
FRONT = (
    LEAD,
    "Dusty Corner closes after fifty-four years",
    "Lido stays shut until the heron moves",
    "Where the bread goes: a morning at four bakers' doors",
    "Rovers lose by a sheep",
)
