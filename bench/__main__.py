"""Measures, and prints one table a bench, with the homes side by side: `python -m bench [NAME …] [--home DIR …]`.

    python -m bench                                 all of them, at 30,953 and at 100,000 listings
    python -m bench pages                           one of them
    python -m bench pages desk --home A --home B    in homes that are there already, a column each
    python -m bench desk --listings 1000000         in a home made for it; a million take half an hour to come in

A bench is a module of this folder with `main(homes, rounds)`; its docstring says what is measured. To add one, write
the module and name it in `BENCHES`.
"""

import argparse
from importlib import import_module
from pathlib import Path

from bench.homes import DEMO, homes

BENCHES = ("pages", "desk", "follow", "edge")
SIZES = [DEMO, 100_000]


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure, and print one table a bench.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"which: {', '.join(BENCHES)}; without any, all")
    parser.add_argument("--home", action="append", type=Path, default=[], help="a filled home; once for each column")
    parser.add_argument("--listings", action="append", type=int, help=f"make homes of so many (default: {SIZES})")
    parser.add_argument("--rounds", type=int, default=10, help="renderings of each page by the clock (default: 10)")
    asked = parser.parse_args()
    if unknown := set(asked.names) - set(BENCHES):
        parser.error(f"There is no bench named {', '.join(sorted(unknown))}; there are {', '.join(BENCHES)}.")
    if missing := [str(path) for path in asked.home if not path.is_dir()]:
        parser.error(f"No such folder: {', '.join(missing)}.")
    if too_small := [size for size in asked.listings or [] if size < DEMO]:
        parser.error(f"A home is made of the demo's {DEMO:,} listings and more, not of {too_small[0]:,}.")
    return asked


def main() -> None:
    asked = arguments()
    with homes([path.resolve() for path in asked.home], asked.listings or SIZES) as measured:
        for name in asked.names or BENCHES:
            print(f"\n{name}", flush=True)
            import_module(f"bench.{name}").main(measured, asked.rounds)


if __name__ == "__main__":
    main()
