//! `$filter`: comparisons, `startswith` and its like, `any`, `and`/`or`/`not`.

use serde_json::Value;

use super::super::clock::Moment;
use super::super::reply::Fault;
use super::extended::ExtendedId;

/// Parentheses and `not` deeper than this are refused.
const DEPTH: usize = 32;
/// Longer filters are refused, in words and marks.
const TOKENS: usize = 1000;
/// Characters of a date without its time.
const DATE: usize = 10;

/// A parsed filter.
#[derive(Debug, Clone, PartialEq)]
pub(in super::super) enum Expression {
    And(Box<Expression>, Box<Expression>),
    Or(Box<Expression>, Box<Expression>),
    Not(Box<Expression>),
    /// Path, operator, literal.
    Compare(String, Operator, Literal),
    /// Function, path, argument.
    Function(String, String, String),
    /// Collection path, variable, condition.
    Any(String, String, Box<Expression>),
}

/// A comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Operator {
    Eq,
    Ne,
    Gt,
    Ge,
    Lt,
    Le,
}

/// A literal; dates and numbers stay text until they are compared.
#[derive(Debug, Clone, PartialEq)]
pub(in super::super) enum Literal {
    Text(String),
    Bare(String),
    Null,
}

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Word(String),
    Quoted(String),
    Mark(char),
}

/// What a filter is judged on.
pub(in super::super) trait Subject {
    /// The JSON that paths mean.
    fn json(&self) -> &Value;
    /// An extended property's value.
    fn extended(&self, _id: &ExtendedId) -> Option<Value> {
        None
    }
}

impl Subject for Value {
    fn json(&self) -> &Value {
        self
    }
}

fn bad(text: &str) -> Fault {
    Fault::new(400, "BadRequest", format!("Invalid filter clause: {text}"))
}

/// Reads a filter.
pub(in super::super) fn parse(text: &str) -> Result<Expression, Fault> {
    let mut parser = Parser { tokens: tokens(text)?, at: 0 };
    if parser.tokens.len() > TOKENS {
        return Err(bad("too long"));
    }
    let expression = parser.either(0)?;
    if parser.at < parser.tokens.len() {
        return Err(bad("unexpected text at its end"));
    }
    Ok(expression)
}

fn tokens(text: &str) -> Result<Vec<Token>, Fault> {
    let letters: Vec<char> = text.chars().collect();
    let (mut tokens, mut at) = (Vec::new(), 0);
    while at < letters.len() {
        match letters[at] {
            blank if blank.is_whitespace() => at += 1,
            mark @ ('(' | ')' | ',' | ':') if !matches!(tokens.last(), Some(Token::Word(word)) if mark == ':' && begins_a_date(&word.chars().take(DATE).collect::<Vec<char>>())) =>
            {
                tokens.push(Token::Mark(mark));
                at += 1;
            }
            '\'' => {
                let mut quoted = String::new();
                at += 1;
                loop {
                    match (letters.get(at), letters.get(at + 1)) {
                        (Some('\''), Some('\'')) => {
                            quoted.push('\'');
                            at += 2;
                        }
                        (Some('\''), _) => break,
                        (Some(letter), _) => {
                            quoted.push(*letter);
                            at += 1;
                        }
                        (None, _) => return Err(bad("a quote is not closed")),
                    }
                }
                at += 1;
                tokens.push(Token::Quoted(quoted));
            }
            _ => {
                let start = at;
                while at < letters.len() && !letters[at].is_whitespace() && !"(),'".contains(letters[at]) {
                    if letters[at] == ':' && !begins_a_date(&letters[start..at]) {
                        break;
                    }
                    at += 1;
                }
                tokens.push(Token::Word(letters[start..at].iter().collect()));
            }
        }
    }
    Ok(tokens)
}

/// A date holds colons of its own; a lambda's variable does not.
fn begins_a_date(word: &[char]) -> bool {
    word.len() >= DATE && word[..4].iter().all(char::is_ascii_digit)
}

struct Parser {
    tokens: Vec<Token>,
    at: usize,
}

impl Parser {
    fn next(&mut self) -> Option<Token> {
        let token = self.tokens.get(self.at).cloned();
        self.at += 1;
        token
    }

    fn word(&mut self) -> Result<String, Fault> {
        match self.next() {
            Some(Token::Word(word)) => Ok(word),
            _ => Err(bad("a name is missing")),
        }
    }

