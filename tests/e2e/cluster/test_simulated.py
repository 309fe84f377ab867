from kates_e2e import KatesTest, SAMPLE_IMAGE, web


class SimulatedTest(KatesTest):
    cluster_arguments = ("--nodes", "1", "--simulated-nodes", "200")

    def test_simulated_nodes_are_marked_and_run_pods(self):
        k = self.k
        nodes = k.get("nodes", "-l", "kates.dev/simulated=true")["items"]
        self.assertEqual(len(nodes), 200)
        self.assertTrue(all(node["status"]["nodeInfo"]["containerRuntimeVersion"].startswith("simulated://") for node in nodes))
        k.apply(web("many", replicas=400, service=False, extra="      nodeSelector: {kates.dev/simulated: \"true\"}\n"))
        k.kubectl("rollout", "status", "deployment/many", "--timeout=60s")
        pods = k.get("pods", "-l", "app=many")["items"]
        self.assertEqual(len({pod["status"]["podIP"] for pod in pods}), 400)

    def test_a_pod_that_fits_nowhere_says_why(self):
        k = self.k
        k.apply(f"""
apiVersion: v1
kind: Pod
metadata: {{name: huge}}
spec: {{containers: [{{name: main, image: "{SAMPLE_IMAGE}", resources: {{requests: {{cpu: "1000"}}}}}}]}}
""")
        k.wait("pod/huge", "--for=jsonpath={.status.conditions[?(@.type==\"PodScheduled\")].reason}=Unschedulable")
        message = next(c for c in k.get("pod", "huge")["status"]["conditions"] if c["type"] == "PodScheduled")["message"]
        self.assertIn("0/201 nodes are available: 201 Insufficient cpu", message)
