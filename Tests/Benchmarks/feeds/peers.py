"""Makes a season file of about 100 MB in football-data.co.uk's layout of 2023/24, or reads it with a peer.

The rows are real ones with other teams and days: 1,400 teams, each playing once a day, so that every row is valid.
"""

import csv
import datetime
import resource
import sys


def generate(source, target, megabytes):
    with open(source, encoding="utf-8-sig", newline="") as file:
        header, *rows = list(csv.reader(file))
    div, date, home, away = (header.index(name) for name in ("Div", "Date", "HomeTeam", "AwayTeam"))
    teams = [f"Synthetic {number}" for number in range(1400)]
    size = written = 0
    with open(target, "w", encoding="utf-8", newline="") as file:
        file.write("\ufeff" + ",".join(header) + "\r\n")
        for round_ in range(365):
            day = (datetime.date(2023, 8, 1) + datetime.timedelta(round_)).strftime("%d/%m/%Y")
            for place in range(len(teams) // 2):
                one = 0 if place == 0 else 1 + (round_ + place) % (len(teams) - 1)
                other = 1 + (round_ + len(teams) - 1 - place) % (len(teams) - 1)
                row = list(rows[written % len(rows)])
                row[div], row[date], row[home], row[away] = "SIM", day, teams[one], teams[other]
                line = ",".join(row) + "\r\n"
                file.write(line)
                size += len(line)
                written += 1
                if size >= megabytes * 1_000_000:
                    return


def measure(name, read, path, runs):
    size = len(open(path, "rb").read())
    best = float("inf")
    for _ in range(runs):
        before = resource.getrusage(resource.RUSAGE_SELF)
        rows = read(path)
        after = resource.getrusage(resource.RUSAGE_SELF)
        best = min(best, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    print(f"{name} {size / best / 1e6:.0f} MB/s, {rows} rows read, nothing validated")


def pyarrow(path):
    from pyarrow import csv as arrow

    return arrow.read_csv(path, read_options=arrow.ReadOptions(use_threads=False)).num_rows


def polars(path):
    import polars

    return polars.read_csv(path, infer_schema_length=10000).height


if __name__ == "__main__":
    if sys.argv[1] == "generate":
        generate(sys.argv[2], sys.argv[3], float(sys.argv[4]))
    else:
        measure(sys.argv[1], {"pyarrow": pyarrow, "polars": polars}[sys.argv[1]], sys.argv[2], int(sys.argv[3]))
