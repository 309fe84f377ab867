#!/usr/bin/env python3
"""Figures of whole clusters, with the real binary and real kubectl. Usage: bench_cluster.py [cold-start] [pod-start] [simulated] [idle]

Needs root, a build (KATES_BUILD) and its clients (make test brings them). Prints a table; run it on a quiet machine, and twice.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "e2e/cluster"))
from kates_e2e import CLIENTS, Kates, SAMPLE_IMAGE, web  # noqa: E402

ROWS = []


def row(what, figure):
    ROWS.append((what, figure))
    print(f"{what:<72} {figure}", flush=True)


def machine_processes(k, cluster="t"):
    pids = {path.parent.name: int(path.read_text().split()[0]) for path in (k.home / "data/kates/clusters" / cluster).glob("*/pid")}
    pids["engine"] = int((k.home / "run/kates/engine.pid").read_text().split()[0])
    return pids


def cpu_seconds(pid):
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def rss_mib(pid):
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1048576


def cold_start():
    times = []
    for _ in range(5):
        k = Kates()
        try:
            begin = time.monotonic()
            k.kates("up", "t", "--nodes", "2")
            times.append(time.monotonic() - begin)
        finally:
            k.close()
    row("cold start: empty directory, no engine → 1 master + 2 nodes Ready (median of 5)", f"{statistics.median(times):.2f} s")


def pod_start():
    k = Kates()
    try:
        k.up("t", "--nodes", "2")
        watch = subprocess.Popen([CLIENTS / "kubectl-1.35", "get", "pods", "-w", "-o", "json", "--output-watch-events"], env=k.environment, stdout=subprocess.PIPE, text=True)
        decoder, held, times = json.JSONDecoder(), "", []
        for number in range(20):
            manifest = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": f"p{number}"},
                        "spec": {"terminationGracePeriodSeconds": 0, "containers": [{"name": "c", "image": SAMPLE_IMAGE, "command": ["sleep", "10000"]}]}}
            applied = subprocess.Popen([CLIENTS / "kubectl-1.35", "apply", "-f", "-"], env=k.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            applied.communicate(json.dumps(manifest))
            begin = time.monotonic()  # kubectl has its answer: the pod is stored
            while True:
                held += os.read(watch.stdout.fileno(), 65536).decode()
                running = False
                while True:
                    held = held.lstrip()
                    try:
                        event, end = decoder.raw_decode(held)
                    except ValueError:
                        break
                    held = held[end:]
                    pod = event["object"]
                    running = running or (pod["metadata"]["name"] == f"p{number}" and pod["status"].get("phase") == "Running")
                if running:
                    break
            times.append(time.monotonic() - begin)
        watch.terminate()
        row("pod start: applied → container Running seen by a watch (p50 of 20)", f"{statistics.median(times) * 1000:.0f} ms")
        row("pod start: the slowest of 20", f"{max(times) * 1000:.0f} ms")
    finally:
        k.close()


def simulated():
    k = Kates()
    try:
        begin = time.monotonic()
        k.up("t", "--nodes", "0", "--simulated-nodes", "1000")
        row("1 master + 1,000 simulated nodes, all Ready", f"{time.monotonic() - begin:.1f} s")
        master = k.pid("t", "master-0")
        before, begin = cpu_seconds(master), time.monotonic()
        k.apply(web("many", replicas=1000, service=False))
        k.kubectl("rollout", "status", "deployment/many", "--timeout=120s")
        seconds = time.monotonic() - begin
        row("1,000 pods of one Deployment on 1,000 simulated nodes: applied → all Running", f"{seconds:.1f} s")
        row("the master's CPU for that, each pod", f"{(cpu_seconds(master) - before):.2f} ms")
        row("memory: master with 1,000 nodes and 1,000 pods", f"{rss_mib(master):.0f} MiB")
    finally:
        k.close()


def idle():
    k = Kates()
    try:
        k.up("t", "--nodes", "2")
        time.sleep(5)
        pids = machine_processes(k)
        before, seconds = {name: cpu_seconds(pid) for name, pid in pids.items()}, 60
        time.sleep(seconds)
        used = sum(cpu_seconds(pid) - before[name] for name, pid in pids.items())
        row("idle: engine + master + 2 nodes, resident memory", f"{sum(rss_mib(pid) for pid in pids.values()):.0f} MiB")
        row("idle: the same, of one core", f"{used / seconds * 100:.2f} %")
    finally:
        k.close()


def main():
    benchmarks = {"cold-start": cold_start, "pod-start": pod_start, "simulated": simulated, "idle": idle}
    for name in sys.argv[1:] or benchmarks:
        benchmarks[name]()


if __name__ == "__main__":
    main()
