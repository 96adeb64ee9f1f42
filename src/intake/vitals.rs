//! Measurements with or without units, read from text.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::judge_vital::judge;

/// What was measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum VitalKind {
    /// Beats per minute.
    HeartRate,
    /// Systolic pressure in mmHg, the diastolic as the second value.
    BloodPressure,
    /// Breaths per minute.
    RespiratoryRate,
    /// Degrees Celsius or Fahrenheit.
    Temperature,
    /// Oxygen saturation in per cent.
    OxygenSaturation,
    /// Glasgow Coma Scale, 3 to 15.
    ComaScale,
    /// Glucose in blood, mmol/L or mg/dL.
    Glucose,
    /// Sodium in serum, mmol/L.
    Sodium,
    /// Potassium in serum, mmol/L.
    Potassium,
    /// Diameter of the pupils in mm; the other pupil's as the second value.
    PupilSize,
}

/// One measurement.
#[derive(Clone, Debug, PartialEq)]
pub struct Vital {
    /// What was measured.
    pub kind: VitalKind,
    /// The value as written, in `unit`.
    pub value: f64,
    /// The diastolic pressure, the other pupil, or the other end of a range.
    pub second: Option<f64>,
    /// The unit, as written or as assumed (then `doubt` says so): `mmHg`, `C`, `F`, `%`, `mmol/L`, `mg/dL`, `mm`.
    pub unit: Option<String>,
    /// First byte in the text.
    pub start: usize,
    /// One past the last byte in the text.
    pub end: usize,
    /// Why the value may not be what it seems.
    pub doubt: Option<String>,
    /// Whether findings may be drawn from it; `false` for impossible or ambiguous values.
    pub usable: bool,
}

/// Between a label and its number: `of`, `was`, `:`, `dropped to`.
const LINK: &str = r"(?:[ \t\r\n:=,(~<>≈]|[-–][ \t]|E[1-4]V[1-5]M[1-6]|\b(?:is|was|are|were|of|at|to|about|around|approximately|only|rate|dropped|fell|rose|increased|decreased|up|down|in|the|now|currently|measured|recorded|from|between|fluctuating|score|level|levels|both|bilaterally|size|diameter)\b){0,8}";
const NUMBER: &str = r"([-−]?[0-9]{1,6}(?:[.,][0-9]{1,3})?)";
/// A second number after a slash or a range's dash.
const SECOND: &str = r"(?:[ \t]?(?:/|-|–|to)[ \t]?([0-9]{1,4}(?:[.,][0-9]{1,2})?))?";
const UNIT: &str = r"(?:[ \t]{0,2}(°[ \t]?[CF]\b|º[ \t]?[CF]\b|degrees?[ \t](?:C|F)[a-z]*|%|mm ?Hg|(?:beats|breaths) per min(?:ute)?|[a-zµμ]+(?:[ \t]?/[ \t]?[a-z]+)?|/[ \t]?min(?:ute)?))?";

/// Labels, and whether case matters (K and Na are words and names in other cases).
const LABELS: [(VitalKind, &str); 10] = [
    (VitalKind::HeartRate, r"(?:HR|heart rate|pulse(?: rate)?|ventricular rate|(?:sinus )?(?:tachycardia|bradycardia))"),
    (VitalKind::BloodPressure, r"(?:BP|blood pressure|SBP|systolic(?: blood)?(?: pressure)?|arterial pressure)"),
    (VitalKind::RespiratoryRate, r"(?:RR|resp(?:iratory)?\.? rate|respirations?|breathing rate|respiration rate)"),
    (VitalKind::Temperature, r"(?:temp(?:erature)?\.?|body temperature|(?-i:T)|t ?max|fever|febrile|pyrexia)"),
    (VitalKind::OxygenSaturation, r"(?:SpO2|SpO₂|SaO2|(?:O2|oxygen) sat(?:uration)?s?|sats?|saturations?|pulse ox(?:imetry)?)"),
    (VitalKind::ComaScale, r"(?:GCS|glasgow coma (?:scale|score)(?: score)?)"),
    (VitalKind::Glucose, r"(?:(?:blood |serum |plasma |capillary )?glucose|blood sugar|BSL|(?-i:BM)|CBG|fingerstick)"),
    (VitalKind::Sodium, r"(?:(?:serum |plasma )?sodium|(?-i:Na)\+?)"),
    (VitalKind::Potassium, r"(?:(?:serum |plasma )?potassium|(?-i:K)\+?)"),
    (
        VitalKind::PupilSize,
        r"(?:pupils?(?:[ \t](?:are|were|was|is|pinpoint|constricted|dilated|equal|round|and|reactive|fixed|both|miotic|mydriatic|small|large|sized?)){0,4})",
    ),
];