    fn mark(&mut self, mark: char) -> Result<(), Fault> {
        if self.next() == Some(Token::Mark(mark)) { Ok(()) } else { Err(bad(&format!("'{mark}' expected"))) }
    }

    fn eat(&mut self, word: &str) -> bool {
        let found = matches!(self.tokens.get(self.at), Some(Token::Word(next)) if next == word);
        self.at += usize::from(found);
        found
    }

    fn either(&mut self, depth: usize) -> Result<Expression, Fault> {
        let mut left = self.both(depth)?;
        while self.eat("or") {
            left = Expression::Or(Box::new(left), Box::new(self.both(depth)?));
        }
        Ok(left)
    }

    fn both(&mut self, depth: usize) -> Result<Expression, Fault> {
        let mut left = self.one(depth)?;
        while self.eat("and") {
            left = Expression::And(Box::new(left), Box::new(self.one(depth)?));
        }
        Ok(left)
    }

    fn one(&mut self, depth: usize) -> Result<Expression, Fault> {
        if depth > DEPTH {
            return Err(bad("too deep"));
        }
        if self.eat("not") {
            return Ok(Expression::Not(Box::new(self.one(depth + 1)?)));
        }
        if self.tokens.get(self.at) == Some(&Token::Mark('(')) {
            self.at += 1;
            let inner = self.either(depth + 1)?;
            self.mark(')')?;
            return Ok(inner);
        }
        let word = self.word()?;
        if self.tokens.get(self.at) != Some(&Token::Mark('(')) {
            return self.comparison(word);
        }
        self.at += 1;
        if let Some(collection) = word.strip_suffix("/any") {
            let variable = self.word()?;
            self.mark(':')?;
            let condition = self.either(depth + 1)?;
            self.mark(')')?;
            return Ok(Expression::Any(collection.to_owned(), variable, Box::new(condition)));
        }
        let path = self.word()?;
        self.mark(',')?;
        let argument = self.next();
        self.mark(')')?;
        match (word.as_str(), argument) {
            ("cast", Some(Token::Word(_))) => self.comparison(path),
            ("startswith" | "endswith" | "contains", Some(Token::Quoted(text))) => {
                Ok(Expression::Function(word, path, text))
            }
            _ => Err(bad(&format!("the function '{word}' is not supported"))),
        }
    }

    fn comparison(&mut self, path: String) -> Result<Expression, Fault> {
        let operator = match self.word()?.as_str() {
            "eq" => Operator::Eq,
            "ne" => Operator::Ne,
            "gt" => Operator::Gt,
            "ge" => Operator::Ge,
            "lt" => Operator::Lt,
            "le" => Operator::Le,
            other => return Err(bad(&format!("the operator '{other}' is not supported"))),
        };
        let literal = match self.next() {
            Some(Token::Quoted(text)) => Literal::Text(text),
            Some(Token::Word(word)) if word == "null" => Literal::Null,
            Some(Token::Word(word)) => Literal::Bare(word),
            _ => return Err(bad("a value is missing")),
        };
        Ok(Expression::Compare(path, operator, literal))
    }
}

impl Expression {
    /// The texts that something called `id` is compared with.
    pub fn ids(&self) -> Vec<String> {
        match self {
            Expression::And(left, right) | Expression::Or(left, right) => [left.ids(), right.ids()].concat(),
            Expression::Not(inner) | Expression::Any(_, _, inner) => inner.ids(),
            Expression::Compare(path, Operator::Eq, Literal::Text(text)) if path == "id" || path.ends_with("/id") => {
                vec![text.clone()]
            }
            _ => Vec::new(),
        }
    }

    /// Whether the filter lets something through.
    pub fn allows(&self, subject: &impl Subject) -> bool {
        match self {
            Expression::And(left, right) => left.allows(subject) && right.allows(subject),
            Expression::Or(left, right) => left.allows(subject) || right.allows(subject),
            Expression::Not(inner) => !inner.allows(subject),
            Expression::Compare(path, operator, literal) => compare(at(subject.json(), path), *operator, literal),
            Expression::Function(name, path, text) => {
                let value = at(subject.json(), path).and_then(Value::as_str).unwrap_or_default().to_lowercase();
                let text = text.to_lowercase();
                match name.as_str() {
                    "startswith" => value.starts_with(&text),
                    "endswith" => value.ends_with(&text),
                    _ => value.contains(&text),
                }
            }
            Expression::Any(collection, variable, condition) => {
                let elements = self.elements(subject, collection, condition);
                elements.iter().any(|element| {
                    let mut scope = serde_json::Map::new();
                    scope.insert(variable.clone(), element.clone());
                    condition.allows(&Value::Object(scope))
                })
            }
        }
    }

