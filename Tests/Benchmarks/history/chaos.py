"""Chaos: facts are written while PostgreSQL and the agent are broken in every way; at the end none is lost or doubled.

usage: chaos.py <touchline binary> <ChaosWriter binary> [rounds] [seconds per round]
An agent owns a private cluster on a small file system of its own (tmpfs where that is allowed, to fill it). A writer
beside it writes numbered facts through the same code, with its own spool. Each round breaks one thing. /metrics is
asked all the time.
"""
import os, pathlib, random, shutil, signal, subprocess, sys, tempfile, threading, time, urllib.request

touchline, writer_binary = sys.argv[1], sys.argv[2]
rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 200
pause = float(sys.argv[4]) if len(sys.argv) > 4 else 2.0
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
slowest, answers, failures = 0.0, 0, 0
agent_restarted, done = 0.0, False


def scrape():
    global slowest, answers, failures
    while not done:
        began, victim = time.time(), agent
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5).read()
            taken = time.time() - began
            answers += 1
            latencies.append(taken)
            if taken > slowest: slowest = taken
        except OSError:
            # A killed agent answers nothing until it is there again.
            if agent is victim and time.time() - agent_restarted > 5: failures += 1
        time.sleep(0.05)


latencies = []
agent = start_agent()
end = time.time() + 60
while time.time() < end and psql("select count(*) from schema_migrations").returncode != 0: time.sleep(0.2)
wait_up()
writer = start_writer()
thread = threading.Thread(target=scrape); thread.start()
random.seed(7)
counts = {}
try:
    for round_number in range(rounds):
        fault = faults[round_number % len(faults)]
        if round_number == 6: lock_for_a_minute = 6
        if fault is kill_agent: agent_restarted = time.time()
        fault()
        if fault is kill_agent: agent_restarted = time.time()
        counts[fault.__name__] = counts.get(fault.__name__, 0) + 1
        time.sleep(pause * random.uniform(0.5, 1.5))
        if round_number % 20 == 19: print(f"round {round_number + 1}: {answers} scrapes, slowest {slowest * 1000:.0f} ms", flush=True)
    wait_up()
    end = time.time() + 90
    while time.time() < end:
        time.sleep(1)
        if (facts / "spool").stat().st_size <= 8: break
    writer.send_signal(signal.SIGKILL); writer.wait()
    writer = start_writer()
    time.sleep(8)
    writer.send_signal(signal.SIGKILL); writer.wait()
    done = True; thread.join()
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
    latencies.sort()
    print(f"rounds {rounds}: {counts}")
    print(f"offered {len(offered)}, acknowledged {len(acknowledged)}, kept {len(kept)}, lost {len(lost)}, doubled {doubled}, "
          f"never offered {len(set(kept) - offered)}, kept without an acknowledgement {len(set(kept) - acknowledged)}, bytes left in the spool {waiting}")
    print(f"late facts {psql('select count(*) from kept_facts where late').stdout.strip()}, small disk {small}")
    print(f"/metrics: {answers} answers, slowest {slowest * 1000:.0f} ms, over 250 ms {sum(l > 0.25 for l in latencies)}, p99 {latencies[int(len(latencies) * .99)] * 1000:.0f} ms, failures of a living agent {failures}")
    print("OK" if not lost and not doubled and set(kept) <= offered else "FAILED: " + str(sorted(lost)[:10]))
finally:
    done = True
    for process in (writer, agent):
        if process.poll() is None: process.send_signal(signal.SIGKILL); process.wait()
    signal_server(signal.SIGQUIT)
    time.sleep(1)
    if os.environ.get("KEEP") is None:
        if small: subprocess.run(["umount", "-l", state])
        shutil.rmtree(folder, ignore_errors=True)
