"""Makes the arrays of the forest benchmark, trains a Python peer on them, or compares what both printed.

A peer runs on one thread in a process of its own and prints the least CPU seconds of its runs, as ForestSpeed does.
"""

import csv
import json
import resource
import sys
import time

import numpy as np

STATISTICS = "B365H B365D B365A HS AS HST AST HC AC HF AF HY AY HR AR".split()


def save(path, rows, labels):
    with open(path, "wb") as file:
        np.array(rows.shape, dtype=np.int64).tofile(file)
        np.ascontiguousarray(rows.T).tofile(file)
        labels.astype(np.int64).tofile(file)


def load(path):
    rows, columns = np.fromfile(path, dtype=np.int64, count=2)
    values = np.fromfile(path, dtype=np.float64, offset=16, count=rows * columns)
    labels = np.fromfile(path, dtype=np.int64, offset=16 + 8 * rows * columns)
    return np.ascontiguousarray(values.reshape(columns, rows).T), labels


def seasons(folder):
    """The first 2,432 of the eight seasons' 3,040 rows of fifteen columns: the size of the seed system's training."""
    rows, labels = [], []
    for season in "2324 2223 2122 2021 1920 1819 1718 1617".split():
        with open(f"{folder}/{season}/E0.csv", encoding="latin-1", newline="") as file:
            for match in csv.DictReader(file):
                if match["FTR"] in ("H", "D", "A"):
                    rows.append([float(match[name]) for name in STATISTICS])
                    labels.append("HDA".index(match["FTR"]))
    return np.array(rows)[:2432], np.array(labels)[:2432]


def drawn(rows, columns, seed=1):
    """Three classes that depend on two of four hidden numbers, which the columns show with noise."""
    random = np.random.default_rng(seed)
    hidden = random.normal(size=(rows, 4))
    values = hidden @ random.normal(size=(4, columns)) + 1.5 * random.normal(size=(rows, columns))
    values[:, ::4] = np.round(values[:, ::4] * 2) / 2
    edge = 0.5 * hidden[:, 0] + 0.25 * hidden[:, 1]
    scores = np.stack([edge + 0.3, np.full(rows, -0.15), -edge], axis=1) + random.gumbel(size=(rows, 3))
    return values, scores.argmax(axis=1)


def peer(kind, path, trees, depth, leaf, runs, oob):
    if kind == "onedal":
        from sklearnex.ensemble import RandomForestClassifier as Model
    elif kind == "extra":
        from sklearn.ensemble import ExtraTreesClassifier as Model
    else:
        from sklearn.ensemble import RandomForestClassifier as Model
    values, labels = load(path)
    cpu = wall = float("inf")
    for _ in range(runs):
        model = Model(
            n_estimators=trees, max_depth=depth if depth < 64 else None, min_samples_leaf=leaf, n_jobs=1,
            random_state=1, oob_score=oob)
        before = time.process_time(), time.perf_counter()
        model.fit(values, labels)
        cpu = min(cpu, time.process_time() - before[0])
        wall = min(wall, time.perf_counter() - before[1])
    result = {
        "cpu": cpu,
        "wall": wall,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000,
        "nodes": int(sum(tree.tree_.node_count for tree in model.estimators_)),
    }
    if oob:
        forecast = model.oob_decision_function_
        result["accuracy"] = float((forecast.argmax(axis=1) == labels).mean())
        likelihood = np.maximum(forecast[np.arange(len(labels)), labels], 1e-15)
        result["log_loss"] = float(-np.log(likelihood).mean())
    print(json.dumps(result))


def compare(path):
    """Prints a table of the lines "workload name {json}", each with its ratio to the workload's first."""
    first = {}
    for line in open(path):
        workload, name, result = line.split(" ", 2)
        result = json.loads(result)
        if "one_row_us" in result:
            print(
                f"{workload:14} {name:14} one row {result['one_row_us']:.2f} microseconds p50, "
                f"batch {result['batch_rows_per_cpu_second']:,.0f} rows per CPU second")
            continue
        if "serve_us" in result:
            print(
                f"{workload:14} {name:14} a fixture {result['serve_us']:.2f} microseconds p50, {result['p99_us']:.2f} p99, "
                f"the first of its day {result['first_us']:.0f}")
            continue
        cost = result["cpu"]
        own = first.setdefault(workload, result)
        bytes = f", bytes {result['bytes']}" if "bytes" in result else ""
        quality = f", accuracy {result['accuracy']:.4f}, log loss {result['log_loss']:.4f}" if "accuracy" in result else ""
        print(
            f"{workload:14} {name:14} {cost:9.3f} CPU s  x {cost / own['cpu']:6.2f}  wall {result['wall']:8.3f} s  "
            f"x {result['wall'] / own['wall']:6.3f}  "
            f"peak {result['peak_mb']:6.0f} MB  {result['nodes']:9,} nodes{quality}{bytes}")


if __name__ == "__main__":
    if sys.argv[1] == "arrays":
        save(f"{sys.argv[3]}/seed.bin", *seasons(sys.argv[2]))
        save(f"{sys.argv[3]}/forty.bin", *drawn(7000, 40))
        save(f"{sys.argv[3]}/million.bin", *drawn(1_000_000, 20))
    elif sys.argv[1] == "compare":
        compare(sys.argv[2])
    else:
        peer(sys.argv[1], sys.argv[2], *map(int, sys.argv[3:7]), oob="oob" in sys.argv)
