//! The markers of a stream (MS-OXCFXICS 2.2.4.1.4). A marker is known by its whole 32 bits: ordinary properties have
//! ids among those of the markers.

/// A marker: an element without a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marker {
    /// An attachment begins.
    NewAttachment,
    /// An attachment ends.
    EndAttachment,
    /// The item within an attachment begins.
    StartEmbedded,
    /// The item within an attachment ends.
    EndEmbedded,
    /// A recipient begins.
    StartRecipient,
    /// A recipient ends.
    EndRecipient,
    /// A message of a message list begins.
    StartMessage,
    /// An associated (hidden) message of a message list begins.
    StartAssociatedMessage,
    /// A message of a message list ends.
    EndMessage,
    /// The server says that the item is incomplete.
    ErrorInfo,
    /// A marker of folder copies or synchronisation, which items never contain.
    Foreign(u32),
}

/// The markers that items contain, with their 32 bits.
const KNOWN: [(u32, Marker); 10] = [
    (0x4000_0003, Marker::NewAttachment),
    (0x400E_0003, Marker::EndAttachment),
    (0x4001_0003, Marker::StartEmbedded),
    (0x4002_0003, Marker::EndEmbedded),
    (0x4003_0003, Marker::StartRecipient),
    (0x4004_0003, Marker::EndRecipient),
    (0x400C_0003, Marker::StartMessage),
    (0x4010_0003, Marker::StartAssociatedMessage),
    (0x400D_0003, Marker::EndMessage),
    (0x4018_0003, Marker::ErrorInfo),
];

/// Folder starts and ends, and the markers of incremental synchronisation.
const FOREIGN: [u32; 13] = [
    0x4009_0003,
    0x400A_0003,
    0x400B_0003,
    0x4012_0003,
    0x4013_0003,
    0x4014_0003,
    0x4015_0003,
    0x402F_0003,
    0x403A_0003,
    0x403B_0003,
    0x407D_0003,
    0x4074_000B,
    0x4075_000B,
];

impl Marker {
    /// The marker that these 32 bits are; `None` if they are a property tag.
    pub fn from_bits(bits: u32) -> Option<Marker> {
        let known = KNOWN.iter().find(|(known, _)| *known == bits).map(|(_, marker)| *marker);
        known.or_else(|| FOREIGN.contains(&bits).then_some(Marker::Foreign(bits)))
    }

    /// Its 32 bits.
    pub fn bits(self) -> u32 {
        match self {
            Marker::Foreign(bits) => bits,
            known => KNOWN.iter().find(|(_, marker)| *marker == known).map_or(0, |(bits, _)| *bits),
        }
    }
}
