//! Whether a measured value can be, and which unit it must have.

use super::{Vital, VitalKind};

/// The values that a living patient can have, per kind and unit; wider than any record known to the authors, because
/// their purpose is to catch slips of the pen, not to judge.
fn plausible(kind: VitalKind, unit: Option<&str>) -> (f64, f64) {
    match (kind, unit) {
        (VitalKind::HeartRate, _) => (5.0, 350.0),
        (VitalKind::BloodPressure, _) => (20.0, 330.0),
        (VitalKind::RespiratoryRate, _) => (0.0, 120.0),
        (VitalKind::Temperature, Some("F")) => (57.0, 116.0),
        (VitalKind::Temperature, _) => (14.0, 47.0),
        (VitalKind::OxygenSaturation, _) => (20.0, 100.0),
        (VitalKind::ComaScale, _) => (3.0, 15.0),
        (VitalKind::Glucose, Some("mg/dL")) => (1.0, 3000.0),
        (VitalKind::Glucose, _) => (0.1, 160.0),
        (VitalKind::Sodium, _) => (85.0, 210.0),
        (VitalKind::Potassium, _) => (0.8, 12.0),
        (VitalKind::PupilSize, _) => (0.5, 10.0),
    }
}

/// Temperatures below this without a unit are read as Celsius, from [`FAHRENHEIT_FROM`] on as Fahrenheit.
const CELSIUS_TO: f64 = 46.0;
const FAHRENHEIT_FROM: f64 = 80.0;
/// Glucose below this without a unit is read as mmol/L, from [`MG_DL_FROM`] on as mg/dL; between, both would be grave and opposite.
const MMOL_TO: f64 = 18.0;
const MG_DL_FROM: f64 = 50.0;

/// Settles the unit and says what is doubtful.
pub(super) fn judge(mut vital: Vital) -> Vital {
    let value = vital.value;
    let assume = |vital: &mut Vital, unit: &str, remark: bool| {
        vital.unit = Some(unit.to_owned());
        if remark {
            vital.doubt = Some(format!("no unit given; read as {unit}"));
        }
    };
    match (vital.kind, vital.unit.as_deref()) {
        (VitalKind::Temperature, None) if value < CELSIUS_TO => assume(&mut vital, "C", false),
        (VitalKind::Temperature, None) if value >= FAHRENHEIT_FROM => assume(&mut vital, "F", true),
        (VitalKind::Glucose, None) if value < MMOL_TO => assume(&mut vital, "mmol/L", true),
        (VitalKind::Glucose, None) if value >= MG_DL_FROM => assume(&mut vital, "mg/dL", true),
        (VitalKind::Glucose, None) => {
            vital.doubt = Some("without a unit this may be mmol/L or mg/dL; not used".to_owned());
            vital.usable = false;
            return vital;
        }
        (VitalKind::Sodium | VitalKind::Potassium, None) => assume(&mut vital, "mmol/L", false),
        (VitalKind::BloodPressure, None) => assume(&mut vital, "mmHg", false),
        (VitalKind::OxygenSaturation, None) => assume(&mut vital, "%", false),
        _ => {}
    }
    let fits = match vital.kind {
        VitalKind::Temperature => matches!(vital.unit.as_deref(), Some("C" | "F") | None),
        VitalKind::Glucose => matches!(vital.unit.as_deref(), Some("mmol/L" | "mg/dL")),
        VitalKind::Sodium | VitalKind::Potassium => vital.unit.as_deref() == Some("mmol/L"),
        VitalKind::PupilSize => vital.unit.as_deref() == Some("mm"),
        VitalKind::OxygenSaturation => vital.unit.as_deref() == Some("%"),
        VitalKind::BloodPressure => vital.unit.as_deref() == Some("mmHg"),
        VitalKind::HeartRate | VitalKind::RespiratoryRate | VitalKind::ComaScale => matches!(vital.unit.as_deref(), Some("/min") | None),
    };
    let (low, high) = plausible(vital.kind, vital.unit.as_deref());
    let possible = |v: f64| (low..=high).contains(&v);
    let second = match vital.kind {
        VitalKind::BloodPressure => vital.second.is_none_or(|d| (0.0..value).contains(&d)),
        _ => vital.second.is_none_or(possible),
    };
    let whole = vital.kind != VitalKind::ComaScale || value.fract() == 0.0;
    if !fits {
        vital.doubt = Some("this unit does not go with this measurement; not used".to_owned());
        vital.usable = false;
    } else if !possible(value) || !second || !whole {
        vital.doubt = Some("not a possible value; not used".to_owned());
        vital.usable = false;
    }
    vital
}

#[cfg(test)]
mod tests {
    use super::super::vitals::find;

    #[test]
    fn impossible_and_ambiguous_values_are_not_used() {
        for (text, usable, doubt) in [
            ("HR -3", false, true),
            ("temperature 400", false, true),
            ("temp 98.6", true, true),
            ("temp 39", true, false),
            ("temperature 60", false, true),
            ("GCS 2", false, true),
            ("BP 40/80", false, true),
            ("glucose 30", false, true),
            ("glucose 90", true, true),
            ("glucose 90 mg/dL", true, false),
            ("potassium 65", false, true),
            ("SpO2 850", false, true),
            ("pupils 20 mm", false, true),
        ] {
            let found = find(text);
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            assert_eq!((found[0].usable, found[0].doubt.is_some()), (usable, doubt), "{text}: {found:?}");
        }
    }
}
