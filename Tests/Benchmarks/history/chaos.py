"""Chaos: facts are written while PostgreSQL and the agent are broken in every way; at the end none is lost or doubled.

usage: chaos.py <touchline binary> <ChaosWriter binary> [rounds] [seconds per round] [seed]
An agent owns a private cluster on a small file system of its own (tmpfs where that is allowed, to fill it). A writer
beside it writes numbered facts through the same code, with its own spool. Each round breaks one thing; the seed decides
their order. /metrics is asked all the time, by a process of its own, so that what this one does delays no answer.
"""
import os, pathlib, random, re, shutil, signal, subprocess, sys, tempfile, time, urllib.request


def scrape(port, path):
    """Asks for the page over and over, and notes when, for how long, and how many answers the agent itself saw late."""
    # What the page says of answers before it; a restarted agent begins anew.
    late_of = lambda page: (re.search(r'^touchline_scrape_duration_seconds_count (\S+)', page, re.M),
                            re.search(r'^touchline_scrape_duration_seconds_bucket{le="0.25"} (\S+)', page, re.M))
    with open(path, "w", buffering=1) as notes:
        while True:
            began = time.time()
            try:
                page = urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5).read().decode()
                count, early = (float(found[1]) if found else 0 for found in late_of(page))
                notes.write(f"{began} {time.time() - began} {count - early}\n")
            except OSError:
                notes.write(f"{began} failed 0\n")
            time.sleep(0.05)


if sys.argv[1] == "--scrape":
    scrape(sys.argv[2], sys.argv[3])
touchline, writer_binary = sys.argv[1], sys.argv[2]
rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 200
pause = float(sys.argv[4]) if len(sys.argv) > 4 else 2.0
seed = int(sys.argv[5]) if len(sys.argv) > 5 else 7
folder = pathlib.Path(tempfile.mkdtemp(prefix="chaos-", dir="/tmp"))
os.chmod(folder, 0o755)
state, facts = folder / "state", folder / "facts"
state.mkdir(); facts.mkdir()
small = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=200m,mode=0755", "tmpfs", state], stderr=subprocess.DEVNULL).returncode == 0
port = random.randrange(20000, 30000)
config = folder / "touchline.yml"
config.write_text(f"""state_directory: {state}
web: {{listen_addresses: ["127.0.0.1:{port}"]}}
feed: {{base_url: "http://127.0.0.1:9", attempts: 1}}
schedule: {{ingest: "@every 1s", evaluate: "@every 1s", train: 0 0 1 1 *, predict: "@every 1s", drift: "@every 2s", backup: 0 0 1 1 *, jitter: 0s, retry_pause: 1s}}
""")
address = f"host={state}/run port=5432 user=touchline dbname=touchline"
log = open(folder / "agent.log", "ab")
server_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []


def start_agent():
    return subprocess.Popen([touchline, "serve", f"--config.file={config}"], stdout=log, stderr=log)


started_writers = 0


def start_writer():
    global started_writers
    started_writers += 1
    return subprocess.Popen([writer_binary, address, str(facts), str(started_writers * 10_000_000)], stderr=log)


def psql(sql, timeout=20):
    return subprocess.run(["psql", "-X", "-qAt", address, "-c", sql], capture_output=True, text=True, timeout=timeout)


def postmaster():
    try:
        return int((state / "postgresql/postmaster.pid").read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return None


def wait_up(seconds=60):
    end = time.time() + seconds
    while time.time() < end:
        if psql("select 1").stdout.strip() == "1":
            return
        time.sleep(0.1)
    raise SystemExit("PostgreSQL did not come back; see " + str(folder))


def signal_server(kind):
    pid = postmaster()
    if pid:
        try: os.kill(pid, kind)
        except ProcessLookupError: pass


def kill_server(): signal_server(signal.SIGKILL)
def stop_server(): signal_server(signal.SIGQUIT)
def restart_server(): signal_server(signal.SIGINT)
def freeze_server():
    pid = postmaster()
    if not pid: return
    group = [pid] + [int(p) for p in subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True).stdout.split()]
    for p in group:
        try: os.kill(p, signal.SIGSTOP)
        except ProcessLookupError: pass
    time.sleep(4)
    for p in group:
        try: os.kill(p, signal.SIGCONT)
        except ProcessLookupError: pass
def remove_socket():
    # Removing the socket cuts off new connections only, so the present ones are ended as well.
    psql("select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and backend_type = 'client backend'")
    for file in (state / "run").glob(".s.PGSQL.5432"): file.unlink()
    time.sleep(1)
    signal_server(signal.SIGINT)
def cut_connections():
    psql("select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and backend_type = 'client backend'")
def lock_table(seconds=None):
    seconds = seconds or (60 if round_number == lock_for_a_minute else 3)
    subprocess.run(["psql", "-X", "-q", address, "-c", "set statement_timeout = 0", "-c", "set lock_timeout = '5s'", "-c", f"begin; lock table job_runs in access exclusive mode; select pg_sleep({seconds}); commit"], capture_output=True)
