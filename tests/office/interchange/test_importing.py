"""Importing a ledger: rows become cases and remedies once, through the record; what can't be taken is told row by row."""

from datetime import date

import pytest

from gongkai.ledger import LedgerMapping, UnreadableLedgerError
from gongkai.office.cases.models import Case
from gongkai.office.cases.verify import verify
from gongkai.office.interchange.importing import begin, carry_out, interrupted, start
from gongkai.office.interchange.models import ImportedRow, ImportRun
from gongkai.office.interchange.planning import plan_import
from gongkai.office.interchange.report import counts
from gongkai.office.organs.models import Organ
from gongkai.office.remedies.models import Remedy

from .ledgers import RECEIVED, application, ledger, remedy, spreadsheet

TODAY = date(2026, 11, 20)


@pytest.fixture
def clerk(make_person):
    return make_person("clerk")


@pytest.fixture
def organ(clerk):
    return clerk.holdings.get().organ


def imported(organ, clerk, data, channel="in_person"):
    run = begin(organ, "台账.xlsx", data, channel, clerk)
    carry_out(run)
    run.refresh_from_db()
    return run


def reasons(organ, data, today=TODAY):
    plan = plan_import(organ, data, LedgerMapping(), "in_person", today)
    return [(line.row, line.verdict, line.column, line.reason) for line in plan.lines]


def test_a_finished_application_becomes_a_closed_case_with_the_ledgers_days_number_and_result(organ, clerk):
    row = application(finished=date(2026, 3, 16), outcome="withheld_internal", subject="会议记录", applicant="李明")
    imported(organ, clerk, ledger(row))
    case = Case.objects.get(organ=organ)
    assert (case.number, case.received_on, case.decided_on) == ("2026-001", RECEIVED, date(2026, 3, 16))
    assert (case.status, case.outcome, case.applicant_kind) == ("closed", "withheld_internal", "natural_person")
    assert case.description == "会议记录"
    assert [event.kind for event in case.events.order_by("number")] == ["registered", "imported_decision"]


def test_an_open_application_stays_open_with_its_clock_running_from_the_ledgers_day(organ, clerk):
    imported(organ, clerk, ledger(application()))
    case = Case.objects.get()
    assert case.status == "open"
    assert case.due == date(2026, 3, 30)  # 20 working days after Monday 2 March 2026, no holiday between


@pytest.mark.parametrize("channel", ["in_person", "post", "ordinary_post", "internet", "fax"])
def test_the_day_of_receipt_is_the_ledgers_for_every_channel(organ, clerk, channel):
    imported(organ, clerk, ledger(application(channel=channel)))
    case = Case.objects.get()
    assert (case.channel, case.received_on) == (channel, RECEIVED)


def test_a_row_without_channel_gets_the_one_that_was_chosen(organ, clerk):
    imported(organ, clerk, ledger(application(channel=None)), channel="post")
    assert Case.objects.get().channel == "post"


def test_importing_the_same_file_twice_creates_nothing(organ, clerk):
    data = ledger(application(), application("2026-002"), remedies=[remedy()])
    imported(organ, clerk, data)
    again = imported(organ, clerk, data)
    assert counts(again) == {"there": 3}
    assert (Case.objects.count(), Remedy.objects.count(), ImportedRow.objects.count()) == (2, 1, 3)


def test_rows_without_number_are_known_again_even_when_they_are_alike(organ, clerk):
    data = ledger(application(None), application(None), application(None, kind="enterprise"))
    imported(organ, clerk, data)
    assert Case.objects.count() == 3
    assert counts(imported(organ, clerk, data)) == {"there": 3}


def test_a_corrected_file_reports_the_differences_and_changes_nothing(organ, clerk):
    imported(organ, clerk, ledger(application(finished=date(2026, 3, 16), outcome="disclosed")))
    run = imported(organ, clerk, ledger(application(finished=date(2026, 3, 17), outcome="partly_disclosed")))
    assert counts(run) == {"differs": 1}
    assert [(line["column"], line["record"]) for line in run.report] == [
        ("办结日期", "2026-001"),
        ("办理结果", "2026-001"),
    ]
    assert "2026年3月17日" in run.report[0]["reason"] and "2026年3月16日" in run.report[0]["reason"]
    assert Case.objects.get().decided_on == date(2026, 3, 16)


def test_a_decision_that_the_file_has_and_the_system_not_is_a_difference(organ, clerk):
    imported(organ, clerk, ledger(application()))
    run = imported(organ, clerk, ledger(application(finished=date(2026, 3, 16), outcome="disclosed")))
    assert counts(run) == {"differs": 1}
    assert Case.objects.get().status == "open"


