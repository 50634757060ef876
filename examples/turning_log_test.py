# examples/turning_log_test.py: the rover's rates are NumPy's, of one sample per stamp
#
# SPDX-License-Identifier: BSD-3-Clause

import csv
import pathlib
import subprocess

import numpy as np

EXAMPLES = pathlib.Path(__file__).parent


def test_the_rovers_rates_are_those_of_numpy():
    script = ["bash", EXAMPLES / "turning_log.sh"]
    printed = subprocess.run(script, check=True, capture_output=True, text=True).stdout

    rows = list(csv.DictReader(printed.splitlines()))

    stamps = np.array([0, 500000001, 1000000002, 2500000005, 3000000006]) / 1e9
    samples = {"distance": [0, 0.25, 1, 6.25, 9], "heading": [340, 346, 352, 370, 376]}
    assert [row["state"] for row in rows[2:4]] == ["message 2", 'message "2" again']
    for name, values in samples.items():
        rates = np.gradient(np.array(values, float), stamps, edge_order=2)
        given = [float(row[f"d{name}_dstamp"]) for row in rows]
        # Up to three samples of at most 376, weights of at most 4 per second, some 10 roundings.
        bound = 3 * 376 * 4 * 10 * 2.0**-53
        np.testing.assert_allclose(given, rates[[0, 1, 2, 2, 3, 4]], rtol=0, atol=bound)
