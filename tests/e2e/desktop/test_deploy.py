"""Deploying and the tables of the window against a real cluster; with Helm and kustomize where tests/e2e/fetch_clients.sh brought them."""

import os
import unittest

from kates_e2e import CLIENTS, SOURCE, Kates

CHART = {
    "Chart.yaml": "apiVersion: v2\nname: greeter\nversion: 0.1.0\n",
    "values.yaml": "greeting: hello\n",
    "templates/map.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: {{ .Release.Name }}-words}\ndata: {greeting: {{ .Values.greeting | quote }}}\n",
}
KUSTOMIZATION = {
    "kustomization.yaml": "namePrefix: my-\nresources: [map.yaml]\n",
    "map.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {a: b}\n",
}


class Deploy(unittest.TestCase):
    def test_deploy(self):
        kates = Kates()
        self.addCleanup(kates.close)
        kates.kates("up", "real", "--nodes", "1", "--simulated-nodes", "2", "--timeout", "60")
        kates.kates("apply", "real", "-f", SOURCE / "resources/manifests/sample.yaml")
        for folder, files in (("chart", CHART), ("kustomized", KUSTOMIZATION)):
            for name, text in files.items():
                path = kates.home / folder / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text)
        tools = kates.home / "tools"
        tools.mkdir()
        for name, client in (("helm", CLIENTS / "helm"), ("kubectl", CLIENTS / "kubectl-1.35")):
            if client.exists():
                os.symlink(client, tools / name)
        self.assertIn(" 0 failed", kates.desktop("tst_deploy_on_a_cluster", "real", PATH=f"{tools}:{kates.environment['PATH']}"))


if __name__ == "__main__":
    unittest.main()
