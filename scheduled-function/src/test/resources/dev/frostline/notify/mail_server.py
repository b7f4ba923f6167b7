"""A mail server on a free port: prints the port, then each mail it takes as a line of JSON. Arguments: none, or a certificate and a
key for STARTTLS, under which alone the user "frostline" with the password "s3cret" is let in."""
import base64
import json
import socket
import ssl
import sys
import time

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult


class Inbox:
    async def handle_DATA(self, server, session, envelope):
        print(json.dumps({
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "encrypted": session.ssl is not None,
            "user": session.authenticated and session.auth_data,
            "message": base64.b64encode(envelope.original_content).decode(),
        }), flush=True)
        return "250 taken"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("nobody@"):
            return "550 5.1.1 there is no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"


def known(server, session, envelope, mechanism, data):
    right = (data.login, data.password) == (b"frostline", b"s3cret")
    return AuthResult(success=right, handled=False, auth_data="frostline")


options = {}
if len(sys.argv) == 3:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[1], sys.argv[2])
    options = {"tls_context": context, "require_starttls": True, "authenticator": known, "auth_required": True}
with socket.socket() as free:
    free.bind(("127.0.0.1", 0))
    port = free.getsockname()[1]
controller = Controller(Inbox(), hostname="127.0.0.1", port=port, ready_timeout=60, **options)
controller.start()
print(port, flush=True)
while True:
    time.sleep(60)
