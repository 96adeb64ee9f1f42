#!/usr/bin/env python3
"""The same twelve findings asked of pyAgrum's LazyPropagation on the exported network: peer.py EUCRASIA

Guard the memory: `ulimit -v 6000000`. The exported network is the plain model (every cause open at once).
"""
import subprocess, sys, tempfile, time
import pyagrum as gum

FINDINGS = ["miosis", "excessive_salivation", "bradycardia", "vomiting", "hyperhidrosis", "dyspnea", "diarrhea", "fasciculations",
            "muscle_weakness", "increased_lacrimation", "urinary_incontinence", "confusion"]
with tempfile.NamedTemporaryFile("w", suffix=".bif") as f:
    f.write(subprocess.run([sys.argv[1], "kb", "export", "--format", "bif"], capture_output=True, text=True, check=True).stdout)
    f.flush()
    t = time.perf_counter()
    bn = gum.loadBN(f.name)
    print(f"loaded {bn.size()} nodes in {time.perf_counter() - t:.1f} s", flush=True)
names = set(bn.names())
evidence = {n: "present" for n in FINDINGS if n in names}
print(f"{len(evidence)} findings", flush=True)
engine = gum.LazyPropagation(bn)
engine.setEvidence(evidence)
for n in names:
    if n.startswith("acetylcholine_muscarinic_"):
        engine.addTarget(n)
t = time.perf_counter()
engine.makeInference()
print(f"answered in {time.perf_counter() - t:.2f} s")
