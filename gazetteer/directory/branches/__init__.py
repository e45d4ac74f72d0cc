"""The branch rows behind every list and count of the directory.

A `Branch` is a list of published listings with its true size. Four things have one: a category (the listings of
its whole branch of the tree, each once), a place, a tag, and the directory as a whole. `sql.py` holds the triggers that
keep rows and sizes in the transaction of whatever write; `moves.py` changes the tree in batches while the old
counts stand; `checks.py` compares everything with a slow reading of the facts and mends it.
"""
