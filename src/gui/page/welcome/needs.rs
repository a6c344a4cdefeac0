//! What must be there before a migration can begin, and how each is checked. Commands, addresses and names of permissions
//! are the same in every language; the words around them are in `i18n/`.

/// Something that is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Need {
    /// An account that may open every mailbox.
    Account,
    /// A certificate that this computer trusts.
    Certificate,
    /// Basic sign-in on the EWS directory.
    BasicSignIn,
    /// Domains that Microsoft 365 accepts.
    Domains,
    /// No directory synchronisation.
    NoSync,
    /// Seats for everybody.
    Licences,
    /// An application that may write mailboxes.
    Application,
}

/// A part of the instructions.
pub(super) enum Part {
    /// A sentence or two, by key.
    Words(&'static str),
    /// To be copied into a shell.
    Command(&'static str),
    /// A page of somebody else's: its name by key, and its address.
    Page(&'static str, &'static str),
}

use Part::{Command, Page, Words};

impl Need {
    /// Those of the Exchange server.
    pub(super) const EXCHANGE: &[Need] = &[Need::Account, Need::Certificate, Need::BasicSignIn];
    /// Those of Microsoft 365.
    pub(super) const CLOUD: &[Need] = &[Need::Domains, Need::NoSync, Need::Licences, Need::Application];

    /// Its control.
    pub(super) fn id(self) -> &'static str {
        match self {
            Need::Account => "need-account",
            Need::Certificate => "need-certificate",
            Need::BasicSignIn => "need-basic",
            Need::Domains => "need-domains",
            Need::NoSync => "need-no-sync",
            Need::Licences => "need-licences",
            Need::Application => "need-application",
        }
    }

    /// What it is, by key.
    pub(super) fn name(self) -> &'static str {
        match self {
            Need::Account => "welcome-need-account",
            Need::Certificate => "welcome-need-certificate",
            Need::BasicSignIn => "welcome-need-basic",
            Need::Domains => "welcome-need-domains",
            Need::NoSync => "welcome-need-no-sync",
            Need::Licences => "welcome-need-licences",
            Need::Application => "welcome-need-application",
        }
    }

    /// What it takes and how to check it.
    pub(super) fn parts(self) -> &'static [Part] {
        match self {
            Need::Account => &[
                Words("welcome-account-make"),
                Words("welcome-account-full"),
                Command(
                    "Get-Mailbox -ResultSize Unlimited | Add-MailboxPermission -User migration \
                     -AccessRights FullAccess -InheritanceType All -AutoMapping $false",
                ),
                Words("welcome-account-receive"),
                Command("Get-MailboxDatabase | Add-ADPermission -User migration -ExtendedRights Receive-As"),
                Words("welcome-account-impersonation"),
                Command("New-ManagementRoleAssignment -Name Cutover -Role ApplicationImpersonation -User migration"),
                Words("welcome-account-check"),
                Command("Get-Mailbox -ResultSize Unlimited | Get-MailboxPermission -User migration"),
            ],
            Need::Certificate => &[
                Words("welcome-certificate-check"),
                Command("Get-ExchangeCertificate | Format-List CertificateDomains,Issuer,NotAfter,Services"),
                Words("welcome-certificate-own"),
            ],
            Need::BasicSignIn => &[
                Words("welcome-basic-check"),
                Command("Get-WebServicesVirtualDirectory | Format-List Server,ExternalUrl,BasicAuthentication"),
                Words("welcome-basic-set"),
                Command(
                    "Get-WebServicesVirtualDirectory | Set-WebServicesVirtualDirectory -BasicAuthentication $true",
                ),
            ],
            Need::Domains => &[
                Words("welcome-domains-check"),
                Page("welcome-domains-page", "https://admin.microsoft.com/#/Domains"),
                Words("welcome-domains-list"),
                Command("Get-AcceptedDomain"),
            ],
            Need::NoSync => {
                &[Words("welcome-no-sync-check"), Page("welcome-entra-page", "https://entra.microsoft.com")]
            }
            Need::Licences => &[
                Words("welcome-licences-check"),
                Page("welcome-licences-page", "https://admin.microsoft.com/#/licenses"),
            ],
            Need::Application => &[
                Words("welcome-application-make"),
                Page("welcome-entra-page", "https://entra.microsoft.com"),
                Words("welcome-application-graph"),
                Command(
                    "User.ReadWrite.All  Organization.Read.All  Domain.Read.All  LicenseAssignment.ReadWrite.All  \
                     MailboxFolder.ReadWrite.All  MailboxItem.ImportExport.All  MailboxItem.ReadWrite.All  \
                     MailboxItem.Export.All",
                ),
                Words("welcome-application-exchange"),
                Command("Exchange.ManageAsApp"),
                Words("welcome-application-role"),
                Words("welcome-application-secret"),
            ],
        }
    }
}
