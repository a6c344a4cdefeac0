//! The way through the wizard, as a person goes it: up to a page, in whatever language.

use cutover::gui::wizard::Step;

use super::driver::Window;

impl Window {
    /// From the first page to the form that Autodiscover needs, still empty.
    pub async fn walk_to_connect(&mut self) {
        let way = self.say("welcome-autodiscover");
        self.click(&way).await;
        self.click_id("footer-primary").await;
        assert_eq!(self.step(), Step::Connect);
    }

    /// Fills in the form.
    pub async fn fill_connect(&mut self) {
        for (field, text) in [
            ("source-email", "migration@contoso.com"),
            ("source-user", "CONTOSO\\migration"),
            ("source-password", "source password"),
            ("target-tenant", "contoso.com"),
            ("target-client", "11111111-2222-3333-4444-555555555555"),
            ("target-secret", "target secret"),
            ("target-location", "GB"),
        ] {
            self.fill(field, text).await;
        }
    }

    /// From the first page to the review.
    pub async fn walk_to_review(&mut self) {
        self.walk_to_connect().await;
        self.fill_connect().await;
        self.click_id("footer-primary").await;
        self.until("the review", |window| window.step() == Step::Review).await;
    }

    /// From the first page to the run that has just begun. Reports go to `reports`.
    pub async fn walk_to_run(&mut self, reports: &str) {
        self.walk_to_review().await;
        self.fill("review-reports", reports).await;
        self.click_id("footer-primary").await;
        self.click_id("review go").await;
        assert_eq!(self.step(), Step::Run);
    }
}
