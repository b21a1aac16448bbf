"""How each file of a batch stands: what is in the way of taking it in, and what can be done about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gongkai.law.filing import stages

from ..filings.models import Filing
from ..organs.models import Organ
from .models import Batch, Received
from .reading import is_sure

State = Received.State


@dataclass(frozen=True, slots=True)
class Standing:
    """``label`` and ``mark`` (bad, warn, good, calm): how it stands in a word; ``reasons``: whole sentences.

    ``acts``: what can be done: ``place`` (say whose and of which year it is), ``check`` (compare figures), ``take``, ``drop``,
    ``retake`` (a file that was set aside). ``existing``: the filing that is there already for that organ and year.
    """

    received: Received
    label: str
    mark: str
    reasons: tuple[str, ...] = ()
    acts: frozenset[str] = frozenset()
    existing: Filing | None = None

    @property
    def ready(self) -> bool:
        """Whether it can be taken in as it is."""
        return "take" in self.acts

    @property
    def clean(self) -> bool:
        """Whether it can be taken in without anybody having looked at its page."""
        return self.ready and not self.received.typed and not self.received.errors


def standings(batch: Batch) -> list[Standing]:
    """How all files of a batch stand, in its order, in a number of queries that does not grow with it."""
    rows = list(
        batch.received.select_related("organ", "file", "filing")
        .prefetch_related("organ__names")
        .defer("reading", "drawn")
    )
    return [_standing(batch, one, rows, filings) for filings in [_filings(rows)] for one in rows]


def standing_of(received: Received) -> Standing:
    """How one file stands."""
    batch = received.batch
    rows = list(batch.received.select_related("organ").defer("reading", "drawn"))
    return _standing(batch, received, rows, _filings(rows))


def _filings(rows: Sequence[Received]) -> dict[tuple[int, int], Filing]:
    organs, years = {one.organ_id for one in rows}, {one.year for one in rows}
    found = Filing.objects.filter(organ__in=organs - {None}, year__in=years - {None})
    return {(one.organ_id, one.year): one for one in found}


def _standing(
    batch: Batch, received: Received, rows: Sequence[Received], filings: dict[tuple[int, int], Filing]
) -> Standing:
    match received.state:
        case State.WAITING:
            return Standing(received, "等候读取", "calm")
        case State.DROPPED:
            return Standing(received, "不接收", "calm", acts=frozenset({"retake"}))
        case State.TAKEN:
            return Standing(received, "已接收", "good", (f"已经接收，是报告的第{received.version}版。",))
        case State.UNREAD:
            return Standing(received, "不能读取", "bad", (_unread(received),), frozenset({"drop"}))
    existing = filings.get((received.organ_id, received.year)) if received.organ_id and received.year else None
    blocked = [*_unplaced(batch, received), *_twins(received, rows)]
    if existing and (refused := _already(batch, existing)):
        return Standing(received, "已有报告", "bad", (refused,), frozenset({"drop", "place"}), existing)
    if blocked:
        return Standing(
            received, blocked[0][0], "warn", tuple(why for _, why in blocked), frozenset({"drop", "place"}), existing
        )
    said = []
    if existing:
        said.append(f"该机关的报告被退回修改，接收后作为第{existing.newest + 1}版。")
    left = open_cells(received)
    if left:
        said.insert(0, f"有 {left} 格需要与原件核对。")
        return Standing(received, "待核对", "warn", tuple(said), frozenset({"check", "drop", "place"}), existing)
    if received.errors:
        said.append(f"勾稽核对发现 {received.errors} 处错误，不影响接收，由审核的人决定是否退回。")
    return Standing(received, "可以接收", "good", tuple(said), frozenset({"take", "check", "drop", "place"}), existing)


def open_cells(received: Received) -> int:
    """How many cells nobody has compared yet; ``doubts`` of the row counts down as they are compared."""
    return received.doubts


def _unread(received: Received) -> str:
    return f"{received.trouble}请机关重新提供，或者不接收这份文件。"


def _unplaced(batch: Batch, received: Received) -> Iterator[tuple[str, str]]:
    """What is not certain about whose report it is and of which year."""
    named = f"文件中的机关名称是“{received.read_organ}”" if received.read_organ else "文件没有写明机关"
    if received.organ is None:
        if batch.own:
            yield "核对机关", f"{named}，与本机关的名称对不上。确是本机关的报告（例如用的是原名称），请选定机关。"
        else:
            yield (
                "选择机关",
                f"{named}，与登记的机关都对不上。请选定机关；机关树里没有的，请系统管理员先登记机关，再来选定。",
            )
    elif not is_sure(received):
        near = "与登记的名称相近，但不相同" if received.match == "likeness" else "但文件名中有一个登记的机关"
        yield "核对机关", f"{named}，{near}，暂认作“{received.organ}”。请核对后选定。"
    if received.year is None:
        if received.read_year is None:
            yield "核对年度", f"文件没有写明年度，请核对是不是{batch.year}年度的报告。"
        else:
            yield (
                "年度不同",
                f"这是{received.read_year}年度的报告，不是{batch.year}年度的。确要接收的，请选定年度；传错了的，请不接收。",
            )


def _twins(received: Received, rows: Sequence[Received]) -> Iterator[tuple[str, str]]:
    """Other files of the batch for the same organ and year."""
    if not (received.organ_id and received.year):
        return
    for one in rows:
        same = (one.organ_id, one.year) == (received.organ_id, received.year)
        if same and one.pk != received.pk and one.state == State.READ:
            yield (
                "重复",
                f"同一机关在本批还有第 {one.number} 个文件“{one.name}”，只能接收一份。请比较后，把不要的设为不接收。",
            )


def _already(batch: Batch, existing: Filing) -> str:
    """Why a filing that is there leaves no room for the file; "" where the file becomes its next version."""
    stage = stages()[existing.stage]
    if batch.own:
        return f"本机关{existing.year}年度报告已经在本系统中（{stage.label}），不能再次导入。"
    if not existing.outside:
        return f"该机关在本系统编制{existing.year}年度报告（{stage.label}），不能再以文件接收。请不接收这份文件，由机关在本系统报送。"
    if stage.open:
        return ""
    return f"该机关的{existing.year}年度报告已经接收过（{stage.label}）。要换成这一份的，请由监督人员先退回，再来接收。"


def organs_to_choose(organs: Sequence[Organ]) -> list[tuple[str, str]]:
    """Code and name, in the order of names."""
    return sorted(((one.code, str(one)) for one in organs), key=lambda pair: pair[1])
