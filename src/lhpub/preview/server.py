"""The workshop's server: one page, one desk, this machine alone.

Whatever answers has passed the guard: it is asked for under this machine's own name, from no other page, and what writes
carries the token that only our page has.
"""

from __future__ import annotations

import asyncio
import gc
import io
import json
import socket
import zipfile
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import anyio.to_thread
import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp
from watchfiles import Change as FileChange
from watchfiles import awatch

from lhpub.build import Job, Target, build
from lhpub.diagnostics import Fault, Rejected
from lhpub.preview import design, views
from lhpub.preview.desk import TARGETS, Change, Conflict, Desk
from lhpub.preview.guard import Guard
from lhpub.preview.plates import inks_of, separate
from lhpub.preview.project import Project
from lhpub.preview.raster import rasterise
from lhpub.world import fresh_token, write_report

PAGE = Path(__file__).parent / "page"
_STATIC = {"/": ("index.html", "text/html"), "/app.css": ("app.css", "text/css"), **{
    f"/{name}.js": (f"{name}.js", "text/javascript") for name in ("app", "parts", "views")
}}
_FOREVER = {"Cache-Control": "private, max-age=31536000, immutable"}
_PICTURES = 300
"""Rasters kept."""
_PICTURE_BYTES = 60_000_000
_WATCHED = (".yaml", ".yml", ".svg", ".png", ".jpg", ".jpeg", ".ttf", ".otf", ".ttc", ".xlsx", ".csv", ".icc", ".pptx")
T = TypeVar("T")


