"""The power to make 规章 after 立法法 第九十一条、第九十三条."""

import pytest

from gongkai.law.powers import organ_kind


@pytest.mark.parametrize(
    "organ",
    [
        "清河镇人民政府",
        "青山乡",
        "柳河县白水镇",
        "东湖街道办事处",
        "南岗街道",
        "清河县人民政府",
        "江州市东湖区人民政府",
        "江州市东湖区人民政府办公室",
        "白水自治县人民政府",
        "青山旗人民政府",
        "清河县财政局",
        "江州市东湖区市场监督管理局",
        "江州市东湖区卫生健康委员会",
        "江州高新技术产业开发区管理委员会",
        "江州新区管委会",
    ],
)
def test_towns_counties_districts_and_their_departments_lack_the_power(organ):
    kind = organ_kind(organ)
    assert kind is not None
    assert kind.power == "lacks"


@pytest.mark.parametrize("organ", ["江河省人民政府", "白山自治区人民政府", "上海市人民政府", "白水自治州人民政府"])
def test_provinces_and_autonomous_prefectures_have_the_power(organ):
    kind = organ_kind(organ)
    assert kind is not None
    assert kind.power == "has"


@pytest.mark.parametrize(
    "organ",
    [
        "江州市人民政府",  # may be that of a county-level city
        "景德镇市人民政府",
        "新乡市人民政府",
        "萍乡市财政局",
        "江州市人民政府办公室",  # may report for the government
        "江州市财政局",
        "江河省自然保护区管理局",
        "白山自治区财政厅",
        "国家税务总局东湖区税务局",
        "中华人民共和国教育部",
        "江州市县域经济发展局",
        "江州市城区管理办公室",
        "某某集团",
    ],
)
def test_a_name_that_does_not_tell_leaves_the_power_open(organ):
    kind = organ_kind(organ)
    assert kind is None or kind.power != "lacks"
