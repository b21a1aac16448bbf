"""A report as paragraphs and tables with merged cells: what every layout sets, with the liberties that offices take.

``Dress`` says which liberties: headings numbered otherwise, labels shortened, rows added, figures with units, another
script. A draft knows which cell each figure is in, and what of it can't be told for certain.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from . import form, prose
from .figures import printed_figures
from .model import Number, Sample


@dataclass
class Cell:
    """A cell of a table: its text, the key of the figure in it if any, and how many columns and rows it covers.

    ``covered``: not a cell of its own, but the place into which one reaches from above (see ``with_covered``).
    """

    text: str
    key: str | None = None
    columns: int = 1
    rows: int = 1
    covered: bool = False


@dataclass
class Table:
    """A table of the form; a cell covered by one above or to the left does not stand in ``rows``."""

    name: str
    width: int
    rows: list[list[Cell]]


@dataclass
class Paragraph:
    """``kind``: ``title``, ``heading`` (of a section), ``text``, ``around`` (not of the report: navigation, dates).

    ``section``: the key of the section in which a text stands.
    """

    text: str
    kind: str = "text"
    section: str = ""


Block = Paragraph | Table


@dataclass(frozen=True)
class Dress:
    """The liberties an office takes. Each name is of something seen in published reports."""

    title: str = "line"  # line, none, doubled, two lines
    numbering: str = "official"  # official, arabic, bracketed, restarted, one stray
    headings: str = "official"  # official, loose, doubled, explained, spaced
    articles: str = "official"  # official, spaced, named, missing
    labels: str = "official"  # official, short, spaced, brief documents, worn, other numbers
    results: str = "leaves"  # leaves, merged: （六）其他处理 as one row of the 2021 form
    explained: bool = False  # explanations in the labels of table 二
    local_row: bool = False  # 其他主动公开文件
    early_prose: bool = False  # narrative inside section two
    figures: str = "plain"  # see ``figures``
    around: bool = False  # navigation text
    misprinted_period: bool = False  # 20251月1日
    script: str = "simplified"  # simplified, traditional, taiwan, readings
    half_width: str = "no"  # no, brackets, all, mixed


PLAIN = Dress()


@dataclass
class Draft:
    """What is to be set. ``values``: what each cell prints; ``unsettled``: cells that even a careful eye may leave."""

    sample: Sample
    dress: Dress
    blocks: list[Block]
    values: dict[str, Number | None]
    marks: dict[str, str]
    broken: tuple[str, ...]
    organ: str | None
    unsettled: set[str] = field(default_factory=set)
    unjudged: set[str] = field(default_factory=set)
    """What besides figures can't be told for certain: ``organ``, ``edition``, ``sections``."""

    @property
    def tables(self) -> list[Table]:
        return [block for block in self.blocks if isinstance(block, Table)]

    @property
    def sections(self) -> dict[str, str]:
        """The text of each section as it is printed, paragraphs separated by a newline."""
        texts = [block for block in self.blocks if isinstance(block, Paragraph)]
        return {key: "\n".join(text.text for text in texts if text.section == key) for key in form.SECTIONS}

    def map_text(self, change: Callable[[str], str]) -> None:
        """Change every text of the draft in place."""
        for block in self.blocks:
            if isinstance(block, Paragraph):
                block.text = change(block.text)
            else:
                for cell in (cell for row in block.rows for cell in row):
                    cell.text = change(cell.text)


def random_dress(rng: random.Random, sample: Sample, *, figures: bool = True) -> Dress:
    """Liberties at random; most reports take none or few. ``figures`` allows figures to be printed with extras."""

    def pick(*others: str, plain: str, share: float) -> str:
        return rng.choice(others) if rng.random() < share else plain

    script = pick("traditional", "taiwan", "readings", plain="simplified", share=0.08)
    return Dress(
        title=pick("none", "doubled", "two lines", plain="line", share=0.3),
        numbering=pick("arabic", "bracketed", "restarted", "one stray", plain="official", share=0.15),
        headings=pick("loose", "loose", "doubled", "explained", "spaced", plain="official", share=0.25),
        articles=pick("spaced", "named", "missing", plain="official", share=0.15),
        labels=pick("short", "spaced", "brief documents", "worn", "other numbers", plain="official", share=0.25),
        results=pick("merged", plain="leaves", share=0.06) if sample.edition == "2021" else "leaves",
        explained=sample.edition == "2019" and rng.random() < 0.12,
        local_row=rng.random() < (0.08 if sample.edition == "2019" else 0.03),
        early_prose=rng.random() < 0.08,
        figures=pick("thousands", "spaces", "stray mark", "remark", "units", "signs", plain="plain", share=0.3)
        if figures
        else "plain",
        around=rng.random() < 0.2,
        misprinted_period=rng.random() < 0.03,
        script=script,
        half_width=pick("brackets", "all", "mixed", plain="no", share=0.25),
    )


