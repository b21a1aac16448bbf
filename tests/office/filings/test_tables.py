"""Every figure of a report opens what it is made of: as many records as it says, for whoever may read the report."""

from datetime import date
from types import SimpleNamespace

import pytest
from hypothesis import given

from gongkai.office.filings.content import Content
from gongkai.office.filings.drafting import first_content
from gongkai.office.filings.models import Filing
from gongkai.office.filings.record import begin, take
from gongkai.office.filings.views.behind import behind
from gongkai.office.registers.decisions import Months, enter_figure
from gongkai.office.registers.documents import add_document
from gongkai.report.form import form_for_year
from gongkai.report.writing.tables import print_table

from ..builders import make_case, make_organ, make_person
from ..figures.caseloads import YEARS, caseloads, few, recorded
from .reporting import DAY, RECEIVED, Reporting, answered

pytestmark = pytest.mark.django_db

FORM = form_for_year(2025)
DOCUMENTS, LICENCES = "proactive.normative_documents", "proactive.licences"


@pytest.fixture
def office():
    return Reporting()


def listed(filing, key, person):
    """What stands behind a figure, all pages together."""
    request = SimpleNamespace(GET={}, user=person)
    return behind(request, filing, form_for_year(filing.year), key)


@few
@given(caseloads())
def test_every_figure_of_a_compiled_report_opens_as_many_records_as_it_says(load):
    with recorded(load) as organ:
        person = make_person("clerk", organ)
        for year in YEARS:
            values = first_content(organ, year).report.values
            filing = Filing(organ=organ, year=year)
            for key in values:
                if not key.startswith("proactive."):
                    assert listed(filing, key, person).page.paginator.count == values[key], key


def test_documents_and_decisions_stand_behind_the_figures_of_table_two(office):
    clerk = office.people["clerk"]
    for number, issued in enumerate((date(2024, 5, 6), date(2025, 5, 6), date(2025, 6, 9)), 1):
        values = {"kind": "normative_documents", "title": f"关于第{number}号事项的通知", "issued_on": issued}
        add_document(office.organ, by=clerk, today=DAY, **values)
    for first, last, number in ((1, 6, 70), (7, 12, 50)):
        figure = {"kind": "licences", "source": "审批系统", "months": Months(first, last), "number": number}
        enter_figure(office.organ, 2025, by=clerk, today=DAY, **figure)
    filing = office.begun()
    values = office.newest().report.values
    for figure, number in (("issued", 2), ("repealed", 0), ("in_force", 3)):
        key = f"{DOCUMENTS}.{figure}"
        assert values[key] == number == listed(filing, key, clerk).page.paginator.count
    assert values[LICENCES] == 120 == sum(one.number for one in listed(filing, LICENCES, clerk).rows)
    page = office.page("clerk", "filings_cell", LICENCES)
    assert "2025年1—6月" in page and "审批系统" in page


def test_a_governments_figure_opens_its_parts():
    government = make_organ("云溪区人民政府", kind="government")
    make_organ("云溪区人民政府办公室", kind="office", parent=government)
    department = make_organ("云溪区审计局", parent=government)
    make_case(department, received=RECEIVED, as_of=RECEIVED)
    compiled = Content(first_content(department, 2025).report, source="年度报告.docx")
    filing = begin(department, 2025, compiled, by=None, today=DAY, why="接收机关报送的文件", outside=True)
    take(filing, "received", version=1, by=make_person("clerk", government), roles={"clerk"}, today=DAY)
    key = "applications.received.total"
    report = begin(government, 2025, first_content(government, 2025), by=None, today=DAY, why="由登记的数据编制")
    rows = listed(report, key, make_person("clerk", department)).rows
    assert sum(one.number or 0 for one in rows) == first_content(government, 2025).report.values[key] == 1
    assert [one.said for one in rows if one.number is None] == ["还没有报送"]


def test_each_cell_of_the_form_is_a_link_on_the_page(office):
    office.begun()
    page = office.page("reviewer", "filings_tables")
    for key in FORM.cells:
        assert f'href="{office.at("filings_cell", key)}"' in page
    printed = [one for table in FORM.tables for one in print_table(table, "", {}, {}).cells() if not one.header]
    assert page.count("data-cell=") == len(printed) == len(FORM.cells)


@pytest.mark.parametrize("key", ["applications.received.nobody", "x", "proactive"])
def test_what_is_no_cell_is_not_found(office, key):
    office.begun()
    assert office.browsers["clerk"].get(office.at("filings_cell", key)).status_code == 404


def test_a_long_list_has_pages_and_asks_the_database_no_more_often(office, django_assert_max_num_queries):
    clerk = office.people["clerk"]
    for _ in range(3):
        answered(office.organ, 5, clerk=clerk)
    office.begun()
    address = office.at("filings_cell", "applications.received.total")
    with django_assert_max_num_queries(75) as few_queries:
        assert office.browsers["clerk"].get(address).status_code == 200
    for _ in range(50):
        make_case(office.organ, received=RECEIVED, as_of=RECEIVED)
    with django_assert_max_num_queries(len(few_queries) + 3):
        page = office.browsers["clerk"].get(address).content.decode()
    assert "共 2 页、53 件" in page and "与本版统计时不同" in page


def test_who_supervises_reads_the_lists_without_what_the_applications_are_about(make_person, client_of):
    government = make_organ(kind="government")
    above = make_organ(kind="office", parent=government)
    office = Reporting()
    office.organ.parent = government
    office.organ.save()
    case = answered(office.organ, 5, clerk=office.people["clerk"])
    office.begun()
    supervisor = client_of(make_person("supervisor", above))
    page = supervisor.get(office.at("filings_cell", "applications.received.total")).content.decode()
    assert case.number in page and case.description not in page and 'name="value"' not in page
    assert case.description in office.page("clerk", "filings_cell", "applications.received.total")
