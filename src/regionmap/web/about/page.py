"""The about page: where boundaries and rules come from, what is covered, versions and licence."""

from __future__ import annotations

from regionmap.version import __version__
from regionmap.web import service, state
from regionmap.web.parts import frame, page_head, style
from regionmap.web.parts.row_table import row_table
from regionmap.words import GOVERNMENT_LEVELS, READ


def page() -> None:
    """Write the page."""
    _, language = state.words(), state.language()
    rm = service.loaded()
    frame.messages()
    page_head.title(
        "about",
        _("About"),
        _("Name a place, an industry and a date, and get every rule that binds there, with the words of the document."),
    )
    style.head(_("What is covered"))
    sources = rm.sources()
    header = [_("Number"), _("Title"), _("Level"), _("In force from"), _("Read"), _("Provisions")]
    rows = [
        [
            one.number,
            one.title[language],
            GOVERNMENT_LEVELS[one.level][language],
            one.in_force_from.isoformat(),
            READ[one.read][language],
            len(one.provisions),
        ]
        for one in sources
    ]
    row_table(header, rows, key="about-sources", label=_("What is covered"), widths=(190, 420, 100, 120, 110, 100))
    style.note(_("A verdict speaks of these documents alone. No rule found never means allowed."))
    style.head(_("Boundaries"))
    style.note(_("Tianditu (National Platform for Common Geospatial Information Services), 2024."))
    style.note(
        _(
            "The number GS（2024）0650号 belongs to the map published there, not to data or to maps made from it. Who "
            "publishes a map in China has it reviewed."
        )
    )
    style.note(
        _(
            "Maps are drawn from simplified shapes. A verdict is worked out on the true boundaries, and a point "
            "carries its distance to the nearest place with another answer."
        )
    )
    style.head(_("Background tiles"))
    style.note(
        _(
            "Off by default: no page asks another machine for anything. The environment variable REGIONMAP_TILES turns "
            "them on; it holds an XYZ address in WGS-84 or CGCS2000, or a Tianditu key."
        )
    )
    style.head(_("Version and licence"))
    style.note(
        _(
            "regionmap {version}, catalogue {catalogue}. MIT licence. Leaflet {leaflet} (BSD 2-Clause).",
            version=__version__,
            catalogue=rm.catalogue.version,
            leaflet="1.9.3",
        )
    )
