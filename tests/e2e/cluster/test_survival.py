"""What is acknowledged stays, and running containers do not notice when what manages them dies."""

import os
import signal
import threading
from pathlib import Path

from kates_e2e import KatesTest, web


class SurvivalTest(KatesTest):
    def started_containers(self):
        pods = self.k.get("pods", "-l", "app=web")["items"]
        return {status["containerID"]: status["state"]["running"]["startedAt"] for pod in pods for status in pod["status"]["containerStatuses"]}

    def test_1_a_killed_master_loses_no_acknowledged_write(self):
        k = self.k
        k.apply(web())
        k.kubectl("rollout", "status", "deployment/web", "--timeout=60s")
        before = self.started_containers()
        acknowledged = []

        def write(worker):
            for number in range(12):
                name = f"w{worker}-{number}"
                if k.kubectl("create", "configmap", name, "--from-literal=a=b", check=False).returncode == 0:
                    acknowledged.append(name)

        writers = [threading.Thread(target=write, args=(worker,)) for worker in range(4)]
        for writer in writers:
            writer.start()
        for _ in range(2):
            master = k.pid("t", "master-0")
            os.kill(master, signal.SIGKILL)
            self.eventually(lambda: k.pid("t", "master-0") != master and k.kubectl("get", "--raw", "/readyz", check=False).returncode == 0)
        for writer in writers:
            writer.join()
        present = {item["metadata"]["name"] for item in k.get("configmaps")["items"]}
        self.assertTrue(acknowledged)
        self.assertEqual(set(acknowledged) - present, set())
        self.assertEqual(self.started_containers(), before)

    def test_2_a_killed_node_agent_restarts_no_container(self):
        k = self.k
        before = self.started_containers()
        agents = [k.pid("t", f"node-{number}") for number in (1, 2)]
        for agent in agents:
            os.kill(agent, signal.SIGKILL)
        self.eventually(lambda: not set(agents) & {k.pid("t", f"node-{number}") for number in (1, 2)})
        k.apply(web("second", replicas=2, service=False))  # the new agents work
        k.kubectl("rollout", "status", "deployment/second", "--timeout=60s")
        self.assertEqual(self.started_containers(), before)

    def test_3_a_killed_engine_finds_its_clusters_again(self):
        k = self.k
        before = self.started_containers()
        engine = int((k.home / "run/kates/engine.pid").read_text().split()[0])
        os.kill(engine, signal.SIGKILL)
        self.eventually(lambda: not os.path.exists(f"/proc/{engine}") or Path(f"/proc/{engine}/stat").read_text().split(") ")[1][0] == "Z")
        k.kates("up", "t")
        # What the engine that died wrote last may be seen until the new one has looked at the processes.
        self.eventually(lambda: "Running" in k.kates("list").stdout)
        self.assertEqual(self.started_containers(), before)

    def test_4_stop_and_start_bring_everything_back_and_delete_leaves_nothing(self):
        k = self.k
        k.kates("down", "t")
        self.assertEqual([line for _, line in k.processes() if "conmon" in line or "serve" in line], [])
        k.kates("up", "t")
        k.kubectl("rollout", "status", "deployment/web", "--timeout=60s")
        k.kates("delete", "t")
        k.kates("engine", "stop")
        self.assertEqual(k.processes(), [])
        self.assertEqual(list((k.home / "data/kates/clusters").iterdir()), [])
        self.assertNotIn(str(k.home), Path("/proc/self/mountinfo").read_text())
