"""Outlines of the world's countries for locator maps: `world.json.gz`, made by `build.py`, read by `outlines.py`."""
