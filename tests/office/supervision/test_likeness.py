"""The screens of 文字雷同: organs by share, two texts side by side."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ..filings.reports import make_filed, make_filing

pytestmark = pytest.mark.django_db

COPIED = "建立重大项目信息公开台账，明确责任科室、公开时限和公开渠道，按月调度通报，确保应公开尽公开。"
OWN = {
    "audit": "围绕企业开办和注销流程编制办事指引，把分散在各部门的材料清单合并成一张表，方便群众一次看懂。",
    "commerce": "全年新增河湖整治专栏，集中发布治理项目的立项、招标和验收情况，并逐条回应沿线居民的意见建议。",
    "culture": "图书馆、文化馆设置查阅点，安排专人讲解办事流程，周末照常开放，受到来馆读者的普遍欢迎和好评。",
}


@pytest.fixture
def district(make_organ):
    government = make_organ("云溪区人民政府", kind="government", code="yunxi")
    names = {"audit": "云溪区审计局", "commerce": "云溪区商务局", "culture": "云溪区文化局"}
    return {code: make_organ(name, code=code, parent=government) for code, name in names.items()} | {"top": government}


@pytest.fixture
def supervisor(make_organ, make_person, client_of, district):
    return client_of(make_person("supervisor", district["top"]))


def _get(client, route, *more):
    return client.get(reverse(route, args=["yunxi", 2025, *more]))


def test_who_copied_stands_first_with_whom_it_was_copied_from(district, supervisor):
    make_filed(district["culture"], overview=OWN["culture"] * 2)
    for code in ("audit", "commerce"):
        make_filed(district[code], overview=OWN[code] + COPIED)
    rows = _get(supervisor, "supervision_likeness").context["rows"]
    assert {row["code"] for row in rows[:2]} == {"audit", "commerce"}
    assert {row["others"][0][1] for row in rows[:2]} == {"云溪区审计局", "云溪区商务局"}
    assert rows[2]["others"] == []


def test_a_pair_stands_side_by_side_with_the_passage_marked_in_both(district, supervisor):
    for code in ("audit", "commerce"):
        make_filed(district[code], overview=OWN[code] + COPIED)
    shown = _get(supervisor, "supervision_pair", "audit", "commerce").content.decode()
    assert shown.count(f"1</span>{COPIED.rstrip('。')}</mark>") == 2


def test_an_organs_former_year_is_compared_too(district, supervisor):
    make_filed(district["audit"], 2024, overview=OWN["audit"])
    make_filed(district["audit"], 2025, overview=OWN["audit"])
    (row,) = _get(supervisor, "supervision_likeness").context["rows"]
    assert row["former"] == "100%"
    assert _get(supervisor, "supervision_former", "audit").status_code == 200


def test_problems_and_measures_are_compared_by_themselves(district, supervisor):
    for code in ("audit", "commerce"):
        make_filed(district[code], overview=OWN[code] * 2, problems=OWN[code] + COPIED)
    asked = {"section": "problems"}
    overview = _get(supervisor, "supervision_likeness").context["rows"]
    assert [row["others"] for row in overview] == [[], []]
    rows = supervisor.get(reverse("supervision_likeness", args=["yunxi", 2025]), asked).context["rows"]
    assert {row["others"][0][1] for row in rows} == {"云溪区审计局", "云溪区商务局"}
    page = supervisor.get(
        reverse("supervision_pair", args=["yunxi", 2025, "audit", "commerce"]), asked
    ).content.decode()
    assert page.count(f"1</span>{COPIED.rstrip('。')}</mark>") == 2


def test_a_section_that_is_not_compared_is_not_found(district, supervisor):
    make_filed(district["audit"], overview=OWN["audit"])
    for section in ("proactive", "nothing", ""):
        assert (
            supervisor.get(reverse("supervision_likeness", args=["yunxi", 2025]), {"section": section}).status_code
            == 404
        )


def test_what_has_not_been_filed_is_not_read(district, supervisor):
    make_filing(district["audit"], overview=OWN["audit"])
    make_filed(district["commerce"], overview=OWN["commerce"])
    assert [row["code"] for row in _get(supervisor, "supervision_likeness").context["rows"]] == ["commerce"]
    assert _get(supervisor, "supervision_pair", "audit", "commerce").status_code == 404


def test_an_organ_of_another_district_is_no_part_of_a_pair(make_organ, district, supervisor):
    make_filed(make_organ("临水区商务局", code="far"), overview=OWN["culture"])
    make_filed(district["audit"], overview=OWN["audit"])
    assert _get(supervisor, "supervision_pair", "audit", "far").status_code == 404


def test_the_page_takes_as_many_queries_for_many_organs_as_for_few(make_organ, district, supervisor):
    def queries():
        with CaptureQueriesContext(connection) as seen:
            assert _get(supervisor, "supervision_likeness").status_code == 200
        return len(seen)

    make_filed(district["audit"], overview=OWN["audit"])
    queries()
    few = queries()
    for _ in range(9):
        make_filed(make_organ(parent=district["top"]), overview=COPIED)
    assert queries() == few
