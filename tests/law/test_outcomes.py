"""The law's lists are complete, tied to the form, and do not repeat it."""

import tomllib
from importlib.resources import files

import pytest

from gongkai import law
from gongkai.law.terms import LawError, check_records, parse_records
from gongkai.report.form import editions, load_form
from gongkai.report.wording import numbering, unnumbered


def form_rows(edition, table):
    return [row for block in load_form(edition).table(table).blocks for row in block.rows]


def form_columns(edition, table):
    return [column for block in load_form(edition).table(table).blocks for column in block.columns]


def test_every_result_row_of_the_form_is_an_outcome_and_in_its_order():
    assert [term.code for term in law.outcomes().terms] == [
        row.key for row in form_rows("2021", "applications") if row.result
    ]
    assert len(law.outcomes().terms) == 21


def test_every_column_of_applicants_is_a_kind_of_applicant():
    columns = [column.key for column in form_columns("2021", "applications") if not column.total]
    assert [term.code for term in law.applicant_kinds().terms] == columns
    assert len(columns) == 6


def test_remedies_cover_table_four():
    kinds = [term.code for term in law.remedy_kinds().terms]
    results = [term.code for term in law.remedy_results().terms]
    cells = {f"remedies.{kind}.{result}" for kind in kinds for result in (*results, "total")}
    assert cells == {key for key in load_form("2021").cells if key.startswith("remedies.")}


def test_documents_and_decisions_cover_table_two():
    documents = {
        f"proactive.{term.code}.{figure}"
        for term in law.document_kinds().terms
        for figure in ("issued", "repealed", "in_force")
    }
    decisions = {f"proactive.{term.code}" for term in law.decision_kinds().terms}
    assert documents | decisions == {key for key in load_form("2021").cells if key.startswith("proactive.")}


@pytest.mark.parametrize("edition", editions())
def test_every_outcome_has_a_row_in_every_edition(edition):
    results = {row.key for row in form_rows(edition, "applications") if row.result}
    assert {law.outcome_row(term.code, load_form(edition)) for term in law.outcomes().terms} == results


def test_the_first_edition_counts_uncorrected_and_unpaid_as_other():
    form = load_form("2019")
    assert law.outcome_row("other_uncorrected", form) == law.outcome_row("other_fee_unpaid", form) == "other"
    assert law.outcome_row("declined_repeat", form) == "declined_repeat"


def test_every_outcome_names_its_article_and_its_group():
    by_code = {term.code: term for term in law.outcomes().terms}
    assert by_code["withheld_third_party"].article.endswith("第十五条")
    assert by_code["withheld_third_party"].listed == "（三）不予公开：4.保护第三方合法权益"
    assert by_code["disclosed"].listed == "（一）予以公开"
    assert by_code["partly_disclosed"].listed == "（二）部分公开"
    assert all(term.article for term in law.outcomes().terms)


def test_every_channel_cites_article_31_and_says_when_an_application_is_received():
    for term in law.channels().terms:
        assert "第三十一条" in term.article
        assert term.note


@pytest.mark.parametrize("name", ["outcomes.toml", "applicants.toml", "remedies.toml"])
def test_no_label_of_the_form_is_typed_again(name):
    """A label, variant or number that the form already has must not stand in the law's files."""
    form = load_form("2021")
    printed = {cell.row.label for cell in form.cells.values()} | {cell.column.heading for cell in form.cells.values()}
    printed |= {word for cell in form.cells.values() for word in (*cell.row.variants, *cell.column.variants)}
    printed |= {unnumbered(label) for label in printed}
    printed -= {"其他", "总计"}  # words too short to be a label of one place
    lists = tomllib.loads(files("gongkai.law").joinpath(name).read_text("utf-8"))
    words = {
        word
        for terms in lists.values()
        for term in terms
        for word in (term.get("label", ""), *term.get("variants", ()))
    }
    assert not words & printed


def test_drop_down_lists_have_no_entry_twice_and_none_with_a_comma():
    for vocabulary in (law.outcomes(), law.applicant_kinds(), law.channels(), law.remedy_kinds(), law.remedy_results()):
        listed = [term.listed for term in vocabulary.terms]
        assert len(set(listed)) == len(listed)
        assert not any("," in text or '"' in text for text in listed)


def test_numbers_and_explanations_are_told_from_labels():
    assert numbering("（二）部分公开（区分处理的，只计这一情形）") == "（二）"
    assert unnumbered("（二）部分公开（区分处理的，只计这一情形）") == "部分公开"
    assert unnumbered("1.属于国家秘密") == "属于国家秘密"
    assert unnumbered("一、本年新收") == "本年新收"
    assert numbering("其他") == ""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[terms]]\nlabel = '甲'", ["terms[0]", "缺少 code"]),
        ("[[terms]]\ncode = 'a'\ncolour = 'red'", ["terms[0]", "colour"]),
        ("[[terms]]\ncode = 'a'\n[[terms]]\ncode = 'a'", ["terms[1]", "重复"]),
        ("[[terms]]\ncode = 'a'\nvariants = '甲'", ["variants"]),
        ("[[terms]]\ncode = 3", ["code"]),
        ("[[terms]]\ncode = 'a'\ncode = 'b'", ["TOML"]),
        ("[[others]]\ncode = 'a'", ["others"]),
    ],
)
def test_a_mistake_in_a_data_file_is_named_with_its_place(text, words):
    with pytest.raises(LawError) as caught:
        parse_records(text, "x.toml", "terms")
    for word in ("x.toml", *words):
        assert word in str(caught.value)


def test_well_formed_records_pass_unchanged():
    records = [{"code": "a", "label": "甲", "variants": ["乙"]}]
    assert check_records(records, "x") == tuple(records)
