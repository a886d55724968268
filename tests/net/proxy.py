#!/usr/bin/env python3
"""proxy.py - an HTTP proxy on loopback: CONNECT tunnels, and requests that name a whole address.

  proxy.py --log FILE

Prints its port. The log has one line a request, without its headers' values.
"""
import argparse, asyncio, re

HEAD_MAX = 64 << 10


async def pump(reader, writer):
    try:
        while data := await reader.read(4096):
            writer.write(data)
            await writer.drain()
    except (ConnectionError, OSError):
        pass
    finally:
        writer.close()


class Proxy:
    def __init__(self, log):
        self.log = log

    def note(self, line):
        with open(self.log, "a", encoding="utf-8") as out:
            out.write(line + "\n")

    async def tunnel(self, host, port, reader, writer):
        far_reader, far_writer = await asyncio.open_connection(host, port)
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        await asyncio.gather(pump(reader, far_writer), pump(far_reader, writer))

    async def requests(self, head, reader, writer):
        """One request after another of a connection, each with its address taken off."""
        far = None
        while head:
            line, rest = head.split(b"\r\n", 1)
            match = re.match(rb"([A-Z]+) http://([^:/]+):(\d+)(/\S*) HTTP/1\.1$", line)
            self.note(line.decode("ascii", "replace"))
            if not match:
                writer.write(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
                return
            method, host, port, path = match.groups()
            if not far:
                far_reader, far = await asyncio.open_connection(host.decode(), int(port))
                answers = asyncio.ensure_future(pump(far_reader, writer))
            far.write(method + b" " + path + b" HTTP/1.1\r\n" + rest)
            length = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
            if length:
                far.write(await reader.readexactly(int(length.group(1))))
            head = await self.head(reader)
        far.close()
        await answers

    async def head(self, reader):
        try:
            return await reader.readuntil(b"\r\n\r\n")
        except (asyncio.IncompleteReadError, ConnectionError, OSError):
            return b""

    async def serve(self, reader, writer):
        try:
            head = await self.head(reader)
            match = re.match(rb"CONNECT ([^:\s]+):(\d+) ", head)
            if match:
                self.note(head.split(b"\r\n", 1)[0].decode("ascii", "replace"))
                await self.tunnel(match.group(1).decode(), int(match.group(2)), reader, writer)
            elif head:
                await self.requests(head, reader, writer)
        except (ConnectionError, OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()


async def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--log", required=True)
    proxy = Proxy(parser.parse_args().log)
    server = await asyncio.start_server(proxy.serve, "127.0.0.1", 0, limit=HEAD_MAX)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
