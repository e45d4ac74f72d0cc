"""The home page and its blocks, side columns, standing pages, the settings of the site."""
