"""Settings of a site in `mkdocs.yml`: its name and its colour."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from support import ROOT, SAMPLE
from support.corpora import BASE
from support.projects import build, copy_sample, replace_text

TOKENS = "assets/stylesheets/verbatim/tokens.css"
PRINT = "assets/stylesheets/verbatim/print.css"


def _luminance(colour: str) -> float:
    """Relative luminance (WCAG 2) of `#fff` or `#ffffff`."""
    digits = colour.removeprefix("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("folder", [ROOT, SAMPLE], ids=lambda folder: folder.name)
def test_the_chosen_colours_are_legible(folder: Path) -> None:
    """A site's colours, which are used for text, have a contrast of 4.5 with every paper of their scheme."""
    text = re.sub(r"!ENV \[.*\]", "", (folder / "mkdocs.yml").read_text(encoding="utf-8"))
    colour = yaml.safe_load(text)["extra"].get("colour", {})
    light, dark = (ROOT / "hooks/theme" / TOKENS).read_text(encoding="utf-8").split('[data-md-color-scheme="slate"]')
    schemes = {"light": light, "dark": dark}
    papers = {scheme: re.findall(r"--vb-(?:paper|wash): (#\w+);", css) for scheme, css in schemes.items()}
    assert [len(found) for found in papers.values()] == [2, 2]
    faint = [
        (scheme, paper)
        for scheme, colours in papers.items()
        for paper in colours
        if scheme in colour and _contrast(colour[scheme], paper) < 4.5
    ]
    assert faint == []


def test_the_colour_of_the_site(site: Path) -> None:
    """The style sheets have the chosen colours, and no template code."""
    light, dark = (site / TOKENS).read_text(encoding="utf-8").split('[data-md-color-scheme="slate"]')
    assert "--vb-accent: #0b6247;" in light
    assert "--vb-accent: #7fd6b4;" in dark
    assert "--vb-accent: #0b6247;" in (site / PRINT).read_text(encoding="utf-8")


def test_a_name_with_signs_of_html(tmp_path: Path) -> None:
    """A site's name and description may hold any sign, in tags, in attributes and in the title."""
    project = copy_sample(tmp_path, BASE, in_french_alone=True)
    replace_text(project / "mkdocs.yml", "site_name: Sextant", """site_name: 'A "B" <i>&'""")
    replace_text(project / "mkdocs.yml", "site_description: Qui", """site_description: '"><b> Qui' #""")
    build(project)
    for name in ("index.html", "issues/index.html", "404.html"):
        html = (project / "site" / name).read_text(encoding="utf-8")
        assert "<i>" not in html
        assert '"><b> Qui' not in html
        assert re.search(r"<title>[^<]*A (&#34;|&quot;)B(&#34;|&quot;) &lt;i&gt;&amp;</title>", html)
        assert "&amp;lt;" not in html
        assert "&amp;#34;" not in html


def test_the_name_of_the_site(site: Path) -> None:
    """The chosen name is in the footer, on paper and in calendars; no page has the engine's name."""
    home = (site / "index.html").read_text(encoding="utf-8")
    assert "<p>Sextant\u00a0: des citations" in home
    assert '<p class="vb-imprint">Sextant · ' in (site / "issues/index.html").read_text(encoding="utf-8")
    assert "X-WR-CALNAME:Sextant · " in (site / "timeline/events.ics").read_text(encoding="utf-8")
    named = [path for path in site.resolve().rglob("*.html") if "Verbatim" in path.read_text(encoding="utf-8")]
    assert named == []
