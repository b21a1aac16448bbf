"""The commands import_ledger and export_ledger."""

from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from gongkai.ledger import compile_ledger
from gongkai.office.cases.models import Case
from gongkai.office.interchange.models import ImportRun, LedgerAnswers
from gongkai.office.organs.models import Organ

from .ledgers import application, ledger, remedy, spreadsheet


@pytest.fixture
def organ(make_person):
    return make_person("clerk").holdings.get().organ


@pytest.fixture
def file(tmp_path):
    def written(data, name="台账.xlsx"):
        path = tmp_path / name
        path.write_bytes(data)
        return str(path)

    return written


def run(*given, **options):
    import io

    out = io.StringIO()
    call_command(*given, stdout=out, **options)
    return out.getvalue()


def test_a_dry_run_tells_and_writes_nothing(organ, file):
    said = run(
        "import_ledger", file(ledger(application(), application("2026-002", kind=None))), organ=organ.code, dry_run=True
    )
    assert "第 5 行" in said and "没有填写" in said
    assert "将新建 1 行，不能导入 1 行" in said
    assert not Case.objects.exists() and not ImportRun.objects.exists()


def test_an_import_writes_once(organ, file, tmp_path):
    path = file(ledger(application(), remedies=[remedy()]))
    assert "已新建 2 行" in run("import_ledger", path, organ=organ.code, report=str(tmp_path / "报告.xlsx"))
    assert "已存在 2 行" in run("import_ledger", path, organ=organ.code)
    assert Case.objects.count() == 1
    assert (tmp_path / "报告.xlsx").read_bytes()[:2] == b"PK"


def test_answers_are_taken_from_a_file_and_remembered(organ, file, tmp_path):
    heads = ["登记号", "收件日期", "申请人性质", "答复日期", "答复结果"]
    path = file(spreadsheet(登记=[heads, ["1", "2026-03-02", "某类人", "2026-03-09", "予以公开"]]))
    assert "需要回答" in run("import_ledger", path, organ=organ.code, dry_run=True)
    answers = tmp_path / "对照.json"
    answers.write_text('{"values": {"applicant": {"某类人": "enterprise"}}}', "utf-8")
    run("import_ledger", path, organ=organ.code, answers=str(answers))
    assert Case.objects.get().applicant_kind == "enterprise"
    assert "enterprise" in LedgerAnswers.objects.get().mapping


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"organ": "nowhere"}, "没有代码为“nowhere”的机关"),
        ({"channel": "pigeon"}, "没有“pigeon”这一渠道"),
        ({"by": "stranger"}, "不是本机关的经办人"),
        ({"answers": "/nowhere.json"}, "nowhere.json"),
    ],
)
def test_a_wrong_option_is_told_and_writes_nothing(organ, file, change, words):
    with pytest.raises(CommandError, match=words):
        run("import_ledger", file(ledger(application())), **{"organ": organ.code, **change})
    assert not Case.objects.exists()


def test_a_file_that_is_no_ledger_is_refused(organ, file):
    with pytest.raises(CommandError, match="无法打开台账"):
        run("import_ledger", file(b"x"), organ=organ.code)
    with pytest.raises(CommandError, match="还不能导入"):
        run("import_ledger", file(spreadsheet(随便=[["甲"], ["1"]])), organ=organ.code)


def test_what_was_exported_is_imported_elsewhere_with_the_same_tables(organ, file, tmp_path, make_person):
    rows = [
        application(f"2026-{number:04}", received=date(2026, month, 10), finished=finished, outcome=outcome)
        for number, (month, finished, outcome) in enumerate(
            [(1, date(2026, 1, 20), "disclosed"), (2, None, None), (3, date(2026, 4, 1), "declined_repeat")], 1
        )
    ]
    run("import_ledger", file(ledger(*rows, remedies=[remedy(application="2026-0001")])), organ=organ.code)
    first, second = str(tmp_path / "甲.xlsx"), str(tmp_path / "乙.xlsx")
    run("export_ledger", first, organ=organ.code, year=2026)
    other = make_person("clerk").holdings.get().organ
    run("import_ledger", first, organ=other.code)
    run("export_ledger", second, organ=other.code)
    numbers = [set(Case.objects.filter(organ=one).values_list("number", flat=True)) for one in Organ.objects.all()]
    assert numbers[0] == numbers[1] == {"2026-0001", "2026-0002", "2026-0003"}
    tables = [compile_ledger(Path(path).read_bytes(), "甲", 2026).report.values for path in (first, second)]
    assert tables[0] == tables[1]
    assert tables[0]["applications.received.total"] == 3
    assert tables[0]["remedies.reconsideration.pending"] == 1
