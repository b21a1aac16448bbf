"""The pages of a filing's steps: what they show, what they refuse in Chinese beside the field, and remarks with their answers."""

from __future__ import annotations

import pytest
from django.urls import reverse

from gongkai.office.filings import record
from gongkai.office.filings.needs import counting_for, supervises
from gongkai.office.filings.recorded import standing_of

from ..builders import client_of, make_organ, make_person
from . import ways

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files_are_quickly_made(monkeypatch):
    monkeypatch.setattr(record, "rendered", lambda *_, **__: {"json": b"{}"})


@pytest.fixture
def place(db):
    return ways.district()


@pytest.fixture
def filing(place):
    return ways.begun(place)


def at(filing, kind):
    return reverse("filings_step", args=[filing.organ.code, filing.year, kind])


def overview(filing):
    return reverse("filings_filing", args=[filing.organ.code, filing.year])


def remark_fields(*rows):
    found = {"remarks-TOTAL_FORMS": str(len(rows)), "remarks-INITIAL_FORMS": "0"}
    for number, row in enumerate(rows):
        found |= {f"remarks-{number}-{name}": value for name, value in {"cell": "", "sentence": "", **row}.items()}
    return found


def test_the_page_of_a_step_says_what_it_means_and_shows_the_whole_report_before_it_is_taken(place, filing):
    page = client_of(place.people["clerk"]).get(at(filing, "sent")).content.decode()
    for words in (
        "把最新一版送本机关审核人审核",
        "国办公开办函〔2021〕30号",
        "确认送审",
        "本年工作平稳。",
        "（七）总计",
    ):
        assert words in page
    assert filing.entries.count() == 1, "looking at a step takes none"


def test_confirming_takes_the_step_about_the_version_that_was_shown(place, filing):
    client = client_of(place.people["clerk"])
    assert client.post(at(filing, "sent"), {"version": 1}).status_code == 302
    assert standing_of_fresh(filing).state.sent == 1


def test_who_was_shown_an_older_version_is_told_and_nothing_is_taken(place, filing):
    client = client_of(place.people["clerk"])
    ways.changed(filing, place, "本年工作更加平稳。")
    answer = client.post(at(filing, "sent"), {"version": 1})
    assert (answer.status_code, "报告已经有了新的版本" in answer.content.decode()) == (409, True)
    assert 'name="version" value="2"' in answer.content.decode(), "who looks again confirms the newer one"
    assert standing_of_fresh(filing).state.sent is None


def test_a_step_that_is_somebody_elses_is_no_page_of_ones_own(place, filing):
    assert client_of(place.people["reviewer"]).get(at(filing, "sent")).status_code == 404
    assert client_of(place.people["clerk"]).post(at(filing, "approved"), {"version": 1}).status_code == 404


def test_remarks_on_a_cell_and_a_sentence_are_recorded(place, filing):
    ways.go(filing, place, "sent")
    rows = [
        {"cell": "proactive.licences", "text": "许可件数与台账不符。"},
        {"sentence": "工作平稳", "text": "请写具体。"},
        {"text": ""},
    ]
    client = client_of(place.people["reviewer"])
    assert client.post(at(filing, "sent_back"), {"version": 1, **remark_fields(*rows)}).status_code == 302
    assert standing_of_fresh(filing).entries[-1].data["remarks"] == [
        {"text": "许可件数与台账不符。", "cell": "proactive.licences"},
        {"text": "请写具体。", "section": "overview", "sentence": "工作平稳"},
    ]


