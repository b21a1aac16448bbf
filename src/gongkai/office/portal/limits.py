"""Limits against abuse of the public pages: how often one address may do a thing, counted in the cache."""

from __future__ import annotations

import hashlib
import ipaddress
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``times`` in ``seconds`` from one address. ``message``: what who comes more often is told."""

    key: str
    times: int
    seconds: int
    message: str


SENDING = Limit(
    "send", 10, 3600, "您在一小时内提交的次数已达上限，填写的内容已经保存，请稍后再提交；急需的，可以当面提交或者邮寄。"
)
SAVING = Limit("save", 200, 3600, "您在一小时内保存的次数已达上限，请稍后再试。")
UPLOADING = Limit("upload", 100, 3600, "您在一小时内上传的文件数已达上限，其余的没有收下，请稍后再上传。")
LOOKING_UP = Limit("lookup", 10, 900, "查询不成功的次数过多，请十五分钟后再试，或者打电话向受理机关查询。")
CHECKING = Limit("check", 20, 3600, "您在一小时内上传的次数已达上限，请稍后再试。")
MENDING = Limit("mend", 60, 3600, "您在一小时内下载改正稿的次数已达上限，请稍后再试。")


def used_up(limit: Limit, request: HttpRequest) -> bool:
    """Whether the address has no more turns."""
    return cache.get(_key(limit, request), 0) >= limit.times


def use(limit: Limit, request: HttpRequest) -> bool:
    """Take a turn. False where none was left."""
    key = _key(limit, request)
    cache.add(key, 0, limit.seconds)
    try:
        return cache.incr(key) <= limit.times
    except ValueError:  # it ran out between the two
        cache.set(key, 1, limit.seconds)
        return True


def address_of(request: HttpRequest) -> str:
    """The caller's address. Behind proxies of one's own (setting GONGKAI_PROXIES, how many there are) it is what the
    outermost of them saw; other entries of X-Forwarded-For are the caller's own claims."""
    proxies = settings.GONGKAI_PROXIES
    forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    if proxies and len(forwarded) >= proxies:
        return forwarded[-proxies]
    return str(request.META.get("REMOTE_ADDR", ""))


def _key(limit: Limit, request: HttpRequest) -> str:
    address = address_of(request)
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        pass
    else:
        if parsed.version == 6:  # one subscriber holds a whole network of these
            address = str(ipaddress.ip_network((parsed, 64), strict=False))
    return f"portal:{limit.key}:{hashlib.sha256(address.encode()).hexdigest()[:32]}"
