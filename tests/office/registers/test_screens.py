"""The registers' screens: what a clerk does on them, and what the next page then says."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gongkai.office.interchange.models import LedgerAnswers
from gongkai.office.registers.decisions import Months, enter_figure, in_force
from gongkai.office.registers.documents import add_document
from gongkai.office.registers.facts import add_problem
from gongkai.office.registers.models import Confirmation, Document, RegisterImport
from gongkai.office.registers.queries import facts_of, register_figures
from gongkai.report.form import load_form

from ..builders import client_of, make_organ, make_person

pytestmark = pytest.mark.django_db
BY = {"by": None, "today": date(2031, 6, 1)}
ROW = "proactive.normative_documents"


@pytest.fixture
def organ():
    return make_organ()


@pytest.fixture
def clerk(organ):
    return client_of(make_person("clerk", organ))


def at(route, organ, *more):
    return reverse(f"registers_{route}", args=(organ.code, *more))


def text_of(response):
    assert response.status_code == 200
    return response.content.decode()


def test_a_zero_that_was_entered_opens_its_list_like_any_other_figure(organ, clerk):
    for number, kind in ((0, "penalties"), (3, "licences")):
        enter_figure(organ, 2025, kind=kind, months=Months(1, 12), source="业务系统", number=number, **BY)
        address = at("behind", organ, 2025, f"proactive.{kind}")
        assert f'href="{address}"' in text_of(clerk.get(at("year", organ, 2025)))
        assert "业务系统" in text_of(clerk.get(address))


def test_what_is_one_line_is_typed_in_one_line(organ, clerk):
    page = text_of(clerk.get(at("facts", organ, 2025)))
    for key, element in (("contact_phone", "input"), ("download", "input"), ("proactive_text", "textarea")):
        assert re.search(rf'<{element}[^>]* name="{key}"', page), key


def test_a_document_is_entered_repealed_and_found_behind_its_figure(organ, clerk):
    values = {
        "kind": "normative_documents",
        "title": "停车管理办法",
        "number": "云政规〔2024〕1号",
        "issued_on": "2024-03-01",
    }
    clerk.post(at("document_add", organ), values)
    one = Document.objects.get()
    repeal = {
        **values,
        "repealed_on": "2025-05-01",
        "repealed_by_other": "新办法（云政规〔2025〕2号）",
        "reason": "补登废止",
    }
    clerk.post(at("document_edit", organ, one.pk), repeal)
    page = text_of(clerk.get(at("document", organ, one.pk)))
    assert "废止日期：由“空”改为“2025年5月1日”" in page and "补登废止" in page
    page = text_of(clerk.get(at("behind", organ, 2025, f"{ROW}.repealed")))
    assert "共 1 件" in page and "停车管理办法" in page
    assert at("behind", organ, 2025, f"{ROW}.repealed") in text_of(clerk.get(at("year", organ, 2025)))


def test_the_list_is_narrowed_by_the_year_and_by_a_day(organ, clerk):
    for title, issued, more in (
        ("甲办法", date(2024, 3, 1), {}),
        ("乙办法", date(2025, 3, 1), {"expires_on": date(2025, 6, 30)}),
        ("丙办法", date(2020, 3, 1), {"repealed_on": date(2025, 2, 1)}),
    ):
        add_document(organ, kind="normative_documents", title=title, issued_on=issued, **more, **BY)

    def titles(query):
        page = text_of(clerk.get(at("documents", organ), query))
        return [title for title in ("甲办法", "乙办法", "丙办法") if title in page]

    assert titles({"issued": 2025}) == ["乙办法"]
    assert titles({"repealed": 2025}) == ["丙办法"]
    assert titles({"issued": "0000"}) == titles({"repealed": "二〇二五"}) == ["甲办法", "乙办法", "丙办法"]
    assert titles({"valid_on": "2025-06-30"}) == ["甲办法", "乙办法"]
    assert titles({"valid_on": "2025-07-01"}) == ["甲办法"]
    assert "请按“年-月-日”填写日期" in text_of(clerk.get(at("documents", organ), {"valid_on": "明天"}))


def test_a_register_that_changed_after_it_was_confirmed_is_told(organ, clerk):
    add_document(organ, kind="normative_documents", title="甲办法", issued_on=date(2025, 3, 1), **BY)
    values = {"body": "云溪区司法局", "confirmed_on": "2026-01-05", "letter": "云司函〔2026〕1号"}
    clerk.post(at("confirmation", organ, 2025), {**values, "cell_0": 1, "cell_1": 0, "cell_2": 1})
    assert Confirmation.objects.get().figures == {f"{ROW}.issued": 1, f"{ROW}.repealed": 0, f"{ROW}.in_force": 1}
    assert "与确认的一致" in text_of(clerk.get(at("confirmation", organ, 2025)))
    add_document(organ, kind="normative_documents", title="乙办法", issued_on=date(2025, 4, 1), **BY)
    assert "与确认时不一致" in text_of(clerk.get(at("confirmation", organ, 2025)))
    assert "与确认时不一致" in text_of(clerk.get(at("year", organ, 2025)))


def test_the_grid_enters_corrects_and_takes_away_figures(organ, clerk):
    grid = at("grid", organ, 2025) + "?source=双公示&division="
    clerk.post(grid, {"licences_1": "12", "licences_2": "8", "fees_1": "1.25", "penalties_year": "0"})
    assert sorted(str(one.number) for one in in_force(organ, 2025)) == ["0", "1.25", "12", "8"]
    page = text_of(clerk.post(grid, {"licences_1": "13", "fees_1": "1.25", "penalties_year": "0"}))
    assert "请写明更正的原因" in page
    clerk.post(grid, {"licences_1": "13", "fees_1": "1.250", "penalties_year": "0", "reason": "漏数"})
    assert sorted(str(one.number) for one in in_force(organ, 2025)) == ["0", "1.25", "13"]
    page = text_of(clerk.get(at("decisions", organ, 2025)))
    assert "行政许可：13 件" in page and "漏数" in page


def test_a_grid_with_one_wrong_cell_saves_nothing(organ, clerk):
    grid = at("grid", organ, 2025) + "?source=双公示"
    page = text_of(clerk.post(grid, {"licences_1": "12", "licences_year": "100"}))
    assert "会重复计数" in page and 'value="100"' in page
    assert not in_force(organ, 2025).exists()


def test_the_grid_asks_what_a_second_source_is(organ, clerk):
    enter_figure(organ, 2025, kind="licences", months=Months(1, 1), source="许可平台", number=11, **BY)
    grid = at("grid", organ, 2025) + "?source=双公示"
    assert "本来源的行政许可" in text_of(clerk.get(grid))
    assert "只作核对" in text_of(clerk.post(grid, {"licences_1": "9", "use_licences": ""}))
    clerk.post(grid, {"licences_1": "9", "use_licences": "compare"})
    page = text_of(clerk.get(at("decisions", organ, 2025)))
    assert "行政许可：11 件" in page and "-2" in page


def test_a_file_is_looked_over_before_it_is_written(organ, clerk):
    table = "文件名称,文号,印发日期\n甲办法,云政规〔2025〕1号,2025-01-08\n".encode()
    sent = {"file": SimpleUploadedFile("文件.csv", table), "kind": "normative_documents"}
    page = text_of(clerk.post(at("documents_import", organ), sent, follow=True))
    assert "将登记 1 项" in page and not Document.objects.exists()
    run = RegisterImport.objects.get()
    assert "已登记 1 项" in text_of(clerk.post(at("import_confirm", organ, run.pk), follow=True))
    assert Document.objects.get().title == "甲办法"


def test_what_a_head_means_is_asked_once(organ, clerk):
    table = "文件名称,文号,是什么,印发日期\n甲办法,云政规〔2025〕1号,规范性文件,2025-01-08\n".encode()
    clerk.post(at("documents_import", organ), {"file": SimpleUploadedFile("文件.csv", table)})
    run = RegisterImport.objects.get()
    assert "哪一列是“类别”" in text_of(clerk.get(at("import", organ, run.pk)))
    clerk.post(at("import_answers", organ, run.pk), {"question0": "是什么"})
    assert "将登记 1 项" in text_of(clerk.get(at("import", organ, run.pk)))
    clerk.post(at("documents_import", organ), {"file": SimpleUploadedFile("文件.csv", table)})
    assert "哪一列是“类别”" not in text_of(clerk.get(at("import", organ, RegisterImport.objects.first().pk)))


def test_an_import_with_a_second_source_is_answered_on_its_page(organ, clerk):
    enter_figure(organ, 2025, kind="licences", months=Months(1, 1), source="许可平台", number=11, **BY)
    sent = {"file": SimpleUploadedFile("数.csv", "期间,行政许可\n1月,4\n".encode()), "source": "双公示"}
    page = text_of(clerk.post(at("decisions_import", organ, 2025), sent, follow=True))
    assert "另有来源填报了行政许可" in page and "确认导入" not in page
    run = RegisterImport.objects.get()
    clerk.post(at("import_answers", organ, run.pk), {"use_licences": "add"})
    clerk.post(at("import_confirm", organ, run.pk))
    assert register_figures([organ], 2025, load_form("2021"))[organ.pk]["proactive.licences"] == 15


HEADS = "文件,文号,是什么,哪天,备注\n甲办法,云政规〔2025〕1号,规范性文件,2025-01-08,无\n".encode()
"""Of these heads only those of the number and the remark are known."""


def asked(organ, clerk):
    clerk.post(at("documents_import", organ), {"file": SimpleUploadedFile("文件.csv", HEADS)})
    run = RegisterImport.objects.get()
    fields = clerk.get(at("import", organ, run.pk)).context["form"].fields
    columns = ("文件名称", "类别", "制发日期")
    return run, {column: name for name, field in fields.items() for column in columns if f"“{column}”" in field.label}


def test_a_refused_answer_keeps_what_else_was_chosen_on_the_page(organ, clerk):
    run, names = asked(organ, clerk)
    chosen = {names["文件名称"]: "文件", names["类别"]: "是什么", names["制发日期"]: "没有这一列"}
    page = text_of(clerk.post(at("import_answers", organ, run.pk), chosen))
    assert "这个回答不在所列的选项中，请重新选择。" in page
    assert '<option value="文件" selected>' in page and '<option value="是什么" selected>' in page
    assert not LedgerAnswers.objects.exists()
    clerk.post(at("import_answers", organ, run.pk), {**chosen, names["制发日期"]: "哪天"})
    assert "将登记 1 项" in text_of(clerk.get(at("import", organ, run.pk)))


def test_one_column_is_not_taken_for_two_things(organ, clerk):
    run, names = asked(organ, clerk)
    chosen = {names["文件名称"]: "文件", names["类别"]: "文件", names["制发日期"]: "哪天"}
    page = text_of(clerk.post(at("import_answers", organ, run.pk), chosen))
    assert "“文件”一列已经选作“文件名称”，请另选一列" in page and '<option value="哪天" selected>' in page


def test_answers_to_an_import_that_was_given_up_meanwhile_say_so(organ, clerk):
    run, _ = asked(organ, clerk)
    clerk.post(at("import_abandon", organ, run.pk))
    for name in ("import_answers", "import_confirm", "import_abandon"):
        assert "“文件.csv”已放弃，没有再作改动。" in text_of(clerk.post(at(name, organ, run.pk), follow=True))


def test_facts_channels_and_problems_are_entered(organ, clerk):
    of = add_problem(organ, 2024, "解读形式单一", "增加图解", **BY)
    clerk.post(at("fact", organ, 2025, "trainings"), {"value": "2", "explanation": "3月培训"})
    clerk.post(at("fact", organ, 2025, "trainings"), {"value": "1", "explanation": "9月培训"})
    clerk.post(at("media", organ, 2025), {"kind": "website", "published": "120", "reads": ""})
    clerk.post(at("problems", organ, 2025), {"problem": "力量不足", "improvement": "轮训", "previous": ""})
    assert "解读形式单一" in text_of(clerk.get(at("problems", organ, 2025)))
    clerk.post(at("answer", organ, 2025, of.pk), {"improvement": "发布图解12篇"})
    found = facts_of([organ], 2025)[organ.pk]
    assert found.number("trainings") == 3 and found.media[0].published == 120
    assert [one.problem for one in found.shortcomings] == ["解读形式单一", "力量不足"]
    assert "3 场" in text_of(clerk.get(at("fact", organ, 2025, "trainings")))


def test_all_open_facts_are_filled_in_on_one_page(organ, clerk):
    page = text_of(
        clerk.post(at("facts", organ, 2025), {"meetings": "2", "meetings_note": "常务会议", "trained_note": "签到表"})
    )
    assert "写了说明，请填写“参加培训（人次）”。" in page and not facts_of([organ], 2025)[organ.pk].items
    clerk.post(at("facts", organ, 2025), {"meetings": "2", "meetings_note": "常务会议", "other_text": "没有其他事项。"})
    assert facts_of([organ], 2025)[organ.pk].items == {"meetings": 2, "other_text": "没有其他事项。"}
    page = text_of(clerk.get(at("facts", organ, 2025)))
    assert 'name="meetings"' not in page and 'name="trained"' in page


def test_who_only_reads_sees_no_form_and_writes_nothing(organ):
    reviewer = client_of(make_person("reviewer", organ))
    assert "<textarea" not in text_of(reviewer.get(at("problems", organ, 2025)))
    assert reviewer.post(at("media", organ, 2025), {"kind": "website", "published": "1"}).status_code == 403
    assert reviewer.get(at("document_add", organ)).status_code == 403


def test_the_first_page_leads_to_the_year_that_is_reported(organ, clerk):
    assert clerk.get(reverse("registers_start")).status_code == 302
    assert clerk.get(at("year", organ, 2007)).status_code == 404
