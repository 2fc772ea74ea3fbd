//! Tests: rules one by one, then whole worlds: by chance, exhaustively when small, and hostile ones.

mod chance;
mod explore;
mod mutants;
mod world;
