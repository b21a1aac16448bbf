"""Where the walk goes: two organs of one district, one of another, and one of each thing in each of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from gongkai.law.calendar import LocalHoliday
from gongkai.law.roles import roles
from gongkai.office.calendars import calendar
from gongkai.office.cases.holidays import add_local
from gongkai.office.clock import now, today
from gongkai.office.figures.models import OpeningEntry
from gongkai.office.filings.content import Content
from gongkai.office.filings.drafting import first_content
from gongkai.office.filings.models import Filing
from gongkai.office.filings.record import begin as begin_report
from gongkai.office.filings.record import save
from gongkai.office.intake.actions import take_in
from gongkai.office.intake.models import Batch
from gongkai.office.intake.pictures import drawn
from gongkai.office.intake.reading import read_batch
from gongkai.office.intake.receiving import Sent, receive
from gongkai.office.interchange.exporting import ledger_of
from gongkai.office.interchange.importing import begin
from gongkai.office.organs.accounts import create_person, grant_role, name_substitute
from gongkai.office.organs.actions import add_division, add_leader, found_organ
from gongkai.office.organs.models import Division, Organ, Person
from gongkai.office.registers import importing as register_importing
from gongkai.office.registers.decisions import Months, enter_figure
from gongkai.office.registers.documents import add_document
from gongkai.office.registers.facts import add_fact, add_problem
from gongkai.office.remedies.models import Remedy
from gongkai.office.vault.files import store

from .. import builders
from ..filings import ways
from ..intake.documents import document

FOUNDED = date(2019, 1, 1)
OF_DIVISION = {"handler", "division_head"}
ADMINISTRATORS = ("system_admin", "security_admin", "audit_admin")


@dataclass(frozen=True, slots=True)
class Place:
    """An organ, and the arguments by which its things are addressed, by the names that `routes.toml` uses."""

    organ: Organ
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls. ``counts_in``: codes of the organs in which the role counts; ``role``: "" for nobody's.

    ``own``: arguments of what is the caller's own. ``state``: anonymous, nobody, given_password, or "" for a member of staff.
    """

    name: str
    person: Person | None
    role: str = ""
    counts_in: frozenset[str] = frozenset()
    own: dict[str, Any] = field(default_factory=dict)
    state: str = ""


@dataclass(frozen=True, slots=True)
class World:
    """``own``: where most callers work; ``elsewhere``: another organ of the district; ``outside``: one of another district.

    ``beside``: the organ of ``own`` again, with a case that another division handles; ``inherited``: with a case that
    ``elsewhere`` registered and that was transferred to it.
    """

    own: Place
    beside: Place
    inherited: Place
    elsewhere: Place
    outside: Place
    callers: tuple[Caller, ...]


def world() -> World:
    """Everything, made through the office's own functions."""
    district = _organ("yunxi", "云溪区人民政府", "government", None)
    office = _organ("yunxi-office", "云溪区人民政府办公室", "office", district)
    far = _organ("linshui", "临水区人民政府", "government", None)
    own = _place(_organ("market", "云溪区市场监督管理局", "department", district))
    elsewhere = _place(_organ("commerce", "云溪区商务局", "department", district))
    _more_reports(own.organ)
    own.values.update(_sent_files(own.organ))
    _filed(elsewhere.organ)
    _report(district, 2024, {"proactive.licences": 1})  # less than its parts' together
    outside = _place(_organ("far-market", "临水区市场监督管理局", "department", far))
    first, second = own.organ.divisions.order_by("key")
    staff = Person.objects.get(username="market-staff")
    beside = Place(own.organ, own.values | _case(own.organ, second, staff))
    moved = {"organ": elsewhere.organ.code} | _case(elsewhere.organ, first, staff, transferred_to=own.organ)
    inherited = Place(own.organ, own.values | moved)
    territory = frozenset({"yunxi", "yunxi-office", "market", "commerce"})
    callers = [
        Caller("anonymous", None, state="anonymous"),
        Caller("nobody", _person(own.organ, "nobody"), state="nobody"),
        Caller("former", _former(own.organ), state="nobody"),
        Caller("given_password", _given(own.organ), state="given_password"),
        *(_caller(role, own.organ, role, first) for role in roles()),
        *(_caller(f"district_{role}", district, role, None, territory) for role in ADMINISTRATORS),
        _caller("district_supervisor", office, "supervisor", None, territory),
        _caller("district_clerk", district, "clerk"),
        _caller("office_clerk", office, "clerk"),
    ]
    return World(own, beside, inherited, elsewhere, outside, tuple(callers))


