//! What two copies of an item must agree on: the facets of a decoded item stream. Both connectors use it, so that
//! source and target are measured with one rule.
