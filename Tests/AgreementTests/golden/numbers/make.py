#!/usr/bin/env python3
"""Makes the expected figures of the tables of numbers beside it, with reference software.

Intraclass correlations and their intervals: R psych::ICC(lmer = FALSE), complete cases. Alpha: krippendorff (PyPI).
Means, t intervals and exact limits of agreement: numpy and scipy (t, noncentral t). Nothing of Endplate is used.

    python3 make.py      # Rscript with psych, or another one in $RSCRIPT; pip install numpy scipy krippendorff
"""
import csv, json, os, pathlib, random, subprocess, tempfile

import krippendorff
import numpy as np
import scipy
from scipy import stats

HERE = pathlib.Path(__file__).parent
Z = stats.norm.ppf(0.975)

PUBLISHED = {
    # Shrout & Fleiss, Psychological Bulletin 1979, table 2: 6 targets, 4 judges; table 4 has .17 .29 .71 .44 .62 .91.
    "shrout_fleiss_1979": (
        ["J1", "J2", "J3", "J4"],
        [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]],
        {"icc_1": 0.17, "icc_a_1": 0.29, "icc_c_1": 0.71, "icc_k": 0.44, "icc_a_k": 0.62, "icc_c_k": 0.91},
        2,
    ),
    # Bland & Altman, Lancet 1986: peak expiratory flow, first readings of two meters; mean difference -2.1 l/min,
    # standard deviation 38.8.
    "bland_altman_1986": (
        ["Wright", "Mini"],
        [[494, 512], [395, 430], [516, 520], [434, 428], [476, 500], [557, 600], [413, 364], [442, 380], [650, 658],
         [433, 445], [417, 432], [656, 626], [267, 260], [478, 477], [178, 259], [423, 350], [427, 451]],
        {"pair.Wright-Mini.mean_difference": -2.1, "pair.Wright-Mini.mean_difference.sd": 38.8},
        1,
    ),
}


def made(name, cases, readers, missing, offset, seed):
    """Numbers of readers with a bias each; about one cell in `missing` is empty."""
    draw = random.Random(seed)
    bias = [draw.gauss(0, 1) for _ in range(readers)]
    rows = []
    for _ in range(cases):
        truth = draw.gauss(0, 2)
        row = [round(offset + truth + b + draw.gauss(0, 0.8), 2) for b in bias]
        rows.append([None if missing and draw.random() < 1 / missing else x for x in row])
    return [f"R{i + 1}" for i in range(readers)], rows, {}, 2


TABLES = dict(
    PUBLISHED,
    numbers_n30=made("numbers_n30", 30, 3, 0, 12, 1),
    numbers_n40_missing=made("numbers_n40_missing", 40, 4, 8, 0, 2),
    numbers_far_from_zero=made("numbers_far_from_zero", 12, 2, 0, 1e6, 3),
)


def iccs(rows):
    data = ",".join(repr(float(x)) for row in rows for x in row)
    script = f"""suppressMessages(library(psych))
x <- matrix(c({data}), ncol = {len(rows[0])}, byrow = TRUE)
r <- ICC(x, lmer = FALSE)$results
for (i in 1:6) cat(sprintf("%.17g", r$ICC[i]), sprintf("%.17g", r$`lower bound`[i]), sprintf("%.17g", r$`upper bound`[i]), "\\n")
cat(as.character(packageVersion("psych")), R.version$major, R.version$minor, "\\n")
"""
    with tempfile.NamedTemporaryFile("w", suffix=".R") as file:
        file.write(script)
        file.flush()
        command = os.environ.get("RSCRIPT", "Rscript").split() + [file.name]
        lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\n")
    psych, major, minor = lines[6].split()
    keys = ["icc_1", "icc_a_1", "icc_c_1", "icc_k", "icc_a_k", "icc_c_k"]
    source = f"psych::ICC {psych}, R {major}.{minor}"
    figures = [[float(x) for x in line.split()] for line in lines[:6]]
    return {
        key: {"value": v, "ci95": [low, high], "n": len(rows), "k": len(rows[0]), "source": source}
        for key, (v, low, high) in zip(keys, figures)
    }


