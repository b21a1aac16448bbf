"""Ties of typed sentences: only where words and tables leave no doubt."""

from dataclasses import replace

from gongkai.narrative import found, texts_of

from .samples import FIGURES, report_and_ties


def ties_of(overview, report=FIGURES):
    """The numerals tied in this text of section one, with their cells."""
    report = replace(report, introduction="", sections={"overview": overview})
    return {overview[one.start : one.end]: one.sources for one in found(report)}


def with_values(**values):
    """The figures with some totals of 表三 changed."""
    return replace(FIGURES, values={**FIGURES.values, **{f"applications.{k}.total": v for k, v in values.items()}})


def test_a_typed_figure_that_agrees_with_its_cell_is_tied():
    assert ties_of("全年新收政府信息公开申请19件。") == {"19": ("applications.received.total",)}


def test_a_figure_that_does_not_agree_is_left_to_the_checks():
    assert ties_of("全年新收政府信息公开申请18件。") == {}


def test_a_word_of_two_meanings_is_tied_where_the_tables_tell_which():
    assert ties_of("全年受理政府信息公开申请20件。") == {
        "20": ("applications.received.total", "applications.carried_in.total")
    }


def test_a_word_of_two_meanings_that_both_fit_is_not_tied():
    assert ties_of("全年受理政府信息公开申请19件。", with_values(carried_in=0)) == {}


def test_about_so_many_and_shares_are_not_tied():
    assert ties_of("全年新收政府信息公开申请近19件，办结率100%。") == {}


def test_numerals_in_characters_are_not_tied():
    assert ties_of("全年新收政府信息公开申请十九件。") == {}


def test_what_is_tied_already_is_left_out():
    report, ties = report_and_ties()
    assert not {(one.section, one.start) for one in found(report, ties)} & {(one.section, one.start) for one in ties}


def test_what_the_composer_tied_is_found_in_its_text_with_the_same_cells():
    report, ties = report_and_ties()
    composed = {(one.section, one.start): one.sources for one in ties}
    again = found(report)
    assert len(again) >= 6
    for one in again:
        assert set(composed[one.section, one.start]) == set(one.sources)
        assert texts_of(report)[one.section][one.start : one.end] == str(one.value)
