"""Kills: a season of real matches with bets on is played while the agent and PostgreSQL are killed at random moments.

usage: bets.py <touchline binary> [kills] [seed]
The newest season of ../shared/data is played anew within minutes: every minute some matches kick off, and their results
come in over the next one, so that at any moment some matches are forecast, some bet on, and some settled. What was ever
seen committed must be there at the end, unchanged and once; every match is decided on once, every forecast scored once,
every bet settled once, and every wallet holds what its bets say.
"""
import csv, datetime, http.server, io, os, pathlib, random, re, shutil, signal, subprocess, sys, tempfile, threading, time
import zoneinfo

touchline = sys.argv[1]
kills = int(sys.argv[2]) if len(sys.argv) > 2 else 120
seed = int(sys.argv[3]) if len(sys.argv) > 3 else 7
root = pathlib.Path(__file__).resolve().parents[3]
data = pathlib.Path(os.environ.get("TOUCHLINE_SHARED", root / "../shared")) / "data/football-data.co.uk/mmz4281"
london = zoneinfo.ZoneInfo("Europe/London")
minutes = max(2, round(kills * 2.2 / 60))
# What the agent does before the first kick-off: a private cluster, two seasons, a model and its forecasts.
start = datetime.datetime.now(london).replace(second=0, microsecond=0) + datetime.timedelta(minutes=2)
year = start.year if start.month >= 7 else start.year - 1
code = lambda first: f"{first % 100:02}{(first + 1) % 100:02}"


def season(name, years=0):
    with open(data / name / "E0.csv", encoding="utf-8-sig") as file:
        rows = [row for row in csv.reader(file) if any(row)]
    for row in rows[1:]:
        day, month, of = row[1].split("/")
        # A division of its own: clubs that exist for one round would be refused in the real one.
        row[0], row[1] = "SIM", f"{day}/{month}/{int(of) + years}"
    return rows


def encode(rows):
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode()


header, *matches = season("2324")
kick_offs, played = [], {}
for number, row in enumerate(matches):
    at = start + datetime.timedelta(minutes=number * minutes // len(matches))
    kick_offs.append(at)
    row[1], row[2] = at.strftime("%d/%m/%Y"), at.strftime("%H:%M")
    # A club of its own for each of a club's matches: none plays twice on a day.
    for side in (3, 4):
        played[row[side]] = played.get(row[side], 0) + 1
        row[side] += f" {played[row[side]]}"
random.seed(seed)
shown = [at + datetime.timedelta(seconds=random.uniform(1, 60)) for at in kick_offs]
past = {f"/mmz4281/{code(year - 2)}/SIM.csv": encode(season("2122", year - 2 - 2021)),
        f"/mmz4281/{code(year - 1)}/SIM.csv": encode(season("2223", year - 1 - 2022))}
quotes = [place for place, name in enumerate(header) if re.fullmatch(r"(B365|Avg|Max|PS|WH)[HDA]", name)]
sides = [header.index("B365H"), header.index("B365A")]
for row in matches[::2]:
    # One bookmaker who has the sides swapped: there is something to bet on in every other match.
    row[sides[0]], row[sides[1]] = row[sides[1]], row[sides[0]]
ahead = [place for place, name in enumerate(header) if name in ("Div", "Date", "Time", "HomeTeam", "AwayTeam")] + quotes


class Feed(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        now = datetime.datetime.now(london)
        if self.path == "/fixtures.csv":
            coming = [row for row, at in zip(matches, kick_offs) if now < at < now + datetime.timedelta(minutes=3)]
            body = encode([[row[place] for place in ahead] for row in [header] + coming])
        elif self.path == f"/mmz4281/{code(year)}/SIM.csv":
            # In the order in which they came: a row stays on its line.
            body = encode([header] + [row for at, row in sorted(zip(shown, matches)) if at < now])
        else:
            body = past.get(self.path, b"")
        self.send_response(200 if body else 404)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_): pass


feed = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Feed)
threading.Thread(target=feed.serve_forever, daemon=True).start()
folder = pathlib.Path(tempfile.mkdtemp(prefix="bets-", dir="/tmp"))
os.chmod(folder, 0o755)
state, config = folder / "state", folder / "touchline.yml"
state.mkdir()
config.write_text(f"""state_directory: {state}
web: {{listen_addresses: ["127.0.0.1:0"]}}
feed: {{base_url: "http://127.0.0.1:{feed.server_address[1]}", division: SIM, first_season: {year - 2}/{(year - 1) % 100:02}, refetch_finished_seasons: 7d, attempts: 1, pause: 0s}}
schedule: {{ingest: "@every 1s", evaluate: "@every 1s", predict: "@every 1s", decide: 0 0 1 1 *, train: 0 0 1 1 *, drift: 0 0 1 1 *, backup: 0 0 1 1 *, retain: 0 0 1 1 *, jitter: 0s, retry_pause: 200ms}}
model: {{trees: 10}}
betting: {{rule_confidence: 0.4, rule_edge: 0.01}}
""")
address = f"host={state}/run port=5432 user=touchline dbname=touchline"
log = open(folder / "agent.log", "ab")
start_agent = lambda: subprocess.Popen([touchline, "serve", f"--config.file={config}"], stdout=log, stderr=log)


