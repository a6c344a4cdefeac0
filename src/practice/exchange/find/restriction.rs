//! Search restrictions: comparisons of fields with constants, joined by And, Or and Not.

use crate::mapi::Value;
use crate::practice::exchange::element::Element;
use crate::practice::exchange::fields::{Plain, truth};
use crate::practice::exchange::path::Path;
use crate::practice::exchange::trouble::Trouble;
use crate::practice::exchange::view::{parse_date_time, text};

/// Most nodes of a restriction (exchange-source.md 3.8).
const MOST_NODES: usize = 255;

/// A restriction.
pub(in crate::practice::exchange) enum Restriction {
    And(Vec<Restriction>),
    Or(Vec<Restriction>),
    Not(Box<Restriction>),
    Exists(Path),
    Compare(Path, Comparison, Operand),
    Contains(Path, Mode, bool, String),
    Excludes(Path, i64),
}

/// A comparison.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::practice::exchange) enum Comparison {
    Equal,
    NotEqual,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
}

/// How a text contains another.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::practice::exchange) enum Mode {
    Full,
    Prefix,
    Anywhere,
}

/// The other side of a comparison.
pub(in crate::practice::exchange) enum Operand {
    Constant(String),
    Field(Path),
}

type Look<'a> = &'a dyn Fn(&Path) -> Result<Option<Plain>, Trouble>;

impl Restriction {
    /// Reads `m:Restriction`.
    pub(in crate::practice::exchange) fn parse(element: &Element) -> Result<Restriction, Trouble> {
        let mut nodes = 0;
        let inner = element.children.first().ok_or_else(|| Trouble::missing(element, "SearchExpression"))?;
        Restriction::node(inner, &mut nodes)
    }

    fn node(element: &Element, nodes: &mut usize) -> Result<Restriction, Trouble> {
        *nodes += 1;
        if *nodes > MOST_NODES {
            return Err(Trouble::new("ErrorRestrictionTooLong", "The restriction has too many nodes."));
        }
        let mut all =
            || element.children.iter().map(|child| Restriction::node(child, nodes)).collect::<Result<Vec<_>, _>>();
        let comparison = match element.name.as_str() {
            "t:And" => return all().map(Restriction::And),
            "t:Or" => return all().map(Restriction::Or),
            "t:Not" => {
                let inner = all()?.pop().ok_or_else(|| Trouble::missing(element, "SearchExpression"))?;
                return Ok(Restriction::Not(Box::new(inner)));
            }
            "t:Exists" => return Path::first_in(element).map(Restriction::Exists),
            "t:Contains" => return Restriction::contains(element),
            "t:Excludes" => return Restriction::excludes(element),
            "t:IsEqualTo" => Comparison::Equal,
            "t:IsNotEqualTo" => Comparison::NotEqual,
            "t:IsGreaterThan" => Comparison::Greater,
            "t:IsGreaterThanOrEqualTo" => Comparison::GreaterOrEqual,
            "t:IsLessThan" => Comparison::Less,
            "t:IsLessThanOrEqualTo" => Comparison::LessOrEqual,
            _ => return Err(Trouble::unexpected(element)),
        };
        let other =
            element.child("t:FieldURIOrConstant").ok_or_else(|| Trouble::missing(element, "FieldURIOrConstant"))?;
        let operand = match other.child("t:Constant").and_then(|constant| constant.attribute("Value")) {
            Some(value) => Operand::Constant(value.to_owned()),
            None => Operand::Field(Path::first_in(other)?),
        };
        Ok(Restriction::Compare(Path::first_in(element)?, comparison, operand))
    }

    fn contains(element: &Element) -> Result<Restriction, Trouble> {
        let mode = match element.attribute("ContainmentMode") {
            None | Some("FullString") => Mode::Full,
            Some("Prefixed") => Mode::Prefix,
            Some("Substring" | "ExactPhrase" | "PrefixOnWords") => Mode::Anywhere,
            Some(_) => return Err(Trouble::schema(element, "ContainmentMode is invalid.")),
        };
        let exact = matches!(
            element.attribute("ContainmentComparison"),
            None | Some("Exact" | "IgnoreNonSpacingCharacters" | "LooseAndIgnoreNonSpace" | "Loose")
        );
        let constant = element.child("t:Constant").and_then(|constant| constant.attribute("Value"));
        let constant = constant.ok_or_else(|| Trouble::missing(element, "Constant"))?;
        Ok(Restriction::Contains(Path::first_in(element)?, mode, exact, constant.to_owned()))
    }

