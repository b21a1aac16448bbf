"""``python -m tests.generator --out DIR --count N --seed S``: documents, and NAME.json with the truth of each."""

from __future__ import annotations

import argparse
import json
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

from .layouts import LAYOUTS
from .make import make


def as_json(value: Any) -> Any:
    """Decimals as numbers, as the contract prints them."""
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError(type(value))


def main() -> None:
    """Write documents into ``DIR/documents`` and truths into ``DIR/truths``."""
    parser = argparse.ArgumentParser(prog="python -m tests.generator", description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--layout", choices=sorted(LAYOUTS))
    parser.add_argument("--format")
    parser.add_argument("--edition", choices=("2019", "2021"))
    args = parser.parse_args()
    documents, truths = args.out / "documents", args.out / "truths"
    for folder in (documents, truths):
        folder.mkdir(parents=True, exist_ok=True)
    for seed in range(args.seed, args.seed + args.count):
        try:
            made = make(seed, layout=args.layout, format=args.format, edition=args.edition)
        except LookupError as error:
            print(f"{seed}: {error}", file=sys.stderr)
            continue
        (documents / made.name).write_bytes(made.data)
        (truths / f"{made.name}.json").write_text(json.dumps(made.truth, ensure_ascii=False, default=as_json), "utf-8")


if __name__ == "__main__":
    main()
