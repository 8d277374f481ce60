"""The container's health check: `python -m ismsroles.local.healthy` asks the web process on this machine, as its proxy would."""

import http.client
import os
import sys


def main() -> int:
    host = os.environ.get("ALLOWED_HOSTS", "127.0.0.1").split(",")[0].strip().lstrip(".*") or "127.0.0.1"
    connection = http.client.HTTPConnection("127.0.0.1", int(os.environ.get("PORT", "8000")), timeout=4)
    try:
        connection.request("GET", "/healthz", headers={"Host": host, "X-Forwarded-Proto": "https"})
        status = connection.getresponse().status
    except OSError as problem:
        print(f"web does not answer: {problem}")
        return 1
    print(f"web answers {status}")
    return 0 if status == 200 else 1


if __name__ == "__main__":
    sys.exit(main())
