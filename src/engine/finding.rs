//! What a survey, a plan or a run has to say to the administrator beforehand or by the way.

use super::problem::Problem;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    /// Nothing can run until this is put right.
    MustFix,
    /// Something will not move as it is, or may surprise.
    LookAt,
    /// Worth knowing; nothing to do.
    GoodToKnow,
}

/// One finding; its words and remedy are those of its problem.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// How much it matters.
    pub grade: Grade,
    /// What it is.
    pub problem: Problem,
}

impl Finding {
    /// A finding that stops a run.
    pub fn must_fix(problem: Problem) -> Finding {
        Finding { grade: Grade::MustFix, problem }
    }
    /// A finding to look at.
    pub fn look_at(problem: Problem) -> Finding {
        Finding { grade: Grade::LookAt, problem }
    }
    /// A finding that is good to know.
    pub fn good_to_know(problem: Problem) -> Finding {
        Finding { grade: Grade::GoodToKnow, problem }
    }
}

/// Adds a finding unless the same thing was said already, and keeps the gravest first.
pub(crate) fn add(findings: &mut Vec<Finding>, finding: Finding) {
    let known = findings
        .iter()
        .any(|f| f.problem.guidance == finding.problem.guidance && f.problem.values == finding.problem.values);
    if !known {
        let at = findings.partition_point(|f| f.grade <= finding.grade);
        findings.insert(at, finding);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::problem::{Guidance, Kind, Side};

    #[test]
    fn findings_are_said_once_and_gravest_first() {
        let group =
            |name: &str| Problem::new(Kind::Item, Side::Source, Guidance::SourceDynamicGroup).with("group", name);
        let mut findings = Vec::new();
        add(&mut findings, Finding::good_to_know(group("a")));
        add(&mut findings, Finding::look_at(group("b")));
        add(&mut findings, Finding::look_at(group("b")));
        add(&mut findings, Finding::must_fix(Problem::new(Kind::Run, Side::Source, Guidance::NothingToMigrate)));
        let grades: Vec<Grade> = findings.iter().map(|f| f.grade).collect();
        assert_eq!(grades, [Grade::MustFix, Grade::LookAt, Grade::GoodToKnow]);
    }
}
