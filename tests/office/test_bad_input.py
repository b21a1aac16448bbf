"""Whatever is typed into a field of any form that no such field takes: a sentence beside it says so, and nothing else is lost.

The forms are found on the pages themselves, so that a new field is tried without being named here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import resolve, reverse

from gongkai.law.calendar import national_calendar
from gongkai.law.case.steps import steps
from gongkai.law.filing import filing_steps
from gongkai.office.clock import today
from gongkai.office.filings.models import Filing
from gongkai.office.organs.models import Organ

from .access.places import Caller, World, reporting, world
from .access.walk import addresses, expected, table
from .builders import take
from .filings.ways import APPROVED, TAKERS, changed, go
from .portal.visiting import apply_online, look_up
from .typing_in import Field, Form, forms_of
from .wrong_values import LIMIT, plausible, sent, wrong_values

pytestmark = pytest.mark.django_db

LATIN = re.compile(r"[A-Za-z]{2,}")
ALLOWED = {
    "PDF", "JPG", "PNG", "DOCX", "DOC", "TXT", "HTML", "XLSX", "XLS", "ODS", "OFD", "ZIP", "WPS", "Word", "Excel",
    "docx", "xlsx", "exe", "pdf", "txt", "name", "example", "com", "code", "kind", "year", "serial",
}  # fmt: skip
"""What a message may say in Latin letters: kinds and names of files, an example of an address, placeholders of a number."""

_WRITES = re.compile(r'(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')
_PASSING = re.compile("axes_|django_session|vault_|cases_unsentform|portal_draft")
"""Tables of what a refused form may leave behind: what was typed, kept until it is put right; the count of tries."""

ADDRESS = {"cases_draft": "outcome=partly_disclosed"}
"""What a page is asked with, so that it shows its form."""

APART = {
    "cases_step": {"event"},  # what another choice is made from
    "figures_balances": {"file"},  # has a button of its own
    "interchange_home": {"file"},  # the same, and the ledger is read before it is refused
    "organs_password": {"again"},  # compared with a new password that is one
    "portal_apply": {"website"},  # only programs fill it in
    "portal_rectify": {"website"},
    "portal_status": {"code"},  # told with the number: which of the two is wrong is nobody's business
}
"""Fields that can't be tried with the others, by the page's route."""

TYPED = {"text", "textarea", "date", "number", "money", "amount", "email", "tel"}
"""Kinds of fields that show what was typed, wrong or not."""

WITHOUT_FIELDS = {
    "cases_organ_inbox",
    "cases_remind", "cases_reveal", "cases_together", "interchange_confirm", "interchange_abandon",
    "organs_substitute_end", "organs_person_password", "organs_person_deactivate", "organs_person_reactivate",
    "organs_person_unlock", "portal_apply_review", "portal_apply_clear", "portal_rectify_review", "portal_rectify_clear",
    "portal_leave", "portal_letter", "portal_check_example", "portal_check_erase",
    "registers_import_confirm", "registers_import_abandon",
    "intake_resume", "intake_take_all", "intake_close", "intake_take", "intake_drop",
    "figures_start", "figures_choose", "figures_tables", "figures_behind", "figures_file", "remedies_start", "remedies_list",
    "filings_begin", "filings_recompile", "filings_override_end", "filings_text_renew", "filings_compose", "filings_excuse_end",
}  # fmt: skip
"""Routes that have nothing to type but what is searched for: they act at one button, or show the same whatever the method."""

SHOWN_ON: dict[str, tuple[str, dict[str, Any]]] = {
    "interchange_export": ("interchange_home", {}),
    "intake_place": ("intake_report", {}),
    "filings_answer": ("filings_filing", {"year": 2023}),
    "filings_mend": ("filings_checks", {}),
    "filings_repair": ("filings_cell", {"key": "applications.received.total"}),
    "filings_reasons": ("filings_changes", {}),
    "supervision_chase": ("supervision_board", {}),
    "supervision_explain": ("supervision_rollup", {"year": 2024}),
}
"""Routes that take a form of another page: its route, and what differs from where it is looked at otherwise."""

BY_ITSELF = {
    "cases_step", "cases_review", "cases_letter", "portal_act", "portal_check", "interchange_upload", "filings_step",
    "filings_excuse",  # filings/test_checks.py
    "filings_section_check", "filings_cell_check",  # filings/test_looking.py: a second button of forms that are tried
    "intake_report",  # intake/test_comparing.py: the cells that are figures are saved, the others stay
    "interchange_answers", "registers_import_answers",  # in their test_screens.py: choices only
}  # fmt: skip
"""Routes whose form depends on what they are asked about: further below, or where it says."""

OURS = {name for name, route in table().items() if "POST" in route.methods and not name.startswith("wagtail")}
PAGES = sorted(OURS - WITHOUT_FIELDS - SHOWN_ON.keys() - BY_ITSELF)
FILING_STEPS: dict[str, tuple[int, tuple[str, ...]]] = {
    "sent_back": (2023, ("sent",)),
    "recalled": (2023, ("sent",)),
    "returned": (2024, ()),
    "published": (2024, ("returned", "changed", *APPROVED)),
    "reopened": (2024, ()),
    "chased": (2025, ()),
}
"""Steps of a report with which something is written: the year of a report, and what is done with it before."""

STEPS = [key for key, step in steps().items() if key not in ("registered", "imported_decision") and step.roles]


@dataclass(frozen=True)
class Page:
    """A page with who looks at it, in a browser of their own."""

    address: str
    client: Client

    @property
    def apart(self) -> set[str]:
        return APART.get(resolve(self.address.split("?")[0]).view_name, set())

    def forms(self) -> list[Form]:
        answer = self.client.get(self.address)
        assert answer.status_code == 200, (self.address, answer.status_code)
        return forms_of(answer.content.decode(), self.address)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("typed")


@pytest.fixture(autouse=True)
def _files_of_its_own(folder, settings):
    """In the place of a folder for each test: the world is made once."""
    settings.MEDIA_ROOT = folder
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.cache"
    settings.GONGKAI_UPLOAD_LIMIT = LIMIT
    cache.clear()


@pytest.fixture(scope="module")
def places(django_db_setup, django_db_blocker, folder):
    """One world for all forms, taken back afterwards."""
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=folder), transaction.atomic():
        found = world()
        Organ.objects.filter(pk=found.own.organ.pk).update(channels=["in_person", "post", "internet"])
        yield found
        transaction.set_rollback(True)


def browser(caller: Caller) -> Client:
    client = Client()
    if caller.person is not None:
        client.force_login(caller.person, "django.contrib.auth.backends.ModelBackend")
    return client


def caller_for(places: World, name: str, method: str) -> Caller:
    return next(one for one in places.callers if expected(table()[name], one, places.own, places, method) == "ok")


def page_of(places: World, name: str, caller: Caller | None = None, **values: Any) -> Page:
    """A page of a route, seen by someone who may also send its form."""
    route = table()[name]
    address = next(one for one in addresses() if one.name == name)
    caller = caller or caller_for(places, name, "POST" if "POST" in route.methods else "GET")
    where = reverse(name, kwargs=route.arguments(address.arguments, places.own, caller) | values)
    return Page(f"{where}?{ADDRESS.get(name, route.query)}", browser(caller))


@pytest.mark.parametrize("name", PAGES)
def test_a_form_tells_what_is_wrong_beside_the_field_and_loses_nothing(name, places):
    page = page_of(places, name)
    forms = page.forms()
    assert forms
    lacking = [lack for form in forms for lack in try_out(page, form)]
    assert not lacking, "\n".join(lacking)


@pytest.mark.parametrize("name", SHOWN_ON)
def test_a_form_on_another_page_tells_what_is_wrong_beside_the_field_and_loses_nothing(name, places):
    shown_on, values = SHOWN_ON[name]
    page = page_of(places, shown_on, caller_for(places, name, "POST"), **values)
    form = next(one for one in page.forms() if resolve(one.action.split("?")[0]).view_name == name)
    lacking = try_out(page, form)
    assert not lacking, "\n".join(lacking)


@pytest.mark.parametrize("key", STEPS)
def test_a_step_tells_what_is_wrong_beside_the_field_and_loses_nothing(key, places):
    page = page_of_step(places, key)
    (form,) = page.forms()
    lacking = try_out(page, form)
    assert not lacking, "\n".join(lacking)


def page_of_step(places: World, key: str) -> Page:
    caller = next(one for one in places.callers if one.role in steps()[key].roles and one.name == one.role)
    own = places.own.values
    where = reverse("cases_step", args=[own["organ"], own["number"], key])
    return Page(f"{where}?event=1" if key == "record_corrected" else where, browser(caller))


def test_every_step_of_a_report_with_a_form_is_tried():
    written = {key for key, step in filing_steps().items() if step.asks}
    assert written - FILING_STEPS.keys() == {"answered"}


@pytest.mark.parametrize("key", FILING_STEPS)
def test_a_step_of_a_report_tells_what_is_wrong_beside_the_field_and_loses_nothing(key, places):
    year, before = FILING_STEPS[key]
    organ = places.own.organ
    place, filing = reporting(organ), Filing.objects.get(organ=organ, year=year)
    for kind in before:
        if kind == "changed":
            changed(filing, place, "本年工作平稳，已经更正。")
        else:
            go(filing, place, kind, on=today(), reason="请核对。")
    client = browser(Caller("", place.people[TAKERS[key]]))
    page = Page(reverse("filings_step", args=[organ.code, year, key]), client)
    (form,) = page.forms()
    form.hidden = {
        name: values for name, values in form.hidden.items() if name != "more"
    }  # its first button adds a row
    lacking = try_out(page, form)
    assert not lacking, "\n".join(lacking)


def test_a_step_is_not_taken_on_a_day_that_can_not_be(places):
    """After today, or before the application came, for every step; later than today for every day that has passed."""
    wrong = []
    for key in sorted({*STEPS} - {"record_corrected"}):  # what else it is shown with is the record's own
        page = page_of_step(places, key)
        (form,) = page.forms()
        days = {one.key for one in steps()[key].fields if one.type == "date" and not one.future} & form.fields.keys()
        later, before = (today() + timedelta(1)).isoformat(), (today() - timedelta(40)).isoformat()
        for typed in ({**dict.fromkeys(days, later), "on": later}, {"on": before}):
            asked = {name: value for name, value in typed.items() if form.fields[name].when is None}
            shown = _again(page, form, _send(page, form, asked), key)
            wrong += [f"{key} {name} {typed[name]}" for name in asked if not shown.errors_of(name)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("key", ["withdrawn", "corrected"])
def test_what_an_applicant_does_later_tells_what_is_wrong(key, places):
    client = Client()
    number, code = apply_online(client, places.own.organ)
    clerk, case = caller_for(places, "cases_register", "POST").person, places.own.organ.cases.get(number=number)
    take(case, "receipt_confirmed", how="telephone", actor=clerk)
    if key == "corrected":
        until = national_calendar().after(today(), 20).isoformat()
        take(case, "correction_requested", matters="请写明年度。", until=until, actor=clerk)
    look_up(client, number, code)
    page = Page(reverse("portal_act", args=[key]), client)
    (form,) = page.forms()
    lacking = try_out(page, form)
    assert not lacking, "\n".join(lacking)


def test_a_check_without_a_file_says_what_is_missing(places):
    """Any file is taken there: what can't be read is told with the findings."""
    page = Page(reverse("portal_check"), Client())
    form = next(one for one in page.forms() if "files" in one.fields)
    shown = _again(page, form, _send(page, form, {}), "no file")
    assert shown.errors_of("files") == ["请选择要核对的年度报告。"] and shown.summed_up("files")