def test_a_number_that_another_application_has_is_not_taken_from_it(organ, clerk, make_case):
    taken = make_case(organ, received=date(2025, 3, 3), actor=clerk)
    run = imported(organ, clerk, ledger(application(taken.number, received=date(2026, 4, 1))))
    assert Case.objects.count() == 2
    assert counts(run) == {"created": 1}
    assert f"原编号“{taken.number}”已被占用" in run.report[0]["reason"]


def test_a_case_of_the_system_itself_is_recognised_by_number_and_year(organ, clerk, make_case):
    own = make_case(organ, received=date(2026, 3, 2), actor=clerk)
    run = imported(organ, clerk, ledger(application(own.number, subject=own.description)))
    assert counts(run) == {"there": 1}


def test_the_same_serial_number_of_two_years_is_two_applications(organ, clerk):
    rows = [application("7", received=date(2025, 5, 6)), application("7", received=date(2026, 5, 6))]
    imported(organ, clerk, ledger(*rows))
    assert Case.objects.count() == 2


def test_a_number_that_can_stand_in_no_address_is_replaced_and_still_known(organ, clerk):
    data = ledger(application("申/2026/1"))
    run = imported(organ, clerk, data)
    assert Case.objects.get().number == "2026-0001"
    assert "登记为“2026-0001”" in run.report[0]["reason"]
    assert counts(imported(organ, clerk, data)) == {"there": 1}


def test_kept_numbers_never_collide_with_the_organs_own_and_the_record_verifies(organ, clerk, make_case):
    imported(organ, clerk, ledger(application("2026-0002"), application("2026-0009"), application("云政公申12")))
    own = [make_case(organ, received=date(2026, 6, 1), actor=clerk).number for _ in range(3)]
    assert own == ["2026-0001", "2026-0003", "2026-0004"]
    assert list(verify(Organ.objects.all())) == []


def test_an_imported_case_that_was_removed_is_noticed(organ, clerk):
    imported(organ, clerk, ledger(application("甲1"), application("甲2")))
    gone = Case.objects.get(number="甲2")
    Case.objects.filter(pk=gone.pk).update(
        organ=Organ.objects.create(code="x", kind="department", since=date(2019, 1, 1))
    )
    assert any(fault.case == "保留原编号的登记簿" for fault in verify(Organ.objects.filter(pk=organ.pk)))


def test_the_applicants_name_lies_in_the_vault_and_nowhere_else(organ, clerk):
    run = imported(organ, clerk, ledger(application(applicant="欧阳某某")))
    event = Case.objects.get().events.get(number=1)
    assert "欧阳" not in str(event.data)
    assert "欧阳" not in str(run.report)
    assert event.secrets.get().secret.field == "applicant_name"
    assert run.content is None  # and the file is gone


def test_remedies_become_remedies_tied_to_the_case_they_name(organ, clerk):
    rows = [
        remedy(application="2026-001", closed=date(2026, 7, 1), result="upheld"),
        remedy("", kind="litigation_direct", application="2019-33", joint="yes"),
    ]
    imported(organ, clerk, ledger(application(finished=date(2026, 3, 16), outcome="disclosed"), remedies=rows))
    first, second = Remedy.objects.order_by("pk")
    assert (first.case.number, first.closed_on, first.result) == ("2026-001", date(2026, 7, 1), "upheld")
    assert (second.case, second.earlier, second.joint, second.result) == (None, "2019-33", True, "")


def test_a_file_with_nothing_but_remedies_is_taken(organ, clerk):
    imported(organ, clerk, ledger(remedies=[remedy()]))
    assert Remedy.objects.count() == 1


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        (application(kind=None), "申请人类型", "没有填写"),
        (application(finished=date(2026, 3, 16)), "办理结果", "没有填办理结果"),
        (application(outcome="disclosed"), "办结日期", "没有填办结日期"),
        (application(finished=date(2026, 2, 27), outcome="disclosed"), "办结日期", "早于收到日期"),
        (application(received=date(2007, 3, 2)), "收到日期", "首次施行之日"),
        (application(received=date(2026, 11, 23)), "收到日期", "不能晚于今天"),
        (application(finished=date(2026, 11, 23), outcome="disclosed"), "办结日期", "不能晚于今天"),
    ],
)
def test_what_is_wrong_with_a_row_is_told_with_its_column_and_a_sentence(organ, row, column, words):
    [(number, verdict, told, reason)] = reasons(organ, ledger(row))
    assert (number, verdict) == (4, "refused")  # below title, heads and sums
    assert column in told
    assert words in reason and reason.endswith("。")


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        (remedy(closed=date(2026, 7, 1)), "审理结果", "没有填审理结果"),
        (remedy(result="upheld"), "审结日期", "没有填审结日期"),
        (remedy(closed=date(2026, 7, 1), result="pending"), "审理结果", "尚未审结"),
        (remedy(closed=date(2026, 5, 1), result="upheld"), "审结日期", "早于收案日期"),
        (remedy(begun=date(2026, 11, 23)), "收案日期", "不能晚于今天"),
    ],
)
def test_what_is_wrong_with_a_remedy_is_told_likewise(organ, row, column, words):
    [(_, verdict, told, reason)] = reasons(organ, ledger(remedies=[row]))
    assert verdict == "refused"
    assert column in told
    assert words in reason and reason.endswith("。")


