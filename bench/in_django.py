"""Importing this sets Django up, in a home of its own where none is named: for benches without a home."""

import os
from pathlib import Path
from tempfile import mkdtemp

import django

from gazetteer.environment import keep_new_key

os.environ.setdefault("GAZETTEER_HOME", mkdtemp(prefix="gazetteer-bench-"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gazetteer.settings")
keep_new_key(Path(os.environ["GAZETTEER_HOME"]) / "secret_key")
django.setup()
