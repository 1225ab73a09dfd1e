"""scikit-learn's score_samples (n_jobs=1) on the rows that `bench:speed` scores, round by round so that both see the same load.

  sklearn_speed.py ROWS N F     ROWS: N x F float32, little-endian, row-major

Fits 100 trees of 256 on the first 5,000 rows, prints `ready VERSION`, then for each line on stdin scores all rows and prints the seconds of
processor time that it took: a loaded machine stretches the wall clock.
"""
import sys, time
import numpy as np
import sklearn
from sklearn.ensemble import IsolationForest

path, n, f = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
rows = np.fromfile(path, dtype='<f4').reshape(n, f)
forest = IsolationForest(n_estimators=100, max_samples=256, random_state=1, n_jobs=1).fit(rows[:5000])
forest.score_samples(rows[:1000])
print('ready', sklearn.__version__, flush=True)
for _ in sys.stdin:
    start = time.process_time()
    forest.score_samples(rows)
    print(time.process_time() - start, flush=True)
