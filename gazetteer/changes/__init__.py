"""The spine: triggers in the database, and the clock."""
