"""Saved pages beside files: nginx on the exported site, and `gazetteer serve` with a warm store, two processes each.

    python -m bench edge [--home DIR …] [--rounds N]

In a copy of each home: `warm` with every encoding, `export static`, then wrk (`-t1 -c16`, asking for gzip) for N
seconds (`--rounds`, at least 5) on random pages truly drawn over all exported ones, and on one page. Any answer but
200 voids the run. Then: from commit to drop, the pages that a change of a listing dropped and whose fresh bytes were
the same, and the memory of all processes (PSS, the store's mapped file apart). Needs nginx, wrk and Linux.
"""

import json
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote

from bench.homes import Home, in_home, set_up

PORT, NGINX_PORT = 8391, 8392
LEAST_SECONDS = 5
SEED = 20
WRITES = 30
LONGEST_WAIT = 5.0

NGINX = """
worker_processes 2; daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log; worker_rlimit_nofile {files};
events {{ worker_connections 1024; }}
http {{
  include /etc/nginx/mime.types; default_type text/html; access_log off; sendfile on; tcp_nopush off; tcp_nodelay on;
  open_file_cache max={cached} inactive=1h; open_file_cache_valid 1h; open_file_cache_min_uses 1;
  keepalive_requests 1000000; gzip_static on; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  server {{ listen 127.0.0.1:{port} reuseport; root {root}; index index.html; etag on; }}
}}
"""

# xorshift64* over all paths: wrk's own math.random repeats a few hundred of them when it is seeded anew for a thread.
LUA = """
local bit = require("bit")
local paths = {{}}
for line in io.lines("{paths}") do paths[#paths + 1] = line end
local a, b = {seed}, 362436069
drawn, different = 0, 0
local seen = {{}}
local function next_number()
  a = bit.bxor(a, bit.lshift(a, 13)); a = bit.bxor(a, bit.rshift(a, 17)); a = bit.bxor(a, bit.lshift(a, 5))
  b = bit.tobit(b * 69069 + 1234567)
  return (bit.bxor(a, b) % 4294967296) % #paths + 1
end
wrk.headers["Accept-Encoding"] = "gzip"
wrk.headers["Host"] = "127.0.0.1:{port}"
local made = {{}}
request = function()
  local number = next_number()
  drawn = drawn + 1
  if not seen[number] then seen[number] = true; different = different + 1 end
  local text = made[number]
  if not text then text = wrk.format("GET", paths[number]); made[number] = text end
  return text
end
local threads = {{}}
function setup(thread) threads[#threads + 1] = thread end
done = function(summary, latency, requests)
  local e, d, n = summary.errors, 0, 0
  for _, thread in ipairs(threads) do d = d + thread:get("different"); n = n + thread:get("drawn") end
  io.write(string.format('\\nRESULT {{"different": %d, "drawn": %d, "requests": %d, "seconds": %f, "p50": %f,'
    .. ' "p99": %f, "bad": %d, "bytes": %d}}\\n',
    d, n, summary.requests, summary.duration / 1e6, latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    e.status + e.read + e.write + e.timeout + e.connect, summary.bytes))
end
"""


def main(homes: list[Home], rounds: int) -> None:
    for program in ("nginx", "wrk"):
        if shutil.which(program) is None:
            print(f"Left out: {program} is not installed.")
            return
    for name, home in homes:
        print(f"{name} listings")
        for line in told(in_home(home, "bench.edge", "measure", str(max(rounds, LEAST_SECONDS)))):
            print(f"  {line}")


def told(found: dict[str, Any]) -> Iterator[str]:
    yield (
        f"warm: {found['pages']:,} pages, every encoding, in {found['warm_seconds']:.0f} s:"
        f" {found['pages'] / found['warm_seconds'] / found['processors']:.0f} a second and core"
    )
    yield f"{'':<14} {'nginx/s':>9} {'ours/s':>9} {'ratio':>6} {'p99 ms':>8} {'ours':>8}"
    for what in ("random pages", "one hot page"):
        theirs, ours = found[what]["nginx"], found[what]["gazetteer"]
        ratio = speed(ours) / speed(theirs)
        speeds = f"{speed(theirs):>9,.0f} {speed(ours):>9,.0f} {ratio:>6.2f}"
        void = "  VOID: not every answer was 200" if theirs["bad"] + ours["bad"] else ""
        yield f"{what:<14} {speeds} {theirs['p99']:>8.2f} {ours['p99']:>8.2f}{void}"
        yield f"{'':<14} {ours['different']:,} different pages in {ours['drawn']:,} draws of ours"
    yield f"from commit to drop: p50 {found['drop_p50']:.0f} ms, p99 {found['drop_p99']:.0f} ms ({WRITES} writes)"
    yield (
        f"dropped by {WRITES} renamed listings: {found['dropped']:,} pages,"
        f" of which {found['same']:,} had the same bytes anew ({found['same'] / max(1, found['dropped']):.0%})"
    )
    yield f"memory (PSS without the store): {found['pss']:.0f} MB in {found['processes']} processes"


