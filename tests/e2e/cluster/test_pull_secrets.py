"""Images from a registry that wants a password: Debian's docker-registry with htpasswd."""

import shutil
import subprocess
import unittest

from kates_e2e import BUILD, KatesTest

# user:secret, by bcrypt
HTPASSWD = "user:$2y$05$abcdefghijklmnopqrstuuOQiyCxlgf/oeuTqixKmWdcYUh4Hjl0a\n"


def pod(name, image, extra=""):
    return f"""
apiVersion: v1
kind: Pod
metadata: {{name: {name}}}
spec:
  terminationGracePeriodSeconds: 0
  {extra}
  containers: [{{name: main, image: "{image}", imagePullPolicy: Always, command: [sleep, "10000"]}}]
"""


class PullSecretsTest(KatesTest):
    cluster_arguments = ("--nodes", "1")

    @classmethod
    def setUpClass(cls):
        if not shutil.which("docker-registry") or not shutil.which("skopeo"):
            raise unittest.SkipTest("docker-registry and skopeo are missing")
        super().setUpClass()
        directory = cls.k.home / "registry"
        directory.mkdir()
        (directory / "htpasswd").write_text(HTPASSWD)
        (directory / "config.yml").write_text(
            f"version: 0.1\nstorage: {{filesystem: {{rootdirectory: {directory}/storage}}}}\nhttp: {{addr: '127.0.0.1:0'}}\n"
            f"auth: {{htpasswd: {{realm: test, path: {directory}/htpasswd}}}}\n")
        cls.registry = subprocess.Popen(["docker-registry", "serve", str(directory / "config.yml")], stderr=subprocess.STDOUT, stdout=subprocess.PIPE, text=True,
                                        env={"PATH": "/usr/bin:/bin", "OTEL_TRACES_EXPORTER": "none"})
        cls.addClassCleanup(cls.end_registry)
        line = next(line for line in cls.registry.stdout if "listening on 127.0.0.1:" in line)
        cls.host = "127.0.0.1:" + line.split("listening on 127.0.0.1:")[1].split('"')[0].split()[0]
        cls.image = cls.host + "/team/secret:1"
        cls.k.run("skopeo", "--insecure-policy", "copy", "--quiet", "--dest-tls-verify=false", "--dest-creds", "user:secret",
                  f"oci-archive:{BUILD}/share/kates/images/sample.tar", "docker://" + cls.image)
        for name, password in (("right", "secret"), ("wrong", "guess")):
            cls.k.kubectl("create", "secret", "docker-registry", name, f"--docker-server={cls.host}", "--docker-username=user", f"--docker-password={password}")

    @classmethod
    def end_registry(cls):
        cls.registry.kill()
        cls.registry.wait()
        cls.registry.stdout.close()

    def problem(self, name):
        self.k.wait(f"pod/{name}", "--for=jsonpath={.status.containerStatuses[0].state.waiting.message}")
        return self.k.get("pod", name)["status"]["containerStatuses"][0]["state"]["waiting"]["message"]

    def test_the_pods_secret_opens_the_registry(self):
        self.k.apply(pod("without", self.image))
        self.assertIn("wants a user name and a password", self.problem("without"))
        self.k.apply(pod("guessing", self.image, "imagePullSecrets: [{name: wrong}]"))
        self.assertIn("denies access to the user user", self.problem("guessing"))
        self.k.apply(pod("knowing", self.image, "imagePullSecrets: [{name: absent}, {name: wrong}, {name: right}]"))
        self.k.wait("pod/knowing", "--for=condition=Ready")

    def test_the_service_accounts_secret_does_too(self):
        self.k.apply("apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: puller}\nimagePullSecrets: [{name: right}]\n")
        self.k.apply(pod("account", self.image, "serviceAccountName: puller"))
        self.k.wait("pod/account", "--for=condition=Ready")
        self.assertEqual(self.k.get("pod", "account")["spec"]["imagePullSecrets"], [{"name": "right"}])
