"""The directory at the desk: categories, listings, custom fields."""