def mean(differences):
    n, sd = len(differences), float(np.std(differences, ddof=1))
    value = float(np.mean(differences))
    error = sd / n**0.5
    reach = stats.t.ppf(0.975, n - 1) * error
    return {"value": value, "se": error, "ci95": [value - reach, value + reach], "sd": sd, "df": n - 1, "n": n,
            "source": f"numpy {np.__version__}, scipy {scipy.__version__}"}


def limits(differences):
    n, m, sd = len(differences), float(np.mean(differences)), float(np.std(differences, ddof=1))
    low, high = (float(stats.nct.ppf(p, n - 1, Z * n**0.5)) / n**0.5 for p in (0.025, 0.975))
    source = f"scipy {scipy.__version__} nct (Carkeet 2015)"
    return {
        "lower": {"value": m - Z * sd, "ci95": [m - high * sd, m - low * sd], "n": n, "source": source},
        "upper": {"value": m + Z * sd, "ci95": [m + low * sd, m + high * sd], "n": n, "source": source},
    }


def alpha(data):
    return float(krippendorff.alpha(reliability_data=data.T, level_of_measurement="interval"))


def alpha_with_interval(data):
    """Alpha; the t interval on the jackknife's error, on the scale of Fisher's z, from the package's own alphas."""
    used = data[(~np.isnan(data)).sum(axis=1) >= 2]
    n, value = len(used), alpha(used)
    left = np.array([alpha(np.delete(used, i, axis=0)) for i in range(n)])
    error = float(np.sqrt((n - 1) / n * ((left - left.mean()) ** 2).sum()))
    reach = stats.t.ppf(0.975, n - 1) * error / (1 - value**2)
    place = np.arctanh(value)
    source = f"krippendorff {krippendorff.__version__ if hasattr(krippendorff, '__version__') else '0.9'}"
    return (
        {"value": value, "n": n, "source": source},
        {"value": [float(np.tanh(place - reach)), float(np.tanh(place + reach))], "se": error, "n": n, "source": source},
    )


for name, (readers, rows, published, places) in TABLES.items():
    with open(HERE / f"{name}.csv", "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["case"] + readers)
        for i, row in enumerate(rows):
            writer.writerow([f"C{i + 1}"] + ["" if x is None else x for x in row])
    data = np.array([[np.nan if x is None else x for x in row] for row in rows], dtype=float)
    complete = data[~np.isnan(data).any(axis=1)]
    figures = iccs(complete)
    figures["krippendorff_alpha.interval"], figures["krippendorff_alpha.interval.jackknife_cases"] = alpha_with_interval(data)
    for i, reader in enumerate(readers):
        own = data[~np.isnan(data[:, i]), i]
        figures[f"reader.{reader}.mean"] = {
            "value": float(own.mean()), "sd": float(own.std(ddof=1)), "n": len(own), "source": f"numpy {np.__version__}"}
    if len(readers) > 2:
        away = complete - complete.mean(axis=1, keepdims=True)
        for i, reader in enumerate(readers):
            figures[f"reader.{reader}.mean_difference"] = mean(away[:, i])
        # From the sums of squares of the two-way analysis of variance, as Christensen et al. 2020 have it.
        n, k = complete.shape
        between = n * ((complete.mean(axis=0) - complete.mean()) ** 2).sum()
        rest = ((away - away.mean(axis=0)) ** 2).sum()
        figures["limits_with_mean"] = {
            "value": float(Z * ((between + rest) / (n * k)) ** 0.5), "n": n, "source": f"numpy {np.__version__}"}
    for i in range(len(readers)):
        for j in range(i + 1, len(readers)):
            differences = data[:, i] - data[:, j]
            differences = differences[~np.isnan(differences)]
            pair = f"pair.{readers[i]}-{readers[j]}"
            figures[f"{pair}.mean_difference"] = mean(differences)
            for end, limit in limits(differences).items():
                figures[f"{pair}.limits_of_agreement.{end}"] = limit
    table = {"readers": readers, "published": published, "published_places": places}
    with open(HERE / f"{name}.expected.json", "w") as file:
        json.dump({"_table": table, **figures}, file, indent=1)
        file.write("\n")
