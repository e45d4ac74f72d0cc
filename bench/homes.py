"""The homes that are measured: one column of a table each, given by the caller or made for the measurement.

A made home holds the demo `world` (30,953 listings and the newsroom), and above that as many invented listings as asked
for, the same with every run: 1,000 a subcategory, 50 subcategories a category, 2,000 towns in 10 countries.
"""

import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from gazetteer.environment import keep_new_key

DEMO = 30_953
SEED = 20
A_SUBCATEGORY, SUBCATEGORIES, TOWNS = 1_000, 50, 2_000
COUNTRIES = ("GB", "FR", "DE", "US", "ES", "IT", "NL", "IE", "AT", "BE")
FIRST = ("Grand", "River", "Park", "Market", "Blue", "Golden", "Central", "Mill", "Old", "North")
LAST = ("Theatre", "Hall", "Works", "School", "Café", "Bakery", "Garage", "Museum", "Hotel", "Press")

Home = tuple[str, Path]
"""What its column is called, and its folder."""


@contextmanager
def homes(given: list[Path], sizes: list[int]) -> Iterator[list[Home]]:
    """The folders given; without any, one for each size, thrown away in the end."""
    if given:
        yield [(f"{in_home(path, 'bench.homes', 'count')['listings']:,}", path) for path in given]
        return
    with TemporaryDirectory(prefix="gazetteer-bench-") as folder:
        made = [(f"{size:,}", Path(folder) / str(size)) for size in sizes]
        for size, (_, path) in zip(sizes, made, strict=True):
            print(f"Making a home with {size:,} listings …", file=sys.stderr)
            in_home(path, "bench.homes", "make", str(size))
        yield made


def in_home(home: Path, module: str, *arguments: str) -> Any:
    """What `python -m MODULE ARGUMENTS` answers, as JSON, in a process of its own that knows that home only."""
    environment = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "DEBUG"}}
    environment |= {"GAZETTEER_HOME": str(home), "DJANGO_SETTINGS_MODULE": "gazetteer.settings", "LOG_LEVEL": "ERROR"}
    command = [sys.executable, "-m", module, *arguments]
    answer = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout
    return json.loads(answer.splitlines()[-1])


def set_up() -> None:
    """Django in this process, with its static files named as a live site has them."""
    import django
    from django.conf import settings

    keep_new_key(Path(os.environ["GAZETTEER_HOME"]) / "secret_key")
    django.setup()
    from django.core.management import call_command

    if not (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        call_command("collectstatic", verbosity=0, interactive=False)


def make(size: int) -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("demo", verbosity=0)
    if size > DEMO:
        from gazetteer.directory.imports import import_file

        with TemporaryDirectory(prefix="gazetteer-bench-") as folder:
            import_file(write_rows(Path(folder) / "invented.jsonl", size - DEMO))


def write_rows(path: Path, count: int) -> Path:
    chance = random.Random(SEED)
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            file.write(json.dumps(row(number, chance), ensure_ascii=False) + "\n")
    return path


def row(number: int, chance: random.Random) -> dict[str, Any]:
    below = number // A_SUBCATEGORY
    above = below // SUBCATEGORIES
    town = chance.randrange(TOWNS)
    return {
        "id": f"invented-{number}",
        "name": f"{chance.choice(FIRST)} {chance.choice(LAST)} {number}",
        "category": [f"Invented {above:02}", f"Kind {above:02}-{below % SUBCATEGORIES:02}"],
        "address": {"street": f"Street {number}", "city": f"Town {town}", "country": COUNTRIES[town % 10]},
        "phone": f"+44 20 7946 {number % 10_000:04}",
    }


def count() -> int:
    from gazetteer.directory.models import Listing

    return Listing.objects.count()


if __name__ == "__main__":
    set_up()
    if sys.argv[1] == "make":
        make(int(sys.argv[2]))
    print(json.dumps({"listings": count()}))
