//! Rows of a lane, each a sorted list of stretches that are taken.

/// The rows of one lane.
pub(super) struct Rows {
    taken: Vec<Vec<(f64, f64)>>,
}

impl Rows {
    pub(super) fn new(rows: usize) -> Self {
        Self { taken: vec![Vec::new(); rows] }
    }

    /// Takes a stretch in the preferred row if it is free there, else in the first row that has room.
    pub(super) fn take(&mut self, left: f64, right: f64, preferred: Option<usize>) -> Option<usize> {
        if let Some(row) = preferred
            && self.take_in(row, left, right)
        {
            return Some(row);
        }
        (0..self.taken.len()).find(|row| self.take_in(*row, left, right))
    }

    fn take_in(&mut self, row: usize, left: f64, right: f64) -> bool {
        let Some(taken) = self.taken.get_mut(row) else { return false };
        let at = taken.partition_point(|(from, _)| *from < right);
        // What is taken does not overlap, so the last one that begins before `right` also ends last.
        let free = at == 0 || taken.get(at - 1).is_none_or(|(_, to)| *to <= left);
        if free {
            taken.insert(at, (left, right));
        }
        free
    }

    /// How many rows hold anything, counted from the top.
    pub(super) fn used(&self) -> usize {
        self.taken.iter().rposition(|row| !row.is_empty()).map_or(0, |last| last + 1)
    }
}
