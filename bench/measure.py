"""One page asked for many times, in process: the whole of Django with its middleware, without a server or a socket."""

import gzip
import time
from collections.abc import Callable, Iterable
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

from django.db import connection
from django.test import Client

from bench.homes import Home


@dataclass
class Figures:
    """Of one kind of page: `ms` the median and `slowest` the slowest page's own median of warm renderings in
    milliseconds; `queries` the most of any page; `plain` and `gzip` the median sizes in bytes; `pages` measured."""

    ms: float
    slowest: float
    queries: int
    plain: int
    gzip: int
    pages: int


def measured(client: Client, addresses: Iterable[str], rounds: int) -> dict[str, Any]:
    """Each address is asked for twice to warm it and count, then `rounds` times by the clock."""
    times, queries, sizes = [], [], []
    for address in addresses:
        body = page(client, address)
        queries.append(counted(lambda address=address: page(client, address)))  # type: ignore[misc]  # a default binds it
        sizes.append((len(body), len(gzip.compress(body, 6))))
        times.append([timed(client, address) for _ in range(rounds)])
    return asdict(
        Figures(
            ms=median(each for page_times in times for each in page_times),
            slowest=max(median(page_times) for page_times in times),
            queries=max(queries),
            plain=int(median(plain for plain, _ in sizes)),
            gzip=int(median(packed for _, packed in sizes)),
            pages=len(times),
        )
    )


def page(client: Client, address: str) -> bytes:
    """The bytes of a page; raises ValueError for any answer but 200, for a bench of errors says nothing."""
    response = client.get(address)
    if response.status_code != 200:
        raise ValueError(f"{address} answers {response.status_code}.")
    return bytes(response.content)


def timed(client: Client, address: str) -> float:
    began = time.perf_counter()
    page(client, address)
    return (time.perf_counter() - began) * 1000


def counted(act: Callable[[], object]) -> int:
    """Queries to the database; savepoints, which the bench's own transaction adds, are none."""
    seen: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        seen.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        act()
    return sum("SAVEPOINT" not in sql for sql in seen)


@contextmanager
def undone() -> Any:
    """What happens in here leaves nothing in the home."""
    from django.db import transaction

    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def table(columns: list[tuple[Home, dict[str, dict[str, Any]]]]) -> None:
    """The homes side by side; the last column is the last home's milliseconds by the first's."""
    first, last = columns[0][1], columns[-1][1]
    heads = "".join(f" {f'{name} listings':>38} |" for (name, _), _ in columns)
    print(f"| {'':<34} |{heads} {'':>5} |")
    units = f" {'ms':>6} {'slowest':>7} {'queries':>7} {'bytes':>8} {'gzip':>6} |" * len(columns)
    print(f"| {'what (pages)':<34} |{units} {'ratio':>5} |")
    for what, figures in first.items():
        cells = "".join(cell(found.get(what)) for _, found in columns)
        ratio = f"{last[what]['ms'] / figures['ms']:.2f}" if what in last else ""
        label = f"{what} ({figures['pages']})"
        print(f"| {label:<34} |{cells} {ratio:>5} |")


def cell(found: dict[str, Any] | None) -> str:
    if found is None:
        return f" {'':>38} |"
    times = f"{found['ms']:>6.1f} {found['slowest']:>7.1f}"
    return f" {times} {found['queries']:>7} {found['plain']:>8,} {found['gzip']:>6,} |"
