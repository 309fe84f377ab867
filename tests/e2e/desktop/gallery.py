"""Pictures of every view of the real window on a real cluster.

    KATES_BUILD=build python3 tests/e2e/desktop/gallery.py OUT [--themes dark,light,projector] [--sizes 1280x800,1920x1080] [--only NAME,NAME]

Look at each for clipped text, overlaps, contrast and empty views: no program does that.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "cluster"))

from kates_e2e import BUILD, Kates, web  # noqa: E402

PROBLEMS = """
apiVersion: v1
kind: Pod
metadata: {name: too-large, namespace: shop, labels: {app: too-large}}
spec: {containers: [{name: c, image: 'kates.dev/sample:1', resources: {requests: {cpu: '900'}}}]}
---
apiVersion: v1
kind: Pod
metadata: {name: crashes, namespace: shop, labels: {app: crashes}}
spec: {containers: [{name: c, image: 'kates.dev/sample:1', command: [sh, -c, 'echo cannot go on; exit 3']}]}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: shop, namespace: shop}
spec: {rules: [{host: shop.example, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]}
"""

DEPLOYMENT = "details:apps/v1|Deployment|shop|web|"


def scenes(pod):
    """name: (page, what is shown)"""
    return {
        "clusters": ("clusters", ""), "create": ("clusters", "create"), "attach": ("clusters", "attach"), "keys": ("map", "keys"),
        "palette": ("map", "palette:web"), "commands": ("map", "palette::po"), "protection": ("map", "protection"),
        "map": ("map", ""), "apps": ("map:apps", ""), "control-plane": ("map:control", ""), "resources": ("resources", ""),
        "details": ("map", DEPLOYMENT + "0"), "related": ("map:apps", DEPLOYMENT + "1"), "events": ("map", DEPLOYMENT + "2"),
        "yaml": ("resources", DEPLOYMENT + "3"), "changes": ("resources", DEPLOYMENT + "4"),
        "node": ("map", "details:v1|Node||node-1|0"), "pod": ("resources", f"details:v1|Pod|shop|{pod}|0"),
        "logs": ("map", "logs:apps/v1|Deployment|shop|web|0"), "deploy": ("deploy", ""),
        "terminal": ("map", f"terminal:shop|{pod}|web"), "forwards": ("map", "dock:forwards"), "tasks": ("map", "dock:tasks"),
    }


def take(k, target, page, show, theme, size):
    command = ["xvfb-run", "-a", "-s", f"-screen 0 {size}x24", BUILD / "bin/kates-desktop", "--connection", k.home / "config/kates/engine.kubeconfig",
               "--screenshot", target, "--page", page, "--theme", theme, "--size", size]
    if page != "clusters":
        command += ["--cluster", "gallery"]
    if show:
        command += ["--show", show]
    try:
        done = subprocess.run([str(word) for word in command], env=k.environment, capture_output=True, text=True, timeout=60)
        return done.returncode == 0 and target.exists()
    except subprocess.TimeoutExpired:
        return False


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--themes", default="dark,light,projector")
    parser.add_argument("--sizes", default="1280x800,1920x1080")
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    k = Kates()
    missing = []
    try:
        k.up("gallery", "--nodes", "2", "--simulated-nodes", "4")
        k.kubectl("create", "namespace", "shop")
        for text in (web("web", replicas=3), web("cart", replicas=2)):
            k.kubectl("apply", "-n", "shop", "-f", "-", input=text)
        k.kubectl("apply", "-f", "-", input=PROBLEMS)
        k.kubectl("rollout", "status", "-n", "shop", "deployment/web", "--timeout=60s")
        pod = k.get("pods", "-n", "shop", "-l", "app=web")["items"][0]["metadata"]["name"]
        wanted = scenes(pod)
        for name in options.only.split(",") if options.only else wanted:
            page, show = wanted[name]
            for theme in options.themes.split(","):
                for size in options.sizes.split(","):
                    target = options.out.resolve() / f"{name}-{theme}-{size}.png"
                    if not take(k, target, page, show, theme, size):
                        missing.append(target.name)
                        print("missing:", target.name, flush=True)
    finally:
        k.close()
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
