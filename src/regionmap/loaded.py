"""What is loaded, found by the names that people give: units, industries, regions, documents, pilot programmes."""

from __future__ import annotations

import datetime as dt
import os
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from regionmap.catalogue.catalogue import Catalogue
from regionmap.catalogue.naming import find_programme, find_source
from regionmap.i18n import t
from regionmap.loading import load_folders
from regionmap.lru import LRUCache
from regionmap.model import Action, Caveat, Definition, Region, Source, Status, Unit
from regionmap.model.industry import Industry
from regionmap.model.pilot import Programme
from regionmap.places.names.gazetteer import Gazetteer
from regionmap.rules.matching.fits import Subject
from regionmap.rules.matching.question import Question
from regionmap.rules.matching.validity import status
from regionmap.rules.reading.arguments import parse_action, parse_date, require_text
from regionmap.rules.reading.places import read_place
from regionmap.rules.reading.regions import region_named
from regionmap.rules.reading.subject import resolve_subject
from regionmap.rules.verdict import caveats

if TYPE_CHECKING:
    from regionmap.places.index.locator import Locator
    from regionmap.rules.search.fulltext import FullText

KEPT_SUBJECTS = 512
"""Texts of which it is kept which industry they name."""
KEPT_QUESTIONS = 256
"""Industries, actions and dates as they were asked for, each with what its answers rest on."""
OVERLAY_VARIABLE = "REGIONMAP_CATALOGUE"
"""The environment variable that names a folder of policy files of one's own."""


def day_of(on: dt.date | str | None) -> tuple[dt.date, list[Caveat]]:
    """Return the date that was asked for, or today and the caveat that says so."""
    if on is None:
        today = dt.date.today()
        return today, [caveats.default_date(today)]
    return parse_date(on), []


