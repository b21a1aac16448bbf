"""Every way of tampering with the database shows, and shows where."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from gongkai.cli import main
from gongkai.office.cases import append_only
from gongkai.office.cases.chain import case_seal, digest_of, register_seal
from gongkai.office.cases.events import as_event
from gongkai.office.cases.models import Case, CaseEvent, EventFile, EventSecret, Register
from gongkai.office.cases.record import new_query_code
from gongkai.office.cases.verify import verify
from gongkai.office.clock import today
from gongkai.office.organs.models import Organ
from gongkai.office.vault import files, secrets
from gongkai.office.vault.keys import cipher
from gongkai.office.vault.models import Secret

from ..builders import make_case, make_division, make_person, take

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk():
    return make_person("clerk")


@pytest.fixture
def organ(clerk):
    return clerk.holdings.get().organ


@pytest.fixture
def case(organ, clerk) -> Case:
    """Five events with personal values, a file and a division, among other cases."""
    make_case(organ, received=date(2026, 2, 9))
    stored = files.store("申请书.txt", "请提供清单".encode())
    case = make_case(organ, received=date(2026, 2, 10), actor=clerk, files={"attachments": [stored]})
    division = make_division(organ)
    take(
        case, "assigned", date(2026, 2, 11), actor=clerk, division=division.key, matters="查", internal_due="2026-03-02"
    )
    for text in ("甲", "乙", "丙"):
        take(case, "note", date(2026, 2, 12), actor=clerk, text=text)
    make_case(organ, received=date(2026, 2, 11))
    append_only.remove(connection)
    return case


def faults(**options):
    return [(fault.case, fault.event, fault.message) for fault in verify(Organ.objects.all(), **options)]


def test_an_untouched_record_is_sound(case):
    assert faults() == []


def execute(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def change(case, number, column, value):
    execute(f'UPDATE cases_caseevent SET "{column}" = %s WHERE case_id = %s AND number = %s', value, case.pk, number)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("kind", "contacted"),
        ("on", "2026-02-13"),
        ("data", '{"text": "改"}'),
        ("at", "2026-02-13 00:00:00+00:00"),
        ("actor_id", None),
        ("digest", "0" * 64),
    ],
)
def test_a_changed_event_shows(case, column, value):
    change(case, 4, column, value)
    assert (case.number, 4, "内容与其校验值不一致，这项记录被改动过，或者是后来插入的。") in faults()


def test_a_changed_link_shows(case):
    change(case, 4, "previous", "0" * 64)
    assert [(number, event) for number, event, _ in faults()] == [(case.number, 4), (case.number, 4)]


def test_a_removed_event_shows(case):
    execute("DELETE FROM cases_caseevent WHERE case_id = %s AND number = 4", case.pk)
    found = faults()
    assert (case.number, 4, "这项记录缺失。") in found
    assert (case.number, 5) in {fault[:2] for fault in found}


def test_a_removed_event_shows_when_those_after_it_move_up(case):
    execute("DELETE FROM cases_caseevent WHERE case_id = %s AND number = 4", case.pk)
    change(case, 5, "number", 4)
    assert {(case.number, 4), (case.number, 0)} <= {fault[:2] for fault in faults()}


def test_a_cut_off_end_shows(case):
    execute("DELETE FROM cases_caseevent WHERE case_id = %s AND number = 5", case.pk)
    assert (case.number, 0) in {fault[:2] for fault in faults()}


def test_a_cut_off_end_shows_when_count_and_head_are_made_to_fit(case):
    execute("DELETE FROM cases_caseevent WHERE case_id = %s AND number = 5", case.pk)
    Case.objects.filter(pk=case.pk).update(events_count=4, head=case.events.get(number=4).digest)
    assert [(number, event) for number, event, _ in faults()] == [(case.number, 0)]


def rechained(case, rows):
    """All digests made anew, as somebody would who knows how but lacks the key."""
    previous = ""
    for number, row in enumerate(rows, start=1):
        row.number, row.previous = number, previous
        row.digest = previous = digest_of(
            organ=case.organ.code,
            case=case.number,
            number=number,
            kind=row.kind,
            on=row.on,
            data=row.data,
            actor=as_event(row).actor,
            at=row.at,
            previous=row.previous,
        )
    for row in rows:  # out of the way first: a number stands only once
        CaseEvent.objects.filter(pk=row.pk).update(number=row.number + 100)
    for row in rows:
        row.save()
    Case.objects.filter(pk=case.pk).update(events_count=len(rows), head=previous)


def test_a_changed_event_shows_when_the_whole_chain_is_made_anew(case):
    rows = list(case.events.all())
    rows[3].data = {"text": "改"}
    rechained(case, rows)
    assert faults() == [(case.number, 0, "封存的校验值不符，记录的项数、末尾的记录或者查询码被改动过。")]


def test_an_inserted_event_shows(case):
    rows = list(case.events.all())
    extra = CaseEvent(case=case, number=99, kind="note", on=date(2026, 2, 12), data={"text": "插"}, at=rows[3].at)
    extra.save()
    rechained(case, [*rows[:3], extra, *rows[3:]])
    assert (case.number, 0) in {fault[:2] for fault in faults()}


def test_an_event_appended_without_the_key_shows(case):
    last = case.events.last()
    extra = CaseEvent(case=case, number=6, kind="note", on=last.on, data={"text": "添"}, at=last.at)
    extra.save()
    rechained(case, list(case.events.all()))
    assert (case.number, 0) in {fault[:2] for fault in faults()}


def test_events_that_changed_places_show(case):
    rows = list(case.events.all())
    change(case, 3, "number", 100)
    change(case, 4, "number", 3)
    execute("UPDATE cases_caseevent SET number = 4 WHERE id = %s", rows[2].pk)
    assert {(case.number, 3), (case.number, 4)} <= {fault[:2] for fault in faults()}


def test_events_that_changed_cases_show(case):
    other = Case.objects.exclude(pk=case.pk).first()
    mine, theirs = case.events.first(), other.events.first()
    CaseEvent.objects.filter(pk=mine.pk).update(number=50)
    CaseEvent.objects.filter(pk=theirs.pk).update(case=case)
    CaseEvent.objects.filter(pk=mine.pk).update(case=other, number=1)
    assert {(case.number, 1), (other.number, 1)} <= {fault[:2] for fault in faults()}


def remove(case):
    events = case.events.all()
    EventSecret.objects.filter(event__in=events).delete()
    EventFile.objects.filter(event__in=events).delete()
    events.delete()
    execute("DELETE FROM cases_case_assigned WHERE case_id = %s", case.pk)
    execute("DELETE FROM cases_case WHERE id = %s", case.pk)


def test_a_case_without_events_shows(case):
    EventSecret.objects.filter(event__case=case).delete()
    EventFile.objects.filter(event__case=case).delete()
    case.events.all().delete()
    assert (case.number, 0, "全部记录缺失。") in faults()


def test_a_removed_case_shows(case):
    remove(case)
    assert faults() == [(case.number, 0, "案件缺失：登记簿中有这个编号，案件已不存在。")]


def test_a_removed_last_case_shows_when_the_register_is_made_to_fit(organ, case):
    remove(organ.cases.get(number="2026-0003"))
    Register.objects.filter(organ=organ).update(last=2)
    assert [(one, event) for one, event, _ in faults()] == [("2026年登记簿", 0)]


def test_a_case_that_was_never_registered_shows(organ, case):
    Register.objects.filter(organ=organ).update(last=2, seal=register_seal(organ.code, 2026, 2))
    assert [one for one, _, _ in faults()] == ["2026-0003"]


def test_a_removed_register_shows(organ, case):
    Register.objects.filter(organ=organ).delete()
    assert {one for one, _, _ in faults()} == {"2026-0001", "2026-0002", "2026-0003"}


def test_a_changed_query_code_shows(case):
    other = Case.objects.exclude(pk=case.pk).first()
    Case.objects.filter(pk=case.pk).update(query_code=other.query_code)
    assert [fault[:2] for fault in faults()] == [(case.number, 0)]
    new_query_code(other)
    assert [fault[:2] for fault in faults()] == [(case.number, 0)]


def test_a_changed_personal_value_shows(case):
    secret = Secret.objects.get(eventsecret__event__case=case, field="applicant_name")
    Secret.objects.filter(pk=secret.pk).update(ciphertext=cipher().encrypt("李四".encode()))
    assert faults() == [(case.number, 1, "个人信息“申请人姓名或者名称”被改动过，或者密钥不对。")]


def test_a_personal_value_that_hides_from_searches_shows(case):
    Secret.objects.filter(eventsecret__event__case=case, field="applicant_name").update(index="0" * 64)
    assert [fault[:2] for fault in faults()] == [(case.number, 1)]


def test_a_personal_value_replaced_with_its_digest_shows(case):
    fresh = secrets.keep("applicant_name", "李四")
    EventSecret.objects.filter(event__case=case, secret__field="applicant_name").update(secret=fresh)
    assert [fault[:2] for fault in faults()] == [(case.number, 1)]


def test_a_removed_personal_value_shows(case):
    EventSecret.objects.filter(event__case=case, secret__field="telephone").delete()
    assert faults() == [(case.number, 1, "个人信息“联系电话”缺失。")]


def test_an_erased_personal_value_is_no_fault(case):
    for secret in Secret.objects.filter(eventsecret__event__case=case):
        secrets.erase(secret.pk)
    assert faults() == []


def test_a_changed_a_lost_and_a_renamed_file_show(case, settings):
    held = EventFile.objects.get(event__case=case)
    path = next(path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.name == str(held.file.key))
    kept = path.read_bytes()
    path.write_bytes(cipher().encrypt("别的内容".encode()))
    assert [fault[:2] for fault in faults()] == [(case.number, 1)]
    path.unlink()
    assert [fault[:2] for fault in faults()] == [(case.number, 1)]
    path.write_bytes(kept)
    assert faults() == []
    held.file.name = "别的名称.txt"
    held.file.save()
    assert [fault[2] for fault in faults()] == ["文件“别的名称.txt”不是这项记录所登记的。", "文件“申请书和附件”缺失。"]


def test_a_removed_file_shows(case):
    EventFile.objects.filter(event__case=case).delete()
    assert faults() == [(case.number, 1, "文件“申请书和附件”缺失。")]


@pytest.mark.parametrize(
    ("column", "value", "label"),
    [
        ("status", "closed", "状态"),
        ("due", date(2026, 4, 1), "答复期限"),
        ("outcome", "disclosed", "办理结果"),
        ("received_on", date(2026, 2, 20), "收到日期"),
        ("counted", False, "计入统计"),
        ("applicant_index", "", "申请人索引"),
    ],
)
def test_a_changed_column_shows_and_is_mended_by_rebuilding(case, column, value, label):
    Case.objects.filter(pk=case.pk).update(**{column: value})
    found = faults()
    assert [fault[:2] for fault in found] == [(case.number, 0)] and label in found[0][2]
    call_command("rebuild")
    assert faults() == []


def test_a_changed_assignment_shows_and_is_mended_by_rebuilding(case):
    case.assigned.clear()
    assert [fault[:2] for fault in faults()] == [(case.number, 0)]
    call_command("rebuild")
    assert faults() == []


def test_a_seal_of_another_case_does_not_fit(case):
    other = Case.objects.exclude(pk=case.pk).first()
    Case.objects.filter(pk=case.pk).update(seal=other.seal)
    assert [fault[:2] for fault in faults()] == [(case.number, 0)]
    assert case_seal(case.organ.code, case.number, 5, case.head, case.query_code) == case.seal


def test_only_cases_with_recent_records_are_looked_at_when_told_so(case):
    change(case, 4, "data", '{"text": "改"}')
    assert faults(since=today() + timedelta(1)) == []
    assert {one for one, _, _ in faults(since=today())} == {case.number}


def test_one_organ_alone_is_looked_at_when_told_so(case):
    change(case, 4, "data", '{"text": "改"}')
    other = make_case().organ
    assert list(verify(Organ.objects.filter(pk=other.pk))) == []


def test_the_commands_say_where_and_end_with_1(case, capsys):
    assert main(["verify"]) == 0
    assert "案件和年度报告的记录完好。" in capsys.readouterr().out
    change(case, 4, "data", '{"text": "改"}')
    assert main(["verify"]) == 1
    told = capsys.readouterr().out
    assert f"{case.organ.code} {case.number} 第4项记录：内容与其校验值不一致" in told and "共有 " in told
    with pytest.raises(CommandError, match="处问题"):
        call_command("verify")


def test_an_unknown_organ_and_a_wrong_day_are_mistakes_of_the_command_line(case, capsys):
    assert main(["verify", "--organ", "nobody"]) == 2
    assert "没有代码为“nobody”的机关" in capsys.readouterr().err
    assert main(["verify", "--since", "昨天"]) == 2
    assert "不是日期" in capsys.readouterr().err
