"""The list of facts: complete, strict, and told apart by who knows them."""

import pytest

from gongkai.law import LawError
from gongkai.narrative import Facts, Medium, fact_item, fact_items, information_kinds, media_kinds
from gongkai.narrative.facts import parse_facts
from gongkai.report import load_form


def test_every_fact_has_its_place_in_the_report():
    parts = {part.key for part in load_form("2021").section("overview").parts}
    assert {item.part for item in fact_items()} == parts | {"introduction", "other_matters"}


def test_governments_alone_are_asked_for_what_article_50_asks_of_governments():
    asked = {item.key for item in fact_items() if item.government}
    assert asked == {"appraisal", "public_rating", "accountability"}
    assert all("第五十条第（四）项" in fact_item(key).article for key in asked)


def test_what_the_records_know_is_not_entered():
    known = {
        "on_time",
        "on_spot",
        "average_days",
        "extended",
        "consulted",
        "corrected",
        "fee_notices",
        "processing_fee",
    }
    assert {item.key for item in fact_items() if item.source == "cases"} == known | {"overdue"}


def test_figures_of_channels_add_up_under_one_key_for_each_kind_and_name():
    facts = Facts(
        {"trainings": 2, "appraisal": "合格"},
        (
            Medium("website", 10, reads=7),
            Medium("website", 5, "某网"),
            Medium("website", 3, information="documents"),
            Medium("wechat", None, "某号", 9),
        ),
    )
    assert facts.numbers == {
        "fact:trainings": 2,
        "fact:media.website.published": 15,
        "fact:media.website.documents.published": 3,
        "fact:media.website.reads": 7,
        "fact:media.wechat.某号.reads": 9,
    }


def test_kinds_of_channels_and_information_are_told_apart_by_code():
    assert media_kinds()["wechat"].label == "微信公众号"
    assert information_kinds()["documents"].article == "政府信息公开条例 第二十条第（一）项"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("[[items]]\nkey='a'\npart='x'\nlabel='甲'\ntype='count'\nunit='件'", "phrase"),
        ("[[items]]\nkey='a'\npart='x'\nlabel='甲'\ntype='count'\nphrase='{n}'", "unit"),
        ("[[items]]\nkey='a'\npart='x'\nlabel='甲'\ntype='date'", "date"),
        ("[[items]]\nkey='a'\npart='x'\nlabel='甲'\ntype='text'\nsource='dream'", "dream"),
        ("[[items]]\nkey='a'\npart='x'\nlabel='甲'\ntype='text'\nasked='yes'", "asked"),
        ("[[items]]\nkey='a'\npart='x'\nlabel='甲'\ntype='count'\nphrase='{n}'\nunit='件'\nshort=true", "short"),
        ("[[items]]\nkey='a'\npart='x'\nlabel='甲'", "type"),
        ("[[items]]\nkey='a'\npart='x'\nlabel='甲'\ntype='text'\n" * 2, "重复"),
    ],
)
def test_a_mistake_in_the_facts_file_is_named(text, word):
    with pytest.raises(LawError, match=word):
        parse_facts(text, "facts.toml")
