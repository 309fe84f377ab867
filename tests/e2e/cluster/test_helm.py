from kates_e2e import CLIENTS, KatesTest


class HelmTest(KatesTest):
    cluster_arguments = ("--nodes", "1")

    def test_a_chart_is_installed_upgraded_and_removed(self):
        k = self.k
        helm = CLIENTS / "helm"
        k.run(helm, "create", "chart")
        values = ["--set", "image.repository=kates.dev/sample,image.tag=1,service.port=8080,livenessProbe=null,readinessProbe=null"]
        k.run(helm, "install", "app", "chart", *values, "--wait", "--timeout", "60s")
        self.assertIn("deployed", k.run(helm, "list").stdout)
        k.run(helm, "upgrade", "app", "chart", "--reuse-values", "--set", "replicaCount=2", "--wait", "--timeout", "60s")
        self.assertEqual(len(k.get("pods", "-l", "app.kubernetes.io/instance=app")["items"]), 2)
        k.run(helm, "rollback", "app", "1", "--wait", "--timeout", "60s")
        k.run(helm, "uninstall", "app", "--wait", "--timeout", "60s")
        self.assertEqual(k.get("deployments")["items"], [])
