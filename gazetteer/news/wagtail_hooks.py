"""What the news adds to the desk."""

from wagtail import hooks

from gazetteer.news.desk import history

hooks.register("register_log_actions", history.register)
