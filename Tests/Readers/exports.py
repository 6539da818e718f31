"""Reads every export of the practice study with software that is not ours. Run by script/readers."""

import collections
import csv
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

program = sys.argv[1]
home = Path(tempfile.mkdtemp(prefix="endplate-readers-"))
environment = {**os.environ, "HOME": str(home), "XDG_DATA_HOME": "", "XDG_STATE_HOME": "", "XDG_CONFIG_HOME": ""}
for name in ("XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "ENDPLATE_STUDY"):
    environment.pop(name, None)


def endplate(*words, study="practice", who="coordinator"):
    done = subprocess.run(
        [program, *words, "--study", study, "--as", who], env=environment, text=True, capture_output=True)
    if done.returncode != 0:
        sys.exit(f"endplate {' '.join(words)}: {done.stderr}")
    return done.stdout


def check(what, holds):
    print(("ok    " if holds else "FAILS ") + what)
    if not holds:
        sys.exit(1)


def rows(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def record(case):
    """Opens a case, agrees on what the majority holds, leaves open where there is none, and lets all three confirm."""
    endplate("consensus", "open", case)
    for examination in (e["id"] for e in json.loads(endplate("show", case, "--json"))["case"]["examinations"]):
        phase = "baseline" if examination == "baseline" else "follow_up"
        for finding in dict.fromkeys(row["finding"] for row in codebook if row["phase"] == phase):
            words = ["consensus", "agree", case, "--examination", examination]
            majority = [program, *words, finding, "--study", "practice", "--as", "R1"]
            if subprocess.run(majority, env=environment, capture_output=True).returncode != 0:
                endplate(*words, finding + "=", who="R1")
    version = re.search(r"version ([0-9.]*[0-9])", endplate("consensus", "status", case, who="R1"))[1]
    for reader in ("R1", "R2", "R3"):
        endplate("consensus", "confirm", case, version, who=reader)


release = home / "release"
endplate("export", "--format", "release", "--out", str(home / "empty"))
codebook = rows(home / "empty" / "codebook.csv")
record("4")
record("6")
# The readers of an open case are letters.
endplate("consensus", "open", "1")
for name in ("release", "redcap", "r", "long", "wide", "ratings"):
    endplate("export", "--format", name, "--out", str(home / name))
endplate("export", "--format", "anki", "--out", str(home / "cards.txt"), study="sample", who="presenter")
readings = rows(release / "readings.csv")
agreed = collections.Counter(row["how"] for row in rows(release / "consensus.csv"))
check(f"the consensus is more than what was left open: {dict(agreed)}", agreed["unanimous"] > agreed["unresolved"])

# frictionless: nothing wrong, and a wrong level is found.
from frictionless import system, validate

with system.use_context(trusted=True):
    report = validate(str(release / "datapackage.json"))
    check(f"frictionless finds nothing in a release of {len(readings)} rows", report.valid)
    for column in ("value", "code"):
        text = (release / "readings.csv").read_bytes()
        broken = [dict(row) for row in readings]
        place = next(i for i, row in enumerate(broken) if row["finding"] == "rim_sign" and row["status"] == "graded")
        broken[place][column] = "hyper" if column == "value" else "3"
        with open(release / "readings.csv", "w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, broken[0].keys())
            writer.writeheader()
            writer.writerows(broken)
        kinds = {error[0] for error in validate(str(release / "datapackage.json")).flatten(["type"])}
        check(f"and a wrong {column} is found: {', '.join(sorted(kinds))}", "foreign-key" in kinds)
        (release / "readings.csv").write_bytes(text)

# sha256sum
sums = subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=release)
check("sha256sum finds every file as it was written", sums.returncode == 0)

# R
told = subprocess.run(["Rscript", str(home / "r"), str(release)], text=True, capture_output=True)
check("R runs the script on the release", told.returncode == 0 and "rim sign" in told.stdout)
letters = sum(row["named"] == "no" for row in readings)
check(
    f"and leaves {letters} rows of letters out of its tables of readers",
    letters > 0 and f"{letters} rows are left out" in told.stdout and not re.search(r"^ +[ABC] ", told.stdout, re.M))
script = f"""
source('{home / "r"}'); release <- load_release('{release}')
rim <- grades(release, 'rim_sign'); marrow <- grades(release, 'marrow')
cat(nrow(rim), sum(is.na(rim$answer)), paste(levels(rim$answer), collapse = '|'), is.ordered(marrow$answer), '\\n')
"""
told = subprocess.run(["Rscript", "-e", script], text=True, capture_output=True).stdout.split()
rim = [row for row in readings if row["finding"] == "rim_sign"]
missing = sum(row["status"] != "graded" for row in rim)
check("R has every grade, levels in order", told == [str(len(rim)), str(missing), "absent|present", "TRUE"])

# The plain tables, by R's own reader: as many grades, codes and ratings as the release has.
script = f"""
long <- read.csv('{home / "long"}', colClasses = 'character', encoding = 'UTF-8')
wide <- read.csv('{home / "wide"}', colClasses = 'character', encoding = 'UTF-8', check.names = FALSE)
rim <- read.csv('{home / "ratings" / "rim_sign.csv"}', colClasses = 'character', na.strings = '')
cat(sum(long$status == 'graded'), sum(long$named == 'no' & long$signed != ''), nrow(wide),
    sum(wide[, grep('^baseline[.]rim_sign[.]R', names(wide))] == 'present'), sum(rim[, -(1:2)] == 'present', na.rm = TRUE), '\\n')
"""
told = subprocess.run(["Rscript", "-e", script], text=True, capture_output=True).stdout.split()
# Bones and changes per bone have a row each in a release.
graded = {tuple(row[key] for key in ("case", "examination", "round", "reader", "finding", "comparator"))
          for row in readings if row["status"] == "graded"}
present = sum(row["value"] == "present" and row["named"] == "yes" for row in rim)
cases = {row["case"] for row in readings if row["named"] == "yes"}
check(
    "R reads the long and the wide table and the ratings", told == [str(n) for n in (len(graded), 0, len(cases), present, present)])

# REDCap: dictionary and records against the schemas, boxes as the dictionary has them.
from linkml.validator import validate as validate_linkml
from linkml_redcap import data_dictionary
from linkml_redcap.record.checkbox import checkbox_map_from_data_dictionary
from linkml_redcap.record.grouping import group_flat_records

dictionary = rows(home / "redcap" / "dictionary.csv")
schema = str(Path(data_dictionary.__file__).parent / "schema" / "redcap_data_dictionary.yaml")
names = {
    "Variable / Field Name": "variable_field_name", "Form Name": "form_name", "Field Type": "field_type",
    "Field Label": "field_label",
}
problems = [
    problem.message
    for row in dictionary
    for problem in validate_linkml(
        {names[key]: value for key, value in row.items() if key in names}, schema, "Field").results
]
check(f"REDCap's dictionary of {len(dictionary)} fields fits its schema" + (f": {problems[:3]}" if problems else ""), not problems)
records = rows(home / "redcap" / "records.csv")
boxes = checkbox_map_from_data_dictionary(dictionary)
columns = set(records[0])
check(
    f"all boxes of {len(boxes)} fields are columns of the records",
    bool(boxes) and all(f"{field}___{code}" in columns for field, codes in boxes.items() for code in codes))
grouped = group_flat_records(records)
check(f"{len(records)} rows group into {len(grouped)} records", len(grouped) == len({row['record_id'] for row in records}))
named = {(r["case"], r["examination"], r["round"], r["reader"]) for r in readings if r["named"] == "yes"}
check("every reading is an instance", len([r for r in records if r["redcap_repeat_instance"]]) == len(named))

# Anki imports the cards, and again without making any twice.
from anki.collection import Collection, ImportCsvRequest

cards = sum(line.startswith("\"") for line in (home / "cards.txt").read_text(encoding="utf-8").splitlines())
collection = Collection(str(home / "collection.anki2"))
for time in ("first", "second"):
    path = str(home / "cards.txt")
    metadata = collection.get_csv_metadata(path=path, delimiter=None)
    collection.import_csv(ImportCsvRequest(path=path, metadata=metadata))
    notes = collection.find_notes("")
    pictures = [note for note in notes if "data:image/svg+xml;base64," in collection.get_note(note)["Front"]]
    check(f"Anki has {len(notes)} cards with pictures after the {time} import", len(notes) == len(pictures) == cards)
collection.close()
