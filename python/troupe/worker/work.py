"""What a piece of work says, and who does it.

`mode` is `evaluate` (columns from columns), `map` (mapInPandas, mapInArrow), `groups` (applyInPandas, applyInArrow), `cogroups`,
`aggregate` (grouped-aggregate functions), `window` (those over windows) or `table` (table functions). `columns`
names the input's columns with their types (Spark's JSON).

* evaluate, aggregate: `calls`, each `{"fn": id, "kind": eval type, "args": [ARG], "names": [str | null]}`, where ARG is
  `{"column": position}` or `{"call": CALL}`.
* window: as aggregate; the first two arguments of a call are the bounds of the row's frame, counted from 1 within its group.
* table: `fn`, `kind`, `returns`, positions of `args` with their `names` and of partition `keys`; `tables`: the places of arguments that are
  rows of a table; `outer`: rows without answers get one of nulls; `keeps`: answers are joined with their rows: without rows, none.
* map, groups, cogroups: `fn`, `kind`; for groups also `keys` and `arguments` (positions).
"""

from __future__ import annotations

from typing import Any

from troupe.worker.functions import Functions


def run(work: dict[str, Any], commands: dict[int, Any], source: Any, sink: Any) -> dict[int, int]:
    """Does one piece of work; `source.next()` gives batches, `sink.write` takes results.

    Gives the time that was spent in each function, where several share the work.
    """
    functions = Functions(commands, work.get("zone", "UTC"))
    mode = work["mode"]
    if mode == "evaluate":
        from troupe.worker.evaluate import evaluate

        evaluate(work, functions, source, sink)
    elif mode == "aggregate":
        from troupe.worker.evaluate import aggregate

        aggregate(work, functions, source, sink)
    elif mode == "map":
        from troupe.worker.maps import map_batches

        map_batches(work, functions, source, sink)
    elif mode == "groups":
        from troupe.worker.maps import map_groups

        map_groups(work, functions, source, sink)
    elif mode == "cogroups":
        from troupe.worker.maps import map_cogroups

        map_cogroups(work, functions, source, sink)
    elif mode == "window":
        from troupe.worker.windows import window

        window(work, functions, source, sink)
    elif mode == "table":
        from troupe.worker.tables import map_tables

        map_tables(work, functions, source, sink)
    else:
        raise ValueError(f"there is no work of mode {mode!r}")
    return functions.nanos