def speed(figures: dict[str, Any]) -> float:
    return float(figures["requests"] / figures["seconds"])


# ---- In the home ----------------------------------------------------------------------------------------------------


def measure(seconds: int) -> dict[str, Any]:
    """Everything, in a copy of the home in which this process stands."""
    source = Path(os.environ["GAZETTEER_HOME"])
    with TemporaryDirectory(prefix="gazetteer-bench-edge-") as name:
        folder = Path(name)
        home = folder / "home"
        shutil.copytree(source, home, ignore=shutil.ignore_patterns("pages", "backups"))
        environment = os.environ | {"GAZETTEER_HOME": str(home), "SITE_URL": f"http://127.0.0.1:{PORT}"}
        command(environment, "upgrade")
        began = time.monotonic()
        command(environment, "warm")
        warm_seconds = time.monotonic() - began
        command(environment, "export", "static", str(folder / "files"))
        paths = exported(folder / "files")
        (folder / "paths.txt").write_text("\n".join(paths) + "\n", encoding="utf-8")
        (folder / "hot.txt").write_text("/\n", encoding="utf-8")
        found: dict[str, Any] = {"pages": len(paths), "warm_seconds": warm_seconds, "processors": os.cpu_count() or 1}
        with nginx(folder), served(environment):
            for what, file in (("random pages", "paths.txt"), ("one hot page", "hot.txt")):
                found[what] = {
                    "nginx": wrk(folder, file, NGINX_PORT, seconds),
                    "gazetteer": wrk(folder, file, PORT, seconds),
                }
            found |= memory(home)
            found |= json.loads(in_process(environment, "drops"))
    return found


def command(environment: dict[str, str], *words: str) -> None:
    subprocess.run([sys.executable, "-m", "gazetteer.cli", *words], env=environment, check=True, stdout=sys.stderr)


def in_process(environment: dict[str, str], what: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "bench.edge", what], env=environment, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout.splitlines()[-1]


def exported(files: Path) -> list[str]:
    """The address of every exported page, quoted as a browser sends it."""
    found = [f"/{file.parent.relative_to(files)}/".replace("/./", "/") for file in files.rglob("index.html")]
    return sorted(quote(path) for path in found if not path.startswith(("/static/", "/media/")))


