"""Rules of the text: slips of the pen and of the word processor, and names that must be right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from ..law.instruments import instrument
from ..report.finding import Finding, Where
from ..report.form import editions, load_form
from .basis import PRACTICE, PUNCTUATION
from .coverage import coverage
from .findings import enumerate_some, found
from .passages import KEPT, Passage, flatten, form_of, passages, sentence_at
from .rules import Subject, rule

# ── 重复 ──────────────────────────────────────────────────────────────────────────────────────────────────────

_DOUBLED = re.compile(r"([一-鿿]{2,8})\1")
# 一步一步、一户一户、逐条逐条: a classifier doubled on purpose
_BY_ONES = ("一", "逐", "每", "几", "层层", "家家", "人人", "年年", "时时", "处处", "事事", "件件", "个个", "代代")
_LEGITIMATE = frozenset(
    ["非常", "很多", "许多", "好多", "研究", "商量", "讨论", "学习", "谢谢", "了解", "十分", "常常"]
)
# after the repeated word: it begins a compound of its own (公开公开栏, 工作工作人员, 规范规范性文件, 研究研究生)
_COMPOUND = re.compile(
    "性|化|生|员|者|型|类|率|人员|机构|部门|对象|中心|栏|专栏|专区|指南|要点|方案|机制|制度|规则|流程|计划|办法|条例|用地|"
    "文件|单位|事项|目录|内容|透明|平台|信息|制|组|日|会|处|科|股|局|厅|机关|系统|网|体系|能力|水平|质量|情况"
)


@rule(
    "doubled-words",
    family="text",
    severity="warning",
    basis=PRACTICE,
    summary="同一个词连写两遍，多为误植。",
)
def doubled_words(subject: Subject) -> Iterator[Finding]:
    for passage in passages(subject.report):
        for match in _DOUBLED.finditer(passage.tight):
            word = match[1]
            if word.startswith(_BY_ONES) or word in _LEGITIMATE or len(set(word)) == 1:
                continue
            if len(word) == 2 and _COMPOUND.match(passage.tight, match.end()):
                continue
            yield found(
                "doubled-words",
                "warning",
                f"{passage.name}“{word}”一词重复，写成了“{match[0]}”，请核对后删去多余的一个。",
                where=passage.where(sentence_at(passage.tight, match.start(), match.end())),
            )


_MARKS = re.compile(r"([，、；：。！？,;])(?=([，、；：。！？,;]))")
_ALLOWED_PAIRS = frozenset(["！！", "？？", "！？", "？！"])


@rule(
    "doubled-punctuation",
    family="text",
    severity="warning",
    basis=PUNCTUATION,
    summary="标点符号重复或者相邻，如“。。”“，。”。",
)
def doubled_punctuation(subject: Subject) -> Iterator[Finding]:
    for passage in passages(subject.report):
        text = passage.tight
        seen = -1
        for match in _MARKS.finditer(text):
            pair = match[1] + match[2]
            if pair in _ALLOWED_PAIRS or match.start() == seen + 1 >= 1:
                seen = match.start()
                continue
            seen = match.start()
            kind = "重复" if match[1] == match[2] else "相连"
            yield found(
                "doubled-punctuation",
                "warning",
                f"{passage.name}标点{kind}：“{_around(text, match.start(), match.end() + 1)}”中有“{pair}”，"
                "请只留一个。",
                where=passage.where(sentence_at(text, match.start(), match.start())),
            )


# ── 括号、引号 ────────────────────────────────────────────────────────────────────────────────────────────────

_PAIRS = {"（": "）", "(": ")", "【": "】", "[": "]", "〔": "〕", "《": "》", "〈": "〉", "“": "”", "「": "」"}
_CLOSERS = {close: opening for opening, close in _PAIRS.items()}
_SAME = {"(": "（", ")": "）", "[": "［", "]": "］"}  # one bracket in two widths
_BRACKET = re.compile("[" + re.escape("".join(_PAIRS) + "".join(_CLOSERS)) + "]")
# 1） and 一) stand alone in lists
_LIST_NUMBER = re.compile(r"(?:^|[\s。；;，,：:、])[0-9０-９一二三四五六七八九十a-zA-Z]{1,3}$")


_DEEPEST = 20  # brackets are not nested deeper in prose; beyond, what is read is no text
_MOST = 100


@dataclass(frozen=True, slots=True)
class _Slip:
    """A bracket or quotation mark that is wrong: what it is, where it stands."""

    kind: str
    mark: str
    start: int
    end: int


@rule(
    "mixed-brackets",
    family="text",
    severity="warning",
    basis=PUNCTUATION,
    summary="一对括号一半全角、一半半角。",
)
def mixed_brackets(subject: Subject) -> Iterator[Finding]:
    yield from _slips(subject, "mixed", "mixed-brackets")


@rule(
    "unbalanced-brackets",
    family="text",
    severity="warning",
    basis=PUNCTUATION,
    summary="括号、引号、书名号应当成对。",
)
def unbalanced_brackets(subject: Subject) -> Iterator[Finding]:
    yield from _slips(subject, "alone", "unbalanced-brackets")


def _slips(subject: Subject, kind: str, code: str) -> Iterator[Finding]:
    texts = list(passages(subject.report))
    cut = coverage(subject).cut
    if subject.reading is not None:
        texts[:0] = [
            Passage(heading.section, None, "标题", heading.printed)
            for heading in subject.reading.headings
            if heading.level == 1
        ]
    for passage in texts:
        slips = [slip for slip in _bracket_slips(passage.text) if slip.kind == kind]
        if cut and passage is texts[-1]:  # what was opened may have been closed behind the cut
            slips = [slip for slip in slips if slip.mark not in _PAIRS]
        if not slips:
            continue
        shown = enumerate_some([f"“{_around(passage.text, slip.start, slip.end)}”" for slip in slips], 3, "处")
        first = slips[0]
        if kind == "mixed":
            message = f"{passage.name}括号全角、半角混用：{shown}。一对括号请统一用全角（ ）。"
        else:
            name = "引号" if first.mark in "“”" else "书名号" if first.mark in "《》〈〉" else "括号"
            message = f"{passage.name}{name}不成对：{shown}。请补上缺少的一半，或者删去多余的一半。"
        yield found(code, "warning", message, where=passage.where(sentence_at(passage.text, first.start, first.end)))


@lru_cache(maxsize=KEPT)
def _bracket_slips(text: str) -> tuple[_Slip, ...]:
    """The brackets of a text that have no partner, or one of the other width."""
    slips: list[_Slip] = []
    stack: list[tuple[str, int]] = []
    for match in _BRACKET.finditer(text):
        mark, place = match[0], match.start()
        if mark in _PAIRS:
            stack.append((mark, place))
            continue
        if len(slips) > _MOST:
            break
        inner = islice(reversed(stack), _DEEPEST)
        depth = next((n for n, (opening, _) in enumerate(inner, 1) if _partners(opening, mark)), 0)
        if not depth:
            if mark not in "）)" or not _LIST_NUMBER.search(text, max(0, place - 5), place):
                slips.append(_Slip("alone", mark, place, place + 1))
            continue
        slips += [_Slip("alone", opening, start, start + 1) for opening, start in stack[len(stack) - depth + 1 :]]
        opening, start = stack[len(stack) - depth]
        del stack[len(stack) - depth :]
        if _PAIRS[opening] != mark:
            slips.append(_Slip("mixed", opening + mark, start, place + 1))
    slips += [_Slip("alone", opening, start, start + 1) for opening, start in stack[:_MOST]]
    return tuple(slips)


def _partners(opening: str, close: str) -> bool:
    """Whether the two make a pair, in one width or in two."""
    own = _PAIRS[opening]
    return own == close or _SAME.get(own, own) == _SAME.get(close, close)


# ── 残留字符、名称 ────────────────────────────────────────────────────────────────────────────────────────────

_STRAY = re.compile(
    r"\[bookmark:[^\]\n]{0,40}\]|_GoBack|错误[！!]未(?:找到引用源|定义书签)|Error! (?:Reference|Bookmark)[^.\n]{0,30}|"
    r"HYPERLINK\s|MERGEFIELD|MERGEFORMAT|&(?:nbsp|ldquo|rdquo|amp|lt|gt|#\d{2,5});|</?(?:o:p|span|font|p|br)\b[^>\n]{0,60}>|\ufffd"
)


@rule(
    "stray-marks",
    family="text",
    severity="warning",
    basis=PRACTICE,
    summary="文字处理软件或者网页留下的标记混入正文、标题或者表格，如“[bookmark: _GoBack]”。",
)
def stray_marks(subject: Subject) -> Iterator[Finding]:
    report, reading = subject.report, subject.reading
    places: list[tuple[str, str, Where | None]] = [("标题", report.title or "", None)]
    places += [(passage.name, passage.text, passage.where()) for passage in passages(report, whole=True)]
    if reading is not None:
        cells = subject.form.cells if subject.form else {}
        places += [(f"第{h.section}部分标题", h.printed, None) for h in reading.headings if h.level == 1]
        for key, evidence in reading.evidence.items():
            if len(evidence.raw) > 5 and key in cells:
                places.append((cells[key].name, evidence.raw, Where(table=evidence.table, row=evidence.row)))
    for name, text, where in places:
        if match := _STRAY.search(text):
            shown = "无法显示的字符" if match[0] == "\ufffd" else f"“{match[0].strip()}”"
            yield found(
                "stray-marks",
                "warning",
                f"{name}混入了{shown}，是文字处理软件或者网页留下的标记，请删去后重新发布。",
                where=where,
            )


_WRONG_NAMES = (
    "中国人民共和国政府信息公开条例",
    "中华人民共和国政务信息公开条例",
    "政府信息公开条列",
    "政务信息公开条列",
)
_ORDER_NUMBER = re.compile(r"信息公开条例》?[（(](?:以下简称[^）)]*[）)][（(])?[^）)]{0,6}令第?(\d+)号")
_NOTICE = re.compile(r"国办公开办函[〔\[(（【]?(\d{4})[〕\])）】]?第?(\d+)号")
_REGULATIONS = instrument("regulations")


@rule(
    "regulation-name",
    family="text",
    severity="note",
    basis=f"{_REGULATIONS.cited}；国办公开办函〔2021〕30号、〔2019〕60号",
    summary="条例名称、国务院令号和年度报告格式的文号应当写对。",
)
def regulation_name(subject: Subject) -> Iterator[Finding]:
    form = form_of(subject.report, subject.form)
    notices = {flatten(load_form(edition).notice): edition for edition in editions()}
    for passage in passages(subject.report):
        text = passage.flat
        for wrong in (name for name in _WRONG_NAMES if name in text):
            place = text.find(wrong)
            yield found(
                "regulation-name",
                "note",
                f"{passage.name}写作“{wrong}”，正确的名称是“{_REGULATIONS.name}”。",
                where=passage.where(sentence_at(text, place, place + len(wrong))),
            )
        if (match := _ORDER_NUMBER.search(text)) and int(match[1]) != _REGULATIONS.ordinal:
            yield found(
                "regulation-name",
                "note",
                f"{passage.name}写作国务院令第 {match[1]} 号，现行条例是国务院令第 {_REGULATIONS.ordinal} 号。",
                where=passage.where(sentence_at(text, match.start(), match.end())),
            )
        for match in _NOTICE.finditer(text):
            cited = notices.get(f"国办公开办函〔{match[1]}〕{match[2]}号")
            if cited != form.edition:
                yield found(
                    "regulation-name",
                    "note",
                    f"{passage.name}引用“{match[0]}”，本报告所用 {form.edition} 版格式的文号是{form.notice}。请核对。",
                    where=passage.where(sentence_at(text, match.start(), match.end())),
                )


_WIDE_DIGITS = re.compile(r"[０-９]+")


@rule(
    "full-width-digits",
    family="text",
    severity="note",
    basis="出版物上数字用法（GB/T 15835—2011）",
    summary="正文数字用半角阿拉伯数字，不与全角数字混用。",
)
def full_width_digits(subject: Subject) -> Iterator[Finding]:
    for passage in passages(subject.report):
        wide = _WIDE_DIGITS.findall(passage.text)
        if wide and re.search(r"[0-9]", passage.text):
            yield found(
                "full-width-digits",
                "note",
                f"{passage.name}既有全角数字（“{wide[0]}”等 {len(wide)} 处），又有半角数字，请统一用半角。",
                where=passage.where(),
            )


def _around(text: str, start: int, end: int) -> str:
    """A few characters on either side within the paragraph, for a message."""
    before, after = text[max(0, start - 6) : start], text[end : end + 6]
    return (before.rpartition("\n")[2] + text[start:end].replace("\n", " ") + after.partition("\n")[0]).strip()
