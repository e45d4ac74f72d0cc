"""Reading and adding counts of visits."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import connection, models, transaction
from django.db.models import Sum

LONGEST_PATH = 500
ADD = """
    INSERT INTO edge_visitcount (day, path, people, robots) VALUES (%s, %s, %s, %s)
    ON CONFLICT (path, day) DO UPDATE SET
      people = edge_visitcount.people + excluded.people, robots = edge_visitcount.robots + excluded.robots
"""


class VisitCountQuerySet(models.QuerySet[Any]):
    def since(self, day: date) -> "VisitCountQuerySet":
        return self.filter(day__gte=day)

    def by_path(self) -> "models.QuerySet[Any, dict[str, Any]]":
        """`{"path", "visits"}` by people, the most visited first."""
        return self.values("path").annotate(visits=Sum("people")).filter(visits__gt=0).order_by("-visits", "path")

    def by_day(self) -> "models.QuerySet[Any, dict[str, Any]]":
        """`{"day", "visits", "robots_visits"}`, the oldest first."""
        counted = self.values("day").annotate(visits=Sum("people"), robots_visits=Sum("robots"))
        return counted.order_by("day")

    def of_the_last(self, days: int, today: date) -> "VisitCountQuerySet":
        return self.since(today - timedelta(days=days - 1))


class VisitCountManager(models.Manager.from_queryset(VisitCountQuerySet)):  # type: ignore[misc]  # made by Django
    def add(self, day: date, counts: Mapping[tuple[str, bool], int]) -> None:
        """Add visits to a day: by path, and whether a machine made them."""
        rows: list[list[Any]] = [
            [day, path[:LONGEST_PATH], 0 if robot else number, number if robot else 0]
            for (path, robot), number in sorted(counts.items())
        ]
        if rows:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.executemany(ADD, rows)
