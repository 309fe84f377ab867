"""The engine's own API, by kubectl, and clusters side by side."""

import json

from kates_e2e import KatesTest


class EngineTest(KatesTest):
    cluster_arguments = ("--nodes", "0")

    def engine(self, *arguments, **kwargs):
        return self.k.kubectl("--kubeconfig", str(self.k.home / "config/kates/engine.kubeconfig"), *arguments, **kwargs)

    def test_clusters_are_objects(self):
        self.assertIn("Running", self.engine("get", "clusters").stdout)
        self.assertIn("Master", self.engine("get", "machines").stdout)
        self.engine("apply", "-f", "-", input="apiVersion: engine.kates.dev/v1alpha1\nkind: Cluster\nmetadata: {name: other}\nspec: {nodes: 0, simulatedNodes: 2}\n")
        self.engine("wait", "cluster/other", "--for=jsonpath={.status.phase}=Running", "--timeout=60s")
        self.engine("patch", "cluster", "other", "--type=merge", "-p", '{"spec":{"simulatedNodes":3}}')
        self.engine("wait", "cluster/other", "--for=jsonpath={.status.nodesReady}=3", "--timeout=60s")
        self.engine("delete", "cluster", "other", "--timeout=60s")
        self.assertFalse((self.k.home / "data/kates/clusters/other").exists())

    def test_what_processes_use_is_measured_when_asked(self):
        metrics = json.loads(self.engine("get", "--raw", "/apis/engine.kates.dev/v1alpha1/clusters/t/metrics").stdout)
        self.assertEqual(metrics["kind"], "ClusterMetrics")
        master = metrics["machines"][0]
        self.assertEqual(master["name"], "t-master-0")
        self.assertRegex(master["usage"]["cpu"], "^[0-9]+m$")
        self.assertGreater(int(master["usage"]["memory"].removesuffix("Mi")), 5)
        self.assertRegex(self.k.kates("status", "t").stdout, r"t-master-0 .* [0-9]+m +[0-9]+Mi")

    def test_nobody_gets_in_without_credentials(self):
        url = self.k.run("sh", "-c", "grep server: config/kates/engine.kubeconfig | awk '{print $2}'").stdout.strip()
        for path in ("/apis/engine.kates.dev/v1alpha1/clusters", "/clusters/t/api/v1/secrets"):
            code = self.k.run("curl", "-sk", "-o", "/dev/null", "-w", "%{http_code}", url + path).stdout
            self.assertIn(code, ("401", "403"))
