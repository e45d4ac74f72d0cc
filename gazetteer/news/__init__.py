"""The newspaper: stories, sections, bylines."""
