"""Streamlit's entry: navigation, nothing else."""

import streamlit as st

from regionmap.web import sign_in, state
from regionmap.web.about import page as page_about
from regionmap.web.batch import page as page_batch
from regionmap.web.documents import page as page_sources
from regionmap.web.history import page as page_history
from regionmap.web.map import page as page_map
from regionmap.web.parts import frame
from regionmap.web.rules import page as page_rules
from regionmap.web.site import page as page_site
from regionmap.web.transfer import page as page_transfer

frame.begin()
sign_in.ask()
_ = state.words()
pages = [
    st.Page(page_map.page, title=_("Map"), icon=":material/map:", url_path="map", default=True),
    st.Page(page_site.page, title=_("Site check"), icon=":material/fact_check:", url_path="site"),
    st.Page(page_batch.page, title=_("Batch"), icon=":material/table_view:", url_path="batch"),
    st.Page(page_transfer.page, title=_("Where it could go"), icon=":material/move_location:", url_path="transfer"),
    st.Page(page_rules.page, title=_("Rules"), icon=":material/gavel:", url_path="rules"),
    st.Page(page_history.page, title=_("History"), icon=":material/history:", url_path="history"),
    st.Page(page_sources.page, title=_("Documents"), icon=":material/library_books:", url_path="documents"),
    st.Page(page_about.page, title=_("About"), icon=":material/info:", url_path="about"),
]
current = st.navigation(pages, position="hidden")
frame.run(current, pages)
state.write()
