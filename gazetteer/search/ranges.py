"""Looking names up by how they begin, through an index of the database."""


def after(prefix: str) -> str:
    """The first text, byte by byte, that no longer begins with `prefix`: the end of an indexed range."""
    return prefix[:-1] + chr(min(ord(prefix[-1]) + 1, 0x10FFFF)) if prefix else ""
