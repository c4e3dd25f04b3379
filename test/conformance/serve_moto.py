"""Serves moto on loopback, at the port that is given. What it says is its own; only the content type that Flask puts on
whatever has none, `text/html`, is taken off again: AWS sends no pages, and who speaks to AWS may refuse them."""

import sys

from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import run_simple

moto = DomainDispatcherApplication(create_backend_app)


def without_pages(environ, start_response):
    begun = []

    def keep(status, headers, exc_info=None):
        begun[:] = [status, headers]

    body = b"".join(moto(environ, keep))
    status, headers = begun
    if not body.lstrip().lower().startswith((b"<!doctype", b"<html")):
        headers = [(name, value) for name, value in headers if not (name.lower() == "content-type" and "text/html" in value)]
    start_response(status, headers)
    return [body]


run_simple("127.0.0.1", int(sys.argv[1]), without_pages, threaded=True)
