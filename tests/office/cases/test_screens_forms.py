"""Forms are generated from the steps: every type of field, every step, with messages in Chinese and nothing typed lost."""

from __future__ import annotations

import re
from datetime import date
from typing import get_args

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict

from gongkai.law.case.steps import FieldType, StepField, When, steps
from gongkai.office.cases.form_fields import Offers, form_field
from gongkai.office.cases.forms import DAY, StepForm
from gongkai.office.cases.kept import Submission, kept_name, restored, token
from gongkai.office.cases.letter_choice import gives_number
from gongkai.office.clock import today
from gongkai.office.vault.files import store

pytestmark = pytest.mark.django_db

LATIN = re.compile(r"[A-Za-z]{3,}")


def offers(organ, person) -> Offers:
    return Offers(
        register_id=organ.pk,
        person_id=person.pk,
        divisions=[("wuye", "物业科")],
        people=[("7", "李晓明")],
        organs=[("jiaoyu", "教育局")],
        events=[(3, "第3条　已征求意见")],
    )


def submission(**values) -> Submission:
    data = QueryDict(mutable=True)
    for key, value in values.items():
        data.setlist(key, value if isinstance(value, list) else [value])
    return Submission(data, {})


@pytest.fixture
def organ(make_organ):
    return make_organ()


@pytest.fixture
def clerk(make_person, organ):
    return make_person("clerk", organ)


CHOICES = {"choice": "opinions", "choices": "help_kinds"}
TYPED = {
    "text": ("云溪", "云溪"),
    "long_text": ("第一段", "第一段"),
    "date": ("2026年3月5日", date(2026, 3, 5)),
    "count": ("12", 12),
    "yes_no": ("no", False),
    "choice": ("agree", "agree"),
    "choices": (["large_print", "braille"], ["large_print", "braille"]),
    "division": ("wuye", "wuye"),
    "person": ("7", "7"),
    "organ": ("jiaoyu", "jiaoyu"),
    "event": ("3", 3),
}


@pytest.mark.parametrize("kind", [one for one in get_args(FieldType) if one != "values"])
def test_every_type_of_field_has_a_form_field_that_asks_in_chinese(kind, organ, clerk):
    asked = StepField("thing", "某项", kind, required=True, choices=CHOICES.get(kind, ""))
    field = form_field(asked, offers(organ, clerk))
    with pytest.raises(Exception) as refused:
        field.clean([] if kind in ("choices", "files") else "")
    message = "".join(refused.value.messages)
    assert "某项" in message and message.endswith("。")


@pytest.mark.parametrize(("kind", "typed"), TYPED.items())
def test_a_typed_value_is_read_as_its_type(kind, typed, organ, clerk):
    raw, read = typed
    field = form_field(StepField("thing", "某项", kind, choices=CHOICES.get(kind, "")), offers(organ, clerk))
    assert field.clean(raw) == read


def test_money_is_kept_with_two_decimals(organ, clerk):
    step = steps()["fee_paid"]
    form = StepForm(step, offers(organ, clerk), submission=submission(on="2026-03-05", amount="200"))
    assert form.is_valid(), form.errors
    assert form.entered().data["amount"] == "200.00"


@pytest.mark.parametrize("raw", ["-1", "1.234", "一百", "9" * 15])
def test_a_wrong_amount_is_refused_in_chinese(raw, organ, clerk):
    form = StepForm(steps()["fee_paid"], offers(organ, clerk), submission=submission(on="2026-03-05", amount=raw))
    assert not form.is_valid()
    assert not LATIN.search("".join(form.errors["amount"]))


def test_cases_are_named_by_their_numbers_with_anything_in_between(organ, clerk, make_case):
    first, second = make_case(organ), make_case(organ)
    field = form_field(StepField("cases", "案件", "cases"), offers(organ, clerk))
    assert field.clean(f"{first.number}，{second.number}\n") == [first.number, second.number]


def test_a_case_of_another_organ_is_not_known(organ, clerk, make_case, make_organ):
    make_case(organ)
    other = make_case(make_organ(), on=today())
    foreign = make_case(other.organ)
    field = form_field(StepField("cases", "案件", "cases"), offers(organ, clerk))
    with pytest.raises(Exception, match=foreign.number):
        field.clean(foreign.number)


