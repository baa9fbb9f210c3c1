"""Five million forecasts: what the agent and the dashboards ask, by plan and by time.

usage: millions.py <AskMillions binary> [millions] [limit in ms]
Starts a PostgreSQL of its own in a temporary folder, fills it by generate_series (20 seasons, 12 models, every forecast
of a match played scored), and asks everything. Fails if an answer takes longer than the limit, or if a plan reads all
of the forecasts or scores. The server logs the plan of each statement of the agent (auto_explain).
"""
import json, os, pathlib, re, shutil, subprocess, sys, tempfile, time

binary, rows, limit = sys.argv[1], int(float(sys.argv[2] if len(sys.argv) > 2 else 5) * 1_000_000), float(sys.argv[3] if len(sys.argv) > 3 else 50)
dashboards = pathlib.Path(__file__).parents[3] / "dashboards"
folder = tempfile.mkdtemp(prefix="millions-")
os.chmod(folder, 0o755)
programs = max(pathlib.Path("/usr/lib/postgresql").glob("*/bin"))
as_server = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []
if as_server: shutil.chown(folder, "postgres", "postgres")
address = f"host={folder} user=touchline dbname=postgres"

FILL = f"""
set session_replication_role = replica;
insert into provenance (synthetic) values (true);
insert into fixtures (division, season, home, away, day, kick_off, source, synthetic)
select 'E0', 2006 + s, 'Team ' || h, 'Team ' || a, t::date, t, 'results', true
from generate_series(0, 19) s, generate_series(0, 19) h, generate_series(0, 19) a,
    lateral (select date_trunc('day', now()) + interval '15 hours' - (19 - s) * interval '365 days' - interval '330 days'
        + ((h * 19 + a * 7) % 38) * interval '9 days' as t) k
where h <> a;
insert into matches (fixture_id, position, home_goals, away_goals)
select id, id % 380, id % 4, id % 3 from fixtures where kick_off < now();
insert into models (state, trained_at, feature_set, seed, options, matches, first_day, last_day, holdout, bytes,
    training_seconds, synthetic, bytes_checksum)
select case when m = 12 then 'champion' else 'archived' end, now() - (12 - m) * interval '60 days', 'form', m, '{{}}', 3800,
    '2010-01-01', '2020-01-01', '{{}}', decode(repeat('ab', 500000), 'hex'), 1, true,
    encode(sha256(decode(repeat('ab', 500000), 'hex')), 'hex') from generate_series(1, 12) m;
create table shapes as select indexdef from pg_indexes
    where tablename in ('predictions', 'evaluations') and indexdef not like 'CREATE UNIQUE%';
do $$ declare i text; begin
    for i in select indexname from pg_indexes
        where tablename in ('predictions', 'evaluations') and indexdef not like 'CREATE UNIQUE%'
    loop execute 'drop index ' || i; end loop; end $$;
insert into predictions (model_id, fixture_id, made_at, deadline, home, draw, away, market_home, market_draw,
    market_away, synthetic, tier)
select 1 + g % 12, f.id, f.kick_off - interval '1 hour' - (g % {rows // 7600 + 1}) * interval '10 minutes', f.kick_off,
    0.5, 0.25, 0.25, 0.45, 0.3, 0.25, true, 'market'
from fixtures f, generate_series(1, {rows // 7600 + 1}) g where f.kick_off - interval '1 hour' - (g % {rows // 7600 + 1}) * interval '10 minutes' < now();
insert into evaluations (prediction_id, outcome, hit, log_loss, ranked_probability, brier, market_log_loss,
    market_ranked_probability, evaluated_at, base_home, base_draw, base_away)
select p.id, o.outcome, o.outcome = 'home', 0.69, 0.16, 0.375, 0.8, 0.17, p.deadline + interval '3 hours', 0.4, 0.3, 0.3
from predictions p join matches m using (fixture_id), lateral (select case when home_goals > away_goals then 'home'
    when home_goals = away_goals then 'draw' else 'away' end as outcome) o;
insert into settled_matches (fixture_id, outcome) select fixture_id, case when home_goals > away_goals then 'home'
    when home_goals = away_goals then 'draw' else 'away' end from matches;
insert into terms (holder) values ('somewhere pid 1');
insert into job_runs (job, started_at, finished_at, outcome, items_in, items_out, term)
select 'predict', t, t, 'succeeded', 1, 1, 1 from generate_series(now() - interval '360 days', now(), interval '5 minutes') t;
do $$ declare i text; begin for i in select indexdef from shapes loop execute i; end loop; end $$;
drop table shapes;
"""