def test_a_number_that_stands_twice_in_the_file_is_refused_the_second_time(organ):
    found = reasons(organ, ledger(application(), application()))
    assert [one[1] for one in found] == ["create", "refused"]
    assert "与工作表“依申请公开”第 4 行重复" in found[1][3]


def test_a_wrong_row_does_not_hold_up_the_others(organ, clerk):
    run = imported(organ, clerk, ledger(application(), application("2026-002", kind=None)))
    assert counts(run) == {"created": 1, "refused": 1}
    assert Case.objects.count() == 1


def test_another_offices_spreadsheet_asks_what_its_words_mean(organ):
    data = spreadsheet(
        登记=[
            ["登记号", "收件日期", "申请人性质", "渠道", "答复日期", "答复结果"],
            ["1", "2026-03-02", "某类人", "网站", "2026-03-09", "全部给了"],
        ]
    )
    plan = plan_import(organ, data, LedgerMapping(), "in_person", TODAY)
    assert {(one.kind, one.subject, one.word) for one in plan.questions} == {
        ("value", "applicant", "某类人"),
        ("value", "outcome", "全部给了"),
    }
    told = LedgerMapping(values={"applicant": {"某类人": "enterprise"}, "outcome": {"全部给了": "disclosed"}})
    plan = plan_import(organ, data, told, "in_person", TODAY)
    assert [line.verdict for line in plan.lines] == ["create"]
    assert plan.planned[0].row.values["outcome"] == "disclosed"


def test_what_is_no_workbook_is_refused_with_a_sentence(organ):
    with pytest.raises(UnreadableLedgerError, match="无法打开台账"):
        plan_import(organ, b"%PDF-1.7 no workbook", LedgerMapping(), "in_person", TODAY)


def test_an_import_in_chunks_that_was_interrupted_goes_on_where_it_stopped(organ, clerk):
    data = ledger(*(application(f"2026-{n:03}") for n in range(1, 8)))
    run = begin(organ, "台账.xlsx", data, "in_person", clerk)

    class StoppedError(Exception):
        pass

    def stop(written):
        if written >= 4:
            raise StoppedError

    with pytest.raises(StoppedError):
        carry_out(run, chunk=2, told=stop)
    assert Case.objects.count() == 4
    run.refresh_from_db()
    carry_out(run, chunk=2)
    assert Case.objects.count() == 7
    assert counts(run) == {"created": 7}


def test_without_chunks_a_failure_leaves_nothing_behind(organ, clerk, monkeypatch):
    from gongkai.office.interchange import importing

    run = begin(organ, "台账.xlsx", ledger(application(), application("2026-002")), "in_person", clerk)
    plain = importing.register

    def failing(*given, number, **options):
        if number == "2026-002":
            raise OSError
        return plain(*given, number=number, **options)

    monkeypatch.setattr(importing, "register", failing)
    with pytest.raises(OSError):
        carry_out(run)
    assert not Case.objects.exists()
    assert not ImportedRow.objects.exists()


def test_an_import_is_carried_out_once_however_often_one_presses(organ, clerk):
    run = begin(organ, "台账.xlsx", ledger(application()), "in_person", clerk)
    start(run)
    finished = ImportRun.objects.get().finished_at
    start(run)
    assert ImportRun.objects.get().finished_at == finished
    assert Case.objects.count() == 1


def test_an_import_that_has_not_moved_for_long_counts_as_interrupted(organ, clerk):
    run = begin(organ, "台账.xlsx", ledger(application()), "in_person", clerk)
    run.state = ImportRun.State.RUNNING
    assert interrupted(run)
