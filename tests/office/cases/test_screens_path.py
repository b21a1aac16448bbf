"""The staff's path through the screens: a letter is registered, handled, answered in part, approved, sent and closed."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from gongkai.law.calendar import national_calendar
from gongkai.office.cases.desk import desk_of
from gongkai.office.cases.letter_choice import letters_of_event
from gongkai.office.cases.models import Case, UnsentForm
from gongkai.office.clock import today

pytestmark = pytest.mark.django_db

LETTER = {
    "matter": "application",
    "channel": "in_person",
    "applicant_kind": "natural_person",
    "applicant_name": "张明",
    "id_kind": "identity_card",
    "id_number": "110101199003078881",
    "telephone": "13800000000",
    "description": "云溪区2025年老旧小区改造项目清单",
    "form": "paper",
    "delivery_way": "post",
}


class Office:
    """An organ with people in every role of the path, each in a browser of their own."""

    def __init__(self, make_organ, make_division, make_person, client_of):
        self.government = make_organ("云溪区人民政府", kind="government")
        self.organ = make_organ("云溪区住房和城乡建设局", parent=self.government)
        self.division = make_division(self.organ, "物业科")
        roles = (
            "clerk",
            "reviewer",
            "legal_reviewer",
            "confidentiality_reviewer",
            "approver",
            "office_head",
            "system_admin",
        )
        self.people = {role: make_person(role, self.organ) for role in roles}
        self.people["handler"] = make_person("handler", division=self.division)
        self.browsers = {role: client_of(person) for role, person in self.people.items()}
        self.base = f"/office/cases/{self.organ.code}/"

    def get(self, role, path="", **query):
        return self.browsers[role].get(self.base + path, query)

    def post(self, role, path, **values):
        return self.browsers[role].post(self.base + path, {"on": today().isoformat(), **values})

    def register(self, **values):
        data = {**LETTER, "submitted_on": today().isoformat(), "_seen": "1", **values}
        answer = self.post("clerk", "register/", **data)
        assert answer.status_code == 302, errors(answer)
        return Case.objects.get(organ=self.organ, number=answer.headers["Location"].split("/")[-3])

    def step(self, role, case, step, **values):
        answer = self.post(role, f"{case.number}/{step}/", **values)
        assert answer.status_code == 302, errors(answer)
        case.refresh_from_db()


def errors(answer) -> list[str]:
    return [
        " ".join(re.sub(r"<[^>]*>", " ", one).split())
        for one in re.findall(r"(?s)<div class=\"o-note o-note-bad\".*?</div>", answer.content.decode())
    ]


def text(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", answer.content.decode()))


@pytest.fixture
def office(make_organ, make_division, make_person, client_of):
    return Office(make_organ, make_division, make_person, client_of)


def test_a_letter_is_answered_in_part_and_delivered(office):
    case = office.register()
    internal = national_calendar().after(today(), 3).isoformat()
    office.step("clerk", case, "assigned", division=office.division.key, matters="请检索。", internal_due=internal)
    assert case.number in text(office.get("handler"))
    office.step(
        "handler",
        case,
        "finding_returned",
        division=office.division.key,
        finding="held",
        proposed="partly_disclosed",
        opinion="造价不宜公开。",
    )
    assert "科室建议" in text(office.get("clerk", f"{case.number}/draft/"))
    draft = {
        "outcome": "partly_disclosed",
        "grounds": ["trade_secret"],
        "reasons": "造价明细属于商业秘密。",
        "text_disclosed_items": "1.项目清单",
        "text_provision": "以邮寄方式提供",
        "text_withheld_items": "造价明细",
        "text_remedy": "如对本答复不服，可以依法申请行政复议。",
    }
    preview = office.post("clerk", f"{case.number}/draft/", **draft, _pdf="1")
    assert preview.headers["Content-Type"] == "application/pdf", errors(preview)
    saved = office.post("clerk", f"{case.number}/draft/", **draft, _submit="1")
    assert saved.status_code == 302, errors(saved)
    case.refresh_from_db()
    assert case.status == "in_review"

    page = text(office.get("reviewer", f"{case.number}/review/"))
    assert "造价明细属于商业秘密。" in page and "造价不宜公开。" in page
    for role, values in (
        ("reviewer", {}),
        ("legal_reviewer", {}),
        ("confidentiality_reviewer", {"result": "no_secret"}),
        ("approver", {}),
    ):
        done = office.post(role, f"{case.number}/review/", **values, _approve="1")
        assert done.status_code == 302, errors(done)
    case.refresh_from_db()
    assert case.status == "to_issue"

    office.step("clerk", case, "decided", outcome="partly_disclosed", number="")
    assert case.outcome == "partly_disclosed"
    number = case.events.get(kind="decided").data["number"]
    assert re.fullmatch(rf"云政公.*〔{today().year}〕1号", number)
    letter = office.get("clerk", f"{case.number}/letters/{case.events_count}/partly_disclosed/pdf/")
    assert letter.headers["Content-Type"] == "application/pdf" and letter.content[:5] == b"%PDF-"
    office.step("clerk", case, "dispatched", method="post", tracking="XA123", address="云溪区学府路8号")
    office.step("clerk", case, "delivered", proof_kind="postal_receipt")
    office.step("clerk", case, "closed")
    assert case.status == "closed" and case.delivered_on == today()
    archive = office.get("clerk", f"{case.number}/archive/zip/")
    assert archive.content[:2] == b"PK"
    assert office.get("clerk", f"{case.number}/archive/pdf/").content[:5] == b"%PDF-"


def test_the_receipt_shows_number_and_query_code_to_who_registered(office):
    case = office.register()
    page = text(office.get("clerk", f"{case.number}/receipt/"))
    assert case.number in page and "查询码只在这里显示一次" in page and "张明" in page
    assert "登记时已经告知" in text(office.get("office_head", f"{case.number}/receipt/"))
    pdf = office.get("clerk", f"{case.number}/letters/1/registration_receipt/pdf/")
    assert pdf.headers["Content-Type"] == "application/pdf", text(pdf)


def test_a_likely_duplicate_is_shown_before_it_is_registered(office):
    first = office.register()
    data = {**LETTER, "submitted_on": today().isoformat()}
    page = text(office.post("clerk", "register/", **data))
    assert "登记前请看" in page and first.number in page
    assert Case.objects.filter(organ=office.organ).count() == 1


def test_all_that_is_wrong_with_a_registration_is_told_at_once(office):
    sent = {"matter": "application", "channel": "post", "signed_on": "2099-01-01", "applicant_name": "赵六"}
    found = " ".join(errors(office.post("clerk", "register/", **sent)))
    assert "请填写“证件号码”。" in found
    assert "请选择“提供信息的形式”。" in found  # asked of applications only
    assert "签收之日" in found


def test_a_second_request_of_one_letter_takes_over_the_applicant(office):
    first = office.register()
    html = office.get("clerk", "register/", after=first.number).content.decode()
    assert 'value="张明"' in html and 'value="110101199003078881"' in html
    assert first.number in html and LETTER["description"] not in html
    second = office.register(description="云溪区2026年绿化计划", split_from=first.number)
    assert second.events.get(number=1).data["split_from"] == [first.number]


def test_the_inbox_is_led_by_what_is_unconfirmed_then_by_days_left(office, make_case):
    days = national_calendar()

    def working_days_ago(count):
        day = today()
        while not days.is_working(day) or days.working_days(day + timedelta(1), today()) < count:
            day -= timedelta(1)
        return day

    late = make_case(office.organ, received=working_days_ago(25))
    fresh = make_case(office.organ, received=working_days_ago(1))
    near = make_case(office.organ, received=working_days_ago(18))
    waiting = make_case(office.organ, received=today(), channel="internet")
    page = text(office.get("clerk"))
    order = sorted((late, fresh, near, waiting), key=lambda one: page.index(one.number))
    assert order == [waiting, late, near, fresh]
    assert "还剩2个工作日" in page and "逾期5个工作日" in page
    assert near.number in text(office.get("clerk", tab="near"))
    assert fresh.number not in text(office.get("clerk", tab="overdue"))


def test_the_inbox_finds_by_number_and_by_words(office):
    case = office.register()
    other = office.register(description="云溪区2026年绿化计划")
    office.get("clerk")  # shows what was registered, once
    page = text(office.get("clerk", search="绿化"))
    assert other.number in page and case.number not in page
    assert case.number in text(office.get("clerk", search=case.number))


def test_applicants_are_masked_until_asked_for_and_asking_is_logged(office):
    from wagtail.models import ModelLogEntry

    case = office.register()
    page = office.get("clerk", f"{case.number}/").content.decode()
    assert "张*" in page and "张明" not in page and "110101199003078881" not in page
    full = office.post("clerk", f"{case.number}/full/").content.decode()
    assert "张明" in full and "110101199003078881" in full
    assert ModelLogEntry.objects.filter(action="cases.reveal", user=office.people["clerk"]).count() == 1
    assert office.post("reviewer", f"{case.number}/full/").status_code == 403


def test_a_step_is_refused_to_a_role_that_may_not_take_it(office):
    case = office.register()
    assert office.get("reviewer", f"{case.number}/assigned/").status_code == 404
    assert office.post("reviewer", f"{case.number}/assigned/").status_code == 404
    assert case.events.count() == 1


def test_a_handler_sees_only_the_cases_of_their_division(office):
    case = office.register()
    assert case.number not in text(office.get("handler"))
    assert office.get("handler", f"{case.number}/").status_code == 404
    internal = national_calendar().after(today(), 3).isoformat()
    office.step("clerk", case, "assigned", division=office.division.key, matters="请检索。", internal_due=internal)
    assert office.get("handler", f"{case.number}/").status_code == 200


def test_a_division_is_reminded_in_one_click(office):
    case = office.register()
    internal = national_calendar().after(today(), 3).isoformat()
    office.step("clerk", case, "assigned", division=office.division.key, matters="请检索。", internal_due=internal)
    office.post("clerk", f"{case.number}/remind/", division=office.division.key)
    assert case.events.get(kind="reminded").data["division"] == office.division.key


def test_several_cases_are_reviewed_with_one_confirmation(office):
    cases = [office.register(description=f"第{number}项信息") for number in (1, 2)]
    for case in cases:
        draft = {
            "outcome": "disclosed",
            "grounds": ["provided"],
            "text_disclosed_items": "清单",
            "text_provision": "邮寄",
        }
        assert office.post("clerk", f"{case.number}/draft/", **draft, _save="1").status_code == 302
        office.step("clerk", case, "submitted")
    numbers = [case.number for case in cases]
    page = text(office.get("reviewer", "together/", case=numbers))
    assert all(number in page for number in numbers)
    office.post("reviewer", "together/", case=numbers, _confirm="1", remark="同意")
    assert [case.events.filter(kind="reviewed").count() for case in cases] == [1, 1]


def test_nobody_reviews_their_own_draft(office):
    case = office.register()
    draft = {"outcome": "disclosed", "grounds": ["provided"], "text_disclosed_items": "清单", "text_provision": "邮寄"}
    office.post("office_head", f"{case.number}/draft/", **draft, _save="1")
    office.step("office_head", case, "submitted")
    page = office.post("office_head", f"{case.number}/review/", _approve="1")
    assert "不能审核" in text(page)
    assert not case.events.filter(kind="reviewed").exists()


def test_a_record_is_corrected_beside_what_was_recorded(office):
    case = office.register()
    page = office.get("clerk", f"{case.number}/record_corrected/", event="1").content.decode()
    assert LETTER["description"] in page
    said = {
        f"value_{key}": value
        for key, value in LETTER.items()
        if key not in ("applicant_name", "id_number", "telephone")
    }
    said |= {"value_on": today().isoformat(), "value_submitted_on": today().isoformat(), "value_form": "electronic"}
    office.step("clerk", case, "record_corrected", event="1", reason="录入时选错。", **said)
    assert case.events.get(kind="record_corrected").data["values"] == {"form": "electronic"}
    assert "提供信息的形式改为“电子数据”" in text(office.get("clerk", f"{case.number}/"))


def test_what_was_typed_when_the_session_had_ended_is_put_back_after_signing_in(office, client_of):
    form = office.get("clerk", "register/").content.decode()
    keep = re.search(r'name="_keep" value="([^"]+)"', form)[1]
    office.browsers["clerk"].logout()
    sent = office.post("clerk", "register/", **{**LETTER, "_keep": keep})
    assert "/login/" in sent.headers["Location"]
    stored = bytes(UnsentForm.objects.get().content)
    assert LETTER["id_number"].encode() not in stored
    office.browsers["clerk"] = client_of(office.people["clerk"])
    page = office.get("clerk", "register/").content.decode()
    assert LETTER["description"] in page and 'value="110101199003078881"' in page and "已放回" in page
    office.register()
    assert not UnsentForm.objects.exists()


def test_nothing_is_kept_for_somebody_who_was_shown_no_form(office, client):
    client.post(office.base + "register/", {**LETTER, "_keep": "made up"})
    assert not UnsentForm.objects.exists()


def test_an_organs_own_template_is_checked_and_used(office):
    from django.core.files.uploadedfile import SimpleUploadedFile

    from gongkai.letters import default_template

    def upload(data):
        file = SimpleUploadedFile("模板.docx", data)
        return office.post("system_admin", "letters/correction_notice/", since=today().isoformat(), file=file)

    assert "没有保存" in text(upload(b"PK\x03\x04 no template"))
    assert upload(default_template("correction_notice")).status_code == 302
    assert "本机关模板" in text(office.get("system_admin", "letters/"))
    assert office.get("system_admin", "letters/correction_notice/sample/").content[:5] == b"%PDF-"
    assert office.get("clerk", "letters/").status_code == 403


def test_two_versions_of_a_draft_are_compared(office):
    case = office.register()
    for words in ("清单", "清单和说明"):
        draft = {
            "outcome": "disclosed",
            "grounds": ["provided"],
            "text_disclosed_items": words,
            "text_provision": "邮寄",
        }
        assert office.post("clerk", f"{case.number}/draft/", **draft, _save="1").status_code == 302
    html = office.get("clerk", f"{case.number}/compare/").content.decode()
    assert "<ins>清单和说明" in html and "<del>清单" in html


def test_a_file_is_given_out_only_to_who_may_see_the_case(office, make_person, client_of):
    from django.core.files.uploadedfile import SimpleUploadedFile

    upload = SimpleUploadedFile("申请书.txt", "申请".encode())
    case = office.register(attachments=upload)
    key = case.events.get(number=1).files.get().file.key
    mine = office.get("clerk", f"{case.number}/files/{key}/")
    assert mine.content.decode() == "申请" and mine.headers["X-Content-Type-Options"] == "nosniff"
    assert mine.headers["Content-Disposition"].startswith("attachment")
    stranger = client_of(make_person("clerk"))
    assert stranger.get(office.base + f"{case.number}/files/{key}/").status_code == 404


def test_a_number_with_a_slip_is_doubted_once_and_registered_as_the_letter_has_it(office):
    data = {**LETTER, "id_number": "110101199003078882", "submitted_on": today().isoformat()}
    page = text(office.post("clerk", "register/", **data))
    assert "登记前请看" in page and "居民身份证号码有误" in page and "可能重复" not in page
    assert office.register(id_number="110101199003078882").number


def test_a_review_of_refusals_is_offered_to_whose_roles_allow_it_only(office):
    from ..builders import make_case, take

    long_ago = today() - timedelta(500)
    case = make_case(office.organ, received=long_ago, imported=True)
    fields = {"outcome": "withheld_internal", "grounds": ["personnel"], "number": "云政公复〔2025〕1号"}
    given = {"dispatched_on": long_ago.isoformat(), "actor": office.people["clerk"], "as_of": today()}
    take(case, "imported_decision", long_ago, **fields, **given)
    for role, offered in (("office_head", True), ("approver", False)):
        page = office.get(role, "reviews/").content.decode()
        assert case.number in page
        assert (f"{case.number}/refusal_reviewed/" in page) is offered


def test_what_many_asked_for_says_how_many_asked_how_often_and_that_the_list_is_cut(office):
    from ..builders import make_case

    for number in range(11):
        make_case(office.organ, personal={"applicant_name": f"张{number}", "id_number": f"1101011990030788{number:02}"})
    page = text(office.get("office_head", "reviews/"))
    assert "（11人，11件）" in page and "-0011" not in page
    assert re.search(r"-0010\s*等", page)


def test_what_is_public_already_is_answered_with_the_letter_of_its_own_item(office):
    case = office.register()
    draft = {"outcome": "disclosed", "grounds": ["published"], "text_where_published": "区政府网站公告栏。"}
    more = {"text_disclosed_items": "清单", "text_provision": "邮寄", "text_remedy": "如不服，可以依法申请行政复议。"}
    refused = office.post("clerk", f"{case.number}/draft/", **draft, **more, letter_key="disclosed", _save="1")
    assert "请改选文书“政府信息公开申请答复书（已经主动公开）”" in text(refused)
    assert not case.events.filter(kind="drafted").exists()
    provided = {**draft, "grounds": ["published", "provided"]}
    assert (
        office.post("clerk", f"{case.number}/draft/", **provided, letter_key="already_public", _save="1").status_code
        == 200
    )
    assert (
        office.post("clerk", f"{case.number}/draft/", **draft, letter_key="already_public", _save="1").status_code
        == 302
    )


@pytest.mark.parametrize(
    ("draft", "drawn_up", "other"),
    [
        (
            {
                "outcome": "disclosed",
                "grounds": ["published"],
                "text_where_published": "区政府网站公告栏。",
                "letter_key": "already_public",
            },
            "政府信息公开申请答复书（已经主动公开）",
            "政府信息公开申请答复书（予以公开）",
        ),
        (
            {
                "outcome": "unavailable_not_held",
                "grounds": ["not_ours"],
                "reasons": "由区水利局负责。",
                "letter_key": "not_this_organ",
            },
            "政府信息公开申请告知书（不属于本机关负责公开）",
            "政府信息不存在告知书",
        ),
    ],
)
def test_the_case_offers_the_letter_that_goes_with_the_grounds_and_who_reviews_reads_the_same(
    office, draft, drawn_up, other
):
    case = office.register()
    assert office.post("clerk", f"{case.number}/draft/", **draft, _submit="1").status_code == 302
    page = text(office.get("clerk", f"{case.number}/"))
    assert drawn_up in page and other not in page
    one = desk_of(case, office.people["clerk"], frozenset({"clerk"}), today())
    drafted = one.last("drafted")
    assert [each.label for each in letters_of_event(one, drafted)] == [drawn_up]


def test_the_five_questions_lead_applications_and_no_rectifications(office):
    asked = office.register()
    rectified = office.register(matter="rectification", form="", description="出生日期应为2012年5月6日")
    assert "办理指引" in text(office.get("clerk", f"{asked.number}/"))
    assert "办理指引" not in text(office.get("clerk", f"{rectified.number}/"))


@pytest.mark.parametrize(("data", "taken"), [(b"%PDF-1.7\n%%EOF", True), ("我的证件".encode(), False)])
def test_a_proof_of_identity_at_the_counter_is_a_scan_or_a_photograph(office, data, taken):
    from django.core.files.uploadedfile import SimpleUploadedFile

    sent = {
        **LETTER,
        "submitted_on": today().isoformat(),
        "_seen": "1",
        "identity_proof": SimpleUploadedFile("证件", data),
    }
    answer = office.post("clerk", "register/", **sent)
    assert (answer.status_code == 302) is taken
    assert taken or "改用所列的格式" in text(answer)


def test_a_draft_that_can_not_go_to_review_yet_is_saved_and_the_reason_told(office):
    case = office.register()
    draft = {
        "outcome": "unavailable_not_held",
        "grounds": ["not_held"],
        "reasons": "没有检索到。",
        "letter_key": "not_existing",
    }
    saved = office.post("clerk", f"{case.number}/draft/", **draft, _submit="1")
    assert saved.status_code == 302, errors(saved)
    assert list(case.events.values_list("kind", flat=True)) == ["registered", "drafted"]
    assert "稿子已经保存，还不能送审" in text(office.browsers["clerk"].get(saved.headers["Location"]))
