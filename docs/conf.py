"""How Sphinx builds the pages: once from this folder in English, once from ``zh/`` in Chinese (the tag ``zh``).

``make docs`` builds both (``tools/build_docs.py``). Nothing is asked of another machine, while building or when read.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

DOCS = Path(__file__).resolve().parent
ROOT = DOCS.parent
sys.path[:0] = [str(DOCS / "_ext"), str(ROOT / "src")]

from regionmap.version import __version__  # noqa: E402 - from the sources beside these pages

CHINESE = tags.has("zh")  # noqa: F821 - Sphinx gives it

project = "regionmap"
author = "regionmap"
copyright = "regionmap, MIT"  # noqa: A001 - Sphinx calls it so
version = release = __version__
language = "zh_CN" if CHINESE else "en"

extensions = [
    "myst_nb",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "chinese_search",
    "made_pages",
    "property_docs",
]
exclude_patterns = ["_*", "zh", "README.md"] if not CHINESE else ["_*"]
templates_path = ["_templates"]
html_static_path = ["_static"]

# Markdown: headings are targets as on a forge, so that the same links work in both.
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 4
suppress_warnings = ["mystnb.unknown_mime_type"]

# Notebooks run when they are read (run_notebooks.py), and their cards speak the language of the pages.
nb_execution_mode = "off"
nb_ipywidgets_js: dict[str, dict[str, str]] = {}  # no widgets, and the default comes from another machine
nb_mime_priority_overrides = [("html", "text/html", 0)]
os.environ["REGIONMAP_LANG"] = "zh" if CHINESE else "en"

# The reference: types stand in the signature, words in the docstring.
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
autodoc_preserve_defaults = True
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 80
napoleon_google_docstring = True
napoleon_numpy_docstring = False
napoleon_use_rtype = False
# A type in a signature that has no page stays a plain word. What people write are Markdown links: these are checked.
nitpick_ignore_regex = [(r"py:(class|obj|data|exc)", r".*")]

highlight_language = "none"  # a block that names no language has none

html_theme = "pydata_sphinx_theme"
html_title = "regionmap"
html_show_sourcelink = False
html_copy_source = False
html_css_files = ["regionmap.css"]
html_theme_options = {
    "logo": {"text": "regionmap"},
    "navbar_center": ["navbar-nav"],
    "navbar_persistent": ["search-button-field"],
    "navbar_end": ["language", "theme-switcher"],
    "header_links_before_dropdown": 6,
    "secondary_sidebar_items": ["page-toc"],
    "footer_start": ["licence"],
    "footer_end": [],
    "show_toc_level": 2,
    "navigation_with_keys": False,
}
html_context = {"default_mode": "auto"}
html_sidebars = {"**": ["sidebar-nav-bs"], "index": []}
