"""Which channels there are. A channel that is not listed is read by the consumer directly, as the widget is."""

from .rules import Channel

_CHANNELS: dict[str, Channel] = {}


def register(kind: str, channel: Channel) -> None:
    _CHANNELS[kind] = channel


def find_channel(kind: str) -> Channel | None:
    return _CHANNELS.get(kind)