def draw_up(rng: random.Random, sample: Sample, dress: Dress = PLAIN) -> Draft:
    """The draft of a report in a dress."""
    values, marks, broken = dict(sample.values), dict(sample.marks), sample.broken
    rows = form.ROWS[sample.edition]
    if dress.results == "merged":
        rows = form.MERGED_ROWS_2021
        broken = _merge_other(values, marks, broken)
    figures = printed_figures(rng, values, marks, dress.figures)
    draft = Draft(sample, dress, [], values, marks, broken, sample.organ, set(figures.unsettled))
    draft.blocks = list(_blocks(rng, draft, figures.texts, rows))
    if dress.figures == "stray mark" and rng.random() < 0.4:
        first = rng.choice([b for b in draft.blocks if isinstance(b, Paragraph) and b.kind in ("title", "text")][:2])
        first.text = "[bookmark: _GoBack]" + first.text
    if dress.title == "none":
        draft.organ = None
        draft.unjudged.add("organ")  # the introduction may name it
    if dress.half_width != "no":
        draft.map_text(lambda text: _narrowed(rng, text, dress.half_width))
    if dress.script != "simplified":
        from .script import converter

        convert = converter(dress.script)
        draft.map_text(convert)
        draft.organ = draft.organ and convert(draft.organ)
        draft.unjudged.add("sections")
        if dress.script == "readings":
            draft.unjudged.add("organ")
    return draft


def _narrowed(rng: random.Random, text: str, how: str) -> str:
    """Punctuation as wide as a Latin letter: ``all`` of it, ``brackets`` only, or ``mixed``, here so and there so."""
    wide, narrow = ("（）", "()") if how == "brackets" else ("（），：；", "(),:;")
    if how == "mixed":
        return "".join(narrow[wide.index(c)] if c in wide and rng.random() < 0.5 else c for c in text)
    return text.translate(str.maketrans(wide, narrow))


def _merge_other(values: dict[str, Number | None], marks: dict[str, str], broken: tuple[str, ...]) -> tuple[str, ...]:
    """Print （六）其他处理 as one row: its figures are the sums of the three rows, which then have no cells."""
    hit = set(broken)
    for column in form.APPLICANTS:
        trio = [f"applications.{row}.{column}" for row in ("other_uncorrected", "other_fee_unpaid", "other")]
        figures = [values[key] for key in trio]
        printed = [figure for figure in figures if figure is not None]
        if hit & set(trio):
            hit = hit - set(trio) | {trio[2]}
        values[trio[2]] = sum(printed) if printed else None
        if printed:
            marks.pop(trio[2], None)
        for key in trio[:2]:
            del values[key]
            marks.pop(key, None)
    return tuple(sorted(hit))


def _blocks(
    rng: random.Random, draft: Draft, texts: dict[str, str], rows: tuple[form.ResultRow, ...]
) -> Iterator[Block]:
    sample, dress = draft.sample, draft.dress
    named = dress.title != "none"
    if dress.around:
        yield from _before(rng, sample)
    yield from _title(rng, sample, dress)
    introduction = sample.introduction if named else prose.anonymous_introduction(rng, sample.year)
    if dress.misprinted_period:
        introduction = introduction.replace(f"{sample.year}年1月1日", f"{sample.year}1月1日")
    for line in filter(None, introduction.split("\n")):
        yield Paragraph(line)
    stray = rng.randrange(6)
    for place, (key, heading) in enumerate(form.SECTIONS.items()):
        yield from _heading(rng, sample, dress, place, key, heading, stray)
        if key == "proactive":
            if dress.early_prose:
                yield Paragraph(
                    f"按照应公开尽公开的原则，全年在门户网站发布信息{rng.randint(5, 3000)}条，具体如下：", section=key
                )
            yield proactive_table(rng, sample.edition, texts, dress)
        elif key == "applications":
            yield applications_table(rows, texts, dress)
        elif key == "remedies":
            yield remedies_table(texts)
        for line in filter(None, sample.sections[key].split("\n")):
            yield Paragraph(line, section=key)
    if dress.around:
        yield Paragraph("上一篇：没有了    下一篇：没有了", "around")
        yield Paragraph("网站标识码：0000000000    建议使用1366×768以上分辨率浏览", "around")


