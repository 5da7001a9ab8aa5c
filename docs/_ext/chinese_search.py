"""Makes the search find Chinese: every two neighbouring characters are a word, in the index and in a query.

Sphinx's own search for Chinese needs jieba for the index, and without it leaves out all that is Chinese; with it, the
browser still takes 产能置换 for one word, which the index holds as two. Pairs of characters need no dictionary, cut
both sides alike, and are what search engines do without one (Lucene's CJKAnalyzer). English pages quote Chinese words,
so that they are read in the same way.
"""

from __future__ import annotations

import re

from sphinx.application import Sphinx
from sphinx.search import SearchLanguage, languages
from sphinx.search.en import SearchEnglish

CHINESE = "\u3400-\u4dbf\u4e00-\u9fff"
RUN = re.compile(f"[{CHINESE}]+|[^\\W{CHINESE}]+")

SPLITTER = """
function splitQuery(query) {
  const words = [];
  for (const [run] of query.matchAll(/[\\u3400-\\u4dbf\\u4e00-\\u9fff]+|[\\p{Letter}\\p{Number}_]+/gu)) {
    for (const part of run.split(/([\\u3400-\\u4dbf\\u4e00-\\u9fff]+)/u)) {
      if (!part) continue;
      if (!/^[\\u3400-\\u4dbf\\u4e00-\\u9fff]/u.test(part) || part.length === 1) words.push(part);
      else for (let at = 0; at + 1 < part.length; at += 1) words.push(part.slice(at, at + 2));
    }
  }
  return words;
}
"""


def split(text: str) -> list[str]:
    """Return the words of a text: Latin words, Chinese characters, and pairs of neighbouring ones."""
    words = []
    for run in RUN.findall(text):
        if re.match(f"[{CHINESE}]", run):
            words += [*run, *(run[at : at + 2] for at in range(len(run) - 1))]
        else:
            words.append(run)
    return words


class PairsEnglish(SearchEnglish):
    """English words by their stems, Chinese ones by pairs."""

    js_splitter_code = SPLITTER

    def split(self, input: str) -> list[str]:  # noqa: A002 - Sphinx names it
        """Return the words of a text."""
        return split(input)

    def word_filter(self, word: str) -> bool:
        """Keep single Chinese characters, which are words."""
        return bool(re.match(f"[{CHINESE}]", word)) or super().word_filter(word)


class PairsChinese(PairsEnglish):
    """The same under the name by which Sphinx looks it up.

    ``language_name`` stays English: by it Sphinx names the stemmer in the browser, and there is none that is called
    ChineseStemmer (Sphinx's own search for Chinese stops there: ``findings/sphinx-chinese-search.sh``).
    """

    lang = "zh"


def setup(app: Sphinx) -> dict[str, bool]:
    """Take the place of Sphinx's own."""
    own: dict[str, type[SearchLanguage]] = {"en": PairsEnglish, "zh": PairsChinese}
    languages.update(own)
    return {"parallel_read_safe": True}
