//! stub
/// stub
pub struct Stats; 
/// stub
pub enum GraphFormat { Dot }