def psql(sql, timeout=20):
    """Rows as text; nothing while there is no server."""
    answer = subprocess.run(["psql", "-X", "-qAt", address, "-c", sql], capture_output=True, text=True, timeout=timeout)
    return answer.stdout.splitlines() if answer.returncode == 0 else None


# What may only ever be added, and the settlement of a bet, which may only ever be added to it.
FACTS = """
select 'match ' || m::text from matches m where exists (select from fixtures f where f.id = m.fixture_id and f.season = {0})
union all select 'forecast ' || p::text from predictions p
union all select 'score ' || e::text from evaluations e
union all select 'wallet ' || w::text from wallets w
union all select 'decision ' || d::text from bet_matches d join fixtures f on f.id = d.fixture_id where f.season = {0}
union all select 'bet ' || (id, strategy, fixture_id, prediction_id, outcome, odds, probability, stake, placed_at)::text from bets
union all select 'settlement ' || (id, status, returned, settled_at, revision)::text from bets where status <> 'open'
""".format(year)
OUTCOME = "case sign(m.home_goals - m.away_goals) when 1 then 'home' when 0 then 'draw' else 'away' end"
DOUBLES = {
    "bets of a strategy on one match": "select count(*) - count(distinct (strategy, fixture_id)) from bets",
    "bets settled more than once": "select count(*) from bets where revision > 1",
    "scores of one forecast": "select (select count(*) from superseded_evaluations) + count(*) from evaluations where revision <> 1",
    "forecasts that say nothing new": """select count(*) from (select (deadline, home, draw, away, odds_home, odds_draw, odds_away)
        is not distinct from lag((deadline, home, draw, away, odds_home, odds_draw, odds_away)) over (partition by fixture_id, model_id order by made_at, id) as again from predictions) v where again""",
}
LOSSES = {
    "results": f"select {len(matches)} - count(*) from matches m join fixtures f on f.id = m.fixture_id where f.season = {year}",
    "matches nobody decided on": f"select count(*) from matches m join fixtures f on f.id = m.fixture_id where f.season = {year} and not exists (select from bet_matches b where b.fixture_id = f.id)",
    "bets that stayed open": "select count(*) from bets where status = 'open'",
    "forecasts without a score": "select count(*) from predictions p join matches m using (fixture_id) where p.made_at < p.deadline and not exists (select from evaluations e where e.prediction_id = p.id)",
}
WRONG = {
    "refused rows": "select count(*) from quarantined_rows",
    "bets settled against the result": f"select count(*) from bets b join matches m using (fixture_id) where (b.status = 'won') <> (b.outcome = {OUTCOME})",
    "payments": "select count(*) from bets where returned <> case status when 'won' then stake * odds else 0 end",
    # The flat bettor stakes alike on each match, whatever was killed in between.
    "flat stakes": "select count(*) from bets where strategy = 'flat' and stake <> 10",
    "bets after the kick-off on a later forecast": "select count(*) from bets b join predictions p on p.id = b.prediction_id where p.made_at >= b.deadline",
}


