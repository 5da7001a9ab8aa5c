"""Which words for an action are taken, which are asked back, and why: python actions.py [--lang zh|en]."""

import sys

from regionmap.rules.reading.actions import action_words

language = sys.argv[2] if sys.argv[1:2] == ["--lang"] else "zh"
heads = {"zh": ("读作 ", "反问：", "不算："), "en": ("taken as ", "asked back: ", "no action: ")}[language]
for words, actions, why in action_words():
    head = heads[0] if len(actions) == 1 else heads[1] if actions else heads[2]
    print(f"{'、'.join(words)} | {head}{why[language] if why else actions[0].value}")
