"""The lead story of World News: facts reported by Voice of America, told in our own words, with credit."""

from datetime import datetime

from gazetteer.ops.demo.forms import Heading, Paragraph, Picture, PullQuote, Source, Story
from gazetteer.ops.demo.pictures.hall import assembly_hall
from gazetteer.ops.demo.stories.writing import DATA
from gazetteer.ops.demo.world import World


def picture() -> Picture:
    return Picture(
        name="year-end-deadline",
        draw=assembly_hall,
        alt=(
            "Drawing of an empty assembly hall at dusk: rows of seats face a lit stage with a long table and two "
            "chairs that stand far apart, and the outline of the Korean peninsula hangs above them."
        ),
        caption=(
            "Two chairs and a long table: the assembly that heard the speech met at Mansudae Assembly Hall in "
            "Pyongyang "
            "on 11 April 2019. The hall drawn here is an invention."
        ),
    )


def year_end_deadline(world: World) -> Story:
    return Story(
        headline="Pyongyang sets Washington a year-end deadline on stalled nuclear talks",
        section=("World News",),
        published_at=datetime(2019, 4, 13, 7, 47),
        authors=(DATA,),
        lead=(
            "Kim Jong Un would sit down with Donald Trump a third time, but not on the old terms and not for ever: the "
            "North Korean leader has told his parliament that the United States has until the end of 2019 to change "
            "course."
        ),
        body=(
            Paragraph(
                "State media in Pyongyang carried the speech, which Mr Kim gave to the Supreme People's Assembly, a "
                "body "
                "that approves what the leadership puts before it. What he wants from Washington he called a "
                "courageous "
                "decision; should it not come, he said, the outlook would be bleak and dangerous."
            ),
            Paragraph(
                "Mr Trump had said earlier in the week that he was thinking about another meeting. In the same "
                "breath he "
                "ruled out any relief from sanctions before the North has given up its nuclear arms."
            ),
            Heading("What went wrong in Hanoi"),
            Paragraph(
                "The second summit, held in the Vietnamese capital in February, broke up without an agreement. North "
                "Korea "
                "had offered to dismantle its nuclear works at Yongbyon and asked for relief from United Nations "
                "sanctions "
                "in return. Since then its officials have hinted at leaving the talks altogether and going back to "
                "testing "
                "warheads and missiles."
            ),
            Paragraph(
                "Mr Kim said the failure had made him doubt whether Washington truly wants better relations: the "
                "Americans, "
                "as he told it, had not come ready to settle anything face to face, and he has no wish for a second "
                "Hanoi. "
                "With Mr Trump himself, he added, he still gets on excellently."
            ),
            PullQuote("One more meeting is on offer. The terms of the last one are not."),
            Heading("The same word, two meanings"),
            Paragraph(
                "Meeting South Korea's president, Moon Jae-in, on Thursday, Mr Trump said smaller bargains were "
                "possible, "
                "while his aim remains a broad one under which the North disarms completely. Dong-Yub Kim, who "
                "studies the "
                "North at the Institute for Far Eastern Studies in Seoul, read the speech as a good sign for a "
                "return to "
                "talks, though he thinks a chance as good as Hanoi will be hard to come by."
            ),
            Paragraph(
                "Beneath the timetable lies a dispute about language. In Singapore in 2018 the two leaders signed a "
                "short "
                "declaration about the denuclearisation of the Korean peninsula, and American officials have since "
                "admitted that the sides do not mean the same thing by it. For Washington it means that the North "
                "gives "
                "up its warheads and ballistic missiles, which breach United Nations resolutions. For Pyongyang it has "
                "long included a smaller American security commitment to the South, and the removal of nuclear-capable "
                "forces from the region."
            ),
            Paragraph(
                "North Korea has built its weapons over decades and regards them as its shield against the United "
                "States. "
                "What exactly would count as a courageous decision, Mr Kim did not say."
            ),
        ),
        tags=("North Korea", "United States", "diplomacy", "nuclear weapons"),
        picture=picture(),
        source=Source(
            "Voice of America",
            "Facts reported by Voice of America (VOA); told in our own words",
            "https://www.voanews.com/",
        ),
        series="The Korean talks",
        note=(
            "This story retells what Voice of America reported on 13 April 2019. No wording was taken over; the "
            "picture was "
            "drawn for this site."
        ),
    )
