"""The echo server of asyncio's streams: prints its port, and ends with its standard input."""

import asyncio
import os
import sys
import threading


async def echo(reader, writer):
    while data := await reader.read(16384):
        writer.write(data)
        await writer.drain()
    writer.close()


def wait_for_end():
    while sys.stdin.readline():
        pass
    os._exit(0)


async def main():
    server = await asyncio.start_server(echo, "127.0.0.1", 0, backlog=1024)
    threading.Thread(target=wait_for_end, daemon=True).start()
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
