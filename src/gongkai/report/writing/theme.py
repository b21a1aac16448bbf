"""Typography as data, for DOCX and PDF alike: faces, sizes, margins, the line's pitch.

``official`` follows GB/T 9704-2012 (an annual report is no 公文, so the standard is taken by analogy): A4, a type area
of 156 mm by 225 mm, 22 lines of 28 characters. Statistical tables keep the official form's 宋体 of 10 points and its
shade. Fonts are named, never shipped; each face lists what may stand in for it.
"""

from __future__ import annotations

from dataclasses import dataclass

A4 = (210.0, 297.0)
"""Width and height of the page, mm."""

ROW_HEIGHT = 17.0
"""Least height of a table's row in points, as in the official form."""

RULE = 0.75
"""Thickness of a table's rules in points."""

CELL_MARGIN = 3.0
"""Points left free at the sides of a table's cell."""

BAND_SHADE = "C6D9F1"
"""The official form's shade of the strips in table 二."""


@dataclass(frozen=True, slots=True)
class Face:
    """A typeface. ``name`` as Word lists it, ``western`` its Latin name, ``akin``: other families of the same design;
    ``instead``: families of another design that may stand in for it, best first; ``family``: ``roman`` with serifs,
    ``swiss`` without, ``script`` for 楷体."""

    name: str
    western: str
    akin: tuple[str, ...]
    instead: tuple[str, ...]
    family: str = "roman"

    @property
    def design(self) -> tuple[str, ...]:
        """All names under which to look for the design."""
        return (self.name, self.western, *self.akin)

    @property
    def families(self) -> tuple[str, ...]:
        """All names under which to look for it or for something in its place."""
        return (*self.design, *self.instead)


@dataclass(frozen=True, slots=True)
class Theme:
    """Page and type. Margins in mm, sizes and ``pitch`` (from line to line) in points, ``indent`` in characters.

    ``tracking``: points added to each character, so that a line holds its 28. ``numbered_aside``: page numbers right on
    odd and left on even pages, between dashes; else plain and centred.
    """

    name: str
    top: float
    right: float
    bottom: float
    left: float
    footer: float
    title: Face
    title_size: float
    body: Face
    body_size: float
    heading: Face
    part: Face
    table: Face
    table_size: float
    note: Face
    pitch: float
    tracking: float
    page_number_size: float
    numbered_aside: bool
    bold_headings: bool

    @property
    def table_pitch(self) -> float:
        """From line to line in a table, in points."""
        return 1.3 * self.table_size

    @property
    def width(self) -> float:
        """Width of the type area in points."""
        return points(A4[0] - self.left - self.right)


def points(millimetres: float) -> float:
    """Millimetres in points of 1/72 inch."""
    return millimetres * 72 / 25.4


_SERIF = ("Noto Serif CJK SC", "Source Han Serif SC", "Noto Serif SC", "AR PL UMing CN", "Noto Sans CJK SC")
_SANS = ("Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC", "WenQuanYi Zen Hei", "WenQuanYi Micro Hei")

SONG = Face("宋体", "SimSun", ("STSong", "Songti SC"), _SERIF)
FANGSONG = Face("仿宋_GB2312", "FangSong_GB2312", ("仿宋", "FangSong", "STFangsong", "FandolFang"), _SERIF)
KAI = Face(
    "楷体_GB2312",
    "KaiTi_GB2312",
    ("楷体", "KaiTi", "STKaiti", "Kaiti SC", "AR PL UKai CN", "LXGW WenKai", "FandolKai"),
    _SERIF,
    "script",
)
HEI = Face("黑体", "SimHei", ("STHeiti", "Heiti SC", "FandolHei"), _SANS, "swiss")
XIAOBIAOSONG = Face(
    "方正小标宋简体",
    "FZXiaoBiaoSong-B05S",
    ("FZXiaoBiaoSong-B05", "方正小标宋_GBK", "STZhongsong"),
    _SERIF,
)

LATIN = Face("Times New Roman", "Times New Roman", ("Liberation Serif", "Tinos", "Nimbus Roman"), ())
"""For figures and Latin letters in every face: what offices print beside Chinese, and has the same widths everywhere."""

THEMES = {
    "official": Theme(
        name="official",
        top=37,
        right=26,
        bottom=35,
        left=28,
        footer=22.5,
        title=XIAOBIAOSONG,
        title_size=22,
        body=FANGSONG,
        body_size=16,
        heading=HEI,
        part=KAI,
        table=SONG,
        table_size=10,
        note=KAI,
        pitch=28.95,
        tracking=-0.25,
        page_number_size=14,
        numbered_aside=True,
        bold_headings=False,
    ),
    "plain": Theme(
        name="plain",
        top=25.4,
        right=31.75,
        bottom=25.4,
        left=31.75,
        footer=17.5,
        title=SONG,
        title_size=18,
        body=SONG,
        body_size=12,
        heading=SONG,
        part=SONG,
        table=SONG,
        table_size=9,
        note=SONG,
        pitch=22,
        tracking=0,
        page_number_size=9,
        numbered_aside=False,
        bold_headings=True,
    ),
}


def title_lines(title: str, organ: str, theme: Theme) -> tuple[str, ...]:
    """The lines of a title, broken where its words allow: after the organ, else after the year, else where it fills."""
    room = theme.width / theme.title_size
    if ems(title) <= room:
        return (title,)
    after_organ = len(organ) if organ and title.startswith(organ) else 0
    for at in (after_organ, title.find("年") + 1):
        if 0 < at < len(title) and ems(title[:at]) <= room and ems(title[at:]) <= room:
            return (title[:at], title[at:])
    return (title,)


def ems(text: str) -> float:
    """Width of a text in characters: full-width ones count one, others half."""
    return sum(0.5 if ord(character) < 0x2000 else 1.0 for character in text)
