from django.apps import AppConfig


class OpsConfig(AppConfig):
    name = "gazetteer.ops"
    verbose_name = "Operation"

    def ready(self) -> None:
        from django_tasks.signals import task_finished

        from gazetteer.changes.clock import moment_failed
        from gazetteer.news.wire.signals import source_alarm
        from gazetteer.ops import alarms

        moment_failed.connect(alarms.moment_failed, dispatch_uid="gazetteer-alarm-moment")
        source_alarm.connect(alarms.source_in_trouble, dispatch_uid="gazetteer-alarm-source")
        task_finished.connect(alarms.task_finished, dispatch_uid="gazetteer-alarm-task")
