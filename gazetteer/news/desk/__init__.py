"""The desk: how stories, sections, authors, tags and corrections stand in the admin."""
