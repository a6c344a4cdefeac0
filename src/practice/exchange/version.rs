//! What each profile of the practice Exchange calls itself and which request versions it accepts
//! (exchange-source.md, table 0.1).

use crate::mapi::container;
use crate::practice::organisation::Profile;

/// A schema version, as requests name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Schema {
    E2007,
    E2007Sp1,
    E2010,
    E2010Sp1,
    E2010Sp2,
    E2013,
    E2013Sp1,
    E2016,
}

const SCHEMAS: [(Schema, &str); 8] = [
    (Schema::E2007, "Exchange2007"),
    (Schema::E2007Sp1, "Exchange2007_SP1"),
    (Schema::E2010, "Exchange2010"),
    (Schema::E2010Sp1, "Exchange2010_SP1"),
    (Schema::E2010Sp2, "Exchange2010_SP2"),
    (Schema::E2013, "Exchange2013"),
    (Schema::E2013Sp1, "Exchange2013_SP1"),
    (Schema::E2016, "Exchange2016"),
];

impl Schema {
    /// Reads the value of `RequestServerVersion/@Version`.
    pub(super) fn parse(text: &str) -> Option<Schema> {
        SCHEMAS.iter().find(|(_, name)| *name == text).map(|(schema, _)| *schema)
    }
}

/// A server's own version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Server {
    /// Major, minor, build, revision.
    pub(super) number: [u16; 4],
    /// `ServerVersionInfo/@Version`: absent on 2007, and since 2013 a string that no request may carry.
    pub(super) label: Option<&'static str>,
    /// Newest request version that it accepts.
    pub(super) newest: Schema,
}

impl Server {
    /// The server of a profile.
    pub(super) fn of(profile: Profile) -> Server {
        let (number, label, newest) = match profile {
            Profile::E2007Sp3 => ([8, 3, 83, 6], None, Schema::E2007Sp1),
            Profile::E2010Sp3 => ([14, 3, 123, 4], Some("Exchange2010_SP2"), Schema::E2010Sp2),
            Profile::E2013 => ([15, 0, 1497, 2], Some("V2_23"), Schema::E2013Sp1),
            Profile::E2016 => ([15, 1, 2507, 27], Some("V2017_07_11"), Schema::E2016),
            Profile::E2019 => ([15, 2, 1544, 4], Some("V2017_07_11"), Schema::E2016),
            Profile::Se => ([15, 2, 2562, 17], Some("V2017_07_11"), Schema::E2016),
        };
        Server { number, label, newest }
    }

    /// The request versions that it accepts, as `EwsSupportedSchemas` lists them.
    pub(super) fn schemas(&self) -> String {
        let names: Vec<_> = SCHEMAS.iter().filter(|(s, _)| *s <= self.newest).map(|(_, name)| *name).collect();
        names.join(", ")
    }

    /// `15.01.2507.027`, the form of `CasVersion`.
    pub(super) fn dotted(&self) -> String {
        let [major, minor, build, revision] = self.number;
        format!("{major}.{minor:02}.{build:04}.{revision:03}")
    }

    /// The 32-bit form of POX `ServerVersion`: 4 bits marker, 6 major, 6 minor, 1 flag, 15 build.
    pub(super) fn hexadecimal(&self) -> String {
        let [major, minor, build, _] = self.number.map(u32::from);
        format!("{:08X}", (7 << 28) | (major << 22) | (minor << 16) | (1 << 15) | build)
    }

    /// The version record of exported items: major and minor, build with its high bit, revision.
    pub(super) fn partner(&self) -> container::Version {
        let [major, minor, build, revision] = self.number;
        let [b0, b1] = (build | 0x8000).to_le_bytes();
        let [r0, r1] = revision.to_le_bytes();
        container::Version([minor.to_le_bytes()[0], major.to_le_bytes()[0], b0, b1, r0, r1])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_samples() {
        // R:serverversion-pox: 738180DA is 14.1.218; the export sample of 14.1.139.0 has u16 0x0E01, 0x808B, 0.
        let server = Server { number: [14, 1, 218, 15], label: None, newest: Schema::E2010Sp1 };
        assert_eq!(server.hexadecimal(), "738180DA");
        let server = Server { number: [14, 1, 139, 0], ..server };
        assert_eq!(server.partner().0, [0x01, 0x0E, 0x8B, 0x80, 0, 0]);
        assert_eq!(Server::of(Profile::E2007Sp3).schemas(), "Exchange2007, Exchange2007_SP1");
    }
}