class Loaded:
    """A catalogue and the places, and everything in them by its name. ``api.Regionmap`` adds the questions."""

    def __init__(self, catalogue: Catalogue, gazetteer: Gazetteer) -> None:
        """Hold what was loaded; see ``load``."""
        self.catalogue = catalogue
        self.gazetteer = gazetteer
        self.folder: Path | None = None
        """The folder of one's own that is laid over the bundled catalogue; None without one."""
        self._subjects: LRUCache[str, Subject] = LRUCache(KEPT_SUBJECTS)
        self._questions: LRUCache[tuple[str, str, dt.date], Question] = LRUCache(KEPT_QUESTIONS)

    def __repr__(self) -> str:
        """Return what is loaded in one line."""
        held = self.catalogue
        counts = f"{len(held.sources)} documents, {len(held.provisions)} provisions"
        return f"<Regionmap {held.version}: {counts}, as of {held.as_of}>"

    @classmethod
    def load(cls, catalogue: Path | str | None = None) -> Self:
        """Load the bundled catalogue, with a folder of your own laid over it; see ``regionmap.load``."""
        named = catalogue if catalogue is not None else os.environ.get(OVERLAY_VARIABLE) or None
        return cls.of_folder(Path(named) if named is not None else None)

    @classmethod
    def of_folder(cls, folder: Path | None) -> Self:
        """Load the bundled catalogue with a folder laid over it, or by itself, whatever the environment says.

        Args:
            folder: policy files laid over the bundled ones; None for the bundled ones alone.

        Returns:
            What is loaded, with the folder in its attribute ``folder``.

        Raises:
            CatalogueError: files are wrong; it lists the problems with their lines.

        >>> Loaded.of_folder(None).folder is None
        True
        """
        gazetteer = Gazetteer.load()
        made = cls(load_folders(gazetteer, folder), gazetteer)
        made.folder = folder.absolute() if folder is not None else None
        return made

    @cached_property
    def locator(self) -> Locator:
        """The true boundaries, read on first use.

        >>> import regionmap
        >>> regionmap.load().locator.county_at(115.47, 38.87)
        '130602'
        """
        from regionmap.places.index.locator import Locator  # brings shapely and pyarrow: only points need them

        return Locator.load()

    @cached_property
    def fulltext(self) -> FullText:
        """The full-text index of all provisions, made on first use.

        >>> import regionmap
        >>> len(regionmap.load().fulltext.find("错峰")) > 0
        True
        """
        from regionmap.rules.search.fulltext import FullText  # brings SQLite: only searches need it

        return FullText(self.catalogue)

    def subject(self, text: str) -> Subject:
        """Return the industry that a name, an id, or a GB/T 4754-2017 code or class name stands for.

        Args:
            text: a name in Chinese or English, an id, a code of one letter or 2 to 4 digits, or the name of a class.

        Returns:
            The industry as it can be asked about: ``name``, ``code`` where one was given.

        Raises:
            InputError: none does, or the word may mean several; the message offers the nearest.

        >>> import regionmap
        >>> regionmap.load().subject("3110").name.en
        'Steel'
        """
        require_text(text, t("industry"), t("'钢铁', 'steel' or '3110'"))
        return self._subjects.get(text, lambda: resolve_subject(self.catalogue, text))

    def _question(self, industry: str, action: Action | str, on: dt.date) -> Question:
        """Return what ``api.Regionmap.question`` does; the last ones are kept as they were worded."""

        def make() -> Question:
            return Question(self.catalogue, self.gazetteer, self.subject(industry), parse_action(action), on)

        if isinstance(industry, str) and isinstance(action, str):
            return self._questions.get((industry, action, on), make)
        return make()  # what is no text cannot be looked up: it is refused in words

    def unit(self, text: str, *, on: dt.date | str | None = None) -> Unit:
        """Return the unit that a name or an adcode means, or the one that a park or zone of that name lies in.

        Args:
            text: a name (保定, 河北省保定市, Baoding) or an adcode of six digits.
            on: the day that is asked about: a name that was that of a prefecture then means it (莱芜市 before
                2019-01-09); without one, names mean what they mean today.

        Returns:
            The administrative unit.

        Raises:
            InputError: none has the name, or several have it; the message offers them.

        >>> import regionmap
        >>> regionmap.load().unit("Baoding").code
        '130600'
        """
        return read_place(self.catalogue, self.gazetteer, text, parse_date(on) if on is not None else None)[0]

    def _place_on(self, text: str, on: dt.date | str | None) -> tuple[Unit, dt.date]:
        """Return the unit that a name meant on a day, and the day; today without one."""
        day = day_of(on)[0]
        return self.unit(text, on=day), day

    def industries(self) -> tuple[Industry, ...]:
        """Return the industries that the loaded documents name.

        Returns:
            Each with its names and its codes of GB/T 4754-2017.

        >>> import regionmap
        >>> "steel" in {one.id for one in regionmap.load().industries()}
        True
        """
        return tuple(self.catalogue.industries.values())

    def regions(self) -> tuple[Region, ...]:
        """Return the regions with all their dated definitions.

        Returns:
            Each with its lists, the oldest first.

        >>> import regionmap
        >>> "central" in {one.id for one in regionmap.load().regions()}
        True
        """
        return tuple(self.catalogue.regions.values())

    def region(self, name: str) -> Region:
        """Return a region by id or by name, in Chinese or English.

        Args:
            name: an id (air-key-regions) or a name (汾渭平原, 长三角, Fenwei Plain).

        Returns:
            The region with all its dated lists.

        Raises:
            InputError: none is called so.

        >>> import regionmap
        >>> regionmap.load().region("air-key-regions").kind
        'key-region'
        """
        require_text(name, t("region"), "'air-key-regions'")
        return region_named(self.catalogue, self.gazetteer, name)

    def region_area(self, region: str, on: dt.date | str | None = None) -> frozenset[str]:
        """Return the adcodes that the list in use on the date names; empty before the first list.

        Args:
            region: an id or a name.
            on: the date (ISO 8601); today without one.

        Returns:
            Adcodes of six digits.

        Raises:
            InputError: no region is called so, or the date is none.

        >>> import regionmap
        >>> "130600" in regionmap.load().region_area("air-key-regions", "2019-06-01")
        True
        """
        definition = self.definition(region, on)
        return self.catalogue.area(definition) if definition is not None else frozenset()

    def definition(self, region: str, on: dt.date | str | None = None) -> Definition | None:
        """Return the list of a region in use on the date; None before the first one.

        Args:
            region: an id or a name.
            on: the date (ISO 8601); today without one.

        Returns:
            The list with its document and members.

        Raises:
            InputError: no region is called so, or the date is none.

        >>> import regionmap
        >>> regionmap.load().definition("air-key-regions", "2019-06-01").in_force_from.isoformat()
        '2018-07-23'
        """
        return self.catalogue.definition(self.region(region).id, day_of(on)[0])

    def sources(self) -> tuple[Source, ...]:
        """Return the loaded documents, oldest first.

        Returns:
            Each with its items and provisions.

        >>> import regionmap
        >>> "miit-2018-136" in {one.id for one in regionmap.load().sources()}
        True
        """
        return tuple(self.catalogue.sources.values())

    def source(self, name: str) -> Source:
        """Return a document by its id, number or title, or a list of destinations that stands as one by its id or name.

        Brackets, width, spaces and 号 do not count.

        Args:
            name: an id (miit-2018-136), a number (工信部节〔2018〕136号) or a title.

        Returns:
            The document with its items and provisions.

        Raises:
            InputError: none is called so; the message offers the nearest.

        >>> import regionmap
        >>> regionmap.load().source("工信部节[2018]136").id
        'miit-2018-136'
        """
        require_text(name, t("document"), "'国发〔2021〕33号'")
        return find_source(self.catalogue, name)

    def source_status(self, source: Source, on: dt.date) -> Status:
        """Return the standing of a whole document on a date; last days are inclusive.

        Args:
            source: what ``source`` returned.
            on: the date.

        Returns:
            In force, not yet, ended, or repealed or replaced.

        >>> import regionmap
        >>> import datetime as dt
        >>> rm = regionmap.load()
        >>> str(rm.source_status(rm.source("miit-2018-136"), dt.date(2019, 6, 1)))
        'in_force'
        """
        return status(source, on, self.catalogue)

    def programmes(self) -> tuple[Programme, ...]:
        """Return the pilot programmes with all their dated lists.

        Returns:
            Each with its lists of places.

        >>> import regionmap
        >>> len(regionmap.load().programmes()) > 20
        True
        """
        return tuple(self.catalogue.programmes.values())

    def programme(self, name: str) -> Programme:
        """Return a pilot programme by id or by name, in Chinese or English.

        Args:
            name: an id or a name.

        Returns:
            The programme with its lists.

        Raises:
            InputError: none is called so.

        >>> import regionmap
        >>> rm = regionmap.load()
        >>> rm.programme(rm.programmes()[0].name.zh) == rm.programmes()[0]
        True
        """
        require_text(name, t("pilot programme"), t("its id or name"))
        return find_programme(self.catalogue, name)

    def change_dates(self) -> tuple[dt.date, ...]:
        """Return the dates on which a rule or a list begins or ends, in order: those that a date picker offers.

        Returns:
            Days, each once.

        >>> import regionmap
        >>> dates = regionmap.load().change_dates()
        >>> list(dates) == sorted(dates)
        True
        """
        return self.catalogue.change_dates()
