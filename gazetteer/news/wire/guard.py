"""Which addresses the wire may ask: the open internet, and what the operator names in `WIRE_ALLOW`; nothing inside.

The check is on the very address that is connected to, at the moment of connecting. A name that resolves to something
harmless first and to the inside a moment later (DNS rebinding) meets the same check.
"""

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urlsplit, urlunsplit

from django.conf import settings

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

PORTS = {"http": {80, 8080}, "https": {443, 8443}, "imap": {143}, "imaps": {993}}
NAT64 = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))
TUNNELS = (ipaddress.ip_network("2002::/16"), ipaddress.ip_network("2001::/32"), ipaddress.ip_network("::/96"))
INSIDE = (ipaddress.ip_network("168.63.129.16/32"), ipaddress.ip_network("192.0.0.0/24"))
"""Public by number, yet answered by a cloud's own machinery (Azure, Oracle)."""
LONGEST = 2_000
SAFE = "/%:@!$&'()*+,;=-._~"


class Refused(ValueError):
    """The address may not be asked; the message says why, in a sentence for the desk."""


@dataclass(frozen=True)
class Target:
    """Where a request goes: `url` as it is sent, without fragment, name and password."""

    url: str
    scheme: str
    host: str
    port: int
    path: str


def target(url: str, schemes: tuple[str, ...] = ("http", "https")) -> Target:
    """The parts of an address that may be asked, as far as can be told without asking. Raises Refused."""
    parts = split(url)
    if parts.scheme not in schemes:
        raise Refused(f"The address begins with “{parts.scheme}:”; only {' and '.join(schemes)} are asked.")
    host = ascii_host(parts.hostname or "")
    port = port_of(parts)
    if port not in PORTS[parts.scheme] and not is_allowed(host, port):
        raise Refused(f"The address names the port {port}, which feeds do not use. WIRE_ALLOW can allow it.")
    shown_host = f"[{host}]" if ":" in host else host
    netloc = shown_host if port == default_port(parts.scheme) else f"{shown_host}:{port}"
    path = quote(parts.path or "/", safe=SAFE)
    query = quote(parts.query, safe=SAFE + "?")
    path += f"?{query}" if query else ""
    return Target(urlunsplit((parts.scheme, netloc, "", "", "")) + path, parts.scheme, host, port, path)


def split(url: str) -> SplitResult:
    if len(url) > LONGEST or any(ord(letter) < 33 for letter in url.strip()):
        raise Refused("The address is too long or has blanks or control characters in it.")
    try:
        return urlsplit(url.strip())
    except ValueError as error:
        raise Refused(f"This is no web address: {error}.") from error


def default_port(scheme: str) -> int:
    return {"http": 80, "https": 443, "imap": 143, "imaps": 993}[scheme]


def port_of(parts: SplitResult) -> int:
    try:
        return parts.port or default_port(parts.scheme)
    except ValueError as error:
        raise Refused("The port in the address is no number between 1 and 65535.") from error


def ascii_host(host: str) -> str:
    """The host's name as DNS has it, in small letters. Raises Refused for none."""
    host = host.rstrip(".").lower()
    if ":" in host or host.isascii():
        name = host
    else:
        try:
            name = host.encode("idna").decode("ascii")
        except UnicodeError as error:
            raise Refused(f"“{host}” is no name of a host.") from error
    if not name or len(name) > 253 or not all(part and len(part) < 64 for part in name.split(".")):
        raise Refused("The address names no host.")
    return name


def is_allowed(host: str, port: int) -> bool:
    """Whether the operator has named this host, or this very port of it, in `WIRE_ALLOW`."""
    named = f"[{host}]" if ":" in host else host
    return named in settings.WIRE_ALLOW or f"{named}:{port}" in settings.WIRE_ALLOW


def check_address(text: str) -> None:
    """Raise Refused unless the address is one of the open internet."""
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError as error:
        raise Refused(f"“{text}” is no address.") from error
    for each in (address, embedded(address)):
        if each is not None and not is_open(each):
            raise Refused(f"The name leads to {address}, which is not on the open internet. WIRE_ALLOW can allow it.")


def is_open(address: Address) -> bool:
    if any(address in network for network in (*TUNNELS, *INSIDE) if network.version == address.version):
        return False
    if any(address in network for network in NAT64 if network.version == address.version):
        return True  # what it carries is looked at by itself
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        return True  # as above
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def embedded(address: Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that an IPv6 one stands for (mapped, NAT64)."""
    if not isinstance(address, ipaddress.IPv6Address):
        return None
    if address.ipv4_mapped:
        return address.ipv4_mapped
    if any(address in network for network in NAT64):
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return None


def connect(host: str, port: int, timeout: float) -> socket.socket:
    """A connection to the host, whose every address was looked at before it was tried.

    Raises Refused if none may be asked, OSError if none answers.
    """
    free = is_allowed(host, port)
    refused: Refused | None = None
    failed: OSError | None = None
    for family, kind, protocol, _name, place in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        try:
            if not free:
                check_address(str(place[0]))
        except Refused as error:
            refused = error
            continue
        try:
            return open_socket(family, kind, protocol, place, timeout)
        except OSError as error:
            failed = error
    if failed is None and refused is not None:
        raise refused
    raise failed or OSError(f"{host} has no address")


def open_socket(family: int, kind: int, protocol: int, place: tuple[object, ...], timeout: float) -> socket.socket:
    made = socket.socket(family, kind, protocol)
    try:
        made.settimeout(timeout)
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        made.connect(place)
    except OSError:
        made.close()
        raise
    return made
