# The words of closed vocabularies: what something can be, as the pages name it. Identifiers end in the key by which
# addresses and files know the value.

# The colours of an embedded timeline.
theme-auto = As the reader's system has it
theme-light = Light
theme-dark = Dark

# What a token may do. Each includes those before it.
scope-read = Read
scope-suggest = Bring articles in
scope-write = Change disputes
scope-admin = Everything the account may do

# Whether an article is a source.
stage-kept = kept
stage-waiting = waiting to be looked at

# How an article came here.
way-paste = pasted
way-address = fetched by its address
way-file = sent as a file
way-feed = brought by a feed
way-shell = taken in on the command line

# What became of a candidate.
decision-pending = waiting
decision-accepted = accepted
decision-rejected = rejected

# How finely a date is known, by the coarsest of its parts.
precision-minute = to the minute
precision-day = to the day
precision-month = to the month
precision-season = to the season
precision-year = to the year
precision-era = to the decade or century

# What the source says of how sure the date is.
qualifier-exact = as stated
qualifier-approximate = about
qualifier-uncertain = uncertain
qualifier-both = about, and uncertain

# Whether the bounds say how long something lasted or when it happened once.
shape-moment = a date
shape-span = a span
shape-window = some time between

# How a dispute stands.
status-open = Open
status-stalled = Stalled
status-settled = Settled
status-dormant = Dormant

# What sort of actor a party is.
party-kind-government = Government
party-kind-company = Company
party-kind-court = Court
party-kind-legislature = Legislature
party-kind-organisation = Organisation
party-kind-person = Person
party-kind-other = Other

# How a deadline stands. It is set by people and never by the clock.
due-state-pending = Pending
due-state-met = Met
due-state-missed = Missed
due-state-moved = Moved

# In what is counted.
unit-days = days
unit-weeks = weeks
unit-months = months
unit-years = years

# On which side of its base a day lies.
side-after = after
side-before = before

# What sort of event.
event-kind-memo = Memo
event-kind-negotiation = Negotiation
event-kind-statement = Statement
event-kind-contract = Contract
event-kind-filing = Filing
event-kind-ruling = Ruling
event-kind-legislation = Legislation
event-kind-deadline = Deadline
event-kind-report = Report
event-kind-other = Other

# How far the thing had gone. What was said to be coming is not what was done.
phase-announced = Announced
phase-done = Done
phase-in-effect = In effect

# How much an event matters; labels are placed by it.
importance-major = Major
importance-normal = Normal
importance-minor = Minor

# What a party has to do with an event.
part-actor = actor
part-target = target
part-participant = participant
part-decider = decider

# Who says so.
attribution-kind-on-record = on record
attribution-kind-document = document
attribution-kind-spokesperson = spokesperson
attribution-kind-unnamed = unnamed sources
attribution-kind-outlet = the outlet itself

# How well an event is attested, worked out from its citations; see attest.
attestation-record = Document or on record
attestation-several = Several origins
attestation-reported = One origin
attestation-unnamed = One unnamed source
attestation-rival = Rival dates
attestation-uncited = No source yet

# How a quote was found on the publisher's page.
health-there = still there
health-edited = edited
health-gone = gone
health-unknown = could not be checked

# What became of an entry of a feed.
entry-fate-waiting = waiting to be fetched
entry-fate-taken = an article
entry-fate-there = there already
entry-fate-deleted = deleted before
entry-fate-left-out = left out by the rules
entry-fate-failed = could not be read

# In what order the inbox is.
inbox-order-strongest = Strongest first
inbox-order-newest = Newest first

# What is decided about candidates.
verdict-accept = accept
verdict-reject = reject
verdict-undo = undo

# Why a candidate was left as it was.
left-decided = decided meanwhile
left-undated = without a date
left-changed = changed since on the timeline

# What was changed.
subject-dispute = dispute
subject-party = party
subject-event = event
subject-article = article
subject-position = position
subject-candidate = candidate
subject-feed = feed

# What was done to it.
action-create = added
action-update = changed
action-delete = deleted
action-restore = restored

# Who may read a dispute.
visibility-public = Public
visibility-unlisted = Unlisted
visibility-private = Private

# What somebody may do in a dispute. Each role may do what those before it may.
role-viewer = Viewer
role-contributor = Contributor
role-reviewer = Reviewer
role-editor = Editor
role-owner = Owner

# What the lanes of the timeline are.
group-party = Party
group-kind = Kind
group-source = Source
group-none = Nothing

# How the events are laid out.
layout-timeline = Timeline
layout-list = List
layout-story = Story
layout-table = Table

# In what order the table is.
sort-date = Earliest first
sort-latest = Latest first
sort-title = Title
sort-kind = Kind
sort-attestation = How it is known
sort-known = Known since
sort-citations = Most cited first

# What is to be done.
job-kind-poll = Reading a feed
job-kind-take = Fetching an article
job-kind-check = Checking quotes
job-kind-tell = Telling a webhook

# How far a job is.
job-state-waiting = waiting
job-state-running = running
job-state-done = done
job-state-failed = failed
