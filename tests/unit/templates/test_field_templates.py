from __future__ import annotations

import pytest

from wizard.forms.config_fields import FieldView

ODD_TEXTS = ['"><script>alert(1)</script>', "</textarea><b>", "a & b", "'single'", "{{ 7 * 7 }}", "  spaces  "]


def a_field(**given):
    plain = {
        "id": "field-0",
        "name": "cf:Key",
        "kind": "text",
        "label": "Company code",
        "hint": "",
        "value": "",
        "saved": None,
        "needed": True,
        "read_only": False,
        "options": None,
        "error": None,
        "changed": False,
        "max_length": 0,
    }
    return FieldView(**plain | given)


@pytest.fixture
def draw(render):
    return lambda **given: render("connections/_config_fields.html", fields=[a_field(**given)])


@pytest.mark.parametrize("text", ODD_TEXTS)
def test_an_odd_value_comes_back_as_it_was_typed(draw, text):
    assert draw(value=text).one("input", name="cf:Key")["value"] == text


@pytest.mark.parametrize("text", ["first\nsecond", "\nfirst line is empty", "</textarea>\n<b>"])
def test_a_value_of_several_lines_keeps_them(draw, text):
    area = draw(value=text).one("textarea", name="cf:Key")
    assert area.text.removeprefix("\n") == text


@pytest.mark.parametrize("text", ODD_TEXTS)
def test_a_connector_s_texts_are_shown_as_text(draw, text):
    page = draw(label=text, hint=text, name=text, error=text)
    assert page.one("label").text == text
    assert page.one("p", class_="hint").text == text
    assert not page.find("script")
    assert not page.find("b")


def test_hint_error_and_change_are_tied_to_the_input(draw):
    box = draw(hint="Twenty at most", error="Too long", changed=True).one("input", name="cf:Key")
    assert box["aria-describedby"] == "field-0-hint field-0-changed field-0-error"
    assert box["aria-invalid"] == "true"


def test_only_an_optional_field_is_marked(draw):
    assert "(optional)" in draw(needed=False).one("label").text
    assert "(optional)" not in draw(needed=True).one("label").text


def test_a_limit_is_said_and_does_not_cut_what_is_pasted(draw):
    page = draw(hint="As in the ERP.", max_length=20)
    assert page.one("p", class_="hint").text == "As in the ERP. 20 characters at most."
    assert "maxlength" not in page.one("input", name="cf:Key")


def test_a_password_is_never_sent_to_the_page(draw):
    assert "value" not in draw(kind="password", value="hunter2").one("input", name="cf:Key")


def test_a_saved_password_can_be_replaced(draw):
    page = draw(kind="password", saved="Saved at 09:52.")
    assert "Saved at 09:52. It is never shown again." in page.one("summary").text
    assert page.one("input", type="password")["id"] == "field-0"


def test_a_refused_password_is_asked_for_anew(draw):
    page = draw(kind="password", saved="Saved at 09:52.", error="The ERP refused it.")
    assert not page.find("details")
    assert page.one("input", type="password")["aria-invalid"] == "true"


def test_a_box_sends_an_empty_value_before_its_tick(draw):
    hidden, box = draw(kind="checkbox", value="1").find("input", name="cf:Key")
    assert (hidden["type"], hidden["value"]) == ("hidden", "")
    assert (box["type"], box["value"], "checked" in box) == ("checkbox", "1", True)


def test_a_box_that_is_read_only_sends_nothing(draw):
    assert "disabled" in draw(kind="checkbox", read_only=True).one("input", name="cf:Key")


def test_a_list_offers_its_choices_and_none(draw):
    page = draw(kind="list", value="b", options=[("a", "A"), ("b", "B")])
    assert [(option["value"], "selected" in option) for option in page.find("option")] == [
        ("", False),
        ("a", False),
        ("b", True),
    ]


def test_a_choice_that_is_not_offered_any_more_stays_in_sight(draw):
    gone = draw(kind="list", value="gone", options=[("a", "A")]).find("option")[-1]
    assert (gone["value"], "selected" in gone, gone.text) == ("gone", True, "gone (not offered any more)")


def test_a_list_that_is_not_available_takes_the_key(draw):
    page = draw(kind="list", value="b", options=None)
    assert page.one("input", name="cf:Key")["value"] == "b"
    assert "not available" in page.one("p", class_="hint").text


def test_a_read_only_list_shows_its_label(draw):
    box = draw(kind="list", value="b", options=[("b", "Sales ledger")], read_only=True).one("input", name="cf:Key")
    assert (box["value"], "readonly" in box) == ("Sales ledger", True)


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("", "datetime-local"),
        ("2026-01-01T00:00", "datetime-local"),
        ("2026-01-01T00:00:30", "datetime-local"),
        ("tomorrow", "text"),
    ],
)
def test_a_date_that_a_browser_s_picker_cannot_hold_stays_as_typed(draw, value, kind):
    box = draw(kind="datetime", value=value).one("input", name="cf:Key")
    assert (box["type"], box["value"]) == (kind, value)


@pytest.mark.parametrize(("kind", "mode"), [("integer", "numeric"), ("double", "decimal")])
def test_a_number_brings_up_its_keyboard_and_takes_any_text(draw, kind, mode):
    box = draw(kind=kind, value="1.234,5").one("input", name="cf:Key")
    assert (box["type"], box["inputmode"], box["value"]) == ("text", mode, "1.234,5")


def test_a_label_is_a_text_of_its_own(draw):
    page = draw(kind="label", label="", value="Create the API user first.")
    assert page.one("p", class_="lines").text == "Create the API user first."
    assert not page.find("input")


def test_one_place_in_a_sentence_is_linked(render):
    page = render(
        "{% from 'macros/ui.html' import linked %}"
        "{{ linked('Enter the <b>key</b> again.', ('<b>key</b>', '#field-1')) }}"
    )
    assert page.one("a", href="#field-1").text == "<b>key</b>"
    assert page.html.startswith("Enter the ")


def test_a_button_that_is_off_can_be_focused_and_says_why(render):
    button = render("{% from 'macros/ui.html' import button %}{{ button('OK', off='gate') }}").one("button")
    assert (button["aria-disabled"], button["aria-describedby"], "disabled" in button) == ("true", "gate", False)
