# The emulator as a child of ours; the version that is wanted is its argument. Its standard input is a pipe from us: when
# we die, it reads the end of it and is gone.
import os
import sys

import moto

assert moto.__version__ == sys.argv[1]
from moto import settings
from moto.core.authorization import ActionAuthenticatorMixin
from moto.core.base_backend import BaseBackend
from moto.moto_server.threaded_moto_server import ThreadedMotoServer

POLICY = "x-declared-policy"

# Where moto asks for other actions than IAM: it takes the name a service is signed for, and of a HEAD the operation's.
KNOWN_AS = {'"cloudwatch:': '"monitoring:', '"s3:ListBucket"': '"s3:ListBucket","s3:HeadBucket"'}


class Declared:
    """Stands for an access key whose owner has the policy that came with the request, and no other."""

    arn = "arn:aws:sts::123456789012:assumed-role/declared/attempt"

    def __init__(self, policy):
        for name, known in KNOWN_AS.items():
            policy = policy.replace(name, known)
        self.policy = policy

    def collect_policies(self):
        return [self.policy]


def authorize(self, judge, resource="*"):
    """moto's own judgement of the action, for requests that bring a policy; nobody signs for moto, so no signature is read."""
    if POLICY in self.headers:
        from moto.iam import access_control

        access_control.create_access_key = lambda **of: Declared(of["headers"][POLICY])
        access_control.IAMRequestBase.check_signature = lambda request: None
        judged(self, judge, resource)


judged = ActionAuthenticatorMixin._authenticate_and_authorize_action
ActionAuthenticatorMixin._authenticate_and_authorize_action = authorize
settings.INITIAL_NO_AUTH_ACTION_COUNT = 0
BaseBackend.reset = lambda self: None  # what is reset is dropped next, so do not make it anew

server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
server.start()
print(server.get_host_and_port()[1], flush=True)
import moto.ec2.responses, moto.rds.responses  # the slow ones, before they are asked for

sys.stdin.buffer.read()
os._exit(0)
