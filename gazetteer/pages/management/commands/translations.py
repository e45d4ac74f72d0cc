from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gazetteer.pages import translations


class Command(BaseCommand):
    help = "Bring the catalogues of the public site's sentences up to date, and compile them (for programmers)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing; fail where one is missing")

    def handle(self, *args: Any, **options: Any) -> None:
        template = translations.collect()
        untranslated = 0
        for language in translations.LANGUAGES:
            catalogue = translations.updated(language, template)
            gaps = translations.missing(catalogue)
            untranslated += len(gaps)
            self.stdout.write(f"{language}: {len(catalogue)} sentences, {len(gaps)} not translated")
            for gap in gaps:
                self.stdout.write(f"  {gap}")
            if not options["check"]:
                translations.write(language, catalogue)
        if options["check"] and untranslated:
            raise CommandError(f"{untranslated} sentences wait in gazetteer/locale/*/LC_MESSAGES/django.po.")
