"""Clusters that run elsewhere: cluster t's own kubeconfig attached as remote "far", reached through the engine with real kubectl."""

import json
import os
import pty
import select
import socket
import stat
import subprocess
import threading
import urllib.request
from base64 import b64encode

from kates_e2e import CLIENTS, SAMPLE_IMAGE, KatesTest

TOOLS = f"""
apiVersion: v1
kind: Pod
metadata: {{name: tools}}
spec:
  terminationGracePeriodSeconds: 0
  containers:
  - name: main
    image: {SAMPLE_IMAGE}
    command: [sh, -c, "echo line one; exec /bin/serve"]
"""


class Wire:
    """A TCP forwarder that can be cut: a server that goes away and comes back."""

    def __init__(self, port, to):
        self.to = to
        self.pairs = []
        self.listening = socket.create_server(("127.0.0.1", port))
        self.port = self.listening.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                near, _ = self.listening.accept()
            except OSError:
                return
            far = socket.create_connection(("127.0.0.1", self.to))
            self.pairs += [near, far]
            for source, target in ((near, far), (far, near)):
                threading.Thread(target=self.copy, args=(source, target), daemon=True).start()

    @staticmethod
    def copy(source, target):
        try:
            while piece := source.recv(65536):
                target.sendall(piece)
        except OSError:
            pass

    def cut(self):
        self.listening.shutdown(socket.SHUT_RDWR)
        self.listening.close()
        for end in self.pairs:
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            end.close()


