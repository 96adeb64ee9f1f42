//! Answers as people read them.

pub mod page;
