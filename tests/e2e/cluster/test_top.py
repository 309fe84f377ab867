"""kubectl top: what nodes and pods use, asked when asked."""

import json

from kates_e2e import SAMPLE_IMAGE, KatesTest

BUSY = f"""
apiVersion: v1
kind: Pod
metadata: {{name: busy, labels: {{app: busy}}}}
spec:
  terminationGracePeriodSeconds: 0
  nodeSelector: {{kubernetes.io/hostname: NODE}}
  containers:
  - {{name: main, image: {SAMPLE_IMAGE}, command: [sh, -c, "while :; do :; done"]}}
  - {{name: idle, image: {SAMPLE_IMAGE}, command: [sleep, "10000"]}}
"""


class TopTest(KatesTest):
    cluster_arguments = ("--nodes", "1", "--simulated-nodes", "2")

    def real_node(self):
        nodes = self.k.get("nodes")["items"]
        return next(node["metadata"]["name"] for node in nodes if "kates.dev/simulated" not in node["metadata"].get("labels", {}))

    def test_nodes_and_pods(self):
        node = self.real_node()
        self.k.apply(BUSY.replace("NODE", node))
        self.k.wait("pod/busy", "--for=condition=Ready")
        items = json.loads(self.k.kubectl("get", "--raw", "/apis/metrics.k8s.io/v1beta1/nodes").stdout)["items"]
        self.assertEqual([item["metadata"]["name"] for item in items], [node], "a simulated node uses nothing that could be measured")

        def busy():
            raw = self.k.kubectl("get", "--raw", "/apis/metrics.k8s.io/v1beta1/namespaces/default/pods/busy").stdout
            usage = {c["name"]: c["usage"] for c in json.loads(raw)["containers"]}
            self.assertLess(int(usage["idle"]["cpu"].removesuffix("m")), 20)
            return int(usage["main"]["cpu"].removesuffix("m")) > 100  # of a core that others use too

        self.eventually(busy)
        top = self.k.kubectl("top", "pods", "-l", "app=busy", "--containers").stdout
        self.assertRegex(top, r"busy +main +[0-9]+m +[0-9]+Mi")
        self.assertRegex(self.k.kubectl("top", "nodes").stdout, node + r" +[0-9]+m +[0-9]+% +[0-9]+Mi")
        gone = self.k.kubectl("get", "--raw", "/apis/metrics.k8s.io/v1beta1/namespaces/default/pods/none", check=False)
        self.assertIn("not found", gone.stderr)
