"""Runs one statement in DuckDB again and again, takes each answer by DuckDB's own Arrow export, and prints what that cost.

A request comes on stdin, {sql, database, parquet?, warmUp, calls, atOnce}; figures go to stdout, with the names that the driver has for them.
"""

import json
import resource
import statistics
import sys
import threading
import time

import duckdb


def main() -> None:
    request = json.load(sys.stdin)
    memory = request["database"] == ":memory:"
    settings = {"threads": 2, "memory_limit": "1GiB"}
    database = duckdb.connect(request["database"], read_only=not memory, config=settings)
    if memory:
        path = request["parquet"].replace("'", "''")
        database.execute(f"CREATE VIEW readings AS SELECT * FROM read_parquet('{path}')")
    ask(database, request, request["warmUp"])
    before = cpu_ms()
    walls, byte_length = ask(database, request, request["calls"])
    spent = cpu_ms() - before
    figures = {
        "cpuMs": spent / request["calls"],
        "p50Ms": statistics.median(walls),
        "bytes": byte_length,
        "peakMB": peak_bytes() / 1e6,
    }
    json.dump(figures, sys.stdout)


def ask(database: duckdb.DuckDBPyConnection, request: dict, calls: int) -> tuple[list[float], int]:
    """Returns how long each call took, in milliseconds, and how large the last answer was."""
    remaining = iter(range(calls))
    lock = threading.Lock()
    walls: list[float] = []
    sizes: list[int] = []

    def caller() -> None:
        connection = database.cursor()
        while True:
            with lock:
                if next(remaining, None) is None:
                    return
            began = time.perf_counter()
            answer = connection.execute(request["sql"]).to_arrow_table()
            walls.append((time.perf_counter() - began) * 1000)
            sizes[:] = [answer.nbytes]

    callers = [threading.Thread(target=caller) for _ in range(request["atOnce"])]
    for each in callers:
        each.start()
    for each in callers:
        each.join()
    if len(walls) != calls:
        raise SystemExit(f"Cannot measure: {len(walls)} of {calls} calls were answered")
    return walls, sizes[0] if sizes else 0


def cpu_ms() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return (usage.ru_utime + usage.ru_stime) * 1000


def peak_bytes() -> int:
    """Of this program alone: ru_maxrss begins with what the program had that started it."""
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM:"))


main()
