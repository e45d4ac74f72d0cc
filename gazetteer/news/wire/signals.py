"""What other folders listen to; apart from the models, so that listening needs none of them."""

from django.dispatch import Signal

source_alarm = Signal()
"""Sent with `source`, `kind` ("failing" or "silent") and `sentence`; `ops` mails it and the desk shows it."""