def _organ(code: str, name: str, kind: str, parent: Organ | None) -> Organ:
    return found_organ(
        by=None, code=code, name=name, kind=kind, short_code="云公", since=FOUNDED, parent=parent, today=today()
    )


def _place(organ: Organ) -> Place:
    """One of each thing. The first of its divisions handles its case."""
    divisions = [
        add_division(organ, key=key, name=name, since=FOUNDED, by=None, today=today())
        for key, name in (("fgk", "法规科"), ("zhk", "综合科"))
    ]
    leader = add_leader(organ, kind="principal", name="李局长", since=FOUNDED, by=None, today=today())
    person = _person(organ, f"{organ.code}-staff", "reviewer")
    values = {
        "organ": organ.code,
        "division": divisions[0].key,
        "leader": leader.pk,
        "person": person.pk,
        "holding": person.holdings.get().pk,
        "own_role": person.holdings.get().pk,
        "own_substitution": _substitution(organ, person).pk,
        "local_holiday": _local_holiday(organ),
    }
    return Place(organ, values | _records(organ, person) | _case(organ, divisions[0], person))


def _local_holiday(organ: Organ) -> int:
    """A day off so far away that it is in no period."""
    off = next(day for day in (today() + timedelta(300 + one) for one in range(20)) if calendar(organ).is_working(day))
    add_local(organ, LocalHoliday("停水", "停水通知", (off,)), by=None, today=today())
    return organ.local_holidays.get().pk


def _records(organ: Organ, person: Person) -> dict[str, Any]:
    """A lawsuit, an opening balance, an import that waits to be confirmed, a report that is being written."""
    remedy = Remedy.objects.create(organ=organ, kind="litigation_direct", body="云溪区人民法院", begun_on=today())
    entry = OpeningEntry.objects.create(
        organ=organ, year=2026, through=date(2026, 1, 31), source="纸质台账", entered_by=person, entered_at=now()
    )
    begin_report(organ, 2025, first_content(organ, 2025), by=person, today=today(), why="由登记的数据编制")
    run = begin(organ, "台账.xlsx", ledger_of(organ, None, names=False), "post", person)
    sent = [Sent("2023年报.txt", "2023年政府信息公开工作年度报告".encode())]
    batch = receive(organ, 2023, sent, by=person, received_on=today(), own=True)
    return {"remedy": remedy.pk, "opening_entry": entry.pk, "import": run.pk, "batch": batch.pk} | _registered(organ)


def reporting(organ: Organ) -> ways.Place:
    """Who writes, reviews, approves and supervises an organ's reports: none of the callers."""
    people = {role: _person_of(organ, role) for role in ("clerk", "reviewer", "approver")}
    office = Organ.objects.get(code="yunxi-office")
    return ways.Place(organ.parent, office, organ, people | {"supervisor": _person_of(office, "supervisor")})


def _person_of(organ: Organ, role: str) -> Person:
    name = f"{organ.code}-reports-{role}"
    return Person.objects.filter(username=name).first() or _person(organ, name, role)


def _more_reports(organ: Organ) -> None:
    """Of 2023 one that was given back with a remark, of 2024 a published one; that of 2025 has a sum that is none."""
    place = reporting(organ)
    before = _report(organ, 2023, {"proactive.licences": 900})
    ways.go(
        before,
        place,
        "sent",
        "sent_back",
        on=today(),
        remarks=[{"text": "请核对许可件数。", "cell": "proactive.licences"}],
    )
    public = _report(organ, 2024, {"proactive.licences": 900})
    ways.go(public, place, *ways.APPROVED, "published", "submitted", on=today())
    now = Filing.objects.get(organ=organ, year=2025)
    content = _with(first_content(organ, 2025), {"applications.received.total": 5})
    save(now, content, based_on=now.newest, by=place.people["clerk"], today=today(), why="修改")


def _filed(organ: Organ) -> None:
    """The report of 2024, handed in."""
    filing = _report(organ, 2024, {"proactive.licences": 30})
    ways.go(filing, reporting(organ), *ways.APPROVED, "submitted", on=today())


def _report(organ: Organ, year: int, figures: Mapping[str, int]) -> Filing:
    content = _with(Content(ways.report_of(organ, year)), figures)
    return begin_report(organ, year, content, by=None, today=today(), why="编制")