@contextmanager
def nginx(folder: Path) -> Iterator[None]:
    most = os.sysconf("SC_OPEN_MAX")
    text = NGINX.format(folder=folder, port=NGINX_PORT, root=folder / "files", files=most, cached=most // 2 - 2000)
    (folder / "nginx.conf").write_text(text, encoding="utf-8")
    child = subprocess.Popen(["nginx", "-c", str(folder / "nginx.conf"), "-p", str(folder)])
    try:
        wait_for(NGINX_PORT)
        yield
    finally:
        child.send_signal(signal.SIGTERM)
        child.wait()


@contextmanager
def served(environment: dict[str, str]) -> Iterator[None]:
    words = ["serve", "--port", str(PORT), "--workers", "2"]
    child = subprocess.Popen([sys.executable, "-m", "gazetteer.cli", *words], env=environment, stdout=sys.stderr)
    try:
        wait_for(PORT)
        yield
    finally:
        child.send_signal(signal.SIGTERM)
        child.wait()


def wait_for(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with socket.socket() as trial:
            if trial.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError(f"Nothing answers on port {port}.")


def wrk(folder: Path, paths: str, port: int, seconds: int) -> dict[str, Any]:
    """One run after a short one to warm up."""
    script = folder / f"{port}-{paths}.lua"
    script.write_text(LUA.format(paths=folder / paths, seed=SEED * 7919 + 1, port=PORT), encoding="utf-8")
    for each in (2, seconds):
        address = f"http://127.0.0.1:{port}/"
        words = ["wrk", "-t1", "-c16", f"-d{each}s", "--latency", "-s", str(script), address]
        text = subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True).stdout
    match = re.search(r"^RESULT (.*)$", text, re.MULTILINE)
    if match is None:
        raise ValueError(f"wrk told nothing: {text}")
    figures: dict[str, Any] = json.loads(match[1])
    return figures


def memory(home: Path) -> dict[str, Any]:
    """Proportional memory in MB of every process of this home, without what is mapped of the store."""
    total, count = 0.0, 0
    for process in Path("/proc").iterdir():
        try:
            if process.name.isdigit() and f"GAZETTEER_HOME={home}".encode() in (process / "environ").read_bytes():
                mine = pss(process)
                total, count = total + mine, count + (mine > 0)
        except (PermissionError, FileNotFoundError, ProcessLookupError):
            continue
    return {"pss": total / 1024, "processes": count}


def pss(process: Path) -> float:
    """In kB, from `smaps`: a mapping's line ends in its file."""
    total, of_store = 0.0, False
    for line in (process / "smaps").read_text(encoding="utf-8", errors="replace").splitlines():
        if re.match(r"[0-9a-f]+-[0-9a-f]+ ", line):
            of_store = line.endswith("/pages/data.mdb")
        elif line.startswith("Pss:") and not of_store:
            total += float(line.split()[1])
    return total


# ---- Changes --------------------------------------------------------------------------------------------------------


def drops() -> dict[str, Any]:
    """Rename listings by plain SQL, as somebody outside would, and see when and what the server drops."""
    from django.db import connection

    from gazetteer.directory.models import Listing
    from gazetteer.edge.shared import shared

    store = shared().store()
    if store is None:
        raise ValueError("There is no store to look into.")
    ids = list(Listing.objects.published().order_by("pk").values_list("pk", flat=True))
    kept = pages_in(store)
    waits, dropped, same = [], 0, 0
    for pk in random.Random(SEED).sample(ids, min(WRITES, len(ids))):
        counter = store.state().counter
        with connection.cursor() as cursor:
            cursor.execute("UPDATE directory_listing SET name = name || ' II' WHERE id = %s", [pk])
        began = time.monotonic()
        while store.state().counter == counter and time.monotonic() - began < LONGEST_WAIT:
            time.sleep(0.001)
        waits.append((time.monotonic() - began) * 1000)
        there = names_in(store)
        gone = [name for name in kept if name not in there]
        dropped += len(gone)
        for name in gone:
            address, before = kept[name]
            anew = asked_anew(store, address)
            same += anew == before
            kept[name] = (address, anew)
    return {"drop_p50": median(waits), "drop_p99": quantiles(waits, n=100)[98], "dropped": dropped, "same": same}


def pages_in(store: Any) -> dict[bytes, tuple[str, bytes | None]]:
    """Address and digest of each kept page by its name in the store; blocks apart, they are no pages."""
    found: dict[bytes, tuple[str, bytes | None]] = {}
    with store.reading() as txn, txn.cursor(db=store.db["pages"]) as cursor:
        for name, data in cursor:
            page = type_page().load(data)
            if "/-/" not in page.address:
                found[bytes(name)] = (page.address, page.digest)
    return found


def names_in(store: Any) -> set[bytes]:
    with store.reading() as txn, txn.cursor(db=store.db["pages"]) as cursor:
        return {bytes(name) for name in cursor.iternext(values=False)}


def type_page() -> Any:
    from gazetteer.edge.entries import Page

    return Page


def asked_anew(store: Any, address: str) -> bytes | None:
    """The digest of the page after the server made it again."""
    from gazetteer.edge.entries import address_key

    with urllib.request.urlopen(address_for_url(address), timeout=30) as answer:  # noqa: S310 (our own server)
        answer.read()
    with store.reading() as txn:
        data = txn.get(address_key(address), db=store.db["pages"])
    return None if data is None else bytes(type_page().load(data).digest)


def address_for_url(address: str) -> str:
    """WSGI spells a path's bytes as latin-1; a client sends them quoted."""
    scheme, _, rest = address.partition("://")
    host, slash, path = rest.partition("/")
    path, mark, query = path.partition("?")
    return f"{scheme}://{host}{slash}{quote(path.encode('latin-1'))}{mark}{query}"


if __name__ == "__main__":
    set_up()
    print(json.dumps(measure(int(sys.argv[2])) if sys.argv[1] == "measure" else drops()))
