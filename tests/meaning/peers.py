"""Asks ProbLog and pyAgrum the questions of one NDJSON file and compares their answers with those recorded.

Each line is an object: name, program (ProbLog), bif, evidence (node, possible states), queries (atoms, node, states, answer) and,
for conditioned questions, log_evidence and impossible (then there is nothing to answer). Exit code 1 if any answer differs by more than the tolerance.
"""

import json
import math
import os
import resource
import signal
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


def guarded(work, question):
    """Runs `work(question)` in a child with 5 GB and 30 s; None if the child did not live to answer.

    Exact engines blow up on a few of the random networks; those are counted as unanswered instead of taking the machine down.
    """
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        resource.setrlimit(resource.RLIMIT_AS, (5 << 30, 5 << 30))
        signal.alarm(30)
        try:
            result = {"answer": work(question)}
        except (MemoryError, RecursionError):
            os._exit(3)
        except Exception as error:  # any other failure of a peer is a mismatch
            if "bad_alloc" in str(error):
                os._exit(3)
            result = {"error": f"{type(error).__name__}: {error}"}
        with os.fdopen(write, "w") as pipe:
            json.dump(result, pipe)
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as pipe:
        text = pipe.read()
    os.waitpid(child, 0)
    return json.loads(text) if text else None


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
    unanswered = dict.fromkeys(PEERS, 0)
    questions, mismatches = 0, 0
    with open(path, encoding="utf-8") as file:
        for line in file:
            question = json.loads(line)
            questions += 1
            for peer, ask in zip(PEERS, (ask_problog, ask_pyagrum)):
                start = time.perf_counter()
                if question.get("impossible"):
                    result = guarded(lambda q, ask=ask: is_impossible(ask, q), question)
                    if result is None:
                        unanswered[peer] += 1
                    elif result.get("answer") is not True:
                        print(f"{question['name']}: impossible, but not for {peer}")
                        mismatches += 1
                    continue
                result = guarded(ask, question)
                if result is None:
                    unanswered[peer] += 1
                    continue
                if "error" in result:
                    print(f"{question['name']}: {peer} failed: {result['error']}")
                    mismatches += 1
                    continue
                answers, log_evidence = result["answer"]
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
        print(f"{peer}: {questions} questions, {unanswered[peer]} too large for it, {asked[peer]} answers, largest difference {worst[peer]:.2e}, {seconds[peer]:.1f} s")
    # The comparison must stay one: a peer that gives up often is as bad as one that differs.
    return 1 if mismatches or any(u * 20 > questions for u in unanswered.values()) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
