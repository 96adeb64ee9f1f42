//! From a measurement to findings: which values are out of range, by age.

use super::{Vital, VitalKind};

/// Normal heart and breathing rates of one age band; below the first is slow, above the second fast.
struct Band {
    /// Up to this age in years, exclusive.
    below: f64,
    heart: (f64, f64),
    breathing: (f64, f64),
}

/// First to 99th centile by age, and the adult limits in the last row.
/// source: to be cited (children: Fleming 2011, Lancet 377:1011, PMID 21411136, to be checked against the paper; adults:
/// the brief's 60-100 beats and 12-20 breaths per minute).
const BANDS: [Band; 14] = [
    Band { below: 0.25, heart: (107.0, 181.0), breathing: (25.0, 66.0) },
    Band { below: 0.5, heart: (104.0, 175.0), breathing: (24.0, 64.0) },
    Band { below: 0.75, heart: (98.0, 168.0), breathing: (23.0, 61.0) },
    Band { below: 1.0, heart: (93.0, 161.0), breathing: (22.0, 58.0) },
    Band { below: 1.5, heart: (88.0, 156.0), breathing: (21.0, 53.0) },
    Band { below: 2.0, heart: (82.0, 149.0), breathing: (19.0, 46.0) },
    Band { below: 3.0, heart: (76.0, 142.0), breathing: (18.0, 38.0) },
    Band { below: 4.0, heart: (70.0, 136.0), breathing: (17.0, 33.0) },
    Band { below: 6.0, heart: (65.0, 131.0), breathing: (17.0, 29.0) },
    Band { below: 8.0, heart: (59.0, 123.0), breathing: (16.0, 27.0) },
    Band { below: 12.0, heart: (52.0, 115.0), breathing: (14.0, 25.0) },
    Band { below: 15.0, heart: (47.0, 108.0), breathing: (12.0, 23.0) },
    Band { below: 18.0, heart: (43.0, 104.0), breathing: (11.0, 22.0) },
    Band { below: f64::INFINITY, heart: (60.0, 100.0), breathing: (12.0, 20.0) },
];

/// Lowest normal systolic pressure in mmHg by age in years (exclusive); from one to ten years it is 70 + 2 × age.
/// source: to be cited (paediatric advanced life support; adults 90 mmHg).
const INFANT_SYSTOLIC: f64 = 70.0;
const NEONATE_SYSTOLIC: f64 = 60.0;
const ADULT_SYSTOLIC: f64 = 90.0;
const NEONATE_TO: f64 = 28.0 / 365.25;
/// Hypertension is judged from this age in years on; in children it depends on height and sex, which a text seldom gives.
const HYPERTENSION_FROM: f64 = 16.0;
/// source: to be cited (European guideline: 140/90 mmHg in the office).
const HYPERTENSION: (f64, f64) = (140.0, 90.0);

/// A limit on a value in the table's unit: the finding's id, and whether it lies below (exclusive) or above.
struct Limit {
    kind: VitalKind,
    test: Test,
    finding: &'static str,
}

enum Test {
    Below(f64),
    AtMost(f64),
    Above(f64),
    AtLeast(f64),
    Between(f64, f64),
}

/// Limits that do not depend on age. Temperature in °C, glucose, sodium and potassium in mmol/L, pupils in mm.
/// source: to be cited, each.
const LIMITS: [Limit; 13] = [
    Limit { kind: VitalKind::Temperature, test: Test::AtLeast(38.0), finding: "fever" },
    Limit { kind: VitalKind::Temperature, test: Test::Below(35.0), finding: "hypothermia" },
    // source: to be cited (saturation below 90 % answers to an arterial pressure below 60 mmHg at sea level).
    Limit { kind: VitalKind::OxygenSaturation, test: Test::Below(90.0), finding: "hypoxemia" },
    // A coma implies reduced consciousness, so only the former is given for 8 and less.
    Limit { kind: VitalKind::ComaScale, test: Test::AtMost(8.0), finding: "coma" },
    Limit { kind: VitalKind::ComaScale, test: Test::Between(9.0, 14.0), finding: "reduced-consciousness" },
    Limit { kind: VitalKind::Glucose, test: Test::Below(3.9), finding: "hypoglycemia" },
    Limit { kind: VitalKind::Glucose, test: Test::AtLeast(11.1), finding: "hyperglycemia" },
    Limit { kind: VitalKind::Sodium, test: Test::Below(135.0), finding: "hyponatremia" },
    Limit { kind: VitalKind::Sodium, test: Test::Above(145.0), finding: "hypernatremia" },
    Limit { kind: VitalKind::Potassium, test: Test::Below(3.5), finding: "hypokalemia" },
    Limit { kind: VitalKind::Potassium, test: Test::Above(5.0), finding: "hyperkalemia" },
    Limit { kind: VitalKind::PupilSize, test: Test::AtMost(2.0), finding: "miosis" },
    Limit { kind: VitalKind::PupilSize, test: Test::AtLeast(6.0), finding: "mydriasis" },
];

