"""Applying online: every field's bad input, the draft, the check before sending, the receipt."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from gongkai.office.cases.models import Case, EventFile
from gongkai.office.clock import today
from gongkai.office.portal.models import Draft
from gongkai.office.vault.files import content
from gongkai.office.vault.models import StoredFile
from gongkai.office.vault.secrets import reveal

from .visiting import CARD, CREDIT_CODE, FILLED, apply_online, fill_in, seen

NOTE = ("附件.txt", "说明材料".encode())


def upload(name="附件.txt", data=NOTE[1]):
    return SimpleUploadedFile(name, data)


@pytest.mark.parametrize(
    ("field", "value", "where", "message"),
    [
        ("applicant_kind", None, "applicant_kind", "请选择"),
        ("applicant_kind", "minister", "applicant_kind", "列出的选项"),
        ("applicant_name", "", "applicant_name", "请填写"),
        ("applicant_name", "张" * 201, "applicant_name", "最多 200 个字"),
        ("id_kind", None, "id_kind", "请选择"),
        ("id_kind", "credit_code", "id_kind", "自然人请选择身份证件"),
        ("id_number", "", "id_number", "请填写"),
        ("id_number", CARD[:-1] + "1", "id_number", "居民身份证号码有误"),
        ("telephone", "没有", "telephone", "请填写数字"),
        ("telephone", "", "telephone", "至少填一项"),
        ("email", "zhang@", "email", "电子邮箱有误"),
        ("delivery_way", "email", "email", "请填写电子邮箱"),
        ("delivery_way", "post", "address", "请填写通信地址"),
        ("delivery_way", None, "delivery_way", "请选择"),
        ("form", None, "form", "请选择"),
        ("form", "gold", "form", "列出的选项"),
        ("description", "  ", "description", "请填写"),
        ("description", "路" * 5001, "description", "最多 5000 个字"),
        ("help", "magic", "help", "列出的选项"),
        ("agent_id_number", CARD, "agent_name", "代理人姓名"),
        ("agent_telephone", "abc", "agent_telephone", "请填写数字"),
        ("contact_name", "李" * 201, "contact_name", "最多 200 个字"),
        ("address", "路" * 201, "address", "最多 200 个字"),
    ],
)
def test_bad_input_gets_a_message_beside_its_field_and_everything_typed_is_kept(
    client, organ, field, value, where, message
):
    answer = fill_in(client, organ, **{field: value})
    page = seen(answer)
    assert answer.status_code == 200
    assert message in page.errors[where]
    assert any(tag == "a" and given.get("href") == f"#{where}" for tag, given in page.tags)
    if field != "description":
        assert FILLED["description"] in page.text
    if field != "applicant_name":
        assert any(given.get("name") == "applicant_name" and given.get("value") == "张明" for _, given in page.tags)
    assert not Case.objects.exists()


def test_an_organisation_applies_with_its_credit_code(client, organ):
    changes = {"applicant_kind": "enterprise", "applicant_name": "云岭市青山有限公司", "id_kind": "credit_code"}
    assert fill_in(client, organ, **changes, id_number=CREDIT_CODE).status_code == 302
    wrong = fill_in(client, organ, **changes, id_number=CREDIT_CODE[:-1] + "4")
    assert "统一社会信用代码有误" in seen(wrong).errors["id_number"]


def test_nobody_is_asked_what_for(client, organ):
    names = {given.get("name") for _, given in seen(client.get(reverse("portal_apply", args=[organ.code]))).tags}
    assert not names & {"purpose", "channel", "oral", "imported", "split_from", "submitted_on", "confirmed_on"}


def test_what_was_typed_is_shown_before_it_is_sent(client, organ):
    answer = fill_in(client, organ, help=["large_print"], attachments=upload())
    text = seen(client.get(answer.url)).text
    for part in ("张明", CARD, FILLED["description"], "电子数据", "网上查看、下载", "大字版文本", "附件.txt"):
        assert part in text
    assert not Case.objects.exists()


def test_sending_registers_an_application_that_waits_for_confirmation(client, organ):
    number, code = apply_online(client, organ, attachments=upload())
    case = Case.objects.get()
    event = case.events.get()
    assert (case.number, case.organ, case.status) == (number, organ, "unconfirmed")
    assert (event.kind, event.on, event.actor) == ("registered", today(), None)
    assert event.data["channel"] == "internet" and event.data["submitted_on"] == today().isoformat()
    assert "id_number" not in event.data and CARD not in str(event.data)
    assert {one.secret.field: reveal(one.secret) for one in event.secrets.all()} == {
        "applicant_name": "张明",
        "id_number": CARD,
        "telephone": "13800000000",
    }
    assert content(EventFile.objects.get(event=event).file) == NOTE[1]
    assert code not in str(Case.objects.values())


def test_sending_twice_registers_once(client, organ):
    fill_in(client, organ)
    review = reverse("portal_apply_review", args=[organ.code])
    first, second = client.post(review), client.post(review)
    assert first.url == second.url == reverse("portal_apply_receipt", args=[organ.code])
    assert Case.objects.count() == 1


def test_the_receipt_is_there_as_page_text_and_pdf(client, organ):
    number, code = apply_online(client, organ)
    text = client.get(reverse("portal_apply_receipt_text", args=[organ.code]))
    assert number in text.content.decode() and code in text.content.decode()
    pdf = client.get(reverse("portal_apply_receipt_pdf", args=[organ.code]))
    assert pdf.content.startswith(b"%PDF-") and pdf.headers["Content-Type"] == "application/pdf"
    page = seen(client.get(reverse("portal_apply_receipt", args=[organ.code]))).text
    assert "双方确认之日为收到申请之日" in page and "第三十一条" in page


def test_the_receipt_is_for_the_same_browser_only(client, organ):
    apply_online(client, organ)
    assert Client().get(reverse("portal_apply_receipt", args=[organ.code])).status_code == 404


def test_a_draft_outlives_the_session(client, organ):
    fill_in(client, organ, id_number="", attachments=upload())
    cookie = client.cookies["draft"].value
    later = Client()
    later.cookies["draft"] = cookie
    page = seen(later.get(reverse("portal_apply", args=[organ.code])))
    assert FILLED["description"] in page.text and "附件.txt" in page.text
    assert FILLED["description"] not in seen(Client().get(reverse("portal_apply", args=[organ.code]))).text


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(client, organ):
    fill_in(client, organ)
    cookie = client.cookies["draft"]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and cookie["max-age"] >= 7 * 24 * 3600


def test_a_draft_is_encrypted(client, organ):
    fill_in(client, organ)
    draft = Draft.objects.get()
    assert b"13800000000" not in bytes(draft.ciphertext) and client.cookies["draft"].value != draft.token


def test_files_stay_attached_while_another_field_is_wrong_and_can_be_dropped(client, organ):
    page = seen(fill_in(client, organ, telephone="x", attachments=[upload("一.txt"), upload("二.txt")]))
    boxes = [given["value"] for _, given in page.tags if given.get("name") == "attachments-drop"]
    assert len(boxes) == 2
    answer = fill_in(client, organ, **{"attachments-drop": boxes[:1]})
    text = seen(client.get(answer.url)).text
    assert "二.txt" in text and "一.txt" not in text
    assert StoredFile.objects.count() == 1


def test_a_file_that_is_not_taken_is_named_with_the_reason(client, organ):
    page = seen(fill_in(client, organ, attachments=upload("程序.exe", b"MZ\x00\x01")))
    assert "只能上传" in page.errors["attachments"]
    page = seen(fill_in(client, organ, attachments=upload("空.txt", b"")))
    assert "空.txt" in page.errors["attachments"]


def test_a_file_beyond_the_limit_is_refused(client, organ, settings):
    settings.GONGKAI_UPLOAD_LIMIT = 10
    page = seen(fill_in(client, organ, attachments=upload(data=b"12345678901")))
    assert "超过" in page.errors["attachments"]


def test_clearing_removes_draft_and_files(client, organ, settings):
    fill_in(client, organ, attachments=upload())
    client.post(reverse("portal_apply_clear", args=[organ.code]))
    assert not Draft.objects.exists() and not StoredFile.objects.exists()
    assert not [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]


def test_clearing_after_sending_leaves_the_cases_files(client, organ):
    apply_online(client, organ, attachments=upload())
    client.post(reverse("portal_apply_clear", args=[organ.code]))
    assert content(EventFile.objects.get().file) == NOTE[1]


def test_ones_own_equal_application_is_shown_before_sending(client, organ):
    apply_online(client, organ)
    other = Client()
    answer = fill_in(other, organ)
    text = seen(other.get(answer.url)).text
    assert "提出过相同的申请" in text and "正在办理" in text
    answer = fill_in(other, organ, id_number="110101199003078881")
    assert "提出过相同的申请" not in seen(other.get(answer.url)).text


def test_the_trap_stops_programs_and_tells_people_why(client, organ):
    page = seen(fill_in(client, organ, website="https://example.com"))
    assert "留空" in page.text and FILLED["description"] in page.text
    assert not Draft.objects.exists()


def test_a_lost_token_keeps_what_was_typed(organ):
    strict = Client(enforce_csrf_checks=True)
    answer = fill_in(strict, organ)
    page = seen(answer)
    assert answer.status_code == 403
    assert FILLED["description"] in page.text and "没有提交" in page.text
    assert any(given.get("name") == "csrfmiddlewaretoken" and given.get("value") for _, given in page.tags)


def test_too_many_applications_from_one_address_are_stopped_with_the_text_kept(client, organ):
    for number in range(10):
        apply_online(client, organ, description=f"第{number}项")
    fill_in(client, organ, description="第十一项")
    answer = client.post(reverse("portal_apply_review", args=[organ.code]))
    assert answer.status_code == 429 and "第十一项" in seen(answer).text
    assert Case.objects.count() == 10


def test_a_rectification_asks_for_evidence_and_is_no_application(client, organ):
    page = seen(fill_in(client, organ, kind="portal_rectify", form=None))
    assert "证据" in page.errors["evidence"]
    answer = fill_in(client, organ, kind="portal_rectify", form=None, evidence=upload())
    client.post(answer.url)
    assert Case.objects.get().matter == "rectification"


def test_an_organ_that_has_not_announced_it_takes_nothing_online(client, make_organ):
    organ = make_organ("云岭市新局", address="学府路9号")
    text = seen(client.get(reverse("portal_apply", args=[organ.code]))).text
    assert "没有开通网上申请" in text and "邮寄" in text and "学府路9号" in text
    assert "没有开通网上申请" in seen(fill_in(client, organ)).text


@pytest.mark.parametrize(("data", "taken"), [(b"%PDF-1.7\n%%EOF", True), ("我的证件".encode(), False)])
def test_a_proof_of_identity_is_a_scan_or_a_photograph(client, organ, data, taken):
    page = seen(fill_in(client, organ, identity_proof=SimpleUploadedFile("证件", data)))
    assert ("identity_proof" not in page.errors) is taken
