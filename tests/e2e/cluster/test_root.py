from kates_e2e import KatesTest
from pod_suite import PodSuite


class RootTest(PodSuite, KatesTest):
    pass
