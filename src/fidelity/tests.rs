//! Tests of the facets.
