"""What goes wrong around a cluster: a node falls silent, the disk is full, a registry lies, an image is hostile. Each is said plainly; nothing acknowledged is lost."""

import hashlib
import http.server
import io
import json
import os
import shutil
import signal
import subprocess
import tarfile
import threading

from kates_e2e import KatesTest, web


class LyingRegistry(http.server.BaseHTTPRequestHandler):
    """An image "liar" whose layer is not what its digest says, and an image "short" that ends before the size it promised."""

    protocol_version = "HTTP/1.1"
    truth = b"what the digest was made of"
    config = b'{"architecture":"amd64","os":"linux","config":{},"rootfs":{"type":"layers","diff_ids":["sha256:' + hashlib.sha256(truth).hexdigest().encode() + b'"]}}'

    @staticmethod
    def described(data, media_type):
        return {"mediaType": media_type, "digest": "sha256:" + hashlib.sha256(data).hexdigest(), "size": len(data)}

    def manifest(self):
        return json.dumps({
            "schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json",
            "config": self.described(self.config, "application/vnd.oci.image.config.v1+json"),
            "layers": [self.described(self.truth, "application/vnd.oci.image.layer.v1.tar")],
        }).encode()

    def body(self):
        if "/manifests/" in self.path:
            return self.manifest(), "application/vnd.oci.image.manifest.v1+json"
        if self.path.endswith(hashlib.sha256(self.config).hexdigest()):
            return self.config, "application/octet-stream"
        if "/blobs/" in self.path:
            lie = b"something else altogether"[:len(self.truth)].ljust(len(self.truth), b"!")
            return (lie if "/liar/" in self.path else self.truth[:9]), "application/octet-stream"
        return b"{}", "application/json"

    def do_GET(self):
        body, media_type = self.body()
        self.send_response(200)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    do_HEAD = do_GET

    def log_message(self, *arguments):
        pass


class FaultsTest(KatesTest):
    cluster_arguments = ("--nodes", "2")

    def test_1_the_pods_of_a_silent_node_move(self):
        k = self.k
        k.apply(web("movable", service=False, extra="""
      tolerations:
      - {key: node.kubernetes.io/unreachable, operator: Exists, effect: NoExecute, tolerationSeconds: 1}
      - {key: node.kubernetes.io/not-ready, operator: Exists, effect: NoExecute, tolerationSeconds: 1}
      topologySpreadConstraints:
      - {maxSkew: 1, topologyKey: kubernetes.io/hostname, whenUnsatisfiable: ScheduleAnyway, labelSelector: {matchLabels: {app: movable}}}"""))
        k.kubectl("rollout", "status", "deployment/movable", "--timeout=60s")
        nodes = {pod["spec"]["nodeName"] for pod in k.get("pods", "-l", "app=movable")["items"]}
        self.assertEqual(len(nodes), 2, "one pod on each node")
        machine = "node-1"
        name = next(node for node in nodes if node.endswith(machine))
        agent = k.pid("t", machine)
        os.kill(agent, signal.SIGSTOP)
        try:
            k.wait(f"node/{name}", "--for=condition=Ready=Unknown", timeout="90s")
            k.wait("pod", "-l", "app=movable", f"--field-selector=spec.nodeName={name}", "--for=jsonpath={.metadata.deletionTimestamp}", timeout="60s")
            k.wait("deployment/movable", "--for=jsonpath={.status.availableReplicas}=2", timeout="60s")
            serving = [pod["spec"]["nodeName"] for pod in k.get("pods", "-l", "app=movable")["items"] if "deletionTimestamp" not in pod["metadata"]]
            self.assertEqual(len(serving), 2)
            self.assertNotIn(name, serving)
        finally:
            os.kill(agent, signal.SIGCONT)
        k.wait(f"node/{name}", "--for=condition=Ready", timeout="60s")
        k.wait("pod", "-l", "app=movable", f"--field-selector=spec.nodeName={name}", "--for=delete", timeout="60s")

    def test_2_a_registry_that_lies_about_digests(self):
        k = self.k
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), LyingRegistry)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            for image in ("liar", "short"):
                reference = f"127.0.0.1:{server.server_address[1]}/{image}:1"
                k.apply(f"apiVersion: v1\nkind: Pod\nmetadata: {{name: {image}}}\nspec: {{containers: [{{name: c, image: '{reference}'}}]}}\n")
                k.wait(f"pod/{image}", "--for=jsonpath={.status.containerStatuses[0].state.waiting.message}")
                waiting = self.eventually(lambda: self.pull_error(image))
                self.assertIn("sha256:", waiting["message"])
                k.kubectl("delete", "pod", image, "--grace-period=0", "--force")
            self.assertNotIn("liar", k.kates("image", "list").stdout)
        finally:
            server.shutdown()
            server.server_close()

    def pull_error(self, pod):
        waiting = self.k.get("pod", pod)["status"]["containerStatuses"][0]["state"].get("waiting", {})
        return waiting if waiting.get("reason") in ("ErrImagePull", "ImagePullBackOff") and "sha256:" in waiting.get("message", "") else None

    def test_3_a_hostile_archive_is_refused_and_touches_nothing(self):
        k = self.k
        layer = io.BytesIO()
        with tarfile.open(fileobj=layer, mode="w") as tar:
            entry = tarfile.TarInfo("../../../../../../../../tmp/kates-escaped")
            entry.size = 4
            tar.addfile(entry, io.BytesIO(b"gone"))
        config = json.dumps({"architecture": "amd64", "os": "linux", "config": {},
                             "rootfs": {"type": "layers", "diff_ids": ["sha256:" + hashlib.sha256(layer.getvalue()).hexdigest()]}}).encode()
        path = k.home / "hostile.tar"
        with tarfile.open(path, "w") as tar:
            for name, data in (("layer.tar", layer.getvalue()), ("config.json", config),
                               ("manifest.json", json.dumps([{"Config": "config.json", "RepoTags": ["hostile:1"], "Layers": ["layer.tar"]}]).encode())):
                entry = tarfile.TarInfo(name)
                entry.size = len(data)
                tar.addfile(entry, io.BytesIO(data))
        k.kates("image", "load", path, check=False)
        k.apply("apiVersion: v1\nkind: Pod\nmetadata: {name: hostile}\nspec: {containers: [{name: c, image: 'hostile:1', imagePullPolicy: Never}]}\n")
        k.wait("pod/hostile", "--for=jsonpath={.status.containerStatuses[0].state.waiting.message}")
        self.assertFalse(os.path.exists("/tmp/kates-escaped"))
        k.kubectl("delete", "pod", "hostile", "--grace-period=0", "--force")


