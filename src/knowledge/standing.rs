//! Whether a rule's standing is carried by its evidence.

use super::{Basis, Rule, Target};
use crate::source::Diagnostics;
use crate::written::{Directness, Evidence, Standing, StudyKind};

/// Grade of a study kind: 4 pooled or randomised, 3 controlled or agreed criteria, 2 series and reviews, 1 the rest.
/// A coarse order in the spirit of GRADE (study design first), used only to compare sides of a dispute.
fn grade(study: StudyKind) -> u8 {
    match study {
        StudyKind::MetaAnalysis | StudyKind::RandomisedTrial => 4,
        StudyKind::Cohort | StudyKind::CaseControl | StudyKind::HumanExperiment | StudyKind::Guideline | StudyKind::Criteria => 3,
        StudyKind::CaseSeries | StudyKind::Review => 2,
        StudyKind::CaseReport | StudyKind::Animal | StudyKind::InVitro => 1,
    }
}

/// Reports a rule without evidence and a standing that its evidence does not carry.
pub(super) fn check(rule: &Rule, is_function: bool, diagnostics: &mut Diagnostics) {
    if rule.standing == Standing::Withdrawn {
        return;
    }
    let supporting: Vec<&Evidence> = rule.evidence.iter().filter(|e| e.supports).collect();
    if supporting.is_empty() {
        diagnostics
            .error("E0501", rule.place.clone(), format!("{} has no evidence that supports it", rule.id))
            .hint("cite at least one source that was opened and says this");
        return;
    }
    let best = |items: &mut dyn Iterator<Item = &Evidence>| items.map(|e| grade(e.study)).max();
    let pro = best(&mut supporting.iter().copied());
    let contra = best(&mut rule.evidence.iter().filter(|e| !e.supports));
    if contra >= pro && rule.standing != Standing::Contested {
        diagnostics
            .error(
                "E0502",
                rule.place.clone(),
                format!("{} is refuted by a source of equal or higher grade, but not marked contested", rule.id),
            )
            .hint("set `standing: contested`, or add the stronger source that settles it");
    }
    // A clinical claim is one about an observation or a bodily function; steps and transmissions may rest on biochemistry.
    let clinical = is_function || matches!(rule.target, Target::Observation(_));
    if rule.standing == Standing::Established
        && clinical
        && !supporting.iter().any(|e| e.study.is_human() && e.directness == Directness::Direct)
    {
        diagnostics
            .error("E0503", rule.place.clone(), format!("{} is called established, but no direct human evidence carries it", rule.id))
            .hint("set `standing: probable`, or cite direct human evidence");
    }
    if matches!(rule.strength.basis, Basis::Counts(..) | Basis::Percent) && !supporting.iter().any(|e| e.directness == Directness::Direct) {
        diagnostics
            .error(
                "E0504",
                rule.place.clone(),
                format!("{} gives a measured strength, but none of its evidence is of this very link", rule.id),
            )
            .hint("use a band, or mark the source that measured it `directness: direct`");
    }
}