/// Glucose in mg/dL per mmol/L (molar mass 180.16 g/mol).
const MG_DL_PER_MMOL: f64 = 18.016;

/// The observations, by id, that a usable measurement shows; none for a doubtful value that is not used.
///
/// `age_years` selects the limits of heart rate, breathing and blood pressure; without it the adult ones hold. Of a range
/// (`HR 90-120`), only what both ends show counts.
#[must_use]
pub fn vital_findings(vital: &Vital, age_years: Option<f64>) -> Vec<&'static str> {
    if !vital.usable {
        return Vec::new();
    }
    let age = age_years.unwrap_or(f64::MAX);
    if vital.kind == VitalKind::BloodPressure {
        return pressure(vital.value, vital.second, age);
    }
    let mut found = single(vital, vital.value, age);
    if let Some(second) = vital.second {
        let also = single(vital, second, age);
        found.retain(|finding| also.contains(finding));
    }
    found
}

fn single(vital: &Vital, value: f64, age: f64) -> Vec<&'static str> {
    let band = BANDS.iter().find(|band| age < band.below).or(BANDS.last());
    let outside = |(low, high): (f64, f64), slow, fast| {
        if value < low {
            vec![slow]
        } else if value > high {
            vec![fast]
        } else {
            vec![]
        }
    };
    match (vital.kind, band) {
        (VitalKind::HeartRate, Some(band)) => outside(band.heart, "bradycardia", "tachycardia"),
        (VitalKind::RespiratoryRate, Some(_)) if value == 0.0 => vec!["apnea"],
        (VitalKind::RespiratoryRate, Some(band)) => outside(band.breathing, "bradypnea", "tachypnea"),
        _ => {
            let value = match vital.unit.as_deref() {
                Some("F") => (value - 32.0) / 1.8,
                Some("mg/dL") => value / MG_DL_PER_MMOL,
                _ => value,
            };
            let shown = |limit: &&Limit| {
                limit.kind == vital.kind
                    && match limit.test {
                        Test::Below(x) => value < x,
                        Test::AtMost(x) => value <= x,
                        Test::Above(x) => value > x,
                        // 100.4 °F is 38 °C but for rounding.
                        Test::AtLeast(x) => value >= x - 1e-9,
                        Test::Between(a, b) => (a..=b).contains(&value),
                    }
            };
            LIMITS.iter().filter(shown).map(|limit| limit.finding).collect()
        }
    }
}

fn pressure(systolic: f64, diastolic: Option<f64>, age: f64) -> Vec<&'static str> {
    let lowest = match age {
        a if a < NEONATE_TO => NEONATE_SYSTOLIC,
        a if a < 1.0 => INFANT_SYSTOLIC,
        a if a < 10.0 => 70.0 + 2.0 * a,
        _ => ADULT_SYSTOLIC,
    };
    let high = systolic >= HYPERTENSION.0 || diastolic.is_some_and(|d| d >= HYPERTENSION.1);
    if systolic < lowest {
        vec!["hypotension"]
    } else if high && age >= HYPERTENSION_FROM {
        vec!["hypertension"]
    } else {
        vec![]
    }
}

#[cfg(test)]
mod tests {
    use super::super::vitals::find;
    use super::vital_findings;

    #[test]
    fn findings_by_value_and_age() {
        for (text, age, expected) in [
            ("HR 38", None, &["bradycardia"][..]),
            ("HR 60", None, &[]),
            ("HR 101", Some(34.0), &["tachycardia"]),
            ("HR 140", Some(0.1), &[]),
            ("HR 90", Some(0.1), &["bradycardia"]),
            ("BP 80/40", None, &["hypotension"]),
            ("BP 80/40", Some(3.0), &[]),
            ("BP 120/95", None, &["hypertension"]),
            ("BP 120/95", Some(5.0), &[]),
            ("RR 8", None, &["bradypnea"]),
            ("RR 0", None, &["apnea"]),
            ("RR 30", Some(1.0), &[]),
            ("temp 100.4 F", None, &["fever"]),
            ("temperature 38.0 C", None, &["fever"]),
            ("temp 34.9", None, &["hypothermia"]),
            ("temp 98.6", None, &[]),
            ("temperature 400", None, &[]),
            ("SpO2 85%", None, &["hypoxemia"]),
            ("GCS 8", None, &["coma"]),
            ("GCS 14", None, &["reduced-consciousness"]),
            ("GCS 15", None, &[]),
            ("glucose 50 mg/dL", None, &["hypoglycemia"]),
            ("glucose 11.1 mmol/L", None, &["hyperglycemia"]),
            ("Na 134", None, &["hyponatremia"]),
            ("K 5.1", None, &["hyperkalemia"]),
            ("pupils 2 mm", None, &["miosis"]),
            ("pupils 2-4 mm", None, &[]),
            ("pupils 7 mm", None, &["mydriasis"]),
        ] {
            let found = find(text);
            assert_eq!(found.len(), 1, "{text}");
            assert_eq!(vital_findings(&found[0], age), expected, "{text} {age:?}");
        }
    }
}
