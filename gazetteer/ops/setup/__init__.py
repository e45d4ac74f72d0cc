"""The first run in the browser: who is in charge, what the site is called, and what it begins with.

A fresh site must not fall to whoever finds it first. Only who holds the link that `gazetteer serve` prints (its secret
lies in the home, readable by its owner alone) may set it up. Coming from this computer is not enough: behind a proxy
every visitor seems to come from it.
"""
