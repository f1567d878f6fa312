"""Errors as answers: the only place that knows HTTP codes. Pages get a page, /api JSON, files plain text."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from flask import Flask, Response, jsonify, make_response, render_template, request
from werkzeug.exceptions import HTTPException, InternalServerError, RequestEntityTooLarge, SecurityError

from voice_app import errors as e
from voice_app.publish import context, problems
from voice_app.publish.tongue import gettext, later, number

log = logging.getLogger(__name__)

STATUS: Mapping[type[e.VoiceAppError], int] = {
    e.VoiceAppError: 500,
    e.InputError: 422,
    e.EmptyInputError: 422,
    e.TooLargeError: 413,
    e.UnsupportedTypeError: 415,
    e.UnreadableTextError: 422,
    e.NoArticleError: 422,
    e.FileMissingError: 422,
    e.DamagedFileError: 422,
    e.LockedFileError: 422,
    e.ScannedFileError: 422,
    e.FeedNotArticleError: 422,
    e.BlockedAddressError: 403,
    e.WrongCodeError: 422,
    e.TooManyTriesError: 429,
    e.FetchError: 422,
    e.WallError: 422,
    e.UnreachableError: 422,
    e.SpeechError: 500,
    e.EngineUnavailableError: 503,
    e.ServiceAwayError: 503,
    e.UnknownVoiceError: 500,
    e.NothingToSayError: 422,
    e.EngineFailedError: 503,
    e.BadSoundError: 503,
    e.BoothError: 503,
    e.BoothAwayError: 503,
    e.TooMuchWaitingError: 503,
    e.AudioError: 500,
    e.LibraryError: 500,
    e.ArticleNotFoundError: 404,
    e.MediaNotFoundError: 404,
    e.JobError: 503,
    e.ConfigError: 500,
    e.PluginError: 500,
}
SENTENCES: Mapping[int, str] = {
    400: later("The request could not be understood. Go back and try again."),
    403: later("That is not allowed here."),
    404: later("There is nothing at this address. Look for it in the library."),
    405: later("That cannot be done at this address."),
    413: later("That is too large."),
    415: later("That type of data cannot be read here."),
    416: later("The file does not have that part."),
    500: later("Something went wrong here, not with you. Try again; if it happens again, look at the log."),
}
TITLES: Mapping[int, str] = {
    403: later("Not allowed"),
    404: later("Not found"),
    405: later("Not possible"),
    413: later("Too large"),
    500: later("Something went wrong"),
    503: later("Not available now"),
}
OTHER_TITLE = later("That did not work")
FILES: tuple[str, ...] = ("/audio/", "/artwork/", "/transcripts/", "/chapters/", "/speaker/", "/feed.xml", "/healthz")
FILES += ("/oembed", "/embed.js", "/listen/say/")


def install(app: Flask) -> None:
    app.register_error_handler(e.VoiceAppError, _ours)
    app.register_error_handler(HTTPException, _http)


def status(problem: e.VoiceAppError) -> int:
    return STATUS[type(problem)]


def sentence(problem: e.VoiceAppError) -> str:
    """What to tell a stranger. A fault of ours may name paths in its facts, so only its type speaks."""
    return problems.told(str(problem) if status(problem) < 500 else f"{problem.what} {problem.todo}")


def _ours(problem: e.VoiceAppError) -> Response:
    code = status(problem)
    if code >= 500:
        # by its endpoint: the path holds the title
        log.error("request failed endpoint=%s error=%s", request.endpoint, type(problem).__name__, exc_info=problem)
    return answer(code, sentence(problem))


def _http(problem: HTTPException) -> Response:
    if problem.response is not None:  # a redirect that routing asks for
        return make_response(problem.get_response())
    code = problem.code or 500
    response = answer(code, _explained(problem, code))
    if "Allow" in dict(problem.get_headers()):
        response.headers["Allow"] = dict(problem.get_headers())["Allow"]
    for name, value in problem.get_headers():
        if name in ("Content-Range", "Accept-Ranges"):
            response.headers[name] = value
    return response


def _explained(problem: HTTPException, code: int) -> str:
    if isinstance(problem, SecurityError):
        return gettext("This site does not answer to that name. Add it to the setting server.trusted_hosts.")
    if isinstance(problem, RequestEntityTooLarge):
        limit = number(context.config().server.max_upload_bytes / 1_000_000)
        return gettext(
            "That is larger than %(limit)s MB. Split it into smaller articles, or paste only the part to listen to.",
            limit=limit,
        )
    if isinstance(problem, InternalServerError) or problem.description == type(problem).description:
        return gettext(SENTENCES.get(code, SENTENCES[500 if code >= 500 else 400]))
    return gettext(problem.description or SENTENCES[400])


def answer(code: int, text: str) -> Response:
    """The error in the form that this address is asked in."""
    if request.path.startswith("/api/"):
        response = jsonify(error=text)
    elif request.path.startswith(FILES) or request.blueprint == "live":
        response = Response(f"{text}\n", mimetype="text/plain")
    else:
        title = gettext(TITLES.get(code, OTHER_TITLE))
        page = "embed_error.html" if request.blueprint == "embed" else "error.html"
        response = make_response(render_template(page, title=title, sentence=text))
    response.status_code = code
    response.headers["Cache-Control"] = "no-store"
    return response