@pytest.mark.parametrize(("name", "button"), [("figures_balances", {"take": "1"}), ("interchange_home", {})])
def test_a_file_to_read_from_is_refused_beside_its_field(name, button, places):
    page = page_of(places, name)
    form = next(one for one in page.forms() if "file" in one.fields)
    form.hidden = {**form.hidden, **{key: [value] for key, value in button.items()}}
    for file in ("", "program", "empty", "disguised"):
        lacking = list(_lacking(page, form, {"file": file}))
        assert not lacking, "\n".join(lacking)


def try_out(page: Page, form: Form) -> list[str]:
    """Send the form with wrong values, again and again, every second field sound; what the answers lack."""
    wrong = {name: wrong_values(field) for name, field in form.fields.items() if name not in page.apart}
    assert any(wrong.values()), "no field to try"
    found = []
    for turn in range(max(map(len, wrong.values()))):
        for half in (0, 1):
            for condition in sorted({str(one.when) for one in form.fields.values()}):
                chosen = {
                    name: wrong[name][turn]
                    for place, (name, field) in enumerate(form.fields.items())
                    if name in wrong and turn < len(wrong[name]) and place % 2 == half and str(field.when) == condition
                }
                if chosen:
                    found += _lacking(page, form, chosen)
    return list(dict.fromkeys(found))


