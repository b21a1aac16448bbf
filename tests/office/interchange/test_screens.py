"""The wizard of imports and the export, as a browser meets them."""

import io
from datetime import date, timedelta

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from gongkai.ledger.reading import read_workbook
from gongkai.office.cases.models import Case
from gongkai.office.clock import today
from gongkai.office.interchange import importing
from gongkai.office.interchange.models import ImportRun, LedgerAnswers

from .ledgers import application, ledger, spreadsheet


@pytest.fixture
def clerk(make_person):
    return make_person("clerk")


@pytest.fixture
def organ(clerk):
    return clerk.holdings.get().organ


@pytest.fixture
def screen(clerk, client_of):
    return client_of(clerk)


def page(response):
    assert response.status_code == 200
    return response.content.decode()


def send(screen, organ, data, name="台账.xlsx", **more):
    file = io.BytesIO(data)
    file.name = name
    sent = {"file": file, "channel": "in_person", **more}
    return screen.post(reverse("interchange_upload", args=(organ.code,)), sent, follow=True)


def row(number="甲1", **more):
    return application(number, received=today() - timedelta(30), **more)


def test_a_ledger_is_looked_over_before_anything_is_written(screen, organ, clerk):
    text = page(send(screen, organ, ledger(row(), row("甲2", kind=None))))
    assert "将新建 1 行，不能导入 1 行" in text
    assert "还没有写入任何内容" in text and "确认导入 1 行" in text
    assert not Case.objects.exists()
    run = ImportRun.objects.get()
    response = screen.post(reverse("interchange_confirm", args=(organ.code, run.pk)), follow=True)
    assert "已新建 1 行" in page(response)
    assert Case.objects.get().number == "甲1"
    assert set(ModelLogEntry.objects.filter(user=clerk).values_list("action", flat=True)) == {
        "interchange.upload",
        "interchange.import",
    }


def test_what_the_office_alone_knows_is_asked_and_never_asked_again(screen, organ):
    day = (today() - timedelta(30)).isoformat()
    heads = ["登记号", "收件日期", "申请人性质", "答复日期", "答复结果"]
    data = spreadsheet(登记=[heads, ["甲1", day, "某类人", day, "全部给了"]])
    text = page(send(screen, organ, data))
    assert "“某类人”是下面的哪一项" in text and "“全部给了”是下面的哪一项" in text
    run = ImportRun.objects.get()
    address = reverse("interchange_answers", args=(organ.code, run.pk))
    text = page(screen.post(address, {"question0": "enterprise", "question1": "disclosed"}, follow=True))
    assert "已记住 2 项回答" in text and "确认导入 1 行" in text
    assert "enterprise" in LedgerAnswers.objects.get(organ=organ).mapping
    assert "下面的哪一项" not in page(send(screen, organ, data))


def test_an_answer_that_was_not_offered_is_refused(screen, organ):
    day = (today() - timedelta(30)).isoformat()
    send(
        screen,
        organ,
        spreadsheet(
            登记=[["登记号", "收件日期", "申请人性质", "答复日期", "答复结果"], ["1", day, "某", day, "予以公开"]]
        ),
    )
    run = ImportRun.objects.get()
    screen.post(reverse("interchange_answers", args=(organ.code, run.pk)), {"question0": "everybody"})
    assert not LedgerAnswers.objects.exists()


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"", "是空的"), (b"%PDF-1.7", "无法打开台账"), (b"PK\x03\x04 broken", "无法打开台账")],
)
def test_a_file_that_is_no_workbook_is_refused_beside_the_field(screen, organ, data, words):
    text = page(send(screen, organ, data))
    assert 'id="id_file_error"' in text and words in text
    assert not ImportRun.objects.exists()


def test_no_file_and_no_channel_are_told_beside_their_fields(screen, organ):
    text = page(screen.post(reverse("interchange_upload", args=(organ.code,)), {"channel": "pigeon"}))
    assert 'id="id_file_error"' in text and 'id="id_channel_error"' in text


def test_a_sheet_that_is_not_understood_can_not_be_imported(screen, organ):
    text = page(send(screen, organ, spreadsheet(随便=[["甲", "乙"], ["1", "2"]])))
    assert "还不能导入" in text and "确认导入" not in text
    run = ImportRun.objects.get()
    screen.post(reverse("interchange_confirm", args=(organ.code, run.pk)))
    run.refresh_from_db()
    assert run.state == "planned"


def test_an_import_that_is_given_up_leaves_neither_file_nor_case(screen, organ):
    send(screen, organ, ledger(row()))
    run = ImportRun.objects.get()
    screen.post(reverse("interchange_abandon", args=(organ.code, run.pk)))
    run.refresh_from_db()
    assert (run.state, run.content) == ("dropped", None)
    screen.post(reverse("interchange_confirm", args=(organ.code, run.pk)))
    assert not Case.objects.exists()


def test_the_report_can_be_taken_along_row_by_row(screen, organ):
    send(screen, organ, ledger(row(), row("甲2", kind=None)))
    run = ImportRun.objects.get()
    response = screen.get(reverse("interchange_report", args=(organ.code, run.pk)))
    [grid] = read_workbook(response.content)
    assert grid.rows[2][:5] == ["登记", "工作表", "行", "编号", "结果"]
    assert [(one[3], one[4]) for one in grid.rows[3:]] == [("甲1", "将新建"), ("甲2", "不能导入")]
    assert grid.rows[4][6] == "没有填写。"


