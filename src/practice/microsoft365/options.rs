//! What a practice Microsoft 365 is made from, and the credentials it invents.

use std::fmt;

/// How to make a practice Microsoft 365.
#[derive(Debug, Clone)]
pub struct CloudOptions {
    /// The mail domain, already verified in the tenant.
    pub domain: String,
    /// Display name of the tenant.
    pub organisation_name: String,
    /// Where the service is reached, such as `https://localhost:8443`, without a slash at its end.
    pub base_url: String,
    /// Waits and limits' windows are divided by this; 1 is the real service's pace.
    pub speed: f64,
    /// Where invented ids, jitter and mailbox languages come from.
    pub seed: u64,
    /// How many mailboxes are expected: the tenant owns a few more licences than that.
    pub mailbox_hint: usize,
}

impl CloudOptions {
    /// The tenant's initial domain: first label of the mail domain under `onmicrosoft.test`.
    pub(super) fn initial_domain(&self) -> String {
        let label = self.domain.split('.').next().unwrap_or("practice");
        format!("{}.onmicrosoft.test", label.to_lowercase())
    }
}

/// The application that may do everything in the practice tenant. Invented, but `Debug` still hides the secret.
#[derive(Clone, PartialEq, Eq)]
pub struct CloudCredentials {
    /// Tenant GUID.
    pub tenant_id: String,
    /// Application (client) GUID.
    pub client_id: String,
    /// Client secret in clear.
    pub client_secret: String,
}

impl fmt::Debug for CloudCredentials {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = formatter.debug_struct("CloudCredentials");
        debug.field("tenant_id", &self.tenant_id).field("client_id", &self.client_id).finish_non_exhaustive()
    }
}

/// Which streams the importer takes, by the server version they say they come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub enum OnPremStreams {
    /// Every version.
    #[default]
    All,
    /// Exchange 2013 and later.
    ModernOnly,
    /// Only streams of the service itself.
    None,
}