    fn excludes(element: &Element) -> Result<Restriction, Trouble> {
        let mask = element.child("t:Bitmask").and_then(|mask| mask.attribute("Value")).unwrap_or_default();
        let number = match mask.strip_prefix("0x") {
            Some(digits) => i64::from_str_radix(digits, 16),
            None => mask.parse(),
        };
        let number = number.map_err(|_| Trouble::schema(element, "Bitmask is invalid."))?;
        Ok(Restriction::Excludes(Path::first_in(element)?, number))
    }

    /// Whether something whose fields `look` gives matches.
    pub(in crate::practice::exchange) fn matches(&self, look: Look) -> Result<bool, Trouble> {
        Ok(match self {
            Restriction::And(all) => {
                for one in all {
                    if !one.matches(look)? {
                        return Ok(false);
                    }
                }
                true
            }
            Restriction::Or(any) => {
                for one in any {
                    if one.matches(look)? {
                        return Ok(true);
                    }
                }
                false
            }
            Restriction::Not(inner) => !inner.matches(look)?,
            Restriction::Exists(path) => look(path)?.is_some(),
            Restriction::Excludes(path, mask) => matches!(look(path)?, Some(Plain::Int(value)) if value & mask == 0),
            Restriction::Contains(path, mode, exact, part) => match look(path)? {
                Some(Plain::Text(whole)) => contains(&whole, part, *mode, *exact),
                _ => false,
            },
            Restriction::Compare(path, comparison, operand) => {
                let Some(left) = look(path)? else { return Ok(*comparison == Comparison::NotEqual) };
                let right = match operand {
                    Operand::Field(path) => look(path)?,
                    Operand::Constant(constant) => Some(constant_like(&left, constant)?),
                };
                right.is_some_and(|right| comparison.holds(&left, &right))
            }
        })
    }
}

impl Comparison {
    fn holds(self, left: &Plain, right: &Plain) -> bool {
        let fold = |plain: &Plain| match plain {
            Plain::Text(text) => Plain::Text(text.to_lowercase()),
            other => other.clone(),
        };
        let (left, right) = (fold(left), fold(right));
        match self {
            Comparison::Equal => left == right,
            Comparison::NotEqual => left != right,
            Comparison::Greater => left > right,
            Comparison::GreaterOrEqual => left >= right,
            Comparison::Less => left < right,
            Comparison::LessOrEqual => left <= right,
        }
    }
}

fn contains(whole: &str, part: &str, mode: Mode, exact: bool) -> bool {
    if !exact {
        return contains(&whole.to_lowercase(), &part.to_lowercase(), mode, true);
    }
    // Several values, as categories are, stand on lines of their own.
    whole.split('\n').any(|value| match mode {
        Mode::Full => value == part,
        Mode::Prefix => value.starts_with(part),
        Mode::Anywhere => value.contains(part),
    })
}

fn constant_like(left: &Plain, constant: &str) -> Result<Plain, Trouble> {
    let value = match left {
        Plain::Text(_) => Some(Plain::Text(constant.to_owned())),
        Plain::Bool(_) => Some(Plain::Bool(truth(constant))),
        Plain::Int(_) => constant.parse().ok().map(Plain::Int),
        Plain::Float(_) => constant.parse().ok().map(Plain::Float),
        Plain::Time(_) => parse_date_time(constant).map(Plain::Time),
    };
    value.ok_or_else(|| Trouble::new("ErrorInvalidValueForProperty", "The constant does not fit the field."))
}

/// A MAPI value, to compare.
pub(in crate::practice::exchange) fn plain(value: &Value) -> Option<Plain> {
    use base64::Engine as _;
    Some(match value {
        Value::I16(value) => Plain::Int((*value).into()),
        Value::I32(value) => Plain::Int((*value).into()),
        Value::I64(value) => Plain::Int(*value),
        Value::F32(value) => Plain::Float((*value).into()),
        Value::F64(value) | Value::AppTime(value) => Plain::Float(*value),
        Value::Bool(value) => Plain::Bool(*value),
        Value::Time(value) => Plain::Time(*value),
        Value::Binary(bytes) => Plain::Text(base64::engine::general_purpose::STANDARD.encode(bytes)),
        Value::Multi(values) => Plain::Text(values.iter().filter_map(text).collect::<Vec<_>>().join("\n")),
        value => Plain::Text(text(value)?),
    })
}
