"""Queries written once: they answer as Django's own do, whatever the values."""

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gazetteer.accounts.models import User
from gazetteer.web.prepared import Prepared, padded

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> list[User]:
    return [User.objects.create(username=name, email=f"{name}@example.org", name=name) for name in ("ada", "bo", "cy")]


BY_ID: Prepared[Any] = Prepared(
    lambda ids: User.objects.filter(pk__in=ids).order_by("username").values_list("username")
)


@pytest.mark.parametrize("number", [0, 1, 2, 3])
def test_a_list_of_any_length_finds_its_rows(people: list[User], number: int) -> None:
    assert BY_ID([each.pk for each in people[:number]]) == [(each.username,) for each in people[:number]]


def test_lists_are_as_long_as_a_power_of_two_and_repeat_their_last() -> None:
    assert padded([1, 2, 3, 4, 5]) == [1, 2, 3, 4, 5, 5, 5, 5]
    assert padded([]) == [None]


def test_the_second_value_is_not_that_of_the_first_call(people: list[User]) -> None:
    by_name: Prepared[Any] = Prepared(lambda name: User.objects.filter(username=name).values_list("email"))
    assert [by_name.first(each.username) for each in people] == [(each.email,) for each in people]
    assert by_name.first("nobody") is None


def test_columns_come_as_the_model_has_them(people: list[User]) -> None:
    facts = ("is_active", "date_joined", "pk")
    read: Prepared[Any] = Prepared(lambda pk: User.objects.filter(pk=pk).values_list(*facts))
    assert read(people[0].pk) == list(User.objects.filter(pk=people[0].pk).values_list(*facts))
    assert read(people[0].pk)[0][1].tzinfo is datetime.UTC


def test_a_moment_is_compared_as_the_column_keeps_it(people: list[User]) -> None:
    noon = datetime.datetime(2019, 4, 13, 12, tzinfo=datetime.timezone(datetime.timedelta(hours=2)))
    User.objects.filter(username="bo").update(date_joined=noon)
    joined: Prepared[Any] = Prepared(lambda at: User.objects.filter(date_joined=at).values_list("username"))
    assert joined(noon) == [("bo",)]


def test_what_cannot_match_asks_nothing(people: list[User]) -> None:
    nothing: Prepared[Any] = Prepared(lambda: User.objects.none().values_list("pk"))
    with CaptureQueriesContext(connection) as asked:
        assert nothing() == []
    assert not asked.captured_queries


def test_a_query_is_written_once(people: list[User]) -> None:
    written = []

    def make(name: object) -> object:
        written.append(name)
        return User.objects.filter(username=name).values_list("pk")

    read: Prepared[Any] = Prepared(make)  # type: ignore[arg-type]  # what it makes is a query
    assert [read(each.username) for each in people] == [[(each.pk,)] for each in people]
    assert len(written) == 1
