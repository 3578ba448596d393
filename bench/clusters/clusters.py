"""One trouble a row; see run."""
import importlib
import os
import sys
import tempfile
from pathlib import Path

from row import Row

QUICKEST = ["submitted_twice"]


def of_key(runs):
    return {run["key"]: {what: run[what] for what in ("metrics", "steps", "series")} for run in runs}


def try_row(function, spec, cluster, folder):
    row = Row(cluster, folder, spec)
    undisturbed = Row(cluster, folder / "undisturbed", spec)
    if spec.plugin:
        content = row.plug("1")
        undisturbed.plugin.parent.mkdir(parents=True)
        undisturbed.plugin.write_bytes(content)
    expected = of_key(undisturbed.report())
    try:
        function(row)
        runs = row.collect()
    finally:
        row.at_end()
    actual = of_key(runs)
    lost = sum(actual.get(key) != value for key, value in expected.items())
    doubled = len(runs) - len(actual) + sum(len(set(run["steps"])) < len(run["steps"]) for run in runs)
    print(f"| {function.__doc__} | {len(expected)} | {row.trail('begun')} | {row.trail('ended')} | {lost} | {doubled} |",
          flush=True)
    return lost + doubled


def main(name, names):
    cluster_rows = importlib.import_module(name + "_rows")
    rows = {function.__name__: (function, spec) for function, spec in cluster_rows.ROWS.items()}
    unknown = [name for name in names if name not in rows]
    if unknown:
        raise SystemExit(f"no row {unknown[0]}; there are: {' '.join(rows)}")
    if not names:
        names = QUICKEST if os.environ.get("SIZE") == "tiny" else list(rows)
        if "full_folder" in names and os.geteuid() != 0:
            print("full_folder is left out: only a superuser makes a file system", file=sys.stderr)
            names.remove("full_folder")
    wrong = 0
    with tempfile.TemporaryDirectory() as place, cluster_rows.CLUSTER(Path(place) / name) as cluster:
        print("| what happens | runs | begun | ended | lost | doubled |\n|---|---:|---:|---:|---:|---:|", flush=True)
        for row in names:
            wrong += try_row(*rows[row], cluster, Path(place) / row)
    return wrong > 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
