//! Server versions, decided from the build numbers and never from the `Version` text, which may be absent or odd.

use std::fmt;

/// The build of an Exchange server, as `ServerVersionInfo` tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    /// 8 is 2007, 14 is 2010, 15 is 2013 and later.
    pub major: u16,
    /// Tells service packs (2007, 2010) and products (15) apart.
    pub minor: u16,
    /// Build.
    pub build: u16,
    /// Revision.
    pub revision: u16,
}

impl Version {
    /// The product's name, such as `Exchange 2016`.
    pub fn product(self) -> &'static str {
        match (self.major, self.minor, self.build) {
            (..=7, ..) => "Exchange 2003",
            (8, ..) => "Exchange 2007",
            (9..=14, ..) => "Exchange 2010",
            (15, 0, _) => "Exchange 2013",
            (15, 1, _) => "Exchange 2016",
            (15, 2, ..=2561) => "Exchange 2019",
            _ => "Exchange Server SE",
        }
    }

    /// Whether it has ExportItems (2010 SP1).
    pub fn exports(self) -> bool {
        (self.major, self.minor) >= (14, 1)
    }

    /// Whether it counts what an account asks as a mailbox's owner for that mailbox alone. That came with an update rollup
    /// of 2010 SP2, whose build number is not documented: SP3 certainly has it.
    pub fn counts_by_owner(self) -> bool {
        (self.major, self.minor) >= (14, 3)
    }

    /// Whether it knows the distinguished folders that came with 2013.
    pub fn names_hidden_folders(self) -> bool {
        self.major >= 15
    }

    /// The six bytes by which an exported stream names the version of its origin: minor and major, build with its
    /// high bit set, revision, each little-endian.
    pub fn stream_bytes(self) -> [u8; 6] {
        let [minor, major] = [self.minor as u8, self.major as u8];
        let [low, high] = (self.build | 0x8000).to_le_bytes();
        let [revision, above] = self.revision.to_le_bytes();
        [minor, major, low, high, revision, above]
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}.{}.{}.{})", self.product(), self.major, self.minor, self.build, self.revision)
    }
}

/// What `RequestServerVersion` asks for. The rule is to send the lowest that has the operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Schema {
    /// 2007 SP1 and later.
    Exchange2007Sp1,
    /// 2010 without service pack.
    Exchange2010,
    /// 2010 SP1 and later: has ExportItems.
    Exchange2010Sp1,
    /// 2013 and later: knows the folders that nobody wants moved.
    Exchange2013,
}

impl Schema {
    /// What to try on a server of unknown version, in this order.
    pub const TRIED: [Schema; 3] = [Schema::Exchange2010Sp1, Schema::Exchange2010, Schema::Exchange2007Sp1];

    /// As it stands in the request.
    pub fn name(self) -> &'static str {
        match self {
            Schema::Exchange2007Sp1 => "Exchange2007_SP1",
            Schema::Exchange2010 => "Exchange2010",
            Schema::Exchange2010Sp1 => "Exchange2010_SP1",
            Schema::Exchange2013 => "Exchange2013",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(major: u16, minor: u16, build: u16) -> Version {
        Version { major, minor, build, revision: 0 }
    }

    #[test]
    fn products_by_build() {
        let expected = [
            (version(8, 3, 83), "Exchange 2007", false),
            (version(14, 0, 639), "Exchange 2010", false),
            (version(14, 3, 123), "Exchange 2010", true),
            (version(15, 0, 1497), "Exchange 2013", true),
            (version(15, 1, 2507), "Exchange 2016", true),
            (version(15, 2, 1544), "Exchange 2019", true),
            (version(15, 2, 2562), "Exchange Server SE", true),
            (version(16, 0, 1), "Exchange Server SE", true),
        ];
        for (version, product, exports) in expected {
            assert_eq!((version.product(), version.exports()), (product, exports), "{version}");
        }
        assert!(version(14, 3, 123).counts_by_owner() && version(15, 1, 2507).counts_by_owner());
        assert!(!version(14, 2, 247).counts_by_owner() && !version(8, 3, 83).counts_by_owner());
    }

    #[test]
    fn stream_bytes_as_in_the_published_sample() {
        assert_eq!(version(14, 1, 139).stream_bytes(), [0x01, 0x0E, 0x8B, 0x80, 0, 0]);
    }
}
