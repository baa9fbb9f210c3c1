"""The restore drill: train on real seasons, serve, back up, destroy everything, restore, and serve again.

usage: restore.py <touchline binary> <folder with mmz4281/<season>/E0.csv>
"""
import functools, http.server, os, pathlib, random, re, shutil, signal, subprocess, sys, tempfile, threading, time, urllib.request

touchline, data = sys.argv[1], sys.argv[2]
folder = pathlib.Path(tempfile.mkdtemp(prefix="restore-", dir="/tmp"))
os.chmod(folder, 0o755)
state, port = folder / "state", random.randrange(20000, 30000)


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_): pass

    def do_GET(self):
        if self.path != "/fixtures.csv": return super().do_GET()
        body = b"Div,Date,Time,HomeTeam,AwayTeam,B365H,B365D,B365A\r\n"
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


feed = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=data))
threading.Thread(target=feed.serve_forever, daemon=True).start()
config = folder / "touchline.yml"
config.write_text(f"""state_directory: {state}
web: {{listen_addresses: ["127.0.0.1:{port}"]}}
feed: {{base_url: "http://127.0.0.1:{feed.server_port}", first_season: 2018/19, last_season: 2023/24, attempts: 1, pause: 0s}}
model: {{trees: 50}}
schedule: {{ingest: 0 0 1 1 *, evaluate: 0 0 1 1 *, train: 0 0 1 1 *, predict: 0 0 1 1 *, drift: 0 0 1 1 *, backup: 0 0 1 1 *, jitter: 0s}}
""")
log = open(folder / "log", "ab")


def run(*arguments):
    began = time.time()
    ended = subprocess.run([touchline, arguments[0], f"--config.file={config}", *arguments[1:]], capture_output=True, text=True)
    print(f"{' '.join(arguments[:1])} ({time.time() - began:.1f} s): {(ended.stdout + ended.stderr).strip().splitlines()[-1:]}", flush=True)
    if ended.returncode != 0: raise SystemExit(ended.stdout + ended.stderr)
    return ended.stdout


def served(agent):
    """What the agent says of the model that it serves and of what it holds."""
    end = time.time() + 60
    while time.time() < end:
        try:
            page = urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5).read().decode()
            lines = re.findall(r"^(?:touchline_model_(?:info|size_bytes|trained_timestamp_seconds|training_matches|trees)|touchline_history_matches|touchline_holdout_log_loss)\b.*", page, re.M)
            if any("model_info{" in line for line in lines) and any("history_matches" in line for line in lines): return sorted(lines)
        except OSError: pass
        time.sleep(0.2)
    raise SystemExit("no model is served; see " + str(folder))


def serve(): return subprocess.Popen([touchline, "serve", f"--config.file={config}"], stdout=log, stderr=log)


agent = None
try:
    run("train")
    agent = serve()
    before = served(agent)
    run("backup", "--output", str(folder / "backups"), "--verify")
    server = int((state / "postgresql/postmaster.pid").read_text().split()[0])
    agent.send_signal(signal.SIGKILL); agent.wait()
    os.kill(server, signal.SIGQUIT)
    time.sleep(1)
    shutil.rmtree(state)
    backup = next((folder / "backups").glob("touchline-*"))
    run("restore", str(backup), "--verify")
    agent = serve()
    after = served(agent)
    print("\n".join(after))
    print("OK: the same champion is served" if before == after else f"FAILED: {before} became {after}")
finally:
    if agent and agent.poll() is None: agent.terminate(); agent.wait()
    pid = state / "postgresql/postmaster.pid"
    if pid.exists(): os.kill(int(pid.read_text().split()[0]), signal.SIGQUIT); time.sleep(1)
    shutil.rmtree(folder, ignore_errors=True)
