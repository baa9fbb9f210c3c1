"""Scores of many samples of forecasts, by scikit-learn and scipy.

Reads doubles: how many samples, and of each its number of matches, the probabilities of home, draw and away match by
match, and the outcomes. Writes for each sample what `names` in ScorePeersTests.swift lists; NaN where it is not defined.
"""

import sys
import warnings

import numpy as np
from scipy import stats
from sklearn import calibration, metrics

CLASSES = [0, 1, 2]
warnings.simplefilter("ignore")


def gap(hits, probabilities, closed):
    """The expected calibration error over ten bins; `calibration_curve` does not say how many are in each."""
    edges = np.linspace(0, 1, 11)
    if closed == "left":
        hits, probabilities = 1 - hits, 1 - probabilities
        edges = np.linspace(0, 1, 11)
    shares, means = calibration.calibration_curve(hits, probabilities, n_bins=10)
    weights = np.bincount(np.searchsorted(edges[1:-1], probabilities), minlength=10)
    weights = weights[weights > 0] / len(hits)
    return float(np.sum(weights * np.abs(shares - means)))


def scores(p, y):
    best = p.argmax(axis=1)
    right = (best == y).astype(float)
    cumulative = [
        metrics.brier_score_loss(y <= place, np.minimum(1, p[:, : place + 1].sum(axis=1)), pos_label=True)
        for place in (0, 1)
    ]
    losses = -np.log(p[np.arange(len(y)), y])
    wilson = stats.binomtest(int(right.sum()), len(y)).proportion_ci(method="wilson")
    spread = stats.norm.interval(0.95, losses.mean(), stats.sem(losses))
    row = [
        metrics.accuracy_score(y, best), metrics.log_loss(y, p, labels=CLASSES),
        metrics.brier_score_loss(y, p, labels=CLASSES, scale_by_half=False), sum(cumulative) / 2,
        gap(right, p.max(axis=1), "right"),
        np.mean([gap((y == place).astype(float), p[:, place], "left") for place in CLASSES]),
        wilson.low, wilson.high, *spread,
    ]
    precision, recall, f1, _ = metrics.precision_recall_fscore_support(y, best, labels=CLASSES, zero_division=np.nan)
    for place in CLASSES:
        happened = y == place
        defined = happened.any() and not happened.all()
        area = metrics.roc_auc_score(happened, p[:, place]) if defined else np.nan
        row += [precision[place], recall[place], f1[place], area]
    return row


numbers = np.frombuffer(sys.stdin.buffer.read(), dtype="<f8")
place, rows = 1, []
for _ in range(int(numbers[0])):
    count = int(numbers[place])
    p = numbers[place + 1 : place + 1 + 3 * count].reshape(count, 3)
    y = numbers[place + 1 + 3 * count : place + 1 + 4 * count].astype(int)
    rows.append(scores(p, y))
    place += 1 + 4 * count
sys.stdout.buffer.write(np.array(rows, dtype="<f8").tobytes())
