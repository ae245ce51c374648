"""Keys of the ERP in the names of inputs, which browsers send with other line breaks."""

from __future__ import annotations

from werkzeug.datastructures import MultiDict

from wizard.forms import key_of, with_keys

KEYS = ("plain", "one\ntwo", "one\rtwo three", "one\r\ntwo four", "a:b\nc")


def test_a_key_is_found_by_what_browsers_send_for_it() -> None:
    sent = ("plain", "one\r\ntwo", "one\r\ntwo three", "one\r\ntwo four", "a:b\r\nc", "other\r\nkey")
    assert [key_of(text, KEYS) for text in sent] == [*KEYS, "other\r\nkey"]


def test_the_names_of_a_form_get_their_keys_back() -> None:
    form = MultiDict([("tab:one\r\ntwo", "on"), ("field:a:b\r\nc", "1"), ("field:a:b\r\nc", "2"), ("sync", "on\r\n")])

    found = with_keys(form, KEYS)

    assert list(found.items(multi=True)) == [
        ("tab:one\ntwo", "on"),
        ("field:a:b\nc", "1"),
        ("field:a:b\nc", "2"),
        ("sync", "on\r\n"),
    ]


def test_a_form_without_such_keys_is_the_very_same() -> None:
    form = MultiDict([("tab:plain", "on")])
    assert with_keys(form, ("plain",)) is form
