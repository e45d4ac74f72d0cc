"""Copy from elsewhere: fetch → formats/ → clean → match → file, one file for each step and one for each format."""
