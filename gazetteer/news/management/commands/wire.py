from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gazetteer.news.wire import run, status
from gazetteer.news.wire.models import Source
from gazetteer.news.wire.replay import replay


class Command(BaseCommand):
    help = "Copy from elsewhere: ask sources now, say how they are, or read again what they sent."

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True, metavar="fetch|status|replay", help="what to do")
        fetch = acts.add_parser("fetch", help="ask the sources that are due, or those named, and file what they have")
        fetch.add_argument("source", nargs="*", help="names or numbers of sources; without any, those that are due")
        fetch.add_argument("--all", action="store_true", help="every source in use, due or not")
        fetch.add_argument("--at-once", type=int, default=run.AT_ONCE, help="how many sources are asked at a time")
        acts.add_parser("status", help="how each source is: well, failing, silent; exits with 1 if any is in trouble")
        again = acts.add_parser("replay", help="read again what came, as it came, with the parser of today")
        again.add_argument("source", nargs="+", help="names or numbers of sources")
        again.add_argument("--dry-run", action="store_true", help="only say what would change")

    def handle(self, *args: Any, **options: Any) -> None:
        {"fetch": self.fetch, "status": self.status, "replay": self.replay}[options["act"]](options)

    def fetch(self, options: dict[str, Any]) -> None:
        chosen = named(options["source"]) if options["source"] else list(Source.objects.in_use())
        tools = run.Tools()
        if options["source"] or options["all"]:
            reports = run.round_of([source.pk for source in chosen], options["at_once"], tools)
        else:
            reports = run.round_of_due(at_once=options["at_once"], tools=tools)
        for report in reports:
            self.stdout.write(report.line())
            for told in report.told if options["verbosity"] > 1 else []:
                self.stdout.write(f"  {told}")
        if not reports:
            self.stdout.write("No source is due. `gazetteer wire status` says when the next is; --all asks them now.")
        bad = sum(bool(report.error) for report in reports)
        if bad:
            raise CommandError(f"{bad} of {len(reports)} sources failed; each is tried again by itself.")

    def status(self, options: dict[str, Any]) -> None:
        standings = status.all_standings()
        for each in standings:
            soon = status.next_in_words(each.source)
            self.stdout.write(f"{each.kind:<8} {each.source.name}: {each.told}" + (f" Next: {soon}." if soon else ""))
        self.stdout.write(
            f"{len(standings)} sources; {status.waiting()} items wait at the desk, {status.conflicts()} in conflict."
        )
        bad = [each for each in standings if not each.is_well]
        if bad:
            raise CommandError(f"{len(bad)} sources are in trouble. Their pages at the desk say what to do.")

    def replay(self, options: dict[str, Any]) -> None:
        for source in named(options["source"]):
            report = replay(source, run.Tools(), dry_run=options["dry_run"], say=self.stdout.write)
            self.stdout.write(report.line())
            for told in report.told:
                self.stdout.write(f"  {told}")


def named(names: list[str]) -> list[Source]:
    """The sources of these names or numbers; raises CommandError for one that is not there."""
    found = []
    for name in names:
        matching = Source.objects.filter(name__iexact=name).first()
        matching = matching or (Source.objects.filter(pk=int(name)).first() if name.isdigit() else None)
        if matching is None:
            raise CommandError(f"There is no source “{name}”. `gazetteer wire status` lists them.")
        found.append(matching)
    return found
