"""Say on which question one rule fell away: ``python why.py RULE LANGUAGE ANSWER.json …``."""

import json
import sys

rule, language, *files = sys.argv[1:]
for file in files:
    answer = json.load(open(file, encoding="utf-8"))
    for finding in answer["fell_away"] + answer["not_in_force"]:
        if finding["provision"] == rule:
            reasons = finding["because_en" if language == "en" else "because"]
            fell = finding["fell_on"] or ["date"]
            print(f"{answer['verdict']}; {', '.join(fell)}: {reasons[fell[0]]}")
