"""What pages add to the desk at /admin/: forms, menu, dashboard, our own name on it."""
