//! What every store must do, whatever database is behind it: each case runs against SQLite and PostgreSQL.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test fails by panicking, and clippy takes only functions marked as tests for tests"
)]

#[path = "store/access.rs"]
mod access;
#[path = "store/cases.rs"]
mod cases;
#[path = "store/concurrency.rs"]
mod concurrency;
#[path = "store/deadlines.rs"]
mod deadlines;
#[path = "store/history.rs"]
mod history;
#[path = "store/hostile.rs"]
mod hostile;
#[path = "store/identities.rs"]
mod identities;
#[path = "store/inbox.rs"]
mod inbox;
#[path = "store/links.rs"]
mod links;
#[path = "store/make.rs"]
mod make;
#[path = "store/opening.rs"]
mod opening;
#[path = "store/passkeys.rs"]
mod passkeys;
#[path = "store/people.rs"]
mod people;
#[path = "store/random.rs"]
mod random;
#[path = "store/searching.rs"]
mod searching;
#[path = "store/sources.rs"]
mod sources;
#[path = "store/speed.rs"]
mod speed;
#[path = "store/steps.rs"]
mod steps;
#[path = "store/undo.rs"]
mod undo;

/// A database that a test has to itself, for as long as it keeps this.
struct Home {
    url: String,
    _folder: Option<tempfile::TempDir>,
}

impl Home {
    fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("new/impasse.db").display());
        Self { url, _folder: Some(folder) }
    }

    fn postgres() -> Self {
        Self { url: impasse_tests::postgres::fresh_database().unwrap(), _folder: None }
    }

    async fn open(&self) -> impasse_app::store::SharedStore {
        impasse_server::db::open(&self.url).await.unwrap()
    }
}

impasse_tests::both! {
    access {
        tokens_are_known_by_their_hash
        tokens_end
        tokens_are_listed_with_their_last_use
        webhooks_are_told_in_order
        webhooks_remember_their_deliveries
    }
    cases {
        disputes_are_added_and_changed
        disputes_are_found_by_every_word
        disputes_are_listed_latest_activity_first
        disputes_list_where_events_crowd_and_the_latest_one
        disputes_are_deleted_whole_and_brought_back
        slugs_are_free_again_after_a_deletion
        parties_are_kept_in_order
        parties_in_use_stay
        parties_come_back
        positions_are_in_order_of_party_and_time
        positions_come_back
        events_are_returned_as_they_are_kept
        events_refer_only_to_their_own_dispute
        events_are_changed_from_a_version
        events_keep_their_citations
        events_are_in_time_order
        events_are_read_by_name
        events_are_filtered_by_range
        events_are_filtered_by_party_kind_and_attestation
        events_are_filtered_by_words
        events_are_filtered_by_what_was_known
        events_are_attested_by_their_citations
        events_are_deleted_and_brought_back
        events_are_taken_back_to_a_revision
        events_are_added_all_or_none
        articles_are_kept_once
        articles_are_latest_published_first
        articles_in_use_stay
        articles_take_their_waiting_candidates_along
        candidates_are_in_the_order_of_the_text
        candidates_are_accepted_once
        candidates_are_merged_with_their_date
        candidates_are_turned_down_and_taken_back
        what_belongs_elsewhere_is_not_found
        revisions_record_every_change
        revisions_are_numbered_over_the_whole_site
        users_have_one_name_in_any_case
        sessions_end
        the_store_answers
    }
    deadlines {
        deadlines_are_kept_as_they_are
        a_day_follows_the_event_that_it_is_counted_from
        a_day_that_was_given_must_be_what_the_rule_says
        what_cannot_be_counted_is_refused
        a_deadline_outlives_its_base
        a_deadline_is_taken_back_to_a_revision
    }
    inbox {
        the_inbox_is_in_order
        several_are_decided_at_once
        decisions_are_taken_back
        what_was_changed_since_is_not_taken_back
    }
    links {
        a_record_is_what_the_dispute_said
        the_past_is_filtered_as_the_store_filters
        links_are_made_found_and_taken_back
        the_stamp_changes_with_every_write
        rows_become_events_once
        few_files_of_one_account_wait
    }
    searching {
        words_are_found_where_they_are
        what_many_have_is_found_from_the_latest_on
        words_are_found_by_who_may
    }
    identities {
        identities_are_linked_once_and_unlinked
        an_identity_is_a_way_in_while_its_provider_is
        an_invitation_is_taken_with_an_identity_or_stays
    }
    passkeys {
        passkeys_are_kept_named_and_removed
        of_two_uses_at_once_one_counts
        an_account_keeps_a_way_to_sign_in
        ceremonies_are_ended_once_and_in_time
    }
    people {
        a_private_dispute_is_for_its_members
        roles_are_given_and_taken_away
        sessions_are_listed_and_ended
    }
    history {
        parties_are_taken_back_to_a_revision
        positions_are_taken_back_to_a_revision
        disputes_are_taken_back_to_a_revision
        changes_to_events_are_told_beside_what_was_before
    }
    hostile {
        texts_come_back_as_they_went
        nul_becomes_a_replacement_character
        anything_may_be_asked
    }
    concurrency {
        one_writer_wins_per_version
        nothing_added_is_lost
        one_decision_counts
        one_article_is_kept
        one_slug_is_given
        abandoned_changes_leave_nothing_behind
        readers_see_whole_changes
    }
    sources {
        articles_keep_where_they_came_from
        fetched_articles_are_kept_once
        deleted_articles_do_not_come_back_by_themselves
        waiting_articles_become_sources_when_confirmed
        reprints_count_as_one_origin
        feeds_are_followed_and_left
        entries_are_looked_at_once
        jobs_are_leased_and_ended
        each_job_is_done_by_one_server
        what_is_due_becomes_jobs
        checks_of_quotes_are_kept_by_what_they_found
        feeds_and_entries_take_any_text
    }
    steps {
        steps_are_listed_with_what_they_are_steps_of
        steps_in_a_circle_are_refused
        steps_outlive_one_another
    }
    undo {
        a_thousand_edits_are_undone
    }
    opening {
        finds_everything_again
        may_be_done_by_several_at_once
    }
}