class FullDiskTest(KatesTest):
    cluster_arguments = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=96m", "kates-e2e", cls.k.home / "data"], check=True)

    @classmethod
    def tearDownClass(cls):
        data = cls.k.home / "data"
        (data / "ballast").unlink(missing_ok=True)
        listed = [line.split()[0] for line in cls.k.kates("list", check=False).stdout.splitlines()[1:] if line.strip()]
        for name in listed:
            cls.k.kates("delete", name, check=False)
        cls.k.kates("engine", "stop", check=False)
        subprocess.run(["umount", data], check=True)
        shutil.rmtree(cls.k.home, ignore_errors=True)

    def test_writes_are_refused_by_name_and_everything_comes_back(self):
        k = self.k
        k.up("t", "--nodes", "0")
        k.kubectl("create", "configmap", "before", "--from-literal=a=b")
        ballast = k.home / "data/ballast"
        with open(ballast, "wb", buffering=0) as file:
            try:
                while True:
                    file.write(b"\0" * 65536)
            except OSError:
                pass
        big = k.home / "big"
        big.write_text("x" * 400_000)
        acknowledged, refusals = ["before"], []
        for number in range(40):
            done = k.kubectl("create", "configmap", f"c{number}", f"--from-file=a={big}", check=False)
            if done.returncode == 0:
                acknowledged.append(f"c{number}")
            else:
                refusals.append(done.stderr)
                break
        self.assertTrue(refusals, "forty objects of 400 kB fitted on a full disk")
        self.assertIn("disk is full", refusals[0])
        self.assertEqual(k.get("configmap", "before")["data"], {"a": "b"})  # reading goes on
        ballast.unlink()
        k.kubectl("create", "configmap", "after", "--from-literal=a=b")
        os.kill(k.pid("t", "master-0"), signal.SIGKILL)
        self.eventually(lambda: set(acknowledged + ["after"]) <= {item["metadata"]["name"] for item in k.get("configmaps")["items"]})


if __name__ == "__main__":
    import unittest
    unittest.main()
