"""People: users, what each may do, sign-in."""
