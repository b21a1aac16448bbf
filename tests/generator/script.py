"""Traditional characters, and traditional characters with readings printed among them as some sites deliver."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, reduce

_CONFIGURATIONS = {"traditional": "s2t", "taiwan": "s2twp", "readings": "s2t"}
_READINGS = {
    "領": "lǐng", "導": "dǎo", "國": "guó", "條": "tiáo", "關": "guān", "緊": "jǐn",
    "實": "shí", "際": "jì", "視": "shì", "發": "fā", "數": "shù", "據": "jù",
    "項": "xiàng", "處": "chù", "強": "qiáng", "業": "yè", "機": "jī", "構": "gòu",
    "會": "huì", "總": "zǒng", "計": "jì", "務": "wù", "報": "bào", "規": "guī",
    "費": "fèi", "廢": "fèi", "現": "xiàn", "訴": "sù", "訟": "sòng", "議": "yì",
    "審": "shěn", "決": "jué", "內": "nèi", "請": "qǐng", "區": "qū", "動": "dòng",
    "進": "jìn", "問": "wèn", "題": "tí", "與": "yǔ", "無": "wú", "單": "dān",
    "網": "wǎng", "級": "jí", "認": "rèn",
}  # fmt: skip


@cache
def converter(script: str) -> Callable[[str], str]:
    """A function from simplified text to the script: ``traditional``, ``taiwan`` (its words too), ``readings``."""
    from opencc import OpenCC

    convert = OpenCC(_CONFIGURATIONS[script]).convert
    if script == "taiwan":  # words are exchanged too, 文件 for 檔案, but not those of the law's own name and heads
        kept = {"資訊": "信息", "專案": "項目", "資料": "數據"}
        return lambda text: reduce(lambda made, word: made.replace(word, kept[word]), kept, convert(text))
    if script == "traditional":
        return convert
    return lambda text: "".join(c + (f"({_READINGS[c]})" if c in _READINGS else "") for c in convert(text))
