//! The fields of both forms, in the order in which they are shown.

/// A field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The Exchange server: where it is to be typed, it comes first, beside the reason why.
    Server,
    /// The migration administrator's mail address.
    Email,
    /// `DOMAIN\user` or a user principal name.
    User,
    /// The migration account's password.
    Password,
    /// Its outside name.
    Proxy,
    /// The one Autodiscover address to ask.
    Autodiscover,
    /// A private certificate authority.
    Authority,
    /// Hidden mailboxes that are to move as well.
    Also,
    /// Shared mailboxes.
    Shared,
    /// Rooms.
    Rooms,
    /// Equipment.
    Equipment,
    /// Security groups.
    SecurityGroups,
    /// The Microsoft 365 organisation.
    Tenant,
    /// The application's id.
    Client,
    /// The application's secret.
    Secret,
    /// The application's certificate.
    Certificate,
    /// The certificate's key.
    Key,
    /// The country of the users.
    Location,
    /// The licence to assign.
    Sku,
}

/// Parts of the forms that are opened and shut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The addresses that Autodiscover asked.
    Asked,
    /// Further settings of the Exchange server.
    SourceMore,
    /// What an address list cannot tell.
    Special,
    /// Further settings of Microsoft 365.
    TargetMore,
}

impl Field {
    /// Its control.
    pub fn id(self) -> &'static str {
        match self {
            Field::Email => "source-email",
            Field::User => "source-user",
            Field::Password => "source-password",
            Field::Server => "source-server",
            Field::Proxy => "source-proxy",
            Field::Autodiscover => "source-autodiscover",
            Field::Authority => "source-authority",
            Field::Also => "source-also",
            Field::Shared => "source-shared",
            Field::Rooms => "source-rooms",
            Field::Equipment => "source-equipment",
            Field::SecurityGroups => "source-security-groups",
            Field::Tenant => "target-tenant",
            Field::Client => "target-client",
            Field::Secret => "target-secret",
            Field::Certificate => "target-certificate",
            Field::Key => "target-key",
            Field::Location => "target-location",
            Field::Sku => "target-sku",
        }
    }

    /// The part that must be open for it to be seen.
    pub fn part(self) -> Option<Part> {
        match self {
            Field::Proxy | Field::Autodiscover | Field::Authority => Some(Part::SourceMore),
            Field::Also | Field::Shared | Field::Rooms | Field::Equipment | Field::SecurityGroups => {
                Some(Part::Special)
            }
            Field::Sku => Some(Part::TargetMore),
            _ => None,
        }
    }
}
