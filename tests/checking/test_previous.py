"""Rules against last year's report."""

from .builders import OVERVIEW, codes, make_report, make_values, only, run

OTHER_TEXT = {"overview": "上一年度，本局推进公开。", "problems": "力量不足，专栏不全。", "other_matters": "未收费。"}


def last_year(**changes):
    """Last year's report with another text; values by keyword."""
    return make_report(year=2022, sections=OTHER_TEXT, values=make_values(**changes))


def this_year(**changes):
    return make_report(values=make_values(**changes))


def test_two_years_that_fit_give_no_finding():
    base = "proactive__normative_documents__"
    last = last_year(applications__carried_over__total=4, **{base + "in_force": 10})
    now = this_year(
        applications__carried_in__total=4, **{base + "issued": 3, base + "repealed": 1, base + "in_force": 12}
    )
    assert codes(now, previous=last, family="previous") == []


def test_carried_in_that_differs_is_one_error_with_both_figures_of_each_column():
    last = last_year(applications__carried_over__natural_person=3, applications__carried_over__total=4)
    now = this_year(applications__carried_in__natural_person=5, applications__carried_in__total=6)
    finding = only(run(now, previous=last), "carried-in")
    assert finding.severity == "error"
    assert set(finding.cells) == {"applications.carried_in.natural_person", "applications.carried_in.total"}
    assert "本年填 5，上年报告为 3" in finding.message


def test_carried_in_that_differs_with_an_explanation_is_a_warning():
    now = make_report(
        values=make_values(applications__carried_in__total=6),
        sections={"other_matters": "因机构改革职能划转，上年结转件数与上年报告相差6件。未收取信息处理费。"},
    )
    assert only(run(now, previous=last_year()), "carried-in").severity == "warning"


def test_documents_in_force_that_do_not_follow_are_a_warning():
    base = "proactive__normative_documents__"
    now = this_year(**{base + "issued": 3, base + "repealed": 1, base + "in_force": 12})
    finding = only(run(now, previous=last_year(**{base + "in_force": 8})), "in-force-carried")
    assert finding.severity == "warning"
    assert "为 10 件，相差 2 件" in finding.message


def test_the_two_editions_are_not_compared():
    last = make_report(edition="2019", year=2020, sections=OTHER_TEXT)
    now = make_report(year=2021, values=make_values(proactive__normative_documents__in_force=12))
    assert "in-force-carried" not in codes(now, previous=last)


def test_items_of_the_2019_form_follow_from_last_year():
    last = make_report(
        edition="2019",
        year=2019,
        sections=OTHER_TEXT,
        values=make_values("2019", proactive__licences__previous=8, proactive__licences__change=2),
    )
    now = make_report(edition="2019", year=2020, values=make_values("2019", proactive__licences__previous=11))
    assert "应为 10" in only(run(now, previous=last), "items-carried").message


def test_pending_cases_that_vanish_are_noted():
    last = last_year(remedies__reconsideration__pending=2)
    assert only(run(this_year(), previous=last), "pending-vanished").severity == "note"


def test_a_report_of_another_year_is_not_compared_and_says_so():
    last = make_report(year=2020, sections=OTHER_TEXT, values=make_values(applications__carried_over__total=4))
    findings = run(this_year(), previous=last, family="previous")
    assert [(finding.code, finding.verdict) for finding in findings] == [("previous-year", "not-applicable")]


def test_a_copied_overview_is_a_warning_with_its_share():
    last = make_report(year=2022, sections={"overview": OVERVIEW})
    assert "100%" in only(run(make_report(), previous=last), "text-repeated").message


def test_a_fixed_wording_around_new_figures_is_no_copy():
    told = "2022年，本机关新收政府信息公开申请{}件，办结{}件，没有结转下年度继续办理的申请，没有引起行政复议。"
    last = make_report(year=2022, sections={"overview": told.format(31, 31)})
    now = make_report(sections={"overview": told.format(47, 47).replace("2022", "2023")})
    assert "text-repeated" not in codes(now, previous=last)


def test_figures_and_years_left_from_last_year_are_found():
    last = make_report(
        year=2022, sections=OTHER_TEXT | {"overview": "2022年，全年发布信息1234条。2022年发布解读材料56篇。"}
    )
    now = make_report(sections={"overview": "2023年，全年发布信息1234条。2022年发布解读材料56篇。"})
    findings = run(now, previous=last)
    assert "1234" in only(findings, "figures-left").message
    assert "2022" in only(findings, "year-left").message
