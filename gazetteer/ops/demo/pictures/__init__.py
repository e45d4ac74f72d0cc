"""Pictures of our own making, drawn by code: the same call always gives the same picture."""
