"""Asks ProbLog and pyAgrum the questions of one NDJSON file and compares their answers with those recorded.

Each line is an object: name, program (ProbLog), bif, evidence (node, possible states), queries (atoms, node, states, answer) and,
for conditioned questions, log_evidence and impossible (then there is nothing to answer). Exit code 1 if any answer differs by more than the tolerance.
"""

import json
import math
import os
import sys
import tempfile
import time

import pyagrum as gum
from problog import get_evaluatable
from problog.errors import InconsistentEvidenceError
from problog.program import PrologString

TOLERANCE = 1e-6
PEERS = ("problog", "pyagrum")


def ask_problog(question):
    atoms = sorted({atom for query in question["queries"] for atom in query["atoms"]})
    lines = [question["program"]] + [f"query({atom})." for atom in atoms]
    result = get_evaluatable().create_from(PrologString("\n".join(lines))).evaluate()
    answers = {str(term).replace(" ", ""): value for term, value in result.items()}
    return [sum(answers[atom] for atom in query["atoms"]) for query in question["queries"]], None


def ask_pyagrum(question):
    with tempfile.NamedTemporaryFile("w", suffix=".bif", delete=False) as file:
        file.write(question["bif"])
    try:
        net = gum.loadBN(file.name)
    finally:
        os.unlink(file.name)
    engine = gum.LazyPropagation(net)
    engine.setEvidence({node: [float(p) for p in possible] for node, possible in question["evidence"]})
    engine.makeInference()
    answers = []
    for query in question["queries"]:
        posterior = engine.posterior(query["node"])
        answers.append(sum(posterior[state] for state in query["states"]))
    return answers, math.log(engine.evidenceProbability())


def is_impossible(ask, question):
    """Whether a peer, too, gives the evidence no probability."""
    try:
        ask(question)
    except (InconsistentEvidenceError, gum.IncompatibleEvidence):
        return True
    return False


def main(path):
    asked = dict.fromkeys(PEERS, 0)
    worst = dict.fromkeys(PEERS, 0.0)
    seconds = dict.fromkeys(PEERS, 0.0)
    questions, mismatches = 0, 0
    with open(path, encoding="utf-8") as file:
        for line in file:
            question = json.loads(line)
            questions += 1
            for peer, ask in zip(PEERS, (ask_problog, ask_pyagrum)):
                start = time.perf_counter()
                try:
                    if question.get("impossible"):
                        if not is_impossible(ask, question):
                            print(f"{question['name']}: impossible, but not for {peer}")
                            mismatches += 1
                        continue
                    answers, log_evidence = ask(question)
                except Exception as error:  # any failure of a peer is a mismatch
                    print(f"{question['name']}: {peer} failed: {type(error).__name__}: {error}")
                    mismatches += 1
                    continue
                seconds[peer] += time.perf_counter() - start
                compared = [(q["node"], q["states"], q["answer"], a) for q, a in zip(question["queries"], answers)]
                if log_evidence is not None and question.get("log_evidence") is not None:
                    compared.append(("log evidence", [], question["log_evidence"], log_evidence))
                bad = []
                for node, states, ours, theirs in compared:
                    asked[peer] += 1
                    difference = abs(ours - theirs)
                    worst[peer] = max(worst[peer], difference)
                    if not difference <= TOLERANCE:
                        bad.append(f"{node} {states}: {ours:.9f}, {peer} {theirs:.9f}")
                if bad:
                    mismatches += 1
                    print(f"{question['name']}: {len(bad)} of {len(compared)} differ: " + "; ".join(bad[:4]))
    for peer in PEERS:
        print(f"{peer}: {questions} questions, {asked[peer]} answers, largest difference {worst[peer]:.2e}, {seconds[peer]:.1f} s")
    return 1 if mismatches else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