def sessions(parent):
    found = subprocess.run(["pgrep", "-P", str(parent), "-f", "^postgres: touchline touchline"], capture_output=True, text=True)
    return [int(process) for process in found.stdout.split()]


def postmaster():
    try: return int((state / "postgresql/postmaster.pid").read_text().split()[0])
    except (OSError, ValueError, IndexError): return None


def kill(process):
    try: os.kill(process, signal.SIGKILL)
    except ProcessLookupError: return False
    return True


def strike(kind):
    """Kills with SIGKILL; false where there was nothing to kill at that moment."""
    global agent
    server = postmaster()
    if kind in ("agent", "agent and server"):
        agent.kill(); agent.wait()
        if kind == "agent and server" and server: kill(server)
        agent = start_agent()
        return True
    if kind == "server": return bool(server) and kill(server)
    victims = sessions(server) if server else []
    return bool(victims) and kill(random.choice(victims))


agent = start_agent()
struck, seen, looks = {}, set(), 0
try:
    end = time.time() + 110
    while not psql("select 1 from predictions limit 1"):
        if agent.poll() is not None or time.time() > end: raise SystemExit("no forecast came:\n" + (folder / "agent.log").read_text()[-2000:])
        time.sleep(0.5)
    while datetime.datetime.now(london) < start: time.sleep(0.2)
    print(f"{len(matches)} matches kick off within {minutes} minutes; {psql('select count(*) from predictions')[0]} forecasts are there", flush=True)
    while sum(struck.values()) < kills:
        time.sleep(random.uniform(0.05, 3))
        facts = psql(FACTS)
        if facts is not None: seen.update(facts); looks += 1
        kind = random.choices(["agent", "server", "session", "agent and server"], [5, 2, 2, 1])[0]
        if strike(kind): struck[kind] = struck.get(kind, 0) + 1
        if sum(struck.values()) % 20 == 0: print(f"{sum(struck.values())} kills, {len(seen)} facts seen", flush=True)
    end = time.time() + 120
    while time.time() < end:
        left = [psql(sql) for sql in LOSSES.values()]
        if all(answer == ["0"] for answer in left): break
        time.sleep(1)
    time.sleep(3)
    agent.send_signal(signal.SIGTERM); agent.wait(30)
    agent = start_agent()
    while (facts := psql(FACTS)) is None: time.sleep(0.2)
    counts = {}
    for fact in facts: counts[fact.split()[0]] = counts.get(fact.split()[0], 0) + 1
    lost = seen - set(facts)
    answers = {name: psql(sql) for part in (DOUBLES, LOSSES, WRONG) for name, sql in part.items()}
    print(f"seed {seed}, kills {sum(struck.values())}: {struck}")
    print(f"facts at the end {counts}; {len(seen)} seen committed in {looks} looks, of which lost or changed {len(lost)}, listed twice {len(facts) - len(set(facts))}")
    print("exceptions:", {name: answer[0] if answer else "?" for name, answer in answers.items()})
    print("refused:", psql("select rule, count(*), min(value) from quarantined_rows group by 1"))
    for row in psql("select w.strategy, count(b.id), count(*) filter (where status = 'won'), round((w.opening_balance + coalesce(sum(returned - stake), 0))::numeric, 2) from wallets w left join bets b using (strategy) group by w.strategy order by 1"): print("wallet", row)
    fine = not lost and len(facts) == len(set(facts)) and all(answer == ["0"] for answer in answers.values()) and counts.get("settlement", 0) == counts.get("bet", -1)
    print("OK" if fine else "FAILED " + str(sorted(lost)[:3]))
    sys.exit(not fine)
finally:
    agent.kill(); agent.wait()
    if server := postmaster(): os.kill(server, signal.SIGQUIT)
    time.sleep(1)
    feed.shutdown()
    if os.environ.get("KEEP") is None: shutil.rmtree(folder, ignore_errors=True)
