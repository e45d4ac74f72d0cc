"""Our own kinds of values, registered as those of a plug-in are."""

from gazetteer.directory.fields.base import FieldType
from gazetteer.directory.fields.choice import Choice
from gazetteer.directory.fields.choices import Choices
from gazetteer.directory.fields.date import Date
from gazetteer.directory.fields.email import Email
from gazetteer.directory.fields.link import Link
from gazetteer.directory.fields.long_text import LongText
from gazetteer.directory.fields.measure import Measure
from gazetteer.directory.fields.month import Month
from gazetteer.directory.fields.number import Number
from gazetteer.directory.fields.phone import Phone
from gazetteer.directory.fields.price import Price
from gazetteer.directory.fields.text import Text
from gazetteer.directory.fields.time_zone import TimeZone
from gazetteer.directory.fields.video_link import VideoLink
from gazetteer.directory.fields.year import Year
from gazetteer.directory.fields.yes_no import YesNo
from gazetteer.web.plugins import hookimpl


@hookimpl(trylast=True)
def field_types() -> list[type[FieldType]]:
    return [
        Text, LongText, Number, Price, Measure, Date, Month, Year, Choice, Choices, YesNo, Link, VideoLink, Email,
        Phone, TimeZone,
    ]  # fmt: skip
