# Made ordinal_weights.json beside it: coefficients with the ordinal weights of irrCAC 0.4.4 (PyPI), for every ordinal
# table here, all readers and each pair; Cohen's kappa with the same weights by statsmodels 0.15.
# python3 ordinal_weights.py > ordinal_weights.json
import csv, itertools, json, pathlib, sys
import numpy as np, pandas as pd
from irrCAC.raw import CAC
from statsmodels.stats.inter_rater import cohens_kappa

here = pathlib.Path(__file__).parent


def weights(q):
    pairs = lambda k: k * (k - 1) / 2
    return np.array([[1 - pairs(abs(i - j) + 1) / pairs(q) for j in range(q)] for i in range(q)])


def figures(frame, q):
    cac = CAC(frame, weights="ordinal", categories=list(range(1, q + 1)), digits=15)
    assert np.allclose(cac.weights_mat, weights(q))
    found = {}
    for key, method in [("gwet_ac", cac.gwet), ("fleiss_kappa", cac.fleiss), ("conger_kappa", cac.conger),
                        ("brennan_prediger", cac.bp)]:
        est = method()["est"]
        found[key] = {"value": est["coefficient_value"], "se": est["se"], "pa": est["pa"], "pe": est["pe"]}
    return found


result = {}
for path in sorted(here.glob("*.expected.json")):
    table = json.loads(path.read_text()).get("_table", {})
    name = path.name.removesuffix(".expected.json")
    if table.get("scale") != "ordinal" or name == "degenerate_single_case":
        continue
    levels = table["levels"]
    rows = list(csv.reader((here / f"{name}.csv").open()))
    codes = [[levels.index(c) + 1 if c else np.nan for c in row[1:]] for row in rows[1:]]
    frame = pd.DataFrame(codes, columns=rows[0][1:], dtype=float)
    frame = frame[frame.notna().sum(axis=1) > 0]
    entry = {f"{k}.ordinal": v for k, v in figures(frame, len(levels)).items()}
    for a, b in itertools.combinations(frame.columns, 2):
        both = frame[[a, b]].dropna()
        if both.nunique().sum() < 3:
            continue
        for key in ["gwet_ac", "conger_kappa"]:
            entry[f"pair.{a}-{b}.{key}.ordinal"] = figures(both, len(levels))[key]
        counts = np.zeros((len(levels), len(levels)))
        for x, y in both.to_numpy(dtype=int):
            counts[x - 1, y - 1] += 1
        kappa = cohens_kappa(counts, weights=1 - weights(len(levels)))
        entry[f"pair.{a}-{b}.cohen_kappa.ordinal"] = {"value": kappa.kappa, "se": kappa.std_kappa}
    result[name] = entry
json.dump(result, sys.stdout, indent=1, default=float)
print()
