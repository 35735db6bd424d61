"""A proxy between the nodes and the database, in a process of its own, that delays, cuts and changes what passes.

usage: proxy.py       reads commands from the standard input, a line of JSON each, and answers each with a line; ends with the input

    {"do": "listen", "link": "node1", "port": 5001, "to": 5432}
    {"do": "set", "link": "node1", "state": "open" | "silent" | "refused", "delay_ms": 5, "deaf": true}
    {"do": "change", "link": "node1", "statements": [["FOR UPDATE", ""]], "trusts_notices": true}

All connections of a link share its state. `silent` is what a lost network looks like: nothing arrives, in either direction,
nothing is closed, and new connections get no answer. What was sent meanwhile arrives when the link is open again. `refused`
closes all connections and refuses new ones. `change` concerns connections that are opened later.
"""
import asyncio
import collections
import json
import os
import subprocess
import sys
import threading

from wire import Conversation, Deafness, TrustInNotices

# What is held for a connection while its link is silent; beyond it, its sender waits.
MOST_HELD = 1 << 20


class Link:
    """What holds for all connections of one node."""

    def __init__(self):
        self.state, self.delay = "open", 0.0
        self.deafness = Deafness()
        self.statements, self.trust = [], None
        self.open = asyncio.Event()
        self.open.set()
        self.pipes, self.doors = set(), []

    async def set(self, state=None, delay_ms=None, deaf=None):
        if delay_ms is not None:
            self.delay = delay_ms / 1000
        if deaf is not None:
            self.deafness.is_on = deaf
        if state is not None:
            self.state = state
            if state == "silent":
                self.open.clear()
            else:
                self.open.set()
            if state == "refused":
                for pipe in list(self.pipes):
                    pipe.abort()
            for door in self.doors:
                await (door.shut() if state == "refused" else door.open())


class Door:
    """Where connections to one server come in.

    It is closed while the server refuses connections, as the server's own port would be: libpq tries the next server of
    an address when a connection is refused, not when it was accepted and then closed.
    """

    PAUSE = 0.05

    def __init__(self, link, port, target):
        self.link, self.port, self.target = link, port, target
        self.server, self.waiting = None, None
        self.opening = asyncio.Lock()

    async def open(self):
        async with self.opening:
            if self.server is None:
                self.server = await asyncio.start_server(self.accept, "127.0.0.1", self.port)

    async def shut(self):
        if self.server is not None:
            self.server.close()
            self.server = None

    async def accept(self, reader, writer):
        try:
            await Pipe(self.link, (reader, writer), self.target).run()
        except Unreachable:
            await self.shut()
            if self.waiting is None or self.waiting.done():
                self.waiting = asyncio.ensure_future(self.wait())

    async def wait(self):
        """Opens again once the server can be reached, unless the link is refused then."""
        while True:
            await asyncio.sleep(self.PAUSE)
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", self.target)
            except OSError:
                continue
            writer.close()
            if self.link.state != "refused":
                await self.open()
            return


class Unreachable(Exception):
    """The server behind a door refuses connections."""


class Pipe:
    """One connection and its counterpart at the database."""

    def __init__(self, link, client, target):
        self.link, self.client, self.target = link, client, target
        self.writers = [client[1]]
        self.conversation = Conversation(link.deafness, link.statements, link.trust)

    def abort(self):
        for writer in self.writers:
            writer.transport.abort()

    async def run(self):
        self.link.pipes.add(self)
        try:
            await self.link.open.wait()
            if self.link.state == "refused":
                return
            try:
                server = await asyncio.open_connection("127.0.0.1", self.target)
            except OSError as error:
                raise Unreachable from error
            self.writers.append(server[1])
            ways = [asyncio.ensure_future(self.carry(self.client[0], server[1], self.conversation.to_server)),
                    asyncio.ensure_future(self.carry(server[0], self.client[1], self.conversation.to_client))]
            # One end that closes closes the other one, after what it has still said.
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
            for way in ways:
                way.cancel()
        except OSError:
            pass
        finally:
            self.link.pipes.discard(self)
            self.abort()

    async def carry(self, reader, writer, change):
        """Passes one direction on, in order, each piece as late as the link's delay says."""
        held, size, ready, room = collections.deque(), 0, asyncio.Event(), asyncio.Event()
        loop = asyncio.get_running_loop()

        async def deliver():
            nonlocal size
            try:
                while True:
                    await ready.wait()
                    data, due = held[0]
                    if data is None:
                        return
                    if due > loop.time():
                        await asyncio.sleep(due - loop.time())
                    await self.link.open.wait()
                    held.popleft()
                    size -= len(data)
                    if not held:
                        ready.clear()
                    room.set()
                    passed = change(data)
                    if passed:
                        writer.write(passed)
                        await writer.drain()
            except OSError:
                pass
            finally:
                room.set()

        sender = asyncio.ensure_future(deliver())
        try:
            while not sender.done():
                data = await reader.read(1 << 16)
                held.append((data or None, loop.time() + self.link.delay))
                ready.set()
                if not data:
                    await self.link.open.wait()
                    return await sender
                size += len(data)
                while size > MOST_HELD and not sender.done():
                    room.clear()
                    await room.wait()
        except OSError:
            pass
        finally:
            sender.cancel()


async def serve():
    links = {}
    loop = asyncio.get_running_loop()
    while True:
        line = await loop.run_in_executor(None, sys.stdin.readline)
        if not line:
            # Connections that are open then are nobody's concern, and would be told as errors if they were cancelled.
            os._exit(0)
        command = json.loads(line)
        what, link = command.pop("do"), links.setdefault(command.pop("link"), Link())
        if what == "listen":
            door = Door(link, command["port"], command["to"])
            link.doors.append(door)
            await door.open()
        elif what == "set":
            await link.set(**command)
        elif what == "change":
            link.statements, link.trust = command.get("statements", []), TrustInNotices() if command.get("trusts_notices") else None
        else:
            raise ValueError(f"there is no command {what}")
        print("{}", flush=True)


class Proxy:
    """The proxy as a process that a caller commands; it ends with its caller."""

    def __init__(self):
        self.process = subprocess.Popen(
            [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True)
        self.lock = threading.Lock()

    def command(self, do, link, **more):
        with self.lock:
            self.process.stdin.write(json.dumps({"do": do, "link": link, **more}) + "\n")
            self.process.stdin.flush()
            if not self.process.stdout.readline():
                raise RuntimeError("the proxy has ended")

    def listen(self, link, port, to):
        self.command("listen", link, port=port, to=to)

    def set(self, link, **state):
        self.command("set", link, **state)

    def change(self, link, **change):
        self.command("change", link, **change)

    def close(self):
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait(10)


if __name__ == "__main__":
    asyncio.run(serve())