class Workshop:
    """The desk behind its routes: one thing at a time on it, everyone told of what changed."""

    def __init__(self, desk: Desk, project: Project) -> None:
        self.desk, self.project = desk, project
        self.token = fresh_token()
        self.port = 0
        self.at_work, self.moved = asyncio.Lock(), asyncio.Event()
        self.listeners: set[asyncio.Queue[tuple[str, Any]]] = set()
        self.pictures: OrderedDict[tuple[str, str, int], bytes] = OrderedDict()
        self.later: set[asyncio.Task[None]] = set()
        self.making = False
        self.turn, self.whole = 1, 0
        """Changes begun, and the last one after which everything was composed."""
        self.now = self._state(1)

    # telling

    def tell(self, event: str, data: Any) -> None:
        """Tells everyone who looks."""
        for queue in self.listeners:
            queue.put_nowait((event, data))

    async def on_desk(self, step: Callable[[], T]) -> T:
        """Returns what a step on the desk returns; one at a time, away from the loop."""
        async with self.at_work:
            return await anyio.to_thread.run_sync(step)

    def tell_state(self, **more: str) -> dict[str, Any]:
        """Tells everyone the state there is now, and returns it."""
        self.now = self._state(self.now["rev"] + 1)
        self.tell("state", self.now | more)
        return self.now | more

    def _state(self, rev: int) -> dict[str, Any]:
        settled = self.whole == self.turn
        return {"rev": rev, "settled": settled, **views.state(self.desk), **self.project.choices(self.desk.job)}

    async def changed(self, medium: str, label: str = "") -> dict[str, Any]:
        """Composes the medium that is looked at, tells everyone, and composes the other a moment later."""
        first, other = (TARGETS[1], TARGETS[0]) if medium == "deck" else TARGETS
        self.turn = turn = self.turn + 1
        await self.on_desk(lambda: self.desk.refresh((first,)))
        state = self.tell_state(label=label)
        self._start(self._rest(other, turn))
        return state

    async def _rest(self, other: Target, turn: int) -> None:
        await asyncio.sleep(0.3)  # the page that is looked at is drawn first
        if turn != self.turn:  # a later edit composes it
            return
        await self.on_desk(lambda: self.desk.compose((other,)))
        self.whole = turn
        self.tell_state()

    async def _all(self, *, look: bool = False, **more: str) -> None:
        """Composes both media, and tells everyone."""
        self.turn = turn = self.turn + 1
        await self.on_desk(lambda: self.desk.refresh(look=look))
        self.whole = turn
        self.tell_state(**more)

    async def _guarded(self, work: Awaitable[None]) -> None:
        """Does what nobody waits for; what goes wrong there is told to everyone."""
        try:
            await work
        except Exception as error:
            self.tell("trouble", {"message": _own_fault(error)})

    def _start(self, work: Awaitable[None]) -> None:
        task = asyncio.create_task(self._guarded(work))
        self.later.add(task)
        task.add_done_callback(self.later.discard)

    async def watch(self) -> None:
        """Takes over what other programs save: source, layout, fonts, pictures, spreadsheets."""
        await self._guarded(self._all())
        gc.freeze()  # what was read and composed stays: the collector need not walk it at each edit
        while True:
            self.moved.clear()
            await self._watch_folders()

    async def _watch_folders(self) -> None:
        folders = [folder for folder in self.project.watched(self.desk.job) if folder.is_dir()]

        def wanted(_: FileChange, path: str) -> bool:
            return path.lower().endswith(_WATCHED) and not Path(path).name.startswith(".")

        async for changes in awatch(*folders, watch_filter=wanted, debounce=60, step=20, stop_event=self.moved):
            paths = {Path(path) for _, path in changes}
            source = self.desk.root / self.desk.job.source
            ours = paths == {source} and source.is_file() and source.read_bytes() == self.desk.data
            if not ours:
                look = bool(paths & {p for p in paths if self.project.is_look(p)})
                await self._guarded(self._all(look=look, by="file"))

    # answers

    async def static(self, request: Request) -> Response:
        name, kind = _STATIC[request.url.path]
        text = (PAGE / name).read_text(encoding="utf-8").replace("{{token}}", self.token)
        return Response(text, media_type=kind, headers={"Cache-Control": "no-store"})

    async def get_state(self, _: Request) -> Response:
        return JSONResponse(self.now)

    async def picture(self, request: Request) -> Response:
        """Answers with a page's picture: on screen, or one ink of the press file."""
        key, ink = request.path_params["key"], request.path_params.get("ink", "")
        wide = request.query_params.get("w", "")
        width = min(max(int(wide) if wide.isdecimal() else 800, 40), 4000)
        place = (key, ink, width)
        if place not in self.pictures:
            self.pictures[place] = await anyio.to_thread.run_sync(lambda: self._draw(*place))
        self.pictures.move_to_end(place)
        while len(self.pictures) > _PICTURES:
            self.pictures.popitem(last=False)
        return Response(self.pictures[place], media_type="image/png" if ink else "image/jpeg", headers=_FOREVER)

    def _draw(self, key: str, ink: str, width: int) -> bytes:
        pdf = self.desk.pdf(key, press=bool(ink))
        return rasterise(separate(pdf, ink), width, grey=True) if ink else rasterise(pdf, width)

    async def inks(self, request: Request) -> Response:
        pdf = await anyio.to_thread.run_sync(lambda: self.desk.pdf(request.path_params["key"], press=True))
        return JSONResponse(views.press(self.desk, request.path_params["key"], inks_of(pdf)))

    async def items(self, request: Request) -> Response:
        return JSONResponse(await self.on_desk(lambda: views.items(self.desk, request.path_params["key"])))

    async def entry(self, request: Request) -> Response:
        id_ = request.query_params.get("id", "")
        made = await self.on_desk(lambda: (views.fields if "form" in request.query_params else views.entry)(self.desk, id_))
        return JSONResponse(made) if made else _refusal("没有这一处", 404)

    async def frames(self, request: Request) -> Response:
        key = request.path_params["key"]
        return JSONResponse(await self.on_desk(lambda: design.frames(self.desk, key)))

    async def photograph(self, request: Request) -> Response:
        """Answers with a picture that the source names."""
        data = views.picture(self.desk, request.query_params.get("id", ""))
        return Response(data, media_type="image/*") if data else _refusal("没有这张图片", 404)

    async def search(self, request: Request) -> Response:
        words = request.query_params.get("q", "").strip()
        return JSONResponse(await self.on_desk(lambda: views.found(self.desk, words)) if words else [])

    async def events(self, _: Request) -> Response:
        queue: asyncio.Queue[tuple[str, Any]] = asyncio.Queue()
        self.listeners.add(queue)

        async def stream() -> AsyncIterator[str]:
            try:
                yield f"event: state\ndata: {json.dumps(self.now, ensure_ascii=False)}\n\n"
                while True:
                    event, data = await queue.get()
                    yield f"event: {event}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
            finally:
                self.listeners.discard(queue)

        return StreamingResponse(stream(), media_type="text/event-stream", headers={"Cache-Control": "no-store"})

    # what writes

    async def edit(self, request: Request) -> Response:
        """Splices texts into the source; as a draft only shows what would be."""
        asked = await _asked(request)
        changes = tuple(Change(str(e["id"]), str(e["text"]), e.get("was")) for e in asked.get("edits", ()))
        target = TARGETS[asked.get("medium") == "deck"]
        if asked.get("draft"):
            view, told = await self.on_desk(lambda: self.desk.draft(changes, target))
            faults = [d.message.zh for d in told if d.severity.name == "ERROR"]
            return JSONResponse({"keys": view.keys if view else [], "faults": faults})
        await self.on_desk(lambda: self.desk.edit(changes, str(asked.get("label", ""))))
        return JSONResponse(await self.changed(target, str(asked.get("label", ""))))

    async def arrange(self, request: Request) -> Response:
        """Adds, copies, moves or deletes an entry as a whole."""
        asked = await _asked(request)
        edits = self.project.arranged(self.desk, asked)
        await self.on_desk(lambda: self.desk.carry_out(edits, str(asked.get("label", ""))))
        return JSONResponse(await self.changed(str(asked.get("medium"))))

    async def step(self, request: Request) -> Response:
        asked = await _asked(request)
        back = request.url.path == "/undo"
        label = await self.on_desk(lambda: self.desk.step(back))
        return JSONResponse(await self.changed(str(asked.get("medium")), label))

    async def put_picture(self, request: Request) -> Response:
        """Takes a picture into the source's pictures/ and names it in the entry."""
        body = b""
        async for part in request.stream():
            body += part
            if len(body) > _PICTURE_BYTES:
                return _refusal("图片太大", 413)
        edits = await self.on_desk(lambda: self.project.take_picture(self.desk, body, request.query_params))
        await self.on_desk(lambda: self.desk.carry_out(edits, "换图片"))
        return JSONResponse(await self.changed(request.query_params.get("medium", "")))

    async def use(self, request: Request) -> Response:
        """Lays out another source, layout or aspect, or begins from a starter."""
        asked = await _asked(request)
        job = self.project.chosen(self.desk.job, asked)
        await self.on_desk(lambda: self.desk.open(job))
        self.moved.set()
        return JSONResponse(await self.changed(str(asked.get("medium"))))

    async def make(self, _: Request) -> Response:
        """Builds every file; progress and result come as events."""
        if not self.making:
            self.making = True
            self._start(self._make(replace(self.desk.job, targets=("deck", "brochure"))))
        return JSONResponse({})

    async def _make(self, job: Job) -> None:
        loop = asyncio.get_running_loop()

        def progress(stage: str) -> None:
            loop.call_soon_threadsafe(self.tell, "make", {"stage": stage})

        try:
            built = await anyio.to_thread.run_sync(lambda: build(self.desk.world, job, progress))
            files = [path.name for path in built.files if path.suffix != ".json"]
            self.tell("make", {"files": files})
            self.tell_state()
        except (Rejected, Fault) as stopped:
            self.tell("make", {"faults": [d.message.zh for d in stopped.diagnostics][:8]})
        finally:
            self.making = False

    async def download(self, request: Request) -> Response:
        """Answers with a file that was built for what lies open, or all of them in one archive."""
        files = self.project.built(self.desk.job)
        name = request.path_params["name"]
        if name == "全部.zip" and files:
            out = io.BytesIO()
            with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
                for path in files.values():
                    archive.write(path, path.name)
            return Response(out.getvalue(), media_type="application/zip", headers={"Content-Disposition": "attachment"})
        if name not in files:
            return _refusal("没有这个文件", 404)
        return Response(files[name].read_bytes(), media_type="application/octet-stream",
                        headers={"Content-Disposition": "attachment"})  # fmt: skip


