"""Pages as extractors hand them on: broken off, with menus and metadata about them, rows of one cell a line."""

from gongkai.reading import read

TITLE = "青岭县云川镇人民政府2023年政府信息公开工作年度报告\n"
OVERVIEW = (
    "一、总体情况\n2023年，本镇按时公开各类信息12条，答复均在期限之内，没有发生差错；信息员参加了两次业务培训。\n"
)
PROACTIVE = (
    "二、主动公开政府信息情况\n第二十条第（一）项 |\n|||\n信息内容 |\n本年制发件数 |\n本年废止件数 |\n现行有效件数 |\n"
)
RULES = "规章 |\n0 |\n0 |\n0 |\n行政规范性文件 |\n3 |\n1 |\n8 |\n"
FIVE = "第二十条第（五）项 |\n|||\n信息内容 |\n本年处理决定数量 |\n||\n行政许可 |\n9 |\n||\n"
HEAD = (
    "三、收到和处理政府信息公开申请情况\n申请人情况 |\n||||||||\n自然人 |\n法人或其他组织 |\n|\n|||||||\n"
    "商业企业 |\n科研机构 |\n社会公益组织 |\n法律服务机构 |\n其他 |\n总计 |\n||||\n"
)


def reading(text):
    return read("页面.txt", text.encode())


def codes(text):
    return [finding.code for finding in reading(text).findings]


def test_a_page_that_ends_before_the_tables_is_a_report_that_is_cut_off():
    for text in (TITLE + OVERVIEW, TITLE + OVERVIEW + PROACTIVE):
        assert codes(text) == ["document-cut"]
        assert reading(text).report.edition is None
        assert not reading(text).report.values


def test_an_untitled_page_that_names_itself_is_cut_off_too():
    assert codes("现公布本镇2023年政府信息公开工作年度报告。\n" + OVERVIEW) == ["document-cut"]
    assert codes(OVERVIEW) == ["not-a-report"]


def test_a_report_with_parts_of_its_own_is_of_an_older_format():
    assert codes(TITLE + OVERVIEW + "二、依申请办理的情形\n本年度没有收到申请。\n") == ["older-format"]
    assert codes(TITLE.replace("2023", "2016") + OVERVIEW) == ["older-format"]


def test_the_title_in_a_row_of_metadata_is_the_title():
    row = "| 名称 | 云川镇2023年政府信息公开工作年度报告 | ||\n| 索引号 | 0001 | 发布日期 | 2024-01-20 |\n"
    report = reading(row + OVERVIEW + PROACTIVE + RULES).report
    assert (report.organ, report.year) == ("云川镇", 2023)


def test_sections_that_run_on_in_one_paragraph_are_told_apart():
    run_on = TITLE + "本报告按规定编制。 " + OVERVIEW.replace("\n", " ") + PROACTIVE
    assert set(reading(run_on).report.sections) == {"overview", "proactive"}


def test_several_bars_end_a_row_of_one_cell_a_line():
    blank = "|\n" * 6
    rows = f"一、本年新收政府信息公开申请数量 |\n{blank}4 |\n||\n二、上年结转政府信息公开申请数量 |\n{blank}0 |\n||\n"
    values = reading(TITLE + OVERVIEW + PROACTIVE + RULES + FIVE + HEAD + rows).report.values
    assert values["applications.received.total"] == 4
    assert values["applications.received.natural_person"] is None
    assert values["applications.carried_in.total"] == 0


def test_a_head_of_the_last_column_is_no_row():
    row = "一、本年新收政府信息公开申请数量 |\n" + "1 |\n" + "0 |\n" * 5 + "1 |\n||\n"
    values = reading(TITLE + OVERVIEW + PROACTIVE + RULES + FIVE + HEAD + row).report.values
    assert "applications.total.total" not in values


def test_blank_last_cells_do_not_make_bars_open_rows():
    text = (
        "二、主动公开政府信息情况\n第二十条第（五）项 |\n||||\n信息内容 |\n上一年项目数量 |\n本年增/减 |\n处理决定数量 |\n|\n"
        "行政许可 |\n2 |\n0/0 |\n5 |\n|\n其他对外管理服务事项 |\n1 |\n0 |\n6 |\n|\n"
        "第二十条第（八）项 |\n||||\n信息内容 |\n上一年项目数量 |\n本年增/减 |\n||\n行政事业性收费 |\n7 |\n1 |\n||\n"
        "第二十条第（九）项 |\n||||\n信息内容 |\n采购项目数量 |\n采购总金额 |\n||\n政府集中采购 |\n3 |\n4.5万元 |\n||\n"
    )
    report = reading(TITLE.replace("2023", "2020") + OVERVIEW + text).report
    assert report.values["proactive.licences.decisions"] == 5
    assert report.values["proactive.fees.change"] == 1
    assert report.values["proactive.procurement.amount"] == 45000
    assert report.marks["proactive.licences.change"] == "0/0"


def test_a_menu_that_names_rows_is_no_table():
    for menu, rows in (
        ("规章\n行政规范性文件\n其他文件\n", RULES[RULES.index("行政") :]),
        ("行政规范性文件\n", RULES),
    ):
        report = reading(menu + TITLE + OVERVIEW + PROACTIVE + rows).report
        assert "overview" in report.sections
        assert report.values["proactive.normative_documents.in_force"] == 8


def test_an_entry_of_a_menu_is_no_part_of_the_organs_name():
    assert reading("法定主动公开内容\n政府信息公开年报\n" + OVERVIEW + PROACTIVE + RULES).report.organ is None
    listed = "云川镇财政所\n• 青岭县云川镇财政所2023年政府信息公开工作年度报告\n"
    assert reading(listed + OVERVIEW + PROACTIVE + RULES).report.organ == "青岭县云川镇财政所"


def test_of_two_titles_the_one_with_the_place_names_the_organ():
    titles = "青岭区档案局2023年政府信息公开工作年度报告\n2023年度档案局政府信息公开工作年度报告\n"
    assert reading(titles + OVERVIEW + PROACTIVE + RULES).report.organ == "青岭区档案局"
