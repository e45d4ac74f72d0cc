"""The public pages of the news. What they read has its names in `lists.py`, `showing.py` and the querysets."""