def fill_disk():
    if not small: return
    file = state / "filler"
    with open(file, "wb") as out:
        try:
            while True: out.write(b"\0" * (1 << 20)); out.flush()
        except OSError: pass
    time.sleep(pause)
    file.unlink(missing_ok=True)
def kill_writer():
    global writer
    writer.send_signal(signal.SIGKILL); writer.wait(); writer = start_writer()
def kill_agent():
    global agent
    agent.send_signal(signal.SIGKILL); agent.wait(); agent = start_agent()


faults = [kill_server, stop_server, restart_server, freeze_server, remove_socket, cut_connections, lock_table, fill_disk, kill_writer, kill_agent]
lock_for_a_minute = -1
agent_starts, struck = [], []


agent = start_agent()
end = time.time() + 60
while time.time() < end and psql("select count(*) from schema_migrations").returncode != 0: time.sleep(0.2)
wait_up()
writer = start_writer()
scraper = subprocess.Popen([sys.executable, __file__, "--scrape", str(port), str(folder / "scrapes")])
random.seed(seed)
order = []
while len(order) < rounds: order += random.sample(faults, len(faults))
counts = {}
try:
    for round_number in range(rounds):
        fault = order[round_number]
        if fault is lock_table and lock_for_a_minute < 0: lock_for_a_minute = round_number
        struck.append((time.time(), fault.__name__))
        fault()
        if fault is kill_agent: agent_starts.append(time.time())
        counts[fault.__name__] = counts.get(fault.__name__, 0) + 1
        time.sleep(pause * random.uniform(0.5, 1.5))
        if round_number % 10 == 9: print(f"round {round_number + 1}, load {os.getloadavg()[0]:.1f}", flush=True)
    wait_up()
    end = time.time() + 90
    while time.time() < end:
        time.sleep(1)
        if (facts / "spool").stat().st_size <= 8: break
    writer.send_signal(signal.SIGKILL); writer.wait()
    writer = start_writer()
    time.sleep(8)
    writer.send_signal(signal.SIGKILL); writer.wait()
    scraper.terminate(); scraper.wait()
    for _ in range(50):
        answer = psql("select items_in from job_runs where job = 'chaos'", timeout=60)
        if answer.returncode == 0: break
        time.sleep(0.5)
    kept = [int(line) for line in answer.stdout.split()]
    offered = {int(line) for line in (facts / "offered").read_text().split()}
    acknowledged = {int(line) for line in (facts / "acknowledged").read_text().split()}
    waiting = max(0, (facts / "spool").stat().st_size - 8)
    doubled = len(kept) - len(set(kept))
    lost = acknowledged - set(kept)
    scrapes = [line.split() for line in (folder / "scrapes").read_text().splitlines()]
    answered = [(float(began), float(taken)) for began, taken, _ in scrapes if taken != "failed"]
    # A killed agent answers nothing until it is there again.
    failures = [float(began) for began, taken, _ in scrapes if taken == "failed"
                and not any(-5.5 < float(began) - start < 5 for start in agent_starts)]
    latencies = sorted(taken for _, taken in answered)
    by_agent = [float(late) for _, taken, late in scrapes if taken != "failed"]
    late_by_agent = sum(max(0, after - before) for before, after in zip([0] + by_agent, by_agent))
    print(f"seed {seed}, rounds {rounds}: {counts}")
    print(f"offered {len(offered)}, acknowledged {len(acknowledged)}, kept {len(kept)}, lost {len(lost)}, doubled {doubled}, "
          f"never offered {len(set(kept) - offered)}, kept without an acknowledgement {len(set(kept) - acknowledged)}, bytes left in the spool {waiting}")
    print(f"late facts {psql('select count(*) from kept_facts where late').stdout.strip()}, small disk {small}")
    print(f"/metrics: {len(answered)} answers, slowest {latencies[-1] * 1000:.0f} ms, over 250 ms {sum(l > 0.25 for l in latencies)} "
          f"(by the agent's own clock {late_by_agent:.0f}), p99 {latencies[int(len(latencies) * .99)] * 1000:.0f} ms, failures of a living agent {len(failures)}")
    for began, taken in sorted(answered, key=lambda answer: -answer[1])[:3]:
        cause = [name for at, name in struck if at < began + taken][-1:] or ["nothing"]
        print(f"  {taken * 1000:.0f} ms after {cause[0]}")
    print("OK" if not lost and not doubled and set(kept) <= offered else "FAILED: " + str(sorted(lost)[:10]))
finally:
    for process in (scraper, writer, agent):
        if process.poll() is None: process.send_signal(signal.SIGKILL); process.wait()
    signal_server(signal.SIGQUIT)
    time.sleep(1)
    if os.environ.get("KEEP") is None:
        if small: subprocess.run(["umount", "-l", state])
        shutil.rmtree(folder, ignore_errors=True)
