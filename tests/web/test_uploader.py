"""The button that takes a file has its words in the language of the page, for readers too."""

from __future__ import annotations

import pytest

from tests.web.conftest import Visit

pytestmark = pytest.mark.enable_socket


@pytest.mark.parametrize(("language", "words"), [("zh", "选择文件"), ("en", "Choose a file")])
def test_the_button_for_a_file_is_in_the_language_of_the_page(visit: Visit, language: str, words: str) -> None:
    for path in ("batch", "site"):
        visit.open(f"{path}?lang={language}")
        if path == "site":
            visit.page.get_by_role("radio").filter(has_text="By area" if language == "en" else "按范围").click()
        field = visit.page.locator("[data-testid='stFileUploaderDropzone']")
        field.wait_for()
        assert field.get_by_role("button", name=words, exact=True).count() == 1
        assert field.get_by_role("button", name="Upload", exact=True).count() == 0
