//! One linear scale from minutes to units.

/// The shortest stretch that can be shown: two hours.
pub const SHORTEST: f64 = 120.0;

/// The longest stretch that can be shown: the 19,999 years that dates may lie in.
pub const LONGEST: f64 = 19_999.0 * 365.2425 * 1440.0;

/// A number within bounds. The standard `clamp` panics with the numbers in words, and the code that puts floats into
/// words would be a tenth of the WebAssembly.
pub fn within(number: f64, least: f64, most: f64) -> f64 {
    number.min(most).max(least)
}

/// A stretch of time laid over a width.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    /// The time at the left edge, in minutes.
    pub from: f64,
    /// The time at the right edge, in minutes.
    pub to: f64,
    /// The width, in units.
    pub width: f64,
}

impl Scale {
    /// A scale over a stretch of time; one that is too short or too long is made to fit about its middle.
    pub fn new(from: f64, to: f64, width: f64) -> Self {
        let length = within(to - from, SHORTEST, LONGEST);
        let middle = f64::midpoint(from, to);
        let (from, to) = if (to - from - length).abs() < f64::EPSILON {
            (from, to)
        } else {
            (middle - length / 2.0, middle + length / 2.0)
        };
        Self { from, to, width: width.max(1.0) }
    }

    /// Units to a minute.
    pub fn density(&self) -> f64 {
        self.width / (self.to - self.from)
    }

    /// Where a time falls.
    pub fn x(&self, time: f64) -> f64 {
        (time - self.from) * self.density()
    }

    /// The time at a place.
    pub fn time(&self, x: f64) -> f64 {
        self.from + x / self.density()
    }

    /// The same stretch over another width.
    #[must_use]
    pub fn over(&self, width: f64) -> Self {
        Self { width: width.max(1.0), ..*self }
    }

    /// Magnified, with the time at `x` staying where it is. A factor above one shows less time, larger.
    #[must_use]
    pub fn zoomed(&self, factor: f64, x: f64) -> Self {
        let length = within((self.to - self.from) / factor, SHORTEST, LONGEST);
        let from = self.time(x) - length * (x / self.width);
        Self { from, to: from + length, width: self.width }
    }

    /// Moved so that what was at `by` is at the left edge.
    #[must_use]
    pub fn panned(&self, by: f64) -> Self {
        let shift = by / self.density();
        Self { from: self.from + shift, to: self.to + shift, width: self.width }
    }

    /// Kept near the events: the middle of the view stays within a stretch, and it cannot grow beyond eight times
    /// that stretch, so that nobody is lost in empty centuries.
    #[must_use]
    pub fn kept_near(&self, from: f64, to: f64) -> Self {
        let most = ((to - from) * 8.0).max(SHORTEST);
        let middle = f64::midpoint(self.from, self.to);
        let length = (self.to - self.from).min(most);
        let inside = within(middle, from.min(to), to.max(from));
        if length < self.to - self.from || (inside - middle).abs() > 0.0 {
            Self { from: inside - length / 2.0, to: inside + length / 2.0, width: self.width }
        } else {
            *self
        }
    }
}

/// The stretch that shows everything: a little more than from the first to the last, and at least a fortnight.
pub fn fit(first: f64, last: f64) -> (f64, f64) {
    const DAY: f64 = 1440.0;
    let length = (last - first).max(0.0);
    let margin = (length * 0.03).max(if length < 14.0 * DAY { 7.0 * DAY } else { DAY });
    (((first - margin) / DAY).floor() * DAY, ((last + margin) / DAY).ceil() * DAY)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn there_and_back(from in -5e9..5e9, length in 200.0..1e9, width in 100.0..4000.0, x in -1000.0..5000.0) {
            let scale = Scale::new(from, from + length, width);
            prop_assert!((scale.x(scale.time(x)) - x).abs() < 1e-3);
        }

        #[test]
        fn zoom_holds_the_point_under_the_pointer(
            from in -5e9..5e9, length in 200.0..1e9, factor in 0.2..5.0, at in 0.0..1.0,
        ) {
            let scale = Scale::new(from, from + length, 1000.0);
            let (x, zoomed) = (at * 1000.0, scale.zoomed(factor, at * 1000.0));
            prop_assert!((zoomed.x(scale.time(x)) - x).abs() < 1e-3);
            prop_assert!(zoomed.to - zoomed.from >= SHORTEST - 1e-6);
        }

        #[test]
        fn fitting_shows_everything(first in -1e9..1e9, length in 0.0..1e8) {
            let (from, to) = fit(first, first + length);
            prop_assert!(from < first && to > first + length);
        }

        #[test]
        fn never_far_from_the_events(from in -1e6..1e6, length in 200.0..1e6) {
            let scale = Scale::new(from, from + length, 1000.0).kept_near(0.0, 10_000.0);
            let middle = f64::midpoint(scale.from, scale.to);
            prop_assert!((-1e-6..=10_000.0 + 1e-6).contains(&middle));
            prop_assert!(scale.to - scale.from <= 80_000.0 + 1e-6);
        }
    }
}
