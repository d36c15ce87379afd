//! Copies of everything: backups, moves between databases, and the archive of open formats.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking, and clippy takes only functions marked as tests for tests"
)]

#[path = "backup/archive.rs"]
mod archive;
#[path = "backup/damage.rs"]
mod damage;
#[path = "backup/fill.rs"]
mod fill;
mod home;
#[path = "store/make.rs"]
#[expect(dead_code, reason = "it is shared with the tests of the store")]
mod make;
#[path = "backup/moving.rs"]
mod moving;
#[path = "backup/schedule.rs"]
mod schedule;
#[path = "backup/whole.rs"]
mod whole;

use home::Home;

impasse_tests::both! {
    archive {
        everything_is_in_the_archive
    }
    moving {
        backups_are_restored_into_either_database
        everything_moves_to_either_database
        what_is_not_empty_is_refused
        older_backups_are_brought_up_to_date
        newer_databases_are_left_alone
    }
    schedule {
        backups_are_made_when_due_and_pruned
        one_of_several_servers_makes_them
        failures_are_told_and_tried_again
    }
    whole {
        every_table_is_copied_or_made_anew
        nothing_is_numbered_by_the_database
        a_backup_is_of_one_moment
        backups_are_for_who_made_them
    }
}
