"""Touchline's drift measures and detectors beside scipy, river and Evidently.

  arrays SHARED WORK     writes the forty columns of the reference samples as doubles
  compare WORK PROGRAM   thousands of random samples and streams: the largest relative differences
  scipy|evidently SHARED a full evaluation of the forty columns: CPU milliseconds and peak memory
"""
import os
import random
import resource
import struct
import subprocess
import sys
import time

import numpy as np


def write(path, columns):
    with open(path, "wb") as file:
        file.write(struct.pack("<q", len(columns)))
        for column in columns:
            file.write(struct.pack("<q", len(column)))
            file.write(np.asarray(column, dtype="<f8").tobytes())


def forty(shared, name):
    import pandas as pd

    frame = pd.read_csv(f"{shared}/reference/drift/{name}3000.csv")
    frame = frame[[c for c in frame.columns if c[:3] in ("odd", "cnt", "cat")]]
    for column in frame.columns:
        if column.startswith("cat"):
            frame[column] = frame[column].str[1:].astype(float)
    return frame


def samples(rng):
    for case in range(4000):
        m, n = (int(x) for x in rng.integers(5, 600 if case % 5 else 2500, 2))
        kind = case % 4
        shift = rng.choice([0, 0, 0.1, 0.3, 0.5, 1])
        if kind == 0:
            a, b = rng.normal(size=m), rng.normal(shift, 1 + shift / 4, size=n)
        elif kind == 1:
            a, b = np.exp(rng.normal(size=m) / 2), np.exp((rng.normal(size=n) + shift) / 2)
        elif kind == 2:
            a, b = rng.poisson(11, m).astype(float), rng.poisson(11 + 4 * shift, n).astype(float)
        else:
            a, b = rng.poisson(1.8, m).astype(float), rng.poisson(1.8 + shift, n).astype(float)
        yield a, b


def expected(a, b):
    from scipy import stats
    from scipy.spatial import distance

    edges = np.unique(np.quantile(a, np.arange(1, 10) / 10))
    p = np.bincount(np.searchsorted(edges, a, side="left"), minlength=len(edges) + 1)
    q = np.bincount(np.searchsorted(edges, b, side="left"), minlength=len(edges) + 1)
    kept = p + q > 0
    p, q = p[kept], q[kept]
    if len(p) > 1:
        squared = stats.chi2_contingency(np.array([p, q]), correction=False)[:2]
    else:
        squared = (0.0, 1.0)
    ps, qs = ((x + 0.5) / (x.sum() + 0.5 * len(x)) for x in (p, q))
    ks = stats.ks_2samp(a, b)
    t = stats.ttest_ind(b, a)
    mises = stats.cramervonmises_2samp(a, b, method="asymptotic")
    return [
        ks.statistic, ks.pvalue, *squared, ((ps - qs) * np.log(ps / qs)).sum(),
        distance.jensenshannon(p / p.sum(), q / q.sum()) ** 2, stats.entropy(ps, qs),
        np.sqrt(max(0, 1 - np.sqrt(p / p.sum() * (q / q.sum())).sum())),
        stats.wasserstein_distance(a, b), stats.energy_distance(a, b), t.statistic, t.pvalue, mises.statistic,
        mises.pvalue,
    ]


NAMES = ["KS", "KS p", "chi2", "chi2 p", "PSI", "JS", "KL", "Hellinger", "Wasserstein", "energy", "t", "t p", "CvM", "CvM p"]


def compare_samples(work, program, rng):
    pairs = list(samples(rng))
    write(f"{work}/pairs.bin", [x for pair in pairs for x in pair])
    lines = subprocess.run([program, "pairs", f"{work}/pairs.bin"], capture_output=True, text=True, check=True).stdout
    ours = np.array([[float(x) for x in line.split()] for line in lines.splitlines()])
    with np.errstate(all="ignore"):
        theirs = np.array([expected(a, b) for a, b in pairs])
    print(f"{len(pairs)} pairs of samples against scipy:")
    for index, name in enumerate(NAMES):
        x, y = ours[:, index], theirs[:, index]
        # One less a number near to 1 has no more digits than these; scipy's series for CvM ends at terms of 1e-7.
        floor = 3e-7 if name == "CvM p" else 1e-14 if name in ("JS", "Hellinger", "energy", "Wasserstein", "t") else 0
        gap = np.maximum(0, np.abs(x - y) - floor) / np.maximum(np.abs(y), 1e-300)
        gap = np.where(np.abs(y) < 1e-280, 0, gap)
        print(f"  {name:12} largest relative difference {gap.max():.2e}" + (f" beyond {floor:g}" if floor else ""))


