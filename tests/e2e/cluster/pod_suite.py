"""What a cluster with real nodes has to do; run as root (test_root.py) and as an ordinary user (test_user.py)."""

import subprocess
import urllib.request

from kates_e2e import BUILD, CLIENTS, SAMPLE_IMAGE, web


class PodSuite:
    def test_an_application_is_served_to_pods_and_to_the_host(self):
        k = self.k
        k.apply(web(replicas=3))
        k.kubectl("rollout", "status", "deployment/web", "--timeout=60s")
        pods = k.get("pods", "-l", "app=web")["items"]
        self.assertEqual({pod["status"]["phase"] for pod in pods}, {"Running"})
        self.assertEqual(len({pod["status"]["podIP"] for pod in pods}), 3)
        self.assertEqual(len({pod["spec"]["nodeName"] for pod in pods}), 2, "the pods are spread over both nodes")
        port = k.get("service", "web")["spec"]["ports"][0]["nodePort"]
        names = {pod["metadata"]["name"] for pod in pods}
        seen = set()

        def ask():
            page = urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=3).read().decode()
            seen.update(name for name in names if name in page)
            return seen == names

        self.eventually(ask)  # the kernel balances: every pod answers sooner or later
        first = pods[0]["metadata"]["name"]
        inside = k.kubectl("exec", first, "--", "wget", "-qO-", "http://web.default.svc.cluster.local/").stdout
        self.assertIn("Hello from Kates", inside)
        other = next(pod for pod in pods if pod["spec"]["nodeName"] != pods[0]["spec"]["nodeName"])
        across = k.kubectl("exec", first, "--", "wget", "-qO-", f"http://{other['status']['podIP']}:8080/").stdout
        self.assertIn(other["metadata"]["name"], across)

    def test_exec_logs_cp_and_port_forward(self):
        k = self.k
        k.apply(f"""
apiVersion: v1
kind: Pod
metadata: {{name: tools}}
spec:
  terminationGracePeriodSeconds: 0
  initContainers:
  - {{name: first, image: {SAMPLE_IMAGE}, command: [sh, -c, "echo from init > /shared/file"], volumeMounts: [{{name: shared, mountPath: /shared}}]}}
  containers:
  - name: main
    image: {SAMPLE_IMAGE}
    command: [sh, -c, "echo line one; echo line two; exec /bin/serve"]
    volumeMounts: [{{name: shared, mountPath: /shared}}]
  - {{name: side, image: {SAMPLE_IMAGE}, command: [sleep, "10000"]}}
  volumes: [{{name: shared, emptyDir: {{}}}}]
""")
        k.wait("pod/tools", "--for=condition=Ready")
        self.assertEqual(k.kubectl("logs", "tools", "-c", "main", "--tail=-1").stdout.splitlines()[:2], ["line one", "line two"])
        self.assertEqual(k.kubectl("exec", "tools", "-c", "main", "--", "cat", "/shared/file").stdout, "from init\n")
        self.assertEqual(k.kubectl("exec", "-i", "tools", "-c", "main", "--", "cat", input="fed\n").stdout, "fed\n")
        failing = k.kubectl("exec", "tools", "-c", "main", "--", "sh", "-c", "exit 7", check=False)
        self.assertEqual(failing.returncode, 7)
        loopback = k.kubectl("exec", "tools", "-c", "side", "--", "wget", "-qO-", "http://127.0.0.1:8080/").stdout
        self.assertIn("Hello from Kates", loopback, "the pod's containers share its network")
        (k.home / "file").write_text("copied\n")
        k.kubectl("cp", str(k.home / "file"), "tools:/tmp/there", "-c", "main")
        self.assertEqual(k.kubectl("exec", "tools", "-c", "main", "--", "cat", "/tmp/there").stdout, "copied\n")
        self.forward_a_port()

    def forward_a_port(self):
        k = self.k
        with subprocess.Popen([CLIENTS / "kubectl-1.35", "port-forward", "pod/tools", ":8080"], env=k.environment, stdout=subprocess.PIPE, text=True) as forward:
            try:
                port = int(forward.stdout.readline().split("127.0.0.1:")[1].split()[0])
                page = urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5).read().decode()
                self.assertIn("Hello from Kates", page)
            finally:
                forward.terminate()

    def test_configuration_reaches_the_container(self):
        k = self.k
        k.apply(f"""
apiVersion: v1
kind: ConfigMap
metadata: {{name: settings}}
data: {{colour: blue, page: "some text\\n"}}
---
apiVersion: v1
kind: Secret
metadata: {{name: keys}}
stringData: {{password: s3cret}}
---
apiVersion: v1
kind: Pod
metadata: {{name: configured, labels: {{tier: front}}}}
spec:
  restartPolicy: Never
  containers:
  - name: main
    image: {SAMPLE_IMAGE}
    command: [sh, -c, "echo $COLOUR $PASSWORD $TIER; cat /config/page /secret/password; echo; ls /var/run/secrets/kubernetes.io/serviceaccount"]
    env:
    - {{name: COLOUR, valueFrom: {{configMapKeyRef: {{name: settings, key: colour}}}}}}
    - {{name: PASSWORD, valueFrom: {{secretKeyRef: {{name: keys, key: password}}}}}}
    - {{name: TIER, valueFrom: {{fieldRef: {{fieldPath: "metadata.labels['tier']"}}}}}}
    volumeMounts: [{{name: config, mountPath: /config}}, {{name: secret, mountPath: /secret}}]
  volumes: [{{name: config, configMap: {{name: settings}}}}, {{name: secret, secret: {{secretName: keys}}}}]
""")
        k.wait("pod/configured", "--for=jsonpath={.status.phase}=Succeeded")
        self.assertEqual(k.kubectl("logs", "configured").stdout.split(), "blue s3cret front some text s3cret ca.crt namespace token".split())

    def test_a_failing_container_restarts_with_back_off(self):
        k = self.k
        k.apply(f"""
apiVersion: v1
kind: Pod
metadata: {{name: crashing}}
spec:
  containers: [{{name: main, image: {SAMPLE_IMAGE}, command: [sh, -c, "echo failing; exit 3"]}}]
""")
        k.wait("pod/crashing", "--for=jsonpath={.status.containerStatuses[0].state.waiting.reason}=CrashLoopBackOff")
        status = k.get("pod", "crashing")["status"]["containerStatuses"][0]
        self.assertEqual(status["lastState"]["terminated"]["exitCode"], 3)
        self.assertGreaterEqual(status["restartCount"], 1)
        self.assertEqual(k.kubectl("logs", "crashing", "--previous").stdout, "failing\n")
        k.kubectl("delete", "pod", "crashing", "--grace-period=0")

    def test_a_failing_liveness_probe_restarts_the_container(self):
        k = self.k
        k.apply(f"""
apiVersion: v1
kind: Pod
metadata: {{name: dying}}
spec:
  terminationGracePeriodSeconds: 0
  containers:
  - name: main
    image: {SAMPLE_IMAGE}
    command: [sh, -c, "touch /tmp/alive; sleep 2; rm /tmp/alive; sleep 10000"]
    livenessProbe: {{exec: {{command: [cat, /tmp/alive]}}, periodSeconds: 1, failureThreshold: 1}}
""")
        k.wait("pod/dying", "--for=jsonpath={.status.containerStatuses[0].restartCount}=1")
        k.kubectl("delete", "pod", "dying")

    def test_an_image_that_is_not_there_is_said(self):
        k = self.k
        k.apply("""
apiVersion: v1
kind: Pod
metadata: {name: missing}
spec: {containers: [{name: main, image: "127.0.0.1:1/no/such:1"}]}
""")
        k.wait("pod/missing", "--for=jsonpath={.status.containerStatuses[0].state.waiting.reason}=ErrImagePull")
        events = k.kubectl("get", "events", "--field-selector=involvedObject.name=missing").stdout
        self.assertIn("Failed to pull image", events)
        k.kubectl("delete", "pod", "missing", "--grace-period=0")
