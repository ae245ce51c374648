from __future__ import annotations

import pytest

from wizard.domain.fields import Access, ConfigField, FieldType, ListItem
from wizard.forms.config_fields import ConfigForm

ODD_TEXTS = ['"><script>alert(1)</script>', "</textarea><b>", "a & b", "'single'", "{{ 7 * 7 }}", "  spaces  "]


KEY = "Key"


def a_view(field, value=None, saved=None, error=None, changed=False):
    """A field as the form hands it to the template; a `value` is typed, or the default of one that takes no input."""
    secrets = {KEY: {"value": "hunter2", "origin": "here", "at": ""}}
    form = ConfigForm([field], {} if value is None else {KEY: value}, secrets, origin="here", language="en")
    errors = {form.id_of(field): error} if error else {}
    return form.views({KEY: saved} if saved else {}, errors, [KEY] if changed else [])


@pytest.fixture
def draw(render):
    def draw(type=FieldType.TEXT, value=None, *, saved=None, error=None, changed=False, **declared):
        field = ConfigField(KEY, type, **{"label": "Company code", "access": Access.MANDATORY} | declared)
        return render("connections/_config_fields.html", fields=a_view(field, value, saved, error, changed))

    return draw


@pytest.mark.parametrize("text", ODD_TEXTS)
def test_an_odd_value_comes_back_as_it_was_typed(draw, text):
    assert draw(value=text).one("input", name="cf:Key")["value"] == text


@pytest.mark.parametrize("text", ["first\nsecond", "\nfirst line is empty", "</textarea>\n<b>"])
def test_a_value_of_several_lines_keeps_them(draw, text):
    area = draw(value=text).one("textarea", name="cf:Key")
    assert area.text.removeprefix("\n") == text


@pytest.mark.parametrize("text", ODD_TEXTS)
def test_a_connector_s_texts_are_shown_as_text(draw, text):
    page = draw(label=text, description=text, error=text)
    assert page.one("label").text == text
    assert page.one("p", class_="hint").text == text
    assert not page.find("script")
    assert not page.find("b")


def test_hint_error_and_change_are_tied_to_the_input(draw):
    box = draw(description="Twenty at most", error="Too long", changed=True).one("input", name="cf:Key")
    assert box["aria-describedby"] == "{0}-hint {0}-changed {0}-error".format(box["id"])
    assert box["aria-invalid"] == "true"


def test_only_an_optional_field_is_marked(draw):
    assert "(optional)" in draw(access=Access.NORMAL).one("label").text
    assert "(optional)" not in draw(access=Access.MANDATORY).one("label").text


def test_a_limit_is_said_and_does_not_cut_what_is_pasted(draw):
    page = draw(description="As in the ERP.", max_length=20)
    assert page.one("p", class_="hint").text == "As in the ERP. 20 characters at most."
    assert "maxlength" not in page.one("input", name="cf:Key")


def test_a_password_is_never_sent_to_the_page(draw):
    assert "value" not in draw(FieldType.PASSWORD).one("input", name="cf:Key")


def test_a_saved_password_can_be_replaced(draw):
    page = draw(FieldType.PASSWORD, saved="Saved at 09:52.")
    assert "Saved at 09:52. It is never shown again." in page.one("summary").text
    assert page.one("input", type="password")["name"] == "cf:Key"


def test_a_refused_password_is_asked_for_anew(draw):
    page = draw(FieldType.PASSWORD, saved="Saved at 09:52.", error="The ERP refused it.")
    assert not page.find("details")
    assert page.one("input", type="password")["aria-invalid"] == "true"


def test_a_box_sends_an_empty_value_before_its_tick(draw):
    hidden, box = draw(FieldType.CHECKBOX, "1").find("input", name="cf:Key")
    assert (hidden["type"], hidden["value"]) == ("hidden", "")
    assert (box["type"], box["value"], "checked" in box) == ("checkbox", "1", True)


def test_a_box_that_is_read_only_sends_nothing(draw):
    assert "disabled" in draw(FieldType.CHECKBOX, access=Access.READ_ONLY).one("input", name="cf:Key")


def test_a_list_offers_its_choices_and_none(draw):
    page = draw(FieldType.LIST, "b", items=(ListItem("a", "A"), ListItem("b", "B")))
    assert [(option["value"], "selected" in option) for option in page.find("option")] == [
        ("", False),
        ("a", False),
        ("b", True),
    ]


def test_a_choice_that_is_not_offered_any_more_stays_in_sight(draw):
    gone = draw(FieldType.LIST, "gone", items=(ListItem("a", "A"),)).find("option")[-1]
    assert (gone["value"], "selected" in gone, gone.text) == ("gone", True, "gone (not offered any more)")


def test_a_list_that_is_not_available_takes_the_key(draw):
    page = draw(FieldType.LIST, "b")
    assert page.one("input", name="cf:Key")["value"] == "b"
    assert "not available" in page.one("p", class_="hint").text


def test_a_read_only_list_shows_its_label(draw):
    declared = {"default": "b", "items": (ListItem("b", "Sales ledger"),), "access": Access.READ_ONLY}
    box = draw(FieldType.LIST, **declared).one("input", name="cf:Key")
    assert (box["value"], "readonly" in box) == ("Sales ledger", True)


@pytest.mark.parametrize(
    ("value", "type", "step"),
    [
        ("", "datetime-local", None),
        ("2026-01-01T00:00", "datetime-local", None),
        ("2026-01-01T00:00:30", "datetime-local", "1"),
        ("tomorrow", "text", None),
    ],
)
def test_a_date_that_a_browser_s_picker_cannot_hold_stays_as_typed(draw, value, type, step):
    box = draw(FieldType.DATETIME, value).one("input", name="cf:Key")
    assert (box["type"], box["value"], box.get("step")) == (type, value, step)


@pytest.mark.parametrize(("type", "mode"), [(FieldType.INTEGER, "numeric"), (FieldType.DOUBLE, "decimal")])
def test_a_number_brings_up_its_keyboard_and_takes_any_text(draw, type, mode):
    box = draw(type, "1.234,5").one("input", name="cf:Key")
    assert (box["type"], box["inputmode"], box["value"]) == ("text", mode, "1.234,5")


def test_a_label_is_a_text_of_its_own(draw):
    page = draw(FieldType.LABEL, label="", default="Create the API user first.")
    assert page.one("p", class_="lines").text == "Create the API user first."
    assert not page.find("input")
    assert not page.find("p", class_="label")


def test_a_label_with_a_text_of_its_own_is_its_heading(draw):
    page = draw(FieldType.LABEL, label="Before you start", default="Create the API user.", description="In the ERP.")
    assert page.one("p", class_="label").text == "Before you start"
    assert page.one("p", class_="lines").text == "Create the API user."
    assert page.one("p", class_="hint").text == "In the ERP."


def test_a_label_without_a_text_shows_its_own_name_or_nothing(draw):
    assert draw(FieldType.LABEL, label="Before you start").one("p", class_="lines").text == "Before you start"
    assert not draw(FieldType.LABEL, label="").find("p")


def test_a_read_only_password_is_an_empty_text(draw):
    box = draw(FieldType.PASSWORD, access=Access.READ_ONLY).one("input", name="cf:Key")
    assert (box["type"], box["value"], "readonly" in box) == ("text", "", True)


@pytest.mark.parametrize(("max_length", "size"), [(0, ""), (30, " input-medium"), (31, "")])
def test_a_short_text_has_a_short_input(draw, max_length, size):
    assert draw(max_length=max_length).one("input", name="cf:Key")["class"] == f"input{size}"


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
