import pwd
import subprocess
import unittest

from kates_e2e import KatesTest
from pod_suite import PodSuite

USER = "kates-e2e"


def ensure_user():
    try:
        pwd.getpwnam(USER)
    except KeyError:
        subprocess.run(["useradd", "-m", USER], check=True)
    if USER not in open("/etc/subuid").read():
        raise unittest.SkipTest(f"{USER} has no subordinate ids in /etc/subuid")


class UserTest(PodSuite, KatesTest):
    user = USER

    @classmethod
    def setUpClass(cls):
        ensure_user()
        super().setUpClass()
