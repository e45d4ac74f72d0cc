"""Running it: first run, demo, backup, restore, upgrade, health."""
