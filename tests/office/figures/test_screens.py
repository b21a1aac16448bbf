"""Screens of the statistics: who sees what, what a figure links to, files, and entering balances in the form's own tables."""

import io
from datetime import date

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from gongkai.office.clock import today
from gongkai.office.figures.models import OpeningEntry
from gongkai.reading import read

from ..builders import give_role


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


def test_the_tables_link_each_figure_but_zero_to_its_list(screen, organ, make_case):
    case = make_case(organ)
    year = str(today().year)
    text = page(screen.get(reverse("figures_tables", args=(organ.code, year))))
    link = reverse("figures_behind", args=(organ.code, year, "applications.received.natural_person"))
    assert f'href="{link}"' in text
    assert reverse("figures_behind", args=(organ.code, year, "applications.received.enterprise")) not in text
    assert case.number in page(screen.get(link))


@pytest.mark.parametrize("period", ["20261", "2026-Q9", "x", "2026-02-30..2026-03-01", "0001"])
def test_an_address_that_names_no_period_is_not_found(screen, organ, period):
    assert screen.get(reverse("figures_tables", args=(organ.code, period))).status_code == 404


@pytest.mark.parametrize(
    "key", ["applications.received.nobody", "proactive.rules.issued", "x", "applications.received"]
)
def test_an_address_that_names_no_cell_is_not_found(screen, organ, key):
    assert screen.get(reverse("figures_behind", args=(organ.code, "2026", key))).status_code == 404


@pytest.mark.parametrize("ending", ["xlsx", "csv", "docx", "html", "json"])
def test_the_tables_can_be_taken_along_in_every_format(screen, organ, ending, make_case):
    make_case(organ)
    year = today().year
    response = screen.get(reverse("figures_file", args=(organ.code, str(year), ending)))
    assert response.status_code == 200
    assert "attachment" in response.headers["Content-Disposition"]
    if ending in ("xlsx", "docx", "html"):
        assert read(f"x.{ending}", response.content).report.values["applications.received.total"] == 1
    elif ending == "csv":
        assert "applications.received.total" in response.content.decode("utf-8-sig")


def test_only_who_supervises_sees_the_organs_below(screen, organ):
    assert screen.get(reverse("figures_tables", args=(organ.code, "2026")), {"scope": "parent"}).status_code == 403


def test_a_supervisor_begins_with_what_hangs_below_and_others_with_their_own(
    make_organ, make_person, make_case, client_of
):
    government = make_organ(kind="government")
    make_case(make_organ(parent=government))
    own = client_of(make_person("clerk", government)).get(reverse("figures_start"))
    assert own.headers["Location"].endswith(f"/{today().year}/")
    supervisor = client_of(make_person("supervisor", government))
    whole = supervisor.get(reverse("figures_start"))
    assert whole.headers["Location"].endswith("?scope=parent")
    assert supervisor.get(whole.headers["Location"]).status_code == 200


def test_the_supervisor_sees_numbers_of_others_but_not_what_they_are_about(
    make_organ, make_person, make_case, client_of
):
    government = make_organ(kind="government")
    below = make_organ(parent=government)
    supervisor = make_person("supervisor", government)
    case = make_case(below, description="某处房屋的征收补偿决定")
    address = reverse("figures_behind", args=(government.code, str(today().year), "applications.received.total"))
    text = page(client_of(supervisor).get(address, {"scope": "parent"}))
    assert case.number in text
    assert "征收补偿" not in text


# ── 期初数 ────────────────────────────────────────────────────────────────────────────────────────────────────


def address(organ):
    return reverse("figures_balances", args=(organ.code, today().year))


def sent(**more):
    first = {"through": date(today().year, 1, 1).isoformat(), "source": "纸质台账，张三核对"}
    cells = {"applications.received.natural_person": "3", "applications.disclosed.natural_person": "3"}
    return first | cells | more