class RemoteTest(KatesTest):
    cluster_arguments = ("--nodes", "1")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        k = cls.k
        # Straight to t's API server, not through the engine: what somebody else would hand out.
        cls.direct = k.home / "direct.kubeconfig"
        pki = k.home / "data/kates/clusters/t/pki"
        endpoint = json.loads(cls.engine("get", "cluster", "t", "-o", "json").stdout)["status"]["endpoint"]
        cls.server = endpoint
        cls.ca = b64encode((pki / "ca.crt").read_bytes()).decode()
        token = cls.make_token()
        cls.token = token
        cls.direct.write_text(cls.kubeconfig_text())
        k.apply(TOOLS)
        k.wait("pod/tools", "--for=condition=Ready")

    @classmethod
    def make_token(cls):
        k = cls.k
        k.kubectl("create", "serviceaccount", "far")
        k.kubectl("create", "clusterrolebinding", "far", "--clusterrole=cluster-admin", "--serviceaccount=default:far")
        return k.kubectl("create", "token", "far", "--duration=1h").stdout.strip()

    @classmethod
    def kubeconfig_text(cls, user=None, cluster=None):
        cluster = cluster or {"server": cls.server, "certificate-authority-data": cls.ca}
        return json.dumps({
            "apiVersion": "v1", "kind": "Config", "current-context": "far",
            "clusters": [{"name": "far", "cluster": cluster}], "users": [{"name": "far", "user": user or {"token": cls.token}}],
            "contexts": [{"name": "far", "context": {"cluster": "far", "user": "far"}}]})

    @classmethod
    def engine(cls, *arguments, **kwargs):
        return cls.k.kubectl("--kubeconfig", str(cls.k.home / "config/kates/engine.kubeconfig"), *arguments, **kwargs)

    def attach(self, name, *arguments, text=None, check=True):
        file = self.k.home / f"{name}.kubeconfig"
        file.write_text(text or self.kubeconfig_text())
        self.addCleanup(self.k.kates, "detach", name, check=False)
        done = self.k.kates("attach", name, "--kubeconfig", file, *arguments, check=check)
        through = self.k.home / f"{name}.through"
        through.write_text(self.k.kates("kubeconfig", name, check=check).stdout)
        self.through = through
        return done

    def far(self, *arguments, **kwargs):
        return self.k.kubectl("--kubeconfig", str(self.through), *arguments, **kwargs)

    def remote(self, name):
        return json.loads(self.engine("get", "remotecluster", name, "-o", "json").stdout)

    def reachable(self, name):
        conditions = self.remote(name).get("status", {}).get("conditions", [])
        return next((c["reason"] for c in conditions if c["type"] == "Reachable"), None)

    def test_everything_passes_with_read_write(self):
        said = self.attach("far", "--access", "ReadWrite").stdout
        self.assertIn("Connected", said)
        self.assertIn("v1.35", said)
        self.assertIn("Token", said)
        self.assertEqual(self.far("get", "nodes", "-o", "name").stdout, self.k.kubectl("get", "nodes", "-o", "name").stdout)
        self.far("apply", "-f", "-", input="apiVersion: v1\nkind: ConfigMap\nmetadata: {name: made}\ndata: {a: b}\n")
        self.assertEqual(self.k.get("configmap", "made")["data"], {"a": "b"})
        self.assertEqual(self.far("logs", "tools").stdout.splitlines()[0], "line one")
        self.assertEqual(self.far("exec", "-i", "tools", "--", "cat", input="fed\n").stdout, "fed\n")
        self.assertIn("/dev/pts", self.on_a_terminal("exec", "-it", "tools", "--", "tty"))
        self.forward_a_port()
        self.far("delete", "configmap", "made")
        listed = self.k.kates("list").stdout
        self.assertIn("Remote, ReadWrite", listed)

    def on_a_terminal(self, *arguments):
        ours, theirs = pty.openpty()
        command = [str(CLIENTS / "kubectl-1.35"), "--kubeconfig", str(self.through), *arguments]
        with subprocess.Popen(command, env=self.k.environment, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True) as shell:
            os.close(theirs)
            text = b""
            while select.select([ours], [], [], 20)[0]:
                try:
                    piece = os.read(ours, 4096)
                except OSError:
                    break
                if not piece:
                    break
                text += piece
            shell.wait(timeout=5)
        os.close(ours)
        return text.decode()

    def forward_a_port(self):
        command = [CLIENTS / "kubectl-1.35", "--kubeconfig", self.through, "port-forward", "pod/tools", ":8080"]
        with subprocess.Popen(command, env=self.k.environment, stdout=subprocess.PIPE, text=True) as forward:
            try:
                port = int(forward.stdout.readline().split("127.0.0.1:")[1].split()[0])
                self.assertIn("Hello from Kates", urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5).read().decode())
            finally:
                forward.terminate()

    def test_read_only_lets_nothing_change(self):
        self.attach("ro")
        self.assertEqual(self.remote("ro")["spec"]["access"], "ReadOnly")
        self.assertIn("tools", self.far("get", "pods").stdout)
        self.assertEqual(self.far("logs", "tools").stdout.splitlines()[0], "line one")
        self.assertIn("yes", self.far("auth", "can-i", "delete", "pods").stdout)
        manifest = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: never}\n"
        self.far("apply", "--dry-run=server", "-f", "-", input=manifest)
        self.far("delete", "pod", "tools", "--dry-run=server")
        refused = [("apply", "-f", "-"), ("delete", "pod", "tools"), ("exec", "tools", "--", "true"), ("label", "pod", "tools", "a=b"),
                   ("port-forward", "pod/tools", ":8080"), ("create", "token", "far")]
        for command in refused:
            done = self.far(*command, check=False, input=manifest, timeout=20)
            self.assertNotEqual(done.returncode, 0, command)
            self.assertIn("kates attach ro --access ReadWrite", done.stderr, command)
        self.assertNotIn("never", self.k.kubectl("get", "configmaps").stdout)
        self.assertIn("tools", self.k.kubectl("get", "pods").stdout)
        done = self.far("get", "pods", "--as", "somebody", check=False)
        self.assertIn("on behalf of somebody else", done.stderr)
        self.k.kates("attach", "ro", "--access", "ReadWrite")
        self.far("label", "pod", "tools", "unlocked=yes")

    def test_wrong_certificate_authority(self):
        other = b64encode((self.k.home / "data/kates/engine/pki/ca.crt").read_bytes()).decode()
        said = self.attach("badca", text=self.kubeconfig_text(cluster={"server": self.server, "certificate-authority-data": other})).stdout
        self.assertIn("CertificateInvalid", said)
        self.assertIn("not trusted", self.far("get", "pods", check=False).stderr)
        said = self.attach("insecure", text=self.kubeconfig_text(cluster={"server": self.server, "insecure-skip-tls-verify": True})).stdout
        self.assertIn("not verified", said)
        self.assertTrue(self.remote("insecure")["status"]["insecureSkipTLSVerify"])

    def test_wrong_token(self):
        self.assertIn("Unauthorized", self.attach("badtoken", text=self.kubeconfig_text(user={"token": "wrong"})).stdout)
        self.assertIn("must be logged in", self.far("get", "pods", check=False).stderr)

    def test_nobody_there(self):
        said = self.attach("nobody", text=self.kubeconfig_text(cluster={"server": "https://127.0.0.1:1", "certificate-authority-data": self.ca})).stdout
        self.assertIn("Unreachable", said)
        self.assertIn("cannot be reached", self.far("get", "pods", check=False).stderr)

    def test_a_server_that_goes_and_comes_back(self):
        wire = Wire(0, int(self.server.rsplit(":", 1)[1]))
        text = self.kubeconfig_text(cluster={"server": f"https://127.0.0.1:{wire.port}", "certificate-authority-data": self.ca})
        self.assertIn("Connected", self.attach("wired", text=text).stdout)
        with subprocess.Popen([CLIENTS / "kubectl-1.35", "--kubeconfig", self.through, "get", "pods", "-w"], env=self.k.environment, stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, text=True) as watching:
            watching.stdout.readline()
            wire.cut()
            watching.wait(timeout=20)  # what passes ends with the server
        self.assertIn("cannot be reached", self.far("get", "pods", check=False).stderr)
        self.assertEqual(self.reachable("wired"), "Unreachable")
        wire = Wire(wire.port, wire.to)
        self.addCleanup(wire.cut)
        self.assertIn("tools", self.far("get", "pods").stdout)
        self.engine("wait", "remotecluster/wired", "--for=condition=Reachable", "--timeout=20s")

    def test_a_plug_in_runs_only_with_consent(self):
        plugin = self.k.home / "plugin.sh"
        runs = self.k.home / "plugin-runs"
        credential = {"apiVersion": "client.authentication.k8s.io/v1", "kind": "ExecCredential", "status": {"token": self.token}}
        plugin.write_text(f"#!/bin/sh\necho run >> {runs}\ncat <<'END'\n{json.dumps(credential)}\nEND\n")
        plugin.chmod(plugin.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)
        user = {"exec": {"apiVersion": "client.authentication.k8s.io/v1", "command": str(plugin), "args": ["a b"], "interactiveMode": "Never"}}
        self.assertIn("--allow-exec", self.attach("plugged", text=self.kubeconfig_text(user=user)).stdout)
        done = self.far("get", "pods", check=False)
        self.assertIn(f"{plugin} 'a b'", done.stderr)
        self.assertFalse(runs.exists())
        self.assertEqual(self.reachable("plugged"), "ExecPluginNeedsConsent")
        self.assertEqual(self.remote("plugged")["status"]["execCommand"], f"{plugin} 'a b'")
        self.assertIn("Connected", self.k.kates("attach", "plugged", "--allow-exec").stdout)
        self.assertIn("tools", self.far("get", "pods").stdout)
        self.assertEqual(runs.read_text().count("run"), 1)
        user["exec"]["args"] = ["another"]
        self.attach("plugged", text=self.kubeconfig_text(user=user))
        self.assertIn(f"{plugin} another", self.far("get", "pods", check=False).stderr)
        self.assertEqual(runs.read_text().count("run"), 1)
        plugin.write_text("#!/bin/sh\necho 'log in first' >&2\nexit 1\n")
        said = self.k.kates("attach", "plugged", "--allow-exec").stdout
        self.assertIn("ExecPluginFailed", said)
        self.assertIn("log in first", said)

    def test_names_are_shared_with_clusters(self):
        done = self.attach("t", check=False)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("the name t is taken by a Cluster", done.stderr)
        self.attach("taken")
        done = self.engine("create", "-f", "-", input="apiVersion: engine.kates.dev/v1alpha1\nkind: Cluster\nmetadata: {name: taken}\n", check=False)
        self.assertIn("the name taken is taken by a RemoteCluster", done.stderr)

    def test_nothing_connects_before_the_first_request_and_nothing_stays(self):
        secret = {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "lazy-kubeconfig", "namespace": "kates-system"},
                  "type": "cluster.x-k8s.io/secret", "stringData": {"value": self.kubeconfig_text()}}
        remote = {"apiVersion": "engine.kates.dev/v1alpha1", "kind": "RemoteCluster", "metadata": {"name": "lazy"},
                  "spec": {"kubeconfigSecretRef": {"name": "lazy-kubeconfig"}}}
        self.engine("create", "-f", "-", input=json.dumps(secret))
        self.engine("create", "-f", "-", input=json.dumps(remote))
        self.engine("wait", "remotecluster/lazy", "--for=jsonpath={.status.server}=" + self.server, "--timeout=20s")
        self.assertEqual(self.reachable("lazy"), "NotConnected")
        self.assertNotIn("version", self.remote("lazy")["status"])
        (self.k.home / "lazy.through").write_text(self.k.kates("kubeconfig", "lazy").stdout)
        self.through = self.k.home / "lazy.through"
        self.far("get", "pods")
        self.engine("wait", "remotecluster/lazy", "--for=condition=Reachable", "--timeout=20s")
        with subprocess.Popen([CLIENTS / "kubectl-1.35", "--kubeconfig", self.through, "logs", "-f", "tools"], env=self.k.environment,
                              stdout=subprocess.PIPE, text=True) as following:
            following.stdout.readline()
            self.k.kates("detach", "lazy")
            following.wait(timeout=20)  # what passes is cut
        self.assertNotIn("lazy", self.engine("get", "secrets,remoteclusters", "-n", "kates-system", "-o", "name").stdout)
        self.assertNotEqual(self.far("get", "pods", check=False).returncode, 0)
        # Made by kates attach: kubectl delete is enough, the Secret goes too.
        self.attach("owned")
        self.engine("delete", "remotecluster", "owned")
        self.eventually(lambda: "owned" not in self.engine("get", "secrets", "-n", "kates-system", "-o", "name").stdout)

    def test_what_the_kubeconfig_may_not_ask_for(self):
        for word, user, cluster in (("must be embedded", {"tokenFile": "/etc/passwd"}, None), ("proxy", None, {"server": self.server, "proxy-url": "http://p"}),
                                    ("acts as somebody", {"token": "x", "as": "admin"}, None)):
            secret = {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "odd", "namespace": "kates-system"}, "type": "cluster.x-k8s.io/secret",
                      "stringData": {"value": self.kubeconfig_text(user=user, cluster=cluster)}}
            self.engine("apply", "-f", "-", input=json.dumps(secret))
            self.engine("apply", "-f", "-", input="apiVersion: engine.kates.dev/v1alpha1\nkind: RemoteCluster\nmetadata: {name: odd}\n"
                        "spec: {kubeconfigSecretRef: {name: odd}}\n")
            self.eventually(lambda: word in json.dumps(self.remote("odd").get("status", {})))
            self.assertEqual(self.reachable("odd"), "KubeconfigInvalid")
            self.k.kates("detach", "odd")
