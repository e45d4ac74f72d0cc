from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from gazetteer.ops.archive import make
from gazetteer.ops.archive.form import Refused


class Command(BaseCommand):
    help = "Write database, pictures, files and settings into one file, while the site runs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="where to (default: a dated file in BACKUP_DIR)")
        parser.add_argument("--keep", type=int, metavar="N", help="of the dated files in BACKUP_DIR keep the newest N")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["keep"] is not None and options["keep"] < 1:
            raise CommandError("--keep must be 1 or more.")
        target = options["file"] or make.default_target()
        try:
            manifest = make.make(target, quiet=options["verbosity"] == 0)
        except Refused as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{target}: {sum(manifest.tables.values()):,} rows of {len(manifest.tables)} tables, "
            f"{len(manifest.members):,} members, {target.stat().st_size / 1e6:,.1f} MB; read back and compared."
        )
        for name in manifest.left_out:
            self.stdout.write(f"{name} was deleted while the backup was made and is not in it.")
        if options["keep"]:
            for old in make.thin_out(Path(settings.BACKUP_DIR), options["keep"]):
                self.stdout.write(f"Removed the old backup {old}.")
