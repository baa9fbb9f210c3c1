"""Processor time per scrape over HTTP: ours beside Go's client_golang and Python's prometheus_client, in one run.

    cd Tests/Benchmarks
    swift build -c release --scratch-path ../../.build-benchmarks
    ../../.build/referees/bin/python3 compare.py [1000 10000 100000]

The ratio is what can be compared between machines. Prints for each number of series: plain and gzip with every value
changed before each scrape, gzip with one in a hundred changed, spread over all families or together in one, and what it
costs to write the page anew and compress it with zlib at its fastest and at its usual level. Go's part is left out where
Debian's golang-go and golang-github-prometheus-client-golang-dev are not installed.
"""

import http.client
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
import zlib

HERE = os.path.dirname(os.path.abspath(__file__))
SERVER = os.environ.get("SERVE_SERIES", HERE + "/../../.build-benchmarks/release/ServeSeries")
PORT = 19700


def ask(port, path="/metrics", gzip=False):
    connection = ask.connections.setdefault(port, http.client.HTTPConnection("127.0.0.1", port))
    connection.request("GET", path, headers={"Accept-Encoding": "gzip"} if gzip else {})
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise SystemExit(f"status {answer.status}")
    return body


ask.connections = {}


def wait(port):
    for _ in range(600):
        try:
            return ask(port, "/metrics")
        except OSError:
            ask.connections.pop(port, None)
            time.sleep(0.1)
    raise SystemExit("the server does not answer")


def per_scrape(port, gzip, used, scrapes):
    for _ in range(3):
        ask(port, gzip=gzip)
    before = used()
    for _ in range(scrapes):
        size = len(ask(port, gzip=gzip))
    return (used() - before) / scrapes, size


def ours(series, step, first, gzip, scrapes=100):
    global PORT
    PORT += 1
    process = subprocess.Popen([SERVER, str(PORT), str(series), str(step), "0", str(first)])
    try:
        wait(PORT)
        cost, size = per_scrape(PORT, gzip, lambda: float(ask(PORT, "/cpu")), scrapes)
        return cost, size, int(ask(PORT, "/rss"))
    finally:
        process.kill()
        process.wait()
        ask.connections.pop(PORT, None)


def serve_python(series, port):
    from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, start_http_server

    registry = CollectorRegistry()
    share = series * 9 // 100
    for family in range(5):
        counter = Counter(f"workload_requests_{family}", "Requests.", ["method", "path", "code"], registry=registry)
        gauge = Gauge(f"workload_temperature_{family}", "Temperature.", ["region", "host", "disk"], registry=registry)
        for row in range(share):
            counter.labels(["GET", "POST", "PUT"][row % 3], f"/api/v1/resource/{row // 15}", str(200 + row % 5)).inc(row)
            gauge.labels(f"eu-west-{row % 3}", f"host-{row // 9}", f"sd{row % 9}").set(row * 1.1)
    histogram = Histogram("workload_latency_seconds", "Latency.", ["method", "path", "code"], registry=registry)
    for row in range(max(1, series // 140)):
        histogram.labels("GET", f"/api/v1/resource/{row}", "200").observe(row % 10)
    start_http_server(port, "127.0.0.1", registry)
    time.sleep(3600)


def measured(pid, gzip, scrapes):
    """The processor time of a process per scrape, in milliseconds."""

    def used():
        fields = open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")

    return per_scrape(PORT, gzip, used, scrapes)[0]


def python(series, gzip, scrapes=5):
    global PORT
    PORT += 1
    process = multiprocessing.Process(target=serve_python, args=(series, PORT), daemon=True)
    process.start()
    try:
        wait(PORT)
        return measured(process.pid, gzip, scrapes)
    finally:
        process.kill()
        process.join()
        ask.connections.pop(PORT, None)


def build_go(folder):
    """The path of Go's server; None if there is no Go, or it lacks the library."""
    environment = {**os.environ, "GO111MODULE": "off", "GOPATH": "/usr/share/gocode", "GOCACHE": folder + "/cache"}
    try:
        built = subprocess.run(["go", "build", "-o", folder + "/peer", HERE + "/peer.go"], env=environment)
    except FileNotFoundError:
        return None
    return folder + "/peer" if built.returncode == 0 else None


def go(path, series, gzip, scrapes):
    global PORT
    PORT += 1
    process = subprocess.Popen([path, str(PORT), str(series)])
    try:
        wait(PORT)
        return measured(process.pid, gzip, scrapes)
    finally:
        process.kill()
        process.wait()
        ask.connections.pop(PORT, None)


def anew(series, level):
    """The processor time of zlib on a page, in milliseconds."""
    global PORT
    PORT += 1
    process = subprocess.Popen([SERVER, str(PORT), str(series), "1"])
    try:
        page = wait(PORT)
        before = time.process_time()
        for _ in range(5):
            packer = zlib.compressobj(level, zlib.DEFLATED, 31)
            size = len(packer.compress(page) + packer.flush())
        return (time.process_time() - before) * 200, size
    finally:
        process.kill()
        process.wait()
        ask.connections.pop(PORT, None)


def row(series, go_path):
    plain, size, rss = ours(series, 1, 0, False)
    packed, packed_size, _ = ours(series, 1, 0, True)
    spread, _, _ = ours(series, 100, 0, True)
    together, _, _ = ours(series, 0, series // 100, True)
    fast, fast_size = anew(series, 1)
    usual, usual_size = anew(series, 6)
    print(f"{series} series: {size} bytes plain, {packed_size} gzip (zlib -1 {fast_size}, zlib -6 {usual_size}),"
          f" peak RSS {rss} KiB")
    print(f"  all changed: plain {plain:.3f} ms, gzip {packed:.3f} ms")
    if go_path:
        scrapes = max(5, 300_000 // series)
        one, other = go(go_path, series, False, scrapes), go(go_path, series, True, scrapes)
        print(f"    Go {one:.2f} / {other:.2f} ms, {one / plain:.0f} and {other / packed:.0f} times as much")
    one, other = python(series, False), python(series, True)
    print(f"    Python {one:.1f} / {other:.1f} ms, {one / plain:.0f} and {other / packed:.0f} times as much")
    print(f"  1 % changed, gzip: spread {spread:.3f} ms, in one family {together:.3f} ms; times as much is everything")
    for name, cost in [("zlib -1", plain + fast), ("zlib -6", plain + usual), ("our own gzip", packed)]:
        print(f"    anew with {name}, {cost:.2f} ms: {cost / spread:.1f} and {cost / together:.1f}", flush=True)


with tempfile.TemporaryDirectory() as folder:
    path = build_go(folder)
    for argument in sys.argv[1:] or ["1000", "10000", "100000"]:
        row(int(argument), path)
