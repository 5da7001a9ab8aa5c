"""Sign-in: nobody sees a page before it, where it is asked for; nobody is asked where it is not."""

from __future__ import annotations

import pytest
import streamlit as st

from regionmap.web import sign_in
from tests.web.harness import html, open_app


@pytest.mark.parametrize("value", ["", "0"])
def test_nobody_is_asked_without_the_setting(monkeypatch, value):
    monkeypatch.setenv(sign_in.SETTING, value)
    assert not [one for one in open_app(date="2019-06-01", lang="en").button if one.key == "sign-in"]


@pytest.mark.parametrize(("language", "words"), [("zh", "登录"), ("en", "Sign in")])
def test_a_visitor_sees_the_button_and_nothing_else(monkeypatch, language, words):
    monkeypatch.setenv(sign_in.SETTING, "1")
    test = open_app(date="2019-06-01", lang=language)
    assert [one.label for one in test.button] == [words]
    assert not test.exception
    assert '<h1 class="rm-title' not in html(test)
    assert not test.sidebar.get("page_link")


def test_a_sign_in_that_is_not_set_up_lets_nobody_in(monkeypatch):
    monkeypatch.setenv(sign_in.SETTING, "1")
    test = open_app(date="2019-06-01", lang="en")
    test.button(key="sign-in").click().run()
    assert not test.exception
    assert "secrets.toml" in test.error[0].value
    assert not test.sidebar.get("page_link")


def test_who_has_signed_in_sees_the_pages(monkeypatch):
    monkeypatch.setenv(sign_in.SETTING, "1")
    monkeypatch.setattr(st, "user", {"is_logged_in": True})
    assert open_app(date="2019-06-01", lang="en").sidebar.get("page_link")