def _before(rng: random.Random, sample: Sample) -> Iterator[Paragraph]:
    yield Paragraph("网站支持IPv6    无障碍阅读    登录 注册", "around")
    yield Paragraph("当前位置：首页 > 政务公开 > 政府信息公开年报", "around")
    day = f"{sample.year + 1}-01-{rng.randint(10, 31)}"
    yield Paragraph(
        f"发布日期：{day} {rng.randint(8, 17)}:{rng.randint(10, 59)}    浏览次数：{rng.randint(3, 900)}", "around"
    )


def _title(rng: random.Random, sample: Sample, dress: Dress) -> Iterator[Paragraph]:
    title = sample.title
    if dress.title == "none":
        return
    if dress.title == "two lines":
        cut = len(sample.organ) if title.startswith(sample.organ) and rng.random() < 0.5 else title.index("工作")
        yield Paragraph(title[:cut], "title")
        yield Paragraph(title[cut:], "title")
        return
    yield Paragraph(title, "title")
    if dress.title == "doubled":
        yield Paragraph(
            f"来源：{sample.organ}    发布时间：{sample.year + 1}-01-{rng.randint(10, 31)}    字体：大 中 小", "around"
        )
        yield Paragraph(title, "title")


_LOOSE = {
    "overview": ("总体情况", "工作基本情况", "概述"),
    "proactive": ("主动公开政府信息情况", "主动公开情况", "主动公开政府信息的情况"),
    "applications": ("收到和处理政府信息公开申请情况", "收到和处理政府信息公开申请的情况"),
    "remedies": ("政府信息公开行政复议、行政诉讼情况", "政府信息公开行政复议和行政诉讼情况"),
    "problems": (form.PROBLEMS_2019, "存在问题及改进情况", "存在的主要问题和改进措施"),
    "other_matters": ("其他需要报告的事项", "其它需要报告事项", "需要报告的其他事项"),
}


def _heading(
    rng: random.Random, sample: Sample, dress: Dress, place: int, key: str, heading: str, stray: int
) -> Iterator[Paragraph]:
    if key == "problems" and sample.edition == "2019":
        heading = form.PROBLEMS_2019
    if dress.headings == "loose":
        heading = rng.choice(_LOOSE[key])
    elif dress.headings == "explained" and key in ("proactive", "applications", "remedies"):
        heading += "（以下数据由相关科室提供）"
    numeral = f"{form.NUMERALS[place]}、"
    match dress.numbering:
        case "arabic":
            numeral = f"{place + 1}、"
        case "bracketed":
            numeral = f"（{form.NUMERALS[place]}）"
        case "restarted":
            numeral = f"{form.NUMERALS[place if place < 4 else place - 4]}、"
        case "one stray" if place == stray:
            numeral = rng.choice((f"{place + 1}、 ", f"（{place + 1}）"))
    if dress.headings == "spaced":
        numeral = f"  {numeral} "
    yield Paragraph(numeral + heading, "heading")
    if dress.headings == "doubled":
        yield Paragraph(numeral + heading, "heading")


def _article(heading: str, style: str) -> str:
    match style:
        case "spaced":
            return heading.replace("条第", "条  第")
        case "named":
            return "《中华人民共和国政府信息公开条例》" + heading
    return heading


_NOTES = {
    "规章": "（设区的市、自治州以上人民政府填写）",
    "规范性文件": "（指行政机关制定并公布、在一定期限内反复适用的公文）",
    "上一年项目数量": "（指截至上年底的事项数）",
    "本年增/减": "（本年比上年增加或者减少的项数，减少以负数表示，如-8）",
    "处理决定数量": "（指全年办件数）",
    "采购总金额": "（单位以实际填写为准）",
}


