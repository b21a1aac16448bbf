"""The guide of an organ: its record and the law's limits."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse

from gongkai.office.clock import today
from gongkai.office.portal.guide import takes_online, ways

from .visiting import seen


def guide(client, organ):
    return seen(client.get(reverse("portal_guide", args=[organ.code]))).text


def test_it_says_what_article_12_asks_for(client, organ):
    text = guide(client, organ)
    for fact in ("局办公室", "云岭市云溪区学府路8号", "0871-6000001", "0871-6000002"):
        assert fact in text


def test_in_person_and_by_post_are_always_there(make_organ):
    bare = make_organ("云岭市新局")
    codes = [way.code for way in ways(bare, today())]
    assert codes[:2] == ["in_person", "post"] and "fax" not in codes


def test_fax_only_where_it_was_announced(make_organ):
    announced = make_organ(fax="0871-1", channels=["in_person", "post", "fax"])
    silent = make_organ(fax="0871-1", channels=["in_person", "post"])
    assert "fax" in [way.code for way in ways(announced, today())]
    assert "fax" not in [way.code for way in ways(silent, today())]


def test_online_only_where_somebody_can_confirm_what_comes(client, make_organ, make_person):
    deserted = make_organ("云岭市云溪区水利局", channels=["in_person", "post", "internet"])
    make_person("system_admin", deserted)
    assert "internet" not in [way.code for way in ways(deserted, today())]
    page = seen(client.get(reverse("portal_apply", args=[deserted.code])))
    assert "没有开通网上申请" in page.text and "当面提交" in page.text
    make_person("office_head", deserted)
    assert "internet" in [way.code for way in ways(deserted, today())]


def test_a_clerk_who_has_left_confirms_nothing(make_organ, make_person):
    organ = make_organ(channels=["in_person", "post", "internet"])
    clerk = make_person("clerk", organ)
    assert takes_online(organ, today())
    clerk.holdings.update(until=today())
    assert takes_online(organ, today()) and not takes_online(organ, today() + timedelta(days=1))
    clerk.is_active = False
    clerk.save()
    assert not takes_online(organ, today())


def test_limits_are_those_of_the_law(client, organ):
    text = guide(client, organ)
    assert "20个工作日" in text and "政府信息公开条例第三十三条第二款" in text
    assert "60日" in text and "行政复议法第二十条第一款" in text
    assert "6个月" in text and "行政诉讼法第四十六条第一款" in text


def test_an_organs_own_setting_is_told(client, organ):
    organ.settings = {"correction_period": 12}
    organ.save()
    assert "12个工作日" in guide(client, organ)