def test_a_stored_file_is_attached_by_its_token_and_only_by_its_owner(organ, clerk, make_person):
    stored = store("说明.txt", "说明".encode())
    mine = form_field(StepField("proof", "凭证", "files"), offers(organ, clerk))
    theirs = form_field(StepField("proof", "凭证", "files"), offers(organ, make_person("clerk", organ)))
    assert mine.clean([token(stored, clerk.pk)]) == [stored]
    with pytest.raises(Exception, match="失效"):
        theirs.clean([token(stored, clerk.pk)])


def test_what_is_asked_only_sometimes_is_not_required_by_the_form(organ, clerk):
    asked = StepField("signed_on", "签收之日", "date", required=True, when=When("channel", ("post",)))
    assert not form_field(asked, offers(organ, clerk)).required


@pytest.mark.parametrize("key", steps())
def test_an_empty_form_of_every_step_is_refused_in_chinese_where_something_is_required(key, organ, clerk):
    step = steps()[key]
    form = StepForm(step, offers(organ, clerk), submission=submission(), without=("values",))
    assert not form.is_valid()
    messages = [message for errors in form.errors.values() for message in errors]
    required = {one.key for one in step.fields if one.required and one.when is None and one.type != "values"}
    numbered = {"number"} if gives_number(step) else set()
    assert set(form.errors) == (required - numbered) | {DAY}
    assert all(message.startswith("请") and message.endswith("。") for message in messages)


@pytest.mark.parametrize("key", steps())
def test_no_screen_of_a_step_shows_english(key, organ, clerk):
    form = StepForm(steps()[key], offers(organ, clerk), without=("values",))
    shown = re.sub(r"<[^>]*>", " ", form.as_div())
    assert LATIN.findall(re.sub(r"PDF|DOCX", "", shown)) == []


def test_a_file_stays_attached_when_another_field_is_wrong(organ, clerk, client_of, make_case):
    case = make_case(organ)
    url = f"/office/cases/{organ.code}/{case.number}/note/"
    upload = SimpleUploadedFile("记录.txt", "内容".encode())
    page = client_of(clerk).post(url, {"on": today().isoformat(), "text": "", "attachments": upload})
    html = page.content.decode()
    assert "请填写“内容”。" in html
    kept = re.search(rf'name="{kept_name("attachments")}" value="([^"]+)" checked', html)
    assert kept and "记录.txt" in html
    sent = {"on": today().isoformat(), "text": "电话说明", kept_name("attachments"): kept[1]}
    client_of(clerk).post(url, sent)
    assert [one.file.name for one in case.events.get(kind="note").files.all()] == ["记录.txt"]


def test_what_the_core_refuses_stands_beside_the_field_and_what_was_typed_stays(organ, clerk, client_of, make_case):
    case = make_case(organ)
    page = client_of(clerk).post(
        f"/office/cases/{organ.code}/{case.number}/note/", {"on": "2099-01-01", "text": "写了很久的说明"}
    )
    html = page.content.decode()
    assert 'id="id_on_error"' in html and "日期不能晚于今天" in html
    assert "写了很久的说明" in html
    assert case.events.count() == 1


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("signed_on", "0026-11-10", "年份可能写错了，请核对日期。"),
        ("on", "0026-11-10", "年份可能写错了，请核对日期。"),
        ("telephone", "不详", "联系电话有误：请填写数字，区号和分机可以用连字符隔开。"),
        ("email", "wo@", "电子邮箱的写法不对，请核对。"),
        ("description", "长" * 20_001, "最多20000个字，现在有20001个字，请删减，或者放入附件。"),
    ],
)
def test_a_slip_at_registering_is_told_beside_its_field(db, field, typed, told):
    form = StepForm(steps()["registered"], Offers(1, 1), submission=Submission(restored({field: [typed]}), {}))
    assert form.errors[field] == [told]


@pytest.mark.parametrize(
    "typed", ["0300-5500011", "13800000000", "（0300）5500011转8", "+86 138 0000 0000", "5500011、5500012"]
)
def test_telephone_numbers_are_taken_as_people_write_them(db, typed):
    form = StepForm(steps()["registered"], Offers(1, 1), submission=Submission(restored({"telephone": [typed]}), {}))
    assert "telephone" not in form.errors


def test_a_period_that_ends_in_another_century_is_a_slip(db):
    form = StepForm(steps()["delay_set"], Offers(1, 1), submission=Submission(restored({"until": ["9999-12-31"]}), {}))
    assert form.errors["until"] == ["年份可能写错了，请核对日期。"]
