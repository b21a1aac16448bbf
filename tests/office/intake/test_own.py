"""An organ brings in its own report of the year before it worked here: a draft of its own, and last year's to the first one."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gongkai.office.clock import today
from gongkai.office.filings.drafting import first_content
from gongkai.office.filings.gate import findings_of, previous_report
from gongkai.office.filings.models import Filing
from gongkai.office.filings.record import begin
from gongkai.office.filings.recorded import content_of
from gongkai.office.intake.models import Batch

from .. import builders
from .conftest import District
from .documents import document

pytestmark = pytest.mark.django_db

CARRIED = "applications.carried_over.total"


@pytest.fixture
def own(make_organ):
    organ = make_organ("云溪区审计局")
    clerk = builders.make_person("clerk", organ, name="李萍")
    return District(organ, organ, clerk, builders.client_of(clerk))


def _sent(own, made, year=2024):
    address = reverse("intake_own", args=[own.office.code, year])
    file = SimpleUploadedFile(made.name, made.data)
    return own.screen.post(address, {"files": [file], "received_on": today().isoformat()}, follow=True).content.decode()


def test_an_earlier_report_becomes_a_draft_of_the_organ_that_nothing_was_computed_for(own):
    made = document("云溪区审计局", 2024)
    _sent(own, made)
    page = own.take(Batch.objects.get())
    filing = Filing.objects.get()
    assert (filing.organ, filing.year, filing.outside, filing.stage, filing.newest) == (
        own.office,
        2024,
        False,
        "draft",
        1,
    )
    content = content_of(filing, 1)
    assert content.computed == {} and made.name in content.source
    assert made.values[CARRIED] and "结转下年度继续办理的申请" in page and f"请补登 {made.values[CARRIED]} 件" in page


def test_what_is_carried_over_and_not_registered_here_yet_is_listed(own, make_case):
    made = document("云溪区审计局", 2024)
    number = made.values["applications.carried_over.natural_person"] + 2
    _sent(own, made)
    batch = Batch.objects.get()
    address = reverse("intake_report", args=[batch.pk, 1])
    keys = ["applications.carried_over.natural_person", "applications.carried_over.total"]
    own.screen.post(address, {"cell": keys, **{f"value:{key}": str(number) for key in keys}})
    own.take(batch)

    def missing():
        return {
            one.applicant: (one.reported, one.registered, one.missing)
            for one in own.screen.get(address).context["carried"]
        }

    assert missing()["自然人"] == (number, 0, number)
    make_case(own.office, received=date(2024, 12, 20))
    assert missing()["自然人"] == (number, 1, number - 1)
    assert missing()["总计"][1] == 1


def test_it_is_last_years_report_to_the_first_year(own):
    made = document("云溪区审计局", 2024)
    _sent(own, made)
    own.take(Batch.objects.get())
    first = begin(own.office, 2025, first_content(own.office, 2025), by=own.clerk, today=today(), why="编制")
    assert previous_report(first).values[CARRIED] == made.values[CARRIED]
    assert [
        one for one in findings_of(first, content_of(first, 1)) if one.code.startswith("carried")
    ] or not made.values[CARRIED]


def test_a_year_that_is_here_already_is_not_brought_in_again(own):
    begin(own.office, 2024, first_content(own.office, 2024), by=own.clerk, today=today(), why="编制")
    assert "已经在本系统中" in _sent(own, document("云溪区审计局", 2024))
    assert not Batch.objects.exists()


def test_another_organs_report_is_not_taken_for_ones_own_unless_somebody_says_so(own):
    _sent(own, document("云溪区民政局", 2024, name="报告.docx"))
    batch = Batch.objects.get()
    assert "确是本机关的报告" in own.take(batch)
    assert not Filing.objects.exists()
    own.screen.post(reverse("intake_place", args=[batch.pk, 1]), {"organ": own.office.code, "year": 2024})
    own.take(batch)
    assert content_of(Filing.objects.get(), 1).report.organ == "云溪区审计局"


def test_no_files_and_a_day_to_come_are_refused_beside_their_fields(own):
    address = reverse("intake_own", args=[own.office.code, 2024])
    page = own.screen.post(address, {"received_on": "2999-01-01"}).content.decode()
    assert "请选择要上传的文件。" in page and "日期不能晚于今天" in page
    assert own.screen.get(reverse("intake_own", args=[own.office.code, 2007])).status_code == 404


def test_a_clerk_of_another_organ_finds_no_such_page(own):
    other = builders.client_of(builders.make_person("clerk"))
    assert other.get(reverse("intake_own", args=[own.office.code, 2024])).status_code == 404


def test_a_year_that_is_here_already_is_not_offered(own):
    year = today().year - 1
    begin(own.office, year, first_content(own.office, year), by=own.clerk, today=today(), why="编制")
    page = own.screen.get(reverse("intake_start")).content.decode()
    assert f'{reverse("intake_own", args=[own.office.code, year])}"' not in page
    assert f"{year}年度的报告已经在本系统中" in page
    assert f'{reverse("intake_own", args=[own.office.code, year - 1])}"' in page
