# Made accuracy.json beside it: exact intervals and McNemar's test by scipy 1.x, and by the formulas of Korn and
# Graubard (1998) the intervals of shares whose cases belong to patients.
# python3 accuracy.py > accuracy.json
import json, sys
import numpy as np
from scipy.stats import beta, binomtest, t


def exact(x, n):
    return [0.0 if x == 0 else beta.ppf(0.025, x, n - x + 1), 1.0 if x == n else beta.ppf(0.975, x + 1, n - x)]


def clustered(patients):
    x, n = (sum(p[i] for p in patients) for i in (0, 1))
    c, share = len(patients), x / n
    se = np.sqrt(c / (c - 1) * sum((a - share * m) ** 2 for a, m in patients)) / n
    if 0 < share < 1:
        size = min(n, share * (1 - share) / se**2 * (t.ppf(0.975, n - 1) / t.ppf(0.975, c - 1)) ** 2)
    else:
        size = c
    return {"patients": patients, "value": share, "se": se, "ci95": exact(share * size, size)}


def mcnemar(b, c):
    return {"b": b, "c": c, "p": 1.0 if b + c == 0 else binomtest(b, b + c, 0.5).pvalue}


json.dump(
    {
        "exact": [{"count": x, "n": n, "ci95": exact(x, n)} for x, n in [(231, 258), (54, 86), (231, 263), (54, 81), (0, 7), (7, 7)]],
        "clustered": [clustered(p) for p in [
            [[1, 1], [2, 3], [0, 2], [4, 4], [1, 2], [3, 4]],
            [[2, 2], [0, 3], [3, 3], [0, 1], [4, 4], [0, 2], [1, 1]],
            [[2, 2], [3, 3], [1, 1], [1, 1], [4, 4]],
            [[0, 2], [0, 3], [0, 1], [0, 1], [0, 4], [0, 1]],
            [[1, 2], [1, 2], [1, 2], [1, 2], [1, 2]],
        ]],
        "mcnemar": [mcnemar(b, c) for b, c in [(0, 0), (5, 1), (9, 2), (3, 3), (0, 6)]],
    },
    sys.stdout, indent=1)
print()
