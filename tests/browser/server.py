"""The server that the browser tests ask, in a thread of the tests' own process."""

import socket
from contextlib import suppress

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.servers.basehttp import ThreadedWSGIServer
from django.db import connections
from django.test.testcases import LiveServerThread


class SiteServer(ThreadedWSGIServer):
    """A server that ends every connection when it closes, and waits until nobody uses the database any more.

    Browsers keep connections open for their next request. A thread that waits for one would go on after the test has
    taken its database connection back, and fail on it.
    """

    daemon_threads = False

    def __init__(self, *args: object, **kwargs: object) -> None:
        self.open: set[socket.socket] = set()
        # A server that is started again takes the address of the one before it.
        super().__init__(*args, **kwargs | {"allow_reuse_address": True})

    def process_request(self, request: socket.socket, client_address: object) -> None:
        self.open.add(request)
        super().process_request(request, client_address)

    def close_request(self, request: socket.socket) -> None:
        self.open.discard(request)
        super().close_request(request)

    def server_close(self) -> None:
        for request in list(self.open):
            with suppress(OSError):
                request.shutdown(socket.SHUT_RDWR)
        super().server_close()


class SiteThread(LiveServerThread):
    server_class = SiteServer

    def terminate(self) -> None:
        super().terminate()
        for connection in self.connections_override.values():
            connection.dec_thread_sharing()


def site_server(port: int = 0) -> SiteThread:
    """A running server on `port`, 0 for a free one.

    A database in memory has one connection, which its threads share.
    """
    shared = {
        connection.alias: connection
        for connection in connections.all()
        if connection.vendor == "sqlite" and connection.is_in_memory_db()
    }
    for connection in shared.values():
        connection.inc_thread_sharing()
    server = SiteThread("localhost", StaticFilesHandler, connections_override=shared, port=port)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    if server.error:
        server.terminate()
        raise server.error
    return server
