from django.apps import AppConfig


class OpsConfig(AppConfig):
    name = "gazetteer.ops"
    verbose_name = "Operation"

    def ready(self) -> None:
        from django_tasks.signals import task_finished

        from gazetteer.changes.clock import moment_failed
        from gazetteer.ops import alarms

        moment_failed.connect(alarms.moment_failed, dispatch_uid="gazetteer-alarm-moment")
        task_finished.connect(alarms.task_finished, dispatch_uid="gazetteer-alarm-task")
