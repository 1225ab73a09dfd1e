"""Plain Isolation Forest of scikit-learn on raw values, 100 trees of 256 rows: the peer of `bench:quality --mode plain-forest`.

  /usr/bin/python3 bench/peers/sklearn_scores.py --data DATA --out OUT [--seed 0]

Learns from each smd/asd `_train.csv`, scores the `_test.csv` beside it, writes `timestamp,score` (higher = more anomalous) under OUT.
"""
import argparse, csv, os
import numpy as np
from sklearn.ensemble import IsolationForest

p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
p.add_argument('--data', required=True)
p.add_argument('--out', required=True)
p.add_argument('--seed', type=int, default=0)
a = p.parse_args()


def read(path):
    with open(path, newline='') as f:
        rows = list(csv.reader(f))
    keep = [i for i, name in enumerate(rows[0]) if name not in ('timestamp', 'label')]
    return [r[0] for r in rows[1:]], np.array([[float(r[i]) for i in keep] for r in rows[1:]], dtype=np.float32)


for family in ('smd', 'asd'):
    folder = os.path.join(a.data, family)
    for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else []:
        if not name.endswith('_test.csv'):
            continue
        _, train = read(os.path.join(folder, name.replace('_test.csv', '_train.csv')))
        times, test = read(os.path.join(folder, name))
        forest = IsolationForest(n_estimators=100, max_samples=256, random_state=a.seed, n_jobs=1).fit(train)
        os.makedirs(os.path.join(a.out, family), exist_ok=True)
        with open(os.path.join(a.out, family, name), 'w', newline='') as f:
            w = csv.writer(f)
            w.writerow(['timestamp', 'score'])
            w.writerows(zip(times, -forest.score_samples(test)))
