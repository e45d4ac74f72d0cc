"""The text blocks of a story."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.images.blocks import ImageChooserBlock

from gazetteer.news.embeds import resolve

INLINE = ["bold", "italic", "link", "document-link", "superscript", "subscript"]


class PictureBlock(blocks.StructBlock):
    """A picture in the text, with words of its own where the library's do not fit."""

    picture = ImageChooserBlock(label=_("Picture"))
    caption = blocks.TextBlock(label=_("Caption"), required=False, rows=2, help_text=_("Empty: the picture's own."))
    credit = blocks.CharBlock(label=_("Credit"), required=False, help_text=_("Empty: the picture's own."))

    class Meta:
        icon = "image"
        label = _("Picture")


class QuoteBlock(blocks.StructBlock):
    """Words lifted out of the story."""

    quote = blocks.TextBlock(label=_("Words"), rows=3)
    who = blocks.CharBlock(label=_("Said by"), required=False)

    class Meta:
        icon = "openquote"
        label = _("Pull quote")


class HiddenBlock(blocks.FieldBlock):
    """A text that the program keeps and no writer sees."""

    def __init__(self, **kwargs: Any) -> None:
        self.field = forms.CharField(required=False, widget=forms.HiddenInput())
        super().__init__(**kwargs)


class EmbedBlock(blocks.StructBlock):
    """Something that lives on another host: asked for once, when saved; the page loads nothing of it until clicked.

    `title`, `provider` and `frame` are what that host told us then (`embeds.py`), `asked` the address they belong to.
    """

    url = blocks.URLBlock(label=_("Address"), help_text=_("The address of the video, post or map."))
    caption = blocks.TextBlock(label=_("Caption"), required=False, rows=2)
    title = blocks.CharBlock(label=_("Title"), required=False, help_text=_("Empty: as the other site calls it."))
    provider = HiddenBlock(form_classname="w-hidden")
    frame = HiddenBlock(form_classname="w-hidden")
    asked = HiddenBlock(form_classname="w-hidden")

    def clean(self, value: Any) -> Any:
        """Ask the other site, unless that was done for this very address before."""
        cleaned = super().clean(value)
        if cleaned["url"] and cleaned["url"] != cleaned["asked"]:
            found = resolve(cleaned["url"])
            cleaned["title"] = cleaned["title"] or found.title
            cleaned["provider"], cleaned["frame"], cleaned["asked"] = found.provider, found.frame, cleaned["url"]
        return cleaned

    class Meta:
        icon = "media"
        label = _("From another site")


def table_block() -> TypedTableBlock:
    return TypedTableBlock(
        [
            ("text", blocks.CharBlock(label=_("Text"), required=False)),
            ("number", blocks.DecimalBlock(label=_("Number"), required=False)),
            ("rich", blocks.RichTextBlock(label=_("Text with links"), features=INLINE, required=False)),
        ],
        label=_("Table"),
        icon="table",
    )


class BodyBlock(blocks.StreamBlock):
    """What a story's text is made of. HTML is not among it."""

    paragraph = blocks.RichTextBlock(label=_("Paragraph"), icon="pilcrow", features=INLINE)
    heading = blocks.CharBlock(label=_("Heading"), icon="title", max_length=200)
    quote = QuoteBlock()
    picture = PictureBlock()
    list = blocks.RichTextBlock(label=_("List"), icon="list-ul", features=["ul", "ol", *INLINE])
    table = table_block()
    embed = EmbedBlock()

    class Meta:
        label = _("Text")


Block = tuple[str, Any]
