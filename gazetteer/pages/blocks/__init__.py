"""The movable blocks of the home page and the side columns: one file for each."""