def server(program, *arguments):
    subprocess.run([*as_server, str(programs / program), *arguments], check=True, stdout=subprocess.DEVNULL, cwd="/")


def psql(sql):
    return subprocess.run(["psql", "-X", "-qAt", "-v", "ON_ERROR_STOP=1", address], input=sql, check=True,
                          capture_output=True, text=True).stdout.strip()


def whole(plan):
    """The tables of millions that a plan reads from end to end."""
    return set(re.findall(r"Seq Scan on (?:\w+\.)?(predictions|evaluations)\b", plan))


server("initdb", "-D", f"{folder}/data", "-U", "touchline", "-A", "trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
server("pg_ctl", "start", "-w", "-D", f"{folder}/data", "-l", f"{folder}/log", "-o",
       f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off -c shared_buffers=256MB -c jit=off "
       "-c max_wal_size=8GB -c maintenance_work_mem=256MB")
failures = []
try:
    subprocess.run([binary, address, "migrate"], check=True)
    started = time.time()
    psql(FILL)
    psql("vacuum analyze")
    held = psql("select count(*) from predictions"), psql("select count(*) from evaluations")
    print(f"{held[0]} forecasts, {held[1]} scores, {psql('select pg_size_pretty(pg_database_size(current_database()))')}, filled in {time.time() - started:.0f} s")
    # With the settings that the agent's own cluster has.
    psql("alter role touchline set session_preload_libraries = 'auto_explain'; alter role touchline set auto_explain.log_min_duration = 0;"
         "alter role touchline set work_mem = '8MB'")
    print("answer ms  rows  question")
    log = pathlib.Path(folder, "log")
    before = log.stat().st_size
    subprocess.run([binary, address, "ask", "1"], check=True, stdout=subprocess.DEVNULL)
    plans = log.read_text()[before:]
    # What is counted in small tables only has a plan for large ones too, which is never executed.
    plans = "".join(entry for entry in plans.split(" LOG:  ") if "reltuples" not in entry)
    for table in sorted(whole(plans)): failures.append(f"a statement of the agent reads all of {table}")
    psql("alter role touchline reset session_preload_libraries")
    for line in subprocess.run([binary, address, "ask"], check=True, capture_output=True, text=True).stdout.splitlines():
        name, found, taken = line.split("|")
        print(f"{float(taken):9.1f} {found:>5}  the agent: {name}")
        if float(taken) > limit: failures.append(f"the agent: {name} took {taken} ms")
    for file in sorted(dashboards.glob("*.json")):
        for panel in json.loads(file.read_text())["panels"]:
            for target in panel.get("targets", []):
                if "rawSql" not in target: continue
                sql = re.sub(r"\$__timeFilter\(([^)]*)\)", r"\1 between now() - interval '90 days' and now()", target["rawSql"])
                sql = sql.replace("$__timeFrom()", "now() - interval '90 days'").replace("$__timeTo()", "now()")
                taken = []
                for _ in range(5):
                    answer = json.loads(psql("set work_mem = '8MB'; explain (analyze, format json) " + sql))[0]
                    taken.append(answer["Planning Time"] + answer["Execution Time"])
                print(f"{max(taken):9.1f} {answer['Plan']['Actual Rows']:>5}  {file.name}: {panel['title']}")
                if max(taken) > limit: failures.append(f"{panel['title']} took {max(taken):.1f} ms")
                for table in sorted(whole(psql("explain " + sql))): failures.append(f"{panel['title']} reads all of {table}")
    print("OK" if not failures else "FAILED: " + "; ".join(failures))
finally:
    server("pg_ctl", "stop", "-m", "immediate", "-D", f"{folder}/data")
    if os.environ.get("KEEP") is None: shutil.rmtree(folder)
sys.exit(1 if failures else 0)
