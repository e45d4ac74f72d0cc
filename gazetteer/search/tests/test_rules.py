"""What editors lay down holds from the next search on."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from gazetteer.accounts.models import User
from gazetteer.search import actions, rules
from gazetteer.search.engines.base import NO_RULES
from gazetteer.search.models import Boost, Pin, StopWord, Synonym
from gazetteer.search.tests.test_results import ask, titles
from gazetteer.search.tests.world import SCHEMA

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("little_world", "counted")]


def test_without_rules_one_query_says_so(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert rules.for_search("bread", SCHEMA) is NO_RULES


def test_all_rules_cost_one_query(django_assert_num_queries):
    actions.save(Synonym(words="loaf, bread"))
    actions.save(Boost(by="kind", value="article", factor="2"))
    with django_assert_num_queries(1):
        found = rules.for_search("bread", SCHEMA)
    assert found.synonyms == {"loaf": ("bread",), "bread": ("loaf",)}
    assert found.boosts == {("kind", "article"): 2.0}


def test_words_that_mean_the_same_find_the_same(client):
    assert titles(ask(client, "?q=boulangerie")) == []
    actions.save(Synonym(words="Boulangerie, crème"))
    assert titles(ask(client, "?q=boulangerie")) == ["Café Crème"]


def test_a_synonym_may_lead_one_way_only(client):
    actions.save(Synonym(words="lender", instead="bank"))
    assert "River Bank" in titles(ask(client, "?q=lender"))
    assert rules.for_search("bank", SCHEMA).synonyms == {"lender": ("bank",)}


def test_a_word_to_leave_out_need_not_be_found(client):
    assert titles(ask(client, "?q=company+savings+bank"))[0] == "Savings Bank"
    assert "Nothing has all the words" in ask(client, "?q=company+savings+bank")
    actions.save(StopWord(word="Company"))
    assert "Nothing has all the words" not in ask(client, "?q=company+savings+bank")


def test_a_chosen_result_stands_first_for_just_that_search(client):
    actions.save(Pin(words="Bánk", address="https://example.org/listing/31/cafe/", position=1))
    assert titles(ask(client, "?q=bank"))[0] == "Café Crème"
    assert "Café Crème" not in titles(ask(client, "?q=bank+holiday"))


def test_an_order_puts_a_kind_first(client):
    assert titles(ask(client, "?q=bank"))
    actions.save(Boost(by="kind", value="article", factor="4"))
    assert set(titles(ask(client, "?q=bank"))[:2]) == {"Bank holiday", "Bank robbed"}


@pytest.mark.parametrize(
    ("rule", "field"),
    [
        (Synonym(words="alone"), "words"),
        (Synonym(words=", ,"), "words"),
        (Synonym(words="a", instead="!"), "instead"),
        (StopWord(word="two words"), "word"),
        (StopWord(word="!"), "word"),
        (Pin(words="!", address="/listing/1/a/"), "words"),
        (Pin(words="bank", address="/no-such-page/"), "address"),
        (Boost(by="kind", value="secret", factor="2"), "value"),
        (Boost(by="category", value="nowhere", factor="2"), "value"),
    ],
)
def test_a_rule_that_says_nothing_is_refused_by_the_name_of_its_field(rule, field):
    with pytest.raises(ValidationError) as refused:
        actions.save(rule)
    assert list(refused.value.message_dict) == [field]


def test_only_who_may_lays_down_rules():
    nobody = User.objects.create(username="nobody")
    with pytest.raises(PermissionDenied):
        actions.save(Synonym(words="a, b"), by=nobody)
    rule = actions.save(Synonym(words="a, b"))
    with pytest.raises(PermissionDenied):
        actions.remove(rule, by=nobody)


def test_the_desk_adds_a_rule_and_says_what_is_wrong_with_one(admin_client):
    page = admin_client.post("/admin/search/synonyms/new/", {"words": "alone", "instead": ""}).content.decode()
    assert "Write two words at least" in page
    admin_client.post("/admin/search/synonyms/new/", {"words": "GP, doctor", "instead": ""})
    assert [str(each) for each in Synonym.objects.all()] == ["GP, doctor"]
    admin_client.post("/admin/search/chosen/new/", {"words": "bank", "address": "/listing/31/a/", "position": "1"})
    again = admin_client.post(
        "/admin/search/chosen/new/", {"words": "Bank", "address": "/listing/31/a/", "position": "2"}
    )
    assert again.status_code == 200 and Pin.objects.count() == 1
    synonym = Synonym.objects.get()
    admin_client.post(f"/admin/search/synonyms/edit/{synonym.pk}/", {"words": "GP, doctor, surgery", "instead": ""})
    admin_client.post(f"/admin/search/synonyms/delete/{synonym.pk}/")
    assert not Synonym.objects.exists()


def test_the_desk_lists_every_kind_of_rule(admin_client):
    for part in ("synonyms", "left-out", "chosen", "order", "searches"):
        assert admin_client.get(f"/admin/search/{part}/").status_code == 200
