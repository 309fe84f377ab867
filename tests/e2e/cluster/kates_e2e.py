"""A Kates of its own for a test: its own directories, engine and clusters; everything is gone afterwards."""

import json
import os
import pwd
import shutil
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

BUILD = Path(os.environ.get("KATES_BUILD", Path(__file__).resolve().parents[3] / "build"))
SOURCE = Path(__file__).resolve().parents[3]
CLIENTS = BUILD / "clients"
SAMPLE_IMAGE = "kates.dev/sample:1"


class Failed(AssertionError):
    pass


class Kates:
    """Runs commands as `user` (None: as who runs the test) with private XDG directories."""

    def __init__(self, user=None):
        self.user = user
        self.home = Path(tempfile.mkdtemp(prefix="kates-e2e-"))
        os.chmod(self.home, 0o755)
        for name in ("data", "config", "run"):
            (self.home / name).mkdir(mode=0o700)
        self.program = BUILD / "bin" / "kates"
        if user:
            self.program = self.install()
            for path in [self.home, *self.home.iterdir()]:
                shutil.chown(path, user, pwd.getpwnam(user).pw_gid)
        self.environment = {
            "PATH": os.environ["PATH"], "HOME": str(self.home), "XDG_DATA_HOME": str(self.home / "data"), "XDG_CONFIG_HOME": str(self.home / "config"),
            "XDG_RUNTIME_DIR": str(self.home / "run"), "KUBECONFIG": str(self.home / "kubeconfig"), "LANG": "C.UTF-8",
        }

    def install(self):
        """A copy that the user may read, wherever the build is."""
        for name in ("kates", "kates-pause"):
            (self.home / "opt/bin").mkdir(parents=True, exist_ok=True)
            shutil.copy(BUILD / "bin" / name, self.home / "opt/bin" / name)
        shutil.copytree(BUILD / "share", self.home / "opt/share")
        return self.home / "opt/bin/kates"

    def run(self, *command, check=True, timeout=120, input=None, as_user=True):
        """Gives the finished process; its output is text. check: a failure raises with everything that was printed."""
        kwargs = {}
        if self.user and as_user:
            entry = pwd.getpwnam(self.user)
            kwargs = {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
        done = subprocess.run([str(word) for word in command], env=self.environment, cwd=self.home, capture_output=True, text=True, timeout=timeout, input=input, **kwargs)
        if check and done.returncode != 0:
            raise Failed(f"{' '.join(map(str, command))}: exit code {done.returncode}\n{done.stdout}\n{done.stderr}\n{self.logs()}")
        return done

    def kates(self, *arguments, **kwargs):
        return self.run(self.program, *arguments, **kwargs)

    def kubectl(self, *arguments, version="1.35", **kwargs):
        return self.run(CLIENTS / f"kubectl-{version}", *arguments, as_user=False, **kwargs)

    def get(self, *arguments):
        return json.loads(self.kubectl("get", *arguments, "-o", "json").stdout)

    def up(self, name="t", *arguments):
        self.kates("up", name, *arguments, "--timeout", "60")
        self.kates("kubeconfig", name, "--merge")

    def apply(self, text):
        return self.kubectl("apply", "-f", "-", input=text)

    def wait(self, *arguments, timeout="60s"):
        return self.kubectl("wait", f"--timeout={timeout}", *arguments)

    def desktop(self, program, cluster, **environment):
        """Runs one of the window's programs of tests on a cluster, through the engine; gives what it printed."""
        self.environment |= {"KATES_CONNECTION": str(self.home / "config/kates/engine.kubeconfig"), "KATES_CLUSTER": cluster, "QT_QPA_PLATFORM": "offscreen"}
        self.environment |= environment
        return self.run(BUILD / "tests" / program, timeout=240).stdout

    def pid(self, cluster, machine):
        return int((self.home / "data/kates/clusters" / cluster / machine / "pid").read_text().split()[0])

    def logs(self):
        text = ""
        for log in sorted(self.home.glob("data/kates/**/*.log")):
            text += f"--- {log.name}\n" + "\n".join(log.read_text(errors="replace").splitlines()[-15:]) + "\n"
        return text

    def processes(self):
        """Processes that belong to this Kates: their command line or environment names our directory."""
        found = []
        for directory in Path("/proc").iterdir():
            if not directory.name.isdigit() or int(directory.name) == os.getpid():
                continue
            try:
                text = (directory / "cmdline").read_bytes() + (directory / "environ").read_bytes()
            except OSError:
                continue
            if str(self.home).encode() in text:
                found.append((int(directory.name), (directory / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")))
        return found

    def close(self):
        listed = self.kates("list", check=False).stdout.splitlines()[1:]
        for line in listed:
            if line.strip():
                self.kates("detach" if " Remote, " in line else "delete", line.split()[0], check=False)
        self.kates("engine", "stop", check=False)
        shutil.rmtree(self.home, ignore_errors=True)


class KatesTest(unittest.TestCase):
    """One Kates per class, with the cluster that `cluster_arguments` asks for."""

    cluster_arguments = ("--nodes", "2")
    user = None

    @classmethod
    def setUpClass(cls):
        if not (CLIENTS / "kubectl-1.35").exists():
            raise unittest.SkipTest("kubectl is missing: run tests/e2e/fetch_clients.sh " + str(CLIENTS))
        if os.geteuid() != 0:
            raise unittest.SkipTest("runs as root, which starts the test as an ordinary user too")
        cls.k = Kates(cls.user)
        try:
            if cls.cluster_arguments is not None:
                cls.k.up("t", *cls.cluster_arguments)
        except BaseException:
            cls.k.close()
            raise

    @classmethod
    def tearDownClass(cls):
        cls.k.close()

    def eventually(self, check, seconds=30):
        """For what has no event to wait on from outside (a page behind a NodePort): tries again until it holds."""
        deadline = time.monotonic() + seconds
        while True:
            try:
                result = check()
                if result:
                    return result
                problem = "it did not hold"
            except (AssertionError, OSError, subprocess.TimeoutExpired) as error:
                problem = str(error)
            if time.monotonic() > deadline:
                raise Failed(problem)
            time.sleep(0.05)


def web(name="web", replicas=2, extra="", service=True):
    """The sample application as a manifest."""
    text = f"""
apiVersion: apps/v1
kind: Deployment
metadata: {{name: {name}, labels: {{app: {name}}}}}
spec:
  replicas: {replicas}
  selector: {{matchLabels: {{app: {name}}}}}
  template:
    metadata: {{labels: {{app: {name}}}}}
    spec:
      terminationGracePeriodSeconds: 1
      containers:
      - name: web
        image: {SAMPLE_IMAGE}
        ports: [{{name: http, containerPort: 8080}}]
        readinessProbe: {{httpGet: {{path: /, port: http}}, periodSeconds: 1}}
{extra}
"""
    if service:
        text += f"""
---
apiVersion: v1
kind: Service
metadata: {{name: {name}}}
spec: {{type: NodePort, selector: {{app: {name}}}, ports: [{{port: 80, targetPort: http}}]}}
"""
    return text