/// Measurements known by their unit alone.
const BARE: [(VitalKind, &str); 6] = [
    (VitalKind::HeartRate, r"([0-9]{1,3})()[ \t]?((?:bpm|beats ?(?:/|per) ?min(?:ute)?))\b"),
    (VitalKind::RespiratoryRate, r"([0-9]{1,3})()[ \t]?(breaths ?(?:/|per) ?min(?:ute)?)\b"),
    (VitalKind::BloodPressure, r"([0-9]{2,3})[ \t]?/[ \t]?([0-9]{2,3})[ \t]?(mm ?Hg)\b"),
    (VitalKind::Temperature, r"([0-9]{2,3}(?:[.,][0-9]{1,2})?)()[ \t]?([°º][ \t]?[CF]|degrees?[ \t](?:C|F)[a-z]*|(?-i:[CF]))(?-u:\b)"),
    (VitalKind::PupilSize, r"([0-9]{1,2}(?:[.,][0-9])?)()[ \t]?(mm)[ \t]pupils?\b"),
    (VitalKind::OxygenSaturation, r"([0-9]{2,3})()[ \t]?(%)[ \t](?:on (?:room )?air|on RA|saturation)"),
];

static PATTERNS: LazyLock<Vec<(VitalKind, bool, Regex)>> = LazyLock::new(|| {
    let labelled =
        LABELS.iter().map(|(kind, label)| (*kind, true, format!(r"(?i)(?-u:\b)({label})(?-u:\b|\+){LINK}{NUMBER}{SECOND}{UNIT}")));
    let bare = BARE.iter().map(|(kind, body)| (*kind, false, format!(r"(?i)(?-u:\b)()(?:{body})")));
    // A pattern that does not compile is left out; a test counts them.
    labelled.chain(bare).filter_map(|(kind, named, text)| Regex::new(&text).ok().map(|regex| (kind, named, regex))).collect()
});

/// All measurements, in order of place and without overlap; where two overlap the one with a label wins.
pub(super) fn find(text: &str) -> Vec<Vital> {
    let mut found: Vec<(bool, Vital)> = Vec::new();
    for (kind, named, regex) in PATTERNS.iter() {
        let all = regex.captures_iter(text).filter_map(|groups| vital(*kind, &groups, text));
        found.extend(all.map(|vital| (!named, vital)));
    }
    found.sort_by_key(|(bare, vital)| (vital.start, *bare, std::cmp::Reverse(vital.end)));
    let mut kept: Vec<Vital> = Vec::new();
    for (bare, vital) in found {
        match kept.last() {
            Some(last) if vital.start < last.end => {}
            // "temperature 39" may begin before "39 C" does; the label's match wins by coming first.
            _ if bare && !vital.usable => {}
            _ => kept.push(vital),
        }
    }
    kept
}

fn vital(kind: VitalKind, groups: &Captures, text: &str) -> Option<Vital> {
    let (label, number) = (groups.get(1)?, groups.get(2)?);
    let value = parse(number.as_str())?;
    let second = groups.get(3).map(|g| g.as_str()).filter(|s| !s.is_empty()).and_then(parse);
    let written = groups.get(4).map(|g| g.as_str().trim());
    let unit = written.and_then(known_unit);
    // "in the 130s" is a number all the same.
    let rest = text.get(number.end()..).unwrap_or_default();
    let rest = rest.strip_prefix('s').unwrap_or(rest);
    let joined = rest.starts_with(|c: char| c.is_alphanumeric());
    // An amount of a substance is no level: "glucose 50 ml given", "sodium 500 mg".
    let amount = written.is_some_and(|w| {
        matches!(w.to_lowercase().as_str(), "mg" | "g" | "ml" | "tablets" | "years" | "year" | "days" | "hours" | "weeks")
    });
    // A graded sign: "pulse 2+".
    let graded = rest.starts_with('+');
    if amount || graded || joined && unit.is_none() || kind == VitalKind::PupilSize && unit != Some("mm") {
        return None;
    }
    // "fever 39.5": the word is a finding of its own and stays readable.
    let finding = matches!(label.as_str().to_lowercase().as_str(), "fever" | "febrile" | "pyrexia")
        || label.as_str().to_lowercase().ends_with("cardia");
    let start = if finding || label.as_str().is_empty() { number.start() } else { label.start() };
    let end = match (unit, groups.get(4), groups.get(3).filter(|g| !g.as_str().is_empty())) {
        (Some(_), Some(unit), _) => unit.end(),
        (_, _, Some(second)) => second.end(),
        _ => number.end(),
    };
    // "38 to 40": written sizes of both pupils and ranges; a score's denominator is dropped.
    let second = second.filter(|_| kind != VitalKind::ComaScale);
    let plain = Vital { kind, value, second, unit: unit.map(str::to_owned), start, end: end.max(start), doubt: None, usable: true };
    let judged = judge(plain);
    // A word that is a finding, or a letter that may stand for anything, names no impossible measurement.
    let weak = finding
        || label.len() < 3 && !label.is_empty() && matches!(kind, VitalKind::Temperature | VitalKind::Sodium | VitalKind::Potassium);
    (judged.usable || !weak || unit.is_some()).then_some(judged)
}

