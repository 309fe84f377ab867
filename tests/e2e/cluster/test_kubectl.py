"""Real kubectl, both versions, unchanged: the commands that people use every day."""

from kates_e2e import CLIENTS, KatesTest, web

VERSIONS = ("1.35", "1.32")


class KubectlTest(KatesTest):
    cluster_arguments = ("--nodes", "1")

    def setUp(self):
        self.k.apply(web())
        self.k.kubectl("rollout", "status", "deployment/web", "--timeout=60s")

    def each(self, *arguments, **kwargs):
        return [self.k.kubectl(*arguments, version=version, **kwargs).stdout for version in VERSIONS]

    def test_reading(self):
        for text in self.each("get", "pods", "-o", "wide"):
            self.assertIn("NAME", text)
            self.assertIn("READINESS GATES", text)
        for text in self.each("get", "all"):
            self.assertIn("deployment.apps/web", text)
        for text in self.each("get", "deployment", "web", "-o", "jsonpath={.spec.replicas}"):
            self.assertEqual(text, "2")
        for text in self.each("describe", "deployment", "web"):
            self.assertIn("RollingUpdateStrategy", text)
        for text in self.each("describe", "pod", "-l", "app=web"):
            self.assertIn("Started", text)
        for text in self.each("describe", "node", "node-1"):
            self.assertIn("Allocated resources", text)
        for text in self.each("explain", "deployment.spec.strategy"):
            self.assertIn("KIND:       Deployment", text)
        for text in self.each("api-resources"):
            self.assertIn("deployments", text)
        for text in self.each("auth", "can-i", "create", "pods"):
            self.assertEqual(text.strip(), "yes")
        for text in self.each("get", "events"):
            self.assertIn("Scheduled", text)

    def test_creating_and_deleting(self):
        for number, version in enumerate(VERSIONS):
            k = lambda *a, **kw: self.k.kubectl(*a, version=version, **kw)
            ns = f"n{number}"
            k("create", "namespace", ns)
            k("create", "deployment", "d", "--image=kates.dev/sample:1", "--replicas=1", "-n", ns)
            k("create", "configmap", "c", "--from-literal=a=b", "-n", ns)
            k("create", "secret", "generic", "s", "--from-literal=a=b", "-n", ns)
            k("create", "serviceaccount", "sa", "-n", ns)
            k("expose", "deployment", "d", "--port=80", "--target-port=8080", "-n", ns)
            k("run", "one", "--image=kates.dev/sample:1", "-n", ns)
            k("wait", "--for=condition=Ready", "pod/one", "-n", ns, "--timeout=60s")
            k("rollout", "status", "deployment/d", "-n", ns, "--timeout=60s")
            k("delete", "pod", "one", "-n", ns, "--grace-period=1")
            k("delete", "namespace", ns, "--timeout=60s")
            self.assertEqual(k("get", "pods", "-n", ns, "-o", "name").stdout, "")

    def test_changing(self):
        for version in VERSIONS:
            k = lambda *a, **kw: self.k.kubectl(*a, version=version, **kw)
            k("label", "deployment", "web", f"by={version}", "--overwrite")
            k("annotate", "deployment", "web", "note=x", "--overwrite")
            k("scale", "deployment", "web", "--replicas=3")
            k("rollout", "status", "deployment/web", "--timeout=60s")
            k("patch", "deployment", "web", "-p", '{"spec":{"replicas":2}}')
            k("patch", "deployment", "web", "--type=json", "-p", '[{"op":"replace","path":"/spec/replicas","value":1}]')
            k("set", "env", "deployment/web", f"A={version}")
            k("rollout", "status", "deployment/web", "--timeout=60s")
            self.assertIn("REVISION", k("rollout", "history", "deployment/web").stdout)
            k("rollout", "undo", "deployment/web")
            k("rollout", "status", "deployment/web", "--timeout=60s")
            k("rollout", "restart", "deployment/web")
            k("rollout", "status", "deployment/web", "--timeout=60s")

    def test_applying(self):
        manifest = web("applied", replicas=1, service=False)
        for version in VERSIONS:
            k = lambda *a, **kw: self.k.kubectl(*a, version=version, **kw)
            k("apply", "-f", "-", input=manifest)
            self.assertIn("unchanged", k("apply", "-f", "-", input=manifest).stdout)
            self.assertIn("serverside-applied", k("apply", "--server-side", "--force-conflicts", "-f", "-", input=manifest).stdout)
            changed = manifest.replace("replicas: 1", "replicas: 2")
            difference = k("diff", "-f", "-", input=changed, check=False)
            self.assertEqual(difference.returncode, 1, difference.stderr)
            self.assertIn("+  replicas: 2", difference.stdout)
            k("apply", "--dry-run=server", "-f", "-", input=changed)
            self.assertEqual(k("get", "deployment", "applied", "-o", "jsonpath={.spec.replicas}").stdout, "1")
            k("delete", "deployment", "applied", "--timeout=60s")

    def test_editing(self):
        k = self.k
        k.kubectl("create", "configmap", "edited", "--from-literal=word=before")
        for version in ("1.35", "1.32"):
            before, after = ("before", "between") if version == "1.35" else ("between", "after")
            k.run("env", f"KUBE_EDITOR=sed -i s/{before}/{after}/", CLIENTS / f"kubectl-{version}", "edit", "configmap", "edited", as_user=False)
            self.assertEqual(k.get("configmap", "edited")["data"], {"word": after})

    def test_draining(self):
        k = self.k
        k.kubectl("cordon", "node-1")
        self.assertIn("SchedulingDisabled", k.kubectl("get", "nodes").stdout)
        k.kubectl("drain", "node-1", "--ignore-daemonsets", "--delete-emptydir-data", "--timeout=60s", "--force")
        k.kubectl("uncordon", "node-1")
        k.kubectl("rollout", "status", "deployment/web", "--timeout=60s")
