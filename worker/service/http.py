"""`/metrics`, `/livez` and `/readyz` of a poller, over HTTP, for those who watch it. Reads only.

A port that is taken ends nothing: it is said, and tried again, so that of two pollers on one host the second takes over.
"""

import threading
import time
from collections.abc import Iterable
from wsgiref.simple_server import WSGIRequestHandler, make_server
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import structlog
from prometheus_client import CollectorRegistry, make_wsgi_app
from prometheus_client.exposition import ThreadingWSGIServer

from worker.service.liveness import Liveness
from worker.service.metrics import Metrics

log = structlog.get_logger()
_TRY_AGAIN_SECONDS = 5.0


def serve(address: str, port: int, database_url: str, liveness: Liveness) -> None:
    """Serve from now on, in a daemon thread, as long as this process lives."""
    app = application(database_url, liveness)
    threading.Thread(target=_serve, args=(address, port, app), name="metrics", daemon=True).start()


def application(database_url: str, liveness: Liveness) -> WSGIApplication:
    """The three answers; anything else is 404."""
    registry = CollectorRegistry()
    registry.register(Metrics(database_url))
    metrics: WSGIApplication = make_wsgi_app(registry)

    def answer(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        match environ.get("PATH_INFO"):
            case "/metrics":
                return metrics(environ, start)
            case "/livez":
                return _say(start, liveness.is_live)
            case "/readyz":
                return _say(start, liveness.is_ready)
            case _:
                start("404 Not Found", [("Content-Type", "text/plain")])
                return [b"/metrics, /livez or /readyz\n"]

    return answer


def _say(start: StartResponse, well: bool) -> Iterable[bytes]:
    start("200 OK" if well else "503 Service Unavailable", [("Content-Type", "text/plain")])
    return [b"ok\n" if well else b"no\n"]


def _serve(address: str, port: int, app: WSGIApplication) -> None:
    said = False
    while True:
        try:
            server = make_server(address, port, app, ThreadingWSGIServer, handler_class=_Quiet)
        except OSError as error:
            if not said:
                log.warning("metrics.not_served", port=port, error=type(error).__name__)
            said = True
            time.sleep(_TRY_AGAIN_SECONDS)
        else:
            log.info("metrics.served", port=port)
            server.serve_forever()


class _Quiet(WSGIRequestHandler):
    """Scrapes are not worth a log line."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""
