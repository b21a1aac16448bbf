"""Time limits of reconsideration and litigation (行政复议、行政诉讼): the organ's own and the applicant's.

Where 行政复议法 says 三日、五日、七日、十日 it means working days (its Article 88, second paragraph); all else is days and
months of the calendar, whose last day, if a day off, gives way to the next working day (``time_limits.toml``).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from .calendar import Calendar, chinese_date
from .time_limits import Mark, Rules, TimeLimit


@dataclass(frozen=True, slots=True)
class RemedyLimit:
    """A due day, with its article and a Chinese explanation. ``key``: of the time limit.

    ``mark``: "memory" where the day rests on a rule that was not checked. ``provisional``: some day that was counted
    belongs to a year whose holidays are not yet announced.
    """

    key: str
    label: str
    due: date
    article: str
    explanation: str
    mark: Mark = ""
    provisional: bool = False


def answer_to_reconsideration(received_on: date, calendar: Calendar, rules: Rules, *, summary: bool) -> RemedyLimit:
    """When the organ's written answer is due, after it received the copy. ``summary``: 简易程序."""
    key = "reconsideration_answer_summary" if summary else "reconsideration_answer"
    return _limit(rules[key], received_on, calendar, rules)


def reconsideration_decision(
    accepted_on: date, calendar: Calendar, rules: Rules, *, summary: bool, extended_by: int = 0
) -> RemedyLimit:
    """When the reconsideration is to be decided. ``extended_by``: days by which it was put off (普通程序, at most 30)."""
    limit = rules["reconsideration_decision_summary" if summary else "reconsideration_decision"]
    most = 0 if summary else rules["reconsideration_decision_extension"].length
    if not 0 <= extended_by <= most:
        raise ValueError(f"extended by 0 to {most} days, not {extended_by}")
    return _limit(replace(limit, length=limit.length + extended_by), accepted_on, calendar, rules)


def report_on_reconsideration_opinion(received_on: date, calendar: Calendar, rules: Rules) -> RemedyLimit:
    """When the organ must report what it put right after 行政复议意见书."""
    return _limit(rules["reconsideration_opinion"], received_on, calendar, rules)


def answer_to_lawsuit(received_on: date, calendar: Calendar, rules: Rules) -> RemedyLimit:
    """When evidence and 答辩状 are due in court, after the organ received the copy of the complaint."""
    return _limit(rules["litigation_answer"], received_on, calendar, rules)


def appeal(served_on: date, calendar: Calendar, rules: Rules, *, ruling: bool = False) -> RemedyLimit:
    """Until when an appeal lies against a judgment of first instance, or against a ``ruling`` (裁定)."""
    return _limit(rules["appeal_ruling" if ruling else "appeal_judgment"], served_on, calendar, rules)


def apply_for_reconsideration(known_on: date, calendar: Calendar, rules: Rules, *, told: bool = True) -> RemedyLimit:
    """Until when the applicant may ask for reconsideration.

    ``told``: whether the decision told of the right, the organ and the time limit. If not, this is the longest that it
    may last, counted from the day on which the applicant knew what was decided.
    """
    key = "reconsideration_apply" if told else "reconsideration_apply_untold"
    return _limit(rules[key], known_on, calendar, rules)


def sue_directly(known_on: date, calendar: Calendar, rules: Rules) -> RemedyLimit:
    """Until when the applicant may sue without reconsideration, where it is not required first."""
    return _limit(rules["litigation_apply"], known_on, calendar, rules)


def sue_after_reconsideration(received_on: date, calendar: Calendar, rules: Rules) -> RemedyLimit:
    """Until when the applicant may sue after the reconsideration decision was received, or was overdue."""
    return _limit(rules["litigation_after_reconsideration"], received_on, calendar, rules)


def sue_after_refused_reconsideration(received_on: date, calendar: Calendar, rules: Rules) -> RemedyLimit:
    """The same where reconsideration is required first, and was not accepted, was dismissed or remained unanswered."""
    return _limit(rules["litigation_after_refused_reconsideration"], received_on, calendar, rules)


def _limit(limit: TimeLimit, started: date, calendar: Calendar, rules: Rules) -> RemedyLimit:
    nominal, due = limit.nominal_end(started, calendar), limit.ends(started, calendar)
    explanation = f"{limit.starts}（{chinese_date(started)}）不计入，自次日起算，期限{limit.span}，"
    article, mark = limit.article, limit.mark
    if due == nominal:
        explanation += f"最后一日是{chinese_date(due)}。"
    else:
        explanation += (
            f"最后一日{chinese_date(nominal)}不是工作日（{calendar.why(nominal)}），顺延到{chinese_date(due)}。"
        )
        article, mark = f"{article}；{rules.moves_article}", mark or rules.moves_mark
    # days of the calendar pass whatever a notice says; only where the period ends does it matter
    relied_on = range(started.year if limit.unit == "working_day" else nominal.year, due.year + 1)
    open_years = [year for year in relied_on if calendar.notice(year) is None]
    if open_years:
        explanation += f"{open_years[0]}年的放假安排尚未收录，这一日期是暂定的。"
    return RemedyLimit(limit.key, limit.label, due, article, explanation, mark, bool(open_years))
