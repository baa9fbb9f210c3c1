"""What of the reference depends on chance, by scikit-learn over many seeds, and the table of both.

Usage: chance.py forests SHARED WORK SEEDS   or   chance.py table SHARED OURS THEIRS
"""

import csv
import json
import sys

import numpy as np

COLUMNS = "B365H B365D B365A HS AS HST AST HC AC HF AF HY AY HR AR".split()


def say(what, seed, forecast, outcomes):
    hit = np.eye(3)[outcomes]
    chosen = np.maximum(forecast[np.arange(len(outcomes)), outcomes], 1e-15)
    rps = 0.5 * ((forecast[:, 0] - hit[:, 0]) ** 2 + (forecast[:, 2] - hit[:, 2]) ** 2)
    line = {
        "what": what,
        "seed": seed,
        "accuracy": float((forecast.argmax(axis=1) == outcomes).mean()),
        "logLoss": float(-np.log(chosen).mean()),
        "rankedProbability": float(rps.mean()),
    }
    print(json.dumps(line), flush=True)


def forests(shared, work, seeds):
    from sklearn.ensemble import RandomForestClassifier

    rows, labels = [], []
    for season in "2324 2223 2122 2021 1920 1819 1718 1617".split():
        path = f"{shared}/data/football-data.co.uk/mmz4281/{season}/E0.csv"
        with open(path, encoding="latin-1", newline="") as file:
            for match in csv.DictReader(file):
                if match["FTR"] in ("H", "D", "A"):
                    rows.append([float(match[name]) for name in COLUMNS])
                    labels.append("HDA".index(match["FTR"]))
    rows, labels = np.array(rows), np.array(labels)
    splits = json.load(open(f"{shared}/reference/golden.json"))["seed_leaky"]["splits_test_rows"]
    for split, held in splits.items():
        past = np.setdiff1d(np.arange(len(rows)), held)
        for seed in range(20):
            forest = RandomForestClassifier(100, max_depth=10, random_state=seed).fit(rows[past], labels[past])
            what = "seed15-post, the seed's split" if split == "42" else f"seed15-post, split {split}"
            say(what, seed, forest.predict_proba(rows[held]), labels[held])
    numbers = np.fromfile(f"{work}/forty.bin")
    table = numbers[2:].reshape(int(numbers[0]), int(numbers[1]))
    season, outcome, columns = table[:, 0], table[:, 1].astype(int), table[:, 2:]
    for seed in range(1, seeds + 1):
        parts = []
        for year in (2021, 2022, 2023):
            forest = RandomForestClassifier(500, min_samples_leaf=5, random_state=seed)
            forest.fit(columns[season < year], outcome[season < year])
            parts.append(forest.predict_proba(columns[season == year]))
        say("RF F40 500 leaf5, grown once a season", seed, np.vstack(parts), outcome[season >= 2021])


def lines(path):
    found = {}
    for line in open(path):
        line = json.loads(line)
        found.setdefault(line["what"], []).append([line[k] for k in ("accuracy", "logLoss", "rankedProbability")])
    return {what: np.array(values) for what, values in found.items()}


def merged(found):
    """The twenty splits as one row: each seed's mean over them."""
    splits = [values for what, values in found.items() if what.startswith("seed15-post, split")]
    rest = {what: values for what, values in found.items() if not what.startswith("seed15-post, split")}
    return {"seed15-post, mean of 20 splits": np.mean(splits, axis=0), **rest} if splits else rest


def table(shared, ours, theirs):
    reference = json.load(open(f"{shared}/reference/golden.json"))
    ours, theirs = merged(lines(ours)), merged(lines(theirs))
    for what, values in ours.items():
        print(f"{what} ({len(values)} seeds)")
        for column, name in enumerate(("accuracy", "log loss", "ranked probability score")):
            own = values[:, column]
            text = f"  {name:25} ours {own.mean():.6f} (sd {own.std(ddof=1):.6f}, {own.min():.6f} to {own.max():.6f})"
            if len(theirs.get(what, [])) > 1:
                peer = theirs[what][:, column]
                error = (own.var(ddof=1) / len(own) + peer.var(ddof=1) / len(peer)) ** 0.5
                text += f"  scikit-learn {peer.mean():.6f} (sd {peer.std(ddof=1):.6f})"
                text += f"  ours less theirs {own.mean() - peer.mean():+.6f} (standard error {error:.6f})"
            print(text)
    seed = reference["seed_leaky"]["sklearn_rf_100_d10"]
    print("reference: mean of 20 splits", seed["mean20_forest_seed_mean"], "log loss", seed["mean20_ll"], end="; ")
    print("the seed's split", seed["split42_mean"], "and 376 of 608 =", 376 / 608)
    for name, scores in reference["walkforward"].items():
        if name.startswith("seed serving"):
            text = f"reference: {name}"
            for column, key in enumerate(("acc", "ll", "rps")):
                own = ours["seed serving"][:, column]
                value = scores["dev"][key]
                text += f", {key} {value:.6f} with {int((own < value).sum())} of our {len(own)} draws below it"
            print(text)


if __name__ == "__main__":
    if sys.argv[1] == "table":
        table(*sys.argv[2:])
    else:
        forests(sys.argv[2], sys.argv[3], int(sys.argv[4]))