fn parse(number: &str) -> Option<f64> {
    number.replace('−', "-").replace(',', ".").parse().ok()
}

/// The unit in one spelling; `None` where the word after the number is no unit.
fn known_unit(written: &str) -> Option<&'static str> {
    let folded: String = written.to_lowercase().chars().filter(|c| !c.is_whitespace()).collect();
    Some(match folded.as_str() {
        "mmhg" => "mmHg",
        "%" | "percent" => "%",
        "°c" | "ºc" | "c" | "celsius" | "degreesc" | "degreec" | "degreescelsius" | "degreecelsius" => "C",
        "°f" | "ºf" | "f" | "fahrenheit" | "degreesf" | "degreef" | "degreesfahrenheit" | "degreefahrenheit" => "F",
        "mmol/l" | "mmol" | "meq/l" | "mm/l" => "mmol/L",
        "mg/dl" => "mg/dL",
        "mm" => "mm",
        "bpm" | "/min" | "/minute" | "beats/min" | "beats/minute" | "breaths/min" | "breaths/minute" | "beatsperminute" | "beatspermin"
        | "breathsperminute" | "breathspermin" | "permin" => "/min",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_compiles() {
        assert_eq!(PATTERNS.len(), LABELS.len() + BARE.len());
    }

    #[test]
    fn reads_measurements() {
        use VitalKind::{
            BloodPressure, ComaScale, Glucose, HeartRate, OxygenSaturation, Potassium, PupilSize, RespiratoryRate, Sodium, Temperature,
        };
        for (text, kind, value, second, unit) in [
            ("HR 38", HeartRate, 38.0, None, None),
            ("sinus tachycardia 180", HeartRate, 180.0, None, None),
            ("HR - 38", HeartRate, 38.0, None, None),
            ("HR in the 130s", HeartRate, 130.0, None, None),
            ("pulse was 38/min", HeartRate, 38.0, None, Some("/min")),
            ("heart rate dropped to 38 beats per minute", HeartRate, 38.0, None, Some("/min")),
            ("a rate of 140 bpm", HeartRate, 140.0, None, Some("/min")),
            ("BP 80/40", BloodPressure, 80.0, Some(40.0), Some("mmHg")),
            ("blood pressure: 180 / 110 mm Hg", BloodPressure, 180.0, Some(110.0), Some("mmHg")),
            ("RR 8", RespiratoryRate, 8.0, None, None),
            ("temperature 39.5 C", Temperature, 39.5, None, Some("C")),
            ("temperature of 39,5 °C", Temperature, 39.5, None, Some("C")),
            ("103 F", Temperature, 103.0, None, Some("F")),
            ("fever 39.5", Temperature, 39.5, None, Some("C")),
            ("SpO2 85 %", OxygenSaturation, 85.0, None, Some("%")),
            ("GCS E2V2M4 (8)", ComaScale, 8.0, None, None),
            ("GCS 7/15", ComaScale, 7.0, None, None),
            ("glucose 2.1 mmol/L", Glucose, 2.1, None, Some("mmol/L")),
            ("blood glucose of 300 mg/dL", Glucose, 300.0, None, Some("mg/dL")),
            ("Na 118", Sodium, 118.0, None, Some("mmol/L")),
            ("K+ 6.8 mEq/L", Potassium, 6.8, None, Some("mmol/L")),
            ("pupils were pinpoint (1 mm)", PupilSize, 1.0, None, Some("mm")),
            ("pupils 2 mm", PupilSize, 2.0, None, Some("mm")),
            ("8 mm pupils", PupilSize, 8.0, None, Some("mm")),
        ] {
            let found = find(text);
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            let vital = &found[0];
            assert_eq!((vital.kind, vital.value, vital.second, vital.unit.as_deref()), (kind, value, second, unit), "{text}");
            assert!(vital.usable, "{text}");
        }
        for text in [
            "sodium valproate 500 mg",
            "glucose 50 ml given",
            "vitamin K 10 mg",
            "no numbers",
            "type 2",
            "T 12",
            "pulse 2+",
            "fever 3 days",
            "fever of 40 days",
            "potassium 40 ml",
        ] {
            assert!(find(text).is_empty(), "{text}: {:?}", find(text));
        }
    }
}
