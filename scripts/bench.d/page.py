"""docs/performance.md: the figures of the last two full runs, and why a goal was missed."""

import json

from bed import ROOT, Goal

PAGE = ROOT / "docs" / "performance.md"
RUNS = ROOT / "scripts" / "bench.d" / "runs.json"
REASONS = ROOT / "scripts" / "bench.d" / "reasons.md"

HEAD = """# How fast is it?

Measured with `scripts/bench --write`, which plays tgsession and other people's programs in turn, round after round, on
the same machine, and takes medians. **Only the ratios count**: the seconds are those of one busy machine. A ratio is our
figure divided by the other one, and where the goal is "so many times as fast", the other one divided by ours.

Peers are installed from their registries in the versions named here. Python's modules are compiled before anything is
measured; without that, the import of Telethon takes three times as long. All files are in memory where the system has a
place for that, so that no disk is measured.
"""


def figure(value, unit):
    """A figure as people read it; seconds as the unit says."""
    if unit == "MiB":
        return f"{value:.1f} MiB"
    if unit == "MB/s":
        return f"{(4 << 20) / 1e6 / value:.0f} MB/s"
    if unit == "count":
        return f"{value:g}"
    if value >= 1:
        return f"{value:.2f} s"
    return f"{value * 1e3:.{0 if value >= 0.1 else 1}f} ms" if value >= 1e-3 else f"{value * 1e6:.1f} us"


def ratio(ours, peer, goal):
    return f"{peer / ours:.{2 if peer < 10 * ours else 0}f} x" if goal.times else f"{ours / peer:.{2 if ours > peer / 10 else 3}f}"


def words(goal):
    parts = [f"at most {goal.at_most:g}"] if goal.at_most else []
    parts += [f"{goal.times:g} x as fast"] if goal.times else []
    parts += [f"below {goal.ceiling:g} MiB"] if goal.ceiling else []
    return ", ".join(parts)


def goal_of(row):
    return Goal(**row["goal"])


def as_line(row, before=None):
    """One line of a table: work, ours, peer, ratio, ratio of the run before, goal, whether it was met."""
    goal = goal_of(row)
    last = ratio(before["ours"], before["peer"], goal) if before else ""
    met = [goal.met(one["ours"], one["peer"]) for one in (row, before) if one]
    verdict = "" if not words(goal) else "yes" if all(met) else "no" if not any(met) else "once"
    return [row["work"], figure(row["ours"], row["unit"]), row["against"], figure(row["peer"], row["unit"]),
            ratio(row["ours"], row["peer"], goal), last, words(goal), verdict]


def keep(run):
    """Puts a full run beside the one before it."""
    runs = json.loads(RUNS.read_text()) if RUNS.exists() else []
    RUNS.write_text(json.dumps([*runs, run][-2:], indent=1, ensure_ascii=False) + "\n")


def reasons():
    """By the beginning of a row's key: why a goal was missed, and what was tried."""
    found, key = {}, None
    for line in REASONS.read_text().splitlines() if REASONS.exists() else []:
        if line.startswith("## "):
            key = line[3:].strip()
            found[key] = []
        elif key:
            found[key].append(line)
    return {key: "\n".join(lines).strip() for key, lines in found.items()}


def reason_for(row, known):
    fitting = [key for key in known if row["key"].startswith(key)]
    return known[max(fitting, key=len)] if fitting else None


def write():
    """The document, from the runs that were kept."""
    runs = json.loads(RUNS.read_text())
    run, before = runs[-1], runs[0] if len(runs) > 1 else None
    past = {row["key"]: row for row in before["rows"]} if before else {}
    lines = [HEAD, "| | this run | the run before |", "|---|---|---|"]
    for name in run["with"]:
        lines.append(f"| {name} | {run['with'][name]} | {before['with'].get(name, '') if before else ''} |")
    missed = []
    for title in dict.fromkeys(row["area"] for row in run["rows"]):
        lines += ["", f"## {title}", "", "| work | tgsession | beside | its | ratio | run before | goal | met |",
                  "|---|---|---|---|---|---|---|---|"]
        for row in run["rows"]:
            if row["area"] == title:
                line = as_line(row, past.get(row["key"]))
                lines.append("| " + " | ".join(line) + " |")
                if line[-1] in ("no", "once"):
                    missed.append((row, line))
    for remark in run["skipped"]:
        lines += ["", f"Not measured: {remark}."]
    lines += ["", "## Goals that were missed", ""]
    known = reasons()
    by_reason = {}
    for row, line in missed:
        by_reason.setdefault(reason_for(row, known) or "No reason is written down yet.", []).append(
            f"- {line[0]}, beside {line[2]}: {line[4]}{f' and {line[5]}' if line[5] else ''}, goal {line[6]}")
    for why, rows in by_reason.items():
        lines += [*rows, "", why, ""]
    if not missed:
        lines.append("None.")
    PAGE.write_text("\n".join(lines).rstrip() + "\n")
