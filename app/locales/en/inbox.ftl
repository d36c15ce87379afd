# Candidates and suggestions.

inbox-cannot-be-read-here = “{ $value }” cannot be read here.
candidates-waits-for-a-reviewer = Waits for a reviewer.
candidates-accepted = Accepted.
candidates-rejected = Rejected.
candidates-no-date = No date
candidates-select = Select: { $title }
candidates-dated-rule = Dated { $basis } (rule: { $rule }).
candidates-accept-as-new = Accept as new
candidates-accept = Accept
candidates-edit = Edit
candidates-reject = Reject
candidates-on-the-timeline = On the timeline
candidates-take-back = Take back
candidates-this-may-be-an-event = This may be an event already there, with another date: { $why }
candidates-this-may-be-an-event-already = This may be an event already there: { $why }
candidates-same-as-an-event-already = Same as an event already there?
candidates-add-as-a-rival-account = Add as a rival account
candidates-add-as-a-citation = Add as a citation
candidates-add-its-quotes-to = Add its quotes to
inbox-inbox = Inbox: { $title }
inbox-inbox-2 = Inbox
inbox-the-suggestion-was-turned-down = The suggestion was turned down.
inbox-let-it-wait-again = Let it wait again
inbox-parts-of-this-address-could = Parts of this address could not be read:
inbox-candidates-are-waiting = { $count ->
    [0] Nothing is waiting
    [one] One candidate is waiting
   *[other] { $count } candidates are waiting
    }
inbox-left-as-before = { $count ->
    [one] One candidate was left as before: { $why }.
   *[other] { $count } candidates were left as before: { $why }.
    }
inbox-undo = Undo
inbox-waiting = Waiting
inbox-accepted = Accepted
inbox-rejected = Rejected
inbox-order = Order
inbox-show = Show
inbox-accept-selected = Accept selected
inbox-reject-selected = Reject selected
inbox-take-back-selected = Take back selected
inbox-select-all-on-this-page = Select all on this page
inbox-keys = Keys
inbox-while-the-focus-is-on = While the focus is on a candidate:
inbox-pages = Pages
inbox-earlier-page = Earlier page
inbox-page-of = Page { $page } of { $max }
inbox-next-page = Next page
suggestions-a-reader = A reader
suggestions-suggestions-by-readers = { $count ->
    [one] One suggestion by a reader
   *[other] { $count } suggestions by readers
    }
suggestions-no-date = No date
suggestions-look-through-and-accept = Look through and accept: { $title }
suggestions-look-through-and-accept-2 = Look through and accept
suggestions-turn-down = Turn down: { $title }
suggestions-turn-down-2 = Turn down
suggestions-thank-you = Thank you
suggestions-your-suggestion-waits-for-an = Your suggestion waits for an editor, who looks up its source before it stands on the timeline.
suggestions-to-the-timeline = To the timeline
suggestions-suggest-another-event = Suggest another event
candidates-printed = Printed “{ $printed }”. Dated { $basis } (rule: { $rule }).
candidates-from = From <a>{ $article }</a>
candidates-decided = { $decision ->
    [accepted] Accepted by { $by }, { $at }.
   *[rejected] Rejected by { $by }, { $at }.
    }
inbox-candidates-accepted = { $count ->
    [0] Nothing was accepted
    [one] One candidate accepted
   *[other] { $count } candidates accepted
    }
inbox-candidates-rejected = { $count ->
    [0] Nothing was rejected
    [one] One candidate rejected
   *[other] { $count } candidates rejected
    }
inbox-one-was-accepted = “{ $title }” was accepted.
inbox-one-was-rejected = “{ $title }” was rejected.
inbox-were-accepted = { $count } candidates were accepted.
inbox-were-rejected = { $count } candidates were rejected.
inbox-key-next-candidate = next candidate
inbox-key-the-one-before = the one before
inbox-key-accept = accept
inbox-key-reject = reject
inbox-key-edit = edit
inbox-key-same-as-an = same as an event already there
inbox-key-select = select
inbox-key-undo-the-last = undo the last decision