    /// The elements of a collection; extended properties are looked up by the ids that the condition names.
    fn elements(&self, subject: &impl Subject, collection: &str, condition: &Expression) -> Vec<Value> {
        if !collection.ends_with("ExtendedProperties") {
            return at(subject.json(), collection).and_then(Value::as_array).cloned().unwrap_or_default();
        }
        let found = condition.ids().into_iter().filter_map(|text| {
            let value = subject.extended(&ExtendedId::parse(&text).ok()?)?;
            Some(serde_json::json!({"id": text, "value": value}))
        });
        found.collect()
    }
}

fn at<'a>(value: &'a Value, path: &str) -> Option<&'a Value> {
    path.split('/').try_fold(value, |value, part| value.get(part))
}

fn compare(value: Option<&Value>, operator: Operator, literal: &Literal) -> bool {
    use std::cmp::Ordering;
    let value = value.filter(|value| !value.is_null());
    let (Some(value), false) = (value, *literal == Literal::Null) else {
        let equal = value.is_none() && *literal == Literal::Null;
        return match operator {
            Operator::Eq => equal,
            Operator::Ne => !equal,
            _ => false,
        };
    };
    let text = match literal {
        Literal::Text(text) | Literal::Bare(text) => text.as_str(),
        Literal::Null => return false,
    };
    let order = match value {
        Value::Bool(truth) => Some(truth.to_string().cmp(&text.to_lowercase())),
        Value::Number(number) => number.as_f64().zip(text.parse().ok()).and_then(|(a, b)| a.partial_cmp(&b)),
        Value::String(own) => match (literal, Moment::parse(own), Moment::parse(text)) {
            (Literal::Bare(_), Some(own), Some(other)) => Some(own.cmp(&other)),
            (Literal::Bare(_), ..) => {
                own.parse::<f64>().ok().zip(text.parse().ok()).and_then(|(a, b)| a.partial_cmp(&b))
            }
            _ => Some(own.to_lowercase().cmp(&text.to_lowercase())),
        },
        _ => None,
    };
    match operator {
        Operator::Eq => order == Some(Ordering::Equal),
        Operator::Ne => order != Some(Ordering::Equal),
        Operator::Gt => order == Some(Ordering::Greater),
        Operator::Ge => matches!(order, Some(Ordering::Greater | Ordering::Equal)),
        Operator::Lt => order == Some(Ordering::Less),
        Operator::Le => matches!(order, Some(Ordering::Less | Ordering::Equal)),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use serde_json::json;

    use super::*;

    fn holds(filter: &str) -> bool {
        let user = json!({"mail": "Mara.Quill@aldernook.example", "enabled": true, "n": 7, "gone": null,
            "at": "2019-04-02T07:11:09Z", "proxies": ["smtp:a@b.example"], "from": {"emailAddress": {"address": "x@y.example"}}});
        parse(filter).unwrap().allows(&user)
    }

    #[test]
    fn documented_forms_hold() {
        assert!(holds("mail eq 'mara.quill@aldernook.example' and enabled eq true"));
        assert!(holds("startswith(mail,'mara') and not (n gt 7)"));
        assert!(holds("at ge 2019-04-02T00:00:00Z and at lt 2019-04-03T00:00:00Z"));
        assert!(holds("proxies/any(p:p eq 'smtp:A@b.example')"));
        assert!(holds("from/emailAddress/address eq 'x@y.example' and gone eq null"));
        assert!(!holds("at gt 2020-01-01 or n lt 3"));
        assert!(!holds("mail eq 'it''s'"));
    }

    #[test]
    fn long_words_are_read_once() {
        let word = "2019-04-02".to_owned() + &":".repeat(400_000);
        assert_eq!(parse(&word).unwrap_err().status, 400);
        assert!(parse(&format!("a eq {word}")).is_ok());
        assert!(parse(&format!("{word} eq 'x'")).is_ok());
    }

    #[test]
    fn broken_filters_are_refused() {
        for text in ["mail", "mail eq", "mail eq 'x", "(mail eq 'x'", "mail is 'x'", "sum(a,'b')", "x eq 1 2"] {
            assert_eq!(parse(text).unwrap_err().status, 400, "{text}");
        }
        for text in ["(".repeat(900), vec!["a eq 1"; 9000].join(" or ")] {
            assert_eq!(parse(&text).unwrap_err().status, 400);
        }
    }
}