def proactive_table(rng: random.Random, edition: str, texts: dict[str, str], dress: Dress = PLAIN) -> Table:
    """Table 二: four columns, a strip of rows an item of article 20."""

    def label(text: str) -> str:
        if dress.labels == "brief documents" and text == "行政规范性文件":
            return "规范性文件"
        return text + (_NOTES.get(text, "") if dress.explained else "")

    rows = []
    for strip in form.STRIPS[edition]:
        if dress.articles != "missing":
            rows.append([Cell(_article(strip.heading, dress.articles), columns=4)])
        widths = {1: (3,), 2: (1, 2), 3: (1, 1, 1)}[len(strip.columns)]
        rows.append(
            [Cell(form.INFORMATION)] + [Cell(label(c), columns=w) for c, w in zip(strip.columns, widths, strict=True)]
        )
        for name, keys in strip.rows:
            cells = [Cell(texts[key], key, columns=w) for key, w in zip(keys, widths, strict=True)]
            rows.append([Cell(label(name)), *cells])
        if dress.local_row and strip is form.STRIPS[edition][0]:
            rows.append([Cell("其他主动公开文件"), *(Cell(str(rng.randint(0, 400))) for _ in range(3))])
    return Table("proactive", 4, rows)


_SHORT = {
    "partly_disclosed": "（二）部分公开",
    "other_uncorrected": "1.逾期不补正",
    "other_fee_unpaid": "2.逾期不缴费",
    "declined_reconfirmation": "5.要求确认或重新出具已获取信息",
    "received": "一、本年新收申请数量",
    "carried_in": "二、上年结转申请数量",
}
_WORN = {
    "withheld_other_law": "2.其他法律行政止公开",
    "unavailable_needs_creation": "2.没有现成信需要另行制作",
    "declined_abusive": "4.无正当理由大量复申请",
    "withheld_third_party": "4.保护第三方合权益",
}


def row_label(row: form.ResultRow, style: str) -> str:
    """The label of a row of table 三 as an office prints it."""
    match style:
        case "short":
            return _SHORT.get(row.key, row.label)
        case "worn":
            return _WORN.get(row.key, row.label)
        case "spaced":
            return row.label.replace(".", ". ").replace("）", "） ", 1)
        case "other numbers":
            return row.label.replace(".", "、")
    return row.label


def applications_table(rows: tuple[form.ResultRow, ...], texts: dict[str, str], dress: Dress = PLAIN) -> Table:
    """Table 三: three columns of labels, seven of figures, three header rows."""
    corner = form.CORNER.replace("勾", "钩") if dress.labels == "other numbers" else form.CORNER
    organisations = list(form.APPLICANTS.items())[1:6]
    head = [
        [Cell(corner, columns=3, rows=3), Cell(form.APPLICANTS_HEAD, columns=7)],
        [
            Cell(form.APPLICANTS["natural_person"], rows=2),
            Cell(form.ORGANISATIONS, columns=5),
            Cell(form.APPLICANTS["total"], rows=2),
        ],
        [Cell(label) for _, label in organisations],
    ]
    body: list[list[Cell]] = []
    inside = [row for row in rows if row.result or row.key == "total"]
    group = ""
    for row in rows:
        line = []
        if row is inside[0]:
            line.append(Cell(form.RESULTS, rows=len(inside)))
        if row.group and row.group != group:
            line.append(Cell(row.group, rows=sum(other.group == row.group for other in rows)))
        group = row.group
        line.append(Cell(row_label(row, dress.labels), columns=3 if row not in inside else 1 if row.group else 2))
        keys = [f"applications.{row.key}.{column}" for column in form.APPLICANTS]
        body.append(line + [Cell(texts[key], key) for key in keys])
    return Table("applications", 10, head + body)


def remedies_table(texts: dict[str, str]) -> Table:
    """Table 四: fifteen figures on one row under three header rows."""
    outcomes = list(form.OUTCOMES.values())
    return Table(
        "remedies",
        15,
        [
            [Cell(form.REMEDIES["reconsideration"], columns=5), Cell(form.LITIGATION, columns=10)],
            [
                *(Cell(outcome, rows=2) for outcome in outcomes),
                Cell(form.REMEDIES["litigation_direct"], columns=5),
                Cell(form.REMEDIES["litigation_after_reconsideration"], columns=5),
            ],
            [Cell(outcome) for outcome in outcomes * 2],
            [Cell(texts[key], key) for key in form.remedy_keys()],
        ],
    )
