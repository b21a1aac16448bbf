import threading
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from gongkai.office.cases import query_codes
from gongkai.office.cases.events import reference_to
from gongkai.office.cases.models import Case, CaseEvent, EventSecret, Register
from gongkai.office.cases.numbers import next_letter_number
from gongkai.office.cases.record import BrokenRecordError, RefusedStepError, new_query_code, register
from gongkai.office.clock import today
from gongkai.office.vault import files, secrets
from gongkai.office.vault.models import Secret

from ..builders import applicant, application, make_case, make_division, make_organ, make_person, take

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk():
    return make_person("clerk")


@pytest.fixture
def organ(clerk):
    return clerk.holdings.get().organ


def everything_stored() -> str:
    """What every table holds, as one text."""
    with connection.cursor() as cursor:
        found = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found += [str(row) for row in cursor.fetchall()]
    return "\n".join(found)


def test_numbers_run_through_an_organ_and_a_year(organ):
    other = make_organ()
    numbers = [make_case(one, received=day).number for one, day in [
        (organ, date(2025, 12, 31)), (organ, date(2026, 1, 5)), (other, date(2026, 1, 5)), (organ, date(2026, 1, 6)),
    ]]  # fmt: skip
    assert numbers == ["2025-0001", "2026-0001", "2026-0001", "2026-0002"]


def test_a_refused_registration_takes_no_number_and_leaves_nothing(organ):
    with pytest.raises(RefusedStepError):
        make_case(organ, received=date(2026, 1, 5), channel="pigeon")
    with pytest.raises(RefusedStepError):
        make_case(organ, received=date(2026, 1, 5), personal={"applicant_name": ""})
    assert not Case.objects.exists() and not Secret.objects.exists()
    assert make_case(organ, received=date(2026, 1, 5)).number == "2026-0001"


def test_a_refusal_says_why_field_by_field(organ):
    with pytest.raises(RefusedStepError) as caught:
        make_case(organ, description="", delivery_way="")
    assert {one.field for one in caught.value.refusals} == {"description", "delivery_way"}
    assert all(one.message.endswith("。") for one in caught.value.refusals)


def test_an_unlawful_step_leaves_the_case_as_it_was(organ, clerk):
    case = make_case(organ, actor=clerk)
    before = Case.objects.filter(pk=case.pk).values().get()
    with pytest.raises(RefusedStepError):
        take(case, "closed", actor=clerk)
    assert Case.objects.filter(pk=case.pk).values().get() == before
    assert case.events.count() == 1


def test_the_query_code_is_given_once_and_kept_as_a_digest(organ):
    registered = register(
        organ,
        on=today(),
        data=application("in_person", today()),
        personal=applicant(),
        files={},
        actor=None,
        today=today(),
    )
    code = registered.query_code
    assert len(code) == 10 and set(code) <= set(query_codes.SIGNS)
    assert code not in everything_stored()
    assert Case.objects.get(query_code=query_codes.digest_of(f"{code[:5].lower()} - {code[5:]}")) == registered.case


def test_a_new_query_code_replaces_the_earlier_one(organ, clerk):
    case = make_case(organ)
    before = case.query_code
    code = new_query_code(case)
    assert case.query_code == query_codes.digest_of(code) != before
    take(case, "note", actor=clerk, text="已换发查询码")


def test_personal_values_lie_nowhere_in_the_clear(organ):
    case = make_case(organ)
    text = everything_stored()
    assert not [value for value in applicant().values() if value in text]
    held = EventSecret.objects.filter(event__case=case).select_related("secret")
    assert {one.secret.field: secrets.reveal(one.secret) for one in held} == applicant()


def test_an_event_holds_the_digest_of_each_personal_value(organ):
    event = make_case(organ).events.get()
    assert event.data["personal"] == {one.field: one.digest for one in Secret.objects.all()}


def test_an_event_holds_name_and_digest_of_each_file(organ, clerk):
    stored = files.store("申请书.txt", "请提供清单".encode())
    case = make_case(organ, files={"attachments": [stored]}, actor=clerk)
    event = case.events.get()
    (reference,) = event.data["attachments"]
    assert reference.startswith(f"{stored.key}:{stored.sha256}:") and "申请书" not in reference
    assert reference == reference_to(stored)
    stored.name = "别的名称.txt"
    assert reference != reference_to(stored)
    assert [(one.field, one.file) for one in event.files.all()] == [("attachments", stored)]