def test_a_large_import_shows_its_progress_and_can_be_gone_on_with(screen, organ, monkeypatch):
    monkeypatch.setattr(importing, "AT_ONCE", 1)
    started = []
    monkeypatch.setattr(importing.threading, "Thread", lambda **given: started.append(given["args"]) or Silent())
    send(screen, organ, ledger(row(), row("甲2"), row("甲3")))
    run = ImportRun.objects.get()
    response = screen.post(reverse("interchange_confirm", args=(organ.code, run.pk)), follow=True)
    assert "已写入 0 行，共 3 行" in page(response)
    assert response.headers["Refresh"] == "4"
    assert started == [(run.pk,)]
    ImportRun.objects.update(moved_at=None)  # the server was stopped
    response = screen.get(reverse("interchange_run", args=(organ.code, run.pk)))
    assert "导入中断" in page(response) and "Refresh" not in response.headers
    importing.carry_out(ImportRun.objects.get(), chunk=2)
    assert Case.objects.count() == 3


def test_a_large_file_is_read_after_the_answer_and_its_page_tells_so(screen, organ, monkeypatch):
    monkeypatch.setattr(importing, "READ_AT_ONCE", 1)
    started = []
    monkeypatch.setattr(importing.threading, "Thread", lambda **given: started.append(given["args"]) or Silent())
    text = page(send(screen, organ, ledger(row(), row("甲2", kind=None))))
    run = ImportRun.objects.get()
    assert "正在核对" in text and "确认导入" not in text and run.report == [] and started == [(run.pk,)]
    address = reverse("interchange_run", args=(organ.code, run.pk))
    assert screen.get(address).headers["Refresh"] == "4"
    screen.post(reverse("interchange_confirm", args=(organ.code, run.pk)))
    assert len(started) == 1 and not Case.objects.exists()
    importing.read(ImportRun.objects.get())
    response = screen.get(address)
    assert "将新建 1 行，不能导入 1 行" in page(response) and "Refresh" not in response.headers


def test_a_large_file_whose_reading_was_interrupted_is_read_again_when_asked(screen, organ, monkeypatch):
    monkeypatch.setattr(importing, "READ_AT_ONCE", 1)
    started = []
    monkeypatch.setattr(importing.threading, "Thread", lambda **given: started.append(given["args"]) or Silent())
    send(screen, organ, ledger(row()))
    ImportRun.objects.update(moved_at=None)  # the server was stopped
    run = ImportRun.objects.get()
    address = reverse("interchange_run", args=(organ.code, run.pk))
    assert "核对中断" in page(screen.get(address))
    screen.post(reverse("interchange_confirm", args=(organ.code, run.pk)))
    assert started == [(run.pk,), (run.pk,)]
    assert "正在核对" in page(screen.get(address))


def test_a_large_file_that_is_no_workbook_is_given_up_with_the_reason(screen, organ, monkeypatch):
    monkeypatch.setattr(importing, "READ_AT_ONCE", 1)
    monkeypatch.setattr(importing.threading, "Thread", lambda **given: Silent())
    send(screen, organ, b"PK\x03\x04 broken")
    importing.read(ImportRun.objects.get())
    run = ImportRun.objects.get()
    assert (run.state, run.content) == ("dropped", None)
    assert "无法打开台账" in page(screen.get(reverse("interchange_run", args=(organ.code, run.pk))))


def test_a_file_given_up_while_it_is_read_stays_given_up(screen, organ, monkeypatch):
    monkeypatch.setattr(importing, "READ_AT_ONCE", 1)
    monkeypatch.setattr(importing.threading, "Thread", lambda **given: Silent())
    send(screen, organ, ledger(row()))
    reading = ImportRun.objects.get()
    screen.post(reverse("interchange_abandon", args=(organ.code, reading.pk)))
    importing.read(reading)
    assert ImportRun.objects.get().state == "dropped"


class Silent:
    def start(self):
        """The import is left to the test."""


def test_the_ledger_is_exported_without_names_unless_they_are_asked_for(screen, organ, clerk, make_case):
    make_case(organ, personal={"applicant_name": "欧阳某某"})
    address = reverse("interchange_export", args=(organ.code,))

    def named(**more):
        response = screen.post(address, {"year": str(today().year), **more})
        assert response.status_code == 200
        return any("欧阳某某" in row for grid in read_workbook(response.content) for row in grid.rows)

    assert not named()
    assert named(names="on")
    logged = ModelLogEntry.objects.filter(action="interchange.export", user=clerk).order_by("pk")
    assert [one.data["names"] for one in logged] == [False, True]


def test_who_is_no_registrar_exports_without_names_and_imports_nothing(organ, make_person, client_of, make_case):
    make_case(organ)
    reader = client_of(make_person("reviewer", organ))
    text = page(reader.get(reverse("interchange_home", args=(organ.code,))))
    assert "导入台账" not in text and 'name="names"' not in text
    address = reverse("interchange_export", args=(organ.code,))
    assert reader.post(address, {"year": "all", "names": "on"}).status_code == 403
    assert reader.post(address, {"year": "all"}).status_code == 200
    assert send(reader, organ, ledger(row())).status_code == 403


def test_an_import_of_another_organ_is_not_found(screen, organ, make_person, client_of):
    send(screen, organ, ledger(row()))
    other = make_person("clerk")
    run = ImportRun.objects.get()
    here, there = (reverse("interchange_run", args=(one.code, run.pk)) for one in (other.holdings.get().organ, organ))
    assert client_of(other).get(here).status_code == 404
    assert client_of(other).get(there).status_code == 404


def test_the_page_of_the_export_warns_of_opening_balances(screen, organ, clerk):
    from gongkai.office.figures.balances import enter
    from gongkai.office.figures.models import OpeningEntry

    entry = OpeningEntry(organ=organ, year=today().year, through=date(today().year, 1, 1), source="纸质台账")
    enter(entry, {"remedies.reconsideration.upheld": 1}, by=clerk)
    assert "不在台账中" in page(screen.get(reverse("interchange_home", args=(organ.code,))))