def _lacking(page: Page, form: Form, chosen: dict[str, Any]) -> Iterator[str]:
    """What the answer to some wrong values lacks."""
    filled = _filled(form, chosen)
    told = ", ".join(f"{name} = {str(value)[:20]!r}" for name, value in chosen.items())
    with _writing() as tables:
        shown = _again(page, form, _send(page, form, chosen), told)
    if tables:
        yield f"{told}: something was recorded in {tables}"
    for name, value in chosen.items():
        if name not in shown.fields:
            yield f"{told}: {name} is gone"
            continue
        yield from (f"{name} = {str(value)[:20]!r}: {lack}" for lack in _lacks(shown, name, value))
    for name in filled.keys() - chosen.keys():
        if (
            form.fields[name].kind not in ("file", "password")
            and name not in page.apart
            and name in shown.fields
            and shown.fields[name].value != filled[name]
        ):
            yield f"{name} lost {filled[name]!r}"


def _lacks(shown: Form, name: str, value: Any) -> Iterator[str]:
    errors = shown.errors_of(name)
    if not errors:
        yield f"nothing is said of it; {shown.summary()}"
    for error in errors:
        if not error.endswith(("。", "）")) or set(LATIN.findall(error)) - ALLOWED:
            yield f"no plain sentence: {error}"
    if errors and not shown.summed_up(name):
        yield "the summary does not lead to it"
    if shown.fields[name].kind in TYPED and isinstance(value, str) and shown.fields[name].value != value:
        yield f"{str(shown.fields[name].value)[:30]!r} is shown in its place"