def test_the_columns_follow_every_event(organ, clerk):
    division = make_division(organ)
    case = make_case(organ, received=date(2026, 2, 10), actor=clerk)
    assert (case.status, case.due, case.received_on) == ("open", date(2026, 3, 16), date(2026, 2, 10))
    take(
        case,
        "assigned",
        date(2026, 2, 11),
        actor=clerk,
        division=division.key,
        matters="查清单",
        internal_due="2026-03-02",
    )
    assert list(case.assigned.all()) == [division]
    take(case, "correction_requested", date(2026, 2, 24), actor=clerk, matters="请写明小区名称", until="2026-03-20")
    assert (case.status, case.due) == ("awaiting_correction", None)
    take(case, "corrected", date(2026, 3, 2), actor=clerk, description="学府小区改造清单")
    stored = Case.objects.get(pk=case.pk)
    assert (stored.status, stored.description) == ("open", "学府小区改造清单")
    assert (stored.original_due, stored.due) == (date(2026, 3, 16), date(2026, 3, 30))


def test_an_application_online_waits_for_confirmation(organ, clerk):
    case = make_case(organ, received=date(2026, 2, 9), channel="internet")
    assert (case.status, case.received_on, case.due) == ("unconfirmed", None, None)
    take(case, "receipt_confirmed", date(2026, 2, 10), actor=clerk, how="telephone")
    assert (case.status, case.received_on, case.due) == ("open", date(2026, 2, 10), date(2026, 3, 16))


def test_an_older_copy_of_the_case_is_brought_up_to_date(organ, clerk):
    case = make_case(organ)
    copy = Case.objects.get(pk=case.pk)
    take(case, "note", actor=clerk, text="一")
    take(copy, "note", actor=clerk, text="二")
    assert [row.number for row in case.events.all()] == [1, 2, 3]
    assert copy.events_count == 3


@pytest.mark.parametrize(
    ("kind", "data", "field"),
    [
        ("assigned", {"division": "nowhere", "matters": "查", "internal_due": "2026-03-02"}, "division"),
        ("duplicate_noted", {"cases": ["2019-0001"]}, "cases"),
        ("transferred", {"organ": "nobody", "reason": "机构改革"}, "organ"),
    ],
)
def test_what_an_event_refers_to_must_exist(organ, clerk, kind, data, field):
    case = make_case(organ, received=date(2026, 2, 10), actor=clerk)
    with pytest.raises(RefusedStepError) as caught:
        take(case, kind, date(2026, 2, 11), actor=clerk, **data)
    assert [one.field for one in caught.value.refusals] == [field]


def test_divisions_and_cases_of_another_organ_do_not_exist_here(organ, clerk):
    other = make_division(make_organ())
    case = make_case(organ, received=date(2026, 2, 10), actor=clerk)
    with pytest.raises(RefusedStepError, match="没有代码为"):
        take(
            case,
            "assigned",
            date(2026, 2, 11),
            actor=clerk,
            division=other.key,
            matters="查",
            internal_due="2026-03-02",
        )


@pytest.mark.parametrize("statement", ["UPDATE cases_caseevent SET kind = 'note'", "DELETE FROM cases_caseevent"])
def test_the_database_refuses_to_change_or_remove_an_event(organ, statement):
    make_case(organ)
    with pytest.raises(DatabaseError, match="只能追加"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert CaseEvent.objects.count() == 1


def test_nothing_is_appended_to_a_record_that_was_tampered_with(organ, clerk):
    case = make_case(organ)
    Case.objects.filter(pk=case.pk).update(events_count=0, head="")
    with pytest.raises(BrokenRecordError, match="不能继续办理"):
        take(case, "note", actor=clerk, text="续办")


def test_letters_are_numbered_by_kind_and_year_after_the_organs_template(organ):
    organ.number_template = "{机关代字}{文种}〔{年份}〕{序号}号{后缀}"
    numbers = [
        next_letter_number(organ, kind, year) for kind, year in [("复", 2026), ("补", 2026), ("复", 2026), ("复", 2027)]
    ]
    assert numbers == ["云政公复〔2026〕1号", "云政公补〔2026〕1号", "云政公复〔2026〕2号", "云政公复〔2027〕1号"]


@pytest.mark.django_db(transaction=True)
def test_registrations_at_the_same_time_get_different_numbers():
    if connection.vendor == "sqlite":
        pytest.skip("a database in memory belongs to one thread")
    organ, failed = make_organ(), []

    def registering():
        try:
            for _ in range(4):
                make_case(organ, received=date(2026, 1, 5))
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=registering) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert sorted(organ.cases.values_list("number", flat=True)) == [f"2026-{number:04}" for number in range(1, 13)]
    assert Register.objects.get(organ=organ).last == 12