def test_a_sentence_that_stands_nowhere_is_refused_and_everything_typed_is_kept(place, filing):
    ways.go(filing, place, "sent")
    rows = [{"sentence": "报告里没有的话", "text": "请改写这句。"}]
    data = {"version": 1, "reason": "总的来说不错。", **remark_fields(*rows)}
    answer = client_of(place.people["reviewer"]).post(at(filing, "sent_back"), data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert all(words in page for words in ("正文中没有这句话", "报告里没有的话", "请改写这句。", "总的来说不错。"))


def test_one_more_remark_keeps_what_was_typed_and_takes_nothing(place, filing):
    ways.go(filing, place, "sent")
    data = {"version": 1, "more": "1", "reason": "先记下。", **remark_fields({"text": "第一条。"})}
    page = client_of(place.people["reviewer"]).post(at(filing, "sent_back"), data).content.decode()
    assert "第一条。" in page
    assert "先记下。" in page
    assert 'name="remarks-1-text"' in page
    assert standing_of_fresh(filing).state.stage == "in_review"


def test_giving_back_without_a_word_is_refused(place, filing):
    ways.go(filing, place, "sent")
    answer = client_of(place.people["reviewer"]).post(
        at(filing, "sent_back"), {"version": 1, **remark_fields({"text": ""})}
    )
    assert (answer.status_code, "请写明需要修改的地方" in answer.content.decode()) == (409, True)


def test_an_answer_to_a_remark_is_seen_by_who_made_it(place, filing):
    ways.go(filing, place, *ways.APPROVED, "submitted", "returned", remarks=[{"text": "请核对许可件数。"}])
    clerk, supervisor = client_of(place.people["clerk"]), client_of(place.people["supervisor"])
    page = clerk.get(overview(filing)).content.decode()
    assert "请核对许可件数。" in page
    assert "还有1条没有回复" in page
    answered = reverse("filings_answer", args=[filing.organ.code, filing.year])
    clerk.post(answered, {"remark": "6.1", "answer": "已按台账核对。"})
    seen = supervisor.get(overview(filing)).content.decode()
    assert "已按台账核对。" in seen
    assert "都已经回复" in seen


def test_a_corrected_edition_says_what_it_corrects(place, filing):
    ways.go(filing, place, *ways.APPROVED, "published", "submitted", "returned", reason="表三有误。")
    ways.changed(filing, place, "本年工作平稳，已作更正。")
    ways.go(filing, place, *ways.APPROVED)
    clerk = client_of(place.people["clerk"])
    page = clerk.get(at(filing, "published")).content.decode()
    assert "这一版更正了什么" in page
    assert "与已经公布的第1版比较" in page
    assert "请填写“这一版更正了什么”" in clerk.post(at(filing, "published"), {"version": 2}).content.decode()
    assert clerk.post(at(filing, "published"), {"version": 2, "changes": "更正了第一部分。"}).status_code == 302
    assert [one.version for one in standing_of_fresh(filing).state.published] == [1, 2]


def test_a_broken_record_is_told_and_nothing_of_the_report_shown(place, filing):
    filing.head = "0" * 64
    filing.save()
    answer = client_of(place.people["clerk"]).get(overview(filing))
    assert answer.status_code == 409
    assert "与封存的记录不一致" in answer.content.decode()
    assert "本年工作平稳" not in answer.content.decode()


def test_a_governments_own_report_is_not_accepted_by_its_own_office(place):
    own = ways.begun(place, place.government)
    supervisor = place.people["supervisor"]
    assert counting_for(own, supervisor, frozenset({"supervisor", "clerk"})) == {"clerk"}


def standing_of_fresh(filing):
    filing.refresh_from_db()
    return standing_of(filing)


def test_of_the_steps_that_one_may_take_the_one_that_goes_on_is_the_button_that_stands_out(place, filing):
    ways.go(filing, place, "sent", "reviewed")
    page = client_of(place.people["approver"]).get(overview(filing)).content.decode()
    assert f'<a class="o-button o-button-main" href="{at(filing, "approved")}">批准</a>' in page
    assert f'<a class="o-button" href="{at(filing, "sent_back")}">退回起草</a>' in page


def test_a_remark_leads_to_the_very_cell_and_section_it_speaks_of(place, filing):
    ways.go(filing, place, "sent")
    rows = remark_fields(
        {"cell": "proactive.licences", "text": "请核对。"}, {"sentence": "本年工作平稳。", "text": "请写具体。"}
    )
    client_of(place.people["reviewer"]).post(at(filing, "sent_back"), {"version": 1, **rows})
    page = client_of(place.people["clerk"]).get(overview(filing)).content.decode()
    for address in ("tables/proactive.licences/", "text/overview/"):
        assert f'{overview(filing)}{address}">到这一处修改</a>' in page


def test_who_sends_a_report_again_is_told_what_was_asked_and_how_much_of_it_is_unanswered_but_may_send(place, filing):
    ways.go(filing, place, "sent")
    ways.go(
        filing, place, "sent_back", remarks=[{"text": "请核对许可件数。"}, {"text": "请写具体。"}], reason="总体不错。"
    )
    ways.go(filing, place, "answered", remark="3.1", answer="已按台账核对。")
    clerk = client_of(place.people["clerk"])
    page = clerk.get(at(filing, "sent")).content.decode()
    for words in (
        "请核对许可件数。",
        "已按台账核对。",
        "请写具体。",
        "总体不错。",
        "还有1条意见没有回复",
        "到概况逐条回复",
    ):
        assert words in page
    assert page.count("◆ 没有回复") == 1
    assert clerk.post(at(filing, "sent"), {"version": 1}).status_code == 302


def test_who_reviews_approves_and_accepts_sees_what_was_asked_and_answered_until_it_is_settled(place, filing):
    ways.go(filing, place, *ways.APPROVED, "submitted", "returned", remarks=[{"text": "请核对许可件数。"}])
    ways.go(filing, place, "answered", remark="6.1", answer="已按台账核对。")
    for before, kind in (("sent", "reviewed"), ("reviewed", "approved"), ("submitted", "accepted")):
        ways.go(filing, place, *(("approved", "submitted") if before == "submitted" else (before,)))
        page = client_of(place.people[ways.TAKERS[kind]]).get(at(filing, kind)).content.decode()
        assert "请核对许可件数。" in page, kind
        assert "已按台账核对。" in page, kind
        assert "没有回复" not in page, kind
    ways.go(filing, place, "accepted")
    assert "退回意见和回复" not in client_of(place.people["supervisor"]).get(at(filing, "accepted")).content.decode()


def test_what_was_asked_inside_the_organ_is_settled_by_the_leaders_approval_and_not_shown_above(place, filing):
    ways.go(filing, place, "sent")
    ways.go(filing, place, "sent_back", remarks=[{"text": "请写具体。"}], reason="总体不错。")
    ways.go(filing, place, *ways.APPROVED, "submitted")
    page = client_of(place.people["supervisor"]).get(at(filing, "accepted")).content.decode()
    assert "请写具体。" not in page
    assert "总体不错。" not in page


def test_the_page_of_a_cell_shows_the_remark_on_it_and_no_other(place, filing):
    ways.go(filing, place, "sent")
    rows = [{"cell": "proactive.licences", "text": "请核对许可件数。"}, {"text": "请写具体。"}]
    ways.go(filing, place, "sent_back", remarks=rows)
    page = client_of(place.people["clerk"]).get(f"{overview(filing)}tables/proactive.licences/").content.decode()
    assert "请核对许可件数。" in page
    assert "请写具体。" not in page
    assert (
        "请核对许可件数。"
        not in client_of(place.people["clerk"]).get(f"{overview(filing)}tables/proactive.penalties/").content.decode()
    )


@pytest.fixture
def city(place):
    """The city above the district: its supervisor, who reads everything below."""
    city = make_organ("云州市人民政府", kind="government")
    place.government.parent = city
    place.government.save()
    return make_person("supervisor", make_organ("云州市人民政府办公室", kind="office", parent=city))


@pytest.mark.parametrize("kind", ["accepted", "returned", "chased"])
def test_a_higher_governments_supervisor_reads_a_report_but_decides_nothing_past_the_office_it_was_filed_with(
    place, filing, city, kind
):
    ways.go(filing, place, *ways.APPROVED, *(["submitted"] if kind != "chased" else []))
    client, before = client_of(city), filing.entries.count()
    assert client.get(overview(filing)).status_code == 200
    for answer in (client.get(at(filing, kind)), client.post(at(filing, kind), {"version": 1, "reason": "请修改。"})):
        assert answer.status_code == 403
        assert (
            f"这份报告报送{place.government}的政府信息公开工作主管部门，由它催报、审核、退回。"
            in answer.content.decode()
        )
    assert filing.entries.count() == before
    assert at(filing, kind) not in client.get(overview(filing)).content.decode()
    assert client_of(place.people["supervisor"]).get(at(filing, kind)).status_code == 200


def test_the_governments_own_report_is_for_the_higher_governments_supervisor_to_accept(place, city):
    own = ways.begun(place, place.government)
    assert supervises(own.organ, city)
    assert not supervises(own.organ, place.people["supervisor"])
    assert client_of(place.people["supervisor"]).get(at(own, "accepted")).status_code == 403


def test_an_organ_led_vertically_files_with_the_one_that_leads_it_or_with_its_territorys_government(place, city):
    bureau = make_organ("云州市税务局")
    led = make_organ("云溪区税务局", parent=place.government, vertical=bureau)
    assert supervises(led, make_person("supervisor", bureau))
    assert supervises(led, place.people["supervisor"])
    assert not supervises(led, city)
    assert not supervises(place.organ, make_person("supervisor", bureau))
    assert not supervises(place.organ, make_person("supervisor", place.organ)), "nobody looks at their own organ's"
