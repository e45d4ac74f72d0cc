"""What the directory adds to the desk."""

from wagtail import hooks

from gazetteer.directory.desk import history

hooks.register("register_log_actions", history.register)