def _refusal(message: str, status: int) -> JSONResponse:
    return JSONResponse({"message": message}, status)


async def _rejected(_: Request, error: Exception) -> Response:
    assert isinstance(error, Rejected)
    return JSONResponse({"message": error.diagnostics[0].message.zh, "hint": _hint(error)}, 422)


def _hint(error: Rejected) -> str:
    hint = error.diagnostics[0].hint
    return hint.zh if hint else ""


async def _conflict(request: Request, error: Exception) -> Response:
    assert isinstance(error, Conflict)
    hint = f"这一步没有做；文件里现在是“{error.now}”" if request.url.path in ("/undo", "/redo") else ""
    return JSONResponse({"message": "这一处刚在别处改过", "hint": hint, "id": error.id, "now": error.now}, 409)


async def _failed(_: Request, error: Exception) -> Response:
    return _refusal(_own_fault(error), 500)


async def _asked(request: Request) -> dict[str, Any]:
    """Returns what a request asks for; one that is no JSON object is refused."""
    try:
        asked = await request.json()
    except ValueError:
        asked = None
    if not isinstance(asked, dict):
        raise HTTPException(400, "请求读不懂")
    return asked


def _own_fault(error: Exception) -> str:
    path = write_report("lhpub preview\n", error)
    return f"lhpub 自己出了错，没有写出任何文件，请把报告交给维护者：{path}"


