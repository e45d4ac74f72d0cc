"""Templates of the standing pages that a publisher must complete: what stands in [brackets] is theirs to say.

They are a help, not legal advice. `gazetteer check --live` and the desk list what is still in brackets.
"""

from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext_noop

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Template:
    """`slug` is the web address, `title` the heading; the text stands in the file of that name."""

    slug: str
    title: str
    shows_contact: bool = True

    @property
    def body(self) -> str:
        """HTML as the editor stores it: one line for each paragraph."""
        lines = (HERE / f"{self.slug}.html").read_text(encoding="utf-8").strip().splitlines()
        return " ".join(lines).replace("> <", "><")


TEMPLATES = (
    Template("contact", gettext_noop("Contact")),
    Template("imprint", gettext_noop("Imprint")),
    Template("privacy", gettext_noop("Privacy")),
    Template("terms", gettext_noop("Terms of use"), shows_contact=False),
    Template("accessibility", gettext_noop("Accessibility")),
)
