"""Each mistake is a clear error that names the field or the file; nothing is half applied, nothing falls over."""

from kates_e2e import Kates, KatesTest, SAMPLE_IMAGE


class BadInputTest(KatesTest):
    cluster_arguments = ("--nodes", "0")

    def refused(self, text, *wanted, arguments=("apply", "-f", "-")):
        done = self.k.kubectl(*arguments, input=text, check=False)
        self.assertNotEqual(done.returncode, 0, done.stdout)
        for words in wanted:
            self.assertIn(words, done.stderr)
        return done.stderr

    def test_manifests(self):
        self.refused("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: 1}\n", "data")
        self.refused("apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: c, image: x, imagee: y}]}\n", "imagee")
        self.refused("apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec: {replicas: many}\n", "replicas")
        self.refused("apiVersion: v1\nkind: Pod\nmetadata: {name: Bad_Name}\nspec: {containers: [{name: c, image: x}]}\n", "metadata.name", "Bad_Name")
        self.refused("apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: []}\n", "spec.containers")
        self.refused("apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: c, image: x}, {name: c, image: x}]}\n", "spec.containers[1].name", "Duplicate")
        self.refused("apiVersion: v1\nkind: Nonsense\nmetadata: {name: a}\n", "Nonsense")

    def test_conflicts_and_duplicates(self):
        k = self.k
        k.kubectl("create", "configmap", "there", "--from-literal=a=b")
        self.assertIn("already exists", k.kubectl("create", "configmap", "there", check=False).stderr)
        stale = k.get("configmap", "there")
        k.kubectl("label", "configmap", "there", "x=y")
        stale["data"]["a"] = "c"
        import json
        self.assertIn("the object has been modified", self.refused(json.dumps(stale), arguments=("replace", "-f", "-")))
        self.assertEqual(k.get("configmap", "there")["data"], {"a": "b"})

    def test_large_and_deep_bodies(self):
        k = self.k
        url = k.run("sh", "-c", "grep server: $KUBECONFIG | cut -d' ' -f6").stdout.strip()
        token = k.run("sh", "-c", "grep token: $KUBECONFIG | sed 's/.*token: //'").stdout.strip()

        def post(body):
            (k.home / "body").write_text(body)
            done = k.run("curl", "-sk", "-H", f"Authorization: Bearer {token}", "-H", "Content-Type: application/json", "--data-binary", "@" + str(k.home / "body"),
                         "-w", "\n%{http_code}", f"{url}/api/v1/namespaces/default/configmaps")
            return done.stdout.rsplit("\n", 1)

        answer, code = post('{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"big"},"data":{"a":"' + "x" * 4_000_000 + '"}}')
        self.assertEqual(code, "413", answer)
        answer, code = post("[" * 100_000)
        self.assertEqual(code, "400", answer)
        answer, code = post("{,aa")
        self.assertEqual(code, "400", answer)
        self.assertIn('"kind":"Status"', answer.replace(" ", ""))

    def test_the_command_line(self):
        k = self.k
        refused = k.kates("up", "two", "--masters", "3", check=False)
        self.assertEqual(refused.returncode, 1)
        self.assertIn("spec.masters", refused.stderr)
        self.assertIn("etcd", refused.stderr)
        refused = k.kates("up", "Not_A_Name", check=False)
        self.assertIn("metadata.name", refused.stderr)
        refused = k.kates("down", "nobody", check=False)
        self.assertIn('"nobody" not found', refused.stderr)
        (k.home / "bad.tar").write_bytes(b"this is no archive")
        refused = k.kates("image", "load", str(k.home / "bad.tar"), check=False)
        self.assertEqual(refused.returncode, 1)
        self.assertIn("bad.tar", refused.stderr)
        (k.home / "bad.yaml").write_text(",aa")
        refused = k.kates("up", "-f", str(k.home / "bad.yaml"), check=False, timeout=20)
        self.assertIn("bad.yaml", refused.stderr)

    def test_a_busy_port_is_named(self):
        import socket
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]
            refused = self.k.kates("up", "busy", "--nodes", "0", "--port", str(port), check=False)
            self.assertEqual(refused.returncode, 1)
            self.assertIn(str(port), refused.stderr)
            self.assertIn("Fix:", refused.stderr)
        self.k.kates("delete", "busy")
