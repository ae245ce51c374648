"""What holds for all templates and static files together."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
PAGES = [each for each in TEMPLATES if each.name != "mail.html"]
"""Without mails, which have no style sheet but their own."""
SPRITE = (ROOT / "static" / "sprite.svg").read_text()


def named(path):
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("template", PAGES, ids=named)
def test_a_template_has_no_inline_script_or_style(template):
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:|<script(?![^>]*\ssrc=)", template.read_text())


@pytest.mark.parametrize("template", TEMPLATES, ids=named)
def test_every_icon_is_in_the_sprite(template):
    text = template.read_text()
    names = re.findall(r"""(?<![a-z_])icon\("([a-z-]+)\"""", text)
    names += re.findall(r'(?<=: )"([a-z]+(?:-[a-z]+)*-(?:fill|dashed|notch|circle))"', text)
    assert [name for name in names if f'id="{name}"' not in SPRITE] == []


@pytest.mark.parametrize(("name", "most"), [("app.css", 36_000), ("sprite.svg", 17_000)])
def test_a_static_file_stays_small(name, most):
    assert (ROOT / "static" / name).stat().st_size <= most


def test_the_script_stays_small():
    modules = (ROOT / "static" / "js").iterdir()
    assert sum(path.stat().st_size for path in modules) <= 21_000


def test_htmx_comes_with_its_licence():
    assert 'this.version="4.0.1"' in (ROOT / "static" / "htmx.min.js").read_text()
    assert "Zero-Clause BSD" in (ROOT / "static" / "htmx.LICENSE").read_text()
