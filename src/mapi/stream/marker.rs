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

/// Markers of messages: new and end of attachment, start and end of embedded item and recipient, starts and end of a
/// listed message, error info.
mod bits {
    pub(super) const NEW_ATTACHMENT: u32 = 0x4000_0003;
    pub(super) const START_EMBEDDED: u32 = 0x4001_0003;
    pub(super) const END_EMBEDDED: u32 = 0x4002_0003;
    pub(super) const START_RECIPIENT: u32 = 0x4003_0003;
    pub(super) const END_RECIPIENT: u32 = 0x4004_0003;
    pub(super) const START_MESSAGE: u32 = 0x400C_0003;
    pub(super) const END_MESSAGE: u32 = 0x400D_0003;
    pub(super) const END_ATTACHMENT: u32 = 0x400E_0003;
    pub(super) const START_ASSOCIATED_MESSAGE: u32 = 0x4010_0003;
    pub(super) const ERROR_INFO: u32 = 0x4018_0003;
}

impl Marker {
    /// The marker that these 32 bits are; `None` if they are a property tag.
    pub fn from_bits(bits: u32) -> Option<Marker> {
        Some(match bits {
            bits::NEW_ATTACHMENT => Marker::NewAttachment,
            bits::END_ATTACHMENT => Marker::EndAttachment,
            bits::START_EMBEDDED => Marker::StartEmbedded,
            bits::END_EMBEDDED => Marker::EndEmbedded,
            bits::START_RECIPIENT => Marker::StartRecipient,
            bits::END_RECIPIENT => Marker::EndRecipient,
            bits::START_MESSAGE => Marker::StartMessage,
            bits::START_ASSOCIATED_MESSAGE => Marker::StartAssociatedMessage,
            bits::END_MESSAGE => Marker::EndMessage,
            bits::ERROR_INFO => Marker::ErrorInfo,
            // Folder starts and end; changes, deletions, end, message, read, state and progress of synchronisation.
            0x4009_0003 | 0x400A_0003 | 0x400B_0003 => Marker::Foreign(bits),
            0x4012_0003 | 0x4013_0003 | 0x4014_0003 | 0x4015_0003 => Marker::Foreign(bits),
            0x402F_0003 | 0x403A_0003 | 0x403B_0003 | 0x407D_0003 => Marker::Foreign(bits),
            0x4074_000B | 0x4075_000B => Marker::Foreign(bits),
            _ => return None,
        })
    }

    /// Its 32 bits.
    pub fn bits(self) -> u32 {
        match self {
            Marker::NewAttachment => bits::NEW_ATTACHMENT,
            Marker::EndAttachment => bits::END_ATTACHMENT,
            Marker::StartEmbedded => bits::START_EMBEDDED,
            Marker::EndEmbedded => bits::END_EMBEDDED,
            Marker::StartRecipient => bits::START_RECIPIENT,
            Marker::EndRecipient => bits::END_RECIPIENT,
            Marker::StartMessage => bits::START_MESSAGE,
            Marker::StartAssociatedMessage => bits::START_ASSOCIATED_MESSAGE,
            Marker::EndMessage => bits::END_MESSAGE,
            Marker::ErrorInfo => bits::ERROR_INFO,
            Marker::Foreign(bits) => bits,
        }
    }
}
