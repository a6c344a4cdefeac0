//! Translations: Fluent messages from `i18n/`, built into the program.

mod choice;
pub mod signs;

use std::collections::BTreeMap;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::resolver::errors::{ReferenceKind, ResolverError};
use fluent_bundle::{FluentArgs, FluentError, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

pub use choice::{command_line, system};

macro_rules! languages {
    ($($tag:literal),+ $(,)?) => {
        /// The languages the program carries: tag and messages. British English is the source of all others.
        pub const LANGUAGES: &[(&str, &[&str])] = &[$(($tag, &[
            include_str!(concat!("../i18n/", $tag, "/cutover.ftl")),
            include_str!(concat!("../i18n/", $tag, "/window.ftl")),
            include_str!(concat!("../i18n/", $tag, "/welcome.ftl")),
            include_str!(concat!("../i18n/", $tag, "/connect.ftl")),
            include_str!(concat!("../i18n/", $tag, "/review.ftl")),
            include_str!(concat!("../i18n/", $tag, "/run.ftl")),
            include_str!(concat!("../i18n/", $tag, "/complete.ftl")),
            include_str!(concat!("../i18n/", $tag, "/proof.ftl")),
        ])),+];

        /// How numbers, dates and durations are written in them: tag and messages.
        pub const FORMATS: &[(&str, &str)] = &[
            $(($tag, include_str!(concat!("../i18n/", $tag, "/formats.ftl"))),)+
        ];
    };
}

languages! { "en-GB", "en-US", "de", "fr", "es", "ja" }

/// Every language's tag and its own name for itself, in the order of [`LANGUAGES`].
pub fn names() -> Vec<(&'static str, String)> {
    LANGUAGES.iter().map(|(tag, files)| (*tag, Messages::of(tag, files).text("language-name", &[]))).collect()
}

/// The language itself if the program carries it, else British English.
pub fn carried(tag: &str) -> &'static str {
    LANGUAGES.iter().find(|(known, _)| *known == tag).unwrap_or(&LANGUAGES[0]).0
}

/// The messages of one language.
pub struct Messages {
    bundle: FluentBundle<FluentResource>,
}

impl Messages {
    /// The messages of a language; British English if the program does not carry it.
    pub fn new(tag: &str) -> Messages {
        let (tag, files) = LANGUAGES.iter().find(|(known, _)| *known == tag).unwrap_or(&LANGUAGES[0]);
        Messages::of(tag, files)
    }

    /// How a language writes numbers, dates and durations; British English if the program does not know.
    pub fn formats(tag: &str) -> Messages {
        let (tag, file) = FORMATS.iter().find(|(known, _)| *known == tag).unwrap_or(&FORMATS[0]);
        Messages::of(tag, &[file])
    }

    fn of(tag: &str, files: &[&str]) -> Messages {
        let language: LanguageIdentifier = tag.parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![language]);
        // Invisible marks around blanks would end up in CSV files and in what people copy.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(signs::number_in_words));
        for file in files {
            // A resource with errors still holds its good messages; a test proves that ours have none.
            let resource = FluentResource::try_new((*file).to_owned()).unwrap_or_else(|(partial, _)| partial);
            bundle.add_resource_overriding(resource);
        }
        Messages { bundle }
    }

    /// A message with its blanks filled, or one of its attributes (`key.attribute`). A missing one shows its key.
    pub fn text(&self, key: &str, values: &[(&str, FluentValue<'_>)]) -> String {
        let arguments: FluentArgs<'_> = values.iter().map(|(name, value)| (*name, value.clone())).collect();
        self.format(key, &arguments).unwrap_or_else(|| key.to_owned())
    }

    /// The same for blanks that are all text.
    pub fn text_of(&self, key: &str, values: &BTreeMap<&'static str, String>) -> String {
        let arguments: FluentArgs<'_> =
            values.iter().map(|(name, value)| (*name, FluentValue::from(value.as_str()))).collect();
        self.format(key, &arguments).unwrap_or_else(|| key.to_owned())
    }

    /// A blank that nobody filled shows as an ellipsis: better than its name in braces.
    fn format(&self, key: &str, arguments: &FluentArgs<'_>) -> Option<String> {
        let (message, attribute) = key.split_once('.').map_or((key, None), |(key, name)| (key, Some(name)));
        let message = self.bundle.get_message(message)?;
        let pattern = match attribute {
            Some(name) => message.get_attribute(name)?.value(),
            None => message.value()?,
        };
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(arguments), &mut errors);
        if errors.is_empty() {
            return Some(text.into_owned());
        }
        let unfilled = errors.iter().filter_map(|error| match error {
            FluentError::ResolverError(ResolverError::Reference(ReferenceKind::Variable { id })) => Some(id.as_str()),
            _ => None,
        });
        let given = arguments.iter().map(|(name, value)| (name, value.clone()));
        let whole: FluentArgs<'_> = given.chain(unfilled.map(|name| (name, FluentValue::from("…")))).collect();
        Some(self.bundle.format_pattern(pattern, Some(&whole), &mut Vec::new()).into_owned())
    }
}
