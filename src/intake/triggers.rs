//! The words that change what a mention means, in the manner of `NegEx` (Chapman 2001) and `ConText` (Harkema 2009).
//!
//! The longest phrase at a place wins, so a harmless phrase ([`Cue::Pseudo`]) shields the trigger inside it.

/// What a trigger phrase does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cue {
    /// Negates what follows, and a comma list only if "or" closes it.
    No,
    /// Negates what follows, comma lists included.
    Denies,
    /// Negates what stands before it.
    Absent,
    /// Nothing; shields a trigger inside it.
    Pseudo,
    /// Ends every scope.
    But,
    /// The speech is of the present again: ends history and drug scopes.
    Now,
    /// A relative or another person.
    Family,
    /// Belongs to another person: the next mention only.
    Maternal,
    /// The patient is the subject again.
    Patient,
    /// Past, what follows.
    History,
    /// Past, the next mention only.
    Previous,
    /// Past, what stands before it.
    Ago,
    /// Over, what stands before it.
    Resolved,
    /// Not (yet) true, what follows in the sentence.
    If,
    /// Not (yet) true, what follows in the list.
    Risk,
    /// Unsure, what follows, or what stands before it at a clause's end.
    Maybe,
    /// Allergic to what follows.
    Allergy,
    /// What follows is taken, or was given.
    Take,
    /// `on`: what follows at once is taken.
    On,
    /// What follows was taken once; a number makes it an overdose.
    Took,
    /// What stands before it was given.
    Given,
    /// What follows was taken in overdose.
    Overdose,
    /// What stands before it (or, failing that, follows) was taken in overdose.
    OverdoseNoun,
    /// What follows was ingested, injected or snorted.
    Ingest,
    /// What follows was eaten, drunk or swallowed.
    Swallow,
    /// Tablets are gone.
    Missing,
    /// What follows was stopped.
    Stop,
    /// What stands before it was stopped.
    Stopped,
}

