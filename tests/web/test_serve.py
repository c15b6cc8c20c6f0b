"""How the desk listens."""

import asyncio
import socket

from attested.web.serve import _listening


def test_answers_are_sent_without_delay():
    """Else the kernel waits 40 ms for the browser's word before it sends the second packet of a page."""

    async def option_of_a_connection(listener: socket.socket) -> int:
        found = asyncio.get_running_loop().create_future()

        def connected(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            own = writer.get_extra_info("socket")
            found.set_result(own.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            writer.close()

        async with await asyncio.start_server(connected, sock=listener):
            _, writer = await asyncio.open_connection(*listener.getsockname()[:2])
            option = await asyncio.wait_for(found, 5)
            writer.close()
        return int(option)

    with _listening("127.0.0.1", 0) as listener:
        assert asyncio.run(option_of_a_connection(listener))
