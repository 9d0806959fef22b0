//! The graph of notes as pictures: all of them on a page of its own ([`whole`]), and beside each note its neighbours
//! ([`neighbourhood`]).
//!
//! Places are found here, at build time, so that a page shows the graph without a script and at once. The whole graph
//! goes from ties to places in three steps, each a file: a large net is made small and grown again ([`coarsen`]),
//! bodies push and springs pull until they rest ([`forces`]), and what came out is moved apart and set in order
//! ([`layout`]). Titles are put where they hide nothing ([`labels`]).

mod coarsen;
mod forces;
mod labels;
mod layout;
mod neighbourhood;
mod point;
mod whole;