/// Phrases by effect.
#[rustfmt::skip]
pub(super) const TRIGGERS: &[(Cue, &[&str])] = &[
    (Cue::No, &["no", "not", "never", "nor", "neither", "non", "cannot", "didn t", "doesn t", "don t", "isn t", "wasn t", "aren t",
        "weren t", "hasn t", "haven t", "hadn t", "absent", "nil", "without any", "without", "w o", "no signs", "no current"]),
    (Cue::Denies, &["denies", "denied", "denying", "deny", "no evidence of", "no sign of", "no signs of", "no symptoms of",
        "no history of", "no past history of", "no prior history of", "no previous history of", "no known history of",
        "no significant history of", "no personal history of", "no complaints of", "no complaint of", "no features of",
        "no clinical evidence of", "negative for", "free of", "free from", "absence of", "lack of", "lacked", "lacking",
        "failed to reveal", "did not have", "does not have", "do not have", "has not had", "had not had", "does not report",
        "did not report", "not complain of", "not complaining of", "no indication of", "ruled out for", "rules out"]),
    (Cue::Absent, &["absent", "denied", "negative", "not present", "not seen", "not observed", "not found", "not noted", "not detected",
        "not elicited", "not elicitable", "was ruled out", "were ruled out", "ruled out", "is ruled out", "been ruled out", "excluded",
        "nil", "none", "naive", "never occurred", "have never occurred", "has never occurred", "did not occur"]),
    (Cue::Pseudo, &["no increase", "no increase in", "not only", "no change", "no change in", "no improvement", "no improvement in",
        "no relief", "no relief of", "no decrease", "no decrease in", "no reduction in", "no worsening", "no worsening of", "not improve",
        "not improved", "not resolve", "not resolved", "not subside", "not subsided", "never resolved", "not necessarily", "no doubt",
        "not relieved", "no further improvement", "not better", "not absent", "gram negative", "negative symptoms", "no difference", "no benefit", "no effect on",
        "no effect", "history of present illness", "likely due to", "likely secondary to", "likely from", "likely because of",
        "probably due to", "possibly due to", "probably secondary to", "without improvement", "without relief", "without delay",
        "not excluded at", "no longer than", "no matter", "no more than", "no less than", "on examination", "on arrival", "on admission",
        "on presentation", "on exam", "on day", "on the", "after admission", "after arrival", "prior to", "previously healthy", "previously well", "not sure", "no one", "no time"]),
    (Cue::But, &["but", "however", "though", "although", "except", "except for", "apart from", "aside from", "nevertheless",
        "nonetheless", "whereas", "instead", "other than", "despite", "because", "because of", "due to", "secondary to",
        "as a result of", "caused by", "attributed to"]),
    (Cue::Now, &["now", "currently", "today", "presents", "presented", "presenting", "presents with", "presented with", "admitted with",
        "complains of", "complaining of", "reports", "developed", "develops", "who", "since then", "on examination he", "was found",
        "was noted", "day history of", "days history of", "week history of", "weeks history of", "month history of", "months history of",
        "year history of", "years history of", "hour history of", "hours history of", "long history of", "short history of",
        "standing history of", "day history", "week history", "hour history", "month history", "year history", "history is notable for acute"]),
    (Cue::Family, &["mother", "father", "mom", "mum", "dad", "parent", "parents", "brother", "brothers", "sister", "sisters", "sibling",
        "siblings", "aunt", "aunts", "uncle", "uncles", "cousin", "cousins", "grandmother", "grandfather", "grandparent", "grandparents", "son", "daughter",
        "wife", "husband", "spouse", "partner", "relative", "relatives", "family member", "family members", "roommate", "friend", "friends",
        "neighbor", "family history of", "family history", "fh", "fhx", "familial history of", "family history significant for",
        "family history positive for", "family history notable for", "no family history", "no family history of", "no known family history of",
        "negative family history of", "negative family history", "denies family history of", "denied family history of", "without family history of"]),
    (Cue::Maternal, &["maternal", "paternal", "familial"]),
    (Cue::Patient, &["patient", "pt", "he", "she", "baby", "infant", "newborn", "neonate", "child", "boy", "girl", "man", "woman"]),
    (Cue::History, &["history of", "h o", "hx of", "hx", "past history of", "past medical history of", "past medical history", "pmh",
        "pmhx", "medical history of", "medical history", "history significant for", "history notable for", "history includes",
        "medical history significant for", "past medical history significant for", "medical history included", "used to have",
        "had been treated for", "past history", "remote history of", "previously had", "previously diagnosed with"]),
    (Cue::Previous, &["previous", "previously", "prior", "former", "formerly", "resolved"]),
    (Cue::Ago, &["in the past", "as a child", "in childhood", "years ago", "year ago", "years before", "years earlier", "months ago",
        "years previously"]),
    (Cue::Resolved, &["resolved", "has resolved", "have resolved", "had resolved", "subsided", "disappeared", "ceased", "has gone",
        "went away", "settled", "no longer present", "abated"]),
    (Cue::If, &["if", "in case of", "in the event of", "should", "return if", "unless", "monitor for", "watch for", "watched for",
        "monitored for", "observe for", "warned about", "advised about", "side effects include", "side effect of", "may develop", "might develop",
        "can cause", "could cause", "may cause", "might cause", "could develop", "screen for", "screened for", "screening for"]),
    (Cue::Risk, &["risk of", "at risk for", "at risk of", "risk for", "risk factors for", "prevent", "to prevent", "prevention of",
        "prophylaxis", "prophylaxis against", "prophylaxis for", "fear of", "fears", "avoid", "potential for"]),
    (Cue::Maybe, &["possible", "possibly", "probable", "probably", "likely", "suspected", "suspect", "suspects", "suspicion of",
        "suspicious for", "suspicion for", "presumed", "presumptive", "questionable", "rule out", "r o", "cannot be excluded",
        "can not be excluded", "could not be excluded", "not be excluded", "not excluded", "not ruled out", "not be ruled out", "concern for", "concerning for",
        "might have", "may have", "could have", "perhaps", "unclear whether", "unlikely", "doubtful", "equivocal", "query", "earlier label of", "earlier diagnosis of", "misdiagnosed as", "misdiagnosed with", "initially thought to be",
        "initially diagnosed as", "mistaken for", "mislabeled as", "versus", "vs",
        "is suspected", "was suspected", "is possible", "is unlikely", "not clear if", "uncertain", "cannot rule out"]),
    (Cue::Allergy, &["allergic to", "allergy to", "allergies", "allergy", "intolerant of", "intolerance to", "intolerance of"]),
    (Cue::Take, &["taking", "takes", "take", "taken", "started", "starting", "started on", "start", "starts", "given", "receiving", "received",
        "receives", "prescribed", "administered", "administration of", "treated with", "treatment with", "therapy with", "maintained on",
        "after", "after taking", "after receiving", "after starting", "medications", "medication", "meds", "drugs", "using", "uses", "used",
        "use of", "dose of", "doses of", "increased dose of", "injection of", "infusion of", "was injected with", "loaded with", "managed with",
        "response to", "no response to", "responded to", "respond to", "not respond to", "unresponsive to", "refractory to", "commenced",
        "commenced on", "switched to", "addition of", "added", "not stop", "not stopped", "never stopped", "not discontinue",
        "not discontinued", "continues", "continued", "while taking", "restarted", "resumed", "initiated", "initiation of", "drinks", "smokes",
        "admitted taking", "treated for", "regularly takes", "received a dose of", "positive for", "relief from", "no relief from", "improved with"]),
    (Cue::On, &["on"]),
    (Cue::Took, &["took", "had taken", "has taken", "have taken", "may have taken", "taken an", "self administered", "taken a", "took an"]),
    (Cue::Given, &["given", "was given", "were given", "administered", "was administered", "were administered", "taken", "was taken",
        "started", "was started", "were started", "initiated", "was initiated", "prescribed", "was prescribed", "therapy", "treatment",
        "use", "user", "infusion", "injection", "induced", "dose", "daily", "bd", "bid", "tds", "tid", "od", "qd", "qds", "nightly", "was added", "added",
        "was increased", "increased", "prn", "per day", "at night", "once daily", "twice daily", "a day", "was continued", "patch", "pump"]),
    (Cue::Overdose, &["overdose of", "overdose on", "overdose with", "overdosed on", "overdosed with", "overdosed", "overdosing on", "od of", "od on",
        "overdoses of", "poisoning with", "poisoning by", "poisoning from", "poisoned with", "poisoned by", "poisoning due to",
        "intoxication with", "intoxication by", "intoxication from", "intoxication due to", "intoxicated with", "intoxicated by", "toxicity from", "toxicity of",
        "toxicity due to", "excess of", "excessive amounts of", "large amount of", "large quantity of", "exposed to", "exposure to",
        "toxic dose of", "supratherapeutic", "bitten by", "stung by"]),
    (Cue::OverdoseNoun, &["overdose", "overdosage", "overdoses", "poisoning", "intoxication", "toxicity", "ingestion", "exposure",
        "poisoned", "overingestion", "envenomation", "toxidrome"]),
    (Cue::Ingest, &["ingested", "ingesting", "ingests", "ingestion of", "ingestions of", "injected", "snorted", "smoked", "inhaled", "huffed", "inhalation of",
        "insufflated", "sniffed", "abused", "sprayed", "spraying", "sprayed with", "injecting", "snorting"]),
    (Cue::Swallow, &["swallowed", "swallowing", "ate", "eaten", "eating", "drank", "drunk", "drinking", "consumed", "consuming",
        "consumption of", "chewed", "had eaten", "had drunk"]),
    (Cue::Missing, &["missing", "empty bottle", "empty bottle of", "empty bottles of", "empty blister", "empty blister pack", "empty blister packs", "empty blister pack of", "empty blister packs of", "empty blisters of", "empty packets of",
        "empty packet of", "open bottle", "open bottle of", "unaccounted for", "empty container of"]),
    (Cue::Stop, &["stopped", "stopping", "stop", "stopped taking", "stopped using", "stops", "discontinued", "discontinuing",
        "discontinuation of", "discontinued taking", "withdrew", "withdrawal from", "withdrawal of", "withdrawing from", "withdrawn from",
        "weaned off", "weaned from", "tapered off", "came off", "coming off", "ran out of", "run out of", "running out of", "missed",
        "missed doses of", "cessation of", "abruptly stopped", "abruptly ceased", "ceased", "quit", "quit taking", "off", "taken off",
        "no longer taking", "no longer takes", "no longer on", "noncompliant with", "non compliant with", "non adherent to",
        "nonadherent to", "omission of", "omitted", "interruption of", "suspended", "stopped all", "self discontinued", "switched from", "changed from", "nonadherence to", "nonadherence with", "non adherence to", "non adherence with",
        "noncompliance with", "non compliance with", "taper of", "removal of",
        "abrupt discontinuation of", "abrupt cessation of", "abrupt withdrawal of", "abruptly discontinued"]),
    (Cue::Stopped, &["withdrawal", "discontinuation", "cessation", "was stopped", "were stopped", "stopped", "was discontinued",
        "were discontinued", "discontinued", "was withdrawn", "were withdrawn", "withdrawn", "was ceased", "was suspended", "was tapered", "tapered", "was weaned", "weaned",
        "interruption", "omitted", "ran out", "was replaced", "were replaced", "replaced", "withheld", "was withheld", "were withheld", "pump failure"]),
];