async def _unknown(_: Request, error: Exception) -> Response:
    return _refusal("没有这一页", 404)


def application(workshop: Workshop) -> ASGIApp:
    """Returns the workshop as an ASGI application, guarded."""
    w = workshop
    routes = [Route(path, w.static) for path in _STATIC] + [
        Route("/state", w.get_state),
        Route("/page/{key}.jpg", w.picture),
        Route("/page/{key}/items", w.items),
        Route("/page/{key}/frames", w.frames),
        Route("/page/{key}/inks", w.inks),
        Route("/page/{key}/plate/{ink}.png", w.picture),
        Route("/entry", w.entry),
        Route("/picture", w.photograph),
        Route("/search", w.search),
        Route("/events", w.events),
        Route("/download/{name}", w.download),
        *(
            Route(path, answer, methods=["POST"])
            for path, answer in (
                ("/edit", w.edit), ("/arrange", w.arrange), ("/undo", w.step), ("/redo", w.step), ("/picture", w.put_picture),
                ("/use", w.use), ("/make", w.make),
            )
        ),
    ]  # fmt: skip
    handlers: Any = {Rejected: _rejected, Conflict: _conflict, KeyError: _unknown, Exception: _failed}
    return Guard(Starlette(routes=routes, exception_handlers=handlers), w.token, lambda: w.port)


def serve(desk: Desk, project: Project, port: int, ready: Callable[[str], None]) -> None:
    """Serves the workshop until it is stopped; `ready` is called with its address. A port of 0 takes a free one."""
    asyncio.run(_serve(desk, project, port, ready))


async def _serve(desk: Desk, project: Project, port: int, ready: Callable[[str], None]) -> None:
    workshop = Workshop(desk, project)
    listening = socket.create_server(("127.0.0.1", port))
    workshop.port = listening.getsockname()[1]
    config = uvicorn.Config(application(workshop), log_level="critical", lifespan="off", timeout_graceful_shutdown=1)
    ready(f"http://127.0.0.1:{workshop.port}/")
    watching = asyncio.create_task(workshop.watch())
    await uvicorn.Server(config).serve(sockets=[listening])
    watching.cancel()