def compare_streams(work, program, rng):
    from river import drift

    streams, draws, theirs = [], [], []
    for case in range(int(os.environ.get("STREAMS", "2000"))):
        length = int(rng.integers(200, 1200))
        change = int(rng.integers(50, length))
        x = rng.normal(size=length) / 5 + 0.45
        x[change:] += rng.choice([0, 0.1, 0.3, -0.3])
        if case % 3 == 0:
            x = (rng.random(length) < np.where(np.arange(length) < change, 0.4, rng.choice([0.4, 0.55, 0.7]))) * 1.0
        if case % 3 == 1:
            x = x * 60
        hinkley, adwin, ddm = drift.PageHinkley(), drift.ADWIN(), drift.binary.DDM()
        kswin = drift.KSWIN(seed=case)
        drawn, generator, filled = [], random.Random(case), 0
        found = [[], [], [], []]
        means, pvalues = [], []
        for place, value in enumerate(x):
            value = float(value)
            for detector, where in ((hinkley, found[0]), (adwin, found[1])):
                detector.update(value)
                if detector.drift_detected:
                    where.append(place)
            ddm.update(1 if value > 0.5 else 0)
            if ddm.drift_detected:
                found[2].append(place)
            # The draws that KSWIN will make, from a generator in step with its own.
            if kswin.drift_detected:
                generator, filled = random.Random(case), 0
            filled += 1
            if filled >= 100:
                drawn += generator.sample(range(70), 30)
            kswin.update(value)
            if kswin.drift_detected:
                found[3].append(place)
            means.append(adwin.estimation)
            pvalues.append(kswin.p_value)
        streams.append(x)
        draws.append(drawn)
        theirs.append((found, means, pvalues))
    write(f"{work}/streams.bin", [x for pair in zip(streams, draws) for x in pair])
    lines = subprocess.run([program, "streams", f"{work}/streams.bin"], capture_output=True, text=True, check=True)
    lines = lines.stdout.splitlines()
    different, total, gap, gap_p = [0] * 4, [0] * 4, 0.0, 0.0
    for case, (found, means, pvalues) in enumerate(theirs):
        ours = [[int(y) for y in x.split(",") if y] for x in lines[3 * case].split(";")]
        for index in range(4):
            different[index] += ours[index] != found[index]
            total[index] += len(found[index])
        if ours[1] == found[1]:
            x = np.array([float(y) for y in lines[3 * case + 1].split()])
            gap = max(gap, np.max(np.abs(x - means) / np.maximum(np.abs(means), 1e-9)))
        x = np.array([float(y) for y in lines[3 * case + 2].split()])
        if ours[3] == found[3] and not found[3]:
            gap_p = max(gap_p, np.max(np.abs(x - pvalues) / np.maximum(np.abs(pvalues), 1e-300)))
    print(f"{len(theirs)} streams of {sum(len(x) for x in streams)} values against river:")
    for name, d, t in zip(("Page-Hinkley", "ADWIN", "DDM", "KSWIN"), different, total):
        print(f"  {name:12} {t} detections; streams in which they differ: {d}")
    print(f"  ADWIN mean largest relative difference {gap:.2e}, KSWIN p {gap_p:.2e}")


def timed(body, repeats):
    body()
    began = time.process_time()
    for _ in range(repeats):
        body()
    spent = (time.process_time() - began) / repeats * 1e3
    return f"mean_ms {spent:.1f} peak_KiB {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}"


def scipy_evaluation(shared):
    from scipy import stats
    from scipy.spatial import distance

    reference, current = (forty(shared, name).to_numpy().T.copy() for name in ("ref", "cur"))

    def body():
        for a, b in zip(reference, current):
            edges = np.unique(np.quantile(a, np.arange(1, 10) / 10))
            p = np.bincount(np.searchsorted(edges, a), minlength=len(edges) + 1) + 0.5
            q = np.bincount(np.searchsorted(edges, b), minlength=len(edges) + 1) + 0.5
            ps, qs = p / p.sum(), q / q.sum()
            ((ps - qs) * np.log(ps / qs)).sum()
            distance.jensenshannon(ps, qs)
            stats.ks_2samp(a, b)
            stats.wasserstein_distance(a, b)
            stats.chi2_contingency(np.array([p, q]), correction=False)

    print("scipy", timed(body, 10))


def evidently_evaluation(shared):
    import warnings

    warnings.simplefilter("ignore")
    from evidently import DataDefinition, Dataset, Report
    from evidently.metrics import ValueDrift

    frames = [forty(shared, name) for name in ("ref", "cur")]
    names = list(frames[0].columns)
    kinds = DataDefinition(
        numerical_columns=[x for x in names if not x.startswith("cat")],
        categorical_columns=[x for x in names if x.startswith("cat")])
    reference, current = (Dataset.from_pandas(frame, data_definition=kinds) for frame in frames)

    def body():
        metrics = []
        for name in names:
            tests = ["psi", "jensenshannon"] + (["chisquare"] if name.startswith("cat") else ["ks", "wasserstein"])
            metrics += [ValueDrift(column=name, method=test) for test in tests]
        Report(metrics).run(current, reference)

    print("evidently", timed(body, 1))


if __name__ == "__main__":
    command, arguments = sys.argv[1], sys.argv[2:]
    if command == "arrays":
        shared, work = arguments
        for name in ("ref", "cur"):
            write(f"{work}/{name}.bin", list(forty(shared, name).to_numpy().T))
    elif command == "compare":
        rng = np.random.default_rng(int(os.environ.get("SEED", "7")))
        compare_samples(*arguments, rng)
        compare_streams(*arguments, rng)
    elif command == "scipy":
        scipy_evaluation(*arguments)
    elif command == "evidently":
        evidently_evaluation(*arguments)
    else:
        sys.exit(__doc__)
