"""What industries mean and what people call them: checks across files, and everyday words to the model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from regionmap.catalogue.convert import optional_text
from regionmap.catalogue.files import Parsed
from regionmap.catalogue.folding import class_forms
from regionmap.catalogue.gbt4754 import GbtTable
from regionmap.catalogue.industries import class_names
from regionmap.catalogue.schema import IndustriesFile, IndustryNamesFile, IndustryWordsPart, ReadingsFile
from regionmap.i18n import t
from regionmap.model import Text
from regionmap.model.industry import IndustryWords


def words(file: IndustryNamesFile) -> Iterator[IndustryWords]:
    """Make the everyday words of a file."""
    for one in file.names:
        yield IndustryWords(
            tuple(one.words), tuple(one.codes), one.industry, tuple(one.choices), optional_text(one.ask)
        )


def check_meanings(files: Sequence[Parsed[IndustriesFile]], readings: Iterable[Parsed[ReadingsFile]]) -> Iterator[str]:
    """Check that every bundled industry says what it means, or why nothing does: else its name binds to nothing.

    An industry of one's own may be known by its name alone.
    """
    read = {one.industry_class for file in readings for one in file.data.readings if one.members}
    for file in (one for one in files if one.bundled):
        for index, part in enumerate(file.data.industries):
            if part.kind == "class" and part.id not in read and part.open is None:
                yield file.problem(
                    ("industries", index, "open"),
                    t(
                        "no reading says which industries the class {id} holds: add open: {{zh: …, en: …}} "
                        "with the reason, or a reading",
                        id=part.id,
                    ),
                )
            elif not (part.codes or part.parents or part.members or part.open or part.id in read):
                yield file.problem(
                    ("industries", index, "codes"),
                    t(
                        "nothing says what {id} means: give codes, parents or members, or open with the "
                        "reason why no list does",
                        id=part.id,
                    ),
                )


def check_names(
    files: Iterable[Parsed[IndustryNamesFile]], industries: Sequence[Parsed[IndustriesFile]], gbt: GbtTable
) -> Iterator[str]:
    """Check the everyday words: each has one meaning, stands once, and is no name that has a meaning already.

    An industry of one's own takes no bundled word: answers to what people type stay as they are.
    """
    ids = {part.id for file in industries for part in file.data.industries}
    seen: dict[str, str] = {}
    for file in files:
        taken = {
            word.casefold(): part.id
            for held in industries
            for part in held.data.industries
            for word in (part.id, part.name.zh, part.name.en, *part.aliases)
            if held.bundled or not file.bundled
        }
        if file.bundled:
            yield from _taken_by_own(file, industries, gbt)
        for index, one in enumerate(file.data.names):
            at = ("names", index)
            yield from (file.problem(at, problem) for problem in _meaning(one, ids, gbt))
            for word in one.words:
                key = word.casefold()
                if key in taken:
                    yield file.problem(
                        at, t("'{word}' is already a name of the industry {id}: drop it here", word=word, id=taken[key])
                    )
                elif word in gbt.by_name:
                    yield file.problem(
                        at, t("'{word}' is the name of class {code}: drop it here", word=word, code=gbt.by_name[word])
                    )
                elif key in seen:
                    yield file.problem(
                        at, t("'{word}' stands already in {place}: keep one", word=word, place=seen[key])
                    )
                else:
                    seen[key] = f"{file.shown}, names[{index}]"


def _taken_by_own(
    file: Parsed[IndustryNamesFile], industries: Sequence[Parsed[IndustriesFile]], gbt: GbtTable
) -> Iterator[str]:
    if all(one.bundled for one in industries):
        return
    words = {word.casefold() for one in file.data.names for word in one.words}
    classes = class_names(gbt)  # told as such already
    for own in industries:
        if own.bundled:
            continue
        for index, part in enumerate(own.data.industries):
            for word in (part.id, part.name.zh, part.name.en, *part.aliases):
                if word.casefold() in words and classes.keys().isdisjoint(class_forms(word)):
                    yield own.problem(
                        ("industries", index),
                        t("'{word}' is an everyday word with a meaning here: choose another name", word=word),
                    )


def _meaning(one: IndustryWordsPart, ids: set[str], gbt: GbtTable) -> Iterator[Text]:
    if sum((bool(one.codes), one.industry is not None, bool(one.choices))) != 1:
        yield t("give one of codes, industry and choices")
    if bool(one.choices) != (one.ask is not None):
        yield t("choices come with a question, and a question with choices: add ask: {{zh: …, en: …}}, or drop it")
    if len(one.choices) == 1:
        yield t("there is only one choice: name another, or write it as industry or codes")
    for code in one.codes:
        if code not in gbt:
            yield t("GB/T 4754-2017 has no code {code}", code=code)
    for name in (*one.choices, *([one.industry] if one.industry is not None else [])):
        if name not in ids and name not in gbt:
            yield t("no industry has the id '{name}', and GB/T 4754-2017 no such code", name=name)
