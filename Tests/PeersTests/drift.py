"""Two-sample statistics of many pairs of samples, by scipy: the definitions are those of the drift benchmark.

Reads doubles: how many pairs, and of each the two lengths and the values. Writes the benchmark's NAMES for each pair.
"""

import importlib.util
import pathlib
import sys

import numpy as np

path = pathlib.Path(__file__).resolve().parent.parent / "Benchmarks/drift/drift-peers.py"
spec = importlib.util.spec_from_file_location("peers", path)
peers = importlib.util.module_from_spec(spec)
spec.loader.exec_module(peers)

numbers = np.frombuffer(sys.stdin.buffer.read(), dtype="<f8")
place, rows = 1, []
with np.errstate(all="ignore"):
    for _ in range(int(numbers[0])):
        m, n = (int(x) for x in numbers[place : place + 2])
        values = numbers[place + 2 : place + 2 + m + n]
        rows.append(peers.expected(values[:m], values[m:]))
        place += 2 + m + n
sys.stdout.buffer.write(np.array(rows, dtype="<f8").tobytes())
