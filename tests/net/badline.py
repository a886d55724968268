#!/usr/bin/env python3
"""badline.py - a bad line between motcua and a hub, on loopback.

  badline.py TARGET_PORT [--preset NAME] [--rate BITS] [--narrow] [--rtt MS] [--cut-at N --cut up|down] [--report FILE]

Prints its own port, then carries connections to TARGET_PORT. --rate and --rtt shape both directions; a new
connection costs one round trip. A preset is a kind of mobile line: its rates up and down, its round trip, how
much that trembles, and the share of pieces lost, each of which holds up what follows until it is sent again.
With --cut-at the first connection that has carried N bytes in that direction is reset, those after it are not. --narrow takes no more than it can carry, as a modem does: who sends waits.
The report is one JSON object: bytes, connections, requests.
"""
import argparse, asyncio, json, random, signal, socket, sys, time

# Bits a second up and down, ms of round trip, ms it trembles, share of pieces lost.
PRESETS = {
    "edge-clean": (64000, 64000, 600, 0, 0.0),
    "edge": (64000, 64000, 600, 150, 0.05),
    "gprs": (20000, 40000, 900, 200, 0.03),
}
RESEND_S = 0.2  # beside a round trip, until a lost piece is missed

METHODS = (b"GET ", b"POST ", b"HEAD ", b"PATCH ", b"OPTIONS ")


class Line:
    """One direction of the link, shared by all connections: bytes leave at the rate, arrive half a trip later."""

    def __init__(self, rate, rtt, jitter, loss, chance):
        self.rate, self.rtt, self.jitter, self.loss, self.chance = rate, rtt, jitter, loss, chance
        self.free, self.bytes = 0.0, 0

    async def carry(self, count):
        now = time.monotonic()
        start = max(now, self.free)
        self.free = start + (count * 8 / self.rate if self.rate else 0)
        self.bytes += count
        late = self.chance.random() * self.jitter
        if self.chance.random() < self.loss:
            late += self.rtt + RESEND_S
        return self.free + self.rtt / 2 + late


class Proxy:
    def __init__(self, args):
        self.args = args
        up, down, rtt, jitter, loss = PRESETS.get(args.preset, (0, 0, 0, 0, 0))
        self.rtt = (args.rtt or rtt) / 1000
        chance = random.Random(args.seed)
        self.lines = {
            "up": Line(args.rate or up, self.rtt, jitter / 1000, loss, chance),
            "down": Line(args.rate or down, self.rtt, jitter / 1000, loss, chance),
        }
        self.connections = self.requests = 0
        self.cut_left = args.cut_at if args.cut else None

    def may_pass(self, way, data):
        """The part of data before the cut, and whether the cut is here."""
        if self.cut_left is None or way != self.args.cut:
            return data, False
        part = data[: self.cut_left]
        self.cut_left -= len(part)
        if len(part) < len(data) or self.cut_left == 0:
            self.cut_left = None
            return part, True
        return part, False

    async def pump(self, way, reader, writer, ends):
        """What was read waits on the way, not in the reader: many pieces travel at once, as on a real line."""
        travelling = asyncio.Queue(2 if self.args.narrow else 256)
        arriving = asyncio.ensure_future(self.arrive(travelling, writer, ends))
        try:
            while data := await reader.read(1024):
                if way == "up":
                    self.requests += sum(data.startswith(m) for m in METHODS)
                part, cut = self.may_pass(way, data)
                await travelling.put((await self.lines[way].carry(len(part)), part, cut))
                if cut:
                    break
        except (ConnectionError, OSError):
            for end in ends:
                end.transport.abort()
        await travelling.put((0, b"", False))
        await arriving

    async def arrive(self, travelling, writer, ends):
        try:
            while True:
                when, part, cut = await travelling.get()
                await asyncio.sleep(max(0, when - time.monotonic()))
                if part:
                    writer.write(part)
                    await writer.drain()
                if cut:
                    for end in ends:
                        end.transport.abort()
                    return
                if not part:
                    writer.write_eof()
                    return
        except (ConnectionError, OSError):
            for end in ends:
                end.transport.abort()
            while (await travelling.get())[1]:
                pass  # nobody is there to take the rest

    async def serve(self, reader, writer):
        self.connections += 1
        await asyncio.sleep(self.rtt)
        try:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self.args.port)
        except OSError:
            writer.transport.abort()
            return
        ends = (writer, far_writer)
        await asyncio.gather(self.pump("up", reader, far_writer, ends), self.pump("down", far_reader, writer, ends))
        for end in ends:
            end.close()


async def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("port", type=int)
    parser.add_argument("--preset", choices=sorted(PRESETS))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rate", type=float, default=0)
    parser.add_argument("--rtt", type=float, default=0)
    parser.add_argument("--narrow", action="store_true")
    parser.add_argument("--cut-at", type=int, default=0)
    parser.add_argument("--cut", choices=("up", "down"))
    parser.add_argument("--report")
    args = parser.parse_args()
    proxy = Proxy(args)
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if args.narrow:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
    listening.bind(("127.0.0.1", 0))
    server = await asyncio.start_server(proxy.serve, sock=listening, limit=1024 if args.narrow else 65536)
    print(server.sockets[0].getsockname()[1], flush=True)
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await stop.wait()
    if args.report:
        with open(args.report, "w", encoding="utf-8") as out:
            json.dump({"bytes": proxy.lines["up"].bytes + proxy.lines["down"].bytes, "up": proxy.lines["up"].bytes,
                       "down": proxy.lines["down"].bytes, "connections": proxy.connections,
                       "requests": proxy.requests}, out)


if __name__ == "__main__":
    asyncio.run(main())
