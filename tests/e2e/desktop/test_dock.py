"""Logs, terminals and port-forwards of the window against a real cluster."""

import unittest

from kates_e2e import SAMPLE_IMAGE, SOURCE, Kates

# A pod that was restarted, one that writes a lot at once, one whose image has no shell (its folders of programs are hidden by empty volumes).
PODS = f"""
apiVersion: v1
kind: Pod
metadata: {{name: flood}}
spec:
  restartPolicy: Never
  containers:
    - name: main
      image: {SAMPLE_IMAGE}
      command: [sh, -c, "i=0; while [ $i -lt 20000 ]; do echo line $i; i=$((i+1)); done; printf '\\\\033[31mred\\\\033[0m end\\\\n'; sleep 3600"]
---
apiVersion: v1
kind: Pod
metadata: {{name: again}}
spec:
  containers:
    - name: main
      image: {SAMPLE_IMAGE}
      command: [sh, -c, "n=$(cat /data/n 2>/dev/null || echo 0); echo run $n; echo $((n+1)) > /data/n; [ $n -gt 0 ] && sleep 3600; exit 1"]
      volumeMounts: [{{name: data, mountPath: /data}}]
  volumes: [{{name: data, emptyDir: {{}}}}]
---
apiVersion: v1
kind: Pod
metadata: {{name: shellless}}
spec:
  initContainers:
    - name: copy
      image: {SAMPLE_IMAGE}
      command: [sh, -c, "cp /bin/busybox /data/busybox"]
      volumeMounts: [{{name: data, mountPath: /data}}]
  containers:
    - name: main
      image: {SAMPLE_IMAGE}
      command: [/data/busybox, sleep, "3600"]
      volumeMounts:
        - {{name: data, mountPath: /data}}
        - {{name: none, mountPath: /bin}}
        - {{name: none, mountPath: /sbin}}
        - {{name: none, mountPath: /usr/bin}}
        - {{name: none, mountPath: /usr/sbin}}
  volumes: [{{name: data, emptyDir: {{}}}}, {{name: none, emptyDir: {{}}}}]
"""


class Dock(unittest.TestCase):
    def test_dock(self):
        kates = Kates()
        self.addCleanup(kates.close)
        kates.kates("up", "real", "--nodes", "2", "--timeout", "60")
        kates.kates("apply", "real", "-f", SOURCE / "resources/manifests/sample.yaml")
        (kates.home / "pods.yaml").write_text(PODS)
        kates.kates("apply", "real", "-f", kates.home / "pods.yaml")
        self.assertIn("0 failed, 0 skipped", kates.desktop("tst_dock_on_a_cluster", "real"))


if __name__ == "__main__":
    unittest.main()
