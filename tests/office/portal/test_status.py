"""Looking up an application, and what its applicant may do and see."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from gongkai.office.cases.models import Case
from gongkai.office.clock import today
from gongkai.office.portal.applicant import applicants_case
from gongkai.office.vault.files import store

from ..builders import make_person, take
from .visiting import apply_online, look_up, seen


@pytest.fixture
def sent(client, organ):
    return apply_online(client, organ)


def case_text(client):
    return seen(client.get(reverse("portal_case"))).text


def test_number_and_code_open_the_case(client, sent):
    number, code = sent
    assert look_up(client, number, code).url == reverse("portal_case")
    assert "等待双方确认收到" in case_text(client)


def test_the_code_may_be_typed_in_small_letters_and_with_spaces(client, sent):
    number, code = sent
    assert look_up(client, f" {number} ", f"{code[:5]} {code[5:].lower()}").status_code == 302


def test_every_wrong_pair_gets_the_same_answer(client, organ, sent):
    number, code = sent
    other = apply_online(Client(), organ, description="另一件")
    answers = [look_up(client, *pair) for pair in ((number, "AAAAAAAAAA"), ("2026-9999", code), (other[0], code))]
    assert {seen(answer).errors["number"] for answer in answers} == {
        "登记编号或者查询码有误，没有找到。请对照回执核对；查询码遗失的，请持有效证件向受理机关重新领取。"
    }
    assert client.get(reverse("portal_case")).url == reverse("portal_status")


def test_what_is_missing_is_said_beside_its_field(client, db):
    page = seen(look_up(client, "", ""))
    assert "登记编号" in page.errors["number"] and "查询码" in page.errors["code"]


def test_guessing_is_stopped_for_right_and_wrong_alike(client, sent):
    for _ in range(10):
        look_up(client, sent[0], "AAAAAAAAAA")
    answer = look_up(client, *sent)
    assert answer.status_code == 429 and "次数过多" in seen(answer).errors["number"]
    assert look_up(Client(REMOTE_ADDR="203.0.113.9"), *sent).status_code == 302


def test_nothing_is_shown_without_looking_it_up(client, sent):
    stranger = Client()
    assert stranger.get(reverse("portal_case")).url == reverse("portal_status")
    assert stranger.get(reverse("portal_act", args=["withdrawn"])).url == reverse("portal_status")


def test_leaving_ends_it(client, sent):
    look_up(client, *sent)
    client.post(reverse("portal_leave"))
    assert client.get(reverse("portal_case")).status_code == 302


def test_the_due_day_is_shown_with_its_reason(client, organ, sent):
    take(Case.objects.get(), "receipt_confirmed", how="telephone", actor=make_person("clerk", organ))
    look_up(client, *sent)
    text = case_text(client)
    due = Case.objects.get().due
    assert f"{due.year}年{due.month}月{due.day}日前（含当日）" in text
    assert "自收到申请的次日起计入答复期限" in text and "第三十三条第二款" in text


def test_withdrawing_ends_the_case(client, sent):
    look_up(client, *sent)
    client.post(reverse("portal_act", args=["withdrawn"]), {"remark": "已经得到"})
    event = Case.objects.get().events.last()
    assert (event.kind, event.data["how"], event.actor) == ("withdrawn", "message", None)
    assert "已经提交" in case_text(client)


def test_a_correction_is_made_online_with_its_reason_for_being_asked_shown(client, organ, sent):
    clerk, case = make_person("clerk", organ), Case.objects.get()
    take(case, "receipt_confirmed", how="telephone", actor=clerk)
    until = (today() + timedelta(40)).isoformat()
    take(case, "correction_requested", matters="请写明年份。", until=until, method="online", actor=clerk)
    look_up(client, *sent)
    assert "请写明年份。" in case_text(client) and "需要您补正" in case_text(client)
    address = reverse("portal_act", args=["corrected"])
    page = seen(client.post(address, {"description": "", "remark": "想好了"}))
    assert "请填写" in page.errors["description"] and "想好了" not in page.errors
    client.post(address, {"description": "云溪区2024年老旧小区改造项目清单"})
    case.refresh_from_db()
    assert (case.status, case.description) == ("open", "云溪区2024年老旧小区改造项目清单")


def test_what_is_not_open_now_is_refused_with_the_state_shown(client, sent):
    look_up(client, *sent)
    answer = client.get(reverse("portal_act", args=["corrected"]))
    assert answer.status_code == 409 and "现在不能办理" in seen(answer).text
    assert client.post(reverse("portal_act", args=["decided"])).status_code == 409


def test_a_reply_on_the_spot_opens_what_comes_after_it(client, organ, sent):
    clerk, case = make_person("clerk", organ), Case.objects.get()
    take(case, "receipt_confirmed", how="in_person", actor=clerk)
    take(case, "answered_on_the_spot", outcome="disclosed", grounds=["published"], content="已经告知。", actor=clerk)
    look_up(client, *sent)
    text = case_text(client)
    assert "予以公开" in text and "答复与申请不符" in text and "建议主动公开" in text and "对答复不服的" in text
    client.post(reverse("portal_act", args=["mismatch_reported"]), {"content": "缺第二页。"})
    client.post(reverse("portal_act", args=["disclosure_suggested"]), {"reason": "很多人关心。"})
    kinds = list(case.events.values_list("kind", flat=True))
    assert kinds[-2:] == ["mismatch_reported", "disclosure_suggested"]


def answered_online(organ, case, method="online"):
    """The case decided by the people who have to, its answer dispatched; the names of the files on the way."""
    people = {role: make_person(role, organ) for role in ("clerk", "reviewer", "confidentiality_reviewer", "approver")}
    clerk = people["clerk"]
    take(case, "receipt_confirmed", how="telephone", actor=clerk)
    files = {"enclosures": [store("清单.txt", "清单".encode())], "letter": [store("草稿.txt", "草稿".encode())]}
    take(case, "drafted", actor=clerk, files=files, outcome="disclosed", grounds=["provided"], text="予以公开。")
    take(case, "submitted", actor=clerk)
    take(case, "reviewed", actor=people["reviewer"])
    take(case, "confidentiality_reviewed", actor=people["confidentiality_reviewer"], result="no_secret")
    take(case, "approved", actor=people["approver"])
    stamped = {"letter": [store("答复书.txt", "答复".encode())]}
    take(case, "decided", actor=clerk, files=stamped, outcome="disclosed", number="云政公复〔2026〕1号")
    if method:
        take(case, "dispatched", actor=clerk, method=method)


def test_an_answer_sent_online_is_fetched_here_and_fetching_is_its_delivery(client, organ, sent):
    case = Case.objects.get()
    answered_online(organ, case)
    look_up(client, *sent)
    page = seen(client.get(reverse("portal_case")))
    assert "答复书.txt" in page.text and "清单.txt" in page.text and "草稿.txt" not in page.text
    addresses = [given["action"] for tag, given in page.tags if tag == "form" and "letter" in given["action"]]
    got = {client.post(address).content.decode() for address in addresses}
    assert got == {"清单", "答复"}
    assert list(case.events.filter(kind="delivered").values_list("data__proof_kind", flat=True)) == [
        "electronic_record"
    ]


@pytest.mark.parametrize("method", ["", "post"])
def test_an_answer_not_sent_online_is_not_to_be_had_here(client, organ, sent, method):
    answered_online(organ, Case.objects.get(), method)
    look_up(client, *sent)
    text = case_text(client)
    assert "答复书.txt" not in text and "清单.txt" not in text
    assert ("办理结果" in text) is bool(method)


def test_another_cases_letter_can_not_be_fetched(client, organ, sent):
    other = Client()
    number, code = apply_online(other, organ, description="另一件")
    answered_online(organ, Case.objects.get(number=sent[0]))
    look_up(other, number, code)
    key = Case.objects.get(number=sent[0]).events.get(kind="decided").files.get().file.key
    assert other.post(reverse("portal_letter", args=[key])).status_code == 404


def test_of_a_third_party_only_that_it_was_asked_is_shown(client, organ, sent):
    clerk, case = make_person("clerk", organ), Case.objects.get()
    take(case, "receipt_confirmed", how="telephone", actor=clerk)
    secret = {"person_name": "王小虎", "contact": "13912345678"}
    letter = {"letter": [store("征求意见书.txt", "征求".encode())]}
    fields = {"whom": "third_party", "name": "云岭市红叶公司", "matter": "是否同意公开合同", "method": "online"}
    take(case, "consulted", actor=clerk, personal=secret, files=letter, **fields)
    look_up(client, *sent)
    text = case_text(client)
    assert "已征求意见" in text
    for hidden in ("红叶", "王小虎", "13912345678", "是否同意公开合同", "征求意见书.txt"):
        assert hidden not in text


def test_the_clock_is_explained_without_whom_the_organ_consulted(organ, make_case):
    clerk, long_ago = make_person("clerk", organ), today() - timedelta(30)
    case = make_case(organ, received=long_ago)
    fields = {"whom": "third_party", "name": "云岭市红叶公司", "matter": "是否同意公开合同"}
    take(case, "consulted", long_ago + timedelta(5), actor=clerk, **fields)
    spans = applicants_case(case, today()).spans
    assert any(not span.counted and span.why.startswith("征求第三方") for span in spans)
    assert "红叶" not in str(spans)


def test_what_staff_say_among_themselves_is_not_shown(client, organ, sent):
    clerk = make_person("clerk", organ)
    take(Case.objects.get(), "note", actor=clerk, text="内部意见")
    look_up(client, *sent)
    assert "内部意见" not in case_text(client) and "备注" not in case_text(client)
