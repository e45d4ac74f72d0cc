"""The look that an operator may choose: colours for light and dark, and families of type.

The names are those of the custom properties in `web/static/web/site.css`; what is left empty stays as designed there.
"""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gazetteer.pages.contrast import AA_TEXT, ink_on, is_colour, nearest_passing, ratio

Colours = dict[str, str]

DESIGNED: dict[str, Colours] = {
    "light": {"paper": "#fbfaf7", "ink": "#1b1d21", "accent": "#0b5a72"},
    "dark": {"paper": "#14161a", "ink": "#e8e6e1", "accent": "#7cc4da"},
}


@dataclass(frozen=True)
class Font:
    label: str | Promise
    stack: str


FONTS = {
    "newsreader": Font("Newsreader", "Newsreader, Charter, Georgia, serif"),
    "serif": Font(gettext_lazy("The visitor's serif"), "Charter, Georgia, Cambria, serif"),
    "sans": Font(gettext_lazy("The visitor's sans serif"), "system-ui, Roboto, Helvetica, Arial, sans-serif"),
    "book": Font(gettext_lazy("Old style"), "Iowan Old Style, Palatino, Palatino Linotype, serif"),
    "grotesque": Font(gettext_lazy("Grotesque"), "Avenir, Montserrat, Corbel, URW Gothic, sans-serif"),
    "slab": Font(gettext_lazy("Slab serif"), "Rockwell, Rockwell Nova, Roboto Slab, DejaVu Serif, serif"),
}
FONT_CHOICES = [("", gettext_lazy("As designed")), *((name, font.label) for name, font in FONTS.items())]


def check_colours(chosen: Colours, scheme: str) -> dict[str, ValidationError]:
    """Errors by colour name where text would be too pale to read, each proposing the nearest colour that passes.

    `chosen` maps paper, ink and accent to `#rrggbb` or nothing; what is empty, or no colour at all, stays as designed.
    """
    chosen = {name: colour for name, colour in chosen.items() if is_colour(colour)}
    ground = chosen.get("paper") or DESIGNED[scheme]["paper"]
    errors = {}
    for name in ("ink", "accent"):
        colour = chosen.get(name) or DESIGNED[scheme][name]
        if ratio(colour, ground) < AA_TEXT:
            errors[name if chosen.get(name) else "paper"] = too_pale(colour, ground)
    return errors


def too_pale(colour: str, ground: str) -> ValidationError:
    return ValidationError(
        _(
            "%(colour)s on %(ground)s has a contrast of %(ratio).1f; readers need at least %(wanted)s. "
            "The nearest colour that passes is %(nearest)s."
        ),
        params={
            "colour": colour,
            "ground": ground,
            "ratio": ratio(colour, ground),
            "wanted": AA_TEXT,
            "nearest": nearest_passing(colour, ground),
        },
    )


def properties(chosen: Colours) -> Colours:
    """Custom properties for one scheme: what was chosen, and the ink that reads on the accent."""
    values = {name: colour for name, colour in chosen.items() if colour}
    if "accent" in values:
        values["accent-ink"] = ink_on(values["accent"])
    return values
