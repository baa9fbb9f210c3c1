"""COPY of 100,000 rows of 15 columns into one server: ours beside psycopg 3, asyncpg and psql's \\copy.

usage: copy-peers.py <CopyRows binary> [rounds]; psycopg[binary] and asyncpg are installed where this runs.
Starts a PostgreSQL of its own with default durability in a temporary folder. All fill the same table, each in a
transaction of its own, and take turns in a random order, so that what else the machine does hits them alike. Beside
the best and the median round stands the median over the rounds of ours against each peer in the same round.
"""
import asyncio, datetime, os, pathlib, random, shutil, statistics, subprocess, sys, tempfile, time

import asyncpg, psycopg

ROWS = 100_000
INSTANT = datetime.datetime.fromtimestamp(1_700_000_000, datetime.timezone.utc)
TABLE = """create unlogged table {} (position bigint, model_id bigint, division text, season bigint, home_team text,
    away_team text, made_at timestamptz, deadline timestamptz, home float8, draw float8, away float8,
    market_home float8, market_draw float8, market_away float8, synthetic boolean)"""
TYPES = ["int8", "int8", "text", "int8", "text", "text", "timestamptz", "timestamptz"] + ["float8"] * 6 + ["bool"]


def row(i):
    market = (None, None, None) if i % 5 == 0 else (0.4, 0.35, 0.25)
    return (i, i % 7, "E0", 2023, f"Home {i % 20}", f"Away {i % 19}", INSTANT, INSTANT, 0.5, 0.25, 0.25, *market, False)


def with_psycopg(address, rows):
    with psycopg.connect(address, autocommit=True) as connection, connection.cursor() as cursor:
        cursor.execute("truncate copied")
        started = time.perf_counter()
        with cursor.copy("copy copied from stdin (format binary)") as copy:
            copy.set_types(TYPES)
            for values in rows:
                copy.write_row(values)
        return time.perf_counter() - started


def with_asyncpg(folder, rows):
    async def run():
        connection = await asyncpg.connect(host=folder, user="touchline", database="postgres")
        await connection.execute("truncate copied")
        started = time.perf_counter()
        await connection.copy_records_to_table("copied", records=rows)
        seconds = time.perf_counter() - started
        await connection.close()
        return seconds
    return asyncio.run(run())


def with_psql(address, file):
    subprocess.run(["psql", "-q", address, "-c", "truncate copied"], check=True)
    started = time.perf_counter()
    subprocess.run(["psql", "-q", address, "-c", f"\\copy copied from '{file}' (format csv)"], check=True)
    return time.perf_counter() - started


def with_ours(binary, address):
    return ROWS / float(subprocess.run([binary, address, "1"], check=True, capture_output=True, text=True).stdout)


def main():
    binary, rounds = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 7
    folder = tempfile.mkdtemp(prefix="copy-")
    programs = max(pathlib.Path("/usr/lib/postgresql").glob("*/bin"))
    as_server = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []
    if as_server:
        shutil.chown(folder, "postgres", "postgres")
    def server(program, *arguments):
        subprocess.run([*as_server, str(programs / program), *arguments], check=True, stdout=subprocess.DEVNULL, cwd="/")
    server("initdb", "-D", f"{folder}/data", "-U", "touchline", "-A", "trust", "--encoding=UTF8", "--locale=C.UTF-8")
    server("pg_ctl", "start", "-w", "-D", f"{folder}/data", "-l", f"{folder}/log",
           "-o", f"-c listen_addresses='' -c unix_socket_directories='{folder}'")
    try:
        address = f"host={folder} user=touchline dbname=postgres"
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(TABLE.format("copied"))
        rows = [row(i) for i in range(ROWS)]
        with tempfile.NamedTemporaryFile("w", suffix=".csv") as file:
            for values in rows:
                file.write(",".join("" if v is None else str(v) for v in values) + "\n")
            file.flush()
            peers = {
                "touchline": lambda: with_ours(binary, address), "psycopg": lambda: with_psycopg(address, rows),
                "asyncpg": lambda: with_asyncpg(folder, rows), "psql": lambda: with_psql(address, file.name),
            }
            seconds = {name: [] for name in peers}
            for _ in range(rounds):
                for name, run in random.sample(list(peers.items()), len(peers)):
                    seconds[name].append(run())
        print("peer        best rows/s  median rows/s  ours against it")
        for name, taken in seconds.items():
            ratio = statistics.median(theirs / own for theirs, own in zip(taken, seconds["touchline"]))
            print(f"{name:10} {ROWS / min(taken):12,.0f} {ROWS / statistics.median(taken):14,.0f} {ratio:16.2f}")
    finally:
        server("pg_ctl", "stop", "-m", "fast", "-w", "-D", f"{folder}/data")
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
