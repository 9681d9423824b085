"""Who is let in: this machine, under its own name, from our own page, and for what writes with the page's token."""

from __future__ import annotations

from collections.abc import Callable
from hmac import compare_digest
from typing import Any

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Guard:
    """Lets through what is meant for us: our own host, our own page, and for a POST the token. RFC 9110, 7.2; RFC 6454."""

    def __init__(self, app: ASGIApp, token: str, port: Callable[[], int]) -> None:
        self.app, self.token, self.port = app, token, port

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        hosts = {f"127.0.0.1:{self.port()}", f"localhost:{self.port()}"}
        origin = headers.get("origin")
        refused = headers.get("host") not in hosts or (origin is not None and origin not in {f"http://{h}" for h in hosts})
        if scope["method"] not in ("GET", "HEAD"):
            refused |= not compare_digest(headers.get("x-token", "").encode(), self.token.encode())
        if refused:
            return await JSONResponse({"message": "只在本机打开"}, 403)(scope, receive, send)

        async def with_headers(message: Any) -> None:
            if message["type"] == "http.response.start":
                message["headers"] += [(k.lower().encode(), v.encode()) for k, v in _HEADERS.items()]
            await send(message)

        await self.app(scope, receive, with_headers)
