"""Two agents on one database: the leader is killed over and over; how long until the other leads, and what ran twice.

usage: leaders.py <touchline binary> [kills] [clean stops]
"""
import os, pathlib, random, shutil, signal, statistics, subprocess, sys, tempfile, time, urllib.request

touchline, kills = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 20
stops = int(sys.argv[3]) if len(sys.argv) > 3 else 5
folder = pathlib.Path(tempfile.mkdtemp(prefix="leaders-", dir="/tmp"))
os.chmod(folder, 0o755)
programs = max(pathlib.Path("/usr/lib/postgresql").glob("*/bin"))
as_server = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []
database = folder / "database"
database.mkdir()
if as_server: shutil.chown(database, "postgres", "postgres")


def server(program, *arguments):
    subprocess.run([*as_server, str(programs / program), *arguments], check=True, stdout=subprocess.DEVNULL, cwd="/")


server("initdb", "-D", f"{database}/data", "-U", "touchline", "-A", "trust", "--encoding=UTF8", "--locale=C.UTF-8")
server("pg_ctl", "start", "-w", "-D", f"{database}/data", "-l", f"{database}/log",
       "-o", f"-c listen_addresses='' -c unix_socket_directories='{database}'")
address = f"host={database} user=touchline dbname=postgres"
ports = random.sample(range(20000, 30000), 2)


def agent(number):
    config = folder / f"{number}.yml"
    config.write_text(f"""state_directory: {folder}/state{number}
web: {{listen_addresses: ["127.0.0.1:{ports[number]}"]}}
database: {{connection_string: "{address}"}}
feed: {{base_url: "http://127.0.0.1:9", attempts: 1}}
schedule: {{ingest: 0 0 1 1 *, evaluate: "@every 1s", train: 0 0 1 1 *, predict: "@every 1s", drift: "@every 1s", backup: 0 0 1 1 *, jitter: 0s}}
""")
    return subprocess.Popen([touchline, "serve", f"--config.file={config}"], stdout=subprocess.DEVNULL,
                            stderr=open(folder / f"{number}.log", "ab"))


def leads(number):
    try:
        page = urllib.request.urlopen(f"http://127.0.0.1:{ports[number]}/metrics", timeout=2).read().decode()
        return "\ntouchline_leader 1" in page
    except OSError:
        return False


def psql(sql):
    return subprocess.run(["psql", "-X", "-qAt", address, "-c", sql], capture_output=True, text=True).stdout.strip()


agents = [agent(0), agent(1)]
try:
    times, handovers, both = [], [], 0
    for ending in [signal.SIGKILL] * kills + [signal.SIGTERM] * stops:
        end = time.time() + 60
        while not any(leads(n) for n in (0, 1)):
            if time.time() > end: raise SystemExit("nobody leads: " + str(folder))
            time.sleep(0.05)
        time.sleep(random.uniform(1, 2))
        leader = 0 if leads(0) else 1
        follower = 1 - leader
        if leads(follower): both += 1
        # The follower must be there before the leader goes.
        end = time.time() + 60
        while time.time() < end:
            try: urllib.request.urlopen(f"http://127.0.0.1:{ports[follower]}/-/ready", timeout=2); break
            except OSError: time.sleep(0.1)
        agents[leader].send_signal(ending)
        if ending == signal.SIGKILL: agents[leader].wait()
        ended = time.time()
        while not leads(follower):
            if time.time() - ended > 60: raise SystemExit("no takeover: " + str(folder))
            time.sleep(0.01)
        (times if ending == signal.SIGKILL else handovers).append(time.time() - ended)
        agents[leader].wait()
        agents[leader] = agent(leader)
    time.sleep(3)
    print(f"kills {len(times)}, takeover median {statistics.median(times):.2f} s, maximum {max(times):.2f} s, seen both leading {both}")
    if handovers: print(f"clean stops {len(handovers)}, handover median {statistics.median(handovers):.2f} s, maximum {max(handovers):.2f} s")
    print("terms", psql("select count(*) from terms"), "runs", psql("select count(*) from job_runs"),
          "runs without a term", psql("select count(*) from job_runs where term is null"))
    print("run twice in a term:", psql("select count(*) from (select from job_runs group by term, job, started_at having count(*) > 1) d"))
    print("runs that overlap another's:", psql("""select count(*) from job_runs a join job_runs b
        on a.term < b.term and a.finished_at > b.started_at and b.started_at > a.started_at and a.finished_at > b.finished_at"""))
    print("keys", psql("select count(*) from kept_facts"), "late", psql("select count(*) from kept_facts where late"))
finally:
    for process in agents:
        if process.poll() is None: process.send_signal(signal.SIGKILL); process.wait()
    server("pg_ctl", "stop", "-m", "fast", "-w", "-D", f"{database}/data")
    shutil.rmtree(folder, ignore_errors=True)
