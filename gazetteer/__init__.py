"""Gazetteer: a newspaper and a directory in one program."""

__version__ = "0.1.0"
