"""Judges a pull request: starts both codes in turns, then keeps one comment and one commit status up to date.

Reads the inputs of action.yml from the environment; the API is GITHUB_API_URL. Exits as frostline trace --against does.
"""
import json
import os
import shlex
import subprocess
import sys
import urllib.error
import urllib.request

GIVEN = os.environ
STATES = {0: ("success", "Cold starts are within the limit"), 1: ("failure", "Cold starts got slower"),
          3: ("failure", "Cold starts could not be judged")}


def base():
    """Where the checked-out code left its base: what was merged there since is not its doing."""
    found = subprocess.run(["git", "merge-base", GIVEN["BASE"], "HEAD"], stdout=subprocess.PIPE, universal_newlines=True)
    return found.stdout.strip() or GIVEN["BASE"]


def judge(summary):
    """Runs frostline; its page for the job goes to a file of ours, as it is the comment, too."""
    store = os.path.join(GIVEN["RUNNER_TEMP"], "frostline-store")
    os.makedirs(store, exist_ok=True)
    words = ["frostline", "trace", "--db", os.path.join(store, "frostline.duckdb"), "-f", GIVEN["FUNCTION"], "--against", base(),
             "--runs", GIVEN["RUNS"]]
    for option, name in (("--limit-ms", "LIMIT_MS"), ("--limit-pct", "LIMIT_PCT"), ("--setup", "SETUP")):
        if GIVEN.get(name):
            words += [option, GIVEN[name]]
    done = subprocess.run(words + ["--"] + shlex.split(GIVEN["COMMAND"]), env=dict(GIVEN, GITHUB_STEP_SUMMARY=summary))
    return done.returncode


def api(method, path, body=None):
    request = urllib.request.Request(
        GIVEN["GITHUB_API_URL"] + "/repos/" + GIVEN["GITHUB_REPOSITORY"] + path, method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Authorization": "Bearer " + GIVEN["TOKEN"], "Accept": "application/vnd.github+json", "Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


def comment(text):
    marker = "<!-- frostline " + GIVEN["FUNCTION"] + " -->"
    body = {"body": marker + "\n" + text}
    page = 1
    while True:
        comments = api("GET", "/issues/%s/comments?per_page=100&page=%d" % (GIVEN["PULL_REQUEST"], page))
        for one in comments:
            if one["body"].startswith(marker):
                api("PATCH", "/issues/comments/%d" % one["id"], body)
                return
        if len(comments) < 100:
            break
        page += 1
    api("POST", "/issues/%s/comments" % GIVEN["PULL_REQUEST"], body)


def main():
    summary = os.path.join(GIVEN["RUNNER_TEMP"], "frostline-summary.md")
    if os.path.exists(summary):
        os.remove(summary)
    exit_code = judge(summary)
    text = open(summary, encoding="utf-8").read() if os.path.exists(summary) else ""
    for name, line in (("GITHUB_STEP_SUMMARY", text), ("GITHUB_OUTPUT", "exit-code=%d\n" % exit_code)):
        if GIVEN.get(name):
            with open(GIVEN[name], "a", encoding="utf-8") as page:
                page.write(line)
    if GIVEN.get("TOKEN") and text:
        state, description = STATES.get(exit_code, ("error", "Cold starts were not compared"))
        for post in (lambda: GIVEN.get("PULL_REQUEST") and comment(text),
                     lambda: GIVEN.get("HEAD") and api("POST", "/statuses/" + GIVEN["HEAD"], {
                         "state": state, "context": "frostline/" + GIVEN["FUNCTION"], "description": description})):
            try:
                post()
            except urllib.error.URLError as failure:  # pull requests of forks may not write: the job's own result says the same
                print("::warning::Frostline could not post its answer: %s" % failure)
    return exit_code


sys.exit(main())
