"""Every sentence of the code has its Chinese, and the compiled catalogue is the written one."""

from __future__ import annotations

import ast
import gettext
import io
import string
from functools import lru_cache
from pathlib import Path

import pytest

from regionmap.i18n import DOMAIN, LOCALE_DIR

pytest.importorskip("babel")

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from tools.messages import BETWEEN, ERRORS, KEYWORDS, PLURAL, chinese_of, collect, forms_of, key_of

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "regionmap"
COMPILED = LOCALE_DIR / "zh" / "LC_MESSAGES" / f"{DOMAIN}.mo"


def written() -> Catalog:
    with COMPILED.with_suffix(".po").open("rb") as file:
        return read_po(file, locale="zh", domain=DOMAIN)


@lru_cache(maxsize=1)
def sentences_in_code() -> set[str]:
    found = set()
    for path in [*PACKAGE.rglob("*.py"), ROOT / "app.py"]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                continue
            count = 2 if node.func.id == PLURAL else 1 if node.func.id in KEYWORDS | ERRORS else 0
            said = [one.value for one in node.args[:count] if isinstance(one, ast.Constant)]
            if said and len(said) == count and all(isinstance(one, str) for one in said):
                found.add(BETWEEN.join(said))
    return found


@lru_cache(maxsize=1)
def collected() -> set[str]:
    """What the tool finds: pages of help and descriptions of fields besides, which stand in no call of ``t``."""
    return {*collect(PACKAGE.rglob("*.py"), PACKAGE), *collect([ROOT / "app.py"], ROOT)}


def test_every_sentence_has_its_chinese() -> None:
    chinese = {key_of(one): chinese_of(one) for one in written() if one.id}
    assert sorted(one for one in sentences_in_code() | collected() if not chinese.get(one)) == []


def test_the_tool_finds_every_sentence() -> None:
    assert sorted(sentences_in_code() - collected()) == []


def test_translations_keep_the_fields() -> None:
    def fields(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    said = [(form, chinese_of(one)) for one in written() if one.id for form in forms_of(key_of(one))]
    assert len(said) > len(list(written()))  # sentences that count have two forms
    assert [english for english, chinese in said if fields(english) != fields(chinese)] == []


def test_no_translation_is_fuzzy_or_left_over() -> None:
    """Fuzzy: its English was edited. Read the Chinese, mend it, delete ``#, fuzzy``, run ``make messages``."""
    assert [one.id for one in written() if one.id and one.fuzzy] == []
    assert sorted(key_of(one) for one in written() if one.id and key_of(one) not in collected()) == []


def test_the_compiled_catalogue_is_the_written_one() -> None:
    fresh = io.BytesIO()
    write_mo(fresh, written())
    fresh.seek(0)
    with COMPILED.open("rb") as file:
        compiled = messages(gettext.GNUTranslations(file))
    assert compiled == messages(gettext.GNUTranslations(fresh))


def messages(catalogue: gettext.GNUTranslations) -> dict[str, str]:
    """Without the header, which names the version of the tool."""
    return {key: value for key, value in vars(catalogue)["_catalog"].items() if key}