def _with(content: Content, figures: Mapping[str, int]) -> Content:
    return replace(content, report=replace(content.report, values={**content.report.values, **figures}))


def _sent_files(organ: Organ) -> dict[str, Any]:
    """Earlier reports as files: those of 2022 are read, the second page by page; that of 2021 was taken in."""
    name = organ.name_on(today())
    torn, pages = document(name, 2022, layout="cut_off", seed=2), document(name, 2022, kind="pdf", seed=3)
    batch = _batch(organ, 2022, Sent(torn.name, torn.data), Sent(pages.name, pages.data))
    drawn(batch.received.get(number=2))
    whole = document(name, 2021, kind="html")
    taken = _batch(organ, 2021, Sent(whole.name, whole.data)).received.get()
    take_in(taken, by=_person_of(organ, "clerk"), roles={"clerk"}, today=today())
    return {"batch": batch.pk}


def _batch(organ: Organ, year: int, *files: Sent) -> Batch:
    """Files that were read."""
    batch = receive(organ, year, files, by=_person_of(organ, "clerk"), received_on=today(), own=True)
    read_batch(batch.pk)
    return Batch.objects.get(pk=batch.pk)


def _registered(organ: Organ) -> dict[str, Any]:
    """One of each thing of the registers of 2025, and last year's problem."""
    by: dict[str, Any] = {"by": None, "today": today()}
    issued = date(2025, 3, 1)
    document = add_document(organ, kind="normative_documents", title="公共停车管理办法", issued_on=issued, **by)
    figure = enter_figure(organ, 2025, kind="licences", months=Months(1, 1), source="双公示", number=3, **by)
    table = "文件名称,文号,类别,制发日期\n老旧小区改造办法,云政规〔2025〕2号,行政规范性文件,2025-02-01\n".encode()
    run = register_importing.begin(organ, "documents", "文件.csv", table, {}, year=None, **by)
    return {
        "document": document.pk,
        "figure": figure.pk,
        "register_import": run.pk,
        "fact": add_fact(organ, 2025, "trainings", 2, "3月业务培训", **by).pk,
        "problem": add_problem(organ, 2024, "政策解读形式单一", "增加图解", **by).pk,
    }


def _case(organ: Organ, division: Division, actor: Person, transferred_to: Organ | None = None) -> dict[str, Any]:
    paper = store("移交清单.txt", "项目清单一份。".encode())  # the applicant's own papers are not for who supervises
    case = builders.make_case(organ)
    builders.take(case, "note", actor=actor, text="已存卷。", files={"attachments": [paper]})
    if transferred_to:
        builders.take(case, "transferred", actor=actor, organ=transferred_to.code, reason="职权划转。")
    due = (today() + timedelta(5)).isoformat()
    builders.take(case, "assigned", actor=actor, division=division.key, matters="检索并提出意见。", internal_due=due)
    return {"number": case.number, "file": paper.pk, "assigned": division.key}


def _caller(
    name: str, organ: Organ, role: str, division: Division | None = None, counts_in: frozenset[str] = frozenset()
) -> Caller:
    held_for = division if role in OF_DIVISION else None
    person = _person(organ, f"caller-{name}", role, division=held_for)
    own = {"own_role": person.holdings.get().pk, "own_substitution": _substitution(organ, person).pk}
    return Caller(name, person, role, counts_in or frozenset({organ.code}), own)


def _person(organ: Organ, username: str, *held: str, division: Division | None = None) -> Person:
    person, _ = create_person(organ, username=username, name=username, by=None, today=today())
    Person.objects.filter(pk=person.pk).update(must_change_password=False)
    for role in held:
        grant_role(person, role, organ, since=FOUNDED, by=None, today=today(), division=division)
    return Person.objects.get(pk=person.pk)


def _former(organ: Organ) -> Person:
    """Whose role ended long ago."""
    person = _person(organ, "former")
    grant_role(person, "clerk", organ, since=FOUNDED, until=date(2020, 12, 31), by=None, today=today())
    return person


def _given(organ: Organ) -> Person:
    """Who has not changed the password that somebody gave."""
    person = _person(organ, "given", "clerk")
    person.must_change_password = True
    person.save()
    return person


def _substitution(organ: Organ, person: Person) -> Any:
    """A substitution for the person's role; who stands in holds no other role."""
    other = _person(organ, f"for-{person.username}")
    return name_substitute(person.holdings.get(), other, since=today(), until=today(), by=None, today=today())
