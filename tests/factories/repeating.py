"""A connector that repeats a secret which it was given before, wherever it can."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.factories.hosts import serve_practice

SECRET = "Sommer-2026!"


def in_a_label(body: str) -> str:
    return body.replace("<DisplayName>", f"<DisplayName>{SECRET} ")


def in_a_hint(body: str) -> str:
    return body.replace("<DisplayDescription>", f"<DisplayDescription>{SECRET} ")


def in_a_default(body: str) -> str:
    return body.replace("<DefaultValue>", f"<DefaultValue>{SECRET} ")


def in_the_choices(body: str) -> str:
    return body.replace("<a:Value>", f"<a:Value>{SECRET} ")


def as_a_choice(body: str) -> str:
    return body.replace("<a:Key>info", f"<a:Key>{SECRET}")


def as_a_field(body: str) -> str:
    return body.replace("<FieldType>Integer", f"<FieldType>{SECRET}")


def in_a_page(_: str) -> str:
    return f"<html><title>{SECRET}</title><body>Login failed: {SECRET}</body></html>"


def in_a_fault(_: str) -> str:
    return (
        '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault>'
        f"<faultcode>s:Server</faultcode><faultstring>{SECRET}</faultstring>"
        "</s:Fault></s:Body></s:Envelope>"
    )


def in_an_error(body: str) -> str:
    refused = body.replace("<State>Ok", "<State>Error").replace("<IsOk>true", "<IsOk>false")
    return refused.replace('<UserExplanation i:nil="true" />', f"<UserExplanation>{SECRET}</UserExplanation>")


PLACES: tuple[Callable[[str], str], ...] = (
    in_a_label,
    in_a_hint,
    in_a_default,
    in_the_choices,
    as_a_choice,
    as_a_field,
    in_an_error,
    in_a_page,
    in_a_fault,
)


@contextmanager
def serve_repeating(folder: Path, place: Callable[[str], str]) -> Iterator[str]:
    """The practice connector with the secret at a place of every answer; its URL."""
    with serve_practice(folder, place) as url:
        yield url
