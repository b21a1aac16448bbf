"""Files handed out: a received file, an image of its page, the file from which a version was made."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from ...access.guard import READ as READ_METHODS
from ...access.guard import guarded
from ...cases.views_case import file_response
from ...filings.needs import READ as READ_FILING
from ...organs.authority import note
from ...vault.files import content
from ...vault.models import StoredFile
from ..models import PageImage, Received
from ..needs import BATCH
from ..originals import original_of


def file(request: HttpRequest, batch: int, number: int) -> HttpResponse:
    """A received file, to be saved; nothing of it opens in the browser."""
    received = request.subject.thing.received.select_related("file").get(number=number)
    return _saved(received)


def page(request: HttpRequest, batch: int, number: int, page: int) -> HttpResponse:
    """The image of a page."""
    images = PageImage.objects.select_related("file")
    image = images.filter(received__batch=request.subject.thing, received__number=number, number=page).first()
    if image is None:
        raise Http404
    response = file_response(_bytes(image.file), image.file.name, image.file.media_type, inline=True)
    response.headers["Cache-Control"] = "private, max-age=1800"  # shown in many pieces on one page
    return response


def original(request: HttpRequest, organ: str, year: int, version: int) -> HttpResponse:
    """The file from which a version of a filing was made, to be saved."""
    received = original_of(request.subject.thing, version)
    if received is None:
        raise Http404
    note(received.filing, "intake.original", request.user, received.filing.organ, file=received.name, version=version)
    return _saved(received)


def _saved(received: Received) -> HttpResponse:
    if received.file is None:
        raise Http404
    name = received.name.rsplit("/", 1)[-1]
    return file_response(_bytes(received.file), name, received.file.media_type, inline=False)


def _bytes(stored: StoredFile) -> bytes:
    try:
        return content(stored)
    except FileNotFoundError:
        raise Http404 from None


patterns = [
    guarded("batch/<int:batch>/<int:number>/file/", file, name="intake_file", need=BATCH, methods=READ_METHODS),
    guarded(
        "batch/<int:batch>/<int:number>/page/<int:page>/", page, name="intake_page", need=BATCH, methods=READ_METHODS
    ),
    guarded(
        "original/<str:organ>/<int:year>/<int:version>/",
        original,
        name="intake_original",
        need=READ_FILING,
        methods=READ_METHODS,
    ),
]
