//! Tests: rules one by one, then whole worlds: by chance, exhaustively when small, and hostile ones.

mod chance;
mod explore;
mod hostile;
mod mutants;
mod rules;
mod world;