def _send(page: Page, form: Form, chosen: dict[str, Any]) -> HttpResponse:
    values = {name: sent(form.fields[name], value) for name, value in {**_filled(form, chosen), **chosen}.items()}
    return page.client.post(
        form.action, {**form.hidden, **{name: value for name, value in values.items() if value not in ("", [])}}
    )


def _filled(form: Form, chosen: dict[str, Any]) -> dict[str, Any]:
    """Something plausible in every field that is asked, so that the chosen ones are asked."""
    values = {name: plausible(field) for name, field in form.fields.items() if name != "website"}
    for name in chosen:
        when = form.fields[name].when
        while when is not None and when[0] in form.fields:
            controlling = form.fields[when[0]]
            values[when[0]] = [when[1][0]] if controlling.kind in ("radio", "checks") else when[1][0]
            when = controlling.when
    return {name: value for name, value in values.items() if _holds(form.fields[name], values)}


def _holds(field: Field, values: dict[str, Any]) -> bool:
    """Whether the field is asked at all; what depends on something hidden is."""
    if field.when is None or field.when[0] not in values:
        return True
    other, wanted = field.when
    value = values[other]
    return bool(set([value] if isinstance(value, str) else value) & set(wanted))


def _again(page: Page, form: Form, answer: HttpResponse, told: str) -> Form:
    """The form as the answer shows it again."""
    assert answer.status_code in (200, 422), f"{told}: {answer.status_code} {answer.headers.get('Location', '')}"
    found = forms_of(answer.content.decode(), page.address)
    same = [one for one in found if one.fields.keys() & form.fields.keys()]
    assert same, f"{told}: the form is gone"
    return max(same, key=lambda one: len(one.fields.keys() & form.fields.keys()))


@contextmanager
def _writing() -> Iterator[set[str]]:
    """The tables that are written to within this, but for what a refused form may leave behind."""
    tables: set[str] = set()

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if (found := _WRITES.match(sql)) and not _PASSING.match(found[1]):
            tables.add(found[1])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield tables
