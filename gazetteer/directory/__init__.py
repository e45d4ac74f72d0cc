"""The directory: categories, listings, places."""