def test_balances_are_entered_in_the_shape_of_the_form(screen, organ, clerk):
    text = page(screen.get(address(organ)))
    assert 'name="applications.received.natural_person"' in text
    assert 'name="applications.received.total"' not in text
    response = screen.post(address(organ), sent())
    assert response.status_code == 302
    entry = OpeningEntry.objects.get()
    assert (entry.entered_by, entry.organ, entry.source) == (clerk, organ, "纸质台账，张三核对")
    assert ModelLogEntry.objects.filter(action="figures.balances", user=clerk).count() == 1
    assert "纸质台账，张三核对" in page(
        screen.get(reverse("figures_behind", args=(organ.code, str(today().year), "applications.total.total")))
    )


def test_what_is_out_of_balance_is_told_at_its_column_and_keeps_what_was_typed(screen, organ):
    wrong = {"applications.disclosed.natural_person": "2"}
    text = page(screen.post(address(organ), sent(**wrong)))
    assert "新收和结转共 3 件，办理结果共 2 件" in text
    assert 'href="#applications.received.natural_person"' in text
    assert 'id="applications.total.natural_person-error"' in text
    assert "纸质台账，张三核对" in text
    assert not OpeningEntry.objects.exists()


@pytest.mark.parametrize("typed", ["-1", "三", "1.5", "99999999", "1e3", "<b>"])
def test_what_is_no_figure_is_told_beside_its_cell_and_kept(screen, organ, typed):
    text = page(screen.post(address(organ), sent(**{"remedies.reconsideration.upheld": typed})))
    assert 'id="remedies.reconsideration.upheld-error"' in text
    assert "不是件数" in text
    assert "<b>" not in text
    assert not OpeningEntry.objects.exists()


def test_the_sums_can_be_seen_before_anything_is_saved(screen, organ):
    text = page(screen.post(address(organ), sent(sum="1", source="")))
    assert not OpeningEntry.objects.exists()
    assert 'data-cell="applications.received.total">3</td>' in text.replace("\n", "")


@pytest.mark.parametrize(("field", "value"), [("through", ""), ("through", "2099-01-01"), ("source", "")])
def test_each_field_says_what_is_wrong_with_it(screen, organ, field, value):
    text = page(screen.post(address(organ), sent(**{field: value})))
    assert f'id="id_{field}_error"' in text
    assert value or "请填写“" in text
    assert not OpeningEntry.objects.exists()


def test_a_correction_asks_for_a_reason_and_the_earlier_entry_stays_to_be_seen(screen, organ):
    screen.post(address(organ), sent())
    more = {"applications.received.natural_person": "4", "applications.disclosed.natural_person": "4"}
    assert 'id="id_reason_error"' in page(screen.post(address(organ), sent(**more)))
    assert screen.post(address(organ), sent(reason="漏了一件", **more)).status_code == 302
    first = OpeningEntry.objects.order_by("pk").first()
    assert "漏了一件" in page(screen.get(address(organ)))
    page_of_first = page(screen.get(reverse("figures_balances_entry", args=(organ.code, today().year, first.pk))))
    assert "被更正" in page_of_first


def test_a_filled_in_form_fills_the_cells_without_saving(screen, organ, make_organ):
    from gongkai.office.figures.periods import year_of
    from gongkai.office.figures.tables import figures_report
    from gongkai.report.writing import write

    report = figures_report(organ, [organ], year_of(today().year))
    report.values["applications.disclosed.enterprise"] = 12
    file = io.BytesIO(write(report, "xlsx"))
    file.name = "统计.xlsx"
    text = page(screen.post(address(organ), {"take": "1", "file": file, "source": "去年底的表"}))
    assert 'value="12"' in text
    assert "还没有保存" in text and "去年底的表" in text
    assert not OpeningEntry.objects.exists()


def test_who_only_reads_sees_no_inputs_and_can_not_write(organ, make_person, client_of):
    reader = client_of(make_person("approver", organ))
    assert '<input type="text" inputmode' not in page(reader.get(address(organ)))
    assert reader.post(address(organ), sent()).status_code == 403


def test_a_year_to_come_has_no_balances(screen, organ):
    assert screen.get(reverse("figures_balances", args=(organ.code, today().year + 1))).status_code == 404


def test_a_clerk_of_two_organs_sees_the_one_asked_for(clerk, screen, make_organ):
    other = make_organ("云溪区档案局")
    give_role(clerk, "clerk", other)
    assert "云溪区档案局" in page(screen.get(address(other)))
