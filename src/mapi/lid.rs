//! Numbers of named properties within their sets (MS-OXPROPS section 2). The sets are in [`super::guid`].

/// Documented LIDs, one a line.
macro_rules! named_ids {
    ($($name:ident = $id:literal, $doc:literal;)*) => {
        $(#[doc = $doc] pub const $name: u32 = $id;)*
    };
}

named_ids! {
    // PSETID_ADDRESS
    FILE_UNDER = 0x8005, "Name to file the contact under, string.";
    FILE_UNDER_ID = 0x8006, "How that name is made, i32.";
    CONTACT_ITEM_DATA = 0x8007, "What the contact's form shows, i32s.";
    REFERRED_BY = 0x800E, "Referred by, string.";
    DEPARTMENT = 0x8010, "Department, string.";
    HAS_PICTURE = 0x8015, "The contact has a picture, bool.";
    HOME_ADDRESS = 0x801A, "Address at home in one text, string.";
    WORK_ADDRESS = 0x801B, "Address at work in one text, string.";
    OTHER_ADDRESS = 0x801C, "Other address in one text, string.";
    POSTAL_ADDRESS_ID = 0x8022, "Which address is the postal one, i32: 1 home, 2 work, 3 other.";
    CONTACT_USER_FIELD_1 = 0x804F, "First field of the user's own, string.";
    CONTACT_USER_FIELD_2 = 0x8050, "Second field of the user's own, string.";
    CONTACT_USER_FIELD_3 = 0x8051, "Third field of the user's own, string.";
    CONTACT_USER_FIELD_4 = 0x8052, "Fourth field of the user's own, string.";
    ADDRESS_BOOK_PROVIDER_EMAIL_LIST = 0x8028, "Which of the e-mail slots are in use, i32s.";
    ADDRESS_BOOK_PROVIDER_ARRAY_TYPE = 0x8029, "The same as bits, i32.";
    HTML = 0x802B, "Web page, string.";
    YOMI_FIRST_NAME = 0x802C, "Given name as spoken, string.";
    YOMI_LAST_NAME = 0x802D, "Surname as spoken, string.";
    YOMI_COMPANY_NAME = 0x802E, "Company as spoken, string.";
    BUSINESS_CARD_PICTURE = 0x8041, "Picture of the business card, binary.";
    WORK_ADDRESS_STREET = 0x8045, "Street at work, string.";
    WORK_ADDRESS_CITY = 0x8046, "Town at work, string.";
    WORK_ADDRESS_STATE = 0x8047, "State at work, string.";
    WORK_ADDRESS_POSTAL_CODE = 0x8048, "Postal code at work, string.";
    WORK_ADDRESS_COUNTRY = 0x8049, "Country at work, string.";
    WORK_ADDRESS_POST_OFFICE_BOX = 0x804A, "Post office box at work, string.";
    DISTRIBUTION_LIST_CHECKSUM = 0x804C, "Checksum of a personal distribution list's members, i32.";
    DISTRIBUTION_LIST_NAME = 0x8053, "Name of a personal distribution list, string.";
    DISTRIBUTION_LIST_ONE_OFF_MEMBERS = 0x8054, "Its members as one-off entry ids, binaries.";
    DISTRIBUTION_LIST_MEMBERS = 0x8055, "Its members' entry ids, binaries.";
    INSTANT_MESSAGING_ADDRESS = 0x8062, "Instant messaging address, string.";
    EMAIL1_DISPLAY_NAME = 0x8080, "First e-mail: display name, string.";
    EMAIL1_ADDRESS_TYPE = 0x8082, "First e-mail: address type, string.";
    EMAIL1_ADDRESS = 0x8083, "First e-mail: address, string.";
    EMAIL1_ORIGINAL_DISPLAY_NAME = 0x8084, "First e-mail: SMTP address or name as stored, string.";
    EMAIL1_ORIGINAL_ENTRY_ID = 0x8085, "First e-mail: entry id, binary.";
    EMAIL2_DISPLAY_NAME = 0x8090, "Second e-mail: display name, string.";
    EMAIL2_ADDRESS_TYPE = 0x8092, "Second e-mail: address type, string.";
    EMAIL2_ADDRESS = 0x8093, "Second e-mail: address, string.";
    EMAIL2_ORIGINAL_DISPLAY_NAME = 0x8094, "Second e-mail: SMTP address or name as stored, string.";
    EMAIL2_ORIGINAL_ENTRY_ID = 0x8095, "Second e-mail: entry id, binary.";
    EMAIL3_DISPLAY_NAME = 0x80A0, "Third e-mail: display name, string.";
    EMAIL3_ADDRESS_TYPE = 0x80A2, "Third e-mail: address type, string.";
    EMAIL3_ADDRESS = 0x80A3, "Third e-mail: address, string.";
    EMAIL3_ORIGINAL_DISPLAY_NAME = 0x80A4, "Third e-mail: SMTP address or name as stored, string.";
    EMAIL3_ORIGINAL_ENTRY_ID = 0x80A5, "Third e-mail: entry id, binary.";
    ADDRESS_COUNTRY_CODE = 0x80DD, "Country code of the postal address, string.";
    BIRTHDAY_LOCAL = 0x80DE, "Birthday in local time, time.";
}

named_ids! {
    // PSETID_TASK
    TASK_STATUS = 0x8101, "Status, i32: 0 not started, 1 in progress, 2 complete, 3 waiting, 4 deferred.";
    PERCENT_COMPLETE = 0x8102, "Part done, f64 from 0 to 1.";
    TEAM_TASK = 0x8103, "Assigned task, bool.";
    TASK_START_DATE = 0x8104, "Start, time.";
    TASK_DUE_DATE = 0x8105, "Due, time.";
    TASK_ACCEPTED = 0x8108, "Accepted, bool.";
    TASK_DATE_COMPLETED = 0x810F, "When it was completed, time.";
    TASK_ACTUAL_EFFORT = 0x8110, "Work done, i32 minutes.";
    TASK_ESTIMATED_EFFORT = 0x8111, "Work expected, i32 minutes.";
    TASK_VERSION = 0x8112, "Version, i32.";
    TASK_STATE = 0x8113, "Where an assigned task stands, i32.";
    TASK_RECURRENCE = 0x8116, "Recurrence, binary.";
    TASK_COMPLETE = 0x811C, "Complete, bool.";
    TASK_OWNER = 0x811F, "Owner, string.";
    TASK_ASSIGNER = 0x8121, "Who assigned it, string.";
    TASK_ORDINAL = 0x8123, "Place in the list, i32.";
    TASK_IS_RECURRING = 0x8126, "Recurring, bool.";
    TASK_ROLE = 0x8127, "Role, string.";
    TASK_OWNERSHIP = 0x8129, "Whose task it is, i32.";
    TASK_ACCEPTANCE_STATE = 0x812A, "Whether it was accepted, i32.";
}

named_ids! {
    // PSETID_APPOINTMENT
    APPOINTMENT_SEQUENCE = 0x8201, "Sequence number, i32.";
    BUSY_STATUS = 0x8205, "Shown as, i32: 0 free, 1 tentative, 2 busy, 3 out of office, 4 elsewhere.";
    APPOINTMENT_AUXILIARY_FLAGS = 0x8207, "Further flags, i32.";
    APPOINTMENT_LOCATION = 0x8208, "Location, string.";
    APPOINTMENT_START = 0x820D, "Start, time.";
    APPOINTMENT_END = 0x820E, "End, time.";
    APPOINTMENT_DURATION = 0x8213, "Duration, i32 minutes.";
    APPOINTMENT_COLOR = 0x8214, "Colour label, i32.";
    APPOINTMENT_ALL_DAY = 0x8215, "All-day, bool.";
    APPOINTMENT_RECURRENCE = 0x8216, "Recurrence, binary (MS-OXOCAL 2.2.1.44).";
    APPOINTMENT_STATE_FLAGS = 0x8217, "State, i32 bits: 1 meeting, 2 received, 4 cancelled.";
    RESPONSE_STATUS = 0x8218, "The owner's answer, i32: 0 none, 1 organiser, 2 tentative, 3 accepted, 4 declined, 5 not answered.";
    APPOINTMENT_REPLY_TIME = 0x8220, "When the owner answered, time.";
    RECURRING = 0x8223, "Recurring, bool.";
    INTENDED_BUSY_STATUS = 0x8224, "What the organiser wants it shown as, i32.";
    EXCEPTION_REPLACE_TIME = 0x8228, "Original start of an exception, time.";
    RECURRENCE_TYPE = 0x8231, "Kind of recurrence, i32.";
    RECURRENCE_PATTERN = 0x8232, "Recurrence in words, string.";
    TIME_ZONE_STRUCT = 0x8233, "Time zone of the recurrence, binary.";
    TIME_ZONE_DESCRIPTION = 0x8234, "Name of that time zone, string.";
    CLIP_START = 0x8235, "First day of the recurrence, time.";
    CLIP_END = 0x8236, "Last day of the recurrence, time.";
    ALL_ATTENDEES = 0x8238, "All attendees in words, string.";
    TO_ATTENDEES = 0x823B, "Required attendees in words, string.";
    CC_ATTENDEES = 0x823C, "Optional attendees in words, string.";
    APPOINTMENT_PROPOSED_START = 0x8250, "Proposed start, time.";
    APPOINTMENT_PROPOSED_END = 0x8251, "Proposed end, time.";
    APPOINTMENT_COUNTER_PROPOSAL = 0x8257, "It is a counter-proposal, bool.";
    APPOINTMENT_NOT_ALLOW_PROPOSE = 0x825A, "Counter-proposals are not wanted, bool.";
    TIME_ZONE_DEFINITION_START = 0x825E, "Time zone of the start, binary.";
    TIME_ZONE_DEFINITION_END = 0x825F, "Time zone of the end, binary.";
    TIME_ZONE_DEFINITION_RECUR = 0x8260, "Time zone of the recurrence, binary.";
}

named_ids! {
    // PSETID_COMMON
    REMINDER_DELTA = 0x8501, "Reminder before the start, i32 minutes.";
    REMINDER_TIME = 0x8502, "Start or due time that the reminder is for, time.";
    REMINDER_SET = 0x8503, "There is a reminder, bool.";
    PRIVATE = 0x8506, "Private, bool.";
    AGING_DONT_AGE_ME = 0x850E, "Never archive, bool.";
    SIDE_EFFECTS = 0x8510, "What clients may do with it, i32.";
    SMART_NO_ATTACH = 0x8514, "Attachments are all hidden ones, bool.";
    COMMON_START = 0x8516, "Start, time.";
    COMMON_END = 0x8517, "End, time.";
    TASK_MODE = 0x8518, "What the message does with an assigned task, i32.";
    FLAG_REQUEST = 0x8530, "Text of the follow-up flag, string.";
    MILEAGE = 0x8534, "Mileage, string.";
    BILLING = 0x8535, "Billing, string.";
    COMPANIES = 0x8539, "Companies, strings.";
    CONTACTS = 0x853A, "Contacts, strings.";
    CONTACT_LINK_NAME = 0x8586, "Contacts in one text, string.";
    CURRENT_VERSION = 0x8552, "Version of the client that saved it, i32.";
    CURRENT_VERSION_NAME = 0x8554, "The same as text, string.";
    REMINDER_OVERRIDE = 0x851C, "The reminder's sound differs from the default, bool.";
    REMINDER_PLAY_SOUND = 0x851E, "The reminder plays a sound, bool.";
    REMINDER_FILE_PARAMETER = 0x851F, "The reminder's sound file, string.";
    REMINDER_SIGNAL_TIME = 0x8560, "When the reminder fires, time.";
    TO_DO_TITLE = 0x85A4, "Title in the to-do list, string.";
    TO_DO_ORDINAL_DATE = 0x85A0, "Place in the to-do list, time.";
    TO_DO_SUBORDINAL = 0x85A1, "Place among equals in the to-do list, string.";
    FLAG_STRING = 0x85C0, "Preset text of the follow-up flag, i32.";
}

named_ids! {
    // PSETID_LOG
    LOG_TYPE = 0x8700, "Kind of journal entry, string.";
    LOG_START = 0x8706, "Start, time.";
    LOG_DURATION = 0x8707, "Duration, i32 minutes.";
    LOG_END = 0x8708, "End, time.";
    LOG_FLAGS = 0x870C, "Flags, i32.";
    LOG_TYPE_DESCRIPTION = 0x8712, "Kind of journal entry in words, string.";
}

named_ids! {
    // PSETID_NOTE
    NOTE_COLOR = 0x8B00, "Colour, i32: 0 blue, 1 green, 2 pink, 3 yellow, 4 white.";
    NOTE_WIDTH = 0x8B02, "Width in pixels, i32.";
    NOTE_HEIGHT = 0x8B03, "Height in pixels, i32.";
    NOTE_X = 0x8B04, "Place from the left in pixels, i32.";
    NOTE_Y = 0x8B05, "Place from the top in pixels, i32.";
}

named_ids! {
    // PSETID_MEETING
    ATTENDEE_CRITICAL_CHANGE = 0x0001, "When the attendee last sent something, time.";
    WHERE = 0x0002, "Location when the meeting was sent, string.";
    GLOBAL_OBJECT_ID = 0x0003, "Id that all copies of a meeting share, binary.";
    IS_SILENT = 0x0004, "No answer was sent, bool.";
    IS_RECURRING = 0x0005, "Recurring, bool.";
    IS_EXCEPTION = 0x000A, "An exception, bool.";
    TIME_ZONE = 0x000C, "Time zone as a number, i32.";
    OWNER_CRITICAL_CHANGE = 0x001A, "When the organiser last changed something that matters, time.";
    CALENDAR_TYPE = 0x001C, "Calendar, i32.";
    CLEAN_GLOBAL_OBJECT_ID = 0x0023, "The same id for the whole series, binary.";
    APPOINTMENT_MESSAGE_CLASS = 0x0024, "Class of the meeting's calendar item, string.";
    MEETING_TYPE = 0x0026, "What the meeting message is, i32.";
    OLD_LOCATION = 0x0028, "Location before the change, string.";
    OLD_START_WHOLE = 0x0029, "Start before the change, time.";
    OLD_END_WHOLE = 0x002A, "End before the change, time.";
}
