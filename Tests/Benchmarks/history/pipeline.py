"""Inserts one by one, pipelined and by COPY, into a server beside and into one a millisecond away each way.

usage: pipeline.py <PipelineRows binary>
"""
import asyncio, os, pathlib, shutil, subprocess, sys, tempfile

folder = tempfile.mkdtemp(prefix="pipeline-")
os.chmod(folder, 0o755)
programs = max(pathlib.Path("/usr/lib/postgresql").glob("*/bin"))
as_server = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []
if as_server: shutil.chown(folder, "postgres", "postgres")


def server(program, *arguments):
    subprocess.run([*as_server, str(programs / program), *arguments], check=True, stdout=subprocess.DEVNULL, cwd="/")


async def late(reader, writer, delay):
    """Hands on what is read, each piece so long after it came."""
    waiting, loop = asyncio.Queue(), asyncio.get_running_loop()
    async def hand_on():
        while piece := await waiting.get():
            await asyncio.sleep(piece[0] + delay - loop.time())
            writer.write(piece[1])
        writer.close()
    task = asyncio.create_task(hand_on())
    while data := await reader.read(65536): waiting.put_nowait((loop.time(), data))
    waiting.put_nowait(None)
    await task


async def far_away(delay):
    async def serve(reader, writer):
        up_reader, up_writer = await asyncio.open_unix_connection(f"{folder}/.s.PGSQL.5432")
        await asyncio.gather(late(reader, up_writer, delay), late(up_reader, writer, delay), return_exceptions=True)
    os.mkdir(f"{folder}/far")
    await asyncio.start_unix_server(serve, f"{folder}/far/.s.PGSQL.5432")
    for name, host in (("beside", folder), ("a millisecond away each way", f"{folder}/far")):
        server("createdb", "-h", folder, "-U", "touchline", name.split()[0])
        print(name, flush=True)
        process = await asyncio.create_subprocess_exec(sys.argv[1], f"host={host} user=touchline dbname={name.split()[0]}")
        await process.wait()


server("initdb", "-D", f"{folder}/data", "-U", "touchline", "-A", "trust", "--encoding=UTF8", "--locale=C.UTF-8")
server("pg_ctl", "start", "-w", "-D", f"{folder}/data", "-l", f"{folder}/log", "-o",
       f"-c listen_addresses='' -c unix_socket_directories='{folder}'")
try:
    asyncio.run(far_away(0.001))
finally:
    server("pg_ctl", "stop", "-m", "fast", "-w", "-D", f"{folder}/data")
    shutil.rmtree(folder)
