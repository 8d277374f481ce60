"""A time-stamp server (RFC 3161) on loopback, for tests: real HTTP, pyHanko's own stamps."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

from asn1crypto import tsp
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper

from ismsroles.records.seal import keys


@contextmanager
def time_server(status: int = 200) -> Iterator[str]:
    """Its address; it answers each question with a stamp, or with the status."""
    key = keys.current()  # who signs the stamps does not matter here
    stamper = DummyTimeStamper(key.certificate, key.signer.signing_key)

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self):
            asked = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(status)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            self.wfile.write(stamper.request_tsa_response(asked).dump())

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/stamp"
    finally:
        server.shutdown()
        server.server_close()