/// What is found said of a relative who merely tells, or brings the patient.
#[rustfmt::skip]
pub(super) const TELLS: [&str; 26] = ["reports", "reported", "denies", "denied", "states", "stated", "says", "said", "noticed", "noted", "found",
    "brought", "describes", "described", "gave", "thinks", "believes", "called", "witnessed", "observed", "confirms", "confirmed",
    "recalled", "saw", "discovered", "told"];

/// Finite verbs: after a negated mention, they begin a new statement.
#[rustfmt::skip]
pub(super) const VERBS: [&str; 27] = ["is", "are", "was", "were", "has", "had", "have", "became", "becomes", "appeared", "appears", "showed", "shows",
    "felt", "feels", "remained", "remains", "complained", "experienced", "revealed", "demonstrated", "persisted", "persists", "reports", "reported",
    "exhibited", "displayed"];

/// Words that lead away from a negated mention.
#[rustfmt::skip]
pub(super) const AWAY: [&str; 14] = ["with", "after", "since", "following", "during", "until", "while", "when", "on", "then", "before", "within",
    "upon", "by"];

/// Amounts that make swallowing an overdose, without a number.
#[rustfmt::skip]
pub(super) const MANY: [&str; 21] = ["handful", "handfuls", "bottle", "bottles", "packet", "packets", "pack", "packs", "box", "boxes", "entire",
    "whole", "multiple", "several", "many", "excessive", "large", "dozens", "unknown", "massive", "double"];

/// Tablets and the like, which a number counts.
#[rustfmt::skip]
pub(super) const COUNTED: [&str; 14] = ["tablet", "tablets", "tabs", "tab", "pills", "pill", "capsules", "capsule", "caps", "caplets", "patches",
    "seeds", "berries", "leaves"];

/// Units that make a number a dose.
#[rustfmt::skip]
pub(super) const DOSES: [&str; 14] = ["mg", "g", "mcg", "ug", "µg", "μg", "ml", "microgram", "micrograms", "milligrams", "grams", "units", "iu", "mmol"];

/// Numbers in words, from which on a count of tablets is one that nobody is prescribed at once.
#[rustfmt::skip]
pub(super) const LARGE_NUMBERS: [&str; 13] = ["eight", "nine", "ten", "twelve", "fifteen", "twenty", "thirty", "forty", "fifty", "sixty", "seventy",
    "eighty", "hundred"];

/// As [`LARGE_NUMBERS`], in figures. A rule of reading, not of toxicology: a smaller number may well be dangerous.
pub(super) const LARGE_COUNT: f64 = 8.0;
