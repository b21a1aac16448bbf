"""The plain comparison of texts that the quick one has to agree with: every shingle of each with every shingle of each other."""

from zlib import crc32

STOCK = (
    "中华人民共和国政府信息公开条例",
    "政府信息公开工作年度报告格式",
    "国务院办公厅政府信息与政务公开办公室",
    "主动公开依申请公开政府信息管理政府信息公开平台建设监督保障",
)
LENGTH, WINDOW, SHORTEST, SHORTEST_PIECE, FEWEST, TRIED = 10, 6, 18, 8, 4, 8
ENDS = "。；;！？!?\n"


def passages(texts):
    """By name of the text, the passages that others hold: from, to, the other, from there, to there."""
    read = {name: _read(text) for name, text in texts.items()}
    shingles = {name: _winnowed(words) for name, (words, _) in read.items()}
    return {name: list(_of(name, texts, read, shingles)) for name in texts}


def _read(text):
    places = [at for at, one in enumerate(text) if "一" <= one <= "\u9fff" or (one.isascii() and one.isalpha())]
    return "".join(text[at] for at in places), places


def _winnowed(words):
    """Of each window of shingles the one with the least hash, the last of equal ones."""
    all_of = [words[at : at + LENGTH] for at in range(len(words) - LENGTH + 1)]
    hashes = [crc32(one.encode("utf-32-le")) for one in all_of]
    windows = [range(at, at + WINDOW) for at in range(len(all_of) - WINDOW + 1)] or [range(min(1, len(all_of)))]
    chosen = {min(window, key=lambda at: (hashes[at], -at)) for window in windows if window}
    return [(all_of[at], at) for at in sorted(chosen)]


def _is_common(shingle, shingles):
    holding = sum(any(shingle == one for one, _ in each) for each in shingles.values())
    return holding >= max(FEWEST, 0.5 * len(shingles))


def _of(name, texts, read, shingles):
    words, _ = read[name]
    counts = _counts(words, shingles[name], shingles)
    done = 0
    for shingle, at in shingles[name]:
        if at < done or _is_common(shingle, shingles):
            continue
        elsewhere = [
            (other, there) for other in texts if other != name for one, there in shingles[other] if one == shingle
        ]
        runs = [(*_run(words, read[other][0], at, there, done), other) for other, there in elsewhere[:TRIED]]
        start, end, shift, other = max(runs, key=lambda run: run[1] - run[0], default=(0, 0, 0, ""))
        if end - start < SHORTEST:
            continue
        done = end
        yield from _cut(texts, read, name, other, start, end, shift, counts)


def _counts(words, own, shingles):
    counts = [True] * len(words)
    before = None
    for shingle, at in own:
        if _is_common(shingle, shingles):
            for each in range(at if before is None else before, at + LENGTH):
                counts[each] = False
            before = at
        else:
            before = None
    for stock in STOCK:
        at = words.find(stock)
        while at >= 0:
            counts[at : at + len(stock)] = [False] * len(stock)
            at = words.find(stock, at + len(stock))
    return counts


def _run(own, other, at, there, least):
    start = end = at
    shift = there - at
    while start > least and start + shift > 0 and own[start - 1] == other[start + shift - 1]:
        start -= 1
    while end < len(own) and end + shift < len(other) and own[end] == other[end + shift]:
        end += 1
    return start, end, shift


def _cut(texts, read, name, other, start, end, shift, counts):
    """The run cut after each sentence; neighbours whose figures are alike or unlike in the same way are joined."""
    text, (_, places), there = texts[name], read[name], read[other][1]
    cuts = [at for at in range(start + 1, end) if any(one in ENDS for one in text[places[at - 1] : places[at]])]
    joined = []
    for first, last in zip([start, *cuts], [*cuts, end], strict=True):
        if 2 * sum(counts[first:last]) < last - first:
            continue
        same = _figures(text, places, first, last) == _figures(texts[other], there, first + shift, last + shift)
        if joined and joined[-1][1] == first and joined[-1][2] == same:
            joined[-1] = (joined[-1][0], last, same)
        else:
            joined.append((first, last, same))
    for first, last, _ in joined:
        if last - first >= SHORTEST_PIECE:
            yield places[first], places[last - 1] + 1, other, there[first + shift], there[last + shift - 1] + 1


def _figures(text, places, first, last):
    """The figures up to the next word; a year is none. (No text of these tests holds a year or a decimal.)"""
    stretch = text[places[first] : places[last] if last < len(places) else len(text)]
    return "".join(one if one.isdigit() else " " for one in stretch).split()
