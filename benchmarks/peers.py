"""Scores real change-point libraries on annotated series, by the definitions of van den Burg and Williams.

    python3 peers.py TCPD_DIR

Uses what is installed and says what is not:

    pip install ruptures apache-otava numpy scipy structlog more-itertools typing-extensions
    pip install --no-deps signal-processing-algorithms   # its pins ask for a numpy that no longer builds

Every library runs with its own defaults; ruptures, which asks for a penalty, gets 3 log n on series scaled to unit variance.
"""
import json
import math
import os
import sys

MARGIN = 5


def values(path):
    raw = json.load(open(path))["series"][0]["raw"]
    result, last = [], 0.0
    for value in raw:
        last = value if isinstance(value, (int, float)) else last
        result.append(float(last))
    return result


def matches(truth, found):
    free, count = set(found), 0
    for point in sorted(truth):
        near = [other for other in free if abs(other - point) <= MARGIN]
        if near:
            free.remove(min(near, key=lambda other: (abs(other - point), other)))
            count += 1
    return count


def f1(annotators, found):
    found = set(found) | {0}
    truths = [set(one) | {0} for one in annotators]
    precision = matches(set().union(*truths), found) / len(found)
    recall = sum(matches(one, found) / len(one) for one in truths) / len(truths)
    return 2 * precision * recall / (precision + recall)


def parts(points, length):
    edges = sorted(set(points) | {0}) + [length]
    return [set(range(a, b)) for a, b in zip(edges, edges[1:])]


def cover(annotators, found, length):
    predicted = parts(found, length)
    total = 0
    for one in annotators:
        for part in parts(one, length):
            total += len(part) * max(len(part & other) / len(part | other) for other in predicted) / length
    return total / len(annotators)


def scaled(series):
    mean = sum(series) / len(series)
    spread = math.sqrt(sum((value - mean) ** 2 for value in series) / len(series)) or 1
    return [(value - mean) / spread for value in series]


def ruptures_pelt():
    import numpy
    import ruptures

    return lambda series: ruptures.Pelt(model="l2").fit(numpy.array(scaled(series))).predict(pen=3 * math.log(len(series)))[:-1]


def otava():
    from otava.series import AnalysisOptions, Metric, Series

    def find(series):
        analysed = Series("x", None, list(range(len(series))), {"x": Metric(1, 1.0)}, {"x": series}, {}).analyze(AnalysisOptions())
        return [point.index for point in analysed.change_points["x"]]

    return find


def signal_processing():
    from signal_processing_algorithms.energy_statistics.energy_statistics import e_divisive

    return lambda series: [int(point) for point in e_divisive(series, pvalue=0.01, permutations=100)]


def main(folder):
    annotations = json.load(open(os.path.join(folder, "annotations.json")))
    names = [name for name in annotations if os.path.exists(os.path.join(folder, name + ".json"))]
    for title, library in [
        ("ruptures PELT", ruptures_pelt),
        ("Apache Otava", otava),
        ("signal-processing-algorithms", signal_processing),
    ]:
        try:
            find = library()
            scores = []
            for name in names:
                series = values(os.path.join(folder, name + ".json"))
                annotators = list(annotations[name].values())
                found = sorted(int(point) for point in find(series))
                scores.append((f1(annotators, found), cover(annotators, found, len(series))))
        except ImportError as error:
            print(f"{title}: skipped, {error}")
            continue
        except Exception as error:
            print(f"{title}: failed, {type(error).__name__}: {error}")
            continue
        print("| peer %s, %d | | %.3f | %.3f | | |" % (title, len(scores), *(sum(part) / len(scores) for part in zip(*scores))))


if __name__ == "__main__":
    main(sys.argv[1])
