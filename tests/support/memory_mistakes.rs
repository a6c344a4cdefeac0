//! What the services in memory answer about single items although it is not so.

use super::*;

/// What a patchy answer says of one of several items: mostly to ask again, and of some at the source that they are gone.
pub(super) fn patch(side: Side, bits: u64, n: usize) -> Problem {
    if side == Side::Source && bits.rotate_right(n as u32 + 11) & 3 == 1 {
        return Problem::new(Kind::Item, Side::Source, Guidance::SourceItemGone);
    }
    lost(side).because(n)
}

impl World {
    /// So many times, a request about this item is answered with a problem.
    pub fn mistake(&self, operation: &'static str, id: &str, times: usize, problem: &Problem) {
        self.state().mistakes.insert((operation, id.to_string()), (times, problem.clone()));
    }

    /// They make no mistakes any more.
    pub fn forgive(&self) {
        self.state().mistakes.clear();
    }

    /// Answers each item, but for those that the request's fault concerns.
    pub(super) async fn leave_each<T>(
        &self,
        ticket: Ticket,
        answers: Result<Vec<Result<T, Problem>>, Problem>,
    ) -> Result<Vec<Result<T, Problem>>, Problem> {
        let (side, bits) = (ticket.1, if let Fault::Patchy(bits) = ticket.0 { bits } else { 0 });
        let mut answers = self.leave(ticket, answers).await?;
        for (n, answer) in answers.iter_mut().enumerate().filter(|(n, _)| bits >> (n % 64) & 1 == 1) {
            *answer = Err(patch(side, bits, n));
        }
        Ok(answers)
    }

    /// The answers of a request with what is mistaken in them.
    pub(super) fn mistaken<T>(
        &self,
        operation: &'static str,
        items: &[ItemId],
        answers: Result<Vec<Result<T, Problem>>, Problem>,
    ) -> Result<Vec<Result<T, Problem>>, Problem> {
        let mut answers = answers?;
        let mut state = self.state();
        for (id, answer) in items.iter().zip(&mut answers) {
            if let Some((times, problem)) = state.mistakes.get_mut(&(operation, id.0.clone()))
                && *times > 0
            {
                *times -= 1;
                *answer = Err(problem.clone());
            }
        }
        Ok(answers)
    }
}
